"""The week on a grid of hours: what lasts all day above, what overlaps side by side."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from filage_web.planning.entries import Entry
from filage_web.planning.laying import QUARTERS, Laid, Piece, hours_shown, pieces, side_by_side
from filage_web.planning.marks import Mark

SPAN: Final = 7
SHORTEST: Final = 3
"""Quarter hours under which a box could not be read."""


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of an event on the grid of a day: its first row, its height in quarter hours, its lane."""

    entry: Entry
    row: int
    rows: int
    lane: int
    lanes: int
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One column."""

    day: date
    today: bool
    mark: Mark | None
    all_day: tuple[Entry, ...]
    boxes: tuple[Box, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What begins that day, in order: the list of a telephone."""
        return (*self.all_day, *(box.entry for box in self.boxes if box.begins))


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days and the hours they show."""

    days: tuple[WeekDay, ...]
    first_hour: int
    last_hour: int

    @property
    def hours(self) -> list[tuple[int, int]]:
        """The hours down the side, each with its row."""
        return [
            (hour, (hour - self.first_hour) * QUARTERS) for hour in range(self.first_hour, self.last_hour)
        ]

    @property
    def height(self) -> int:
        """How many hours the grid is high."""
        return self.last_hour - self.first_hour

    @property
    def has_all_day(self) -> bool:
        """Whether something lasts a whole day."""
        return any(day.all_day for day in self.days)


def monday_of(day: date) -> date:
    """The Monday of a week."""
    return day - timedelta(days=day.weekday())


def week_of(entries: Iterable[Entry], around: date, today: date, marks: Mapping[date, Mark]) -> Week:
    """Lay out the week of a day."""
    first = monday_of(around)
    days = [first + timedelta(days=rank) for rank in range(SPAN)]
    whole: dict[date, list[Entry]] = defaultdict(list)
    timed: dict[date, list[tuple[Entry, Piece]]] = defaultdict(list)
    for entry in entries:
        if entry.begins is None:
            last = entry.end_day or entry.day
            for day in days:
                if entry.day <= day <= last:
                    whole[day].append(entry)
            continue
        for piece in pieces(entry.day, entry.begins, entry.ends, entry.end_day):
            timed[piece.day].append((entry, piece))
    start, end = hours_shown(piece for day in days for _entry, piece in timed[day])
    return Week(
        tuple(
            WeekDay(
                day,
                day == today,
                marks.get(day),
                tuple(whole[day]),
                tuple(_box(laid, start) for laid in side_by_side(timed[day], SHORTEST)),
            )
            for day in days
        ),
        start,
        end,
    )


def _box(laid: Laid[Entry], first_hour: int) -> Box:
    piece = laid.piece
    return Box(
        laid.thing,
        piece.start - first_hour * QUARTERS,
        max(piece.end - piece.start, 2),
        laid.lane,
        laid.lanes,
        piece.begins,
        piece.ends,
    )
