"""A dossier indexed once for sheets: events by day, who takes part in each, and how everybody is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from filage.facts.calendar import Event, Participation, Vehicle
from filage.facts.people import Person
from filage.facts.script import Element, Need, Scene
from filage.facts.team import Engagement, Position
from filage.facts.venue import Space, Venue
from filage.planning.conflicts import Shift, shifts_of
from filage.planning.sheets.wall import wall
from filage.script.played import role_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, time

    from filage.facts.dossier import Dossier

HIDDEN = ("draft", "cancelled")
"""Options of events that no sheet announces."""


@dataclass(frozen=True, slots=True)
class Presence:
    """One person at one event: through which position, with the hours and comings of their participation."""

    person: str
    event: Event
    part: Participation
    position: Position | None

    @property
    def call(self) -> time | None:
        """When they are expected."""
        return wall(self.part.call or self.event.start)

    @property
    def wrap(self) -> time | None:
        """When they leave."""
        return wall(self.part.wrap or self.event.end)

    @property
    def department(self) -> str:
        """artistic, technical or production; somebody who comes without a position is artistic."""
        return self.position.department if self.position else "artistic"


class Index:
    """What sheets look up in a dossier; made once, used for every reader."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.production = dossier.production
        self.company = dossier.employer.label
        self.people = {fact.about: fact for fact in dossier.all(Person)}
        self.positions = {fact.about: fact for fact in dossier.all(Position)}
        self.engagements = {fact.about: fact for fact in dossier.all(Engagement)}
        self.elements = {fact.about: fact for fact in dossier.all(Element)}
        self.scenes = {fact.about: fact for fact in dossier.all(Scene)}
        self.venues = {fact.about: fact for fact in dossier.all(Venue)}
        self.spaces = {fact.about: fact for fact in dossier.all(Space)}
        self.vehicles = {fact.about: fact for fact in dossier.all(Vehicle)}
        self.needs = {fact.about: fact for fact in dossier.all(Need)}
        self.events = {fact.about: fact for fact in dossier.all(Event) if fact.option not in HIDDEN}

    @cached_property
    def by_day(self) -> dict[date, list[Event]]:
        """Events by civil day, each in order of its start; one of several days is on each of them."""
        found: dict[date, list[Event]] = defaultdict(list)
        for event in self.events.values():
            last = event.end_day if event.end_day and event.start is None else event.day
            for number in range(max((last - event.day).days, 0) + 1):
                found[event.day + timedelta(days=number)].append(event)
        for events in found.values():
            events.sort(key=lambda event: (str(event.start or ""), event.id))
        return dict(sorted(found.items()))

    @cached_property
    def presences(self) -> dict[str, list[Presence]]:
        """Who takes part in each event, in the order of the positions of the dossier."""
        rank = {about: number for number, about in enumerate(self.positions)}
        found: dict[str, list[Presence]] = defaultdict(list)
        for part in self.dossier.all(Participation):
            event = self.events.get(part.event)
            engagement = self.engagements.get(part.engagement or "")
            person = part.person or (engagement.person if engagement else None)
            if event is None or person is None or person not in self.people:
                continue
            position = self.positions.get(engagement.position) if engagement else None
            found[event.about].append(Presence(person, event, part, position))
        for all_there in found.values():
            all_there.sort(key=lambda one: rank.get(one.position.about if one.position else "", len(rank)))
        return found

    @cached_property
    def shifts(self) -> dict[str, list[Shift]]:
        """Everybody's shifts in elapsed time, in order."""
        found: dict[str, list[Shift]] = defaultdict(list)
        for shift in shifts_of(self.dossier)[0]:
            if shift.event in self.events:
                found[shift.person].append(shift)
        for own in found.values():
            own.sort(key=lambda shift: shift.interval)
        return found

    @cached_property
    def _given_names(self) -> Counter[str]:
        return Counter(person.given_name for person in self.people.values())

    def there(self, events: Iterable[Event]) -> list[Presence]:
        """Everybody at these events."""
        return [one for event in events for one in self.presences.get(event.about, ())]

    def name(self, person: str) -> str:
        """The full name of a person, as sheets write it."""
        found = self.people.get(person)
        return found.name() if found else ""

    def short(self, person: str) -> str:
        """The given name when nobody shares it, else the full name."""
        found = self.people.get(person)
        if found is None:
            return ""
        alone = self._given_names[found.given_name] == 1 and not found.stage_name
        return found.given_name if alone else found.name()

    def venue_of(self, event: Event) -> Venue | None:
        """Where an event is."""
        return self.venues.get(event.venue or "")

    def where(self, event: Event) -> str:
        """The space and venue of an event, in words."""
        venue, space = self.venue_of(event), self.spaces.get(event.space or "")
        return ", ".join(fact.label for fact in (space, venue) if fact)

    @cached_property
    def role_numbers(self) -> Mapping[str, int]:
        """The number of each role, the same as on breakdown sheets."""
        return role_numbers(self.dossier)
