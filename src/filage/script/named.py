"""Roles named in the action of a scene: « Zoé grimpe » puts Zoé in the scene even when she says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from filage.script.texts import SceneText, words_of

if TYPE_CHECKING:
    from filage.facts.script import Element

_SEEN: Final = frozenset({"action", "stage"})
"""Paragraphs that show who is there; who is spoken of in a speech or a heading may be elsewhere."""
_ARTICLE: Final = re.compile(r"^(?:l['’]\s*|(?:le|la|les|un|une|des|du|the|an?)\s+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A role named in the action: where its name first stands in the text of the scene."""

    role: Element
    start: int
    end: int


def roles_named(text: SceneText, roles: Iterable[Element]) -> tuple[Named, ...]:
    """Return the roles whose whole name stands in the action of a scene, in its order; case and accents aside."""
    action = [
        [(one.word, one.start + block.start, one.end + block.start) for one in words_of(block.text)]
        for block in text.blocks
        if block.kind in _SEEN
    ]
    found = []
    for role in roles:
        places = [place for name in _names(role) for words in action if (place := _place(words, name))]
        if places:
            found.append(Named(role, *min(places)))
    return tuple(sorted(found, key=lambda one: (one.start, one.role.id)))


def _names(role: Element) -> list[tuple[str, ...]]:
    """The words of each of its names, without an article; a single letter is no name."""
    written = {_ARTICLE.sub("", name.strip()) for name in (role.label, *(role.source or "").split(","))}
    names = [tuple(one.word for one in words_of(name)) for name in sorted(written)]
    return [name for name in names if len("".join(name)) > 1]


def _place(words: list[tuple[str, int, int]], name: tuple[str, ...]) -> tuple[int, int] | None:
    for at, (word, start, _end) in enumerate(words):
        if word == name[0] and tuple(one[0] for one in words[at : at + len(name)]) == name:
            return start, words[at + len(name) - 1][2]
    return None
