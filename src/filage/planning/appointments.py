"""The calendar as may be told to anybody: what happens, when and where, in the order of the days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.facts.calendar import Event
from filage.facts.venue import Venue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.facts.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Appointment:
    """One event: `sure` once confirmed or signed."""

    day: date
    end_day: date | None
    start: time | None
    end: time | None
    kind: str
    label: str
    place: str
    state: str
    sure: bool
    performance: bool
    premiere: bool


def appointments_of(dossier: Dossier) -> Iterator[Appointment]:
    """Every event that is not cancelled, the first first."""
    for event in sorted(dossier.all(Event), key=lambda e: (e.day, str(e.start or ""), e.id)):
        if event.option == "cancelled":
            continue
        venue = dossier.find(event.venue, Venue)
        place = [venue.label, venue.city] if venue else []
        yield Appointment(
            event.day,
            event.end_day if event.end_day != event.day else None,
            event.start,
            event.end,
            label_of(event, "type"),
            event.label or "",
            ", ".join(part for part in place if part),
            label_of(event, "option"),
            event.option in ("confirmed", "signed"),
            event.type == "performance",
            event.premiere,
        )
