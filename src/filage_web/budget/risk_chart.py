"""The risk of a budget drawn on the server: how often each cost came out, the budget, and half the draws."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from filage.budget.risk import Risk
from filage_web.shell.scale import Tick, whole_euros

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 16, 16, 44, 28
MEDIAN: Final = 50
GAP: Final = 1
CLOSE: Final = 280
"""Two names nearer than this are written on two levels."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many draws fell in a stretch of costs: solid while the budget holds it, outlined beyond."""

    x: int
    y: int
    width: int
    height: int
    beyond: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line and its name."""

    x: int
    name: str
    name_x: int
    name_y: int
    anchor: str
    dashed: bool


@dataclass(frozen=True, slots=True)
class RiskChart:
    """Everything the drawing needs, in its own units."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    base: int = HEIGHT - BOTTOM
    top: int = TOP
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def risk_chart(risk: Risk) -> RiskChart | None:
    """Draw the costs that came out; None when nothing varies."""
    if not risk.weights:
        return None
    low = min(risk.bins[0].low, risk.budget)
    high = max(risk.bins[-1].high, risk.budget)
    span = (high - low) or Decimal(1)
    most = max(one.count for one in risk.bins)

    def x(value: Decimal) -> int:
        return LEFT + round((WIDTH - LEFT - RIGHT) * (value - low) / span)

    bars = []
    for one in risk.bins:
        height = round((HEIGHT - TOP - BOTTOM) * one.count / most)
        left, right = x(one.low), x(one.high)
        bars.append(
            Bar(left, HEIGHT - BOTTOM - height, max(right - left - GAP, 1), height, one.low >= risk.budget)
        )
    median = dict(risk.percentiles)[MEDIAN]
    apart = abs(x(median) - x(risk.budget)) >= CLOSE
    marks = (
        _mark(x(risk.budget), f"budget : {whole_euros(risk.budget)}", 14, dashed=False),
        _mark(x(median), f"une fois sur deux sous {whole_euros(median)}", 14 if apart else 32, dashed=True),
    )
    ticks = tuple(Tick(x(value), whole_euros(value)) for value in (risk.bins[0].low, risk.bins[-1].high))
    return RiskChart(tuple(bars), marks, ticks)


def _mark(x: int, name: str, y: int, *, dashed: bool) -> Mark:
    end = x > WIDTH * 2 // 3
    return Mark(x, name, x - 6 if end else x + 6, y, "end" if end else "start", dashed)
