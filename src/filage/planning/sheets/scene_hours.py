"""A scene in the schedule of a day: the line that names it, what it looks like, who plays it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filage.kernel.text import fold

if TYPE_CHECKING:
    from filage.facts.calendar import Event, Moment
    from filage.facts.script import Scene
    from filage.planning.sheets.index import Index

_SCENE = re.compile(r"(?:sequence|seq\.?|scene|sc\.?) ([^ ,;:]+)")
"""How a line of a schedule names a scene, once folded."""


def names_scene(moment: Moment, scene: Scene) -> bool:
    """Whether a line of the day’s schedule names a scene: « Séquence 8 », « Seq. 8, le col », “Scene 8”."""
    named = _SCENE.match(fold(moment.label))
    return named is not None and named[1] in {fold(scene.number or ""), fold(scene.id)} - {""}


def scene_of(index: Index, event: Event, moment: Moment) -> Scene | None:
    """The scene of an event that a line of its schedule names."""
    scenes = (index.scenes[about] for about in event.scenes if about in index.scenes)
    return next((scene for scene in scenes if names_scene(moment, scene)), None)


def effect_of(scene: Scene) -> str:
    """« EXT · nuit »."""
    return " · ".join(part for part in (scene.int_ext or "", scene.time or "") if part)


def players(index: Index, scene: Scene) -> tuple[str, ...]:
    """Those engaged for a role of the scene."""
    roles = set(scene.elements)
    return tuple(
        dict.fromkeys(
            engagement.person
            for engagement in index.engagements.values()
            if (position := index.positions.get(engagement.position)) and roles.intersection(position.roles)
        )
    )
