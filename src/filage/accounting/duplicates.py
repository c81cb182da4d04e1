"""Invoices that look received twice: same piece, same line of a bank statement, same supplier and amount."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.facts.spending import Expense
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from filage.facts.dossier import Dossier

DAYS = 10
"""Two expenses of one supplier and amount, without piece, are close within so many days."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two expenses that look like one, and why; a person decides."""

    first: Expense
    second: Expense
    why: str


def duplicates(dossier: Dossier) -> tuple[Duplicate, ...]:
    """Return the expenses that look given twice, each pair once, the earlier first."""
    return tuple(_pairs(dossier.all(Expense)))


class Known:
    """Expenses already there, found again by what two of them share."""

    def __init__(self, expenses: Iterable[Expense] = ()) -> None:
        self._found: dict[Hashable, list[Expense]] = defaultdict(list)
        for expense in expenses:
            self.add(expense)

    def add(self, expense: Expense) -> None:
        """Remember one more."""
        for key in _keys(expense):
            self._found[key].append(expense)

    def twin(self, expense: Expense) -> Duplicate | None:
        """Return the first expense this one looks the same as, or None."""
        near = {other.id: other for key in _keys(expense) for other in self._found.get(key, ())}
        for other in near.values():
            if other.id != expense.id and (why := _why(other, expense)):
                return Duplicate(other, expense, why)
        return None


def _pairs(expenses: Iterable[Expense]) -> Iterator[Duplicate]:
    known = Known()
    for expense in expenses:
        if (pair := known.twin(expense)) is not None:
            first, second = sorted((pair.first, pair.second), key=lambda e: e.on)
            yield Duplicate(first, second, pair.why)
        known.add(expense)


def _keys(expense: Expense) -> tuple[Hashable, ...]:
    """What two expenses must share to look the same, beside their amount."""
    said = (expense.company, fold(expense.label), expense.piece and fold(expense.piece), expense.fingerprint)
    return tuple((name, value, expense.amount) for name, value in enumerate(said) if value)


def _why(one: Expense, other: Expense) -> str:
    """Why two expenses look the same; empty when they do not."""
    if one.amount != other.amount:
        return ""
    same_maker = bool(one.company) and one.company == other.company
    same_words = fold(one.label) == fold(other.label)
    if one.fingerprint and one.fingerprint == other.fingerprint:
        return "même ligne du même relevé"
    if one.piece and other.piece:
        same = fold(one.piece) == fold(other.piece) and (
            same_maker or same_words or not (one.company and other.company)
        )
        return f"même pièce {one.piece} et même montant" if same else ""
    if abs((one.on - other.on).days) <= DAYS and (same_maker or same_words):
        return (
            "même fournisseur, même montant, jours proches"
            if same_maker
            else "même libellé, même montant, jours proches"
        )
    return ""
