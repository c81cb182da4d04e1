"""Sunrise and sunset at a venue, when one knows where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfoNotFoundError

from filage.geo.daylight import daylight
from filage.geo.places import place_of
from filage.kernel.interval import PARIS

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.venue import Venue
    from filage.planning.sheets.words import Words


def sun_of(words: Words, venue: Venue | None, day: date) -> str:
    """« lever 07:21, coucher 17:13 », in the venue's own time; empty when one does not know where it is."""
    where = place_of(venue) if venue else None
    if venue is None or where is None:
        return ""
    try:
        light = daylight(day, where.point, venue.zone or PARIS)
    except (ZoneInfoNotFoundError, ValueError):
        return ""  # the review says which zone is not one
    if light is None:
        return ""
    return words("sun", rise=words.hour(light.sunrise.time()), set=words.hour(light.sunset.time()))
