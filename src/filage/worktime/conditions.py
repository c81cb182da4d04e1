"""The named conditions that rows of working time may use, over one moment of one person's work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from filage.worktime.holidays import is_school_holiday
from filage.worktime.population import Answer, Profile
from filage.worktime.shift import Setting, Worker
from filage.worktime.timeline import DAY, HOUR, MINUTE, Piece, Timeline, WorkDay, at, overlap

NIGHT_WORKER_HOURS = 270
"""Hours of night over twelve months that make a night worker, failing an agreement (C. trav. L3122-23)."""
CREATION_DAYS, SATURDAY, FOUR_WEEKS = 15, 5, 28
LONG_SPAN_ROWS = ("3097-ART-AMPL-12H", "3097-FIG-AMPL-12H")


@dataclass(slots=True)
class Moment:
    """What is measured, for whom and when: `day` is the working day, `before` the one a rest follows.

    `travel` is the journey a rest follows; `amount` what some measures count besides their value (days of a gap).
    """

    worker: Worker
    profile: Profile
    setting: Setting
    on: date
    timeline: Timeline
    day: WorkDay | None = None
    before: WorkDay | None = None
    travel: Piece | None = None
    amount: int = 0
    rule: str = ""
    has_reduced_rest: Callable[[], bool] = bool

    def in_circumstance(self, *kinds: str) -> bool:
        """Whether the day lies in a circumstance of these kinds."""
        return any(
            one.kind in kinds and one.first <= self.on <= one.last for one in self.setting.circumstances
        )

    def does(self, *kinds: str) -> bool:
        """Whether the working day, or the one before the rest, holds work of these kinds."""
        return any(day is not None and day.has(*kinds) for day in (self.day, self.before))

    @property
    def travel_seconds(self) -> int:
        """How long the journey lasted."""
        return self.travel[1] - self.travel[0] if self.travel else 0


Condition = Callable[[Moment], Answer]


def _relied_on(moment: Moment) -> bool:
    """The employer relies on the row itself: an agreement, an authorisation."""
    return moment.rule in moment.setting.agreements or moment.rule in moment.worker.authorised


def _days_before_premiere(moment: Moment, days: int) -> bool:
    premiere = moment.setting.premiere_on
    if moment.in_circumstance("before_premiere"):
        return True
    return premiere is not None and 0 < (premiere - moment.on).days <= days


def _working_days_before_premiere(moment: Moment, days: int) -> bool:
    if moment.in_circumstance("before_premiere"):
        return True
    premiere = moment.setting.premiere_on
    if premiere is None or premiere <= moment.on or (premiere - moment.on).days > 3 * days:
        return False
    between = (moment.on + timedelta(days=n) for n in range((premiere - moment.on).days))
    return sum(day.weekday() < SATURDAY for day in between) <= days


def _work_over(hours: float, *, reached: bool = False) -> Condition:
    limit = int(hours * HOUR)
    return lambda m: m.day is not None and (m.day.work >= limit if reached else m.day.work > limit)


def _travels(low: float, high: float, *, low_in: bool = True, high_in: bool = False) -> Condition:
    """A journey of so many hours, each end in or out."""
    first, last = int(low * HOUR), int(high * HOUR)

    def answer(moment: Moment) -> bool:
        length = moment.travel_seconds
        above = length >= first if low_in else length > first
        return bool(moment.travel) and above and (length <= last if high_in else length < last)

    return answer


def _night_travel(moment: Moment) -> bool:
    """A journey of less than six hours that touches the hours from midnight to six."""
    if moment.travel is None or moment.travel_seconds >= 6 * HOUR:
        return False
    zone = moment.day.zone if moment.day else "Europe/Paris"
    return any(
        overlap([moment.travel], at(day, time(0), zone), at(day, time(6), zone)) > 0
        for day in (moment.on - timedelta(days=1), moment.on, moment.on + timedelta(days=1))
    )


def _night_reaches(moment: Moment, hours: int) -> bool:
    if moment.day is None:
        return False
    days = (moment.day.on, moment.day.on + timedelta(days=1))
    zone = moment.day.zone
    night = sum(
        overlap(block.pieces, at(day, time(0), zone), at(day, time(7), zone))
        for day in days
        for block in moment.day.blocks
        if block.work
    )
    return night >= hours * HOUR


def _short_shows(minutes: int) -> Condition:
    def answer(moment: Moment) -> bool:
        blocks = moment.day.blocks if moment.day else moment.timeline.blocks
        shows = [block for block in blocks if block.kind == "performance"]
        return bool(shows) and all(block.work < minutes * MINUTE for block in shows)

    return answer


def _breaks_under_two_hours(moment: Moment) -> bool:
    return moment.day is not None and sum(moment.day.pauses()) < 2 * HOUR


def _continuous_day(moment: Moment) -> bool:
    """A day from noon to 8 p.m. without an hour of break, that reaches six hours of work."""
    day = moment.day
    if day is None or day.work < 6 * HOUR:
        return False
    noon, evening = at(day.on, time(12), day.zone), at(day.on, time(20), day.zone)
    return noon <= day.start and day.end <= evening and max(day.pauses(), default=0) < HOUR


def _long_span_before(moment: Moment) -> bool:
    """The day before the rest ran to thirteen hours, as the employer may in the cases the text names."""
    relied = any(rule in moment.setting.agreements for rule in LONG_SPAN_ROWS)
    day = moment.before
    return relied and day is not None and day.end - day.start > 12 * HOUR


def _rehearsal_only(moment: Moment) -> bool:
    return moment.does("rehearsal") and not moment.does("performance")


def _is_setup(moment: Moment) -> bool:
    return moment.does("setup") or moment.in_circumstance("setup_period")


def _is_touring(moment: Moment) -> bool:
    return moment.in_circumstance("tour")


def _tour_or_festival(moment: Moment) -> bool:
    return moment.in_circumstance("tour", "festival")


def _six_days_before(moment: Moment) -> bool:
    return _tour_or_festival(moment) or _working_days_before_premiere(moment, 6)


def _night_authorised(moment: Moment) -> bool:
    """The inspector lets a young person work until midnight (C. trav. R3163-4, R7124-30-1)."""
    return "MIN-NUIT-24H" in (*moment.worker.authorised, *moment.setting.agreements)


def _holiday(moment: Moment) -> Answer:
    return is_school_holiday(moment.on, moment.setting.holiday_zone)


def _school(moment: Moment) -> Answer:
    holiday = _holiday(moment)
    return None if holiday is None else not holiday


CONDITIONS: Mapping[str, Condition] = {
    "relied_on": _relied_on,
    "not_relied_on": lambda m: not _relied_on(m),
    "tour": _is_touring,
    "tour_festival_creation_or_setup": lambda m: (
        _tour_or_festival(m) or _is_setup(m) or _days_before_premiere(m, CREATION_DAYS)
    ),
    "setup_tour_or_festival": lambda m: _tour_or_festival(m) or _is_setup(m),
    "tour_festival_or_six_working_days_before": _six_days_before,
    "no_tour_festival_nor_six_working_days_before": lambda m: not _six_days_before(m),
    "ten_working_days_before_premiere": lambda m: _working_days_before_premiere(m, 10),
    "not_five_days_before_premiere": lambda m: not _days_before_premiere(m, 5),
    "setup_day": _is_setup,
    "not_setup_day": lambda m: not _is_setup(m),
    "rehearsal_day": _rehearsal_only,
    "rehearsal_setup_or_safety": lambda m: m.profile.group == "safety" or m.does("rehearsal") or _is_setup(m),
    "reduced_rest": lambda m: m.has_reduced_rest(),
    "night_worker": lambda m: (
        m.profile.night_worker or m.timeline.night_seconds(m.on) >= NIGHT_WORKER_HOURS * HOUR
    ),
    "night_reaches_6h": lambda m: _night_reaches(m, 6),
    "night_authorised": _night_authorised,
    "night_not_authorised": lambda m: not _night_authorised(m),
    "work_reaches_6h": _work_over(6, reached=True),
    "work_beyond_4h30": _work_over(4.5),
    "work_beyond_4h": _work_over(4),
    "school_period": _school,
    "school_holidays": _holiday,
    "travel_under_2h": _travels(0, 2),
    "travel_2_to_4h": _travels(2, 4),
    "travel_4_to_6h": _travels(4, 6),
    "travel_from_6h": _travels(6, 1000),
    "travel_2h_to_6h": _travels(2, 6, high_in=True),
    "travel_over_6h": _travels(6, 1000, low_in=False),
    "night_travel_under_6h": _night_travel,
    "two_hour_job": lambda m: m.profile.two_hour_job,
    "dancer": lambda m: m.profile.group == "dancer",
    "two_shows": lambda m: m.day is not None and len(m.day.of("performance")) > 1,
    "short_shows_60": _short_shows(60),
    "short_shows_90": _short_shows(90),
    "less_than_two_hours_of_breaks": _breaks_under_two_hours,
    "continuous_day": _continuous_day,
    "long_span_before": _long_span_before,
    "gap_of_four_weeks": lambda m: m.amount >= FOUR_WEEKS,
    "gap_of_eight_weeks": lambda m: m.amount >= 2 * FOUR_WEEKS,
    "abroad": lambda m: m.day is not None and not m.day.zone.startswith("Europe/Paris"),
    "loud_day": lambda m: m.does("performance", "soundcheck", "rehearsal"),
    "shoot_day": lambda m: m.does("shoot"),
    "travel_day": lambda m: m.does("travel"),
}
"""The named conditions; None says that a fact is missing to tell."""

NEEDS: Mapping[str, str] = {
    "school_period": "la zone scolaire (holiday_zone), pour une année au calendrier connu",
    "school_holidays": "la zone scolaire (holiday_zone), pour une année au calendrier connu",
}
"""The fact whose absence keeps a condition from answering."""

THRESHOLDS: Mapping[str, Callable[[Moment], Decimal]] = {
    "half_of_travel": lambda m: Decimal(m.travel_seconds) / (2 * HOUR),
}
"""Thresholds that a measure decides, in the unit of the row."""

__all__ = ["CONDITIONS", "DAY", "NEEDS", "THRESHOLDS", "Condition", "Moment"]
