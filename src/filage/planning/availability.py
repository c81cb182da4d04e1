"""Who is free when, as each person said it: what was asked, what was answered, and what the calendar makes of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

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

    For a view of days: findings look at each part of a day by itself.
    """
    found: dict[str, dict[date, Answer]] = defaultdict(dict)
    for fact in sorted(dossier.all(Availability), key=_weight):
        if person is not None and fact.person != person:
            continue
        told = _answer(fact)
        for day in days_of(fact):
            found[fact.person][day] = told
    return dict(found)


def _answer(fact: Availability) -> Answer:
    """An answer as it was given; hours with one end only go from, or to, midnight."""
    partly = fact.start is not None or fact.end is not None
    hours = (fact.start or time(0), fact.end or time(0)) if partly else None
    return Answer(fact.about, fact.answer, fact.said or "", fact.answered_on, hours)


FIRM = ("asked", "free", "maybe", "busy")


def _weight(fact: Availability) -> tuple[date, int]:
    return fact.answered_on or date.min, FIRM.index(fact.answer)


def awaited(dossier: Dossier, person: str, today: date) -> int:
    """Return how many whole days from today await the answer of one person (`person/id`)."""
    known = answers_of(dossier, person).get(person, {})
    return sum(answer.is_open and day >= today and answer.hours is None for day, answer in known.items())


def days_of(fact: Availability) -> Iterator[date]:
    """The days an availability is about, both ends included; of a stretch longer than two years, the first ones."""
    for rank in range(min((fact.ends_on - fact.starts_on).days + 1, LONGEST)):
        yield fact.starts_on + timedelta(days=rank)


def availability_findings(
    dossier: Dossier, shifts: Iterable[Shift], today: date | None = None
) -> list[Finding]:
    """Return who is called when they said they are not free, or may not be, and whose answer is awaited too long."""
    said = _said(dossier)
    if not said:
        return []
    people = {person.about: person.name() for person in dossier.all(Person)}
    zones = _zones(dossier)
    findings = []
    for shift in shifts:
        days = said.get(shift.person)
        name = people.get(shift.person, shift.person)
        if days and (told := _told(days, shift.interval, zones.get(shift.event, PARIS))):
            finding = _finding(shift, name, *told, today)
            if finding is not None:
                findings.append(finding)
    return findings


def _said(dossier: Dossier) -> dict[str, dict[date, list[Answer]]]:
    """Everything each person said of each day, the latest last, the firmest last among those of one date."""
    found: dict[str, dict[date, list[Answer]]] = defaultdict(lambda: defaultdict(list))
    for fact in sorted(dossier.all(Availability), key=_weight):
        told = _answer(fact)
        for day in days_of(fact):
            found[fact.person][day].append(told)
    return found


def _told(days: Mapping[date, list[Answer]], interval: Interval, zone: str) -> tuple[date, Answer] | None:
    """The firmest answer about the days of a presence, and its day."""
    first, last = local_day(interval.start, zone), local_day(interval.end - timedelta(seconds=1), zone)
    own: list[tuple[date, Answer]] = []
    for rank in range(
        -1, min((last - first).days, LONGEST) + 1
    ):  # the night of the eve may reach into the day
        day = first + timedelta(days=rank)
        own += [(day, answer) for answer in _counting(days.get(day, ()), day, interval, zone)]
    return max(own, key=lambda one: FIRM.index(one[1].answer), default=None)


def _counting(answers: Iterable[Answer], day: date, interval: Interval, zone: str) -> list[Answer]:
    """The answers of a day that a presence meets: one about all that day’s share of it makes former ones void."""
    found: list[Answer] = []
    for answer in answers:
        told = _interval(day, answer.hours, zone)
        if not told.overlaps(interval):
            continue
        whole = _interval(day, None, zone)
        if told.start <= max(interval.start, whole.start) and min(interval.end, whole.end) <= told.end:
            found.clear()
        found.append(answer)
    return found


def _interval(day: date, hours: tuple[time, time] | None, zone: str) -> Interval:
    """The hours of an answer, else the whole day; an hour the clock skips makes it the whole day."""
    midnight = datetime.combine(day, time(0), ZoneInfo(zone))
    following = datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(zone))
    try:
        return span(day, *hours, zone) if hours else Interval(midnight, following)
    except BadInput:
        return Interval(midnight, following)


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
    start, end = answer.hours
    if end == time(0):
        return f" à partir de {french.clock(start)}"
    return (
        f" jusqu’à {french.clock(end)}"
        if start == time(0)
        else f" de {french.clock(start)} à {french.clock(end)}"
    )


def _zones(dossier: Dossier) -> dict[str, str]:
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    return {event.about: zone_of(event, venues) for event in dossier.all(Event)}
