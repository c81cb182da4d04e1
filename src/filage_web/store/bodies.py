"""A fact to and from the body of its row: canonical values, defaults written out, old schemas migrated."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import ValidationError

from filage.facts.base import Fact
from filage.facts.dossier import SCHEMA
from filage.facts.kinds import BY_KIND
from filage.facts.reading import fact_of_values
from filage.facts.writing import values_of
from filage.kernel.errors import BadInput

Body = dict[str, Any]
CURRENT: Final = int(SCHEMA.rpartition("/")[2])
MIGRATIONS: Final[Mapping[int, Callable[[str, Body], Body]]] = {}
"""From each older schema to the next: (kind, body) → body. One entry per `facts/migrations/N_to_M.py`."""


def body_of(fact: Fact) -> Body:
    """Give what a row keeps of a fact."""
    return values_of(fact, defaults=True)


def migrated(kind: str, schema: int, body: Body) -> Body:
    """Bring a body to today's schema."""
    for step in range(schema, CURRENT):
        body = MIGRATIONS[step](kind, body)
    return body


def fact_of_body(kind: str, schema: int, body: Body) -> Fact:
    """Read a fact back; BadInput lists why it can no longer be read."""
    return fact_of_values(kind, migrated(kind, schema, body))


def fact_of_text(kind: str, schema: int, text: str) -> Fact | None:
    """Read a fact from the JSON text of its body, the quick way; None when it can no longer be read."""
    model = BY_KIND.get(kind)
    if model is None or schema != CURRENT:
        return None
    try:
        return model.model_validate_json(text)
    except ValidationError:
        return None


def readable(kind: str, schema: int, body: Body) -> Fact | None:
    """Read a fact back, or give None when it can no longer be read."""
    try:
        return fact_of_body(kind, schema, body)
    except (BadInput, KeyError):
        return None
