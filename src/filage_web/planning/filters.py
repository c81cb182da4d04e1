"""What the calendar is asked to show: a kind of event, a place, a person, a department; carried by addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.http import urlencode

from filage.facts.base import choices
from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.team import Engagement, Position
from filage.facts.venue import Venue
from filage.kernel.text import fold
from filage_web.planning.entries import TYPES, people_by_event

DEPARTMENTS: Final = choices(Position, "department")
PARAMETERS: Final = {"kind": "nature", "venue": "lieu", "person": "personne", "department": "service"}
"""The filters, and how an address names each."""
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Filters:
    """What one looks at; empty shows everything."""

    kind: str = ""
    venue: str = ""
    person: str = ""
    department: str = ""

    @property
    def any(self) -> bool:
        """Whether something is left out."""
        return bool(self.query())

    def query(self) -> dict[str, str]:
        """The parameters of an address that keeps them."""
        return {asked: value for name, asked in PARAMETERS.items() if (value := getattr(self, name))}


def read_filters(asked: Mapping[str, Any], dossier: Dossier) -> Filters:
    """Read the filters of an address; what names nothing known is left out."""
    found = Filters(**{name: str(asked.get(parameter, "")) for name, parameter in PARAMETERS.items()})
    if found.kind not in TYPES:
        found = replace(found, kind="")
    if dossier.find(found.venue, Venue) is None:
        found = replace(found, venue="")
    if dossier.find(found.person, Person) is None:
        found = replace(found, person="")
    return found if found.department in DEPARTMENTS else replace(found, department="")


def people_kept(filters: Filters, dossier: Dossier) -> set[str] | None:
    """The people the filters keep; None keeps everyone."""
    kept: set[str] | None = {filters.person} if filters.person else None
    if filters.department:
        positions = {one.about for one in dossier.all(Position) if one.department == filters.department}
        inside = {one.person for one in dossier.all(Engagement) if one.position in positions}
        kept = inside if kept is None else kept & inside
    return kept


def events_kept(filters: Filters, dossier: Dossier) -> set[str] | None:
    """The events the filters keep; None keeps all."""
    if not filters.any:
        return None
    people = people_kept(filters, dossier)
    who = people_by_event(dossier) if people is not None else {}
    return {
        event.about
        for event in dossier.all(Event)
        if (not filters.kind or event.type == filters.kind)
        and (not filters.venue or event.venue == filters.venue)
        and (people is None or not people.isdisjoint(who.get(event.about, ())))
    }


def choices_of(dossier: Dossier) -> list[tuple[str, str, Pairs]]:
    """What each filter proposes: itself, its title, its values; only what the calendar holds."""
    kinds = {event.type for event in dossier.all(Event)}
    used = {event.venue for event in dossier.all(Event)}
    held = {one.position for one in dossier.all(Engagement)}
    departments = {one.department for one in dossier.all(Position) if one.about in held}
    lists: list[tuple[str, str, Pairs]] = [
        ("kind", "Nature", [(key, label) for key, label in TYPES.items() if key in kinds]),
        ("venue", "Lieu", _sorted((one.about, one.label) for one in dossier.all(Venue) if one.about in used)),
        ("person", "Personne", _sorted((one.about, one.name()) for one in dossier.all(Person))),
        ("department", "Équipe", [(key, label) for key, label in DEPARTMENTS.items() if key in departments]),
    ]
    return [one for one in lists if len(one[2]) > 1]


def _sorted(pairs: Any) -> Pairs:
    return sorted(pairs, key=lambda pair: fold(pair[1]))


@dataclass(frozen=True, slots=True)
class Place:
    """Where one stands in the calendar: the address of the page, its view, its plan and its filters."""

    page: str
    view: str
    around: str
    days: int
    scenario: str
    filters: Filters

    def to(self, **other: Any) -> str:
        """The address of the same page seen otherwise: `to(view="mois", around="2026-11-01")`."""
        there = replace(self, **other)
        query = {"vue": there.view, "du": there.around, "jours": str(there.days) if there.days else ""}
        query |= {"scenario": there.scenario, **there.filters.query()}
        return f"{there.page}?{urlencode({key: value for key, value in query.items() if value})}"
