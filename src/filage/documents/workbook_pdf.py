"""A workbook laid out on paper: every sheet as a landscape table, its figures written in French."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.documents.typst import pdf_bytes
from filage.kernel import french
from filage.kernel.money import round_half_up

if TYPE_CHECKING:
    from filage.kernel.table import Cell, Sheet, Workbook

TEMPLATE = "workbook.typ"


def workbook_pdf(book: Workbook, version: str) -> bytes:
    """Render a workbook to PDF, its unprinted columns left out; the same workbook gives the same bytes."""
    data = {
        "title": book.title,
        "foot": book.title[:60],
        "company": book.author,
        "on": french.day(book.on),
        "version": version,
        "sheets": [_sheet(sheet) for sheet in book.sheets],
    }
    return pdf_bytes(TEMPLATE, data, book.on)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    kept = [number for number, column in enumerate(sheet.columns) if column.printed]
    return {
        "title": sheet.title,
        "context": sheet.context,
        "heads": [sheet.columns[number].title for number in kept],
        "widths": [sheet.columns[number].width for number in kept],
        "numeric": [sheet.columns[number].numeric for number in kept],
        "rows": [
            {
                "role": row.role,
                "cells": [_shown(row.cells[number]) if number < len(row.cells) else "" for number in kept],
            }
            for row in sheet.rows
        ],
    }


def _shown(cell: Cell) -> str:
    """A value as a French reader expects it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if not isinstance(value, Decimal):
        return str(value)
    if cell.look in ("euro", "euro_unit"):
        return french.number(round_half_up(value), 2)
    return french.percent(value) if cell.look == "rate" else french.number(value)
