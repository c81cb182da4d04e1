"""The scenes of a dossier paired with those of a new text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from filage.facts.base import references
from filage.facts.script import Element, Scene
from filage.kernel.text import fold
from filage.script.match import Pair, longest_rise, match_scenes
from filage.script.played import played_scenes
from filage.script.shape import FILMED, Script, ScriptScene
from filage.script.version_shape import OUT

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Pairs:
    """Each scene of the dossier is in a pair or cut; each of the new text in a pair, new, or left out as before."""

    pairs: tuple[Pair, ...]
    new: tuple[ScriptScene, ...]
    cut: tuple[ScriptScene, ...]
    left_out: tuple[ScriptScene, ...]


def paired(former: Sequence[ScriptScene], after: Script, known: Collection[str]) -> Pairs:
    """Pair two texts; `known` are the scenes of the former one the dossier kept."""
    found = match_scenes(former, after.scenes)
    return _sorted([*found.same, *found.moved, *found.changed], found.new, found.cut, after, known)


def paired_without_text(dossier: Dossier, after: Script, known: Collection[str]) -> Pairs:
    """Pair the scenes of a dossier with a text when the former one is not at hand.

    The same identifier is enough in a play or a running order; in a screenplay, where it is the number, it must also
    have the same heading or the same set. Of a text that holds several drafts, nothing is added: the dossier chose.
    """
    former = tuple(supposed(dossier))
    by_id = {scene.id: scene for scene in former}
    sure = {
        scene.id: by_id[scene.id]
        for scene in after.scenes
        if scene.id in by_id and (after.format not in FILMED or _one_place(by_id[scene.id], scene))
    }
    sure |= _alone(former, after, sure)
    taken = {scene.id for scene in sure.values()}
    rest = match_scenes(
        [scene for scene in former if scene.id not in taken],
        [scene for scene in after.scenes if scene.id not in sure],
    )
    places = {scene.id: rank for rank, scene in enumerate(former)}
    pairs = [*rest.same, *rest.moved, *rest.changed]
    pairs += [Pair(sure[scene.id], scene, 1.0, (), moved=False) for scene in after.scenes if scene.id in sure]
    order = {scene.id: rank for rank, scene in enumerate(after.scenes)}
    pairs.sort(key=lambda pair: order[pair.after.id])
    still = longest_rise([places[pair.before.id] for pair in pairs])
    pairs = [replace(pair, moved=places[pair.before.id] not in still) for pair in pairs]
    drafts = len({scene.version for scene in after.scenes}) > 1
    found = _sorted(pairs, () if drafts else rest.new, rest.cut, after, known)
    return replace(found, left_out=rest.new) if drafts else found


def _alone(
    former: Sequence[ScriptScene], after: Script, sure: Mapping[str, ScriptScene]
) -> dict[str, ScriptScene]:
    """Scenes whose heading is the only one left of its kind on both sides, whatever their number."""
    taken = {scene.id for scene in sure.values()}
    left = _unique([scene for scene in former if scene.id not in taken])
    right = _unique([scene for scene in after.scenes if scene.id not in sure])
    return {scene.id: left[heading] for heading, scene in right.items() if heading in left}


def _unique(scenes: Sequence[ScriptScene]) -> dict[str, ScriptScene]:
    times = Counter(fold(scene.heading) for scene in scenes)
    return {fold(scene.heading): scene for scene in scenes if times[fold(scene.heading)] == 1}


def _sorted(
    pairs: list[Pair],
    new: Iterable[ScriptScene],
    cut: Iterable[ScriptScene],
    after: Script,
    known: Collection[str],
) -> Pairs:
    order = {scene.id: rank for rank, scene in enumerate(after.scenes)}
    return Pairs(
        tuple(
            sorted((pair for pair in pairs if pair.before.id in known), key=lambda pair: order[pair.after.id])
        ),
        tuple(new),
        tuple(scene for scene in cut if scene.id in known),
        tuple(pair.after for pair in pairs if pair.before.id not in known),
    )


def back(dossier: Dossier, new: Iterable[ScriptScene]) -> dict[str, Scene]:
    """Return, for each new scene that had left the text and stayed in the dossier, the fact that waits for it."""
    gone = {fold(scene.label): scene for scene in dossier.all(Scene) if left_the_text(scene)}
    return {scene.id: gone.pop(fold(scene.heading)) for scene in new if fold(scene.heading) in gone}


def left_the_text(scene: Scene) -> bool:
    """Whether a scene stays in the dossier although no text has it any more."""
    return bool(scene.source and scene.source.endswith(OUT))


def _one_place(old: ScriptScene, new: ScriptScene) -> bool:
    same_set = bool(old.set and new.set) and fold(old.set or "") == fold(new.set or "")
    return same_set or fold(old.heading) == fold(new.heading)


def supposed(dossier: Dossier) -> Iterable[ScriptScene]:
    """Yield the scenes of a dossier as a text would give them, in the order played; those typed by hand apart."""
    played = [one.scene for one in played_scenes(dossier)]
    left = (scene for scene in dossier.all(Scene) if scene.source and not left_the_text(scene))
    rest = [scene for scene in left if scene not in played]
    names = {one.about: one.source or one.label for one in dossier.all(Element) if one.category == "cast"}
    for scene in [*played, *rest]:
        yield ScriptScene(
            id=scene.source or scene.id,
            number=scene.number,
            heading=scene.label,
            int_ext=scene.int_ext,  # type: ignore[arg-type]
            set=scene.set,
            time=scene.time,
            characters=tuple(names[about] for about in scene.elements if about in names),
            eighths=scene.eighths or 0,
            estimated=scene.estimated,
            words=scene.words or 0,
            seconds=scene.seconds,
        )


def referring_scenes(dossier: Dossier) -> Mapping[str, set[str]]:
    """Who refers to each scene."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in dossier:
        for _, target in references(fact):
            if target.startswith("scene/"):
                found[target].add(fact.about)
    return found
