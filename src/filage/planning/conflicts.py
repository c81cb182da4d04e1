"""Clashes of the calendar: a person, a place or a vehicle taken twice, no time to travel, no light, a curfew passed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from filage.facts.people import Person
from filage.kernel.finding import Finding
from filage.planning.availability import availability_findings
from filage.planning.conflicts_days import day_findings
from filage.planning.conflicts_hours import hours_findings
from filage.planning.conflicts_places import place_findings
from filage.planning.conflicts_travel import travel_findings
from filage.planning.conflicts_vehicles import vehicle_findings
from filage.planning.shifts import Shift, event_interval, event_name, shifts_of, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from filage.facts.dossier import Dossier

__all__ = ["Shift", "conflicts", "event_interval", "event_name", "overlaps", "shifts_of", "zone_of"]


def conflicts(dossier: Dossier, busy: Iterable[Shift] = (), today: date | None = None) -> list[Finding]:
    """Return what clashes in the calendar, each clash once; `busy` is what the same people do elsewhere.

    Without `today`, what depends on the day it is (answers still awaited) is left out.
    """
    shifts, findings = shifts_of(dossier)
    return [
        *findings,
        *overlaps(dossier, (*shifts, *busy)),
        *availability_findings(dossier, shifts, today),
        *place_findings(dossier),
        *vehicle_findings(dossier),
        *travel_findings(dossier, shifts),
        *day_findings(dossier, today),
        *hours_findings(dossier),
    ]


def overlaps(dossier: Dossier, shifts: Iterable[Shift]) -> list[Finding]:
    """Return each person in two places at once, once each."""
    people = {person.about: person.name() for person in dossier.all(Person)}
    by_person: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        by_person[shift.person].append(shift)
    findings: list[Finding] = []
    for person, own in by_person.items():
        own.sort(key=lambda shift: shift.interval)
        latest: Shift | None = None
        for shift in own:
            if (
                latest is not None
                and shift.interval.overlaps(latest.interval)
                and shift.event != latest.event
            ):
                message = (
                    f"{people.get(person, person)} est à la fois à « {latest.label} » et à « {shift.label} »."
                )
                both = " / ".join(sorted(f"{one.event} {one.label}" for one in (latest, shift)))
                findings.append(Finding("calendar.overlap", "blocking", person, message, subject=both))
            if latest is None or shift.interval.end > latest.interval.end:
                latest = shift
    return findings
