"""What concerns one person in one production, and nothing else: taken from the dossier, private facts left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from operator import attrgetter
from typing import Final

from filage.facts.base import label_of
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.team import Engagement, Position
from filage.facts.travel import Leg
from filage.facts.venue import Venue

SETTLED: Final = ("confirmed", "signed")
UNSAID: Final = ("draft", "cancelled")
"""What a participant is not told: what is only being thought of, and what is off."""


@dataclass(frozen=True, slots=True)
class Call:
    """One thing the person does: when to be there, what, until when, where."""

    day: date
    at: time | None
    until: time | None
    what: str
    state: str
    """Empty once confirmed, else the option's name."""
    venue: Venue | None
    travels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The calls of one day."""

    day: date
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """One engagement, without its pay."""

    label: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's production."""

    person: str
    title: str
    subtitle: str
    director: str
    roles: tuple[Role, ...]
    coming: tuple[Day, ...]
    past: tuple[Day, ...]


def sheet_of(dossier: Dossier, person: str, today: date) -> Sheet:
    """Gather one person's roles and calls; days before today are set apart."""
    known = dossier.find(f"person/{person}", Person)
    mine = [engagement for engagement in dossier.all(Engagement) if engagement.person == f"person/{person}"]
    calls = sorted(_calls(dossier, person, mine), key=lambda call: (call.day, call.at or time.min, call.what))
    days = [Day(day, tuple(found)) for day, found in groupby(calls, key=attrgetter("day"))]
    production = dossier.production
    return Sheet(
        person=known.name() if known else "",
        title=production.label,
        subtitle=production.subtitle or "",
        director=production.director or "",
        roles=tuple(
            _role(dossier, engagement) for engagement in sorted(mine, key=attrgetter("starts_on", "id"))
        ),
        coming=tuple(day for day in days if day.day >= today),
        past=tuple(day for day in days if day.day < today),
    )


def people_of(dossier: Dossier) -> list[Person]:
    """List the people of a production who may receive a link, by family name."""
    engaged = {engagement.person for engagement in dossier.all(Engagement)}
    engaged |= {part.person for part in dossier.all(Participation) if part.person}
    found = [person for person in dossier.all(Person) if person.about in engaged]
    return sorted(found, key=attrgetter("family_name", "given_name", "id"))


def _role(dossier: Dossier, engagement: Engagement) -> Role:
    position = dossier.find(engagement.position, Position)
    return Role(
        engagement.label or (position.label if position else ""), engagement.starts_on, engagement.ends_on
    )


def _calls(dossier: Dossier, person: str, mine: list[Engagement]) -> Iterator[Call]:
    engagements = {engagement.about for engagement in mine}
    for part in dossier.all(Participation):
        event = dossier.find(part.event, Event)
        concerned = part.person == f"person/{person}" or part.engagement in engagements
        if event and concerned and event.option not in UNSAID:
            yield Call(
                day=event.day,
                at=part.call or event.start,
                until=part.wrap or event.end,
                what=event.label or label_of(event, "type"),
                state="" if event.option in SETTLED else label_of(event, "option"),
                venue=dossier.find(event.venue, Venue),
                travels=_travels(dossier, event) if part.travels else (),
            )


def _travels(dossier: Dossier, event: Event) -> tuple[str, ...]:
    legs = [leg for leg in dossier.all(Leg) if leg.event == event.about]
    return tuple(f"{label_of(leg, 'mode')} : {leg.origin} – {leg.destination}" for leg in legs)
