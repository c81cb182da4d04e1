"""A workbook as a value: sheets of cells whose formulas name other cells, never addresses.

Areas say what a cell is worth and how it follows from others; `documents` decides where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Value = Decimal | int | str | date | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A spreadsheet formula without its `=`: `{name}` stands for a cell, or for several, of `cells`."""

    text: str
    cells: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, the formula that gives it when there is one, and the key by which other formulas call it.

    `look`: text, euro, euro_unit, rate, number, count, factor, day, small, strong.
    """

    value: Value = None
    look: str = "text"
    formula: Formula | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of cells; `role`: line, group (a chapter), section, total, note or space."""

    cells: tuple[Cell, ...] = ()
    role: str = "line"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, whether it holds numbers, whether it is worth printing."""

    title: str
    width: int
    numeric: bool = False
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, what it says in one line, its columns and rows."""

    title: str
    context: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets in order; `names` gives a few cells a name that formulas, and people, may use."""

    title: str
    author: str
    on: date
    sheets: tuple[Sheet, ...]
    names: Mapping[str, str] = field(default_factory=dict)


def text(value: str | None, look: str = "text") -> Cell:
    """A cell of text, empty when there is none."""
    return Cell(value or None, look)


def note(message: str) -> Row:
    """A row that only says something."""
    return Row((Cell(message),), "note")


def amount(value: Decimal | None, formula: Formula | None = None, key: str = "") -> Cell:
    """A cell of euros, two decimals shown."""
    return Cell(value, "euro", formula, key)


def sum_of(keys: tuple[str, ...]) -> Formula:
    """The sum of cells."""
    return Formula("SUM({cells})", {"cells": keys})


def same_as(key: str) -> Formula:
    """The value of another cell."""
    return Formula("{cell}", {"cell": key})
