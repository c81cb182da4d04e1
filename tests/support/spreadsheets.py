"""Small sheets and files written as people write them, for the tests of imports."""

from __future__ import annotations

import io
from decimal import Decimal

from filage.budget.importing.columns import recognise
from filage.budget.importing.grid import Row, Sheet
from filage.budget.importing.shape import Choices
from filage.budget.importing.understand import understand


def sheet(*rows, name="Budget"):
    """A sheet from rows of texts and numbers; an empty list is an empty row."""
    made = [
        Row(number, tuple(Decimal(str(cell)) if isinstance(cell, (int, float)) else cell for cell in cells))
        for number, cells in enumerate(rows, start=1)
        if cells
    ]
    return Sheet(name, tuple(made))


def reading(*rows, name="Budget", **choices):
    """What is understood of such a sheet."""
    given = sheet(*rows, name=name)
    return understand(given, recognise(given), Choices(**choices), file="budget.xlsx")


def told(found):
    """The lines of a reading, shortly."""
    return [
        (line.label, line.side, line.phase, line.quantity, str(line.amount), line.post)
        for line in found.lines
    ]


def workbook(**sheets):
    """The bytes of an XLSX with these sheets."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for cells in rows:
            page.append(cells)
    return saved(book)


def saved(book):
    """The bytes of an openpyxl workbook."""
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
