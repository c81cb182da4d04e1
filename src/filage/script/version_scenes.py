"""One scene carried to its next version: what the text changed is taken, what a person corrected is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filage.facts.script import Element, Scene
from filage.facts.writing import values_of
from filage.kernel.changes import Change, add, set_
from filage.kernel.text import fold
from filage.script.facts import element_values, role_values, scene_values
from filage.script.ids import Unique, slug
from filage.script.page import pages
from filage.script.version_shape import HandKept

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.script.shape import Script, ScriptScene, Tagged

# Fields of a scene that come from its text, and those whose new value wins over a correction when the text is longer
# or shorter.
_TEXTUAL = ("number", "label", "int_ext", "set", "time", "words", "seconds", "note")
_LENGTH = ("eighths", "estimated")
_OF_THE_TEXT_ALONE = frozenset({"words"})


class Roles:
    """The elements the characters and marks of a script stand for; those met for the first time are added."""

    def __init__(self, dossier: Dossier, script: Script, used: Iterable[str]) -> None:
        self._characters = {one.name: one for one in script.characters}
        self._format = script.format
        self._named: dict[tuple[str, str], str] = {}
        self._ids = Unique()
        for about in used:
            self._ids.take(about.partition("/")[2])
        for element in dossier.all(Element):
            self._ids.take(element.id)
            for name in [*(element.source or "").split(","), element.label]:
                if name.strip():
                    self._named.setdefault((element.category, fold(name.strip())), element.about)
        self.added: dict[str, Change] = {}

    def known(self, scene: ScriptScene) -> list[str]:
        """Return the elements of a scene of the former text that the dossier has."""
        keys = [*(("cast", fold(name)) for name in scene.characters), *map(_key, scene.elements)]
        return [self._named[key] for key in dict.fromkeys(keys) if key in self._named]

    def needed(self, scene: ScriptScene) -> list[str]:
        """Return the elements of a scene of the new text, those met for the first time included."""
        cast = [self.role(name) for name in scene.characters]
        return list(dict.fromkeys([*cast, *(self.marked(one) for one in scene.elements)]))

    def role(self, name: str) -> str:
        """Return the role of a character."""
        key = ("cast", fold(name))
        if key not in self._named:
            self._add(key, name, role_values(self._characters[name], self._format))
        return self._named[key]

    def find(self, name: str) -> str | None:
        """Return the role of a character, or None when the dossier has none."""
        return self._named.get(("cast", fold(name)))

    def marked(self, tagged: Tagged) -> str:
        """Return the element the author of the text marked."""
        key = _key(tagged)
        if key not in self._named:
            self._add(key, tagged.label, element_values(tagged.category, tagged.label))
        return self._named[key]

    def _add(self, key: tuple[str, str], name: str, values: Mapping[str, Any]) -> None:
        about = f"element/{self._ids.take(slug(name, key[0]))}"
        self._named[key] = about
        self.added[about] = add(about, **values)


def _key(tagged: Tagged) -> tuple[str, str]:
    return tagged.category, fold(tagged.label)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a scene becomes: the change that does it (None when nothing moves), and what to tell of it."""

    change: Change | None
    fields: tuple[str, ...]
    by_hand: tuple[HandKept, ...]
    remarks: tuple[str, ...]


def carried(
    fact: Scene, before: ScriptScene | None, after: ScriptScene, *, formats: tuple[str, str], roles: Roles
) -> Carried:
    """Carry a scene over: `before` is None when its former text is not at hand; `formats` are those of both texts.

    A field nobody touched takes what the new text says. One corrected by hand is kept, except the length when the
    text's own length changed.
    """
    now = {field: str(value).lower() if field == "estimated" else str(value) for field, value in _flat(fact)}
    theirs = scene_values(after, formats[1])
    base = scene_values(before, formats[0]) if before else None
    values, clear, by_hand = _merged(now, base, theirs)
    remarks = _length(now, base, theirs, values, clear, fact)
    values["source"] = after.id
    elements = _elements(fact, before, after, roles)
    if elements != list(fact.elements):
        values["elements"] = elements
    if values["source"] == (fact.source or fact.id):
        del values["source"]
    if not values and not clear:
        return Carried(None, (), tuple(by_hand), ())
    told = [field for field in (*values, *clear) if field not in ("source", "estimated")]
    change = set_(fact.about, tuple(clear), **values)
    return Carried(change, tuple(_title(field) for field in told), tuple(by_hand), tuple(remarks))


def _flat(fact: Scene) -> Iterable[tuple[str, Any]]:
    return ((field, value) for field, value in values_of(fact).items() if not isinstance(value, list))


def _merged(
    now: Mapping[str, str], base: Mapping[str, str] | None, theirs: Mapping[str, str]
) -> tuple[dict[str, Any], list[str], list[HandKept]]:
    """Compare three versions of each field: the former text, the dossier, the new text."""
    values: dict[str, Any] = {}
    clear: list[str] = []
    by_hand: list[HandKept] = []
    for field in _TEXTUAL:
        ours, new = now.get(field), theirs.get(field)
        old = base.get(field) if base is not None else _supposed(field, ours, new, filmed="eighths" in theirs)
        if new in (old, ours):
            continue
        if ours != old and field not in _OF_THE_TEXT_ALONE:
            if field != "note":
                by_hand.append(HandKept(field, _title(field), ours or "", new or ""))
        elif new is None:
            clear.append(field)
        else:
            values[field] = new
    return values, clear, by_hand


def _supposed(field: str, ours: str | None, new: str | None, *, filmed: bool) -> str | None:
    """What the former text said, when it is not at hand: on a screenplay, the places and numbers of the dossier."""
    return ours if filmed and new is not None and field not in ("label", "note") else None


def _length(
    now: Mapping[str, str],
    base: Mapping[str, str] | None,
    theirs: Mapping[str, str],
    values: dict[str, Any],
    clear: list[str],
    fact: Scene,
) -> list[str]:
    """Take the new length when the text's own changed, or when nobody corrected it; say what it makes doubtful."""
    old = {field: (base or now).get(field) for field in _LENGTH}
    new = {field: theirs.get(field) for field in _LENGTH}
    if old["eighths"] == new["eighths"] and (old == new or now.get("eighths") != new["eighths"]):
        return []
    if new["eighths"] is None:
        return []
    ours = {field: now.get(field) for field in _LENGTH}
    for field in _LENGTH:
        if new[field] is None and ours[field] is not None:
            clear.append(field)
        elif new[field] != ours[field]:
            values[field] = new[field]
    if fact.minutes is None or old["eighths"] == new["eighths"] or old["eighths"] is None:
        return []
    told = f"de {pages(int(old['eighths']))} à {pages(int(new['eighths']))}"
    return [f"la scène passe {told} ; le temps de {fact.minutes} min reste à revoir"]


def _elements(fact: Scene, before: ScriptScene | None, after: ScriptScene, roles: Roles) -> list[str]:
    """What the text no longer has goes, what it now has comes, what was added by hand stays."""
    needed = roles.needed(after)
    gone = set(roles.known(before)) - set(needed) if before else set()
    old = set(roles.known(before)) if before else set()
    kept = [about for about in fact.elements if about not in gone]
    return list(dict.fromkeys([*kept, *(about for about in needed if about not in old)]))


def added(scene: ScriptScene, about: str, script: Script, roles: Roles) -> Change:
    """Return the change that adds a scene of the new text."""
    values = scene_values(scene, script.format)
    if elements := roles.needed(scene):
        values["elements"] = elements
    return add(about, **values)


def _title(field: str) -> str:
    return str(Scene.model_fields[field].title)
