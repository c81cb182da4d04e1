"""When the sun rises and sets at a place, in the hours of its zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from filage.geo.distance import Point
from filage.kernel.interval import PARIS, Interval


class Daylight(NamedTuple):
    """Sunrise and sunset of a day, civil dawn and dusk around them, as instants in the place’s zone.

    Source: the sun’s position (NOAA’s equations), good to a minute or two on flat ground; hills and streets take more.
    """

    day: date
    sunrise: datetime
    sunset: datetime
    dawn: datetime
    dusk: datetime

    @property
    def interval(self) -> Interval:
        """From sunrise to sunset."""
        return Interval(self.sunrise, self.sunset)


@lru_cache(maxsize=4_096)
def daylight(day: date, point: Point, zone: str = PARIS) -> Daylight | None:
    """Return the light of a day at a point; None where the sun does not both rise and set that day."""
    from astral import Observer
    from astral.sun import dawn, dusk, sun

    where, local = Observer(point.latitude, point.longitude), ZoneInfo(zone)
    try:
        found = sun(where, date=day, tzinfo=local)
        rises, sets, first, last = found["sunrise"], found["sunset"], found["dawn"], found["dusk"]
        if first > rises:  # in the north in June, twilight passes midnight
            first = dawn(where, date=day - timedelta(days=1), tzinfo=local)
        if last < sets:
            last = dusk(where, date=day + timedelta(days=1), tzinfo=local)
            last -= timedelta(days=last.date() > sets.date() and last.time() > sets.time())
    except (ValueError, OverflowError):
        return None
    return Daylight(day, rises, sets, first, last) if first <= rises < sets <= last else None
