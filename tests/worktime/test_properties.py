"""What holds whatever the calendar: a sub-period finds no more, order and weeks do not matter."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from filage.kernel.interval import Interval
from filage.worktime.check import check_worktime
from filage.worktime.shift import Circumstance, Setting, Shift, Worker

PARIS = ZoneInfo("Europe/Paris")
FIRST = date(2026, 1, 5)
KINDS = (
    "rehearsal",
    "performance",
    "setup",
    "travel",
    "meeting",
    "driving",
    "soundcheck",
    "shoot",
    "standby",
)
WORKERS = (
    Worker("dana", status="artiste", job_group="dramatic", born_on=date(1990, 1, 1)),
    Worker("dana", status="technicien", job_group="technician", born_on=date(1990, 1, 1)),
    Worker(
        "dana", status="artiste", job_group="dancer", born_on=date(2010, 1, 1), authorised=("MIN-NUIT-24H",)
    ),
    Worker("dana", status="permanent", job_group="driver"),
)
SETTINGS = (
    Setting(),
    Setting(idcc="1285"),
    Setting(idcc="1285", circumstances=(Circumstance("tour", FIRST, FIRST + timedelta(days=20)),)),
    Setting(idcc="3090", annex="4", circumstances=(Circumstance("tour", FIRST, FIRST + timedelta(days=90)),)),
    Setting(idcc="3090", annex="2"),
    Setting(idcc="2642", agreements=("2642-REPOS-9H",)),
    Setting(idcc="3097", holiday_zone="B"),
)


def shift(day: int, start: int, minutes: int, kind: str) -> Shift:
    wall = datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), tzinfo=PARIS)
    begin = wall.astimezone(ZoneInfo("UTC")) + timedelta(minutes=start)
    return Shift("dana", Interval(begin, begin + timedelta(minutes=minutes)), kind)


ANY_TIME = st.builds(
    shift,
    st.integers(0, 40),
    st.integers(0, 95).map(lambda quarter: quarter * 15),
    st.integers(1, 50).map(lambda quarter: quarter * 15),
    st.sampled_from(KINDS),
)


def found(shifts, worker, setting):
    report = check_worktime(shifts, [worker], setting)
    return {(breach.rule, breach.limit.asked.metric, breach.on) for breach in report.breaches}


def a_night_apart(before, after):
    """Whether a night, even too short, lies between: who goes on past midnight is in one call, which no cut splits."""
    last, first = (max(one.interval.end for one in before), min(one.interval.start for one in after))
    return first - last >= timedelta(hours=4)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: f"{one.idcc} {one.annex or ''}")
@settings(max_examples=25, deadline=None)
@given(shifts=st.lists(ANY_TIME, max_size=40), cut=st.integers(0, 40), worker=st.sampled_from(WORKERS[:3]))
def test_a_sub_period_finds_no_more_than_the_period(setting, shifts, cut, worker):
    border = FIRST + timedelta(days=cut)
    before, after = ([one for one in shifts if (one.day < border) is early] for early in (True, False))
    assume(not before or not after or a_night_apart(before, after))
    whole = found(shifts, worker, setting)
    assert found(before, worker, setting) <= whole
    assert found(after, worker, setting) <= whole


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: f"{one.idcc} {one.annex or ''}")
@settings(max_examples=20, deadline=None)
@given(shifts=st.lists(ANY_TIME, max_size=30), data=st.data(), worker=st.sampled_from(WORKERS))
def test_the_order_of_shifts_does_not_matter(setting, shifts, data, worker):
    mixed = data.draw(st.permutations(shifts))
    assert check_worktime(mixed, [worker], setting) == check_worktime(shifts, [worker], setting)


@settings(max_examples=40, deadline=None)
@given(shifts=st.lists(ANY_TIME, max_size=30))
def test_a_calendar_moved_by_a_week_finds_the_same_a_week_later(shifts):
    """Within winter time: summer time is told by its own tests."""
    week = timedelta(days=7)
    later = [
        Shift(s.person, Interval(s.interval.start + week, s.interval.end + week), s.kind) for s in shifts
    ]
    worker, setting = WORKERS[1], Setting(idcc="3090", annex="2")
    moved = {(rule, metric, on - week) for rule, metric, on in found(later, worker, setting)}
    without_months = {one for one in found(shifts, worker, setting) if "REPOS" not in one[0]}
    assert {one for one in moved if "REPOS" not in one[0]} == without_months


@settings(max_examples=40, deadline=None)
@given(shifts=st.lists(ANY_TIME, max_size=30), extra=ANY_TIME)
def test_two_people_are_checked_apart(shifts, extra):
    other = Worker("bob", status="technicien", born_on=date(1980, 1, 1))
    alone = check_worktime(shifts, [WORKERS[1]], Setting())
    both = check_worktime([*shifts, Shift("bob", extra.interval, extra.kind)], [WORKERS[1], other], Setting())
    assert [one for one in both.breaches if one.worker.id == "dana"] == list(alone.breaches)
