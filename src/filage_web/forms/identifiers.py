"""The id of a new fact, from its own words: readable, unique, never changed afterwards."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from filage.kernel.text import fold

_LENGTH = 48


def slug(text: str) -> str:
    """« L’Écluse, Besançon » → `l-ecluse-besancon`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:_LENGTH].strip("-")


def new_id(kind: str, values: Mapping[str, Any], taken: Collection[str] = ()) -> str:
    """Make an id from the file values of a fact, with a number when it is taken."""
    base = slug(_words(kind, values)) or kind.replace("_", "-")
    if base not in taken:
        return base
    return next(name for rank in range(2, 100_000) if (name := f"{base}-{rank}") not in taken)


def _words(kind: str, values: Mapping[str, Any]) -> str:  # noqa: PLR0911 - one line per kind of fact
    def last(field: str) -> str:
        return str(values.get(field) or "").rpartition("/")[2]

    match kind:
        case "event":
            return f"{values.get('type', '')}-{values.get('day', '')}"
        case "person":
            return f"{values.get('given_name', '')} {values.get('family_name', '')}"
        case "engagement":
            return f"{last('person')}-{last('position')}"
        case "participation":
            return f"{last('event')}-{last('engagement') or last('person')}"
        case "person_private":
            return last("person")
        case "line_override":
            return str(values.get("line", ""))
        case "variable":
            return str(values.get("name_text", ""))
        case "constraint" | "need":
            return " ".join(str(values.get("text") or values.get("label") or "").split()[:5])
        case _:
            return str(values.get("label") or values.get("title_text") or values.get("number") or "")
