"""How long a scene is on the page, in eighths, when the file does not say.

The trade's page: 55 lines, stage directions 60 characters wide, speeches 35 wide under the speaker's name,
a blank line after each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from filage.script.draft import Direction, Speech

_LINES = 55
_WIDE = 60
_NARROW = 35
_HEADING_LINES = 2
_WRITTEN = re.compile(r"(?:(\d{1,3})(?:\s+|$))?(?:([0-7])\s*/\s*8)?")


def eighths_of(blocks: Iterable[Direction | Speech]) -> int:
    """Return the length of a scene in eighths of a page: at least one, to the nearest."""
    lines = _HEADING_LINES + sum(_lines(block) for block in blocks)
    return max(1, (16 * lines + _LINES) // (2 * _LINES))


def pages(eighths: int) -> str:
    """Write eighths as the trade does: 14 is `1 6/8`."""
    whole, rest = divmod(eighths, 8)
    return (
        " ".join(part for part in (str(whole) if whole else "", f"{rest}/8" if rest else "") if part) or "0"
    )


def eighths_in(written: str) -> int | None:
    """Read what `pages` writes: « 1 6/8 » is 14, « 2 » two pages, « 3/8 » 3; None when it is not a length."""
    text = written.strip().lstrip("≈").strip()
    found = _WRITTEN.fullmatch(text) if text else None
    return 8 * int(found[1] or 0) + int(found[2] or 0) if found else None


def _lines(block: Direction | Speech) -> int:
    if isinstance(block, Speech):
        return 2 + _rows(block.text, _NARROW)
    return 1 + _rows(block.text, _WIDE)


def _rows(text: str, width: int) -> int:
    return -(-len(text) // width)
