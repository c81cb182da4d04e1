"""The fields of the trade's day sheet that nothing fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.kernel.text import fold
from filage.planning.sheets import place
from filage.planning.sheets.lacking import lacking
from filage.planning.sheets.meals import is_meal, meals_of
from filage.planning.sheets.needs import day_needs
from filage.planning.sheets.travel import legs_of, stays_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from filage.facts.calendar import Event
    from filage.facts.travel import Leg
    from filage.facts.venue import Venue
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index
    from filage.planning.sheets.shape import Section

HOUR_WORDS: dict[str, tuple[str, ...]] = {
    "hotel_arrival": ("hotel", "heberge"),
    "venue_arrival": ("arrivee au lieu", "arrivee au theatre", "arrivee a la salle"),
    "unloading": ("decharge", "load-in", "load in"),
    "setup": ("montage", "reglage", "focus"),
    "line_check": ("line check", "linecheck"),
    "soundcheck": ("balance", "raccord", "soundcheck"),
    "doors": ("porte", "doors"),
    "support": ("premiere partie", "support"),
    "changeover": ("changement de plateau", "changeover"),
    "strike": ("demontage", "strike"),
    "loading": ("chargement", "rechargement", "load-out"),
    "bus_call": ("bus call", "depart apres", "retour"),
    "driving_breaks": ("pause",),
}
"""The words by which a line of the day is recognised as an hour the trade expects."""
NEED_WORDS: dict[str, tuple[str, ...]] = {
    "guests": ("invitation",),
    "press": ("presse",),
    "merch": ("vente", "merch", "boutique"),
    "photo": ("photo", "video"),
    "accessibility": ("accessib", "audiodescription", "lsf", "surtitr"),
}
"""The words by which a need of the day is recognised."""


MUSIC = ("concert", "festival", "opera")
"""Forms whose days have a line check, a support act, a changeover, a stall."""


def _expected_hours(index: Index, *, plays: bool, travels: bool, sleeps: bool) -> set[str]:
    """The hours this kind of day is expected to tell."""
    found = {"doors", "soundcheck", "venue_arrival", "strike", "loading"} if plays else set()
    if plays and index.production.form in MUSIC:
        found |= {"line_check", "support", "changeover", "unloading", "setup"}
    if sleeps:
        found.add("hotel_arrival")
    if travels:
        found |= {"bus_call", "driving_breaks"}
    return found


def missing_of(
    index: Index,
    asked: Asked,
    day: date,
    events: Sequence[Event],
    venue: Venue | None,
    made: Sequence[Section],
) -> tuple[str, ...]:
    """The fields of the trade's day sheet that nothing fills; nothing is said of one person's version."""
    if asked.person:
        return ()
    legs, stays = legs_of(index, day), stays_of(index, day)
    plays = any(event.type == "performance" for event in events)
    told = [fold(row.cells[2]) for section in made if section.id == "hours" for row in section.rows]
    kinds = {event.type for event in events}
    expected = _expected_hours(index, plays=plays, travels=bool(legs), sleeps=bool(stays))
    needed = [fold(f"{need.department or ''} {need.label}") for need in day_needs(index, events)]
    fields: dict[str, object] = {
        "address": venue and venue.address,
        "weather": any(event.weather for event in events),
        **_journey_fields(legs),
        "meals": meals_of(index, day) or any(is_meal(label) for label in told),
        "start": any(event.start for event in events),
        "end": any(event.end for event in events),
        "curfew": venue and venue.curfew,
        **{
            field: any(word in label for word in words for label in told) or field in kinds
            for field, words in HOUR_WORDS.items()
            if field in expected
        },
        **_stay_fields(asked, stays),
        **_contact_fields(index, venue),
        **_venue_fields(index, venue),
    }
    if plays:
        fields["length"] = index.production.duration
        fields |= {
            field: any(word in need for word in words for need in needed)
            for field, words in NEED_WORDS.items()
            if field != "merch" or index.production.form in MUSIC
        }
    return lacking(asked.words, fields)


def _journey_fields(legs: Sequence[Leg]) -> dict[str, object]:
    if not legs:
        return {}
    driven = [leg for leg in legs if leg.mode in ("van", "car", "bus")]
    return {
        "meeting": any(leg.meeting_at for leg in legs),
        "journey": any(leg.departs for leg in legs),
        "tickets": len(driven) == len(legs) or any(leg.reference for leg in legs),
        "vehicles": not driven or any(leg.vehicle for leg in driven),
        "distance": any(leg.distance_km for leg in legs),
    }


def _stay_fields(asked: Asked, stays: Sequence[object]) -> dict[str, object]:
    if not stays:
        return {}
    fields: dict[str, object] = {
        "hotel": any(getattr(stay, "address", None) for stay in stays),
        "breakfast": any(getattr(stay, "breakfast", None) for stay in stays),
    }
    if not asked.public:
        fields["rooms"] = any(getattr(stay, "rooms", ()) for stay in stays)
    return fields


def _contact_fields(index: Index, venue: Venue | None) -> dict[str, object]:
    fields: dict[str, object] = {
        role: place.contact_of(index, role) for role in ("host", "night", "tour", "administration")
    }
    return fields | {"venue_crew": venue and venue.contact, "hospital": venue and venue.hospital}


def _venue_fields(index: Index, venue: Venue | None) -> dict[str, object]:
    rooms = fold((venue.dressing_rooms if venue else "") or "")
    return {
        "access": venue and venue.access,
        "parking": venue and venue.parking,
        "wifi": venue and venue.wifi,
        "showers": "douche" in rooms,
        "laundry": "laverie" in rooms or "machine" in rooms,
        "per_diem": any(engagement.allowances for engagement in index.engagements.values()),
    }
