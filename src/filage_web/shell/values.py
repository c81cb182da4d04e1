"""The values of a file shown to a person."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final, get_args

from pydantic import BaseModel

from filage.facts import scalars
from filage.facts.base import choices
from filage.facts.kinds import BY_KIND
from filage.kernel import french

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FLAGS: Final = {"true": "oui", "false": "non"}


def shown(value: Any, kind: str = "", field: str = "") -> str:
    """Write a file value on one line, in French: days spelled out, closed lists by their label, lists and parts too.

    `kind` and `field` say whose value it is; without them a closed list keeps its file word.
    """
    if value is None:
        return ""
    if isinstance(value, list):
        return " ; ".join(shown(item, kind, field) for item in value)
    if isinstance(value, dict):
        part = _part_of(kind, field)
        return ", ".join(_named(part, key, item) for key, item in value.items())
    text = str(value)
    if _DAY.fullmatch(text):
        return french.day(date.fromisoformat(text))
    model = BY_KIND.get(kind)
    labels = choices(model, field) if model and field in model.model_fields else {}
    return labels.get(text) or _FLAGS.get(text, text)


def _part_of(kind: str, field: str) -> type[BaseModel] | None:
    """Find what a field is made of: the class of its parts."""
    model = BY_KIND.get(kind)
    info = model.model_fields.get(field) if model else None
    waiting = [info.annotation] if info else []
    while waiting:
        found = waiting.pop()
        if isinstance(found, type) and issubclass(found, BaseModel):
            return found
        waiting.extend(get_args(found))
    return None


def _named(part: type[BaseModel] | None, key: str, value: Any) -> str:
    """Write one named value of a part: « catégorie 2 »."""
    info = part.model_fields.get(key) if part else None
    if part is None or info is None:
        return f"{key} {shown(value)}"
    if any(mark in info.metadata for mark in get_args(scalars.Rate)[1:]):
        words = french.percent(Decimal(str(value)))
    else:
        words = choices(part, key).get(str(value)) or shown(value)
    title = info.title or key
    return f"{title[:1].lower()}{title[1:]} {words}"
