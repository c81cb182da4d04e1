"""The values of a file shown to a person."""

import re
from datetime import date
from typing import Any, Final

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
        return ", ".join(f"{key} {shown(item)}" for key, item in value.items())
    text = str(value)
    if _DAY.fullmatch(text):
        return french.day(date.fromisoformat(text))
    model = BY_KIND.get(kind)
    labels = choices(model, field) if model and field in model.model_fields else {}
    return labels.get(text) or _FLAGS.get(text, text)
