"""What is played and by whom: the scenes in their order, the roles by number, who holds each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.facts.people import Person
from filage.facts.script import Element, RunningOrder, Scene
from filage.facts.team import Engagement, Position

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier

PLAYERS = frozenset({"cast", "extras"})
"""Categories of elements that are played by somebody."""


@dataclass(frozen=True, slots=True)
class PlayedScene:
    """One scene as it is played: its rank from 1, the title and the part the running order gives it."""

    rank: int
    scene: Scene
    title: str
    part: str | None
    spare: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody engaged for a role."""

    person: str
    name: str
    engagement: str


def running_order_of(dossier: Dossier) -> RunningOrder | None:
    """Return the order the production plays, else the first one."""
    orders = dossier.all(RunningOrder)
    chosen = dossier.find(dossier.production.running_order, RunningOrder)
    return chosen or (orders[0] if orders else None)


def played_scenes(dossier: Dossier) -> tuple[PlayedScene, ...]:
    """Return the scenes in the order played, each once, without those cut; all of them when no order is set."""
    order = running_order_of(dossier)
    if order is None or not order.scenes:
        return tuple(
            PlayedScene(rank, scene, scene.label, None, spare=False)
            for rank, scene in enumerate(dossier.all(Scene), start=1)
        )
    found: dict[str, PlayedScene] = {}
    for played in order.scenes:
        scene = dossier.find(played.scene, Scene)
        if scene is not None and played.state != "cut" and scene.about not in found:
            title = played.title or scene.label
            found[scene.about] = PlayedScene(
                len(found) + 1, scene, title, played.part, spare=played.state == "spare"
            )
    return tuple(found.values())


def role_numbers(dossier: Dossier) -> Mapping[str, int]:
    """Number the roles from 1 as they appear in the order played; those who never appear come last."""
    scenes = [played.scene for played in played_scenes(dossier)]
    appearing = [about for scene in scenes for about in scene.elements]
    roles = {element.about: element for element in dossier.all(Element) if element.category == "cast"}
    order = dict.fromkeys([*(about for about in appearing if about in roles), *roles])
    return {about: rank for rank, about in enumerate(order, start=1)}


def holders_of(dossier: Dossier) -> Mapping[str, tuple[Holder, ...]]:
    """Return who is engaged for each role, by `element/id`; each person once per role."""
    positions = {position.about: position for position in dossier.all(Position)}
    people = {person.about: person.name() for person in dossier.all(Person)}
    found: dict[str, dict[str, Holder]] = defaultdict(dict)
    for engagement in dossier.all(Engagement):
        position = positions.get(engagement.position)
        for role in position.roles if position else ():
            name = people.get(engagement.person, engagement.person)
            found[role].setdefault(engagement.person, Holder(engagement.person, name, engagement.about))
    return {role: tuple(held.values()) for role, held in found.items()}
