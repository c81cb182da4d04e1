"""Names made unique: ids from the words of a text, readable and stable, never twice the same."""

from __future__ import annotations

import re

from filage.kernel.text import fold

_APART = re.compile(r"[^a-z0-9]+")
_LONGEST = 48


def slug(text: str, otherwise: str) -> str:
    """Return `text` in lower-case letters, digits and hyphens, or `otherwise` when nothing is left of it."""
    return _APART.sub("-", fold(text))[:_LONGEST].strip("-") or otherwise


class Unique:
    """Gives each name once: the second `cuisine` is `cuisine-2`."""

    def __init__(self, again: str = "{}-{}") -> None:
        self._again = again
        self._times: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Return `wanted`, followed by a number when it is already taken."""
        given, times = wanted, self._times.get(wanted, 0)
        while given in self._times:
            times += 1
            given = self._again.format(wanted, times)
        self._times[wanted] = max(times, 1)
        self._times.setdefault(given, 1)
        return given
