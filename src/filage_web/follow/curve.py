"""Lines over time, drawn by the server: points in hundredths of the drawing, whatever its size on the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from filage.kernel.money import ZERO

WIDTH, HEIGHT = 1000, 240
MARGIN = Decimal("0.06")


@dataclass(frozen=True, slots=True)
class Dot:
    """One point worth showing, in the units of the drawing."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A drawing: the points of each line, the height of zero when it is inside, the points to mark."""

    lines: tuple[str, ...]
    zero: str
    dots: tuple[Dot, ...]
    width: int = WIDTH
    height: int = HEIGHT


def curve_of(
    lines: Sequence[Sequence[tuple[date, Decimal]]],
    *,
    steps: bool = False,
    zero: bool = False,
    marks: Sequence[tuple[date, Decimal]] = (),
) -> Curve | None:
    """Draw lines over the same days; None when there is nothing to join. `steps`: a value holds until the next."""
    points = [point for line in lines for point in line]
    if len({day for day, _ in points}) < 2:  # noqa: PLR2004 - one day makes no line
        return None
    days, values = [day for day, _ in points], [value for _, value in points]
    low, high = min(values), max(values)
    if zero:
        low, high = min(low, ZERO), max(high, ZERO)
    margin = (high - low) * MARGIN or Decimal(1)
    low, high = low - margin, high + margin
    first, length = min(days), (max(days) - min(days)).days

    def across(day: date) -> str:
        return f"{Decimal((day - first).days) * WIDTH / length:.1f}"

    def up(value: Decimal) -> str:
        return f"{(high - value) / (high - low) * HEIGHT:.1f}"

    def joined(line: Sequence[tuple[date, Decimal]]) -> str:
        found: list[str] = []
        before = None
        for day, value in line:
            if steps and before is not None:
                found.append(f"{across(day)},{up(before)}")
            found.append(f"{across(day)},{up(value)}")
            before = value
        return " ".join(found)

    return Curve(
        tuple(joined(line) for line in lines),
        up(ZERO) if low < 0 < high else "",
        tuple(Dot(across(day), up(value)) for day, value in marks),
    )
