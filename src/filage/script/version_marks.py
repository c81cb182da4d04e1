"""Marked passages carried to a new version: they follow their words, and a passage that is gone is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from filage.facts.intent import Mark
from filage.kernel.changes import Change, set_
from filage.kernel.text import fold
from filage.script.facts import mark_of
from filage.script.ids import Unique
from filage.script.texts import SceneText, find_mark, find_passage, words_of
from filage.script.version_shape import MarkChange

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.script.shape import ScriptScene
    from filage.script.version_scenes import Roles

# Fewer words than this are not enough to say that a passage went to another scene.
_ENOUGH = 3


def carry_marks(
    dossier: Dossier, texts: Mapping[str, SceneText], touched: Mapping[str, str | None]
) -> Iterator[tuple[MarkChange | None, Change | None]]:
    """Yield what becomes of each mark of a scene: told when it moves or is lost, with the change when there is one.

    `texts` are the new texts by `scene/id`; `touched` gives, for each scene of the dossier the file holds, the scene
    it is now (itself, or None when it is cut).
    """
    for mark in dossier.all(Mark):
        if mark.scene is None or mark.scene not in touched:
            continue
        home = touched[mark.scene]
        text = texts.get(home) if home else None
        place = find_mark(text.text, mark) if text else None
        if place is None:
            home, place = _elsewhere(mark, texts, mark.scene)
        if place is None or home is None:
            yield MarkChange(mark.about, mark.passage, mark.scene, None), None
            continue
        words = texts[home].text[place[0] : place[1]]
        values: dict[str, Any] = {}
        if home != mark.scene:
            values["scene"] = home
        if mark.start is not None and place[0] != mark.start:
            values["start"] = str(place[0])
        if words != mark.passage:
            values["passage"] = words
        told = MarkChange(mark.about, mark.passage, mark.scene, home) if home != mark.scene else None
        yield told, set_(mark.about, (), **values) if values else None


def new_marks(
    dossier: Dossier,
    scenes: Iterable[tuple[str, ScriptScene | None, ScriptScene]],
    roles: Roles,
    used: Iterable[str],
) -> Iterator[Change]:
    """Yield the passages the author of the new text marked and had not: by `scene/id`, before and after."""
    ids = Unique()
    known = {(mark.scene, mark.element, fold(mark.passage)) for mark in dossier.all(Mark)}
    for about in [*used, *(mark.about for mark in dossier.all(Mark))]:
        if about.startswith("mark/"):
            ids.take(about.partition("/")[2])
    for about, before, after in scenes:
        old = {(passage.element, fold(passage.text)) for passage in (before.passages if before else ())}
        for passage in after.passages:
            element = roles.marked(passage.element)
            is_old = (passage.element, fold(passage.text)) in old
            if not is_old and (about, element, fold(passage.text)) not in known:
                yield mark_of(passage, about, element, ids)


def _elsewhere(
    mark: Mark, texts: Mapping[str, SceneText], home: str
) -> tuple[str | None, tuple[int, int] | None]:
    """The only other scene with these words, when there are enough of them to be sure."""
    if len(words_of(mark.passage)) < _ENOUGH:
        return None, None
    found = [
        (about, place)
        for about, text in texts.items()
        if about != home and (place := find_passage(text.text, mark.passage)) is not None
    ]
    return found[0] if len(found) == 1 else (None, None)
