"""Who is free when, as each person said it: what was asked, what was answered, and what the calendar makes of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from filage.facts.calendar import Availability, Event
from filage.facts.people import Person
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.errors import BadInput
from filage.kernel.finding import Finding
from filage.kernel.interval import PARIS, Interval, local_day, span
from filage.planning.shifts import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from filage.facts.dossier import Dossier
    from filage.planning.shifts import Shift

LONGEST = 800
"""Days of one answer that are looked at."""
SOON = 14
"""Days before a presence from which an answer still awaited is told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one person on one day: asked, free, maybe or busy; in their words; over the whole day or not."""

    about: str
    answer: str
    said: str
    answered_on: date | None
    hours: tuple[time, time] | None

    @property
    def is_open(self) -> bool:
        """Whether nothing was answered yet."""
        return self.answer == "asked"


def answers_of(dossier: Dossier, person: str | None = None) -> dict[str, dict[date, Answer]]:
    """Return what each person said of each day: `person/id` → day → answer, the latest one of a day.

    A part of a day counts beside the rest of it: the firmest is kept (busy, then maybe, then free).
    """
    found: dict[str, dict[date, Answer]] = defaultdict(dict)
    for fact in sorted(dossier.all(Availability), key=_weight):
        if person is not None and fact.person != person:
            continue
        hours = (fact.start, fact.end) if fact.start is not None and fact.end is not None else None
        told = Answer(fact.about, fact.answer, fact.said or "", fact.answered_on, hours)
        for day in days_of(fact):
            found[fact.person][day] = told
    return dict(found)


FIRM = ("asked", "free", "maybe", "busy")


def _weight(fact: Availability) -> tuple[date, int]:
    return fact.answered_on or date.min, FIRM.index(fact.answer)


def days_of(fact: Availability) -> Iterator[date]:
    """The days an availability is about, both ends included; of a stretch longer than two years, the first ones."""
    for rank in range(min((fact.ends_on - fact.starts_on).days + 1, LONGEST)):
        yield fact.starts_on + timedelta(days=rank)


def availability_findings(
    dossier: Dossier, shifts: Iterable[Shift], today: date | None = None
) -> list[Finding]:
    """Return who is called when they said they are not free, or may not be, and whose answer is awaited too long."""
    known = answers_of(dossier)
    if not known:
        return []
    people = {person.about: person.name() for person in dossier.all(Person)}
    zones = _zones(dossier)
    findings = []
    for shift in shifts:
        days = known.get(shift.person)
        name = people.get(shift.person, shift.person)
        if days and (told := _told(days, shift.interval, zones.get(shift.event, PARIS))):
            finding = _finding(shift, name, *told, today)
            if finding is not None:
                findings.append(finding)
    return findings


def _told(days: Mapping[date, Answer], interval: Interval, zone: str) -> tuple[date, Answer] | None:
    """The firmest answer about the days of a presence, and its day."""
    first, last = local_day(interval.start, zone), local_day(interval.end - timedelta(seconds=1), zone)
    own = [
        (day, days[day]) for day in (first, last) if day in days and _covers(days[day], day, interval, zone)
    ]
    return max(own, key=lambda one: FIRM.index(one[1].answer), default=None)


def _covers(answer: Answer, day: date, interval: Interval, zone: str) -> bool:
    if answer.hours is None:
        return True
    try:
        return span(day, *answer.hours, zone).overlaps(interval)
    except BadInput:
        return True


def _finding(shift: Shift, name: str, day: date, answer: Answer, today: date | None) -> Finding | None:
    where = f"« {shift.label} »"
    words = f" : « {answer.said} »" if answer.said else ""
    match answer.answer:
        case "busy":
            when = f"{french.day(day)}{_hours(answer)}"
            message = f"{name} a dit ne pas être libre le {when}{words}, et participe à {where}."
            return Finding("calendar.unavailable", "blocking", shift.person, message)
        case "maybe":
            when = f"{french.day(day)}{_hours(answer)}"
            message = f"{name} doit encore confirmer le {when}{words}, pour {where}."
            return Finding("calendar.maybe_unavailable", "warning", shift.person, message)
        case "asked" if today is not None and today <= day <= today + timedelta(days=SOON):
            message = f"{name} n’a pas dit être libre le {french.day(day)}, pour {where}."
            return Finding("calendar.no_answer", "warning", shift.person, message)
    return None


def _hours(answer: Answer) -> str:
    if answer.hours is None:
        return ""
    return f" de {french.clock(answer.hours[0])} à {french.clock(answer.hours[1])}"


def _zones(dossier: Dossier) -> dict[str, str]:
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    return {event.about: zone_of(event, venues) for event in dossier.all(Event)}
