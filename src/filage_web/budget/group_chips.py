"""The groups of lines as chips above the grid: what each is worth, on or off."""

from dataclasses import dataclass
from decimal import Decimal

from filage.budget.groups import group_totals
from filage.facts.budget import BudgetGroup
from filage_web.scenarios.chosen import Chosen


@dataclass(frozen=True, slots=True)
class GroupChip:
    """A group as its chip shows it."""

    ident: str
    label: str
    off: bool
    lines: int
    worth: Decimal
    """What it adds to what remains to be found when it counts, in euros."""


def group_chips(found: Chosen) -> list[GroupChip]:
    """List the groups in their order."""
    if not found.dossier.all(BudgetGroup):
        return []
    return [
        GroupChip(one.group.id, one.group.label, one.group.off, len(one.rows), one.expense - one.income)
        for one in group_totals(found.dossier, found.opened.outcome.budget)
    ]
