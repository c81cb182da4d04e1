"""Ways out of a limit not met, as changes of the calendar where one would do it: those can be priced and tried."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from filage.compliance.worktime_calendar import Worktime, shift_of
from filage.kernel import french
from filage.kernel.changes import Change, add, set_
from filage.kernel.finding import Remedy
from filage.planning.conflicts import event_name
from filage.worktime.check import Breach
from filage.worktime.message import Way, ways_out
from filage.worktime.metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filage.facts.dossier import Dossier
    from filage.payroll.hours import Shift as Presence
    from filage.worktime.shift import Shift

HELP = "renfort"
"""Who shares a day, until a name is found."""
BY_THE_DAY = ("cachet", "service", "hour", "day")
"""Ways of being paid that one day more of somebody else does not stretch to a month."""
DAYS_LOOKED_AT = 14


def remedies(breach: Breach, seen: Worktime, dossier: Dossier, today: date) -> tuple[Remedy, ...]:
    """Return the ways out of a breach; those of a day to come carry the changes that do them."""
    to_come = breach.on > today and not METRICS[breach.limit.asked.metric].week
    return tuple(
        _remedy(way, breach, seen, dossier) if to_come else Remedy(way.label) for way in ways_out(breach)
    )


def _remedy(way: Way, breach: Breach, seen: Worktime, dossier: Dossier) -> Remedy:
    presence = _presence(way, breach, seen)
    if presence is None or presence.actual is not None:
        return Remedy(way.label)
    match way.kind:
        case "start_later" | "end_earlier":
            return Remedy(way.label, changes=tuple(_shortened(way, presence)))
        case "add_break" if breach.limit.asked.metric == "break_minutes":
            return Remedy(way.label, changes=_break_in(presence, timedelta(minutes=int(breach.threshold))))
        case "split_crew":
            return Remedy(way.label, changes=_shared(presence, dossier))
        case "move_day":
            return _moved(way, presence, seen)
        case _:
            return Remedy(way.label)


def _presence(way: Way, breach: Breach, seen: Worktime) -> Presence | None:
    """Which presence to change: the day's first to start later, its longest for a break, else its last.

    A rest is won on the eve as well, by ending earlier there.
    """
    rest = breach.limit.asked.metric == "daily_rest"
    day = breach.on - timedelta(days=1) if rest and way.kind == "end_earlier" else breach.on
    own = sorted(
        (shift for shift in seen.presences if shift.person == breach.worker.id and shift.day == day),
        key=lambda shift: shift.interval,
    )
    if not own:
        return None
    if way.kind == "add_break":
        return seen.presences[max(own, key=lambda shift: shift.hours)]
    first = way.kind == "start_later" or (rest and way.kind != "end_earlier")
    return seen.presences[own[0] if first else own[-1]]


def _shortened(way: Way, presence: Presence) -> Iterable[Change]:
    """The call or the end moved by as many minutes as it takes."""
    shift = shift_of(presence)
    moved = timedelta(minutes=-(-int((way.hours or 0) * 3600) // 60))
    start, end = shift.interval.start + moved, shift.interval.end - moved
    if start >= shift.interval.end:
        return
    if way.kind == "start_later":
        yield set_(presence.part.about, call=_wall(start, shift))
    else:
        yield set_(presence.part.about, wrap=_wall(end, shift))


def _break_in(presence: Presence, length: timedelta) -> tuple[Change, ...]:
    """A break in the middle of a presence that has none."""
    shift = shift_of(presence)
    if shift.breaks or shift.interval.end - shift.interval.start <= length:
        return ()
    middle = shift.interval.start + (shift.interval.end - shift.interval.start - length) / 2
    start = middle - timedelta(
        minutes=middle.minute % 5, seconds=middle.second, microseconds=middle.microsecond
    )
    pause = {"start": _wall(start, shift), "end": _wall(start + length, shift)}
    return (set_(presence.part.about, breaks=[pause]),)


def _shared(presence: Presence, dossier: Dossier) -> tuple[Change, ...]:
    """Somebody else hired for that day, in the same job and at the same pay, until a name is found."""
    hired = presence.engagement
    if hired is None or hired.unit not in BY_THE_DAY:
        return ()
    ident = f"{HELP}-{presence.part.id}"[:64]
    if dossier.get(f"engagement/{ident}") is not None:
        return ()
    known = dossier.get(f"person/{HELP}") is not None
    person = () if known else (add(f"person/{HELP}", given_name="Renfort", family_name="à engager"),)
    day = presence.day.isoformat()
    values = {
        "position": hired.position,
        "person": f"person/{HELP}",
        "phase": hired.phase,
        "starts_on": day,
        "ends_on": day,
        "unit": hired.unit,
        "unit_pay": str(hired.unit_pay),
        **({"hours": str(hired.hours)} if hired.hours is not None else {}),
    }
    return (
        *person,
        add(f"engagement/{ident}", **values),
        set_(presence.part.about, engagement=f"engagement/{ident}"),
    )


def _moved(way: Way, presence: Presence, seen: Worktime) -> Remedy:
    """The event on the next day when nobody it calls works; a performance is promised to its public."""
    event = presence.event
    if event.type == "performance" or event.end_day is not None:
        return Remedy(way.label)
    called = {shift.person for shift, one in seen.presences.items() if one.event.about == event.about}
    busy = {shift.day for shift in seen.shifts if shift.person in called}
    days = (event.day + timedelta(days=number) for number in range(1, DAYS_LOOKED_AT + 1))
    free = next((day for day in days if day not in busy), None)
    if free is None:
        return Remedy(way.label)
    label = f"Reporter « {event_name(event)} » au {french.day(free)}"
    return Remedy(label, changes=(set_(event.about, day=free.isoformat()),))


def _wall(moment: datetime, shift: Shift) -> str:
    return f"{moment.astimezone(ZoneInfo(shift.zone)):%H:%M}"
