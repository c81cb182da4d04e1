"""The calendar as others may subscribe to it: what, when, where, how sure; nobody's name, no private data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from filage.facts.base import label_of
from filage.facts.calendar import Event
from filage.facts.venue import Space, Venue
from filage.kernel import french
from filage.kernel.errors import BadInput
from filage.kernel.interval import instant, span
from filage.planning.conflicts import zone_of

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier

_FIRST_DAY = date(2020, 1, 1)
_SURE = {"confirmed": "CONFIRMED", "signed": "CONFIRMED", "cancelled": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event: instants carry their zone; without hours (or with impossible ones) it lasts whole days."""

    uid: str
    summary: str
    status: str
    sequence: int
    starts: datetime | date
    ends: datetime | date | None
    location: str
    description: str


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """The events of a production on a day, in order."""

    title: str
    on: date
    events: tuple[FeedEvent, ...]


def calendar_feed(dossier: Dossier, on: date, revisions: Mapping[str, int] | None = None) -> CalendarFeed:
    """Return the feed; `revisions` gives the revision of each event, by default the number of days since 2020.

    The identity of an event (`uid`) depends on the structure, the production and its own id: it outlives any change.
    """
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    spaces = {space.about: space for space in dossier.all(Space)}
    found = []
    for event in sorted(dossier.all(Event), key=lambda event: (event.day, str(event.start or ""), event.id)):
        starts, ends = _span(event, zone_of(event, venues))
        found.append(
            FeedEvent(
                uid=f"{event.id}.{dossier.production.id}.{dossier.employer.id}@filage",
                summary=f"{dossier.production.label} · {event.label or label_of(event, 'type')}",
                status=_SURE.get(event.option, "TENTATIVE"),
                sequence=(revisions or {}).get(event.about, max((on - _FIRST_DAY).days, 0)),
                starts=starts,
                ends=ends,
                location=_location(venues.get(event.venue or ""), spaces.get(event.space or "")),
                description=_description(event),
            )
        )
    return CalendarFeed(dossier.production.label, on, tuple(found))


def _span(event: Event, zone: str) -> tuple[datetime | date, datetime | date | None]:
    """The instants of an event in its zone, or its days when its hours are unknown or cannot be."""
    try:
        if event.start is not None and event.end is not None:
            both = span(event.day, event.start, event.end, zone, event.end_day)
            return both.start.astimezone(ZoneInfo(zone)), both.end.astimezone(ZoneInfo(zone))
        if event.start is not None:
            return instant(event.day, event.start, zone).astimezone(ZoneInfo(zone)), None
    except BadInput:
        pass  # the review says which time cannot be
    return event.day, (event.end_day or event.day) + timedelta(days=1)


def _location(venue: Venue | None, space: Space | None) -> str:
    if venue is None:
        return ""
    parts = (space.label if space else None, venue.label, venue.address, venue.city)
    kept = [part for part in parts if part]
    if venue.address and venue.city and venue.city in venue.address:
        kept.remove(venue.city)
    return ", ".join(kept)


def _description(event: Event) -> str:
    parts = [label_of(event, "type"), label_of(event, "option").lower()]
    if event.premiere:
        parts.append("première")
    if event.option_until and event.option in ("option_1", "option_2"):
        parts.append(f"option jusqu’au {french.day(event.option_until)}")
    return ", ".join(parts)
