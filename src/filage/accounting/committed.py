"""What a line already engages: what is spent, and what orders, signed contracts or the sum typed still hold.

The one rule of « Engagé », for the budget and its follow-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.accounting.ledger import ledger_of
from filage.accounting.pay_months import ALLOWANCE_ROWS, FORECAST_ROW, PAY_ROWS, PayMonth, pay_months
from filage.budget.lines import EXPENSE
from filage.facts.team import Engagement
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from filage.accounting.ledger import Ledger
    from filage.accounting.reviewed import Reviewed
    from filage.budget.lines import BudgetRow
    from filage.facts.dossier import Dossier

SIGNED = ("signed", "ended")
PAID_ROWS = (*PAY_ROWS, ALLOWANCE_ROWS)


@dataclass(frozen=True, slots=True)
class Engaged:
    """What a line engages, in euros: `spent`, and `open`, what is still to come of it; `over` are the months worked."""

    spent: Decimal
    open: Decimal
    over: tuple[PayMonth, ...]

    @property
    def committed(self) -> Decimal:
        """What is engaged in all."""
        return self.spent + self.open


def signed_engagements(dossier: Dossier) -> frozenset[str]:
    """Return the engagements whose contract is signed, or ended: the others hold nothing yet."""
    return frozenset(one.about for one in dossier.all(Engagement) if one.contract in SIGNED)


def held_of(row: BudgetRow, signed: frozenset[str]) -> Decimal:
    """Return what a line holds without an order: pay under a signed contract, or the sum typed as engaged."""
    if row.id.startswith(PAID_ROWS):
        return row.amount if row.about in signed else ZERO
    return row.committed or ZERO


def engaged(
    row: BudgetRow, held: Decimal, ledger: Ledger, months: tuple[PayMonth, ...], today: date
) -> Engaged:
    """Return what a line engages on a day; its expenses use up its orders and what it holds."""
    bills = ledger.bills.get(row.id, ())
    forecast = row.id.startswith(FORECAST_ROW)
    over = () if bills or forecast else tuple(month for month in months if month.paid_on < today)
    spent = sum((bill.cost for bill in bills), ZERO) if bills else sum((month.cost for month in over), ZERO)
    ordered = sum((order.cost for order in ledger.orders.get(row.id, ())), ZERO)
    return Engaged(spent, max(ordered, held - max(spent, ZERO)), over)


def committed_of(reviewed: Reviewed, today: date) -> Mapping[str, Decimal]:
    """Return what each line of expense engages on a day, by line id, in euros; a line that engages nothing is absent.

    The months of pay are told only where they decide: a signed contract holds its whole pay already.
    """
    ledger, signed = ledger_of(reviewed.dossier, reviewed.budget), signed_engagements(reviewed.dossier)
    rows = [
        row
        for row in reviewed.budget.rows
        if row.side == EXPENSE
        and not row.valued
        and (
            row.committed or row.id in ledger.bills or row.id in ledger.orders or row.id.startswith(PAID_ROWS)
        )
    ]
    begun = _begun(reviewed, f"{today:%Y-%m}")
    told = frozenset(
        row.id for row in rows if row.about in begun and (row.about not in signed or row.id in ledger.orders)
    )
    months = pay_months(reviewed, told) if told else {}
    found = (
        (row.id, engaged(row, held_of(row, signed), ledger, months.get(row.id, ()), today).committed)
        for row in rows
    )
    return {ident: amount for ident, amount in found if amount}


def _begun(reviewed: Reviewed, month: str) -> frozenset[str]:
    """The engagements with a month of pay, or of allowances, over before that one."""
    return frozenset(
        cost.about
        for cost in reviewed.costs
        if any(slip.month < month for slip in cost.slips) or any(one.month < month for one in cost.repaid)
    )
