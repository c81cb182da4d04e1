"""How far two points are from each other, as the crow flies and, by estimate, by road."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG), in kilometres."""
ROAD_FACTOR = 1.25
"""Kilometres by road for one as the crow flies: what French roads come to on average, an estimate."""


class Point(NamedTuple):
    """A place on the Earth, in decimal degrees."""

    latitude: float
    longitude: float

    @classmethod
    def of(cls, latitude: Decimal | str, longitude: Decimal | str) -> Point:
        """Read a point from the numbers of a fact."""
        return cls(float(latitude), float(longitude))

    @property
    def exists(self) -> bool:
        """Whether there is such a place on the Earth."""
        return abs(self.latitude) <= 90 and abs(self.longitude) <= 180  # noqa: PLR2004 - degrees


@lru_cache(maxsize=8_192)
def crow_km(one: Point, other: Point) -> float:
    """Kilometres between two points along the great circle (haversine, on a sphere: within 0.5 %)."""
    first, second = radians(one.latitude), radians(other.latitude)
    across = sin((second - first) / 2) ** 2
    along = cos(first) * cos(second) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, across + along)))


def road_km(one: Point, other: Point) -> float:
    """Kilometres by road between two points, estimated: mountains, water and one-way streets may add a third."""
    return crow_km(one, other) * ROAD_FACTOR
