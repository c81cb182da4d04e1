"""What every search shares: how long it may take, whom it tells, and how it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Status = Literal["optimal", "feasible"]


@dataclass(frozen=True, slots=True)
class Watch:
    """How many seconds are left to a search, given by the caller, and whom it tells of its best value and bound."""

    left: Callable[[], float]
    tell: Callable[[int | None, int | None], None] = lambda _best, _bound: None

    def is_over(self) -> bool:
        """Whether the time given has passed."""
        return self.left() <= 0


class Stopped(Exception):
    """The time is over, or somebody asked to stop."""
