"""School holidays by zone, where the calendar is known."""

from datetime import date

import pytest

from filage.worktime.holidays import is_school_holiday, known_period


@pytest.mark.parametrize(
    ("day", "zone", "free"),
    [
        ("2026-02-06", "A", False),
        ("2026-02-07", "A", True),
        ("2026-02-22", "A", True),
        ("2026-02-23", "A", False),
        ("2026-02-23", "B", True),
        ("2026-03-08", "C", True),
        ("2026-12-25", "C", True),
        ("2026-09-01", "A", False),
        ("2026-08-31", "A", True),
    ],
)
def test_the_calendar_of_a_zone(day, zone, free):
    assert is_school_holiday(date.fromisoformat(day), zone) is free


def test_no_zone_and_no_calendar_is_no_answer():
    first, last = known_period()
    assert is_school_holiday(first, None) is None
    assert is_school_holiday(first, "D") is None
    assert is_school_holiday(last.replace(year=last.year + 1), "A") is None
    assert is_school_holiday(first.replace(year=first.year - 1), "A") is None


def test_zones_do_not_overlap_in_winter_more_than_a_fortnight():
    """A zone's winter and spring holidays last sixteen days, weekends of both ends included."""
    for zone in "ABC":
        free = [d for d in (date(2026, 2, n) for n in range(1, 29)) if is_school_holiday(d, zone)]
        march = [d for d in (date(2026, 3, n) for n in range(1, 32)) if is_school_holiday(d, zone)]
        assert len(free) + len(march) == 16
