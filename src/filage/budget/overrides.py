"""Computed lines replaced by hand (D9): the amount by hand counts, and what moved since is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.budget import LineOverride
from filage.kernel import french
from filage.kernel.finding import Finding
from filage.kernel.money import round_half_up

if TYPE_CHECKING:
    from decimal import Decimal

    from filage.budget.lines import BudgetRow
    from filage.facts.dossier import Dossier


def overrides_by_line(dossier: Dossier) -> tuple[dict[str, LineOverride], list[Finding]]:
    """The override of each line; the first counts when there are two, and the second is said."""
    kept: dict[str, LineOverride] = {}
    findings: list[Finding] = []
    for override in dossier.all(LineOverride):
        first = kept.setdefault(override.line, override)
        if first is not override:
            message = (
                f"{override.line} est déjà remplacée par {first.about}, qui compte : gardez l’un des deux."
            )
            findings.append(Finding("budget.override_twice", "warning", override.about, message))
    return kept, findings


def overridden(row: BudgetRow, override: LineOverride) -> Decimal:
    """The amount by hand; another quantity or unit price changes the computed amount in proportion."""
    if override.amount is not None:
        return override.amount
    amount = row.step.value
    if override.quantity is not None and row.quantity:
        amount = amount * override.quantity / row.quantity
    if override.unit_price is not None and row.unit_price:
        amount = amount * override.unit_price / row.unit_price
    return round_half_up(amount)


def drift(row: BudgetRow, override: LineOverride, amount: Decimal) -> list[Finding]:
    """Say that the computed amount moved since the line was replaced."""
    was = override.computed_when_set
    if was is None or was == row.step.value:
        return []
    message = (
        f"{row.label} : remplacé à {french.euro(amount)} quand le calcul donnait {french.euro(was)} ; "
        f"il donne maintenant {french.euro(row.step.value)}."
    )
    return [Finding("budget.override_drift", "warning", override.about, message)]


def override_orphan(line: str, override: LineOverride) -> Finding:
    """Say that a line replaced by hand is no longer there."""
    message = f"Le remplacement vise {line}, qui n’existe plus : il n’a aucun effet."
    return Finding("budget.override_orphan", "warning", override.about, message)
