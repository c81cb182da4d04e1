"""What the calendar's views show."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from filage.facts.base import choices, label_of
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.team import Engagement
from filage.facts.venue import Venue
from filage.kernel.finding import Finding
from filage.kernel.interval import Interval
from filage.planning.conflicts import Shift, shifts_of
from filage.review import Outcome

SOLID: Final = frozenset({"confirmed", "signed"})
TYPES: Final = choices(Event, "type")
OPTIONS: Final = choices(Event, "option")
SHORT: Final = {"performance": "Repr.", "rehearsal": "Rép.", "residency": "Rés."}
DAYS_SHOWN: Final = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, ready to draw."""

    id: str
    day: date
    start: str
    hours: str
    kind: str
    short: str
    label: str
    venue: str
    city: str
    people: int
    option: str
    status: str
    """done when signed, breach when something is wrong; empty otherwise."""
    solid: bool
    cancelled: bool
    premiere: bool
    option_until: date | None
    findings: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        """What it is: its title, else its nature."""
        return self.label or ("Première" if self.premiere else self.kind)


@dataclass(slots=True)
class Month:
    """The events of one month."""

    first: date
    entries: list[Entry] = field(default_factory=list)


def entries_of(outcome: Outcome) -> list[Entry]:
    """List the events in order of time."""
    dossier = outcome.dossier
    counts: dict[str, int] = defaultdict(int)
    for part in dossier.all(Participation):
        counts[part.event] += 1
    wrong: dict[str, list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        if finding.about.startswith("event/"):
            wrong[finding.about].append(finding)
    events = sorted(dossier.all(Event), key=lambda event: (event.day, str(event.start or ""), event.id))
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    return [_entry(event, venues, counts[event.about], tuple(wrong[event.about])) for event in events]


def _entry(event: Event, venues: dict[str, Venue], people: int, findings: tuple[Finding, ...]) -> Entry:
    venue = venues.get(event.venue or "")
    start = f"{event.start:%H:%M}" if event.start else ""
    return Entry(
        id=event.id,
        day=event.day,
        start=start,
        hours=f"{start} – {event.end:%H:%M}" if start and event.end else start,
        kind=label_of(event, "type"),
        short=SHORT.get(event.type, label_of(event, "type")),
        label=event.label or "",
        venue=venue.label if venue else "",
        city=(venue.city or "") if venue else "",
        people=people,
        option=label_of(event, "option"),
        status="done" if event.option == "signed" else "",
        solid=event.option in SOLID,
        cancelled=event.option == "cancelled",
        premiere=event.premiere,
        option_until=event.option_until if event.option.startswith("option") else None,
        findings=findings,
    )


def months_of(entries: Iterable[Entry]) -> list[Month]:
    """Group events by month."""
    months: dict[date, Month] = {}
    for entry in entries:
        first = entry.day.replace(day=1)
        months.setdefault(first, Month(first)).entries.append(entry)
    return list(months.values())


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the month's table."""

    day: date
    inside: bool
    today: bool
    entries: tuple[Entry, ...]


def weeks_of(entries: Iterable[Entry], first: date, today: date) -> list[list[Cell]]:
    """Lay a month out in weeks, from Monday."""
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.day].append(entry)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return [
        [Cell(day, day.month == first.month, day == today, tuple(by_day[day])) for day in week]
        for week in weeks
    ]


@dataclass(frozen=True, slots=True)
class Slot:
    """Something a venue or a person has on a day."""

    entry: Entry
    hours: str
    clash: bool


@dataclass(slots=True)
class Resource:
    """A venue or a person, and their days."""

    about: str
    name: str
    note: str
    first: date
    days: list[list[Slot]]

    @property
    def dated(self) -> list[tuple[date, list[Slot]]]:
        """Each day with what it holds."""
        return [(self.first + timedelta(days=rank), slots) for rank, slots in enumerate(self.days)]

    @property
    def busy(self) -> bool:
        """Whether something happens in the days shown."""
        return any(self.days)


@dataclass(slots=True)
class Resources:
    """The venues and the people over some days."""

    days: list[date]
    venues: list[Resource]
    people: list[Resource]


def resources_of(dossier: Dossier, entries: Iterable[Entry], first: date) -> Resources:
    """Lay out who and where is taken, day by day."""
    days = [first + timedelta(days=rank) for rank in range(DAYS_SHOWN)]
    shown = {f"event/{entry.id}": entry for entry in entries if entry.day in days and not entry.cancelled}
    venues = {
        venue.about: Resource(venue.about, venue.label, venue.city or "", first, [[] for _ in days])
        for venue in dossier.all(Venue)
    }
    for event in dossier.all(Event):
        entry = shown.get(event.about)
        if entry and event.venue in venues:
            venues[event.venue].days[days.index(entry.day)].append(Slot(entry, entry.start, clash=False))
    people = _people(dossier, shown, days)
    order = [person.about for person in dossier.all(Person)]
    return Resources(
        days,
        [resource for resource in venues.values() if resource.busy],
        sorted(people.values(), key=lambda resource: order.index(resource.about)),
    )


def _people(dossier: Dossier, shown: dict[str, Entry], days: list[date]) -> dict[str, Resource]:
    engaged = {engagement.about: engagement.person for engagement in dossier.all(Engagement)}
    names = {person.about: person.name() for person in dossier.all(Person)}
    clashes = _clashes(shifts_of(dossier)[0])
    found: dict[str, Resource] = {}
    for part in dossier.all(Participation):
        person = part.person or engaged.get(part.engagement or "", "")
        entry = shown.get(part.event)
        if person not in names:
            continue
        resource = found.setdefault(person, Resource(person, names[person], "", days[0], [[] for _ in days]))
        if entry is None:
            continue
        call = f"{part.call:%H:%M}" if part.call else entry.start
        slot = Slot(entry, call, clash=(person, part.event) in clashes)
        resource.days[days.index(entry.day)].append(slot)
    for resource in found.values():
        for slots in resource.days:
            slots.sort(key=lambda slot: slot.hours)
    return {about: resource for about, resource in found.items() if resource.busy}


def _clashes(shifts: Iterable[Shift]) -> set[tuple[str, str]]:
    """The parts of a person that overlap another of the same person."""
    by_person: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        by_person[shift.person].append(shift)
    found: set[tuple[str, str]] = set()
    for person, own in by_person.items():
        own.sort(key=lambda shift: shift.interval)
        latest: Shift | None = None
        for shift in own:
            if latest and shift.event != latest.event and _overlap(shift.interval, latest.interval):
                found |= {(person, shift.event), (person, latest.event)}
            if latest is None or shift.interval.end > latest.interval.end:
                latest = shift
    return found


def _overlap(one: Interval, other: Interval) -> bool:
    return one.overlaps(other)


def next_day(entries: Iterable[Entry], today: date) -> date:
    """The day the calendar opens on: that of the next event, else of the last, else today."""
    days = [entry.day for entry in entries if not entry.cancelled]
    coming = [day for day in days if day >= today]
    return min(coming, default=max(days, default=today))
