"""The scenes played and the roles, as the page shows them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from filage.facts.dossier import Dossier
from filage.facts.script import Element, Scene
from filage.kernel.finding import Finding
from filage.script.breakdown import length_of
from filage.script.played import holders_of, played_scenes, running_order_of
from filage.script.probable_children import is_child
from filage_web.script.texts import Attached


@dataclass(frozen=True, slots=True)
class SceneLine:
    """One scene played."""

    number: str
    """Its number, else its rank."""
    id: str
    title: str
    part: str
    source: str
    place: str
    length: str
    words: int | None
    roles: tuple[str, ...]
    others: int
    """How many elements it needs besides its roles."""
    spare: bool


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
    child: bool = False
    """Whether it is probably a child’s role."""
    unborn: tuple[str, ...] = ()
    """The ids of who holds this child’s role and whose birth date nobody gave."""


def scene_lines(dossier: Dossier) -> tuple[SceneLine, ...]:
    """List the scenes played, in order; every scene as given when no order was chosen."""
    roles = {element.about: element.label for element in dossier.all(Element) if element.category == "cast"}
    return tuple(
        SceneLine(
            played.scene.number or str(played.rank),
            played.scene.id,
            played.title,
            played.part or "",
            _source_of(played.scene),
            place_of(played.scene, played.title),
            length_of(played.scene),
            played.scene.words,
            tuple(roles[about] for about in dict.fromkeys(played.scene.elements) if about in roles),
            sum(about not in roles for about in dict.fromkeys(played.scene.elements)),
            played.spare,
        )
        for played in played_scenes(dossier)
    )


def _source_of(scene: Scene) -> str:
    """Where a scene is found in the text, when its number does not say it."""
    return scene.source if scene.source and scene.source != (scene.number or "").lower() else ""


def place_of(scene: Scene, title: str) -> str:
    """Say where and when a scene is, without what its title already says."""
    called = title.casefold()
    said = [text for text in (scene.set, scene.time) if text and text.casefold() not in called]
    if scene.int_ext and not called.startswith(scene.int_ext.casefold()):
        said.insert(0, scene.int_ext)
    return " · ".join(said)


def left_out(dossier: Dossier) -> tuple[Scene, ...]:
    """List the scenes the order does not play."""
    played = {one.scene.about for one in played_scenes(dossier)}
    return tuple(scene for scene in dossier.all(Scene) if scene.about not in played)


def role_lines(dossier: Dossier, findings: Iterable[Finding] = ()) -> tuple[RoleLine, ...]:
    """List the roles, those who speak most first, with the people engaged for them; findings say whose age lacks."""
    unborn = {one.about for one in findings if one.code == "worktime.probable_child"}
    scenes = Counter(about for one in played_scenes(dossier) for about in dict.fromkeys(one.scene.elements))
    holders = holders_of(dossier)
    lines = [
        RoleLine(
            e.id,
            e.label,
            e.source or "",
            e.words,
            e.silent,
            scenes[e.about],
            tuple(holder.name for holder in holders.get(e.about, ())),
            is_child(e),
            tuple(
                holder.person.partition("/")[2]
                for holder in holders.get(e.about, ())
                if is_child(e) and holder.person in unborn
            ),
        )
        for e in dossier.all(Element)
        if e.category == "cast"
    ]
    return tuple(sorted(lines, key=lambda line: (-(line.words or 0), line.label)))


@dataclass(frozen=True, slots=True)
class TextState:
    """What is known of the attached text: its name, whether it is there and can be read, what of it is not played."""

    name: str
    file: int | None
    problem: str
    order: str


def text_state(dossier: Dossier, attached: Attached) -> TextState:
    """Say where the production's text stands."""
    order = running_order_of(dossier)
    return TextState(
        attached.named,
        attached.file.pk if attached.file else None,
        attached.problem,
        order.label if order else "",
    )
