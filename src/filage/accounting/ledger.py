"""What is ordered and spent, line by line: an invoice uses up its order, and is never counted beside it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE
from filage.facts.spending import Commitment, Expense
from filage.kernel.money import ZERO, round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from filage.budget.lines import Budget, BudgetRow
    from filage.facts.dossier import Dossier

NO_LINE = "aucune ligne n’est choisie"
EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Bill:
    """One expense on its line: `cost` is what it costs the budget, in euros; `why` says what keeps it off a line."""

    expense: Expense
    row: str | None
    order: str | None
    cost: Decimal
    why: str = ""

    def is_paid(self, today: date) -> bool:
        """Whether it was paid by that day."""
        return self.expense.paid_on is not None and self.expense.paid_on <= today


@dataclass(frozen=True, slots=True)
class Order:
    """One order, what its invoices used of it before tax, and what is still to come; nothing once it is closed.

    `kept` is the rate of the VAT it bears and nobody recovers.
    """

    commitment: Commitment
    row: str | None
    spent: Decimal
    why: str = ""
    kept: Decimal = ZERO

    @property
    def open(self) -> Decimal:
        """What its supplier will still bill, in euros before tax."""
        if self.commitment.closed:
            return ZERO
        return max(self.commitment.amount - self.spent, ZERO)

    @property
    def cost(self) -> Decimal:
        """What is still to come costs the budget, in euros: with the VAT that is not recovered."""
        return self.open + round_half_up(self.open * self.kept)

    @property
    def exceeded(self) -> Decimal:
        """What its invoices bill beyond it."""
        return max(self.spent - self.commitment.amount, ZERO)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Orders and expenses by line; `unassigned` and `adrift` wait for one."""

    bills: Mapping[str, tuple[Bill, ...]]
    orders: Mapping[str, tuple[Order, ...]]
    unassigned: tuple[Bill, ...]
    adrift: tuple[Order, ...]

    def order(self, about: str | None) -> Order | None:
        """The order `commitment/ID`, wherever it stands."""
        everywhere = (*self.adrift, *(order for orders in self.orders.values() for order in orders))
        return next((order for order in everywhere if order.commitment.about == about), None)


def row_of(fact: Commitment | Expense) -> str | None:
    """The id of the line a person chose for an order or an expense: `line/decor`, `pay/marie-1/production`."""
    if fact.row:
        return fact.row
    return f"line/{fact.line.partition('/')[2]}" if fact.line else None


def ledger_of(dossier: Dossier, budget: Budget) -> Ledger:
    """Put every order and expense on its line; an expense without a line follows its order."""
    rows = budget.by_id()
    known = frozenset(ident for ident, row in rows.items() if row.side == EXPENSE and not row.valued)
    kept = frozenset(ident for ident, row in rows.items() if row.vat_kept)
    exempt = dossier.employer.vat_regime == EXEMPT
    facts = {fact.about: fact for fact in dossier.all(Commitment)}
    spent: dict[str, Decimal] = defaultdict(lambda: ZERO)
    bills: dict[str, list[Bill]] = defaultdict(list)
    unassigned: list[Bill] = []
    for expense in dossier.all(Expense):
        order = facts.get(expense.commitment or "")
        wanted = row_of(expense) or (row_of(order) if order else None)
        row, why = _place(wanted, known)
        cost = expense.amount + (expense.vat or ZERO if exempt or row in kept else ZERO)
        bill = Bill(expense, row, order.about if order else None, cost, why)
        (bills[row] if row else unassigned).append(bill)
        if order is not None:
            spent[order.about] += expense.amount
    orders: dict[str, list[Order]] = defaultdict(list)
    adrift: list[Order] = []
    for about, commitment in facts.items():
        row, why = _place(row_of(commitment), known)
        lost = exempt or row in kept
        rate = _rate(commitment, rows[row] if row else None) if lost else ZERO
        (orders[row] if row else adrift).append(Order(commitment, row, spent[about], why, rate))
    return Ledger(
        {row: tuple(found) for row, found in bills.items()},
        {row: tuple(placed) for row, placed in orders.items()},
        tuple(unassigned),
        tuple(adrift),
    )


def _rate(commitment: Commitment, row: BudgetRow | None) -> Decimal:
    """The VAT of an order: its own, else that of its line."""
    known = commitment.vat_rate if commitment.vat_rate is not None or row is None else row.vat_rate
    return known or ZERO


def _place(wanted: str | None, known: frozenset[str]) -> tuple[str | None, str]:
    if wanted is None:
        return None, NO_LINE
    if wanted in known:
        return wanted, ""
    return None, f"la ligne {wanted} n’est plus au budget"
