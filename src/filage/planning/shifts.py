"""Who is where when: everyone's presences in elapsed time, and the times that cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.facts.calendar import Event, Participation
from filage.facts.team import Engagement
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.errors import BadInput
from filage.kernel.finding import Finding
from filage.kernel.interval import PARIS, Interval, span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.facts.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Shift:
    """One person's presence at one event, in elapsed time."""

    person: str
    event: str
    interval: Interval
    label: str
    part: str = ""
    """The participation it comes from; empty for what is done in another production."""


def event_name(event: Event) -> str:
    """How an event is called: its title, else its nature and day."""
    return event.label or f"{label_of(event, 'type')}, {french.day(event.day)}"


def zone_of(event: Event, venues: Mapping[str, Venue]) -> str:
    """The zone an event is written in: its own, its venue's, else Paris."""
    venue = venues.get(event.venue or "")
    return event.zone or (venue.zone if venue else None) or PARIS


def event_interval(event: Event, zone: str) -> Interval | None:
    """The elapsed span of an event; None without both times. BadInput when a time does not exist."""
    if event.start is None or event.end is None:
        return None
    return span(event.day, event.start, event.end, zone, event.end_day)


def shifts_of(dossier: Dossier) -> tuple[tuple[Shift, ...], list[Finding]]:
    """Return everyone's shifts, and a finding for each time that cannot be."""
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    events = {event.about: event for event in dossier.all(Event) if event.option != "cancelled"}
    engagements = {engagement.about: engagement.person for engagement in dossier.all(Engagement)}
    shifts: list[Shift] = []
    findings: list[Finding] = []
    for event in events.values():
        try:
            event_interval(event, zone_of(event, venues))
        except BadInput as error:
            findings.append(
                Finding(
                    "calendar.impossible_time", "blocking", event.about, f"{event_name(event)} : {error}."
                )
            )
    for part in dossier.all(Participation):
        attended = events.get(part.event)
        person = part.person or engagements.get(part.engagement or "")
        if attended is None or person is None:
            continue
        event = attended
        start, end = part.call or event.start, part.wrap or event.end
        if start is None or end is None:
            continue
        try:
            interval = span(
                event.day, start, end, zone_of(event, venues), None if part.wrap else event.end_day
            )
        except BadInput as error:
            findings.append(
                Finding("calendar.impossible_time", "blocking", part.about, f"{event_name(event)} : {error}.")
            )
            continue
        shifts.append(Shift(person, event.about, interval, event_name(event), part.about))
    return tuple(shifts), findings
