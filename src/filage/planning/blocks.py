"""Days laid, repeated, moved and copied in one go: day templates, recurring events, blocks of the calendar.

Wall times are kept: a rehearsal at 10:00 stays at 10:00 when summer time begins in between. An offset written beside a
time held for the old day only, and is dropped. Ids are made anew, never taken from a fact that exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from filage.facts.calendar import DayTemplate, Event, Participation, Planned
from filage.facts.team import Engagement
from filage.facts.travel import Leg
from filage.facts.writing import values_of
from filage.kernel import french
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput, Problem
from filage.kernel.interval import later_day
from filage.planning.conflicts import event_name
from filage.planning.fresh_ids import FreshIds
from filage.planning.recurrence import MOST, Rule, occurrences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from filage.facts.dossier import Dossier

DONE = (
    "actual_start",
    "actual_end",
    "actual_breaks",
    "actual_units",
    "validated_on",
    "validated_as",
    "contested",
)
"""What was done on the day itself: a copy starts without."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An event that a move of a block does not touch, by name, and why."""

    about: str
    name: str
    reason: Literal["locked", "cancelled", "done", "unknown"]

    @property
    def why(self) -> str:
        """The reason in French."""
        words = {"locked": "verrouillé", "cancelled": "annulé", "done": "déjà fait", "unknown": "introuvable"}
        return words[self.reason]


def apply_template(
    dossier: Dossier,
    template: str,
    days: Iterable[date],
    *,
    venue: str | None = None,
    taken: Collection[str] = (),
) -> list[Change]:
    """Put a usual day (`day_template/id`) on each of these days, with the people engaged then in its positions.

    `venue` is where, `taken` holds ids (`kind/id`) that may not be given although no fact bears them. BadInput when the
    template does not exist or no day is given.
    """
    found = dossier.find(template, DayTemplate)
    wanted = sorted(set(days))
    if found is None:
        raise BadInput(Problem(f"la journée type {template} n’existe pas (ou plus)"))
    if not wanted:
        raise BadInput(Problem("aucun jour n’est choisi", suggestion="cochez au moins un jour"))
    _refuse_too_many(len(wanted) * len(found.events))
    ids = FreshIds(dossier, taken)
    changes: list[Change] = []
    for day in wanted:
        for planned in found.events:
            changes += _of_planned(dossier, planned, later_day(day, planned.days_after), venue, ids)
    return changes


def _of_planned(
    dossier: Dossier, planned: Planned, day: date, venue: str | None, ids: FreshIds
) -> Iterator[Change]:
    values = planned.model_dump(mode="json", exclude_none=True, exclude={"days_after", "positions"})
    values |= {"day": day.isoformat()} | ({"venue": venue} if venue else {})
    about = ids.take("event", f"{planned.type}-{day.isoformat()}")
    yield add(about, **{name: value for name, value in values.items() if value != []})
    for engagement in _engaged(dossier, day, planned.positions):
        yield add(_part_id(about, engagement.about, ids), event=about, engagement=engagement.about)


def _engaged(dossier: Dossier, day: date, positions: Collection[str]) -> list[Engagement]:
    """Who is engaged on a day, in these positions or in any; each person once."""
    by_person = {
        one.person: one
        for one in dossier.all(Engagement)
        if one.starts_on <= day <= one.ends_on and (not positions or one.position in positions)
    }
    return list(by_person.values())


def template_of(dossier: Dossier, day: date, label: str, *, taken: Collection[str] = ()) -> list[Change]:
    """Keep a day of the calendar as a usual day under this name; BadInput when nothing happens that day."""
    events = sorted(
        (event for event in dossier.all(Event) if event.day == day and event.option != "cancelled"),
        key=lambda event: (str(event.start or ""), event.id),
    )
    if not events:
        raise BadInput(
            Problem(
                f"rien n’est prévu le {french.day(day)}", suggestion="choisissez un jour qui a des événements"
            )
        )
    positions = _positions_by_event(dossier)
    planned = [_planned(event, positions.get(event.about, ())) for event in events]
    about = FreshIds(dossier, taken).take("day_template", label)
    return [add(about, label=label, events=planned)]


def _planned(event: Event, positions: Collection[str]) -> dict[str, Any]:
    values = values_of(event)
    kept = {
        name: _plain(values[name]) for name in ("type", "label", "start", "end", "moments") if name in values
    }
    return kept | ({"positions": list(positions)} if positions else {})


def _positions_by_event(dossier: Dossier) -> dict[str, list[str]]:
    engagements = {one.about: one.position for one in dossier.all(Engagement)}
    found: dict[str, dict[str, None]] = {}
    for part in dossier.all(Participation):
        position = engagements.get(part.engagement or "")
        if position:
            found.setdefault(part.event, {})[position] = None
    return {event: list(positions) for event, positions in found.items()}


def recurring(
    dossier: Dossier,
    event: str,
    rule: Rule,
    until: date,
    exceptions: Iterable[date] = (),
    *,
    taken: Collection[str] = (),
) -> list[Change]:
    """Repeat an event, with who takes part, after its own day and up to `until` included, but on `exceptions`.

    BadInput when the event does not exist, the rule repeats nothing or makes too many.
    """
    found = dossier.find(event, Event)
    if found is None:
        raise BadInput(Problem(f"{event} n’existe pas (ou plus)"))
    if rule.every < 1:
        raise BadInput(Problem("une répétition se compte à partir de 1", expected="1, 2, 3…"))
    skipped = set(exceptions)
    days = [day for day in occurrences(found.day, rule, until) if day not in skipped]
    if not days:
        message = f"aucun jour après le {french.day(found.day)} jusqu’au {french.day(until)}"
        raise BadInput(Problem(message, suggestion="repoussez la fin, ou changez les jours"))
    _refuse_too_many(len(days))
    ids = FreshIds(dossier, taken)
    parts = _parts_by_event(dossier).get(found.about, [])
    return [change for day in days for change in _copied(found, parts, (day - found.day).days, ids)]


def shift_block(dossier: Dossier, events: Iterable[str], days: int) -> list[Change]:
    """Move events by so many days, with journeys that have a day of their own; `left_out` names those not touched.

    An option keeps its deadline, which is the venue’s, unless the event now comes first: then the eve.
    """
    done = _done(dossier)
    moved = [event for event in _found(dossier, events) if _reason(event, done) is None]
    if not days:
        return []
    abouts = {event.about for event in moved}
    changes = [_shifted(event, days) for event in moved]
    changes += [
        set_(leg.about, day=later_day(leg.day, days).isoformat())
        for leg in dossier.all(Leg)
        if leg.event in abouts and leg.day is not None
    ]
    changes += [
        set_(part.about, **times)
        for part in dossier.all(Participation)
        if part.event in abouts and (times := _without_offsets(part))
    ]
    return changes


def _shifted(event: Event, days: int) -> Change:
    day = later_day(event.day, days)
    values: dict[str, Any] = {"day": day.isoformat()} | _without_offsets(event)
    if event.end_day is not None:
        values["end_day"] = later_day(event.end_day, days).isoformat()
    if event.option_until is not None and event.option_until >= day:
        values["option_until"] = later_day(day, -1).isoformat()
    return set_(event.about, **values)


def copy_block(
    dossier: Dossier, events: Iterable[str], days: int, *, taken: Collection[str] = ()
) -> list[Change]:
    """Copy events so many days later (or earlier), with who takes part; cancelled ones are left.

    A copy is not the première, not locked, and not yet signed; its option’s deadline follows its day.
    """
    alive = [event for event in _found(dossier, events) if event.option != "cancelled"]
    _refuse_too_many(len(alive))
    if not days:
        raise BadInput(
            Problem("une copie sur le même jour ne dit rien de plus", suggestion="donnez un autre jour")
        )
    ids, parts = FreshIds(dossier, taken), _parts_by_event(dossier)
    return [change for event in alive for change in _copied(event, parts.get(event.about, []), days, ids)]


def _copied(event: Event, parts: Iterable[Participation], days: int, ids: FreshIds) -> Iterator[Change]:
    values = {name: _plain(value) for name, value in values_of(event).items()}
    day = later_day(event.day, days)
    values["day"] = day.isoformat()
    for name in ("end_day", "option_until"):
        if name in values:
            values[name] = later_day(date.fromisoformat(values[name]), days).isoformat()
    for name in ("id", "premiere", "locked", "weather"):
        values.pop(name, None)
    if event.option == "signed":
        values["option"] = "confirmed"
    about = ids.take("event", f"{event.type}-{day.isoformat()}")
    yield add(about, **values)
    for part in parts:
        kept = {
            name: _plain(value)
            for name, value in values_of(part).items()
            if name not in (*DONE, "id", "event")
        }
        yield add(_part_id(about, part.engagement or part.person or "", ids), event=about, **kept)


def left_out(dossier: Dossier, events: Iterable[str]) -> tuple[LeftOut, ...]:
    """Name the events a move would not touch: locked, cancelled, done or gone."""
    found, done = [], _done(dossier)
    for about in dict.fromkeys(events):
        event = dossier.find(about, Event)
        if event is None:
            found.append(LeftOut(about, about, "unknown"))
        elif (reason := _reason(event, done)) is not None:
            found.append(LeftOut(about, event_name(event), reason))
    return tuple(found)


def _reason(event: Event, done: Collection[str]) -> Literal["locked", "cancelled", "done"] | None:
    if event.locked:
        return "locked"
    if event.option == "cancelled":
        return "cancelled"
    return "done" if event.about in done else None


def _done(dossier: Dossier) -> set[str]:
    """The events whose hours were entered or validated by somebody."""
    return {part.event for part in dossier.all(Participation) if part.actual_start or part.validated_on}


def _found(dossier: Dossier, events: Iterable[str]) -> list[Event]:
    found = [event for about in dict.fromkeys(events) if (event := dossier.find(about, Event)) is not None]
    return sorted(found, key=lambda event: (event.day, str(event.start or ""), event.id))


def _parts_by_event(dossier: Dossier) -> dict[str, list[Participation]]:
    found: dict[str, list[Participation]] = {}
    for part in dossier.all(Participation):
        found.setdefault(part.event, []).append(part)
    return found


def _part_id(event: str, who: str, ids: FreshIds) -> str:
    return ids.take("participation", f"{event.rpartition('/')[2]}-{who.rpartition('/')[2]}")


def _without_offsets(fact: Event | Participation) -> dict[str, Any]:
    """The fields whose times were written with an offset, without it: it held for the old day."""
    values = values_of(fact)
    plain = {name: _plain(value) for name, value in values.items()}
    return {name: value for name, value in plain.items() if value != values[name]}


_WALL = 5


def _plain(value: Any) -> Any:
    """A file value with the offsets of its times taken off."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, str) and len(value) > _WALL and value[2] == ":" and value[-3] == ":":
        clock, sign = value[:-6], value[-6]
        if sign in "+-" and clock.replace(":", "").isdigit():
            return clock
    return value


def _refuse_too_many(count: int) -> None:
    if count > MOST:
        message = f"cela ferait {count} événements : {MOST} au plus en une fois"
        raise BadInput(Problem(message, suggestion="faites-le en plusieurs fois"))


def block_between(dossier: Dossier, first: date, last: date) -> tuple[str, ...]:
    """The events of some days, both included, in order: what a block usually is."""
    found = [event.about for event in dossier.all(Event) if first <= event.day <= last]
    return tuple(event.about for event in _found(dossier, found))
