"""A reading as plain values, for other programs: amounts as text with two decimals, rows as numbered in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.budget.importing.grid import letters
from filage.facts.scalars import canonical_decimal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from filage.budget.importing.shape import Line, Reading


def reading_json(reading: Reading, sheets: Sequence[str]) -> dict[str, Any]:
    """Return everything that was understood, refused or left of a sheet."""
    return {
        "file": reading.file,
        "sheet": reading.sheet,
        "sheets": list(sheets),
        "header": reading.mapping.header,
        "columns": [
            {
                "column": letters(index),
                "header": reading.headers[index] if index < len(reading.headers) else "",
                "role": role,
            }
            for index, role in enumerate(reading.mapping.roles)
        ],
        "lines": [_line(line) for line in reading.lines],
        "refused": [
            {"row": one.row, "cell": one.cell, "label": one.label, "reason": one.reason, "remedy": one.remedy}
            for one in reading.refusals
        ],
        "left": [{"row": one.row, "label": one.label, "reason": one.reason} for one in reading.left],
        "totals": [
            {
                "row": one.row,
                "label": one.label,
                "stated": _money(one.stated),
                "found": _money(one.found),
                "difference": _money(one.difference),
            }
            for one in reading.checks
        ],
        "expense": _money(reading.total("expense")),
        "income": _money(reading.total("income")),
        "notes": list(reading.notes),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "row": line.row,
        "cell": line.cell,
        "label": line.label,
        "side": line.side,
        "phase": line.phase,
        "post": line.post,
        "code": line.code,
        "account": line.account,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_price": canonical_decimal(line.unit_price),
        "amount": _money(line.amount),
        "vat_rate": None if line.vat_rate is None else canonical_decimal(line.vat_rate),
        "valued": line.valued,
        "note": line.note,
        "doubts": list(line.doubts),
    }


def _money(value: Decimal) -> str:
    return f"{value:.2f}"
