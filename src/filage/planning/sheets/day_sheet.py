"""The day sheet (feuille de route) of a day on tour: town, hours, journeys, bed, meals, whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.contract import Rider
from filage.kernel import french
from filage.kernel.errors import BadInput, Problem
from filage.kernel.interval import PARIS
from filage.planning.conflicts import zone_of
from filage.planning.sheets import calls, place
from filage.planning.sheets.asked import day_of
from filage.planning.sheets.day_fields import missing_of
from filage.planning.sheets.head import footer_of, person_name, sheet_people
from filage.planning.sheets.hours import hours_section, length
from filage.planning.sheets.meals import meals_of, other_arrangement
from filage.planning.sheets.needs import needs_section, tasks_section
from filage.planning.sheets.pairs import pairs, sections
from filage.planning.sheets.rest import rest_after, tomorrow_text
from filage.planning.sheets.shape import KeyHour, Row, Section, Sheet
from filage.planning.sheets.travel import (
    journey_minutes,
    legs_of,
    lodging_section,
    own_stays,
    stays_of,
    transport_section,
    travellers,
)
from filage.planning.sheets.words import small

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from filage.facts.calendar import Event
    from filage.facts.venue import Venue
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index

ON_TOUR = ("performance", "travel", "setup", "strike", "soundcheck")
RESTAURANT = "restaurant"


def keys(index: Index) -> tuple[str, ...]:
    """The days of the tour: those with a performance, a journey, or what surrounds a performance."""
    days = {
        day
        for day, events in index.by_day.items()
        if any(event.type in ON_TOUR and _plays(event) for event in events)
    }
    return tuple(day.isoformat() for day in sorted(days))


def _plays(event: Event) -> bool:
    """Whether an event belongs to playing, not to making the show."""
    return event.type in ("performance", "travel") or event.phase in (None, "exploitation")


def date_number(index: Index, day: date) -> tuple[int | None, int | None]:
    """The rank of a day among those with a performance, and how many there are; None on a day without one."""
    days = [
        day for day, events in index.by_day.items() if any(event.type == "performance" for event in events)
    ]
    return (days.index(day) + 1, len(days)) if day in days else (None, None)


def content(index: Index, asked: Asked) -> Sheet:
    """Build the day sheet of a day; BadInput when neither an event nor a journey is planned."""
    day = day_of(asked.key)
    events = index.by_day.get(day, [])
    if not events and not legs_of(index, day):
        raise BadInput(
            Problem(f"ni événement ni trajet le {asked.key}", suggestion="ajoutez-en un, ou changez de jour")
        )
    words, venue = asked.words, place.main_venue(index, events)
    number, total = date_number(index, day)
    name = words("day_sheet")
    if number:
        name = words("date_of", name=name, number=number, total=total)
    made = _sections(index, asked, day, events, venue)
    return Sheet(
        document=asked.document, key=asked.key, language=words.language, public=asked.public,
        company=index.company, production=index.production.label, name=name,
        title=town_of(index, venue, day) or index.production.label,
        when=words.listed([words.day(day), venue.label if venue else words("travel_day")]),
        day=day, number=number, total=total, zone=zone_of(events[0], index.venues) if events else PARIS,
        person=asked.person, person_name=person_name(index, asked), department=asked.department,
        place=place.place_of(venue), hours=_key_words(index, asked, day, events), sections=made,
        people=_people(index, asked, day, events), footer=footer_of(index, asked),
        missing=missing_of(index, asked, day, events, venue, made),
    )  # fmt: skip


def _people(index: Index, asked: Asked, day: date, events: Sequence[Event]) -> tuple[str, ...]:
    travelling = [who for leg in legs_of(index, day) for who in travellers(index, leg, events)]
    found = sheet_people(index, asked, events)
    return tuple(dict.fromkeys([*found, *travelling])) if asked.department is None else found


def town_of(index: Index, venue: Venue | None, day: date) -> str:
    """The town of the day: the venue's, else where the last journey goes."""
    if venue is not None:
        return venue.city or venue.label
    legs = legs_of(index, day)
    return legs[-1].destination if legs else ""


def _key_words(index: Index, asked: Asked, day: date, events: Sequence[Event]) -> tuple[KeyHour, ...]:
    """The journey's length, where one sleeps, the weather: what one asks first."""
    words = asked.words
    legs = [leg for leg in legs_of(index, day) if asked.for_all(travellers(index, leg, events))]
    minutes = [found for leg in legs if (found := journey_minutes(leg))]
    sleeps = own_stays(stays_of(index, day), asked.person)
    shows = [event for event in events if event.type == "performance" and event.start]
    weather = next((event.weather for event in events if event.weather), "")
    told = [
        ("curtain", words.hour(shows[0].start) if shows else ""),
        ("journey", words.minutes(max(minutes)) if minutes else ""),
        ("night", words("on_site") if sleeps else ""),
        ("weather", weather),
    ]
    return tuple(KeyHour(words(key), value) for key, value in told if value)


def _sections(
    index: Index, asked: Asked, day: date, events: Sequence[Event], venue: Venue | None
) -> tuple[Section, ...]:
    everybody = calls.called(index, events)
    if asked.department:
        everybody = [one for one in everybody if one.first.department == asked.department]
    hours = hours_section(index, asked, day, events)
    team = asked.person is None
    return sections(
        hours if hours.rows else None,
        transport_section(index, asked, day, events),
        calls.show_cast(index, asked, everybody) if team else None,
        calls.show_crew(index, asked, everybody) if team else None,
        lodging_section(index, asked, day),
        _logistics(index, asked, day, venue),
        _show(index, asked, events),
        _technical(index, asked, venue) if team else None,
        needs_section(index, asked, events) if team else None,
        tasks_section(index, asked, day, events),
        place.safety_section(index, asked, venue, rest_after(index, asked, events)),
        place.contacts_section(index, asked, venue),
        _access(index, asked, day, venue),
    )


def _logistics(index: Index, asked: Asked, day: date, venue: Venue | None) -> Section | None:
    """What one finds on the spot: parking, dressing rooms, meals, and in private wifi and allowances."""
    words = asked.words
    meals = [meal.place for meal in meals_of(index, day) if meal.place]
    told = [
        ("parking", (venue.parking if venue else "") or ""),
        ("dressing_rooms", (venue.dressing_rooms if venue else "") or ""),
        ("catering", (venue.catering if venue else "") or words.listed(list(dict.fromkeys(meals)))),
        ("wifi", (venue.wifi if venue and not asked.public else "") or ""),
        ("curfew", words.hour(venue.curfew) if venue else ""),
        ("per_diem", per_diem(index, asked, day)),
        ("arrangement", other_arrangement(index, asked)),
        ("zone", venue.zone if venue and venue.zone and venue.zone != PARIS else ""),
    ]
    return pairs("logistics", words("logistics"), [(key, words(key), value) for key, value in told])


def per_diem(index: Index, asked: Asked, day: date) -> str:
    """What one person is paid back for that day, on their own version alone: « repas au restaurant 21,40 € »."""
    if not asked.own:
        return ""
    from filage.facts.base import label_of

    told = [
        f"{small(allowance.label or label_of(allowance, 'type'))} {french.euro(allowance.unit_amount)}"
        for engagement in index.engagements.values()
        if engagement.person == asked.person and engagement.starts_on <= day <= engagement.ends_on
        for allowance in engagement.allowances
        if allowance.day in (None, day)
    ]
    return ", ".join(dict.fromkeys(told))


def _show(index: Index, asked: Asked, events: Sequence[Event]) -> Section | None:
    """The show itself: how long, with or without an interval."""
    minutes = index.production.duration
    if not minutes or not any(event.type == "performance" for event in events):
        return None
    words = asked.words
    return pairs(
        "show",
        words("show"),
        [("length", words("length"), length(asked, minutes, index.production.interval))],
    )


def _technical(index: Index, asked: Asked, venue: Venue | None) -> Section | None:
    """The stage, its power, the rider, and what is still open on the technical side."""
    words = asked.words
    if venue is None:
        return None
    riders = [
        rider.label + (f", {rider.version}" if rider.version else "") for rider in index.dossier.all(Rider)
    ]
    told = [
        ("stage", place.stage_size(asked, venue)),
        ("power", venue.power or ""),
        ("capacity", str(venue.capacity) if venue.capacity else ""),
        ("rider", "; ".join(riders)),
    ]
    return pairs("technical", words("technical"), [(key, words(key), value) for key, value in told])


def _access(index: Index, asked: Asked, day: date, venue: Venue | None) -> Section | None:
    words = asked.words
    told = [("access", (venue.access if venue else "") or ""), ("tomorrow", tomorrow_text(index, asked, day))]
    rows = tuple(Row(f"access/{key}", (text,)) for key, text in told if text)
    title = words("access_tomorrow") if len(rows) > 1 else words(rows[0].id.partition("/")[2]) if rows else ""
    return Section("access", title, "text", rows) if rows else None
