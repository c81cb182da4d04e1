"""What a sheet should say and no fact tells: named on the page, left out on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.planning.sheets.words import Words


def lacking(words: Words, fields: Mapping[str, object]) -> tuple[str, ...]:
    """The names of the fields whose value is empty, in the order given."""
    return tuple(words(f"field_{field}") for field, value in fields.items() if not value)
