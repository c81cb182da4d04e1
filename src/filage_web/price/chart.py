"""The cumulated result drawn on the server: two lines named on themselves, zero, the dates planned."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from filage.budget.sheet import Curve
from filage_web.shell.scale import Tick, scale, thousands

WIDTH, HEIGHT = 372, 204
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 10, 26
LABEL: Final = 96
"""Room a line's name needs at the right edge."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A line: its points, its name and where to write it, the point where it crosses zero."""

    points: str
    name: str
    name_x: int
    name_y: int
    anchor: str
    cross_x: int | None
    cross_y: int
    dashed: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the drawing needs, in its own units."""

    traces: tuple[Trace, ...]
    levels: tuple[Tick, ...]
    dates: tuple[Tick, ...]
    zero: int
    planned_x: int
    planned: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def chart_of(computed: Curve, sold: Curve | None, planned: int) -> Chart:
    """Draw one or two curves over the same dates."""
    curves = [(computed, "prix calculé", False), *([(sold, "prix vendu", True)] if sold else [])]
    values = [value for curve, _, _ in curves for value in curve.results]
    low, high, step = scale(min(*values, Decimal(0)), max(*values, Decimal(0)))
    last = len(computed.results) - 1

    def x(number: int) -> int:
        return LEFT + round((WIDTH - LEFT - RIGHT) * number / max(last, 1))

    def y(value: Decimal) -> int:
        return TOP + round((HEIGHT - TOP - BOTTOM) * (high - value) / ((high - low) or Decimal(1)))

    traces = tuple(
        _trace(curve, name, x, y, dashed=dashed, above=not dashed) for curve, name, dashed in curves
    )
    count = int((high - low) / step)
    levels = tuple(Tick(y(low + step * n), thousands(low + step * n)) for n in range(count + 1))
    every = max(1, -(-last // 5))
    every = every if every < 5 else 5 * -(-every // 5)  # noqa: PLR2004 - graduations of five dates
    dates = tuple(Tick(x(n), str(n)) for n in range(0, last + 1, every) if abs(n - planned) > every / 3)
    return Chart(traces, levels, dates, y(Decimal(0)), x(planned), planned)


def _trace(
    curve: Curve,
    name: str,
    x: Callable[[int], int],
    y: Callable[[Decimal], int],
    *,
    dashed: bool,
    above: bool,
) -> Trace:
    last = len(curve.results) - 1
    points = f"{x(0)},{y(curve.results[0])} {x(last)},{y(curve.results[last])}"
    cross = curve.break_even if curve.break_even is not None and curve.break_even <= last else None
    at = cross if cross is not None else last * 2 // 3
    left = above
    name_x = x(at) + (-10 if left else 10)
    crowded = not left and name_x > WIDTH - RIGHT - LABEL
    name_y = y(curve.results[at]) + (-14 if above else 24)
    anchor = "end" if left or crowded else "start"
    text = f"{name} : {curve.break_even}" if curve.break_even is not None else name
    name_x = min(name_x + (20 if crowded else 0), WIDTH - RIGHT)
    cross_x = x(cross) if cross is not None else None
    return Trace(points, text, name_x, name_y, anchor, cross_x, y(curve.results[at]), dashed)
