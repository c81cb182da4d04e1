"""The limits of working time as the numbers a plan is laid within, asked of the rules themselves.

Nothing of the texts is said again here: days of work are put before `worktime.check`, and what it refuses is the limit.
Averages over weeks and rests across other productions are left to the check of the finished plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from functools import lru_cache

from filage.kernel.interval import Interval, instant
from filage.planning.schedule.laying_problem import MINUTES_A_DAY, STEP, Limits
from filage.worktime.check import age_on, check_worktime
from filage.worktime.holidays import is_school_holiday
from filage.worktime.population import ADULT
from filage.worktime.shift import Setting, Shift, Worker
from filage.worktime.timeline import monday

NOON = 720
LONGEST = 16 * 60
QUARTER = 15
OPEN_HOURS = (0, 2 * MINUTES_A_DAY)
FULL_WEEK = 6
Piece = tuple[int, int]


def limits_on(worker: Worker, setting: Setting, day: date, kind: str) -> Limits:
    """What somebody may do on a day, for one kind of work (`shoot`, `rehearsal`)."""
    minor = is_minor(worker, day)
    # an adult’s limits are those of any day; a child’s depend on age and school: one day of each kind is enough
    asked = replace(worker, id="asked", name="")
    if not minor:
        asked = replace(asked, born_on=None)
    return _limits(asked, setting, _alike(day, setting, minor=minor), kind, minor)


def is_minor(worker: Worker, day: date) -> bool:
    """Whether somebody is under eighteen on a day; not when nobody said their age."""
    return worker.born_on is not None and age_on(worker.born_on, day) < ADULT


def _alike(day: date, setting: Setting, *, minor: bool) -> date:
    """A Wednesday of the same week, or of the same kind for a child: limits do not depend on the day itself."""
    middle = monday(day) + timedelta(days=2)
    if minor and is_school_holiday(middle, setting.holiday_zone) != is_school_holiday(
        day, setting.holiday_zone
    ):
        return day
    return middle


@lru_cache(maxsize=2_000)
def _limits(worker: Worker, setting: Setting, day: date, kind: str, minor: bool) -> Limits:  # noqa: FBT001
    def refused(metrics: tuple[str, ...], *shifts: tuple[date, Piece, tuple[Piece, ...]]) -> bool:
        made = [_shift(on, piece, pauses, kind) for on, piece, pauses in shifts]
        report = check_worktime(made, [worker], setting)
        return any(
            breach.severity == "blocking" and breach.limit.asked.metric in metrics
            for breach in report.breaches
        )

    earliest = _hours(refused, day) if minor else OPEN_HOURS
    start = max(6 * 60, earliest[0])
    hole = (start + 30, start + 60)

    def longest_span(minutes: int) -> bool:
        free = ((start + 30, start + minutes - 30),) if minutes > QUARTER * 6 else ()
        return refused(("span_per_day",), (day, (start, start + minutes), free))

    def most_work(minutes: int) -> bool:
        piece = (start, start + minutes + 30)
        return refused(("effective_work_per_day",), (day, piece, (hole,)))

    def stretch(minutes: int) -> bool:
        return refused(
            ("continuous_work", "break_minutes", "break_in_stretch"), (day, (start, start + minutes), ())
        )

    def least_rest(minutes: int) -> bool:
        evening = start + 12 * 60
        after = evening + minutes - MINUTES_A_DAY
        tomorrow = day + timedelta(days=1)
        before = (day, (evening - 60, evening), ())
        return refused(("daily_rest",), before, (tomorrow, (after, after + 60), ()))

    work = _most(most_work)
    longest = _most(stretch, LONGEST)
    return Limits(
        span=_most(longest_span),
        work=work,
        week=_week(refused, day, work),
        rest=_least(least_rest),
        stretch=longest,
        pause=_pause(refused, day, start, longest, work),
        hours=earliest,
        days=_days(refused, day),
    )


Refused = Callable[..., bool]


def _shift(day: date, piece: Piece, pauses: tuple[Piece, ...], kind: str) -> Shift:
    return Shift(
        "asked", _interval(day, piece), kind, tuple(_interval(day, pause) for pause in pauses if pause[1] > pause[0])
    )  # fmt: skip


def _interval(day: date, piece: Piece) -> Interval:
    midnight = instant(day, time(0))
    return Interval(midnight + timedelta(minutes=piece[0]), midnight + timedelta(minutes=piece[1]))


def _most(refused: Callable[[int], bool], most: int = LONGEST) -> int:
    """The most minutes that are not refused."""
    low, high = 0, most // QUARTER
    while low < high:
        middle = (low + high + 1) // 2
        if refused(middle * QUARTER):
            high = middle - 1
        else:
            low = middle
    return low * QUARTER


def _least(refused: Callable[[int], bool]) -> int:
    """The fewest minutes of rest that are not refused; under nine hours two days would be one (D3)."""
    low, high = 9 * 60 // QUARTER, 20 * 60 // QUARTER
    while low < high:
        middle = (low + high) // 2
        if refused(middle * QUARTER):
            low = middle + 1
        else:
            high = middle
    return low * QUARTER


def _hours(refused: Refused, day: date) -> Piece:
    """The hours of the clock somebody may work in, from a noon that is always allowed."""
    metrics = ("work_between", "latest_end_time")

    def forbidden(start: int) -> bool:
        return refused(metrics, (day, (start, start + QUARTER), ()))

    first, last = NOON, NOON
    while first > 0 and not forbidden(first - QUARTER):
        first -= QUARTER
    while last < MINUTES_A_DAY + NOON and not forbidden(last):
        last += QUARTER
    return first, last


def _pause(refused: Refused, day: date, start: int, stretch: int, work: int) -> int:
    """The shortest break that lets somebody go on working after the longest stretch."""
    if stretch >= min(LONGEST, work):
        return 0
    for pause in range(STEP, 65, STEP):
        whole = (start, start + stretch + pause + QUARTER)
        hole = (start + stretch - QUARTER, start + stretch - QUARTER + pause)
        if not refused(("continuous_work", "break_minutes", "break_in_stretch"), (day, whole, (hole,))):
            return pause
    return 60


def _week(refused: Refused, day: date, work: int) -> int:
    """The most minutes of work in one civil week, spread over six days."""
    first = monday(day)

    def too_much(minutes: int) -> bool:
        each = minutes // FULL_WEEK
        shifts = [
            (first + timedelta(days=n), (NOON - 300, NOON - 300 + each + 60), ((NOON, NOON + 60),))
            for n in range(FULL_WEEK)
        ]
        return refused(("effective_work_per_week",), *shifts)

    return _most(too_much, FULL_WEEK * min(work, 13 * 60))


def _days(refused: Refused, day: date) -> int:
    """The most days in a row of one civil week that leave the rest the week asks for."""
    first = monday(day)
    for days in range(7, 1, -1):
        around = [first - timedelta(days=3), *(first + timedelta(days=n) for n in range(days))]
        shifts = [(on, (NOON, NOON + 60), ()) for on in [*around, first + timedelta(days=7)]]
        if not refused(("weekly_rest_consecutive", "worked_days_per_week"), *shifts):
            return days
    return 1
