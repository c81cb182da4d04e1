"""Text as a document can hold it."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Return `text` with a space for each control character: neither XML nor a page can show one."""
    return _UNPRINTABLE.sub(" ", text)
