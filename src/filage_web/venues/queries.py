"""What the page of venues shows."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.people import Company
from filage.facts.venue import Space, Venue
from filage_web.accounts.models import Structure
from filage_web.store.models import Row


@dataclass(frozen=True, slots=True)
class Place:
    """One venue, with what is known of it and how often it serves."""

    id: str
    label: str
    city: str
    operator: str
    capacity: int | None
    stage: str
    distance: Decimal | None
    spaces: tuple[tuple[str, str], ...]
    dates: int


def venues_of(structure: Structure, dossier: Dossier) -> tuple[list[Place], list[tuple[str, str]]]:
    """List the venues of the production, then the names of the structure's others, in one query."""
    dates = Counter(event.venue for event in dossier.all(Event) if event.option != "cancelled")
    spaces: dict[str, list[tuple[str, str]]] = {}
    for space in dossier.all(Space):
        spaces.setdefault(space.venue, []).append((space.id, space.label))
    here = [
        _place(venue, dossier, dates[venue.about], spaces.get(venue.about, []))
        for venue in dossier.all(Venue)
    ]
    known = {place.id for place in here}
    rows = Row.objects.filter(structure=structure, production=None, kind="venue").order_by("sort", "pk")
    others = [(ident, label) for ident, label in rows.values_list("ident", "label") if ident not in known]
    return sorted(here, key=lambda place: (-place.dates, place.label)), others


def _place(venue: Venue, dossier: Dossier, dates: int, spaces: list[tuple[str, str]]) -> Place:
    company = dossier.find(venue.company, Company)
    sizes = [f"{size:f}".rstrip("0").rstrip(".").replace(".", ",") if "." in f"{size:f}" else f"{size:f}"
             for size in (venue.stage_width, venue.stage_depth, venue.stage_height) if size is not None]  # fmt: skip
    return Place(
        id=venue.id,
        label=venue.label,
        city=venue.city or "",
        operator=company.label if company else "",
        capacity=venue.capacity,
        stage=" × ".join(sizes) + (" m" if sizes else ""),
        distance=venue.distance_km,
        spaces=tuple(spaces),
        dates=dates,
    )
