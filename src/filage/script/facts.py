"""From a text to a new production: the changes that create its roles, scenes and running order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from filage.kernel.changes import Change, add
from filage.script.ages import CHILD_UNDER, ages_named
from filage.script.elements import risks_named
from filage.script.ids import Unique, slug
from filage.script.shape import FILMED, Character, Passage, Script, ScriptScene, Tagged

_LONGEST_TITLE = 200
_LONGEST_MARK = 58


def facts_of(script: Script, *, file: str | None = None, running_order: str = "texte") -> list[Change]:
    """Return the changes that give a new production its roles, its scenes and its running order.

    `file` is kept as the origin of the running order, `running_order` is its id. Lengths in eighths are kept
    for screenplays only: they mean nothing on a stage.
    """
    roles = {character.name: f"element/{character.id}" for character in script.characters}
    marked = _marked(script)
    text = "\n".join(scene.shown for scene in script.scenes)
    ages = ages_named(text, (character.name for character in script.characters))
    return [
        *(_role(character, script, ages.get(character.name)) for character in script.characters),
        *(_element(element, about) for element, about in marked.items() if about not in roles.values()),
        *(_scene(scene, roles, marked, script) for scene in script.scenes),
        *_passages(script, marked),
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
    return add(about, **element_values(element.category, element.label))


def element_values(category: str, label: str, source: str | None = None) -> dict[str, Any]:
    """Return the values of an element met in a text: its name, its category, the precautions its name calls for."""
    values: dict[str, Any] = {"label": cut(label), "category": category, "source": cut(source or label)}
    risks = risks_named(label)
    return values | ({"risks": list(risks)} if risks else {})


def role_values(character: Character, script_format: str, age: int | None = None) -> dict[str, Any]:
    """Return the values of a role as its text gives it; one who is only listed is silent, one under 16 is a child."""
    values: dict[str, Any] = {"label": cut(character.name), "category": "cast", "source": cut(character.name)}
    if character.listed_only:
        values["silent"] = "true"
    elif script_format != "running_order":
        values["words"] = str(character.words)
    if age is not None and age < CHILD_UNDER:
        values |= {"risks": ["child"], "note": f"{age} ans, d’après le texte."}
    return values


def _role(character: Character, script: Script, age: int | None) -> Change:
    return add(f"element/{character.id}", **role_values(character, script.format, age))


def scene_values(scene: ScriptScene, script_format: str) -> dict[str, Any]:
    """Return the values of a scene as its text gives it, its elements apart; what the text does not say is absent."""
    filmed = script_format in FILMED
    values: dict[str, Any] = {
        "number": scene.number,
        "label": cut(scene.heading),
        "source": scene.id,
        "int_ext": scene.int_ext,
        "set": scene.set and cut(scene.set),
        "time": scene.time,
        "eighths": str(scene.eighths) if filmed else None,
        "estimated": "true" if filmed and scene.estimated else None,
        "words": str(scene.words) if script_format != "running_order" else None,
        "seconds": None if scene.seconds is None else str(scene.seconds),
        "note": scene.opening and scene.opening[:2_000],
    }
    return {field: value for field, value in values.items() if value is not None}


def _scene(scene: ScriptScene, roles: dict[str, str], marked: dict[Tagged, str], script: Script) -> Change:
    elements = [*(roles[name] for name in scene.characters), *(marked[one] for one in scene.elements)]
    values = scene_values(scene, script.format)
    if elements:
        values["elements"] = list(dict.fromkeys(elements))
    return add(f"scene/{scene.id}", **values)


def _passages(script: Script, marked: dict[Tagged, str]) -> Iterator[Change]:
    """The words its author marked, tied to what they stand for."""
    ids = Unique()
    for scene in script.scenes:
        for passage in scene.passages:
            yield mark_of(passage, f"scene/{scene.id}", marked[passage.element], ids)


def mark_of(passage: Passage, scene: str, element: str, ids: Unique) -> Change:
    """Return the change that adds a marked passage, under an id that `ids` has not given yet."""
    wanted = f"{scene.partition('/')[2]}-{element.partition('/')[2]}"[:_LONGEST_MARK].strip("-")
    values: dict[str, Any] = {"scene": scene, "passage": passage.text, "element": element}
    if passage.start is not None:
        values["start"] = str(passage.start)
    return add(f"mark/{ids.take(wanted)}", **values)


def _order(script: Script, file: str | None) -> dict[str, Any]:
    labels = {version.id: version.label for version in script.versions}
    held = dict.fromkeys(scene.version for scene in script.scenes if scene.version)
    played = [_played(scene, labels) for scene in script.scenes]
    values: dict[str, Any] = {
        "label": cut(script.title),
        "script": file,
        "versions": list(held),
        "scenes": played,
    }
    return {field: value for field, value in values.items() if value not in (None, [])}


def _played(scene: ScriptScene, labels: dict[str, str]) -> dict[str, str]:
    part = part_of(scene, labels)
    return {"scene": f"scene/{scene.id}"} | ({"part": part} if part else {})


def part_of(scene: ScriptScene, versions: Mapping[str, str]) -> str | None:
    """Return the part a scene is played in: its act, its part, else the version of the text it is from."""
    part = scene.act or scene.part or (versions.get(scene.version) if scene.version else None)
    return cut(part) if part else None


def cut(text: str) -> str:
    """Shorten a title that is longer than a fact keeps."""
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1] + "…"
