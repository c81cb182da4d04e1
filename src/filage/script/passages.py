"""The passages marked in a writing: where they stand, what a new version keeps of them, what the words suggest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from filage.facts.intent import Mark, Writing
from filage.kernel.changes import Change, set_
from filage.script.elements import Suggestion, suggest_elements
from filage.script.shape import ScriptScene
from filage.script.texts import find_mark


@dataclass(frozen=True, slots=True)
class Standing:
    """A mark whose words are in the text, from the first sign to after the last."""

    mark: Mark
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text, with the marks that cover it; `opens` are those that begin there."""

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()


def standing(text: str, marks: Iterable[Mark]) -> tuple[list[Standing], list[Mark]]:
    """Tell the marks found in a text, in its order, from those whose words are gone."""
    found, lost = [], []
    for mark in marks:
        place = _unmoved(text, mark) or find_mark(text, mark)
        if place is None:
            lost.append(mark)
        else:
            found.append(Standing(mark, *place))
    return sorted(found, key=lambda one: (one.start, -one.end)), lost


def _unmoved(text: str, mark: Mark) -> tuple[int, int] | None:
    """A passage that is still exactly where it was: most of them, found without a search."""
    start = mark.start
    return (
        (start, start + len(mark.passage))
        if start is not None and text.startswith(mark.passage, start)
        else None
    )


def stretches(text: str, found: Iterable[Standing]) -> Iterator[Stretch]:
    """Cut a text where marks begin and end; the pieces, put together, are the text."""
    kept = list(found)
    cuts = sorted({0, len(text), *(one.start for one in kept), *(one.end for one in kept)})
    for start, end in pairwise(cuts):
        over = [one for one in kept if one.start <= start and end <= one.end]
        opens = tuple(one.mark for one in over if one.start == start)
        yield Stretch(text[start:end], tuple(one.mark for one in over), opens)


def new_version(
    writing: Writing, text: str, marks: Iterable[Mark]
) -> tuple[list[Change], list[Mark], list[Mark]]:
    """Return the changes that give a writing a new text, the marks that follow it, and those whose words are gone.

    A mark lost is kept as it is: what it became still says its words.
    """
    found, lost = standing(text, marks)
    moved = [set_(one.mark.about, start=one.start) for one in found if one.mark.start != one.start]
    return [set_(writing.about, text=text), *moved], [one.mark for one in found], lost


def suggested(text: str) -> tuple[Suggestion, ...]:
    """Return what the words of a writing suggest, proposed and never applied; French or English only."""
    scene = ScriptScene(
        id="", number=None, heading="", int_ext=None, set=None, time=None, characters=(), eighths=0,
        estimated=False, words=0, shown=text,
    )  # fmt: skip
    return suggest_elements(scene)
