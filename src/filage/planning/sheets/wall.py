"""Times as a clock on the wall shows them, without the offset that tells the hour of autumn that comes twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from datetime import time


@overload
def wall(at: time) -> time: ...
@overload
def wall(at: None) -> None: ...
@overload
def wall(at: time | None) -> time | None: ...
def wall(at: time | None) -> time | None:
    """The same time without its offset."""
    return at.replace(tzinfo=None) if at is not None and at.tzinfo is not None else at
