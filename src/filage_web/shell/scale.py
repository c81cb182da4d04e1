"""The graduations of a drawing made on the server: round bounds, and amounts short enough for an axis."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from filage.kernel import french

STEPS: Final = (1, 2, 5)
MOST: Final = 5
"""Steps between the bounds before they are rounded."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A graduation: its place on its axis and its text."""

    at: int
    text: str


def scale(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Round bounds and graduation: four to six steps of 1, 2 or 5 times a power of ten."""
    span = max(high - low, Decimal(1000))
    power = Decimal(10) ** (len(str(int(span))) - 1)
    step = next(s for p in (power / 10, power) for s in (p * n for n in STEPS) if span / s <= MOST)
    return (
        (low // step - (1 if low % step else 0)) * step,
        -((-high) // step - (1 if (-high) % step else 0)) * step,
        step,
    )


def thousands(value: Decimal) -> str:
    """Write a graduation: « 10 k€ », « 1 500 € »."""
    if value == 0:
        return "0"
    return whole_euros(value) if value % 1000 else f"{french.number(value / 1000, 0)}{french.NBSP}k€"


def whole_euros(value: Decimal) -> str:
    """Write an amount on a drawing to the euro: « 12 345 € »."""
    return f"{french.number(value, 0)}{french.NBSP}€"
