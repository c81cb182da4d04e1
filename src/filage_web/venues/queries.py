"""What the pages of venues show: the venues, one place, the vehicles, the places scouted side by side."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from filage.facts.base import label_of
from filage.facts.calendar import Event, Vehicle
from filage.facts.dossier import Dossier
from filage.facts.people import Company
from filage.facts.travel import Leg
from filage.facts.venue import Scouting, Space, Venue
from filage.geo.languages import country_name
from filage.kernel import french
from filage.kernel.text import fold
from filage.planning.scouting import Candidate, FilmSet
from filage_web.accounts.models import Structure
from filage_web.store.bodies import readable
from filage_web.store.models import File, Row


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


# --- one place ----------------------------------------------------------------------------------------------

SECTIONS: Final = (
    ("Y aller", ("address", "city", "country", "latitude", "longitude", "distance_km", "access", "parking")),
    ("En cas d’urgence", ("hospital", "first_aid")),
    ("Le plateau", ("capacity", "stage_width", "stage_depth", "stage_height", "power", "outdoors", "curfew")),
    ("L’accueil", ("company", "contact", "dressing_rooms", "catering", "wifi", "zone")),
)
"""How the page of a place lays its fields out, in the order one needs them on the day."""


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a place: its title, what is known, empty when nothing is."""

    title: str
    value: str


def place_sections(venue: Venue, dossier: Dossier) -> list[tuple[str, list[Told]]]:
    """Lay out what is known of a place, what is missing included."""
    return [(title, [_told(venue, name, dossier) for name in names]) for title, names in SECTIONS]


def _told(venue: Venue, name: str, dossier: Dossier) -> Told:
    info = Venue.model_fields[name]
    value = getattr(venue, name)
    if name == "company":
        found = dossier.find(value, Company)
        text = found.label if found else ""
    elif name == "country":
        text = country_name(value)
    elif name == "outdoors":
        text = "oui" if value else "non"
    elif name == "curfew":
        text = french.clock(value) if value else ""
    elif isinstance(value, Decimal):
        unit = (
            (info.json_schema_extra or {}).get("unit", "") if isinstance(info.json_schema_extra, dict) else ""
        )
        text = f"{french.number(value)} {unit}".strip()
    else:
        text = "" if value is None else str(value)
    return Told(str(info.title), text)


def planned_at(dossier: Dossier, venue: Venue, today: date) -> list[tuple[Event, str]]:
    """List the events to come at a place, with their kind."""
    found = [
        event
        for event in dossier.all(Event)
        if event.venue == venue.about and event.option != "cancelled" and event.day >= today
    ]
    return [
        (event, event.label or label_of(event, "type")) for event in sorted(found, key=lambda one: one.day)
    ]


# --- vehicles -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Car:
    """A vehicle of the structure, and how often this production takes it."""

    id: str
    label: str
    seats: int | None
    volume: Decimal | None
    licence: str
    plate: str
    uses: int


def vehicles_of(structure: Structure, dossier: Dossier) -> list[Car]:
    """List the vehicles of the structure, in one query, those this production takes first."""
    uses = Counter(
        about for event in dossier.all(Event) if event.option != "cancelled" for about in event.vehicles
    )
    uses.update(leg.vehicle for leg in dossier.all(Leg) if leg.vehicle)
    rows = Row.objects.filter(structure=structure, production=None, kind="vehicle").order_by("sort", "pk")
    cars = []
    for ident, schema, body in rows.values_list("ident", "schema", "body"):
        fact = readable("vehicle", schema, body)
        if isinstance(fact, Vehicle):
            cars.append(
                Car(
                    ident,
                    fact.label,
                    fact.seats,
                    fact.volume,
                    fact.licence or "",
                    fact.plate or "",
                    uses[fact.about],
                )
            )
    return sorted(cars, key=lambda car: (-car.uses, car.label))


# --- places scouted -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """One candidate of a set, ready to draw."""

    scouting: Scouting
    name: str
    city: str
    rank: str
    authorisation: str
    status: str
    """done, breach or empty: what the authorisation is worth for the first planned day."""
    ask_by: date | None
    days: int
    total: Decimal | None
    photos: tuple[tuple[str, int], ...]
    """Names of its photos with the key of their file."""


@dataclass(frozen=True, slots=True)
class Board:
    """A set and its candidates side by side."""

    name: str
    scenes: int
    place: str
    """INT, EXT… as its scenes say."""
    days: tuple[date, ...]
    columns: tuple[Column, ...]

    @property
    def chosen(self) -> bool:
        """Whether one is the first choice."""
        return any(column.scouting.rank == "first" for column in self.columns)


def photo_keys(structure: Structure, production: str, sets: Iterable[FilmSet]) -> dict[str, int]:
    """Find the files of the photos, in one query: name → key."""
    names = {name for one in sets for candidate in one.candidates for name in candidate.scouting.photos}
    found = File.objects.filter(structure=structure, production__slug=production, name__in=names)
    return dict(found.values_list("name", "pk"))


def boards_of(dossier: Dossier, sets: Iterable[FilmSet], photos: dict[str, int], today: date) -> list[Board]:
    """Draw up each set with its candidates, the sets planned first coming first."""
    boards = [
        Board(
            one.name,
            len(one.scenes),
            ", ".join(sorted({scene.int_ext for scene in one.scenes if scene.int_ext})),
            one.days,
            tuple(_column(candidate, one, photos, today) for candidate in one.candidates),
        )
        for one in sets
    ]
    return sorted(boards, key=lambda board: (not board.days, board.days[:1], fold(board.name)))


def _column(candidate: Candidate, here: FilmSet, photos: dict[str, int], today: date) -> Column:
    scouting = candidate.scouting
    late = candidate.ask_by is not None and candidate.ask_by < today
    status = "done" if scouting.authorisation in ("none", "granted") else "breach" if late else ""
    return Column(
        scouting=scouting,
        name=candidate.name,
        city=(candidate.venue.city or "") if candidate.venue else "",
        rank=label_of(scouting, "rank"),
        authorisation=label_of(scouting, "authorisation"),
        status="breach" if scouting.authorisation == "refused" else status,
        ask_by=candidate.ask_by,
        days=max(1, len(here.days)),
        total=candidate.cost,
        photos=tuple((name, photos[name]) for name in scouting.photos if name in photos),
    )
