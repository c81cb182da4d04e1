"""Sections of a label and a value: an empty value is left out, an empty section too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.planning.sheets.shape import Row, Section

if TYPE_CHECKING:
    from collections.abc import Iterable


def pairs(
    ident: str, title: str, told: Iterable[tuple[str, str, str]], *, half: bool = True
) -> Section | None:
    """A section of pairs from (id, label, value); None when every value is empty."""
    rows = tuple(Row(f"{ident}/{key}", (label, value)) for key, label, value in told if value)
    return Section(ident, title, "pairs", rows, half=half) if rows else None


def sections(*made: Section | None) -> tuple[Section, ...]:
    """Those there are."""
    return tuple(section for section in made if section is not None)
