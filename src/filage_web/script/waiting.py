"""What the words of every scene suggest and nobody has sorted yet; one suggestion kept, or put aside, everywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from filage.facts.changing import apply_change
from filage.facts.dossier import Dossier
from filage.facts.script import Scene
from filage.kernel.changes import Change
from filage.script.played import played_scenes
from filage_web.script.scenes import Proposed, proposed_for, silent_in
from filage_web.script.tagging import Tag, dismiss_changes, tag_changes
from filage_web.script.texts import Attached

Waiting = Mapping[str, tuple[Proposed, ...]]
"""The suggestions of each scene played, by `scene/id`; scenes without any are absent."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """One suggestion that several scenes make."""

    proposed: Proposed
    scenes: tuple[Scene, ...]

    @property
    def key(self) -> str:
        """What names it in a form."""
        return key_of(self.proposed)


def key_of(proposed: Proposed) -> str:
    """Name a suggestion in a form: its category and its name."""
    return f"{proposed.category}.{proposed.label}"


def waiting_in(dossier: Dossier, attached: Attached) -> Waiting:
    """Read every scene played."""
    read = {one.scene.about: proposed_for(dossier, attached, one.scene) for one in played_scenes(dossier)}
    return {about: found for about, found in read.items() if found}


def silent_roles(dossier: Dossier, attached: Attached) -> int:
    """Count the roles named in the action of a scene that does not list them yet."""
    return sum(len(silent_in(dossier, attached, one.scene)) for one in played_scenes(dossier))


def repeated(dossier: Dossier, waiting: Waiting) -> tuple[Repeated, ...]:
    """List what several scenes suggest, the most frequent first."""
    scenes: dict[str, list[Scene]] = {}
    first: dict[str, Proposed] = {}
    for about, found in waiting.items():
        scene = dossier.find(about, Scene)
        if scene is None:
            continue
        for one in found:
            first.setdefault(key_of(one), one)
            if scene not in scenes.setdefault(key_of(one), []):
                scenes[key_of(one)].append(scene)
    listed = [Repeated(first[key], tuple(held)) for key, held in scenes.items() if len(held) > 1]
    return tuple(sorted(listed, key=lambda one: (-len(one.scenes), one.proposed.label.casefold())))


def accept(dossier: Dossier, scene: Scene, chosen: Iterable[Proposed]) -> tuple[Change, ...]:
    """Make elements of suggestions of one scene."""
    tags = [Tag(one.category, one.known or one.label, one.passage, one.start, one.risk) for one in chosen]
    return tag_changes(dossier, scene, tags)


def everywhere(dossier: Dossier, waiting: Waiting, key: str, *, dismiss: bool = False) -> tuple[Change, ...]:
    """Keep one suggestion in every scene that makes it, or put it aside everywhere."""
    changes: list[Change] = []
    for about, found in waiting.items():
        chosen = [one for one in found if key_of(one) == key]
        scene = dossier.find(about, Scene)
        if scene is None or not chosen:
            continue
        made = (dismiss_changes if dismiss else accept)(dossier, scene, chosen)
        dossier = reduce(apply_change, made, dossier)
        changes += made
    return tuple(changes)
