"""School holidays of the three zones, where the calendar is known."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from filage.worktime.limit import read_data

ZONES = ("A", "B", "C")
_ONE_DAY = timedelta(days=1)


def is_school_holiday(day: date, zone: str | None) -> bool | None:
    """Whether there is no school that day in a zone; None when the zone or the year's calendar is not known.

    Source: the ministry's calendar (`data/worktime/vacances_scolaires.yaml`), its first and last day included.
    """
    first, last = known_period()
    if zone not in ZONES or not first <= day <= last:
        return None
    return day in _holidays(zone)


@cache
def known_period() -> tuple[date, date]:
    """The first and last day the calendar covers."""
    data = read_data("vacances_scolaires")
    return date.fromisoformat(data["first_day"]), date.fromisoformat(data["last_day"])


@cache
def _holidays(zone: str) -> frozenset[date]:
    data = read_data("vacances_scolaires")
    days: set[date] = set()
    for start, end in (*data["everywhere"], *data[zone]):
        day, last = date.fromisoformat(start), date.fromisoformat(end)
        while day <= last:
            days.add(day)
            day += _ONE_DAY
    return frozenset(days)
