"""What a discount costs: on a date, over the tour, against the floor under which a date loses money."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from filage.budget.price import exact_cents, price_of
from filage.budget.variables import series_lengths
from filage.kernel.money import ONE, ZERO, round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.budget.price import PriceInput
    from filage.facts.dossier import Dossier

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

    `played` says how many dates are counted in each length of series; `highest` is the discount that brings the first
    series down to its floor.
    """

    rate: Decimal
    series: tuple[DiscountedSeries, ...]
    tour: Decimal
    break_even: int | None
    result: Decimal
    highest: Decimal
    played: tuple[tuple[int, int], ...] = ()


def tour_of(dossier: Dossier, given: PriceInput) -> dict[int, int]:
    """Return how many of the dates planned are played in each length of series, from the longest.

    The series are those of the calendar; dates planned beyond it count in the first series of the sheet.
    """
    left, counts = given.performances_planned, Counter[int]()
    for length in series_lengths(dossier):
        counts[length] += min(length, left)
        left -= min(length, left)
    counts[given.series[0]] += left
    return {length: dates for length, dates in sorted(counts.items(), reverse=True) if dates}


def discount_of(given: PriceInput, rate: Decimal, tour: Mapping[int, int] | None = None) -> Discount:
    """Work out a discount, a fraction of the price, over every series and over the dates planned.

    `tour` says how many dates are played in each length of series; without it, all are in the first one. The dates to
    break even are counted at what a date of that tour leaves on average.
    """
    full = price_of(given)
    first = full.prices[0]
    lowered = [round_half_up(one.unit_price * (ONE - rate)) for one in full.prices]
    series = tuple(
        DiscountedSeries(one.performances, low, one.unit_price - low, low - _floor(given, one.performances))
        for one, low in zip(full.prices, lowered, strict=True)
    )
    played = dict(tour) if tour else {first.performances: given.performances_planned}
    lost, left = ZERO, ZERO
    for length, dates in played.items():
        whole = price_of(replace(given, series=(length,))).prices[0].unit_price
        low = round_half_up(whole * (ONE - rate))
        lost += dates * (whole - low)
        left += dates * price_of(replace(given, series=(length,), price=low)).contribution
    remaining = max(given.creation_cost.value - given.funding_acquired.value, ZERO)
    room = first.unit_price - _floor(given, first.performances)
    highest = max(room / first.unit_price, ZERO) if first.unit_price else ZERO
    highest = highest.quantize(THOUSANDTH, ROUND_FLOOR)  # never under the floor
    return Discount(
        rate, series, lost, _break_even(remaining, left, sum(played.values())), exact_cents(left - remaining), highest,
        tuple(played.items()),
    )  # fmt: skip


def _break_even(remaining: Decimal, left: Decimal, dates: int) -> int | None:
    """How many dates pay the creation back at what these leave on average; None when they leave nothing."""
    return int((remaining * dates / left).to_integral_value(ROUND_CEILING)) if left > 0 else None


def _floor(given: PriceInput, performances: int) -> Decimal:
    """What a date of such a series costs to play."""
    return given.plateau_cost.value + round_half_up(given.setup_cost.value / performances)
