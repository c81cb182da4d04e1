"""The cells of a spreadsheet as they were read: text, exact numbers, days, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell without a usable value: an error of the spreadsheet (`#REF!`), a formula never computed."""

    text: str
    reason: str


Value = str | Decimal | date | Flaw | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet, from 1, its values from column A on, whether the sheet hides it."""

    number: int
    values: tuple[Value, ...]
    hidden: bool = False

    def at(self, column: int) -> Value:
        """The value of a column (0 is A); None beyond the last."""
        return self.values[column] if 0 <= column < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows that hold something, the number of its merged areas, what its reader could not know."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    merged: int = 0
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns hold something."""
        return max((len(row.values) for row in self.rows), default=0)


def letters(column: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """The number of a column from its letters: A is 0."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """Name a cell as a spreadsheet does: `B12`."""
    return f"{letters(column)}{row}"


def shown(value: Value) -> str:
    """Write a value as a message quotes it."""
    if value is None:
        return ""
    if isinstance(value, Flaw):
        return value.text
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return value
