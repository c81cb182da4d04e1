"""Working time of a production: its calendar against the limits, and the formalities the texts ask for.

Hours done count once entered, else those planned (`payroll.hours`); the kind of an event says the kind of work
(`worktime.event_kinds`). What is cancelled or only being thought of is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from filage.compliance.worktime_papers import formalities
from filage.facts.calendar import Event
from filage.facts.people import Person, PersonPrivate
from filage.facts.team import Engagement, Position
from filage.facts.travel import Leg
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput
from filage.kernel.finding import Deadline, Finding, NotChecked, Remedy
from filage.kernel.interval import Interval, span
from filage.kernel.text import fold
from filage.payroll.hours import shifts_of
from filage.worktime.asked import undescribed
from filage.worktime.check import Breach, Missing, check_worktime, names
from filage.worktime.event_kinds import SHIFT_KINDS
from filage.worktime.message import Way, message, ways_out
from filage.worktime.metrics import AVERAGED_WEEKS, METRICS
from filage.worktime.shift import PREPARATION, Circumstance, Setting, Shift, Worker

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.payroll.hours import Shift as Presence
    from filage.planning.conflicts import Shift as Busy

PLAIN_WORK = "meeting"
"""What somebody does in another production, which only says when."""
FULL_TIME = 35
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Worktime:
    """A calendar as the rules see it: shifts, who works them, under which setting, and where each one comes from."""

    shifts: tuple[Shift, ...]
    workers: tuple[Worker, ...]
    setting: Setting
    presences: Mapping[Shift, Presence]


def worktime_of(
    dossier: Dossier, busy: Iterable[Busy] = (), born: Iterable[tuple[str, date]] = ()
) -> Worktime:
    """Return the shifts of a production, the people who work them and their setting.

    `busy` holds what the same people do in the structure's other productions, `born` the birth days known elsewhere, by
    `person/id`.
    """
    held = [one for one in shifts_of(dossier) if one.held and one.held.pieces]
    presences = {shift: one for one in held for shift in _shifts(one)}
    people = {shift.person for shift in presences}
    elsewhere = tuple(
        Shift(one.person, one.interval, PLAIN_WORK, event=one.event) for one in busy if one.person in people
    )
    return Worktime(
        (*presences, *elsewhere),
        tuple(_workers(dossier, presences, dict(born))),
        _setting(dossier),
        presences,
    )


def worktime_findings(
    dossier: Dossier, today: date, busy: Iterable[Busy] = (), born: Iterable[tuple[str, date]] = ()
) -> tuple[list[Finding], list[NotChecked], list[Deadline]]:
    """Return the limits a production does not meet, what could not be checked, and the formalities to come.

    A finding is about `person/id`, its source the article, its remedies changes of the calendar where one would do it.
    Two presences at once are told by `planning.conflicts`. Limits broken only by other productions are theirs.
    """
    seen = worktime_of(dossier, busy, born)
    report = check_worktime(seen.shifts, seen.workers, seen.setting)
    days = _days_by_person(seen.presences)
    findings = [
        _finding(breach, seen, today)
        for breach in report.breaches
        if _concerns(breach, days[breach.worker.id])
    ]
    papers, deadlines, told = formalities(dossier, seen.workers, seen.presences, seen.setting, today)
    missing = _together(one for one in report.missing if one.rule not in told)
    return [*findings, *papers], [*undescribed(seen.setting), *missing, *_untimed(dossier)], deadlines


def _shift(presence: Presence) -> Shift:
    """A presence as the rules see it: the first piece to the last, what lies between them being breaks."""
    assert presence.held is not None
    pieces = sorted(presence.held.pieces)
    return Shift(
        presence.person,
        Interval(pieces[0].start, pieces[-1].end),
        SHIFT_KINDS[presence.event.type],
        tuple(Interval(one.end, other.start) for one, other in pairwise(pieces)),
        presence.zone,
        presence.event.about,
    )


def _shifts(presence: Presence) -> list[Shift]:
    """A presence as the rules see it; around a show, what precedes and follows it is preparation."""
    whole = _shift(presence)
    show = _show(presence) if presence.event.type == "performance" else None
    if show is None or not whole.interval.overlaps(show):
        return [whole]
    cuts = sorted({whole.interval.start, whole.interval.end, *_inside(show, whole.interval)})
    return [
        replace(
            whole,
            interval=Interval(start, end),
            kind=whole.kind if show.start <= start < show.end else PREPARATION,
            breaks=tuple(
                _within(pause, start, end) for pause in whole.breaks if pause.overlaps(Interval(start, end))
            ),
        )
        for start, end in pairwise(cuts)
    ]


def _show(presence: Presence) -> Interval | None:
    """When the show itself is played, by the event's own hours."""
    event = presence.event
    if event.start is None or event.end is None:
        return None
    try:
        return span(event.day, event.start, event.end, presence.zone, event.end_day)
    except BadInput:
        return None


def _inside(show: Interval, whole: Interval) -> Iterable[datetime]:
    return (moment for moment in (show.start, show.end) if whole.start < moment < whole.end)


def _within(pause: Interval, start: datetime, end: datetime) -> Interval:
    return Interval(max(pause.start, start), min(pause.end, end))


def _workers(
    dossier: Dossier, presences: Mapping[Shift, Presence], born: Mapping[str, date]
) -> Iterable[Worker]:
    called = {person.about: person.name() for person in dossier.all(Person)}
    birth = {one.person: one.born_on for one in dossier.all(PersonPrivate) if one.born_on}
    engagements: dict[str, list[Engagement]] = defaultdict(list)
    for engagement in dossier.all(Engagement):
        engagements[engagement.person].append(engagement)
    worked = {shift.person: shift for shift in presences}
    for about in worked:
        own = engagements.get(about, [])
        position = _main_position(dossier, about, presences, own)
        status = position.status if position else ""
        yield Worker(
            id=about,
            name=called.get(about, about),
            status=status,
            job=(position.job or position.label) if position else "",
            job_group=(position.job_group or "") if position else "",
            born_on=birth.get(about) or born.get(about),
            permanent=status == "permanent",
            full_time=status == "permanent"
            and all((one.weekly_hours or FULL_TIME) >= FULL_TIME for one in own),
            authorised=tuple(dict.fromkeys(rule for one in own for rule in one.authorised)),
        )


def _main_position(
    dossier: Dossier, person: str, presences: Mapping[Shift, Presence], own: list[Engagement]
) -> Position | None:
    """The position somebody works most under: rests and weeks run across all of them."""
    used = Counter(
        presence.engagement.position
        for presence in presences.values()
        if presence.person == person and presence.engagement is not None
    )
    most = used.most_common(1)[0][0] if used else (own[0].position if own else None)
    return dossier.find(most, Position)


def _setting(dossier: Dossier) -> Setting:
    production, employer = dossier.production, dossier.employer
    return Setting(
        idcc=employer.idcc,
        annex=production.annex,
        circumstances=tuple(
            Circumstance(one.type, one.starts_on, one.ends_on) for one in production.circumstances
        ),
        premiere_on=premiere_of(dossier),
        holiday_zone=employer.holiday_zone,
        agreements=employer.agreements,
    )


def premiere_of(dossier: Dossier) -> date | None:
    """The day of the première: the event that says so, else the first performance."""
    shows = [e for e in dossier.all(Event) if e.type == "performance" and e.option != "cancelled"]
    named = [event.day for event in shows if event.premiere]
    return min(named or [event.day for event in shows], default=None)


def _days_by_person(presences: Mapping[Shift, Presence]) -> Mapping[str, set[date]]:
    days: dict[str, set[date]] = defaultdict(set)
    for shift in presences:
        days[shift.person].add(shift.day)
    return days


def _concerns(breach: Breach, days: set[date]) -> bool:
    """Whether the production has its share in a breach that other productions may make."""
    metric = METRICS[breach.limit.asked.metric]
    if not metric.week:
        return not days.isdisjoint({breach.on + timedelta(days=shift) for shift in (-1, 0, 1)})
    weeks = AVERAGED_WEEKS if breach.limit.asked.metric.startswith("avg_") else 1
    first = breach.on - timedelta(weeks=weeks - 1)
    return any(first <= day < breach.on + timedelta(days=7) for day in days)


def _finding(breach: Breach, seen: Worktime, today: date) -> Finding:
    return Finding(
        "worktime.limit",
        breach.severity,
        breach.worker.id,
        message(breach),
        breach.limit.row.source,
        tuple(_remedy(way, breach, seen, today) for way in ways_out(breach)),
        subject=f"{breach.rule} {breach.on.isoformat()} {breach.limit.asked.metric}",
    )


def _remedy(way: Way, breach: Breach, seen: Worktime, today: date) -> Remedy:
    """A way out, with the change of the calendar that does it where one presence to come is enough."""
    return Remedy(way.label, changes=_changes(way, breach, seen, today))


def _changes(way: Way, breach: Breach, seen: Worktime, today: date) -> tuple[Change, ...]:
    if way.hours is None or breach.on <= today or METRICS[breach.limit.asked.metric].week:
        return ()
    moved = timedelta(minutes=-(-int(way.hours * 3600) // 60))
    presence = _moved_presence(way, breach, seen)
    if presence is None or presence.actual is not None:
        return ()
    shift = _shift(presence)
    if way.kind == "add_break":
        return _break_in(shift, presence, timedelta(minutes=int(breach.threshold)))
    if way.kind == "start_later":
        start = shift.interval.start + moved
        return (
            (set_(presence.part.about, call=_wall(start, shift.zone)),) if start < shift.interval.end else ()
        )
    end = shift.interval.end - moved
    return (set_(presence.part.about, wrap=_wall(end, shift.zone)),) if end > shift.interval.start else ()


def _break_in(shift: Shift, presence: Presence, length: timedelta) -> tuple[Change, ...]:
    """A break in the middle of a presence that has none."""
    if shift.breaks or shift.interval.end - shift.interval.start <= length:
        return ()
    middle = shift.interval.start + (shift.interval.end - shift.interval.start - length) / 2
    start = middle - timedelta(
        minutes=middle.minute % 5, seconds=middle.second, microseconds=middle.microsecond
    )
    pause = {"start": _wall(start, shift.zone), "end": _wall(start + length, shift.zone)}
    return (set_(presence.part.about, breaks=[pause]),)


def _moved_presence(way: Way, breach: Breach, seen: Worktime) -> Presence | None:
    """Which presence to shorten: the day's first to start later, its last (or the eve's) to end earlier."""
    if way.kind not in ("start_later", "end_earlier", "add_break"):
        return None
    rest = breach.limit.asked.metric == "daily_rest"
    day = breach.on - timedelta(days=1) if rest and way.kind == "end_earlier" else breach.on
    own = sorted(
        (shift for shift in seen.presences if shift.person == breach.worker.id and shift.day == day),
        key=lambda shift: shift.interval,
    )
    if not own:
        return None
    if way.kind == "add_break":
        longest = max(own, key=lambda shift: shift.hours)
        return seen.presences[longest] if breach.limit.asked.metric == "break_minutes" else None
    return seen.presences[own[0] if way.kind == "start_later" else own[-1]]


def _wall(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def _together(missing: Iterable[Missing]) -> list[NotChecked]:
    """One line a missing fact, naming the rules it keeps from being checked and the people it is missing for."""
    rules: dict[str, dict[str, None]] = {}
    people: dict[str, dict[str, None]] = {}
    for one in missing:
        rules.setdefault(one.needs, {})[one.rule] = None
        people.setdefault(one.needs, {}).update(dict.fromkeys(one.people))
    return [
        NotChecked(", ".join(found), f"{needs} : {names(sorted(people[needs], key=fold))}")
        for needs, found in rules.items()
    ]


def _untimed(dossier: Dossier) -> list[NotChecked]:
    """What has no hours cannot be checked: presences without times, journeys without duration."""
    found = []
    without = sum(1 for one in shifts_of(dossier) if one.held is None)
    if without:
        found.append(NotChecked("temps de travail", f"les horaires de {without} présences"))
    if dossier.all(Leg) and not any(event.type == "travel" for event in dossier.all(Event)):
        needs = "la durée des voyages : les inscrire au calendrier, comme événements avec leurs heures"
        found.append(NotChecked("temps de voyage", needs))
    return found
