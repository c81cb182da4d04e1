"""Money is decimal euros: named roundings, exact sharing, no float anywhere."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ZERO = Decimal(0)
ONE = Decimal(1)
CENT = Decimal("0.01")

ROUNDINGS: dict[str, Decimal] = {
    "cent": CENT,
    "rate4": Decimal("0.0001"),
    "ceiling2": CENT,
}
"""Named roundings, all half-up: to the cent, a rate or coefficient to four decimals, a pay ceiling to the cent."""


def exact(value: object) -> Decimal:
    """Return `value` as a Decimal; a float raises TypeError, since it has already lost cents."""
    if type(value) is Decimal:
        return value
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        message = f"money and rates are Decimal, int or text, never {type(value).__name__}"
        raise TypeError(message)
    return Decimal(value)


def round_half_up(value: Decimal, quantum: Decimal = CENT) -> Decimal:
    """Round half away from zero to `quantum` (a cent unless told); an amount too large to hold cents stays itself."""
    try:
        return value.quantize(quantum, ROUND_HALF_UP)
    except InvalidOperation:
        return value


def share_out(amount: Decimal, weights: Sequence[Decimal], quantum: Decimal = CENT) -> tuple[Decimal, ...]:
    """Split `amount` along `weights` by largest remainder: the parts add up to the amount exactly.

    Equal weights are used when all weights are zero. An empty list of weights gives no part.
    """
    if not weights:
        return ()
    whole = sum(weights, ZERO)
    if whole == 0:
        weights, whole = [ONE] * len(weights), Decimal(len(weights))
    units = amount / quantum
    exact_parts = [units * weight / whole for weight in weights]
    floors = [part.to_integral_value(ROUND_FLOOR) for part in exact_parts]
    left = int((units - sum(floors, ZERO)).to_integral_value(ROUND_HALF_UP))
    by_remainder = sorted(range(len(weights)), key=lambda i: (floors[i] - exact_parts[i], i))
    for index in by_remainder[:left]:
        floors[index] += 1
    return tuple(part * quantum for part in floors)
