"""Hours of each person and day: planned, done, validated by the person; weeks and months of them.

A shift counts on the day it starts. A journey is listed apart: it is not work done (C. trav. L3121-4).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from filage.facts.base import label_of
from filage.facts.calendar import Break, Event, Participation
from filage.facts.people import Person
from filage.facts.team import Engagement, Position
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput, Problem
from filage.kernel.interval import PARIS, Interval, month_key, span
from filage.kernel.money import ZERO
from filage.planning.conflicts import zone_of
from filage.worktime.event_kinds import SHIFT_KINDS
from filage.worktime.shift import Shift as Worked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from filage.facts.dossier import Dossier

UNTIMED, PLANNED, ENTERED, VALIDATED, STALE, CONTESTED = (
    "untimed", "planned", "entered", "validated", "stale", "contested",
)  # fmt: skip
STATES = (CONTESTED, STALE, UNTIMED, PLANNED, ENTERED, VALIDATED)
"""What is known of a shift's hours, what needs a person first."""
STATE_WORDS = {
    UNTIMED: "sans horaire", PLANNED: "à valider", ENTERED: "saisi, à valider", VALIDATED: "validé",
    STALE: "à revalider", CONTESTED: "désaccord",
}  # fmt: skip
NOT_HELD = ("draft", "cancelled")
SOURCE = "C. trav. L3171-2 à L3171-4, D3171-8 et D3171-16"
"""The texts of the décompte individuel: daily record, weekly total, kept at the inspector's disposal for one year."""


@dataclass(frozen=True, slots=True)
class Times:
    """From when to when, with which pauses, and the stretches of work they make."""

    start: time
    end: time
    breaks: tuple[Break, ...]
    pieces: tuple[Interval, ...]

    @property
    def hours(self) -> Decimal:
        """Elapsed hours, pauses taken off."""
        return union_hours(self.pieces)

    def text(self) -> str:
        """Write them plainly: `09:00-17:30, pause 12:00-13:00`."""
        pauses = "".join(f", pause {french.clock(p.start)}-{french.clock(p.end)}" for p in self.breaks)
        return f"{french.clock(self.start)}-{french.clock(self.end)}{pauses}"


@dataclass(frozen=True)
class Shift:
    """One person at one event: hours planned, hours done, and what the person said of them."""

    part: Participation
    event: Event
    engagement: Engagement | None
    person: str
    venue: Venue | None
    planned: Times | None
    actual: Times | None
    zone: str = PARIS
    production: str = ""

    @property
    def made_of(self) -> tuple[int, int, int, int, str]:
        """The very facts it was made from, alive as long as it is."""
        return (id(self.part), id(self.event), id(self.engagement), id(self.venue), self.production)

    @property
    def day(self) -> date:
        """The day it starts on."""
        return self.event.day

    @property
    def what(self) -> str:
        """What is done: the title of the event, else its nature."""
        return self.event.label or label_of(self.event, "type")

    @property
    def place(self) -> str:
        """Where: the venue and its town; nothing when nobody said."""
        venue = self.venue
        return ", ".join(text for text in (venue.label, venue.city) if text) if venue else ""

    @property
    def is_journey(self) -> bool:
        """Whether it is a journey, which is not work done."""
        return self.event.type == "travel"

    @property
    def held(self) -> Times | None:
        """The hours that count: those done once entered, else those planned."""
        return self.actual or self.planned

    @cached_property
    def worked(self) -> Worked | None:
        """The hours that count as the rules see them: from first to last, breaks inside; None without hours."""
        if self.held is None or not self.held.pieces:
            return None
        pieces = sorted(self.held.pieces)
        return Worked(
            self.person,
            Interval(pieces[0].start, pieces[-1].end),
            SHIFT_KINDS[self.event.type],
            tuple(Interval(one.end, other.start) for one, other in pairwise(pieces)),
            self.zone,
            self.event.about,
        )

    @property
    def text(self) -> str:
        """The hours that count, with their day, as a validation keeps them."""
        return f"{self.day.isoformat()} {self.held.text()}" if self.held else ""

    @property
    def difference(self) -> Decimal | None:
        """Hours done less hours planned; None until both are known."""
        return self.actual.hours - self.planned.hours if self.actual and self.planned else None

    @property
    def state(self) -> str:
        """What is known of these hours, one of `STATES`."""
        if self.part.contested:
            return CONTESTED
        if self.part.validated_on:
            moved = self.part.validated_as is not None and self.part.validated_as != self.text
            return STALE if moved else VALIDATED
        if self.held is None:
            return UNTIMED
        return ENTERED if self.actual else PLANNED


@dataclass(frozen=True, slots=True)
class Day:
    """The shifts of one person on one day; hours that overlap count once."""

    person: str
    day: date
    shifts: tuple[Shift, ...]

    @property
    def planned(self) -> Decimal:
        """Hours planned, journeys left out."""
        return union_hours(p for s in self._work() if s.planned for p in s.planned.pieces)

    @property
    def held(self) -> Decimal:
        """Hours that count: done once entered, else planned; journeys left out."""
        return union_hours(p for s in self._work() if s.held for p in s.held.pieces)

    @property
    def actual(self) -> Decimal | None:
        """Hours done; None until somebody entered some."""
        done = [s.actual for s in self._work() if s.actual]
        return union_hours(p for times in done for p in times.pieces) if done else None

    @property
    def validated(self) -> Decimal:
        """Hours that count and that the person validated."""
        return union_hours(p for s in self._work() if s.held and s.state == VALIDATED for p in s.held.pieces)

    @property
    def difference(self) -> Decimal:
        """Hours that count less hours planned."""
        return self.held - self.planned

    @property
    def state(self) -> str:
        """The state of the day: that of the shift which needs a person first."""
        return min((shift.state for shift in self.shifts), key=STATES.index)

    def _work(self) -> list[Shift]:
        return [shift for shift in self.shifts if not shift.is_journey]


@dataclass(frozen=True, slots=True)
class Week:
    """A civil week of one person, from Monday."""

    monday: date
    days: tuple[Day, ...]

    @property
    def planned(self) -> Decimal:
        """Hours planned in the week."""
        return sum((day.planned for day in self.days), ZERO)

    @property
    def held(self) -> Decimal:
        """Hours that count in the week."""
        return sum((day.held for day in self.days), ZERO)


@dataclass(frozen=True, slots=True)
class Record:
    """The décompte individuel of one person over one month: every day, the total of every whole week."""

    company: str
    person: str
    name: str
    month: str
    jobs: tuple[str, ...]
    productions: tuple[str, ...]
    weeks: tuple[Week, ...]

    @property
    def days(self) -> tuple[Day, ...]:
        """The days of the month, in order; the weeks also hold those that overflow it."""
        return tuple(day for week in self.weeks for day in week.days if month_key(day.day) == self.month)

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The shifts of the month, in order."""
        return tuple(shift for day in self.days for shift in day.shifts)

    @property
    def planned(self) -> Decimal:
        """Hours planned in the month."""
        return sum((day.planned for day in self.days), ZERO)

    @property
    def held(self) -> Decimal:
        """Hours that count in the month: done once entered, else planned."""
        return sum((day.held for day in self.days), ZERO)

    @property
    def validated(self) -> bool:
        """Whether the person validated every shift of the month."""
        states = {shift.state for shift in self.shifts}
        return bool(states) and states <= {VALIDATED}


def shifts_of(dossier: Dossier, *, person: str | None = None, month: str | None = None) -> tuple[Shift, ...]:
    """Return the shifts of a production in the order of days; of one person (`person/id`), of one month, if told.

    What is cancelled or only being thought of is left out. Times that cannot be give no hours.
    """
    return tuple(
        shift
        for shift in _all_shifts(dossier)
        if (person is None or shift.person == person)
        and (month is None or month_key(shift.event.day) == month)
    )


def _all_shifts(dossier: Dossier) -> tuple[Shift, ...]:
    """Every shift of a production; those of the last one asked about are kept: a review asks several times."""
    global _LAST  # noqa: PLW0603 - a memory of one dossier, which is frozen
    known = _LAST
    if known is None or known[0] is not dossier:
        known = _LAST = (dossier, _read_shifts(dossier, known[1] if known else ()))
    return known[1]


_LAST: tuple[Dossier, tuple[Shift, ...]] | None = None


def _read_shifts(dossier: Dossier, before: Iterable[Shift] = ()) -> tuple[Shift, ...]:
    """Make every shift, but those already made from the very same facts: one change leaves most of them alone."""
    made = {shift.made_of: shift for shift in before}
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    events = {event.about: event for event in dossier.all(Event) if event.option not in NOT_HELD}
    engagements = {engagement.about: engagement for engagement in dossier.all(Engagement)}
    label = dossier.production.label
    found = []
    for part in dossier.all(Participation):
        event = events.get(part.event)
        engagement = engagements.get(part.engagement or "")
        who = part.person or (engagement.person if engagement else "")
        if event is not None and who:
            of = (id(part), id(event), id(engagement), id(venues.get(event.venue or "")), label)
            found.append(made.get(of) or _shift(part, event, engagement, who, venues, label))
    return tuple(sorted(found, key=_order))


def _order(shift: Shift) -> tuple[date, time, str]:
    start = shift.held.start.replace(tzinfo=None) if shift.held else time()
    return (shift.day, start, shift.part.id)


def _shift(
    part: Participation,
    event: Event,
    engagement: Engagement | None,
    person: str,
    venues: Mapping[str, Venue],
    production: str,
) -> Shift:
    zone = zone_of(event, venues)
    return Shift(
        part=part,
        event=event,
        engagement=engagement,
        person=person,
        venue=venues.get(event.venue or ""),
        planned=_planned(part, event, zone),
        actual=_actual(part, event, zone),
        zone=zone,
        production=production,
    )


def _planned(part: Participation, event: Event, zone: str) -> Times | None:
    last = None if part.wrap else event.end_day
    return _times(event.day, part.call or event.start, part.wrap or event.end, part.breaks, zone, last)


def _actual(part: Participation, event: Event, zone: str) -> Times | None:
    """The hours done: the end that was not entered is the one planned."""
    if part.actual_start is None and part.actual_end is None:
        return None
    end = part.actual_end or part.wrap or event.end
    last = None if part.actual_end or part.wrap else event.end_day
    return _times(
        event.day, part.actual_start or part.call or event.start, end, part.actual_breaks, zone, last
    )


def _times(
    day: date,
    start: time | None,
    end: time | None,
    breaks: tuple[Break, ...],
    zone: str,
    last: date | None,
) -> Times | None:
    if start is None or end is None:
        return None
    try:
        return times_of(day, start, end, breaks, zone, last)
    except BadInput:
        return None


def times_of(
    day: date,
    start: time,
    end: time,
    breaks: tuple[Break, ...] = (),
    zone: str = PARIS,
    last: date | None = None,
) -> Times:
    """Return the hours between two wall times of a day, pauses off; an end not after its start is on the next day.

    BadInput when a time does not exist (the spring change) or the zone is unknown.
    """
    pieces = [span(day, start, end, zone, last)]
    for pause in breaks:
        away = _pause(day, start, pause, zone)
        pieces = [part for piece in pieces for part in _without(piece, away)]
    return Times(start, end, breaks, tuple(pieces))


def _refuse_outside(day: date, start: time, end: time, breaks: tuple[Break, ...], zone: str) -> None:
    """Refuse pauses that are not inside the shift, all at once."""
    whole = span(day, start, end, zone)
    problems = [
        Problem(
            f"la pause de {french.clock(pause.start)} à {french.clock(pause.end)} n’est pas dans les heures faites",
            suggestion=f"entre {french.clock(start)} et {french.clock(end)}",
        )
        for pause in breaks
        for away in [_pause(day, start, pause, zone)]
        if away.start < whole.start or away.end > whole.end
    ]
    if problems:
        raise BadInput(problems)


def _pause(day: date, start: time, pause: Break, zone: str) -> Interval:
    """A pause is the first such time after the start."""
    later = pause.start.replace(tzinfo=None) >= start.replace(tzinfo=None)
    return span(day if later else day + timedelta(days=1), pause.start, pause.end, zone)


def _without(piece: Interval, away: Interval) -> list[Interval]:
    if not piece.overlaps(away):
        return [piece]
    before, after = Interval(piece.start, away.start), Interval(away.end, piece.end)
    return [part for part in (before, after) if part.start < part.end]


def union_hours(pieces: Iterable[Interval]) -> Decimal:
    """Elapsed hours covered by some stretches, overlaps counted once."""
    total, latest = ZERO, None
    for piece in sorted(pieces):
        start = piece.start if latest is None else max(piece.start, latest)
        if start < piece.end:
            total += Interval(start, piece.end).hours
        latest = piece.end if latest is None else max(latest, piece.end)
    return total


def days_of(shifts: Sequence[Shift]) -> tuple[Day, ...]:
    """Group shifts by day and person, days first."""
    found: dict[tuple[date, str], list[Shift]] = defaultdict(list)
    for shift in shifts:
        found[shift.day, shift.person].append(shift)
    return tuple(Day(person, day, tuple(own)) for (day, person), own in sorted(found.items()))


def weeks_of(days: Iterable[Day]) -> tuple[Week, ...]:
    """Group the days of one person by civil week."""
    found: dict[date, list[Day]] = defaultdict(list)
    for day in days:
        found[day.day - timedelta(days=day.day.weekday())].append(day)
    return tuple(Week(monday, tuple(own)) for monday, own in sorted(found.items()))


def record_of(dossiers: Sequence[Dossier], person: str, month: str) -> Record:
    """Return the décompte individuel of a person (`person/id`) in a month (`2026-11`), over several productions.

    Source: C. trav. L3171-2, D3171-8: hours of each day, or start and end of each stretch, and the total of each week.
    """
    found = [shift for dossier in dossiers for shift in shifts_of(dossier, person=person)]
    weeks = weeks_of(days_of(sorted(found, key=_order)))
    kept = tuple(week for week in weeks if any(month_key(day.day) == month for day in week.days))
    known = next((one for dossier in dossiers if (one := dossier.find(person, Person))), None)
    record = Record(
        company=dossiers[0].employer.label if dossiers else "",
        person=person,
        name=known.name() if known else person.partition("/")[2],
        month=month,
        jobs=(),
        productions=(),
        weeks=kept,
    )
    engaged = {shift.engagement.position for shift in record.shifts if shift.engagement}
    jobs = [
        position.label
        for dossier in dossiers
        for position in dossier.all(Position)
        if position.about in engaged
    ]
    productions = [shift.production for shift in record.shifts]
    return replace(record, jobs=tuple(dict.fromkeys(jobs)), productions=tuple(dict.fromkeys(productions)))


def people_in(dossiers: Sequence[Dossier], month: str) -> tuple[str, ...]:
    """Return who has hours in a month, by family name."""
    names = {person.about: person for dossier in dossiers for person in dossier.all(Person)}
    found = {shift.person for dossier in dossiers for shift in shifts_of(dossier, month=month)} & names.keys()
    return tuple(sorted(found, key=lambda about: (names[about].family_name, names[about].given_name, about)))


# --- what people write --------------------------------------------------------------------------------------


def entered(shift: Shift, start: time, end: time, breaks: tuple[Break, ...] = ()) -> Change:
    """The change that writes hours done; BadInput when they cannot be. A validation stays, and may be stale."""
    _refuse_outside(shift.day, start, end, breaks, shift.zone)
    values, clear = _done(start, end, breaks)
    return set_(shift.part.about, clear=clear, **values)


def validated(shift: Shift, on: date) -> Change | None:
    """The change by which a person validates the hours that count, planned ones becoming done; None without hours."""
    if shift.held is None:
        return None
    values: dict[str, Any] = {"validated_on": on.isoformat(), "validated_as": shift.text}
    clear: tuple[str, ...] = ("contested",)
    if shift.actual is None:
        done, empty = _done(shift.held.start, shift.held.end, shift.held.breaks)
        values, clear = values | done, clear + empty
    return set_(shift.part.about, clear=clear, **values)


def withdrawn(shift: Shift) -> Change:
    """The change that takes a validation back."""
    return set_(shift.part.about, clear=("validated_on", "validated_as"))


def contested(shift: Shift, message: str) -> Change:
    """The change by which a person disagrees, in their words; their validation, if any, is taken back."""
    return set_(shift.part.about, clear=("validated_on", "validated_as"), contested=message)


def settled(shift: Shift) -> Change:
    """The change that closes a disagreement: the hours still have to be validated."""
    return set_(shift.part.about, clear=("contested",))


def _done(start: time, end: time, breaks: tuple[Break, ...]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of hours done: those that get a value, those emptied."""
    values: dict[str, Any] = {"actual_start": _wall(start), "actual_end": _wall(end)}
    if not breaks:
        return values, ("actual_breaks",)
    pauses = [{"start": _wall(pause.start), "end": _wall(pause.end)} for pause in breaks]
    return values | {"actual_breaks": pauses}, ()


def _wall(value: time) -> str:
    return value.isoformat("minutes")
