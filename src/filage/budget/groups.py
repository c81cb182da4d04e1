"""Groups of lines that are counted or left out together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE, RECEIPT
from filage.facts.budget import BudgetGroup
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from decimal import Decimal

    from filage.budget.lines import Budget, BudgetRow
    from filage.facts.dossier import Dossier


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """A group, its lines, and what it adds to each side when it counts, in euros."""

    group: BudgetGroup
    rows: tuple[BudgetRow, ...]
    expense: Decimal
    income: Decimal


def off_groups(dossier: Dossier) -> frozenset[str]:
    """The groups that are switched off: `budget_group/id`."""
    return frozenset(group.about for group in dossier.all(BudgetGroup) if group.off)


def group_totals(dossier: Dossier, budget: Budget) -> tuple[GroupTotal, ...]:
    """Return every group in its order, with the lines it holds and what they are worth, on or off."""
    held: dict[str, list[BudgetRow]] = {group.about: [] for group in dossier.all(BudgetGroup)}
    for row in budget.rows:
        if row.group in held:
            held[row.group].append(row)
    return tuple(
        GroupTotal(group, tuple(held[group.about]), *(_worth(held[group.about], side) for side in (EXPENSE, RECEIPT)))
        for group in dossier.all(BudgetGroup)
    )  # fmt: skip


def _worth(rows: list[BudgetRow], side: str) -> Decimal:
    return sum((row.shown for row in rows if row.side == side and not row.valued), ZERO)
