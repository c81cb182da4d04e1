"""The cash plan: the balance month by month in three readings, its lowest point and the bridge it asks for.

Before tax, movements add up to the budget: income that is money, less final estimated costs. VAT nets out: what is
collected, deducted and returned makes zero over the whole plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from filage.accounting.cash_in import is_money, money_in
from filage.accounting.cash_out import money_out
from filage.accounting.cash_tax import vat_of, vat_returns
from filage.accounting.follow import follow
from filage.accounting.movement import READINGS, Clock, Movement, running
from filage.budget.lines import RECEIPT
from filage.facts.base import label_of
from filage.facts.cash import CashBalance, CashItem
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from filage.accounting.follow import FollowUp
    from filage.accounting.reviewed import Reviewed
    from filage.budget.lines import BudgetRow
    from filage.facts.dossier import Dossier
    from filage.law import Law


@dataclass(frozen=True, slots=True)
class CashMonth:
    """One month: opening and closing balances, money in and out, and the movements behind them, in euros."""

    month: str
    opening: Decimal
    movements: tuple[Movement, ...]

    @property
    def received(self) -> Decimal:
        """Money in."""
        return sum((one.amount for one in self.movements if one.amount > 0), ZERO)

    @property
    def paid(self) -> Decimal:
        """Money out, negative."""
        return sum((one.amount for one in self.movements if one.amount < 0), ZERO)

    @property
    def closing(self) -> Decimal:
        """The balance at the end of the month."""
        return self.opening + self.received + self.paid


@dataclass(frozen=True, slots=True)
class CashReading:
    """The plan read in one way: its months, its lowest end of day, and the balance it ends with."""

    reading: str
    months: tuple[CashMonth, ...]
    days: tuple[tuple[date, Decimal], ...]
    lowest: Decimal
    lowest_on: date | None
    closing: Decimal

    @property
    def bridge(self) -> Decimal:
        """What must be borrowed or advanced for the account never to go below zero."""
        return max(-self.lowest, ZERO)

    @property
    def movements(self) -> tuple[Movement, ...]:
        """Every movement, in order."""
        return tuple(movement for month in self.months for movement in month.movements)


@dataclass(frozen=True, slots=True)
class CashPlan:
    """The plan on a day: `opening` is the last known balance and its day; `before` is already in it."""

    on: date
    opening: CashBalance | None
    movements: tuple[Movement, ...]
    before: tuple[Movement, ...]
    apart: tuple[BudgetRow, ...]
    readings: Mapping[str, CashReading]


def cash_plan(reviewed: Reviewed, law: Law, today: date, found: FollowUp | None = None) -> CashPlan:
    """Return the cash plan of a production: every movement with its day, its reason and how sure it is."""
    dossier = reviewed.dossier
    opening = opening_of(dossier, today)
    clock = Clock(today, opening.on if opening else None)
    vat = vat_of(dossier.employer, law, today)
    found = found or follow(reviewed, today)
    planned = sorted(
        (
            *money_in(reviewed, vat, clock),
            *money_out(reviewed, found, vat, clock),
            *_typed(dossier, clock),
        ),
        key=_order,
    )
    readings = {}
    for reading in READINGS:
        counted = [one for movement in planned if (one := movement.read(reading)) is not None]
        counted = sorted((*counted, *vat_returns(counted, dossier.employer)), key=_order)
        readings[reading] = _reading(reading, _after(counted, opening), opening.amount if opening else ZERO)
    whole = sorted((*planned, *vat_returns(planned, dossier.employer)), key=_order)
    after = _after(whole, opening)
    return CashPlan(
        today, opening, tuple(after), tuple(whole[: len(whole) - len(after)]),
        tuple(row for row in reviewed.budget.rows if row.side == RECEIPT and row.counts and not is_money(row, dossier)),
        readings,
    )  # fmt: skip


def opening_of(dossier: Dossier, today: date) -> CashBalance | None:
    """The last balance known on a day; None when nobody typed one."""
    known = [balance for balance in dossier.all(CashBalance) if balance.on <= today]
    return max(known, key=lambda balance: balance.on, default=None)


def _typed(dossier: Dossier, clock: Clock) -> Iterator[Movement]:
    for item in dossier.all(CashItem):
        why = f"{label_of(item, 'nature').lower()}, saisi"
        done = item.on <= clock.today
        yield Movement(item.on, item.label, "cash", item.amount, item.about, why, done=done)


def _order(movement: Movement) -> tuple[date, bool, str]:
    return (movement.on, movement.amount > 0, movement.label)


def _after(movements: Sequence[Movement], opening: CashBalance | None) -> list[Movement]:
    """What the last known balance does not hold yet."""
    return [one for one in movements if opening is None or one.on > opening.on]


def _reading(reading: str, movements: Sequence[Movement], opening: Decimal) -> CashReading:
    days = tuple(running(movements, opening))
    low_on, low = min(days, key=lambda day: (day[1], day[0]), default=(None, opening))
    if opening < low:
        low_on, low = None, opening
    months = tuple(_months(movements, opening))
    return CashReading(reading, months, days, low, low_on, days[-1][1] if days else opening)


def _months(movements: Sequence[Movement], opening: Decimal) -> Iterator[CashMonth]:
    """Every month from the first movement to the last, empty ones included."""
    if not movements:
        return
    by_month: dict[str, list[Movement]] = {month: [] for month in _names(movements[0].on, movements[-1].on)}
    for movement in movements:
        by_month[f"{movement.on:%Y-%m}"].append(movement)
    for name, own in by_month.items():
        month = CashMonth(name, opening, tuple(own))
        yield month
        opening = month.closing


def _names(first: date, last: date) -> Iterable[str]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in range(start, end + 1)]
