"""Ids for facts made by the dozen: readable, and never one that exists or was given a moment before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filage.facts.dossier import Dossier

_APART = re.compile(r"[^a-z0-9]+")
_LONGEST = 58
"""Characters kept, so that a number still fits in the 64 of an id."""


class FreshIds:
    """Gives `kind/id` once each; `taken` holds references that no fact here bears but that may not be given."""

    def __init__(self, dossier: Dossier, taken: Iterable[str] = ()) -> None:
        self._dossier = dossier
        self._given = set(taken)

    def take(self, kind: str, words: str) -> str:
        """Return a reference made of these words, followed by a number when it is taken."""
        base = _APART.sub("-", fold(words))[:_LONGEST].strip("-") or kind.replace("_", "-")
        about, rank = f"{kind}/{base}", 1
        while about in self._given or self._dossier.get(about) is not None:
            rank += 1
            about = f"{kind}/{base}-{rank}"
        self._given.add(about)
        return about
