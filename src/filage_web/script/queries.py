"""The running order and the roles, as the page shows them."""

from collections import Counter
from dataclasses import dataclass

from filage.facts.base import label_of
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.script import Element, Need, RunningOrder, Scene
from filage.facts.team import Engagement, Position


@dataclass(frozen=True, slots=True)
class PlayedScene:
    """One place of the running order."""

    rank: int
    id: str
    title: str
    part: str
    source: str
    place: str
    words: int | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role: how much it speaks, in how many played scenes, and who holds it."""

    id: str
    label: str
    source: str
    words: int | None
    silent: bool
    scenes: int
    held_by: tuple[str, ...]


def order_of(dossier: Dossier) -> RunningOrder | None:
    """Give the running order played: the production's, else the only one."""
    chosen = dossier.find(dossier.production.running_order, RunningOrder)
    orders = dossier.all(RunningOrder)
    return chosen or (orders[0] if len(orders) == 1 else None)


def played_scenes(dossier: Dossier) -> tuple[PlayedScene, ...]:
    """List the scenes played, in order; every scene as given when no order was chosen."""
    order = order_of(dossier)
    labels = {element.about: element.label for element in dossier.all(Element) if element.category == "cast"}
    if order is None:
        return tuple(_scene(rank, scene, "", "", labels) for rank, scene in enumerate(dossier.all(Scene), 1))
    found = [(played, dossier.find(played.scene, Scene)) for played in order.scenes]
    return tuple(
        _scene(rank, scene, played.title or "", played.part or "", labels)
        for rank, (played, scene) in enumerate(found, 1)
        if scene is not None
    )


def _scene(rank: int, scene: Scene, title: str, part: str, labels: dict[str, str]) -> PlayedScene:
    called = (title or scene.label).casefold()
    said = [text for text in (scene.set, scene.time) if text and text.casefold() not in called]
    if scene.int_ext and not called.startswith(scene.int_ext.casefold()):
        said.insert(0, scene.int_ext)
    roles = tuple(labels[about] for about in scene.elements if about in labels)
    return PlayedScene(
        rank,
        scene.id,
        title or scene.label,
        part,
        scene.source or scene.number or "",
        " · ".join(said),
        scene.words,
        roles,
    )


def role_lines(dossier: Dossier) -> tuple[RoleLine, ...]:
    """List the roles, those who speak most first, with the people engaged for them."""
    order = order_of(dossier)
    played = {one.scene for one in order.scenes} if order else {scene.about for scene in dossier.all(Scene)}
    scenes = Counter(
        about
        for scene in dossier.all(Scene)
        if scene.about in played
        for about in dict.fromkeys(scene.elements)
    )
    people = {person.about: person.name() for person in dossier.all(Person)}
    holders: dict[str, dict[str, None]] = {}
    for engagement in dossier.all(Engagement):
        position = dossier.find(engagement.position, Position)
        for role in position.roles if position else ():
            holders.setdefault(role, {})[people.get(engagement.person, engagement.person)] = None
    lines = [
        RoleLine(
            e.id, e.label, e.source or "", e.words, e.silent, scenes[e.about], tuple(holders.get(e.about, ()))
        )
        for e in dossier.all(Element)
        if e.category == "cast"
    ]
    return tuple(sorted(lines, key=lambda line: (-(line.words or 0), line.label)))


def other_elements(dossier: Dossier) -> list[tuple[str, list[Element]]]:
    """Group what the scenes need besides roles, by category."""
    groups: dict[str, list[Element]] = {}
    for element in dossier.all(Element):
        if element.category != "cast":
            groups.setdefault(label_of(element, "category"), []).append(element)
    return sorted(groups.items())


def needs_of(dossier: Dossier) -> list[tuple[Need, str]]:
    """List the needs with their state in French."""
    return [(need, label_of(need, "state")) for need in dossier.all(Need)]
