"""What the structure knows outside this production, reduced to what a review needs (D8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from filage.planning.conflicts import Shift


@dataclass(frozen=True, slots=True)
class Context:
    """The same people's shifts in the structure's other productions."""

    busy: tuple[Shift, ...] = ()

    @property
    def digest(self) -> str:
        """Same digest, same context: part of the key of cached outcomes."""
        text = "\n".join(
            sorted(f"{s.person} {s.event} {s.interval.start} {s.interval.end}" for s in self.busy)
        )
        return hashlib.sha256(text.encode()).hexdigest()
