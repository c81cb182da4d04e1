"""The budget followed to the last invoice: initial, revised, committed, spent, paid, final estimated cost, variance.

`final = spent + open + to_complete`: what is spent, what orders still hold, and what nobody ordered yet. The variance
is `revised - final`: negative when the line will cost more than its budget. Contingency is told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.accounting.committed import engaged, held_of, signed_engagements
from filage.accounting.ledger import Bill, Ledger, Order, ledger_of
from filage.accounting.pay_months import ALLOWANCE_ROWS, PAY_ROW, PayMonth, pay_months
from filage.budget.chapters import chapters
from filage.budget.lines import EXPENSE, RECEIPT
from filage.budget.versions import amounts_of, initial_version
from filage.facts.deal import Ticketing
from filage.facts.spending import Invoice
from filage.kernel.money import ONE, ZERO
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filage.accounting.reviewed import Reviewed
    from filage.budget.lines import BudgetRow
    from filage.facts.budget import BudgetVersion, FrozenLine
    from filage.facts.dossier import Dossier

CONTINGENCY = ("imprevu", "alea")
SMALL, SMALL_RATE = Decimal(100), Decimal("0.05")
"""A variance of 100 € and 5 % of the line asks for its reason."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """The columns of a follow-up, in euros before tax; `open` is the part of `committed` not yet spent."""

    initial: Decimal = ZERO
    revised: Decimal = ZERO
    committed: Decimal = ZERO
    open: Decimal = ZERO
    spent: Decimal = ZERO
    paid: Decimal = ZERO
    to_complete: Decimal = ZERO

    @property
    def to_commit(self) -> Decimal:
        """What may still be ordered inside the budget: negative when more is engaged than the budget holds."""
        return self.revised - self.committed

    @property
    def final(self) -> Decimal:
        """The final estimated cost."""
        return self.spent + self.open + self.to_complete

    @property
    def variance(self) -> Decimal:
        """What the budget will leave; negative: what it will lack."""
        return self.revised - self.final


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """One line of expense, its amounts and what they are made of."""

    row: BudgetRow
    amounts: Amounts
    orders: tuple[Order, ...]
    bills: tuple[Bill, ...]
    months: tuple[PayMonth, ...]
    held: Decimal
    """What is engaged without an order: pay under a signed contract, or the sum typed in the budget."""
    by_hand: Decimal | None
    reason: str | None
    is_contingency: bool

    @property
    def needs_reason(self) -> bool:
        """Whether its variance is large enough to be explained, and nobody did."""
        gap = abs(self.amounts.variance)
        return not self.reason and gap >= SMALL and gap >= SMALL_RATE * abs(self.amounts.revised)


@dataclass(frozen=True, slots=True)
class FollowedPost:
    """The lines of one post of one phase, and their sums."""

    phase: str
    code: str
    label: str
    lines: tuple[FollowedLine, ...]

    @property
    def amounts(self) -> Amounts:
        """The sums of its lines."""
        return total_of(line.amounts for line in self.lines)


@dataclass(frozen=True, slots=True)
class FollowedIncome:
    """One line of income: approved, expected today, certain, billed, received, in euros."""

    row: BudgetRow
    initial: Decimal
    revised: Decimal
    certain: Decimal
    billed: Decimal
    received: Decimal

    @property
    def awaited(self) -> Decimal:
        """What is still to come."""
        return self.revised - self.received


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The follow-up of a production on a day; `gone` are lines approved and since removed."""

    on: date
    baseline: BudgetVersion | None
    posts: tuple[FollowedPost, ...]
    income: tuple[FollowedIncome, ...]
    unassigned: tuple[Bill, ...]
    adrift: tuple[Order, ...]
    gone: tuple[FrozenLine, ...]

    @property
    def lines(self) -> tuple[FollowedLine, ...]:
        """Every line of expense."""
        return tuple(line for post in self.posts for line in post.lines)

    @property
    def amounts(self) -> Amounts:
        """The sums of every line, contingency included; removed lines keep their initial amount."""
        whole = total_of(line.amounts for line in self.lines)
        return total_of((whole, Amounts(initial=sum((line.amount for line in self.gone), ZERO))))

    @property
    def contingency(self) -> Amounts:
        """The sums of the contingency lines, told apart."""
        return total_of(line.amounts for line in self.lines if line.is_contingency)

    @property
    def to_assign(self) -> Decimal:
        """What is spent and on no line yet, in euros: outside the sums."""
        return sum((bill.cost for bill in self.unassigned), ZERO)

    def of_phase(self, phase: str) -> Amounts:
        """The sums of one budget."""
        return total_of(post.amounts for post in self.posts if post.phase == phase)

    def line(self, ident: str) -> FollowedLine | None:
        """The line of that id, or None."""
        return next((line for line in self.lines if line.row.id == ident), None)


def total_of(amounts: Iterable[Amounts]) -> Amounts:
    """Add columns up."""
    found = tuple(amounts)
    return Amounts(*(sum((getattr(one, name) for one in found), ZERO) for name in Amounts.__slots__))


def follow(reviewed: Reviewed, today: date) -> FollowUp:
    """Return the follow-up of every line on a day: approved, revised, engaged, spent, paid, estimated in the end.

    Spent: the expenses of the line; for pay without any, the months already over. Committed: what is spent and what
    orders, signed contracts of employment or the sum typed as engaged still hold.
    """
    dossier, budget = reviewed.dossier, reviewed.budget
    ledger, baseline = ledger_of(dossier, budget), initial_version(dossier)
    initial = amounts_of(baseline) if baseline else None
    followed = _Follower(ledger, pay_months(reviewed), signed_engagements(dossier), initial, today)
    posts = tuple(
        FollowedPost(
            chapter.phase, chapter.code, chapter.label, tuple(followed.line(row) for row in chapter.rows)
        )
        for chapter in chapters(dossier, budget)
        if chapter.side == EXPENSE
    )
    here = frozenset(row.id for row in budget.rows)
    gone = tuple(
        line
        for line in (baseline.lines if baseline else ())
        if line.side == EXPENSE and line.line not in here
    )
    income = tuple(_incomes(reviewed, initial))
    return FollowUp(today, baseline, posts, income, ledger.unassigned, ledger.adrift, gone)


def lines_touched(reviewed: Reviewed, today: date) -> tuple[tuple[FollowedLine, ...], Ledger]:
    """Return the lines that orders, expenses, a sum engaged or an estimate by hand may push off their budget.

    The others cost what the budget says: they are left out, which keeps a review of thousands of lines fast.
    """
    ledger = ledger_of(reviewed.dossier, reviewed.budget)
    rows = [
        row
        for row in reviewed.budget.rows
        if row.side == EXPENSE
        and not row.valued
        and (
            row.id in ledger.bills
            or row.id in ledger.orders
            or (row.detail is not None and row.detail.to_complete is not None)
            or (row.committed or ZERO) > row.amount
        )
    ]
    months = pay_months(reviewed) if any(row.id.startswith((PAY_ROW, ALLOWANCE_ROWS)) for row in rows) else {}
    followed = _Follower(ledger, months, signed_engagements(reviewed.dossier), None, today)
    return tuple(followed.line(row) for row in rows), ledger


@dataclass(frozen=True, slots=True)
class _Follower:
    """What every line is followed with."""

    ledger: Ledger
    months: Mapping[str, tuple[PayMonth, ...]]
    signed: frozenset[str]
    initial: Mapping[str, Decimal] | None
    today: date

    def line(self, row: BudgetRow) -> FollowedLine:
        """Follow one line."""
        first = row.amount if self.initial is None else self.initial.get(row.id, ZERO)
        months = self.months.get(row.id, ())
        return _line(row, first, held_of(row, self.signed), self.ledger, months, self.today)


def is_contingency(row: BudgetRow) -> bool:
    """Whether a line is kept for what nobody foresees: its name says so."""
    return any(word in fold(row.label) for word in CONTINGENCY)


def unspent(amount: Decimal, committed: Decimal) -> Decimal:
    """What a budget leaves to spend; of a sum given back, what is still to come back. Never beyond the budget."""
    left = amount - committed
    return max(left, ZERO) if amount >= 0 else min(left, ZERO)


def _line(
    row: BudgetRow, initial: Decimal, held: Decimal, ledger: Ledger, months: tuple[PayMonth, ...], today: date
) -> FollowedLine:  # fmt: skip
    bills, orders, detail = ledger.bills.get(row.id, ()), ledger.orders.get(row.id, ()), row.detail
    found = engaged(row, held, ledger, months, today)
    spent, left = found.spent, found.open
    if bills:
        paid = sum((bill.cost for bill in bills if bill.is_paid(today)), ZERO)
    else:
        paid = sum((m.net + (m.contributions if m.due_on <= today else ZERO) for m in found.over), ZERO)
    by_hand = detail.to_complete if detail else None
    to_complete = unspent(row.amount, spent + left) if by_hand is None else by_hand
    amounts = Amounts(initial, row.amount, spent + left, left, spent, paid, to_complete)
    reason = detail.variance if detail else None
    return FollowedLine(row, amounts, orders, bills, found.over, held, by_hand, reason, is_contingency(row))


def _incomes(reviewed: Reviewed, initial: Mapping[str, Decimal] | None) -> Iterable[FollowedIncome]:
    received = {source.line: source.received for source in reviewed.plan.sources}
    billed: dict[str, Decimal] = {}
    for invoice in reviewed.dossier.all(Invoice):
        if invoice.contract:
            billed[invoice.contract] = billed.get(invoice.contract, ZERO) + invoice.amount
    for row in reviewed.budget.rows:
        if row.side != RECEIPT or row.valued:
            continue
        yield FollowedIncome(
            row=row,
            initial=row.amount if initial is None else initial.get(row.id, ZERO),
            revised=row.amount,
            certain=row.amount if row.probability == ONE else ZERO,
            billed=_billed(row, reviewed.dossier, billed),
            received=received.get(row.id, ZERO),
        )


def _billed(row: BudgetRow, dossier: Dossier, billed: Mapping[str, Decimal]) -> Decimal:
    """What is billed of a line of income: invoices on the first line of their contract; takings once reported."""
    ticketing = dossier.find(row.about, Ticketing)
    if ticketing is not None:
        return row.amount if ticketing.takings is not None else ZERO
    beside = row.id.startswith("rebilled/") or row.id.endswith("/contribution")
    return ZERO if beside else billed.get(row.about, ZERO)
