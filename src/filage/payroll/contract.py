"""A contract over one month or several: a slip each, under the law of its last day, and what they come to in all."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from filage.kernel.money import CENT, ONE, ZERO, share_out
from filage.payroll.ceiling import Presence
from filage.payroll.slip import Line, Slip, Totals, cost_slip, thresholds
from filage.payroll.terms import ARTISTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filage.kernel.step import Step
    from filage.law import Law
    from filage.payroll.terms import Terms


@dataclass(frozen=True, slots=True)
class ContractMonth:
    """The part of a contract that falls in one calendar month; `weight` shares the gross between months."""

    last_day: date
    presence: Presence
    weight: Decimal


@dataclass(frozen=True)
class ContractCost:
    """The slips of a contract, in order; totals and lines are those of all of them."""

    slips: tuple[Slip, ...]

    @cached_property
    def totals(self) -> Totals:
        """Gross, employer cost and net before tax of every slip together, in euros."""
        found = [slip.totals for slip in self.slips]
        return Totals(
            sum((one.gross for one in found), ZERO),
            sum((one.employer_cost for one in found), ZERO),
            sum((one.net_before_tax for one in found), ZERO),
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of every slip, in order."""
        return tuple(line for slip in self.slips for line in slip.lines)

    @property
    def missing(self) -> tuple[str, ...]:
        """The rates only the structure knows, each once."""
        return tuple(dict.fromkeys(name for slip in self.slips for name in slip.missing))

    @property
    def assumed(self) -> tuple[Step, ...]:
        """What was supposed, each once."""
        return tuple(dict.fromkeys(step for slip in self.slips for step in slip.assumed))

    @property
    def complete(self) -> bool:
        """Whether every line due could be computed."""
        return not self.missing


def months_of(start: date, end: date, whole: Presence, status: str) -> tuple[ContractMonth, ...]:
    """Cut a contract into its calendar months; cachets and hours follow the days, the gross follows the cachets.

    A month without a cachet, when there are any, has no slip.
    """
    spans = list(_spans(start, end))
    days = [Decimal((last - first).days + 1) for first, last in spans]
    cachets = _shared(whole.cachets, days)
    hours = _shared(whole.hours, days, CENT)
    months = [
        ContractMonth(
            last,
            _presence(first, last, replace(whole, cachets=cachet, hours=hour), status),
            cachet if cachet is not None else worked,
        )
        for (first, last), worked, cachet, hour in zip(spans, days, cachets, hours, strict=True)
    ]
    return tuple(month for month in months if month.weight > 0)


def cost_contract(terms: Terms, gross: Decimal, months: Sequence[ContractMonth], law: Law) -> ContractCost:
    """Cost a contract from its gross in euros, shared between its months; DFS stops at its yearly limit."""
    slips: list[Slip] = []
    for month, pay in zip(months, share_out(gross, [month.weight for month in months]), strict=True):
        year = month.last_day.year
        used = sum((slip.deducted for slip in slips if slip.terms.day.year == year), terms.dfs_used)
        of_month = replace(terms, day=month.last_day, dfs_used=used if terms.dfs else terms.dfs_used)
        slips.append(cost_slip(of_month, pay, month.presence, law))
    return ContractCost(tuple(slips))


def contract_thresholds(terms: Terms, months: Sequence[ContractMonth], law: Law) -> tuple[Decimal, ...]:
    """The gross pays of the contract, in euros, about which the net of one of its months falls."""
    whole = sum((month.weight for month in months), ZERO)
    return tuple(
        (limit * whole / month.weight).quantize(CENT)
        for month in months
        for limit in thresholds(terms.on(month.last_day), month.presence, law)
    )


def _spans(start: date, end: date) -> Iterator[tuple[date, date]]:
    first = start
    while first <= end:
        last = min(first.replace(day=monthrange(first.year, first.month)[1]), end)
        yield first, last
        first = last + timedelta(days=1)


def _shared(
    amount: Decimal | None, weights: Sequence[Decimal], quantum: Decimal = ONE
) -> Sequence[Decimal | None]:
    if amount is None:
        return [None] * len(weights)
    return share_out(amount, weights, quantum if amount == amount.to_integral_value() else CENT)


def _presence(first: date, last: date, paid: Presence, status: str) -> Presence:
    """How much of a month a part covers; an artist's cachets are isolated when each has its own day."""
    worked = (last - first).days + 1
    whole_month = worked == monthrange(last.year, last.month)[1]
    isolated = (
        status in ARTISTS
        and paid.cachets is not None
        and worked == (int(paid.cachets.to_integral_value()) or 1)
    )
    return replace(paid, days=None if whole_month else worked, isolated=isolated)
