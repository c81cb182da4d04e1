"""The pay of a budget line month by month: what the line costs, what people receive, what is declared after."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from filage.kernel.money import ZERO, round_half_up, share_out
from filage.payroll.declarations import due_of

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from decimal import Decimal

    from filage.accounting.reviewed import Reviewed
    from filage.budget.lines import BudgetRow
    from filage.payroll.engagement import PayCost

PAY_ROW, FORECAST_ROW = "pay/", "forecast/"
PAY_ROWS = (PAY_ROW, FORECAST_ROW)
ALLOWANCE_ROWS = "allowance/"
LARGE, LARGE_DAY = 50, 5
"""From 50 employees paid in the month, contributions are due on the 5th (C. séc. soc. R243-6, to be checked)."""

MOST_KEPT = 20_000
"""Pay lines whose months are kept in memory."""


@dataclass(frozen=True, slots=True)
class PayMonth:
    """One month of one pay line, in euros: `cost` is `net` paid on `paid_on` and `contributions` due on `due_on`.

    The income tax withheld stays in the net: no rate is known before the tax office gives it.
    """

    month: str
    cost: Decimal
    net: Decimal
    contributions: Decimal
    paid_on: date
    due_on: date


def pay_months(
    reviewed: Reviewed, wanted: Container[str] | None = None
) -> Mapping[str, tuple[PayMonth, ...]]:
    """Return the months of each pay and allowance line, by line id; their costs add up to the line's amount.

    Given the ids `wanted`, only theirs.
    """
    waiting: dict[tuple[str, str], list[PayCost]] = defaultdict(list)
    by_about: dict[str, PayCost] = {}
    for cost in reviewed.costs:
        by_about.setdefault(cost.about, cost)
        for phase, _ in cost.by_phase:
            waiting[cost.about, phase].append(cost)
    headcount = reviewed.dossier.employer.headcount
    found: dict[str, tuple[PayMonth, ...]] = {}
    for row in reviewed.budget.rows:
        if row.id.startswith(PAY_ROWS):
            cost = waiting[row.about, row.phase].pop(0)
            if wanted is None or row.id in wanted:
                found[row.id] = _known(row, cost, headcount)
        elif wanted is not None and row.id not in wanted:
            continue
        elif row.id.startswith(ALLOWANCE_ROWS) and row.about in by_about:
            found[row.id] = _of_allowances(row, by_about[row.about], headcount)
    return found


@dataclass(slots=True)
class _Kept:
    """The months of one pay line, kept while its cost is the very same: an edit leaves most of them alone."""

    cost: PayCost
    amount: Decimal
    headcount: int
    months: tuple[PayMonth, ...]


_LAST: dict[str, _Kept] = {}


def _known(row: BudgetRow, cost: PayCost, headcount: int) -> tuple[PayMonth, ...]:
    kept = _LAST.get(row.id)
    if kept is None or kept.cost is not cost or kept.amount != row.amount or kept.headcount != headcount:
        if len(_LAST) > MOST_KEPT:
            _LAST.clear()
        kept = _LAST[row.id] = _Kept(cost, row.amount, headcount, _of_slips(row, cost, headcount))
    return kept.months


def _of_slips(row: BudgetRow, cost: PayCost, headcount: int) -> tuple[PayMonth, ...]:
    months, weights, nets = [], [], []
    for slip in cost.slips:
        units = dict(slip.by_phase).get(row.phase, ZERO)
        if not units and slip.by_phase:
            continue
        part = units / slip.units if slip.units else ZERO
        months.append(slip.month)
        weights.append(slip.slip.totals.employer_cost * part)
        whole = slip.slip.totals.employer_cost
        nets.append(slip.slip.totals.net_before_tax / whole if whole else ZERO)
    costs = share_out(row.amount, weights)
    return tuple(
        _month(month, paid, round_half_up(paid * net), headcount)
        for month, paid, net in zip(months, costs, nets, strict=True)
    )


def _of_allowances(row: BudgetRow, cost: PayCost, headcount: int) -> tuple[PayMonth, ...]:
    by_month: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for repaid in cost.repaid:
        if repaid.phase == row.phase:
            by_month[repaid.month] += repaid.exempt.value
    shares = share_out(row.amount, list(by_month.values()))
    return tuple(_month(month, paid, paid, headcount) for month, paid in zip(by_month, shares, strict=True))


def _month(month: str, cost: Decimal, net: Decimal, headcount: int) -> PayMonth:
    return PayMonth(month, cost, net, cost - net, *_days(month, headcount))


@lru_cache(maxsize=512)
def _days(month: str, headcount: int) -> tuple[date, date]:
    """The day a month of pay is paid, and the day its contributions are due."""
    year, number = int(month[:4]), int(month[5:])
    due = due_of(month)[-1].on
    due = due.replace(day=LARGE_DAY) if headcount >= LARGE else due
    return date(year, number, monthrange(year, number)[1]), due
