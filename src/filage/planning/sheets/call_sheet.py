"""The call sheet (feuille de service) of a day: for a show, or for a shoot with its scenes, sets and set times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest, fold
from filage.planning.conflicts import zone_of
from filage.planning.sheets import calls, place
from filage.planning.sheets.asked import day_of
from filage.planning.sheets.daylight import sun_of
from filage.planning.sheets.head import footer_of, named_day, person_name, sheet_people
from filage.planning.sheets.hours import hours_section, is_late, trade_word
from filage.planning.sheets.lacking import lacking
from filage.planning.sheets.meals import is_meal, meals_of, other_arrangement
from filage.planning.sheets.needs import needs_section, tasks_section
from filage.planning.sheets.pairs import pairs, sections
from filage.planning.sheets.rest import rest_after, tomorrow_text
from filage.planning.sheets.scenes import scenes_of, scenes_section, sets_section
from filage.planning.sheets.shape import KeyHour, Row, Section, Sheet
from filage.planning.sheets.travel import lodging_section, transport_section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from filage.facts.calendar import Event
    from filage.facts.venue import Venue
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index

SHOOTING = ("shoot", "recording")
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


def events_on(index: Index, key: str) -> tuple[date, list[Event]]:
    """The day a key names and its events; BadInput when nothing happens that day."""
    day = day_of(key)
    events = index.by_day.get(day, [])
    if not events:
        near = closest(key, (known.isoformat() for known in index.by_day))
        raise BadInput(
            Problem(
                f"rien n’est prévu le {key}", suggestion=f"essayez {near}" if near else "ajoutez un événement"
            )
        )
    return day, events


@dataclass(frozen=True, slots=True)
class _Day:
    """What every part of a call sheet looks at."""

    index: Index
    asked: Asked
    day: date
    events: list[Event]
    everybody: list[calls.Called]
    venue: Venue | None
    shooting: bool


def content(index: Index, asked: Asked) -> Sheet:
    """Build the call sheet of a day; BadInput when nothing happens that day."""
    day, events = events_on(index, asked.key)
    everybody = calls.called(index, events)
    if asked.department:
        everybody = [one for one in everybody if one.first.department == asked.department]
    shooting = any(event.type in SHOOTING for event in events)
    here = _Day(index, asked, day, events, everybody, place.main_venue(index, events), shooting)
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
        missing=_missing(here, made),
    )  # fmt: skip


def _zone(here: _Day) -> str:
    return zone_of(here.events[0], here.index.venues)


def _number(here: _Day) -> tuple[int | None, int | None]:
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


def _team_sections(here: _Day) -> tuple[Section, ...]:
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


def _own_sections(here: _Day) -> tuple[Section, ...]:
    """One person's day: their hours, their scenes, their journeys and bed, and whom to call."""
    index, asked, events = here.index, here.asked, here.events
    words = asked.words
    arranged = pairs(
        "own", words("arrangement"), [("arrangement", words("arrangement"), other_arrangement(index, asked))]
    )
    return sections(
        hours_section(index, asked, here.day, events),
        scenes_section(index, asked, events) if here.shooting else None,
        transport_section(index, asked, here.day, events),
        lodging_section(index, asked, here.day),
        arranged,
        tasks_section(index, asked, here.day, events),
        place.safety_section(index, asked, here.venue, rest_after(index, asked, events)),
        place.contacts_section(index, asked, here.venue),
        _access_section(here),
    )


def _access_section(here: _Day) -> Section | None:
    """How to get in, and the next day, side by side."""
    words = here.asked.words
    told = [
        ("access", place.access_text(here.asked, here.venue)),
        ("tomorrow", tomorrow_text(here.index, here.asked, here.day)),
    ]
    rows = tuple(Row(f"access/{key}", (text,)) for key, text in told if text)
    title = words("access_tomorrow") if len(rows) > 1 else words(rows[0].id.partition("/")[2]) if rows else ""
    return Section("access", title, "text", rows) if rows else None


def _light_section(here: _Day) -> Section | None:
    """Sun and weather: for a shoot, or a show in the open."""
    words = here.asked.words
    outdoors = here.venue is not None and here.venue.outdoors
    sun = sun_of(words, here.venue, here.day) if here.shooting or outdoors else ""
    weather = next((event.weather for event in here.events if event.weather), "")
    return pairs(
        "light", words("light_weather"),
        [("sun", words("light"), sun), ("weather", words("weather"), weather)],
    )  # fmt: skip


def _key_hours(here: _Day) -> tuple[KeyHour, ...]:
    """The hours to be read at two metres."""
    words = here.asked.words
    everybody = here.everybody
    technical = calls.earliest(calls.of_department(everybody, "technical", "production"))
    artists = calls.earliest(calls.of_department(everybody, "artistic"))
    if here.asked.person:
        own = calls.earliest(one for one in everybody if one.person == here.asked.person)
        told = [("your_call", own), *_events_key(here)]
    elif here.shooting:
        ready = min((one.ready for one in everybody if one.ready), default=None)
        wraps = [one.end for one in everybody if one.end]
        starts = next((event.start for event in here.events if event.type in SHOOTING), None)
        told = [
            ("unit_call", calls.earliest(everybody) or starts), ("ready_key", ready), ("lunch_key", _lunch(here)),
            ("wrap_key", _last(here) if wraps else None),
        ]  # fmt: skip
    else:
        told = [("crew_call", technical), ("cast_call", artists), *_events_key(here)]
    found = [KeyHour(words(key), words.hour(at)) for key, at in told if at]
    return tuple(found[: MAX_KEY_HOURS + 1])


def _events_key(here: _Day) -> list[tuple[str, time | None]]:
    shows = [event for event in here.events if event.type == "performance" and event.start]
    if shows:
        return [("curtain", shows[0].start)]
    return [("start_key", here.events[0].start), ("end_key", _last(here))]


def _last(here: _Day) -> time | None:
    """The end of the day: the last to leave, else the end of the last event."""
    ends = [
        (is_late(one.event, one.wrap), one.wrap.replace(tzinfo=None))
        for one in here.index.there(here.events)
        if one.wrap
    ]
    ends += [
        (
            is_late(event, event.end) or bool(event.start and event.end <= event.start),
            event.end.replace(tzinfo=None),
        )
        for event in here.events
        if event.end
    ]
    return max(ends)[1] if ends else None


def _lunch(here: _Day) -> time | None:
    """The meal break: a moment that is one, a meal with an hour, else the break most people share."""
    moments = [moment.at for event in here.events for moment in event.moments if is_meal(moment.label)]
    meals = [meal.at for meal in meals_of(here.index, here.day) if meal.at]
    breaks = [pause.start for one in here.index.there(here.events) for pause in one.part.breaks]
    if moments or meals:
        return (moments or meals)[0]
    return max(set(breaks), key=breaks.count) if breaks else None


def _missing(here: _Day, made: Sequence[Section]) -> tuple[str, ...]:
    """The fields of the trade's call sheet that nothing fills; nothing is said of one person's version."""
    index, everybody, venue = here.index, here.everybody, here.venue
    if here.asked.person:
        return ()
    parts = {section.id: section for section in made}
    artists = calls.of_department(everybody, "artistic")
    safety = {row.id for row in parts["safety"].rows} if "safety" in parts else set()
    fields: dict[str, object] = {
        "address": venue and venue.address,
        "calls": everybody,
        "hours": "hours" in parts,
        "director": index.production.director,
        "production": place.contact_of(index, "production"),
        "dressing": not artists or any(one.dressing for one in artists) or _told_dressing(here),
        "end": _last(here),
        "lunch": _lunch(here),
        "needs": "needs" in parts,
        "hospital": venue and venue.hospital,
        "first_aid": "safety/first_aid" in safety,
        "instructions": index.production.safety,
        "vhss": "safety/vhss" in safety,
        "access": venue and venue.access,
        "parking": venue and venue.parking,
    }
    if here.shooting:
        fields |= _shoot_fields(here, parts, artists)
    elif venue and venue.outdoors:
        fields["weather"] = any(event.weather for event in here.events)
    return lacking(here.asked.words, fields)


def _told_dressing(here: _Day) -> bool:
    """Whether a moment of the day tells when people dress."""
    words = ("costume", "maquillage", "loge", "coiffure", "habillage")
    told = [fold(moment.label) for event in here.events for moment in event.moments]
    return any(word in label for word in words for label in told)


def _shoot_fields(
    here: _Day, parts: dict[str, Section], artists: Sequence[calls.Called]
) -> dict[str, object]:
    index, venue = here.index, here.venue
    scenes = [scene for _event, scene in scenes_of(index, here.events)]
    columns = {column.id for column in parts["scenes"].columns} if "scenes" in parts else set()
    extra_roles = any(
        index.elements[about].category == "extras"
        for scene in scenes
        for about in scene.elements
        if about in index.elements
    )
    return {
        "first_assistant": place.key_crew(index, "first_assistant"),
        "script_supervisor": place.key_crew(index, "script_supervisor"),
        "ready": not artists or any(one.ready for one in artists),
        "pickup": not artists or any(one.pickup for one in artists),
        "driver": not artists or any(one.driver for one in artists),
        "sun": sun_of(here.asked.words, venue, here.day),
        "weather": any(event.weather for event in here.events),
        "scenes": scenes,
        "sets": any(scene.set for scene in scenes),
        "summary": "summary" in columns,
        "minutes": "minutes" in columns,
        "eighths": "eighths" in columns,
        "roles": "roles" in columns,
        "crew": "crew" in parts,
        "extras": not extra_roles or "extras" in parts,
        "dressing_rooms": venue and venue.dressing_rooms,
        "catering": venue and venue.catering,
        "eco": place.contact_of(index, "eco"),
        "transport": "transport" in parts,
        "tomorrow": tomorrow_text(index, here.asked, here.day),
    }
