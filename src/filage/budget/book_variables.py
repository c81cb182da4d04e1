"""The variables as a sheet: each in a cell that carries its name, so that formulas read like the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.budget.formula import cell_name, spreadsheet_formula
from filage.facts.budget import BudgetGroup, Variable
from filage.kernel.expression import constant, names_in
from filage.kernel.table import Cell, Column, Formula, Row, Sheet, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step

COLUMNS = (
    Column("Variable", 24),
    Column("Ce que c’est", 52),
    Column("Valeur", 14, numeric=True),
    Column("Unité", 12),
    Column("Origine", 16),
)


def variable_key(name: str) -> str:
    """The key of a variable's cell."""
    return f"variable/{name}"


def group_key(group: str) -> str:
    """The key of the cell that counts a group of lines (1) or leaves it out (0)."""
    return f"group/{group}"


def variable_names(variables: Mapping[str, Step]) -> dict[str, str]:
    """Return the name of each variable's cell, and the key of that cell."""
    return {cell_name(name): variable_key(name) for name in variables}


def variables_book(dossier: Dossier, variables: Mapping[str, Step]) -> Sheet:
    """Return the sheet « Variables »: those of the calendar, those typed as formulas when they are, and the groups."""
    typed: dict[str, Variable] = {}
    for variable in dossier.all(Variable):
        typed.setdefault(variable.name_text, variable)
    rows = [_row(name, step, typed.get(name)) for name, step in variables.items()]
    rows += [_group_row(group) for group in dossier.all(BudgetGroup)]
    return Sheet("Variables", "Changez une valeur : les lignes qui la citent suivent.", COLUMNS, tuple(rows))


def _group_row(group: BudgetGroup) -> Row:
    value = Cell(int(not group.off), "count", key=group_key(group.about))
    return Row(
        (text(group.label), text("groupe de lignes : 1 compte, 0 est écarté"), value, Cell(), text("saisi"))
    )


def _row(name: str, step: Step, typed: Variable | None) -> Row:
    if typed is None:
        value = Cell(step.value, "number", key=variable_key(name))
        return Row((text(cell_name(name)), text(step.rule), value, text(step.unit), text("calendrier")))
    live = constant(typed.value) is None and not (step.how == "given" and names_in(typed.value))
    formula = Formula(spreadsheet_formula(typed.value)) if live else None
    value = Cell(step.value, "number", formula, variable_key(name))
    return Row(
        (
            text(cell_name(name)),
            text(typed.label),
            value,
            text(typed.unit),
            text("formule" if live else "saisi"),
        )
    )
