"""The month as weeks, and what the days are: public holidays, school holidays."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from filage_web.planning.entries import Entry
from filage_web.planning.marks import Mark

NO_MARK: Mapping[date, Mark] = {}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the month's table."""

    day: date
    inside: bool
    today: bool
    entries: tuple[Entry, ...]
    mark: Mark | None = None


def weeks_of(
    entries: Iterable[Entry], first: date, today: date, marks: Mapping[date, Mark] = NO_MARK
) -> list[list[Cell]]:
    """Lay a month out in weeks, from Monday."""
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        for rank in range((entry.last_day - entry.day).days + 1):
            by_day[entry.day + timedelta(days=rank)].append(entry)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return [
        [
            Cell(day, day.month == first.month, day == today, tuple(by_day[day]), marks.get(day))
            for day in week
        ]
        for week in weeks
    ]
