"""The call sheet (feuille de service) of a day: for a show, or for a shoot with its scenes, sets and set times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.planning.conflicts import zone_of
from filage.planning.sheets import calls, place
from filage.planning.sheets.call_fields import missing_of
from filage.planning.sheets.daylight import sun_of
from filage.planning.sheets.head import footer_of, named_day, person_name, sheet_people
from filage.planning.sheets.hours import hours_section, trade_word
from filage.planning.sheets.meals import other_arrangement
from filage.planning.sheets.needs import needs_section, tasks_section
from filage.planning.sheets.pairs import pairs, sections
from filage.planning.sheets.rest import rest_after, tomorrow_text
from filage.planning.sheets.scenes import scenes_section, sets_section
from filage.planning.sheets.service_day import SHOOTING, ServiceDay, events_on, last_end, meal_break
from filage.planning.sheets.shape import KeyHour, Row, Section, Sheet
from filage.planning.sheets.travel import lodging_section, transport_section
from filage.planning.sheets.wall import wall

if TYPE_CHECKING:
    from datetime import time

    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index

NOT_CALLED = ("travel", "meeting", "post_production")
"""Kinds of events that alone make no day of service."""
MAX_KEY_HOURS = 3


def keys(index: Index) -> tuple[str, ...]:
    """The days with a call sheet: those with something else than a journey, a meeting or an edit."""
    return tuple(
        day.isoformat()
        for day, events in index.by_day.items()
        if any(event.type not in NOT_CALLED for event in events)
    )


def content(index: Index, asked: Asked) -> Sheet:
    """Build the call sheet of a day; BadInput when nothing happens that day."""
    day, events = events_on(index, asked.key)
    everybody = calls.called(index, events)
    if asked.department:
        everybody = [one for one in everybody if one.first.department == asked.department]
    shooting = any(event.type in SHOOTING for event in events)
    here = ServiceDay(index, asked, day, events, everybody, place.main_venue(index, events), shooting)
    made = _own_sections(here) if asked.person else _team_sections(here)
    number, total = _number(here)
    words = asked.words
    key = "day_of" if shooting and number else "numbered"
    name = words(key, name=words("call_sheet"), number=number, total=total) if number else words("call_sheet")
    return Sheet(
        document=asked.document, key=asked.key, language=words.language, public=asked.public,
        company=index.company, production=index.production.label, name=name, title=index.production.label,
        when=named_day(index, asked, day, events), day=day, number=number, total=total,
        zone=_zone(here), person=asked.person, person_name=person_name(index, asked), department=asked.department,
        place=place.place_of(here.venue), hours=_key_hours(here), sections=made,
        people=sheet_people(index, asked, events), footer=footer_of(index, asked),
        missing=missing_of(here, made),
    )  # fmt: skip


def _zone(here: ServiceDay) -> str:
    return zone_of(here.events[0], here.index.venues)


def _number(here: ServiceDay) -> tuple[int | None, int | None]:
    """The rank of the day: among shooting days for a shoot, among days of service for a show."""
    days = [
        day.isoformat()
        for day, events in here.index.by_day.items()
        if (
            any(event.type in SHOOTING for event in events)
            if here.shooting
            else day.isoformat() in _keys(here.index)
        )
    ]
    key = here.day.isoformat()
    return (days.index(key) + 1, len(days)) if key in days else (None, None)


def _keys(index: Index) -> frozenset[str]:
    return frozenset(keys(index))


def _team_sections(here: ServiceDay) -> tuple[Section, ...]:
    index, asked, events = here.index, here.asked, here.events
    hours = hours_section(index, asked, here.day, events)
    shown = hours if hours.rows else None
    rest = rest_after(index, asked, events)
    common = (
        needs_section(index, asked, events),
        place.safety_section(index, asked, here.venue, rest),
        tasks_section(index, asked, here.day, events),
        place.contacts_section(index, asked, here.venue),
        transport_section(index, asked, here.day, events),
        _access_section(here),
    )
    if not here.shooting:
        cast = calls.show_cast(index, asked, here.everybody)
        crew = calls.show_crew(index, asked, here.everybody)
        return sections(shown, cast, crew, _light_section(here), *common)
    return sections(
        place.direction_section(index, asked, trade_word(index, asked, "director", "director")),
        _light_section(here),
        sets_section(index, asked, events),
        scenes_section(index, asked, events),
        shown,
        calls.shoot_cast(index, asked, here.everybody),
        calls.extras(index, asked, events, here.everybody),
        calls.shoot_crew(index, asked, here.everybody),
        *common,
    )


def _own_sections(here: ServiceDay) -> tuple[Section, ...]:
    """One person's day: their hours, their scenes, their journeys and bed, and whom to call."""
    index, asked, events = here.index, here.asked, here.events
    words = asked.words
    arranged = pairs(
        "own", words("arrangement"), [("arrangement", words("arrangement"), other_arrangement(index, asked))]
    )
    return sections(
        hours_section(index, asked, here.day, events),
        _light_section(here),
        scenes_section(index, asked, events) if here.shooting else None,
        transport_section(index, asked, here.day, events),
        lodging_section(index, asked, here.day),
        arranged,
        tasks_section(index, asked, here.day, events),
        place.safety_section(index, asked, here.venue, rest_after(index, asked, events)),
        place.contacts_section(index, asked, here.venue),
        _access_section(here),
    )


def _access_section(here: ServiceDay) -> Section | None:
    """How to get in, and the next day, side by side."""
    words = here.asked.words
    told = [
        ("access", place.access_text(here.asked, here.venue)),
        ("tomorrow", tomorrow_text(here.index, here.asked, here.day)),
    ]
    rows = tuple(Row(f"access/{key}", (text,)) for key, text in told if text)
    title = words("access_tomorrow") if len(rows) > 1 else words(rows[0].id.partition("/")[2]) if rows else ""
    return Section("access", title, "text", rows) if rows else None


def _light_section(here: ServiceDay) -> Section | None:
    """Sun and weather: for a shoot, or a show in the open."""
    words = here.asked.words
    outdoors = here.venue is not None and here.venue.outdoors
    sun = sun_of(words, here.venue, here.day) if here.shooting or outdoors else ""
    weather = next((event.weather for event in here.events if event.weather), "")
    return pairs(
        "light", words("light_weather"),
        [("sun", words("light"), sun), ("weather", words("weather"), weather)],
    )  # fmt: skip


def _key_hours(here: ServiceDay) -> tuple[KeyHour, ...]:
    """The hours to be read at two metres."""
    words = here.asked.words
    everybody = here.everybody
    technical = calls.earliest(calls.of_department(everybody, "technical", "production"))
    artists = calls.earliest(calls.of_department(everybody, "artistic"))
    if here.asked.person:
        own = calls.earliest(one for one in everybody if one.person == here.asked.person)
        told = [("your_call", own), *_events_key(here)]
    elif here.shooting:
        ready = min((wall(one.ready) for one in everybody if one.ready), default=None)
        wraps = [one.end for one in everybody if one.end]
        starts = next((event.start for event in here.events if event.type in SHOOTING), None)
        told = [
            ("unit_call", calls.earliest(everybody) or starts), ("ready_key", ready), ("lunch_key", meal_break(here)),
            ("wrap_key", last_end(here) if wraps else None),
        ]  # fmt: skip
    else:
        told = [("crew_call", technical), ("cast_call", artists), *_events_key(here)]
    found = [KeyHour(words(key), words.hour(at)) for key, at in told if at]
    return tuple(found[: MAX_KEY_HOURS + 1])


def _events_key(here: ServiceDay) -> list[tuple[str, time | None]]:
    shows = [event for event in here.events if event.type == "performance" and event.start]
    if shows:
        return [("curtain", shows[0].start)]
    return [("start_key", here.events[0].start), ("end_key", last_end(here))]
