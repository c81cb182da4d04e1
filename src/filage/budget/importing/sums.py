"""Running sums of the lines read, to compare with the totals a file writes."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from filage.budget.importing.shape import Line

Sum = tuple[Decimal, int]
_CENT = Decimal("0.01")


class Sums:
    """What lines add up to: under the heading, since the last total, by side and phase, in all."""

    zero = ZERO

    def __init__(self) -> None:
        self._sums: dict[tuple[str, ...], Decimal] = defaultdict(lambda: ZERO)
        self._counts: dict[tuple[str, ...], int] = defaultdict(int)

    def add(self, line: Line) -> None:
        """Count a line everywhere it belongs; a free contribution counts under its heading alone."""
        places: list[tuple[str, ...]] = [
            ("heading",),
            ("heading", line.side),
            ("since",),
            ("since", line.side),
        ]
        places += [("heading", line.phase), ("since", line.phase), ("with", line.side), ("with",)]
        if not line.valued:
            places += [("all",), ("all", line.side), ("all", line.phase), ("all", line.side, line.phase)]
        for place in places:
            self._sums[place] += line.amount
            self._counts[place] += 1

    def open(self) -> None:
        """A heading opens: its sum begins."""
        self._forget("heading")

    def close(self) -> None:
        """A total was read: what follows begins again."""
        self._forget("heading")
        self._forget("since")

    def _forget(self, first: str) -> None:
        for place in [one for one in self._sums if one[0] == first]:
            del self._sums[place], self._counts[place]

    def matching(self, stated: Decimal | None) -> tuple[Decimal, Decimal, int] | None:
        """What an amount without a name is the total of, when it is one: stated, found, lines."""
        for place in (("heading",), ("since",)):
            if stated and self._counts.get(place, 0) > 1 and abs(self._sums[place] - stated) <= _CENT:
                return stated, self._sums[place], self._counts[place]
        return None

    def compared(self, stated: Decimal, *, side: str, phase: str, here: str) -> Sum:
        """The sum a total stands for: the one that equals it, else the one its words and place name."""
        keys = tuple(one for one in (side, phase) if one)
        named = [("all", *keys), ("with", side)] if keys else []
        near = [("heading", *keys[:1]), ("since", *keys[:1])]
        wide: list[tuple[str, ...]] = [("all", here), ("all",), ("with", here), ("with",)]
        places = [one for one in (*named, *near, *wide) if self._counts.get(one)]
        equal = [one for one in places if abs(self._sums[one] - stated) <= _CENT]
        place = next(iter(equal or places), None)
        return (self._sums[place], self._counts[place]) if place else (ZERO, 0)
