"""What a new version gives to each role: more or fewer scenes and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from filage.facts.script import Element
from filage.kernel.changes import Change, set_
from filage.script.played import holders_of, played_scenes
from filage.script.shape import Script, ScriptScene
from filage.script.version_shape import RoleChange

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.script.version_scenes import Roles

Counts = tuple[Counter[str], Counter[str]]


def scenes_of_roles(
    dossier: Dossier,
    roles: Roles,
    *,
    becoming: Mapping[str, Iterable[str]],
    gone: Collection[str],
    new: Iterable[ScriptScene],
) -> Counts:
    """Count the scenes of each role, today and once the version is accepted.

    `becoming` gives the elements a scene will have, `gone` the scenes cut, `new` those added.
    """
    known = {one.about for one in dossier.all(Element) if one.category == "cast"}
    known |= {about for about, change in roles.added.items() if change.values["category"] == "cast"}
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for played in played_scenes(dossier):
        scene = played.scene
        before.update(known.intersection(scene.elements))
        if scene.about not in gone:
            after.update(known.intersection(becoming.get(scene.about, scene.elements)))
    for added in new:
        after.update(known.intersection(roles.needed(added)))
    return before, after


def roles_changed(
    dossier: Dossier, roles: Roles, texts: tuple[Script | None, Script], scenes: Counts
) -> tuple[tuple[RoleChange, ...], list[Change]]:
    """Return the roles that have more or less to do, and the changes that write their words anew."""
    before, after = scenes
    held_by = holders_of(dossier)
    former = _words(texts[0], roles) if texts[0] else None
    words = _words(texts[1], roles)
    told: list[RoleChange] = []
    changes: list[Change] = []
    for about in dict.fromkeys([*before, *after, *words]):
        fact = dossier.find(about, Element)
        old = ((fact.words or 0) if fact else 0) if former is None else former[about]
        if fact and texts[1].format != "running_order" and (change := _recounted(fact, old, words[about])):
            changes.append(change)
        if (before[about], old) == (after[about], words[about]):
            continue
        held = held_by.get(about, ())
        told.append(
            RoleChange(
                about=about,
                label=fact.label if fact else str(roles.added[about].values["label"]),
                holders=tuple(holder.name for holder in held),
                engagements=tuple(holder.engagement for holder in held),
                scenes_before=before[about],
                scenes_after=after[about],
                words_before=old,
                words_after=words[about],
            )
        )
    return tuple(told), changes


def _recounted(fact: Element, old: int, new: int) -> Change | None:
    """Write the words of a role again, unless they were not those of the former text."""
    if (fact.words or 0) != old or new == old:
        return None
    values: dict[str, Any] = {"words": str(new)} | ({"silent": "false"} if fact.silent and new else {})
    return set_(fact.about, (), **values)


def _words(script: Script, roles: Roles) -> Counter[str]:
    found: Counter[str] = Counter()
    for character in script.characters:
        if (about := roles.find(character.name)) is not None:
            found[about] += character.words
    return found
