"""Times subtracted in UTC: the two nights of the year that are not twenty-four hours, midnight, what does not exist."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.kernel.errors import BadInput
from filage.kernel.interval import (
    days_between,
    instant,
    is_full_month,
    local_day,
    month_key,
    months_between,
    span,
)

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "start", "end", "hours"),
    [
        (date(2026, 11, 5), "20:00", "21:40", "1.6667"),
        (date(2026, 11, 5), "20:00", "00:00", "4"),
        (date(2026, 11, 5), "20:00", "00:30", "4.5"),
        (date(2026, 11, 5), "09:00", "09:00", "24"),
        (date(2026, 12, 31), "22:00", "01:00", "3"),
        (date(2028, 2, 28), "22:00", "06:00", "8"),
        (SPRING - timedelta(1), "22:00", "06:00", "7"),
        (SPRING, "01:00", "04:00", "2"),
        (SPRING, "00:00", "00:00", "23"),
        (AUTUMN - timedelta(1), "22:00", "06:00", "9"),
        (AUTUMN, "01:00", "04:00", "4"),
        (AUTUMN, "00:00", "00:00", "25"),
    ],
)
def test_hours_that_really_pass(day, start, end, hours) -> None:
    worked = span(day, time.fromisoformat(start), time.fromisoformat(end)).hours
    assert round(worked, 4) == Decimal(hours)


def test_a_time_that_does_not_exist_is_refused_and_says_why() -> None:
    with pytest.raises(
        BadInput, match=r"02:30 n’existe pas le 2026-03-29 \(Europe/Paris\) : passage à l’heure d’été"
    ):
        instant(SPRING, time(2, 30))


@pytest.mark.parametrize(
    ("wall", "exists"), [("01:59", True), ("02:00", False), ("02:59", False), ("03:00", True)]
)
def test_the_missing_hour_has_exact_ends(wall, exists) -> None:
    try:
        instant(SPRING, time.fromisoformat(wall))
    except BadInput:
        assert not exists
    else:
        assert exists


def test_an_ambiguous_time_is_the_first_unless_it_carries_its_offset() -> None:
    assert instant(AUTUMN, time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant(AUTUMN, time.fromisoformat("02:30+02:00")) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant(AUTUMN, time.fromisoformat("02:30+01:00")) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_zone_is_that_of_the_place() -> None:
    assert instant(date(2026, 11, 5), time(20), "America/Montreal") == datetime(2026, 11, 6, 1, tzinfo=UTC)
    assert instant(SPRING, time(2, 30), "Asia/Tokyo") == datetime(2026, 3, 28, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Besancon", "", "../etc/passwd"])
def test_a_zone_nobody_knows_is_refused(zone) -> None:
    with pytest.raises(BadInput, match="fuseau horaire"):
        instant(date(2026, 11, 5), time(20), zone)


def test_an_end_day_before_the_start_is_refused() -> None:
    with pytest.raises(BadInput, match="précède le début"):
        span(date(2026, 11, 5), time(20), time(22), end_day=date(2026, 11, 4))
    assert span(date(2026, 11, 5), time(20), time(22), end_day=date(2026, 11, 6)).hours == 26


def test_touching_ends_do_not_overlap_and_rest_is_counted_between() -> None:
    show = span(date(2026, 11, 14), time(14), time(23))
    road = span(date(2026, 11, 15), time(7, 30), time(10))
    assert show.gap_to(road) == Decimal("8.5")
    assert road.gap_to(show) == Decimal(-20)
    assert not show.overlaps(road)
    drinks = span(date(2026, 11, 14), time(23), time(23, 30))
    assert (show.overlaps(drinks), drinks.overlaps(show)) == (False, False)
    assert show.overlaps(span(date(2026, 11, 14), time(22, 59), time(23, 30)))


def test_rest_across_the_change_of_hour_is_elapsed_time() -> None:
    evening = span(AUTUMN - timedelta(1), time(14), time(23))
    assert evening.gap_to(span(AUTUMN, time(9), time(12))) == 11


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.times(), st.times())
def test_a_span_is_never_empty_and_stays_under_twenty_five_hours(day, start, end) -> None:
    with suppress(BadInput):  # a time of the missing hour
        found = span(day, start.replace(microsecond=0), end.replace(microsecond=0))
        assert 0 < found.hours <= 25
        assert local_day(found.start) == day


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 900))
def test_months_cover_a_period_once(first, length) -> None:
    last = first + timedelta(length)
    parts = months_between(first, last)
    assert (parts[0][0], parts[-1][1]) == (first, last)
    assert sum(days_between(*part) for part in parts) == days_between(first, last)
    assert all(month_key(start) == month_key(end) for start, end in parts)
    assert all(a[1] + timedelta(1) == b[0] for a, b in pairwise(parts))


def test_a_period_that_ends_before_it_starts_has_no_month() -> None:
    assert months_between(date(2026, 11, 5), date(2026, 11, 4)) == ()


@pytest.mark.parametrize(
    ("first", "last", "full"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), True),
        (date(2028, 2, 1), date(2028, 2, 29), True),
        (date(2026, 2, 1), date(2026, 2, 28), True),
        (date(2028, 2, 1), date(2028, 2, 28), False),
        (date(2026, 11, 2), date(2026, 11, 30), False),
        (date(2026, 11, 1), date(2026, 12, 31), False),
    ],
)
def test_a_full_month_runs_from_its_first_to_its_last_day(first, last, full) -> None:
    assert is_full_month(first, last) is full


def test_an_unknown_zone_is_refused_even_for_a_time_that_carries_its_offset():
    with pytest.raises(BadInput, match="Mars/Olympus"):
        instant(date(2026, 10, 24), time.fromisoformat("02:30+01:00"), "Mars/Olympus")
