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


def twin_of(expense: Expense, others: Iterable[Expense]) -> Duplicate | None:
    """Return the first expense this one looks the same as, or None."""
    for other in others:
        if other.id != expense.id and (why := _why(other, expense)):
            return Duplicate(other, expense, why)
    return None


def _pairs(expenses: Iterable[Expense]) -> Iterator[Duplicate]:
    known: dict[Hashable, list[Expense]] = defaultdict(list)
    for expense in expenses:
        keys = _keys(expense)
        near = {other.id: other for key in keys for other in known[key]}
        for other in near.values():
            if why := _why(other, expense):
                first, second = sorted((other, expense), key=lambda e: e.on)
                yield Duplicate(first, second, why)
                break
        for key in keys:
            known[key].append(expense)


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
