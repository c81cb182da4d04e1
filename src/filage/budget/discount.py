"""What a discount costs: on a date, over the tour, against the floor under which a date loses money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from filage.budget.price import exact_cents, price_of
from filage.kernel.money import ONE, ZERO, round_half_up

if TYPE_CHECKING:
    from filage.budget.price import PriceInput

THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class DiscountedSeries:
    """One length of series at the discounted price; euros per date."""

    performances: int
    unit_price: Decimal
    lost: Decimal
    above_floor: Decimal


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount on every date: what each series loses, the tour, the dates to break even, the result as planned.

    `highest` is the discount that brings the first series down to its floor.
    """

    rate: Decimal
    series: tuple[DiscountedSeries, ...]
    tour: Decimal
    break_even: int | None
    result: Decimal
    highest: Decimal


def discount_of(given: PriceInput, rate: Decimal) -> Discount:
    """Work out a discount, a fraction of the price, over every series and over the dates planned."""
    full = price_of(given)
    first = full.prices[0]
    lowered = [round_half_up(one.unit_price * (ONE - rate)) for one in full.prices]
    series = tuple(
        DiscountedSeries(one.performances, low, one.unit_price - low, low - _floor(given, one.performances))
        for one, low in zip(full.prices, lowered, strict=True)
    )
    sold = price_of(replace(given, series=(first.performances,), price=lowered[0]))
    planned = given.performances_planned
    remaining = max(given.creation_cost.value - given.funding_acquired.value, ZERO)
    room = first.unit_price - _floor(given, first.performances)
    highest = max(room / first.unit_price, ZERO) if first.unit_price else ZERO
    highest = highest.quantize(THOUSANDTH, ROUND_FLOOR)  # never under the floor
    return Discount(
        rate, series, planned * series[0].lost, sold.break_even,
        exact_cents(planned * sold.contribution - remaining), highest,
    )  # fmt: skip


def _floor(given: PriceInput, performances: int) -> Decimal:
    """What a date of such a series costs to play."""
    return given.plateau_cost.value + round_half_up(given.setup_cost.value / performances)
