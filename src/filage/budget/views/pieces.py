"""A line as a presentation counts it: whole, or its pay apart from what the employer adds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.kernel.money import ZERO, round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from filage.budget.lines import Budget, BudgetRow
    from filage.payroll.engagement import PayCost

WHOLE, GROSS, SOCIAL, TAX, LEAVE = "whole", "gross", "social", "tax", "leave"
PART_LABELS = {
    GROSS: "salaire brut", SOCIAL: "charges sociales", TAX: "taxes sur les salaires", LEAVE: "congés spectacles",
}  # fmt: skip
TAXES = frozenset({"formation", "taxe_apprentissage", "taxe_salaires", "peec", "fnal", "versement_mobilite"})
"""The contributions that accounts call taxes on pay (631 and 633), not social charges (645)."""
LEAVES = frozenset({"conges_spectacles"})
PAID = ("pay/", "forecast/")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or one part of it, and what it is worth in euros."""

    row: BudgetRow
    part: str
    amount: Decimal


def costs_of_rows(budget: Budget, costs: Sequence[PayCost]) -> dict[str, tuple[int, PayCost]]:
    """Return the cost behind each pay line, with its rank among the costs, by line id."""
    waiting: dict[tuple[str, str], list[tuple[int, PayCost]]] = defaultdict(list)
    for index, cost in enumerate(costs):
        for phase, _ in cost.by_phase:
            waiting[(cost.about, phase)].append((index, cost))
    return {
        row.id: found.pop(0)
        for row in budget.rows
        if row.id.startswith(PAID) and (found := waiting[(row.about, row.phase)])
    }


def pieces_of(row: BudgetRow, cost: PayCost | None) -> tuple[Piece, ...]:
    """Split a pay line into gross pay, taxes, paid leave and social charges, in the proportion of its slips.

    They add up to the line: social charges are what is left. A line without a cost is one piece.
    """
    if cost is None:
        return (Piece(row, WHOLE, row.shown),)
    sums = sums_of(cost)
    whole = sum(sums.values(), ZERO)
    if not whole:
        return (Piece(row, GROSS, row.shown),)
    found = {part: round_half_up(row.shown * sums[part] / whole) for part in (GROSS, TAX, LEAVE)}
    found[SOCIAL] = row.shown - sum(found.values(), ZERO)
    return tuple(Piece(row, part, found[part]) for part in (GROSS, SOCIAL, TAX, LEAVE) if found[part])


def sums_of(cost: PayCost) -> Mapping[str, Decimal]:
    """What the slips of a cost come to by part, for one person, in euros."""
    sums = {GROSS: ZERO, SOCIAL: ZERO, TAX: ZERO, LEAVE: ZERO}
    for monthly in cost.slips:
        sums[GROSS] += monthly.slip.totals.gross
        for line in monthly.slip.lines:
            if line.payer == "employer":
                sums[part_of(line.id)] += line.amount
    return sums


def part_of(contribution: str) -> str:
    """The part an employer's contribution belongs to."""
    if contribution in TAXES:
        return TAX
    return LEAVE if contribution in LEAVES else SOCIAL
