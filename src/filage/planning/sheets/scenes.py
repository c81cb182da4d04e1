"""What is shot or played that day: sets with their places, scenes with their pages, minutes and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.plan import Plan
from filage.facts.script import Shot
from filage.planning.sheets.calls import without_empty
from filage.planning.sheets.shape import Column, Row, Section
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


def effect_of(scene: Scene) -> str:
    """« EXT · nuit »."""
    return " · ".join(part for part in (scene.int_ext or "", scene.time or "") if part)


def scenes_section(index: Index, asked: Asked, events: Sequence[Event]) -> Section | None:
    """The scenes of the day: number, set, effect, summary, minutes, pages in eighths, numbers of the roles."""
    words = asked.words
    found = scenes_of(index, events)
    plan = next(iter(index.dossier.all(Plan)), None)
    shots = index.dossier.all(Shot)
    rows = []
    for _event, scene in found:
        minutes, _where = minutes_of(scene, (shot for shot in shots if shot.scene == scene.about), plan)
        roles = sorted(index.role_numbers[about] for about in scene.elements if about in index.role_numbers)
        cells = (
            scene.number or "", scene.set or scene.label, effect_of(scene),
            scene.summary or (scene.label if scene.set and scene.label != scene.set else ""),
            str(minutes) if minutes is not None else "", length_of(scene), ", ".join(map(str, roles)),
        )  # fmt: skip
        rows.append(Row(scene.about, cells, _players(index, scene)))
    if not asked.person and len(rows) > 1 and all(scene.eighths for _, scene in found):
        total = pages(sum(scene.eighths or 0 for _, scene in found))
        rows.append(
            Row(
                "total", ("", words("total", scenes=len(found), pages=total), "", "", "", "", ""), (), "total"
            )
        )
    if asked.person:
        own = [row for row in rows if asked.person in row.people]
        rows = own or rows
    columns = (
        Column("number", words("number"), "name"), Column("set", words("set")), Column("effect", words("effect")),
        Column("summary", words("summary")), Column("minutes", words("minutes"), "number"),
        Column("eighths", words("eighths"), "number"), Column("roles", words("roles")),
    )  # fmt: skip
    return without_empty(Section("scenes", words("scenes"), "table", tuple(rows), columns))


def _players(index: Index, scene: Scene) -> tuple[str, ...]:
    """Those engaged for a role of the scene."""
    roles = set(scene.elements)
    return tuple(
        dict.fromkeys(
            engagement.person
            for engagement in index.engagements.values()
            if (position := index.positions.get(engagement.position)) and roles.intersection(position.roles)
        )
    )


def sets_section(index: Index, asked: Asked, events: Sequence[Event]) -> Section | None:
    """Where each set is: int. or ext., place, address, unit call, parking, dressing, meals."""
    words = asked.words
    rows: dict[tuple[str, str], Row] = {}
    for event, scene in scenes_of(index, events):
        venue = index.venue_of(event)
        name = scene.set or scene.label
        if (name, event.about) in rows or venue is None:
            continue
        cells = (
            name, effect_of(scene), words.listed([index.where(event), venue.address or venue.city or ""]),
            words.hour(event.start), venue.parking or "", venue.dressing_rooms or "", venue.catering or "",
        )  # fmt: skip
        rows[name, event.about] = Row(f"set/{event.id}/{len(rows) + 1}", cells)
    columns = (
        Column("set", words("set"), "name"), Column("effect", words("effect")), Column("address", words("where")),
        Column("unit_at", words("unit_at"), "time"), Column("parking", words("parking")),
        Column("dressing_rooms", words("hmc_rooms")), Column("catering", words("catering")),
    )  # fmt: skip
    return without_empty(Section("sets", words("sets"), "table", tuple(rows.values()), columns))
