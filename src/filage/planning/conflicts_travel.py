"""Journeys between two presences: whether there is time to go from one place to the other.

What is known is an estimate (`geo.travel_time`): a finding is a warning where even the quickest journey does not fit,
and is told for information where a usual one does not.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from filage.facts.calendar import Event, Participation
from filage.facts.people import Person
from filage.facts.travel import Leg
from filage.facts.venue import Venue
from filage.geo.places import Place, place_of
from filage.geo.travel_time import TravelTime, quickest, travel_time
from filage.kernel import french
from filage.kernel.changes import set_
from filage.kernel.finding import Finding, Remedy
from filage.planning.shifts import event_name, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from filage.facts.dossier import Dossier
    from filage.planning.shifts import Shift

NEAR = timedelta(hours=16)
"""Farther apart, two presences leave time for any journey in the country."""
BY_ROAD = {"van": "van", "car": "car", "bus": "van", "train": "train"}
SHOWN = 4


class _Passage(NamedTuple):
    """One person going from a presence to the next, elsewhere."""

    person: str
    before: Shift
    after: Shift

    @property
    def gap(self) -> timedelta:
        return self.after.interval.start - self.before.interval.end


class _Journey(NamedTuple):
    """To which event, from where to where, how long it takes, in the hours of which zone."""

    to: Event
    leaves: str
    arrives: str
    needed: TravelTime
    zone: str


def travel_findings(dossier: Dossier, shifts: Iterable[Shift]) -> list[Finding]:
    """Return the passages from one place to another that leave too little time, once for all who make them."""
    events = {event.about: event for event in dossier.all(Event)}
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    places: dict[str, Place | None] = {}

    def place(event: str) -> Place | None:
        about = events[event].venue or ""
        if about not in places:
            venue = venues.get(about)
            places[about] = place_of(venue) if venue else None
        return places[about]

    groups: dict[tuple[str, str], list[_Passage]] = defaultdict(list)
    for passage in _passages(shifts, events):
        groups[passage.before.event, passage.after.event].append(passage)
    legs: dict[str, set[str]] = defaultdict(set)
    for leg in dossier.all(Leg) if groups else ():
        if leg.event:
            legs[leg.event].add(leg.mode)
    people = {person.about: person.name() for person in dossier.all(Person)} if groups else {}
    found: list[Finding] = []
    for (before, after), passages in groups.items():
        one, other = place(before), place(after)
        if one is None or other is None:
            continue
        needed = _needed(one, other, legs.get(after, set()))
        if needed is not None:
            journey = _Journey(events[after], one.name, other.name, needed, zone_of(events[after], venues))
            found += _findings(dossier, journey, passages, people)
    return found


def _passages(shifts: Iterable[Shift], events: Mapping[str, Event]) -> Iterator[_Passage]:
    """Each presence and the next one elsewhere; a journey in the calendar is the time to travel, not a place."""
    by_person: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        event = events.get(shift.event)
        if event is not None and event.venue and event.type != "travel":
            by_person[shift.person].append(shift)
    for person, own in by_person.items():
        own.sort(key=lambda shift: shift.interval)
        for before, after in pairwise(own):
            if events[before.event].venue == events[after.event].venue:
                continue
            if timedelta(0) <= after.interval.start - before.interval.end < NEAR:
                yield _Passage(person, before, after)


def _needed(one: Place, other: Place, modes: set[str]) -> TravelTime | None:
    """The journey planned where its kind is known, else the quickest; None by plane, boat or otherwise."""
    if not modes:
        return quickest(one.point, other.point)
    known = [BY_ROAD.get(mode) for mode in modes]
    if None in known:
        return None
    times = [travel_time(one.point, other.point, mode) for mode in known]
    return min((time for time in times if time is not None), key=lambda time: time.minutes, default=None)


def _findings(
    dossier: Dossier, journey: _Journey, passages: list[_Passage], people: Mapping[str, str]
) -> Iterator[Finding]:
    event, needed = journey.to, journey.needed
    short = [passage for passage in passages if passage.gap < timedelta(minutes=needed.minutes)]
    if not short:
        return
    least = min(passage.gap for passage in short)
    impossible = least < timedelta(minutes=needed.at_best)
    names = [people.get(passage.person, passage.person) for passage in short]
    who = ", ".join(names[:SHOWN]) + (f" et {len(names) - SHOWN} autres" if len(names) > SHOWN else "")
    verb = "a" if len(names) == 1 else "ont"
    left = f"« {short[0].before.label} » ({journey.leaves})"
    message = (
        f"{who} {verb} {_minutes(least)} entre {left} et « {event_name(event)} » ({journey.arrives}) : "
        f"il faut environ {needed.told}, {needed.km} km, d’après une estimation."
    )
    yield Finding(
        "calendar.travel_short",
        "warning" if impossible else "info",
        event.about,
        message,
        remedies=_later_calls(dossier, journey, short) if impossible else (),
        subject=f"{short[0].before.event} {event.about}",
    )


def _later_calls(dossier: Dossier, journey: _Journey, short: list[_Passage]) -> tuple[Remedy, ...]:
    """Call them once they can be there, when that leaves them something to do."""
    changes = []
    latest = None
    for passage in short:
        arrives = passage.before.interval.end + timedelta(minutes=journey.needed.minutes)
        arrives += timedelta(minutes=-arrives.minute % 5, seconds=-arrives.second)
        part = dossier.find(passage.after.part, Participation)
        if part is None or arrives >= passage.after.interval.end:
            return (Remedy("Changer l’heure, le jour ou le lieu de l’un des deux"),)
        local = arrives.astimezone(ZoneInfo(journey.zone))
        if local.date() != journey.to.day:
            return (Remedy("Changer l’heure, le jour ou le lieu de l’un des deux"),)
        latest = local if latest is None else max(latest, local)
        changes.append(set_(part.about, call=f"{local:%H:%M}"))
    assert latest is not None
    return (Remedy(f"Convoquer à {latest:%H:%M} au lieu de l’heure prévue", changes=tuple(changes)),)


def _minutes(gap: timedelta) -> str:
    return french.minutes(int(gap.total_seconds()) // 60)
