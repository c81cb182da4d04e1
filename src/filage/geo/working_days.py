"""Working days counted: neither Saturdays, Sundays nor the public holidays of everywhere in France."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

from filage.geo.public_holidays import public_holidays

MONDAY: Final = date(1990, 1, 1)
LAST: Final = date(2150, 12, 31)
WORKED_A_WEEK, WEEK = 5, 7


@lru_cache(maxsize=8_192)
def rank_of(day: date) -> int:
    """Return how many working days come before a day, since 1990: the rank of the first one from it on."""
    day = min(max(day, MONDAY), LAST)
    weeks, weekday = divmod((day - MONDAY).days, WEEK)
    return weeks * WORKED_A_WEEK + min(weekday, WORKED_A_WEEK) - bisect_left(_holidays(), day)


def rank_after(day: date) -> int:
    """Return how many working days are over at the end of a day."""
    return rank_of(min(max(day, MONDAY), LAST) + timedelta(days=1))


@lru_cache(maxsize=8_192)
def day_of(rank: int) -> date:
    """Return the working day of a rank."""
    day = MONDAY
    for _ in range(3):  # each pass counts the holidays of the one before; a week less is never too far
        days = (max(rank, 0) + bisect_left(_holidays(), day)) * WEEK // WORKED_A_WEEK - WEEK
        day = MONDAY + timedelta(days=min(max(days, 0), (LAST - MONDAY).days))
    while rank_of(day + timedelta(days=1)) <= rank and day < LAST:
        day += timedelta(days=1)
    return day


def eve_of(day: date) -> date:
    """Return the last working day before a day."""
    return day_of(rank_of(day) - 1)


def last_from(day: date) -> date:
    """Return a day when it is worked, else the last working day before it."""
    return day_of(rank_after(day) - 1)


@cache
def _holidays() -> list[date]:
    """Public holidays that fall on a weekday, in order."""
    years = range(MONDAY.year, LAST.year + 1)
    return [day for year in years for day in public_holidays(year) if day.weekday() < WORKED_A_WEEK]
