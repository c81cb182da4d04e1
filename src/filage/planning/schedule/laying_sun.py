"""Sunrise and sunset over the days of a plan, where its scenes are shot."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from filage.facts.venue import Venue
from filage.geo.daylight import daylight
from filage.geo.places import place_of
from filage.kernel.interval import PARIS
from filage.planning.schedule.laying_places import venue_of_sets

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.facts.plan import Plan

LONGEST_PLAN = 366


def daylight_of(dossier: Dossier, plan: Plan) -> dict[date, tuple[time, time]]:
    """When the sun rises and sets each day of a shoot, at the place most of its sets are in; empty when unknown.

    In the hours of that place. Within a shoot places are near each other: one sun is enough, to a minute or two.
    """
    if plan.type != "shoot":
        return {}
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    most = Counter(about for about in venue_of_sets(dossier).venues.values() if about in venues)
    for about, _count in most.most_common():
        place = place_of(venues[about])
        if place is not None:
            break
    else:
        return {}
    found = {}
    length = min((plan.ends_on - plan.starts_on).days + 1, LONGEST_PLAN)
    for day in (plan.starts_on + timedelta(days=n) for n in range(length)):
        light = daylight(day, place.point, venues[about].zone or PARIS)
        if light is not None and light.sunrise.date() == light.sunset.date():
            found[day] = (light.sunrise.time().replace(tzinfo=None), light.sunset.time().replace(tzinfo=None))
    return found
