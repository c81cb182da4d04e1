"""From a text to a new production: the changes that create its roles, scenes and running order."""

from __future__ import annotations

from typing import Any

from filage.kernel.changes import Change, add
from filage.script.ids import Unique, slug
from filage.script.shape import FILMED, Character, Script, ScriptScene, Tagged

_LONGEST_TITLE = 200


def facts_of(script: Script, *, file: str | None = None, running_order: str = "texte") -> list[Change]:
    """Return the changes that give a new production its roles, its scenes and its running order.

    `file` is kept as the origin of the running order, `running_order` is its id. Lengths in eighths are kept
    for screenplays only: they mean nothing on a stage.
    """
    roles = {character.name: f"element/{character.id}" for character in script.characters}
    marked = _marked(script)
    return [
        *(_role(character, script) for character in script.characters),
        *(_element(element, about) for element, about in marked.items() if about not in roles.values()),
        *(_scene(scene, roles, marked, script) for scene in script.scenes),
        add(f"running_order/{running_order}", **_order(script, file)),
    ]


def _marked(script: Script) -> dict[Tagged, str]:
    """The elements marked in the text; a role marked and named alike is one element."""
    ids, roles = Unique(), {}
    for character in script.characters:
        ids.take(character.id)
        roles[slug(character.name, "")] = f"element/{character.id}"
    found: dict[Tagged, str] = {}
    for element in dict.fromkeys(element for scene in script.scenes for element in scene.elements):
        role = roles.get(slug(element.label, "")) if element.category == "cast" else None
        found[element] = role or f"element/{ids.take(slug(element.label, element.category))}"
    return found


def _element(element: Tagged, about: str) -> Change:
    return add(about, label=_cut(element.label), category=element.category, source=_cut(element.label))


def _role(character: Character, script: Script) -> Change:
    values: dict[str, Any] = {
        "label": _cut(character.name),
        "category": "cast",
        "source": _cut(character.name),
    }
    if character.listed_only:
        values["silent"] = "true"
    elif script.format != "running_order":
        values["words"] = str(character.words)
    return add(f"element/{character.id}", **values)


def _scene(scene: ScriptScene, roles: dict[str, str], marked: dict[Tagged, str], script: Script) -> Change:
    elements = [*(roles[name] for name in scene.characters), *(marked[one] for one in scene.elements)]
    values: dict[str, Any] = {
        "number": scene.number,
        "label": _cut(scene.heading),
        "source": scene.id,
        "int_ext": scene.int_ext,
        "set": scene.set and _cut(scene.set),
        "time": scene.time,
        "eighths": str(scene.eighths) if script.format in FILMED else None,
        "words": str(scene.words) if script.format != "running_order" else None,
        "seconds": None if scene.seconds is None else str(scene.seconds),
        "elements": list(dict.fromkeys(elements)),
        "note": scene.opening and scene.opening[:2_000],
    }
    return add(
        f"scene/{scene.id}", **{field: value for field, value in values.items() if value not in (None, [])}
    )


def _order(script: Script, file: str | None) -> dict[str, Any]:
    labels = {version.id: version.label for version in script.versions}
    held = dict.fromkeys(scene.version for scene in script.scenes if scene.version)
    played = [_played(scene, labels) for scene in script.scenes]
    values: dict[str, Any] = {
        "label": _cut(script.title),
        "script": file,
        "versions": list(held),
        "scenes": played,
    }
    return {field: value for field, value in values.items() if value not in (None, [])}


def _played(scene: ScriptScene, labels: dict[str, str]) -> dict[str, str]:
    part = scene.act or scene.part or (labels[scene.version] if scene.version else None)
    return {"scene": f"scene/{scene.id}"} | ({"part": _cut(part)} if part else {})


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1] + "…"
