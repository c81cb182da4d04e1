"""Text compared without case or accents, and near misses named."""

from __future__ import annotations

import difflib
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """Return `text` without case, accents or ligatures, for search and sorting."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to `word`, or None when none is near."""
    by_fold = {fold(name): name for name in known}
    near = difflib.get_close_matches(fold(word), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else None


def sentence(text: object) -> str:
    """Return the text with a full stop, unless it ends a sentence already."""
    written = str(text)
    return written if written.endswith((".", "?", "!", "…")) else f"{written}."
