"""How large the generated dossier is, and the day it is reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ON = date(2026, 11, 22)
PER_ENGAGEMENT = 4
"""Events of each engagement."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many facts of each kind."""

    lines: int
    engagements: int
    events: int
    people: int

    @classmethod
    def of_lines(cls, lines: int) -> Size:
        """The proportions of a large production: 5,000 lines come with 500 engagements and 2,000 events."""
        engagements = lines // 10
        return cls(lines, engagements, engagements * PER_ENGAGEMENT, max(1, engagements // 5))

    @property
    def variables(self) -> int:
        """Three hundred named numbers for 5,000 lines."""
        return max(1, self.lines * 3 // 50)

    @property
    def venues(self) -> int:
        """A hundred events in each venue."""
        return max(1, self.events // 100)


NOMINAL = Size.of_lines(5_000)
