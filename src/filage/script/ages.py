"""Ages the text gives its roles: « ZOÉ, 9 ans » or « Zoé (9) » in the action."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from filage.kernel.text import fold

CHILD_UNDER = 16
"""Below this age a role is that of a child: C. trav. art. L7124-1."""
_AGE = re.compile(
    r"\s*[,(]\s*(?:agee?\s+de\s+|aged?\s+)?(\d{1,2})"
    r"(?:\s*ans\b(?!\s+(?:plus tard|apres|avant|de\b))|[\s-]*years?[\s-]old\b|\s*[,)])"
)


def ages_named(text: str, names: Iterable[str]) -> Mapping[str, int]:
    """Return the age written right after each name, in years; names without one are absent."""
    read = fold(text)
    found: dict[str, int] = {}
    for name in names:
        folded = fold(name).strip()
        for place in re.finditer(rf"(?<!\w){re.escape(folded)}(?!\w)", read) if folded else ():
            age = _AGE.match(read, place.end())
            if age:
                found[name] = int(age[1])
                break
    return found
