"""What is shot or played that day: sets with their places, scenes with their pages, minutes and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.plan import Plan
from filage.facts.script import Shot
from filage.planning.sheets.calls import without_empty
from filage.planning.sheets.scene_hours import effect_of, names_scene, players, scene_of
from filage.planning.sheets.shape import Column, Row, Section
from filage.planning.sheets.wall import wall
from filage.script.breakdown import length_of, minutes_of
from filage.script.page import pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filage.facts.calendar import Event
    from filage.facts.script import Scene
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index


def scenes_of(index: Index, events: Sequence[Event]) -> list[tuple[Event, Scene]]:
    """The scenes of a day, in the order the events give them."""
    return [
        (event, index.scenes[about]) for event in events for about in event.scenes if about in index.scenes
    ]


def scenes_section(index: Index, asked: Asked, events: Sequence[Event]) -> Section | None:
    """The scenes of the day: number, hour, set, effect, summary, minutes, pages in eighths, numbers of the roles."""
    words = asked.words
    found = scenes_of(index, events)
    plan = next(iter(index.dossier.all(Plan)), None)
    shots = index.dossier.all(Shot)
    rows = []
    for event, scene in found:
        minutes, _where = minutes_of(scene, (shot for shot in shots if shot.scene == scene.about), plan)
        roles = sorted(index.role_numbers[about] for about in scene.elements if about in index.role_numbers)
        moment = next((one for one in event.moments if names_scene(one, scene)), None)
        cells = (
            scene.number or "", words.hour(wall(moment.at)) if moment else "",
            scene.set or scene.label, effect_of(scene),
            scene.summary or (scene.label if scene.set and scene.label != scene.set else ""),
            str(minutes) if minutes is not None else "", length_of(scene), ", ".join(map(str, roles)),
        )  # fmt: skip
        rows.append(Row(scene.about, cells, players(index, scene)))
    if not asked.person and len(rows) > 1 and all(scene.eighths for _, scene in found):
        total = pages(sum(scene.eighths or 0 for _, scene in found))
        rows.append(
            Row(
                "total",
                ("", "", words("total", scenes=len(found), pages=total), "", "", "", "", ""),
                (),
                "total",
            )
        )
    if asked.person:
        own = [row for row in rows if asked.person in row.people]
        rows = own or rows
    columns = (
        Column("number", words("number"), "name"), Column("at", words("at"), "time"), Column("set", words("set")),
        Column("effect", words("effect")),
        Column("summary", words("summary")), Column("minutes", words("minutes"), "number"),
        Column("eighths", words("eighths"), "number"), Column("roles", words("roles")),
    )  # fmt: skip
    return without_empty(Section("scenes", words("scenes"), "table", tuple(rows), columns))


def sets_section(index: Index, asked: Asked, events: Sequence[Event]) -> Section | None:
    """Where each set is: int. or ext., place, address, unit call, first scene, parking, dressing, meals."""
    words = asked.words
    rows: dict[tuple[str, str], Row] = {}
    met: set[tuple[str, str]] = set()
    for event, scene in scenes_of(index, events):
        venue = index.venue_of(event)
        name = scene.set or scene.label
        if (name, event.about) in rows or venue is None:
            continue
        unit_at = words.hour(wall(event.start))
        again = (venue.about, unit_at) in met  # one meets at a place once, whatever is shot there
        met.add((venue.about, unit_at))
        cells = (
            name, effect_of(scene), words.listed([index.where(event), venue.address or venue.city or ""]),
            "" if again else unit_at, _first_hour(index, asked, event, name),
            venue.parking or "", venue.dressing_rooms or "", venue.catering or "",
        )  # fmt: skip
        rows[name, event.about] = Row(f"set/{event.id}/{len(rows) + 1}", cells)
    columns = (
        Column("set", words("set"), "name"), Column("effect", words("effect")), Column("address", words("where")),
        Column("unit_at", words("unit_at"), "time"), Column("first_at", words("first_at"), "time"),
        Column("parking", words("parking")),
        Column("dressing_rooms", words("hmc_rooms")), Column("catering", words("catering")),
    )  # fmt: skip
    return without_empty(Section("sets", words("sets"), "table", tuple(rows.values()), columns))


def _first_hour(index: Index, asked: Asked, event: Event, name: str) -> str:
    """When the first scene of a set is shot, as the schedule of the day tells it."""
    for moment in event.moments:
        scene = scene_of(index, event, moment)
        if scene is not None and (scene.set or scene.label) == name:
            return asked.words.hour(wall(moment.at))
    return ""
