"""A budget spreadsheet read from its bytes: the sheet that looks like a budget, its columns, its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.budget.importing.columns import AMOUNTS, ColumnMap, recognise
from filage.budget.importing.shape import Choices, Reading
from filage.budget.importing.understand import understand
from filage.budget.importing.workbook import read_workbook
from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filage.budget.importing.grid import Sheet

NO_CHOICES = Choices()


def read_budget(
    data: bytes,
    *,
    name: str,
    sheet: str | None = None,
    mapping: ColumnMap | None = None,
    choices: Choices = NO_CHOICES,
) -> Reading:
    """Read a budget out of a file; without a sheet or a mapping, both are recognised.

    BadInput when the file does not open, holds no such sheet, or no sheet with a label and an amount.
    """
    chosen = chosen_sheet(read_workbook(data, name=name), sheet, name=name)
    return understand(chosen, mapping or recognise(chosen), choices, file=name)


def chosen_sheet(sheets: Sequence[Sheet], wanted: str | None, *, name: str) -> Sheet:
    """The sheet of that name, else the one that looks most like a budget; BadInput when none holds anything."""
    if wanted:
        found = next((sheet for sheet in sheets if sheet.name == wanted), None)
        if found is None:
            near = closest(wanted, [sheet.name for sheet in sheets])
            hint = (
                f"vouliez-vous « {near} » ?"
                if near
                else f"feuilles : {', '.join(one.name for one in sheets)}"
            )
            raise BadInput(Problem(f"il n’y a pas de feuille « {wanted} »", file=name, suggestion=hint))
        return found
    usable = [sheet for sheet in sheets if sheet.rows and not sheet.hidden]
    usable = usable or [sheet for sheet in sheets if sheet.rows]
    if not usable:
        message = "ce fichier ne contient aucune ligne"
        raise BadInput(Problem(message, file=name, suggestion="choisissez le fichier du budget"))
    return max(usable, key=_likeness)


def _likeness(sheet: Sheet) -> tuple[int, int]:
    """How much a sheet looks like a budget: columns recognised, then rows."""
    roles = recognise(sheet).roles
    money = any(role in (*AMOUNTS, "unit_price") for role in roles)
    told = len({role for role in roles if role != "skip"})
    return (told if money and "label" in roles else 0, len(sheet.rows))
