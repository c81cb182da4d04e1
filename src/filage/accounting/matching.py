"""Which line or order an expense probably belongs to, and why: proposed, best first; a person confirms."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.people import Company
from filage.kernel import french
from filage.kernel.changes import Change, set_
from filage.kernel.money import ONE, ZERO, round_half_up
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filage.accounting.follow import FollowedLine, FollowUp
    from filage.accounting.ledger import Order
    from filage.facts.dossier import Dossier
    from filage.facts.spending import Expense

SUPPLIER, AMOUNT, HABIT, LINE_AMOUNT, ACCOUNT, WORD = 50, 40, 35, 25, 20, 15
"""What each sign weighs; ranks proposals, means nothing else."""
ENOUGH, MOST, MOST_WORDS = 15, 3, 2
COMMON = 60
"""A word, a supplier or an account that points at more lines than this points nowhere."""
_WORD = re.compile(r"[a-z0-9]{4,}")
_EMPTY = frozenset({
    "pour", "avec", "dans", "sans", "facture", "achat", "carte", "paiement", "virement", "prlv", "deux", "trois",
    "quatre", "cinq", "jours", "semaine", "semaines", "mois", "premier", "premiere", "deuxieme", "acompte", "solde",
})  # fmt: skip
"""Words that say nothing of what was bought."""
_VAT = tuple(map(Decimal, ("0.2", "0.1", "0.055", "0.021")))
_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line, an order on it or none, how strongly, and the signs that point there.

    `before_tax` is what the amount comes to without VAT, when only the sum paid is known and it fits the order's.
    """

    row: str
    label: str
    order: str | None
    score: int
    reasons: tuple[str, ...]
    before_tax: Decimal | None = None


class Matcher:
    """Lines and orders of a follow-up, indexed by the words, suppliers and past choices that point at them."""

    def __init__(self, found: FollowUp, dossier: Dossier) -> None:
        self._lines = {line.row.id: line for line in found.lines}
        self._names = {company.about: company.label for company in dossier.all(Company)}
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._by_supplier: dict[str, set[str]] = defaultdict(set)
        self._habits: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._by_account: dict[str, set[str]] = defaultdict(set)
        self._by_amount: dict[Decimal, set[str]] = defaultdict(set)
        for ident, line in self._lines.items():
            suppliers = [self._names.get(order.commitment.company or "", "") for order in line.orders]
            orders = [order.commitment.label for order in line.orders]
            for word in _words(line.row.label, *orders, *suppliers):
                self._by_word[word].add(ident)
            for order in line.orders:
                for amount in _sums(order):
                    self._by_amount[amount].add(ident)
                if order.commitment.company:
                    self._by_supplier[order.commitment.company].add(ident)
            if line.row.account:
                self._by_account[line.row.account[:_PREFIX]].add(ident)
            for bill in line.bills:
                for key in _keys(bill.expense):
                    self._habits[key][ident] += 1

    def proposals(self, expense: Expense) -> tuple[Proposal, ...]:
        """Return three lines at most, best first; none when nothing points anywhere."""
        pointed = [
            *(self._by_word.get(word, set()) for word in _words(expense.label)),
            *(set(self._habits.get(key, ())) for key in _keys(expense)),
            self._by_supplier.get(expense.company or "", set()),
            self._by_account.get((expense.account or "")[:_PREFIX], set()),
            self._by_amount.get(expense.amount, set()),
        ]
        near = {ident for lines in pointed if len(lines) <= COMMON for ident in lines}
        ranked = sorted(
            (found for ident in near for found in self._on_line(self._lines[ident], expense)),
            key=lambda one: (-one.score, one.row, one.order or ""),
        )
        kept: dict[str, Proposal] = {}
        for one in ranked:
            if one.score >= ENOUGH:
                kept.setdefault(one.row, one)
        return tuple(kept.values())[:MOST]

    def _on_line(self, line: FollowedLine, expense: Expense) -> Iterator[Proposal]:
        signs = [*self._line_signs(line, expense)]
        for order in (*(order for order in line.orders if not order.commitment.closed), None):
            own = [*signs, *(self._order_signs(order, expense) if order else ())]
            label = line.row.label if order is None else f"{line.row.label}, {order.commitment.label}"
            yield Proposal(
                line.row.id, label, order.commitment.about if order else None,
                sum(weight for weight, _ in own), tuple(reason for _, reason in sorted(own, reverse=True)),
                _before_tax(order, expense) if order else None,
            )  # fmt: skip

    def _line_signs(self, line: FollowedLine, expense: Expense) -> Iterator[tuple[int, str]]:
        shared = _words(expense.label) & _words(line.row.label)
        for word in sorted(shared)[:MOST_WORDS]:
            yield WORD, f"le mot « {word} »"
        if any(self._habits.get(key, {}).get(line.row.id) for key in _keys(expense)):
            yield HABIT, f"d’autres dépenses {self._supplier(expense)} y sont déjà"
        if expense.account and line.row.account and expense.account.startswith(line.row.account[:_PREFIX]):
            yield ACCOUNT, f"même compte, {line.row.account}"
        left = line.amounts.to_commit
        if left > 0 and expense.amount == left:
            yield LINE_AMOUNT, f"ce qu’il reste à engager, {french.euro(left)}"

    def _order_signs(self, order: Order, expense: Expense) -> Iterator[tuple[int, str]]:
        commitment = order.commitment
        if commitment.company and commitment.company == expense.company:
            yield SUPPLIER, f"même fournisseur que la commande, {self._names.get(commitment.company, '')}"
        elif shared := _words(expense.label) & _words(self._names.get(commitment.company or "", "")):
            yield SUPPLIER, f"le fournisseur de la commande, « {min(shared)} »"
        if order.open > 0 and expense.amount == order.open:
            yield AMOUNT, f"même montant que la commande, {french.euro(order.open)}"
        elif _fits(order, expense):
            yield AMOUNT, f"même montant que la commande, TVA comprise, {french.euro(expense.amount)}"

    def _supplier(self, expense: Expense) -> str:
        name = self._names.get(expense.company or "")
        return french.of(name) if name else "du même libellé"


def assign(expense: Expense, row: str, order: str | None = None, before_tax: Decimal | None = None) -> Change:
    """The change that puts an expense on a line, and under an order when there is one; undone as any change.

    With `before_tax`, the sum paid is split: that amount, and the rest as VAT.
    """
    kind, _, ident = row.partition("/")
    values = {"line": f"budget_line/{ident}"} if kind == "line" else {"row": row}
    if before_tax is not None:
        values |= {"amount": f"{before_tax:f}", "vat": f"{expense.amount - before_tax:f}"}
    clear = ("row" if kind == "line" else "line",)
    if order is None:
        return set_(expense.about, (*clear, "commitment"), **values)
    return set_(expense.about, clear, commitment=order, **values)


def _fits(order: Order, expense: Expense) -> bool:
    """Whether the amount is what the order still holds, before or after tax."""
    return expense.amount in _sums(order)


def _sums(order: Order) -> frozenset[Decimal]:
    """What an order still holds, before tax and with it at its rate, or at the usual ones."""
    if order.open <= ZERO:
        return frozenset()
    rate = order.commitment.vat_rate
    rates = (rate,) if rate is not None else _VAT
    return frozenset({order.open, *(round_half_up(order.open * (ONE + one)) for one in rates)})


def _before_tax(order: Order, expense: Expense) -> Decimal | None:
    """What the order still holds, when the expense is that with its VAT and says no VAT of its own."""
    if expense.vat is None and expense.amount != order.open and _fits(order, expense):
        return order.open
    return None


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(fold(text)) if word not in _EMPTY)


def _keys(expense: Expense) -> Iterable[str]:
    """What makes two expenses alike: their supplier, else the words of their label."""
    if expense.company:
        return (expense.company,)
    words = _words(re.sub(r"\d", " ", expense.label))
    return (" ".join(sorted(words)),) if words else ()
