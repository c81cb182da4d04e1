"""Where things stand on a grid of hours: pieces of a day in quarter hours, side by side when they overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final, Generic, TypeVar

QUARTERS: Final = 4
DAY: Final = 24 * QUARTERS
ONE_DAY: Final = timedelta(days=1)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """What falls on one day, from one quarter hour of it to another; the wall time is that of the place."""

    day: date
    start: int
    end: int
    begins: bool = True
    """Whether it starts that day, rather than the day before."""
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Laid(Generic[T]):
    """A thing, its piece, and the lane it stands in among so many."""

    thing: T
    piece: Piece
    lane: int = 1
    lanes: int = 1


def pieces(day: date, start: time, end: time | None, end_day: date | None = None) -> list[Piece]:
    """Cut a span of wall time at midnight; without an end it is drawn as one hour."""
    first = quarter(start)
    if end is None:
        return [Piece(day, first, min(first + QUARTERS, DAY))]
    last_day = end_day or (day if end > start else day + ONE_DAY)
    last = quarter(end)
    if last_day <= day:
        return [Piece(day, first, max(last, first + 1))]
    found = [Piece(day, first, DAY, ends=False)]
    between = day + ONE_DAY
    while between < last_day:
        found.append(Piece(between, 0, DAY, begins=False, ends=False))
        between += ONE_DAY
    if last:
        found.append(Piece(last_day, 0, last, begins=False))
    return found


def quarter(moment: time) -> int:
    """The quarter hour nearest to a time, from midnight: what follows at once stays below, not beside."""
    return (moment.hour * 60 + moment.minute + 7) // 15


def side_by_side(things: Iterable[tuple[T, Piece]], least: int = 1) -> list[Laid[T]]:
    """Give each thing of a day a lane; those that overlap share the width.

    `least` is the length in quarter hours under which nothing can be read: shorter pieces count for as much.
    """
    ordered = sorted(things, key=lambda pair: (pair[1].start, -pair[1].end))
    laid: list[Laid[T]] = []
    group: list[tuple[T, Piece, int]] = []
    ends: list[int] = []
    for thing, piece in ordered:
        if ends and piece.start >= max(ends):
            laid += _closed(group, len(ends))
            group, ends = [], []
        lane = next((rank for rank, end in enumerate(ends) if end <= piece.start), len(ends))
        end = max(piece.end, piece.start + least)
        ends[lane : lane + 1] = [end]
        group.append((thing, piece, lane + 1))
    return laid + _closed(group, len(ends))


def _closed(group: Sequence[tuple[T, Piece, int]], lanes: int) -> list[Laid[T]]:
    return [Laid(thing, piece, lane, lanes) for thing, piece, lane in group]


def hours_shown(found: Iterable[Piece], first: int = 8, last: int = 22) -> tuple[int, int]:
    """The whole hours a grid shows: usual ones, and all that anything takes."""
    starts, ends = [first], [last]
    for piece in found:
        starts.append(piece.start // QUARTERS)
        ends.append(-(-piece.end // QUARTERS))
    return min(starts), max(ends)
