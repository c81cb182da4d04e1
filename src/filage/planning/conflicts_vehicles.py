"""Vehicles: one cannot be in two places, and holds so many people."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from filage.facts.base import label_of
from filage.facts.calendar import Event, Participation, Vehicle
from filage.facts.team import Engagement
from filage.facts.travel import Leg
from filage.facts.venue import Venue
from filage.kernel.errors import BadInput
from filage.kernel.finding import Finding
from filage.kernel.interval import Interval, span
from filage.planning.shifts import event_interval, event_name, zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.facts.dossier import Dossier


class _Use(NamedTuple):
    """A vehicle taken for a while: by an event, or by a journey to one."""

    interval: Interval
    event: str
    venue: str
    label: str


def vehicle_findings(dossier: Dossier) -> list[Finding]:
    """Return the vehicles taken twice at once, and the journeys with more people than seats."""
    vehicles = {vehicle.about: vehicle for vehicle in dossier.all(Vehicle)}
    if not vehicles:
        return []
    events = {event.about: event for event in dossier.all(Event) if event.option != "cancelled"}
    return [*_twice(dossier, vehicles, events), *_seats(dossier, vehicles, events)]


def _twice(dossier: Dossier, vehicles: Mapping[str, Vehicle], events: Mapping[str, Event]) -> list[Finding]:
    found = []
    for about, uses in _uses(dossier, events).items():
        uses.sort(key=lambda use: use.interval)
        latest: _Use | None = None
        for use in uses:
            if latest is not None and use.interval.overlaps(latest.interval) and not _together(use, latest):
                label = vehicles[about].label if about in vehicles else about
                message = f"{label} est pris à la fois par « {latest.label} » et par « {use.label} »."
                found.append(Finding("calendar.vehicle_overlap", "blocking", about, message))
            if latest is None or use.interval.end > latest.interval.end:
                latest = use
    return found


def _together(one: _Use, other: _Use) -> bool:
    """Whether both are one use: the journey to an event and the event, or two events in one place."""
    return one.event == other.event or bool(one.venue and one.venue == other.venue)


def _uses(dossier: Dossier, events: Mapping[str, Event]) -> dict[str, list[_Use]]:
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    uses: dict[str, list[_Use]] = defaultdict(list)
    for event in events.values():
        if not event.vehicles:
            continue
        interval = _interval(event, venues)
        for about in event.vehicles if interval else ():
            assert interval is not None
            uses[about].append(_Use(interval, event.about, event.venue or "", event_name(event)))
    for leg in dossier.all(Leg):
        served = events.get(leg.event or "")
        if leg.vehicle is None or (leg.event and served is None):
            continue
        interval = _journey(leg, served, venues)
        if interval is not None:
            uses[leg.vehicle].append(_Use(interval, leg.event or leg.about, "", leg_name(leg)))
    return uses


def leg_name(leg: Leg) -> str:
    """How a journey is called."""
    return leg.label or f"{label_of(leg, 'mode')} {leg.origin} – {leg.destination}"


def _interval(event: Event, venues: Mapping[str, Venue]) -> Interval | None:
    try:
        return event_interval(event, zone_of(event, venues))
    except BadInput:
        return None


def _journey(leg: Leg, event: Event | None, venues: Mapping[str, Venue]) -> Interval | None:
    day = leg.day or (event.day if event else None)
    start = leg.departs or leg.meeting_at
    if day is None or start is None or leg.arrives is None:
        return None
    try:
        return (
            span(day, start, leg.arrives, zone_of(event, venues)) if event else span(day, start, leg.arrives)
        )
    except BadInput:
        return None


def _seats(dossier: Dossier, vehicles: Mapping[str, Vehicle], events: Mapping[str, Event]) -> list[Finding]:
    found = []
    groups: dict[tuple[str | None, ...], list[Leg]] = defaultdict(list)
    for leg in dossier.all(Leg):
        if leg.vehicle is None or leg.vehicle not in vehicles or (leg.event and leg.event not in events):
            continue
        if leg.passengers:
            people = len({*leg.passengers, *((leg.driver,) if leg.driver else ())})
            seats = vehicles[leg.vehicle].seats
            if seats is not None and people > seats:
                found.append(_too_few(leg, people, seats))
        elif leg.event:
            groups[leg.event, leg.origin, leg.destination, str(leg.day)].append(leg)
    team = _team(dossier) if groups else {}
    for legs in groups.values():
        known = [vehicles[leg.vehicle or ""].seats for leg in legs]
        people, seats = len(team.get(legs[0].event or "", ())), sum(seat or 0 for seat in known)
        if None not in known and people > seats:
            found.append(_too_few(legs[0], people, seats))
    return found


def _too_few(leg: Leg, people: int, seats: int) -> Finding:
    message = f"{leg_name(leg)} : {people} personnes pour {seats} place{'s' if seats > 1 else ''}."
    return Finding("calendar.vehicle_seats", "warning", leg.about, message)


def _team(dossier: Dossier) -> dict[str, set[str]]:
    """Who takes part in each event."""
    engaged = {one.about: one.person for one in dossier.all(Engagement)}
    team: dict[str, set[str]] = defaultdict(set)
    for part in dossier.all(Participation):
        person = part.person or engaged.get(part.engagement or "")
        if person:
            team[part.event].add(person)
    return team
