"""The lines of a budget by side, phase and post, in the order a reader expects."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE, RECEIPT
from filage.budget.posts import INCOME, posts_of
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from decimal import Decimal

    from filage.budget.lines import Budget, BudgetRow
    from filage.facts.dossier import Dossier

PHASES = {"production": "Production", "exploitation": "Exploitation"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """The lines of one post of one side and phase."""

    side: str
    phase: str
    code: str
    label: str
    rows: tuple[BudgetRow, ...]

    @property
    def amount(self) -> Decimal:
        """What its lines come to, in euros."""
        return sum((row.worth for row in self.rows), ZERO)


def chapters(dossier: Dossier, budget: Budget) -> tuple[Chapter, ...]:
    """Return the chapters that have lines that are money; a post nobody named comes last, under its code."""
    labels = {post.code: post.label for post in posts_of(dossier)} | {INCOME: "Produits"}
    rank = {code: number for number, code in enumerate(labels)}
    grouped: dict[tuple[str, str, str], list[BudgetRow]] = defaultdict(list)
    for row in budget.rows:
        if row.valued:
            continue
        grouped[(row.side, row.phase, row.post)].append(row)

    def place(key: tuple[str, str, str]) -> tuple[bool, bool, int, str]:
        side, phase, code = key
        return (side != EXPENSE, phase != "production", rank.get(code, len(rank)), code)

    return tuple(
        Chapter(*key, labels.get(key[2], f"Poste {key[2]}"), tuple(grouped[key]))
        for key in sorted(grouped, key=place)
    )


VALUED = {
    EXPENSE: ("86", "Emplois des contributions en nature"),
    RECEIPT: ("87", "Contributions en nature reçues"),
}
"""The account and the name of contributions in kind, by side."""


def valued_chapters(budget: Budget) -> tuple[Chapter, ...]:
    """Return contributions in kind, their uses (86) then their origins (87), whatever their phase."""
    return tuple(
        Chapter(side, "", code, label, rows)
        for side, (code, label) in VALUED.items()
        if (rows := tuple(row for row in budget.rows if row.valued and row.side == side))
    )
