"""Where a French town is, from its name: found, ambiguous or unknown, never guessed.

Sources and licences: `data/geo/NOTICE.md`. The lists hold towns with a festival or a station, not every commune.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from filage.geo.distance import Point, crow_km
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_APART = re.compile(r"[^a-z0-9]+")
_DEPARTMENT = re.compile(r"^(.*?)\s*[(,]\s*([^()]+?)\s*\)?\s*$")
_COUNTRY = re.compile(r"\s*[,(]\s*france\s*\)?\s*$", re.IGNORECASE)
_ARRONDISSEMENT = re.compile(r"\s+(\d{1,2}\s*(er|e|eme|ieme)?(\s+arrondissement)?|cedex.*)$")
_SAINT = {"st": "saint", "ste": "sainte"}


class City(NamedTuple):
    """A town: its name, its department (code and name) and its centre."""

    name: str
    department: str
    department_name: str
    point: Point

    @property
    def told(self) -> str:
        """« Saint-Denis (Seine-Saint-Denis) »."""
        return f"{self.name} ({self.department_name})"


class Station(NamedTuple):
    """A station where passengers board."""

    name: str
    point: Point


@lru_cache(maxsize=1_024)
def cities_named(name: str) -> tuple[City, ...]:
    """Return the towns of this name, case, accents and hyphens aside: none if unknown, several if ambiguous.

    A department narrows it: « Saint-Denis (974) », « Montreuil, Seine-Saint-Denis »; an arrondissement is left out.
    """
    asked, department = _read(name)
    found = _by_name().get(asked, ())
    if not department:
        return found
    return tuple(
        city for city in found if department in (city.department.lower(), _key(city.department_name))
    )


def city_named(name: str) -> City | None:
    """Return the only town of this name; None when none or several bear it."""
    found = cities_named(name)
    return found[0] if len(found) == 1 else None


def nearest_station(point: Point) -> tuple[Station, float]:
    """Return the station nearest to a point and its distance in kilometres."""
    return _nearest(point)


@lru_cache(maxsize=1_024)
def _nearest(point: Point) -> tuple[Station, float]:
    station = min(_stations(), key=lambda one: _rough(one.point, point))
    return station, crow_km(station.point, point)


def _rough(one: Point, other: Point) -> float:
    """An order of distances, for want of time to compute thousands of great circles."""
    return (one.latitude - other.latitude) ** 2 + ((one.longitude - other.longitude) * 0.68) ** 2


def _read(name: str) -> tuple[str, str]:
    """The name as it is compared, and the department that follows it, if one does."""
    name = _COUNTRY.sub("", name)
    whole = _key(name)
    found = _DEPARTMENT.match(name.strip())
    if found and whole not in _by_name():
        return _town(found[1]), _key(found[2])
    return _town(name), ""


def _town(name: str) -> str:
    key = _key(name)
    return key if key in _by_name() else _ARRONDISSEMENT.sub("", key)


def _key(name: str) -> str:
    words = _APART.sub(" ", fold(name)).split()
    return " ".join(_SAINT.get(word, word) for word in words)


@cache
def _by_name() -> Mapping[str, tuple[City, ...]]:
    """Every town by its name; a station’s town fills in for one that has no festival."""
    names = {row["code"]: row["name"] for row in _rows("departments")}
    found: dict[str, dict[str, City]] = {}
    for row in _rows("communes"):
        city = City(row["name"], row["department"], names[row["department"]], _point(row))
        found.setdefault(_key(city.name), {})[city.department] = city
    for row in _rows("stations"):
        towns = found.setdefault(_key(row["town"]), {})
        if row["department"] not in towns:
            town = row["name"] if _key(row["name"]) == _key(row["town"]) else row["town"]
            towns[row["department"]] = City(town, row["department"], names[row["department"]], _point(row))
    return {name: tuple(towns.values()) for name, towns in found.items()}


@cache
def _stations() -> tuple[Station, ...]:
    return tuple(Station(row["name"], _point(row)) for row in _rows("stations"))


def _point(row: Mapping[str, str]) -> Point:
    return Point(float(row["latitude"]), float(row["longitude"]))


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("filage.data").joinpath(f"geo/{name}.csv").read_text("utf-8")
    return csv.DictReader(text.splitlines())
