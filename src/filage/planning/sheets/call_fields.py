"""The fields of the trade's call sheet that nothing fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.kernel.text import fold
from filage.planning.sheets import calls, place
from filage.planning.sheets.daylight import sun_of
from filage.planning.sheets.lacking import lacking
from filage.planning.sheets.rest import tomorrow_text
from filage.planning.sheets.scenes import scenes_of
from filage.planning.sheets.service_day import last_end, meal_break

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filage.planning.sheets.service_day import ServiceDay
    from filage.planning.sheets.shape import Section


def missing_of(here: ServiceDay, made: Sequence[Section]) -> tuple[str, ...]:
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
        "dressing": not artists or any(one.dressing for one in artists) or _tells_dressing(here),
        "end": last_end(here),
        "lunch": meal_break(here),
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


def _tells_dressing(here: ServiceDay) -> bool:
    """Whether a moment of the day tells when people dress."""
    words = ("costume", "maquillage", "loge", "coiffure", "habillage")
    told = [fold(moment.label) for event in here.events for moment in event.moments]
    return any(word in label for word in words for label in told)


def _shoot_fields(
    here: ServiceDay, parts: dict[str, Section], artists: Sequence[calls.Called]
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
