"""The result of each offer against the fill of the house, drawn on the server; its name at the end of its line."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from filage.budget.deals.simulate import DealOutcome, curve_of
from filage_web.shell.scale import Tick, scale, thousands

WIDTH, HEIGHT = 620, 250
LEFT, RIGHT, TOP, BOTTOM = 56, 168, 12, 28
GAP: Final = 14
"""Room between two names."""
LONGEST: Final = 25
DRAWN: Final = 6


@dataclass(frozen=True, slots=True)
class Line:
    """An offer's line: its points, its name and where it is written, the point where it breaks even."""

    points: str
    name: str
    name_y: int
    rank: int
    cross_x: int | None
    cross_y: int


@dataclass(frozen=True, slots=True)
class FillChart:
    """Everything the drawing needs, in its own units."""

    lines: tuple[Line, ...]
    levels: tuple[Tick, ...]
    fills: tuple[Tick, ...]
    zero: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM
    name_x: int = WIDTH - RIGHT + 8


def fill_chart(outcomes: tuple[DealOutcome, ...]) -> FillChart | None:
    """Draw up to six offers; None when there is nothing to draw."""
    curves = [(found, curve_of(found.offer)) for found in outcomes[:DRAWN]]
    curves = [(found, points) for found, points in curves if any(value is not None for _, value in points)]
    values = [value for _, points in curves for _, value in points if value is not None]
    if not values:
        return None
    low, high, step = scale(min(*values, Decimal(0)), max(*values, Decimal(0)))

    def x(fill: Decimal) -> int:
        return LEFT + round((WIDTH - LEFT - RIGHT) * fill)

    def y(value: Decimal) -> int:
        return TOP + round((HEIGHT - TOP - BOTTOM) * (high - value) / (high - low))

    ends = [y(next(value for _, value in reversed(points) if value is not None)) for _, points in curves]
    places = _apart(ends)
    lines = tuple(
        Line(
            " ".join(f"{x(fill)},{y(value)}" for fill, value in points if value is not None),
            _short(found.offer.deal.label),
            place,
            rank,
            x(found.break_even_fill) if found.break_even and found.break_even_fill is not None else None,
            y(Decimal(0)),
        )
        for rank, ((found, points), place) in enumerate(zip(curves, places, strict=True))
    )
    levels = tuple(
        Tick(y(low + step * n), thousands(low + step * n)) for n in range(int((high - low) / step) + 1)
    )
    fills = tuple(Tick(x(Decimal(n) / 100), f"{n} %") for n in (0, 25, 50, 75, 100))
    return FillChart(lines, levels, fills, y(Decimal(0)))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _apart(ends: list[int]) -> list[int]:
    """Return the heights of the names: each at its line's end, pushed down when another is too near."""
    placed: dict[int, int] = {}
    last = -GAP
    for rank in sorted(range(len(ends)), key=lambda n: ends[n]):
        last = placed[rank] = max(ends[rank] + 4, last + GAP)
    over = max(last - (HEIGHT - BOTTOM), 0)
    return [placed[rank] - over for rank in range(len(ends))]
