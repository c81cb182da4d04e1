"""Where a venue is: its own coordinates, else the centre of its town, else nowhere known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filage.geo.cities import cities_named
from filage.geo.distance import Point

if TYPE_CHECKING:
    from filage.facts.venue import Venue

_HERE = "FR"


class Place(NamedTuple):
    """A point, how it is called, and whether it is the venue itself or only the centre of its town."""

    point: Point
    name: str
    exact: bool


def place_of(venue: Venue) -> Place | None:
    """Return where a venue is; None when its coordinates are absent and its town unknown, ambiguous or abroad."""
    if venue.latitude is not None and venue.longitude is not None:
        point = Point.of(venue.latitude, venue.longitude)
        if point.exists:
            return Place(point, venue.label, exact=True)
    if venue.country.upper() != _HERE or not venue.city:
        return None
    return place_named(venue.city)


def place_named(city: str) -> Place | None:
    """Return the centre of the only French town of this name; None when none or several bear it."""
    found = cities_named(city)
    return Place(found[0].point, found[0].name, exact=False) if len(found) == 1 else None


def why_unknown(venue: Venue) -> str:
    """What to write so that a venue can be placed."""
    found = cities_named(venue.city) if venue.city and venue.country.upper() == _HERE else ()
    if len(found) > 1:
        return f"plusieurs villes s’appellent {venue.city} : {', '.join(city.told for city in found)}"
    return "ses coordonnées ne sont pas saisies" + (
        f" et la ville {venue.city} n’est pas connue" if venue.city else ""
    )
