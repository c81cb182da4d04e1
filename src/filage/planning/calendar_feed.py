"""The calendar as others may subscribe to it, whole or one person's: what, when, where, how sure; no private data."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from filage.facts.base import label_of
from filage.facts.calendar import Event, Participation
from filage.facts.people import Person
from filage.facts.team import Engagement
from filage.facts.travel import Leg
from filage.facts.venue import Space, Venue
from filage.kernel import french
from filage.kernel.errors import BadInput, Problem
from filage.kernel.interval import PARIS, instant, span
from filage.kernel.text import fold
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
    made = _Feed(dossier, on, revisions or {})
    return CalendarFeed(dossier.production.label, on, tuple(made.event(event) for event in made.in_order()))


def person_feed(
    dossier: Dossier, person: str, on: date, revisions: Mapping[str, int] | None = None
) -> CalendarFeed:
    """Return the events and journeys of one person (`person/dana`): each starts at their own call, ends at their end.

    A cancelled event stays, to be taken away; what is only being considered is left out. The sequence is the greatest
    revision of the event and of the participation. BadInput when nobody has that reference.
    """
    somebody = dossier.find(person, Person)
    if somebody is None:
        raise BadInput(Problem(f"{person} n’est pas une personne de cette production"))
    made = _Feed(dossier, on, revisions or {})
    own = {part.event: part for part in dossier.all(Participation) if made.whose(part) == person}
    kept = [event for event in made.in_order() if event.about in own and event.option != "draft"]
    events = [made.own_event(event, own[event.about], somebody.id) for event in kept]
    events += made.journeys(
        person, somebody.id, {event.about for event in kept if event.option != "cancelled"}
    )
    return CalendarFeed(f"{dossier.production.label} · {somebody.name()}", on, tuple(events))


class _Feed:
    """What a feed looks up: places, engagements, revisions, and how an identity is written."""

    def __init__(self, dossier: Dossier, on: date, revisions: Mapping[str, int]) -> None:
        self.dossier, self.on, self.revisions = dossier, on, revisions
        self.venues = {venue.about: venue for venue in dossier.all(Venue)}
        self.spaces = {space.about: space for space in dossier.all(Space)}
        self.engagements = {engagement.about: engagement.person for engagement in dossier.all(Engagement)}
        self.home = f"{dossier.production.id}.{dossier.employer.id}@filage"

    def in_order(self) -> list[Event]:
        """The events by day and hour."""
        return sorted(
            self.dossier.all(Event), key=lambda event: (event.day, str(event.start or ""), event.id)
        )

    def whose(self, part: Participation) -> str | None:
        """Who a participation is of."""
        return part.person or self.engagements.get(part.engagement or "")

    def sequence(self, *abouts: str) -> int:
        """The greatest revision of these facts, else the number of days since 2020: it never goes down."""
        known = [self.revisions[about] for about in abouts if about in self.revisions]
        return max(known, default=max((self.on - _FIRST_DAY).days, 0))

    def event(self, event: Event) -> FeedEvent:
        """An event as everybody sees it."""
        starts, ends = _span(event, zone_of(event, self.venues))
        return FeedEvent(
            uid=f"{event.id}.{self.home}",
            summary=f"{self.dossier.production.label} · {_name(event)}",
            status=_SURE.get(event.option, "TENTATIVE"),
            sequence=self.sequence(event.about),
            starts=starts,
            ends=ends,
            location=_location(self.venues.get(event.venue or ""), self.spaces.get(event.space or "")),
            description=_description(event),
        )

    def own_event(self, event: Event, part: Participation, ident: str) -> FeedEvent:
        """An event as one person lives it: from their call to their end."""
        own = event.model_copy(update={"start": part.call or event.start, "end": part.wrap or event.end})
        if part.wrap and event.start is not None:
            own = own.model_copy(update={"end_day": None})
        starts, ends = _span(own, zone_of(event, self.venues))
        called = part.call is not None and part.call != event.start
        begins = french.clock(event.start) if called and event.start else ""
        return replace(
            self.event(event),
            uid=f"{event.id}.{ident}.{self.home}",
            starts=starts,
            ends=ends,
            sequence=self.sequence(event.about, part.about),
            description=_description(event, begins),
        )

    def journeys(self, person: str, ident: str, events: Container[str]) -> list[FeedEvent]:
        """The journeys of one person that have an hour: those that name them, else those of their events."""
        found = []
        for leg in self.dossier.all(Leg):
            event = self.dossier.find(leg.event, Event)
            day, starts = leg.day or (event.day if event else None), leg.meeting_at or leg.departs
            named = (*leg.passengers, leg.driver)
            concerned = person in named if any(named) else leg.event in events
            if not concerned or day is None or starts is None:
                continue
            shown = Event(id=leg.id, type="travel", day=day, start=starts, end=leg.arrives)
            begins, ends = _span(shown, zone_of(event, self.venues) if event else PARIS)
            found.append(
                FeedEvent(
                    uid=f"leg-{leg.id}.{ident}.{self.home}",
                    summary=f"{self.dossier.production.label} · {leg.origin} – {leg.destination}",
                    status="CANCELLED" if event and event.option == "cancelled" else "CONFIRMED",
                    sequence=self.sequence(leg.about),
                    starts=begins,
                    ends=ends,
                    location=leg.meeting_point or leg.origin,
                    description=", ".join(text for text in (label_of(leg, "mode"), leg.reference) if text),
                )
            )
        return sorted(found, key=lambda one: str(one.starts))


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


def _name(event: Event) -> str:
    """What an event is: « Tournage, Jour 2 »; its title alone where it says so already."""
    kind, label = label_of(event, "type"), event.label or ""
    return ", ".join(part for part in ("" if fold(kind) in fold(label) else kind, label) if part)


def _description(event: Event, begins: str = "") -> str:
    """What an event is and how sure; for who is called before it, when it begins."""
    kind = label_of(event, "type")
    parts = [f"{kind} à {begins}" if begins else kind, label_of(event, "option").lower()]
    if event.premiere:
        parts.append("première")
    if event.option_until and event.option in ("option_1", "option_2"):
        parts.append(f"option jusqu’au {french.day(event.option_until)}")
    return ", ".join(parts)
