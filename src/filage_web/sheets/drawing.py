"""A sheet's sections ready to draw: each cell with its column, so that a template only places words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, urlencode

from filage.planning.sheets import Column, Place, Row, Section, Sheet
from filage.planning.sheets.words import small

NO_COLUMN: Final = Column("", "")
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a line, under its column."""

    text: str
    label: str
    kind: str

    @property
    def call(self) -> str:
        """What a telephone dials; empty when it is no number."""
        digits = "".join(sign for sign in self.text if sign.isdigit() or sign == "+")
        return f"tel:{digits}" if self.kind == "phone" and digits else ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section."""

    mark: str
    cells: tuple[Cell, ...]
    was: str = ""
    """What it said in the version before, « était à 15:00 »."""

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that say something, for a list."""
        return tuple(cell for cell in self.cells if cell.text)

    @property
    def who_does(self) -> str:
        """What a contact does, after their name: « Élie, régie générale »."""
        function = self.cells[0].text
        return small(function) if len(self.cells) > 1 and self.cells[1].text else function


@dataclass(frozen=True, slots=True)
class Drawn:
    """One section: its form (hours, table, pairs or text) decides how it is drawn."""

    id: str
    title: str
    form: str
    half: bool
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def sections_of(sheet: Sheet, was: Mapping[str, str] = NOTHING) -> list[Drawn]:
    """The sections of a sheet that hold something, in order; `was` tells what some rows said before, by id."""
    return [_drawn(section, was) for section in sheet.sections if section.rows]


def _drawn(section: Section, was: Mapping[str, str]) -> Drawn:
    lines = tuple(Line(row.mark, tuple(_cells(section, row)), was.get(row.id, "")) for row in section.rows)
    return Drawn(section.id, section.title, section.form, section.half, section.columns, lines)


def _cells(section: Section, row: Row) -> Iterator[Cell]:
    for number, text in enumerate(row.cells):
        column = section.columns[number] if number < len(section.columns) else NO_COLUMN
        yield Cell(text, column.label, column.kind)


@dataclass(frozen=True, slots=True)
class Way:
    """How to get somewhere: a page with the route, and what a telephone's own maps open."""

    route: str
    maps: str


def way_to(place: Place | None) -> Way | None:
    """Give the way to a place; None when neither its address nor its coordinates are known."""
    if place is None:
        return None
    words = ", ".join(part for part in (place.label, place.address, place.city) if part)
    if place.latitude and place.longitude:
        point = f"{place.latitude},{place.longitude}"
        asked = urlencode({"to": point}, safe=",")
        return Way(
            f"https://www.openstreetmap.org/directions?{asked}",
            f"geo:{point}?q={quote(f'{point}({place.label})')}",
        )
    where = ", ".join(part for part in (place.address, place.city) if part)
    if not where:
        return None
    asked = urlencode({"query": where})
    return Way(f"https://www.openstreetmap.org/search?{asked}", f"geo:0,0?q={quote(words)}")
