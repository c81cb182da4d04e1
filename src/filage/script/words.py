"""Counting words and quoting a few of them."""

from __future__ import annotations

import re

_WORD = re.compile(r"\S*[^\W_]\S*")
_QUOTED = 60


def count_words(text: str) -> int:
    """Count what stands between spaces and holds a letter or a digit: « l’eau » is one, « – » is none."""
    return sum(1 for token in text.split() if _WORD.fullmatch(token))


def squeeze(text: str) -> str:
    """Return the text on one line, with single spaces."""
    return " ".join(text.split())


def quote(text: str) -> str:
    """Return the beginning of a text, enough to find it again."""
    short = squeeze(text)
    return short if len(short) <= _QUOTED else short[: _QUOTED - 1].rsplit(" ", 1)[0] + "…"
