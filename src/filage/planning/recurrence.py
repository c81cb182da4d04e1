"""The days an event comes back on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 400
"""Events one repetition may make; more is a slip of the finger."""
WEEK = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """How an event comes back: every so many weeks on these weekdays (0: Monday), or every so many months.

    Without weekdays, weeks repeat on the event's own. Months repeat on its day of the month (those that have none are
    passed over), or, with `same_weekday`, on the same weekday of the month (« le deuxième mardi »).
    """

    unit: Literal["week", "month"] = "week"
    every: int = 1
    weekdays: tuple[int, ...] = ()
    same_weekday: bool = False


def occurrences(first: date, rule: Rule, until: date) -> Iterator[date]:
    """Give the days a rule names after `first`, up to `until` included; never more than one beyond the most allowed."""
    days = _weekly(first, rule) if rule.unit == "week" else _monthly(first, rule)
    for count, day in enumerate(days):
        if day > until or count > MOST:
            return
        yield day


def _weekly(first: date, rule: Rule) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    weekdays = sorted(set(rule.weekdays)) or [first.weekday()]
    while monday.year < date.max.year:
        for weekday in weekdays:
            day = monday + timedelta(days=weekday)
            if day > first:
                yield day
        monday += timedelta(weeks=rule.every)


def _monthly(first: date, rule: Rule) -> Iterator[date]:
    rank = (first.day - 1) // WEEK
    month = first.year * 12 + first.month - 1
    while (month := month + rule.every) < date.max.year * 12:
        year, number = month // 12, month % 12 + 1
        day = (
            _same_weekday(year, number, first.weekday(), rank)
            if rule.same_weekday
            else _same(year, number, first)
        )
        if day is not None:
            yield day


def _same(year: int, month: int, first: date) -> date | None:
    try:
        return date(year, month, first.day)
    except ValueError:
        return None


def _same_weekday(year: int, month: int, weekday: int, rank: int) -> date | None:
    start = date(year, month, 1)
    day = start + timedelta(days=(weekday - start.weekday()) % WEEK + rank * WEEK)
    return day if day.month == month else None
