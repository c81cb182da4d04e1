"""Working days counted."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from filage.geo.public_holidays import is_working_day
from filage.geo.working_days import day_of, eve_of, last_from, rank_of

DAYS = st.dates(date(1991, 1, 1), date(2149, 12, 31))


@given(DAYS)
def test_a_rank_counts_the_working_days_before_a_day(day):
    assert rank_of(day + timedelta(days=1)) - rank_of(day) == int(is_working_day(day))


@given(DAYS)
def test_the_day_of_a_rank_is_the_first_worked_from_it_on(day):
    found = day_of(rank_of(day))
    assert found >= day
    assert is_working_day(found)
    assert not any(is_working_day(day + timedelta(days=n)) for n in range((found - day).days))


def test_the_eve_of_a_monday_is_friday_and_may_has_bridges():
    assert eve_of(date(2026, 11, 9)) == date(2026, 11, 6)
    assert [last_from(date(2026, 5, day)) for day in (7, 8, 9)] == [date(2026, 5, 7)] * 3


def test_a_day_beyond_the_calendar_is_held_at_its_end():
    assert rank_of(date(9999, 1, 1)) == rank_of(date(2150, 12, 31))
    assert day_of(10**9) == date(2150, 12, 31)
