"""The words of each scene, paragraph by paragraph, and where a marked passage stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from filage.kernel.text import fold
from filage.script.draft import DraftScene, Printed, PrintedKind
from filage.script.ids import Unique
from filage.script.read import draft_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filage.facts.intent import Mark
    from filage.facts.script import Scene

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph of a scene: what it is, its words, the rank of its first sign in the scene's text."""

    kind: PrintedKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The rank after its last sign."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class SceneText:
    """A scene as it is read: its paragraphs, and all of them as one plain text, a paragraph a line."""

    blocks: tuple[TextBlock, ...]
    text: str


class Word(NamedTuple):
    """One word without case or accents, and where it stands."""

    word: str
    start: int
    end: int


def scene_texts(data: bytes, name: str) -> Mapping[str, SceneText]:
    """Return the text of every scene of a file, by the id `read_script` gives it (`Scene.source`).

    Every version of a text that holds several is there. Raises BadInput when the file cannot be read.
    """
    ids = Unique()
    return {ids.take(scene.wanted_id): _text(scene) for scene in draft_of(data, name).scenes}


def text_of(texts: Mapping[str, SceneText], scene: Scene) -> SceneText | None:
    """Return the text of a scene of the dossier, or None when its file no longer holds it."""
    return texts.get(scene.source or scene.id)


def _text(scene: DraftScene) -> SceneText:
    return laid_out(scene.page or [Printed("heading", scene.heading)])


def laid_out(paragraphs: Iterable[Printed]) -> SceneText:
    """Put paragraphs one under the other."""
    blocks: list[TextBlock] = []
    at = 0
    for one in paragraphs:
        blocks.append(TextBlock(one.kind, one.text, at))
        at += len(one.text) + 1
    return SceneText(tuple(blocks), "\n".join(block.text for block in blocks))


def find_mark(text: str, mark: Mark) -> tuple[int, int] | None:
    """Return where the words of a mark stand now, from first sign to after the last; None when they are gone.

    Case, accents, punctuation and line ends may have changed, words may not; of several places, the nearest to
    where the passage was.
    """
    return find_passage(text, mark.passage, near=mark.start or 0)


def find_passage(text: str, passage: str, *, near: int = 0) -> tuple[int, int] | None:
    """Return where a passage stands in a text, the nearest to a place when it stands there several times."""
    places = (found.start() for found in re.finditer(f"(?={re.escape(passage)})", text))
    exact = [(at, at + len(passage)) for at in places]
    return _nearest(exact, near) or _nearest(_alike(words_of(text), words_of(passage)), near)


def _nearest(places: list[tuple[int, int]], near: int) -> tuple[int, int] | None:
    return min(places, key=lambda place: abs(place[0] - near), default=None)


def _alike(text: tuple[Word, ...], passage: tuple[Word, ...]) -> list[tuple[int, int]]:
    wanted = [one.word for one in passage]
    if not wanted:
        return []
    starts = (at for at, one in enumerate(text) if one.word == wanted[0])
    return [
        (text[at].start, text[at + len(wanted) - 1].end)
        for at in starts
        if [one.word for one in text[at : at + len(wanted)]] == wanted
    ]


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, without case or accents, each with its place."""
    return tuple(Word(fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text))
