"""Changes told together: in one sentence, in a few words, or beside the rows they moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from filage.planning.sheets.words import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from filage.planning.sheets.difference import Difference
    from filage.planning.sheets.words import Words

SHORT = 2
"""Changes named in a few words; the others are counted."""


def told(found: Sequence[Difference], language: str = "fr") -> str:
    """All the changes in one sentence: « le raccord passe de 15:00 à 16:00, votre arrivée de 14:45 à 15:45 »."""
    words = words_in(language)
    moves = _grouped([one for one in found if one.change == "moved"], words)
    first = [
        one.text
        if rank == 0
        else words("from_to_again", what=one.subject, before=one.before, after=one.after)
        for rank, one in enumerate(moves)
    ]
    rest = [one.text for one in found if one.change != "moved"]
    sentence = " ; ".join([", ".join(first), *rest] if first else rest)
    return f"{sentence}." if sentence else ""


def shortly(found: Sequence[Difference], language: str = "fr") -> str:
    """The changes in a few words, for the head of a sheet: « raccord sur le plateau 16:00 et 2 autres »."""
    words = words_in(language)
    moves = _grouped([one for one in found if one.change == "moved"], words)
    every = [*moves, *(one for one in found if one.change != "moved")]
    shown = [_briefly(one) for one in every[:SHORT]]
    if len(every) > SHORT:
        return _and_others(words, shown[0], len(every) - 1)
    return ", ".join(shown)


def _grouped(moves: Sequence[Difference], words: Words) -> list[Difference]:
    """The moves, those of several people alike told once: « l’arrivée de Karim Benali et 5 autres »."""
    groups: dict[tuple[str, ...], list[Difference]] = {}
    for one in moves:
        alike = (one.section, one.before, one.after) if one.about.startswith("person/") else (one.about,)
        groups.setdefault(alike, []).append(one)
    found = []
    for group in groups.values():
        first = group[0]
        if len(group) > 1:
            subject = _and_others(words, first.subject, len(group) - 1)
            text = words("moves", what=subject, before=first.before, after=first.after)
            first = replace(first, subject=subject, text=text)
        found.append(first)
    return found


def _and_others(words: Words, what: str, count: int) -> str:
    return words("and_others" if count > 1 else "and_other", what=what, count=count)


def _briefly(one: Difference) -> str:
    bare = one.subject
    for article in ("les ", "le ", "la ", "l’"):
        bare = bare.removeprefix(article)
    return f"{bare.strip('« »')} {one.after}" if one.change == "moved" else one.text


def was_at(found: Iterable[Difference], language: str = "fr") -> dict[str, str]:
    """What to write beside each moved row, by its id: « était à 15:00 »."""
    words = words_in(language)
    return {one.about: words("was_at", before=one.before) for one in found if one.change == "moved"}
