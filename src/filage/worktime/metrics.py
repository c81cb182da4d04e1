"""What limits measure: each metric gives its values over one person's time, one function each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from filage.worktime.limit import Asked
from filage.worktime.shift import PREPARATION
from filage.worktime.timeline import (
    BETWEEN_DAYS,
    DAY,
    HALF_HOUR,
    HOUR,
    MIDNIGHT,
    MINUTE,
    ONE_DAY,
    Block,
    Piece,
    Timeline,
    WorkDay,
    around,
    at,
    monday,
    overlap,
)

Raw = int | Fraction
WEEK = timedelta(days=7)
AVERAGED_WEEKS, FULL_WEEK, SUNDAY, SEASON_START = 12, 6, 6, 9
LONG_GAP = 28
"""Days without a show after which it must be rehearsed again (CCNEAC XIII.2.3)."""
AS_ONE_JOURNEY = HALF_HOUR
"""Two travels less than half an hour apart are one journey."""


class Measure:
    """A value met on a day, in seconds or in counted things, and what it was met in."""

    __slots__ = ("amount", "before", "day", "on", "travel", "value")

    def __init__(
        self,
        on: date,
        value: Raw,
        day: WorkDay | None = None,
        before: WorkDay | None = None,
        travel: Piece | None = None,
        amount: int = 0,
    ) -> None:
        self.on, self.value, self.day, self.before = on, value, day, before
        self.travel, self.amount = travel, amount


Measures = Iterator[Measure]


class Metric(NamedTuple):
    """How a value is measured, how it is called in French, and what one unit of a row is in its own units."""

    measure: Callable[[Timeline, Asked], Measures]
    label: str
    units: Mapping[str, int]
    week: bool = False


def work_per_day(timeline: Timeline, _asked: Asked) -> Measures:
    """Effective work of each working day: neither breaks, travel nor standby (C. trav. L3121-1, L3121-4, L3121-9)."""
    for day in timeline.days_and_parts:
        if day.work:
            yield Measure(day.on, day.work, day)


def work_per_week(timeline: Timeline, _asked: Asked) -> Measures:
    """Effective work of each civil week, from Monday midnight."""
    for week, seconds in timeline.weeks.items():
        yield Measure(week, seconds)


def work_over_weeks(timeline: Timeline, _asked: Asked) -> Measures:
    """Effective work of every twelve weeks in a row, dated by the last."""
    for week, seconds in _sliding(timeline.weeks, AVERAGED_WEEKS):
        yield Measure(week, seconds)


def span_per_day(timeline: Timeline, _asked: Asked) -> Measures:
    """From the first call to the end of the last thing done, travel included."""
    for day in timeline.days_and_parts:
        yield Measure(day.on, day.end - day.start, day)


def daily_rest(timeline: Timeline, _asked: Asked) -> Measures:
    """What is free between two days, dated by the day that follows."""
    for seconds, after, before, day in timeline.rests:
        yield Measure(after.day, seconds, day, before)


def weekly_rest(timeline: Timeline, _asked: Asked) -> Measures:
    """The longest rest of each civil week.

    One that runs into another week counts whole when at least 24 hours of it lie in this one (C. trav. L3132-2: 24
    hours, to which the daily rest is added).
    """
    longest: dict[date, int] = dict.fromkeys(sorted({monday(block.day) for block in timeline.blocks}), 0)
    zone = timeline.blocks[0].zone if timeline.blocks else ""
    borders = {week: (at(week, time(0), zone), at(week + WEEK, time(0), zone)) for week in longest}
    for start, end, week_of_start, week_of_end in _free(timeline):
        for week in {week_of_start, week_of_end}:
            if week in longest:
                longest[week] = max(longest[week], _rest_in(start, end, *borders[week]))
    for week, seconds in longest.items():
        yield Measure(week, seconds)


def worked_days(timeline: Timeline, _asked: Asked) -> Measures:
    """Civil days worked in each civil week."""
    for week, days in timeline.days_of_week.items():
        yield Measure(week, len(days))


def consecutive_days(timeline: Timeline, _asked: Asked) -> Measures:
    """Civil days worked in a row, up to each one."""
    yield from _runs(timeline.worked_days, ONE_DAY)


def consecutive_full_weeks(timeline: Timeline, _asked: Asked) -> Measures:
    """Weeks of six days or more in a row, up to each one."""
    full = [week for week, days in timeline.days_of_week.items() if len(days) >= FULL_WEEK]
    yield from _runs(full, WEEK)


def longest_break(timeline: Timeline, _asked: Asked) -> Measures:
    """The longest time without work inside each working day; past midnight, inside each of its civil days as well."""
    for day in timeline.days:
        for part in (day, *day.parts(), *day.civil_parts()):
            if part.work:
                yield Measure(part.on, max(part.pauses(), default=0), part)


def break_in_stretch(timeline: Timeline, _asked: Asked) -> Measures:
    """The longest break inside each stretch of more than six hours that no break of twenty minutes cuts."""
    for day in timeline.days_and_parts:
        for pieces in day.stretches(20 * MINUTE):
            if _length(pieces) > 6 * HOUR:
                gaps = (b[0] - a[1] for a, b in pairwise(pieces))
                yield Measure(_day_at(pieces[0][0], day), max(gaps, default=0), day)


def continuous_work(timeline: Timeline, _asked: Asked) -> Measures:
    """Work that no break of thirty minutes cuts (C. trav. L3162-3), dated by its start."""
    for day in timeline.days_and_parts:
        for pieces in day.stretches(HALF_HOUR):
            yield Measure(_day_at(pieces[0][0], day), _length(pieces), day)


def meal_break(timeline: Timeline, asked: Asked) -> Measures:
    """The longest free time inside each meal window that a day with some work runs over."""
    for day in timeline.days_and_parts:
        if not day.work:
            continue
        for on, start, end in _meals(day.on, asked.windows, day.zone):
            if day.start <= start and end <= day.end:
                yield Measure(on, _longest_free(day, start, end), day)


@lru_cache(maxsize=20_000)
def _meals(day: date, windows: tuple[tuple[time, time], ...], zone: str) -> tuple[tuple[date, int, int], ...]:
    """The meal windows of a civil day and of the next, in order of days."""
    each = (around(day, first, last, zone)[1:] for first, last in windows)
    return tuple(meal for meals in zip(*each, strict=True) for meal in meals)


def call_duration(timeline: Timeline, _asked: Asked) -> Measures:
    """Work for which somebody is called on a day."""
    yield from work_per_day(timeline, _asked)


def show_call(timeline: Timeline, _asked: Asked) -> Measures:
    """How long each performance keeps somebody, preparation and breaks included."""
    for day in timeline.days_and_parts:
        for rank, block in enumerate(day.blocks):
            if block.kind == "performance":
                yield Measure(day.on, _called_until(day, rank) - _called_from(day, rank), day)


def show_duration(timeline: Timeline, _asked: Asked) -> Measures:
    """Each performance, breaks taken off."""
    yield from _each(timeline, "performance")


def soundcheck_duration(timeline: Timeline, _asked: Asked) -> Measures:
    """Each soundcheck."""
    yield from _each(timeline, "soundcheck")


def service_duration(timeline: Timeline, _asked: Asked) -> Measures:
    """Each rehearsal service, its short breaks included."""
    for day in timeline.days_and_parts:
        for pieces in day.services():
            yield Measure(day.on, pieces[-1][1] - pieces[0][0], day)


def services_per_day(timeline: Timeline, _asked: Asked) -> Measures:
    """Rehearsal services of each working day."""
    for day in timeline.days_and_parts:
        count = len(day.services())
        if count:
            yield Measure(day.on, count, day)


def shows_per_day(timeline: Timeline, _asked: Asked) -> Measures:
    """Performances of each working day."""
    for day in timeline.days_and_parts:
        count = len(day.of("performance"))
        if count:
            yield Measure(day.on, count, day)


def shows_per_week(timeline: Timeline, _asked: Asked) -> Measures:
    """Performances of each civil week."""
    weeks: dict[date, int] = {}
    for block in timeline.blocks:
        if block.kind == "performance":
            weeks[monday(block.day)] = weeks.get(monday(block.day), 0) + 1
    for week, count in weeks.items():
        yield Measure(week, count)


def double_show_days(timeline: Timeline, _asked: Asked) -> Measures:
    """Days of two performances in a row, up to each one."""
    twice = [on for on in timeline.shows if sum(b.kind == "performance" for b in timeline.by_day[on]) > 1]
    yield from _runs(twice, ONE_DAY)


def gap_between_shows(timeline: Timeline, _asked: Asked) -> Measures:
    """What is free between two performances of one working day."""
    for day in timeline.days_and_parts:
        shows = day.of("performance")
        for one, other in pairwise(shows):
            yield Measure(day.on, other.start - one.end, day)


def musical_work(timeline: Timeline, _asked: Asked) -> Measures:
    """Rehearsals, concerts and recordings of each working day."""
    yield from _time_of(timeline, "rehearsal", "performance", "shoot")


def danced_time(timeline: Timeline, _asked: Asked) -> Measures:
    """Rehearsals and performances of each working day."""
    yield from _time_of(timeline, "rehearsal", "performance")


def continuous_danced_time(timeline: Timeline, _asked: Asked) -> Measures:
    """The longest danced time that no break of five minutes cuts."""
    for day in timeline.days_and_parts:
        stretches = day.stretches(5 * MINUTE, ("rehearsal", "performance"))
        if stretches:
            yield Measure(day.on, max(_length(pieces) for pieces in stretches), day)


def break_per_hour(timeline: Timeline, _asked: Asked) -> Measures:
    """Minutes of break for an hour danced, in each rehearsal service."""
    for day in timeline.days_and_parts:
        for pieces in day.services():
            danced = _length(pieces)
            pause = pieces[-1][1] - pieces[0][0] - danced
            yield Measure(day.on, Fraction(pause * MINUTE, danced), day)


def rest_before_show(timeline: Timeline, asked: Asked) -> Measures:
    """What is free between the last thing of some kinds and each performance of the same day."""
    for day in timeline.days_and_parts:
        earlier = day.of(*asked.after)
        for show in day.of("performance"):
            ends = [block.end for block in earlier if block.end <= show.start]
            if ends:
                yield Measure(day.on, show.start - max(ends), day)


def rehearsal_to_show(timeline: Timeline, _asked: Asked) -> Measures:
    """What is free between a rehearsal and the performance that follows it on one day."""
    yield from rest_before_show(timeline, Asked("", after=("rehearsal",)))


def side_activity(timeline: Timeline, _asked: Asked) -> Measures:
    """Meetings and workshops on a day with a performance."""
    for day in timeline.days_and_parts:
        if day.has("performance") and day.has("meeting"):
            yield Measure(day.on, day.seconds("meeting"), day)


def rest_after_travel(timeline: Timeline, _asked: Asked) -> Measures:
    """What is free between a journey and the work that follows it on one day."""
    for day in timeline.days_and_parts:
        journey: Piece | None = None
        for block in day.blocks:
            if block.kind == "travel":
                together = journey is not None and block.start - journey[1] <= AS_ONE_JOURNEY
                journey = (journey[0] if journey and together else block.start, block.end)
            elif block.work:
                if journey is not None:
                    yield Measure(day.on, block.start - journey[1], day, travel=journey)
                journey = None


def travel_on_show_day(timeline: Timeline, _asked: Asked) -> Measures:
    """Travel before a performance of the same civil day."""
    for on in timeline.shows:
        blocks = timeline.by_day[on]
        last = max(block.start for block in blocks if block.kind == "performance")
        travelled = sum(b.end - b.start for b in blocks if b.kind == "travel" and b.start < last)
        if travelled:
            yield Measure(on, travelled)


def travel_per_day(timeline: Timeline, _asked: Asked) -> Measures:
    """Travel of each civil day, stops included."""
    for on, blocks in timeline.by_day.items():
        travelled = sum(block.end - block.start for block in blocks if block.kind in ("travel", "driving"))
        if travelled:
            yield Measure(on, travelled, timeline.day_of[blocks[0].start])


def continuous_driving(timeline: Timeline, _asked: Asked) -> Measures:
    """Driving that no stop of thirty minutes cuts."""
    for day in timeline.days_and_parts:
        for pieces in day.stretches(HALF_HOUR, ("driving",)):
            yield Measure(day.on, _length(pieces), day)


def driving_per_day(timeline: Timeline, _asked: Asked) -> Measures:
    """Driving of each working day."""
    yield from _time_of(timeline, "driving")


def driving_per_week(timeline: Timeline, _asked: Asked) -> Measures:
    """Driving of each civil week."""
    for week, seconds in timeline.driving_weeks.items():
        yield Measure(week, seconds)


def driving_over_weeks(timeline: Timeline, _asked: Asked) -> Measures:
    """Driving of every two weeks in a row, dated by the second."""
    for week, seconds in _sliding(timeline.driving_weeks, 2):
        yield Measure(week, seconds)


def sundays_of_season(timeline: Timeline, _asked: Asked) -> Measures:
    """Sundays worked since the first of September, up to each one."""
    yield from _sundays(timeline, lambda day: day.year - (day.month < SEASON_START))


def sundays_of_year(timeline: Timeline, _asked: Asked) -> Measures:
    """Sundays worked since the first of January, up to each one."""
    yield from _sundays(timeline, lambda day: day.year)


def may_first(timeline: Timeline, _asked: Asked) -> Measures:
    """Work that starts on the first of May."""
    for on, blocks in timeline.by_day.items():
        if (on.month, on.day) == (5, 1) and any(block.work for block in blocks):
            yield Measure(on, sum(block.work for block in blocks), timeline.day_of[blocks[0].start])


def work_between(timeline: Timeline, asked: Asked) -> Measures:
    """Work between two hours of the clock, each night, dated by its first hour."""
    start, end = asked.start or MIDNIGHT, asked.end or MIDNIGHT
    nights: dict[date, tuple[int, WorkDay]] = {}
    for day in timeline.days:
        for block in day.blocks:
            for on, opens, closes in around(block.day, start, end, block.zone) if block.work else ():
                if block.start < closes and block.end > opens:
                    seconds = overlap(block.pieces, opens, closes)
                    nights[on] = nights.get(on, (0, day))[0] + seconds, day
    for on, (seconds, day) in nights.items():
        if seconds:
            yield Measure(on, seconds, day)


def latest_end(timeline: Timeline, _asked: Asked) -> Measures:
    """The hour of the clock at which work ends, past 24 after midnight."""
    for day in timeline.days_and_parts:
        if day.work:
            end = max(block.end for block in day.blocks if block.work)
            local = datetime.fromtimestamp(end, tz=ZoneInfo(day.zone))
            passed = (local.date() - day.on).days * DAY
            yield Measure(day.on, passed + local.hour * HOUR + local.minute * MINUTE + local.second, day)


def held(timeline: Timeline, _asked: Asked) -> Measures:
    """Once a person, on the first day of work: 0, which the authorisations held make 1."""
    for day in timeline.days[:1]:
        yield Measure(day.on, 0, day)


def refresh_rehearsals(timeline: Timeline, _asked: Asked) -> Measures:
    """Rehearsal services of the week before a show played again after four weeks or more."""
    for last, again in pairwise(timeline.shows):
        gap = (again - last).days
        if gap >= LONG_GAP:
            count = sum(len(day.services()) for day in timeline.days if again - WEEK <= day.on < again)
            yield Measure(again, count, amount=gap)


def _time_of(timeline: Timeline, *kinds: str) -> Measures:
    for day in timeline.days_and_parts:
        seconds = day.seconds(*kinds)
        if seconds:
            yield Measure(day.on, seconds, day)


def _each(timeline: Timeline, kind: str) -> Measures:
    for day in timeline.days_and_parts:
        for block in day.of(kind):
            yield Measure(day.on, block.work, day)


def _called_from(day: WorkDay, rank: int) -> int:
    """When the call of a show starts: with the preparation that touches it."""
    before = day.blocks[rank - 1] if rank else None
    start = day.blocks[rank].start
    return before.start if before and before.kind == PREPARATION and before.end == start else start


def _called_until(day: WorkDay, rank: int) -> int:
    after = day.blocks[rank + 1] if rank + 1 < len(day.blocks) else None
    end = day.blocks[rank].end
    return after.end if after and after.kind == PREPARATION and after.start == end else end


def _length(pieces: Iterable[Piece]) -> int:
    return sum(end - start for start, end in pieces)


def _longest_free(day: WorkDay, start: int, end: int) -> int:
    """The longest time without work nor travel between two instants."""
    longest, free_from = 0, start
    for block in day.blocks:
        for first, last in block.pieces:
            if last > start and first < end:
                longest = max(longest, first - free_from)
                free_from = max(free_from, last)
    return max(longest, end - free_from)


def _day_at(moment: int, day: WorkDay) -> date:
    """The civil day of an instant, where the working day takes place."""
    return datetime.fromtimestamp(moment, tz=ZoneInfo(day.zone)).date()


def _runs(days: Iterable[date], step: timedelta) -> Measures:
    previous, run = None, 0
    for on in days:
        run = run + 1 if previous is not None and on - previous == step else 1
        previous = on
        yield Measure(on, run)


def _sliding(weeks: Mapping[date, int], length: int) -> Iterator[tuple[date, int]]:
    """The sum of every so many weeks in a row, in one pass."""
    if not weeks:
        return
    week, last = min(weeks), max(weeks)
    total = 0
    while week <= last:
        total += weeks.get(week, 0) - weeks.get(week - length * WEEK, 0)
        if week in weeks:
            yield week, total
        week += WEEK


def _sundays(timeline: Timeline, period: Callable[[date], int]) -> Measures:
    counts: dict[int, int] = {}
    for on in timeline.worked_days:
        if on.weekday() == SUNDAY:
            counts[period(on)] = counts.get(period(on), 0) + 1
            yield Measure(on, counts[period(on)])


def _free(timeline: Timeline) -> Iterator[tuple[int, int, date, date]]:
    """Each free stretch with the weeks it starts and ends in; two weeks before the first block and after the last."""
    blocks = timeline.blocks
    if not blocks:
        return
    first, last = blocks[0], blocks[-1]
    yield first.start - 14 * DAY, first.start, monday(first.day) - WEEK, monday(first.day)
    end, week = first.end, _week_at_end(first)
    for block in blocks[1:]:
        if block.start > end:
            yield end, block.start, week, monday(block.day)
        if block.end > end:
            end, week = block.end, _week_at_end(block)
    yield end, end + 14 * DAY, week, monday(last.day) + WEEK


def _week_at_end(block: Block) -> date:
    """The civil week in which a block ends."""
    if block.day.weekday() == SUNDAY and block.end > at(block.day + ONE_DAY, time(0), block.zone):
        return monday(block.day) + WEEK
    return monday(block.day)


def _rest_in(start: int, end: int, week_start: int, week_end: int) -> int:
    inside = min(end, week_end) - max(start, week_start)
    return end - start if inside >= DAY else max(inside, 0)


_TIME = {"h": HOUR, "min": MINUTE, "heure": HOUR}
_COUNT = dict.fromkeys(
    ("jours", "semaines", "dimanches", "services", "repr.", "autorisation", "avis", "min/h"), 1
)

METRICS: Mapping[str, Metric] = {
    "effective_work_per_day": Metric(work_per_day, "travail effectif de la journée", _TIME),
    "effective_work_per_week": Metric(work_per_week, "travail effectif de la semaine", _TIME, week=True),
    "avg_weekly_work_over_12_weeks": Metric(
        work_over_weeks,
        "moyenne hebdomadaire des 12 semaines qui finissent là",
        {"h": HOUR * AVERAGED_WEEKS},
        week=True,
    ),
    "span_per_day": Metric(span_per_day, "amplitude de la journée", _TIME),
    "daily_rest": Metric(daily_rest, "repos avant cette journée", _TIME),
    "weekly_rest_consecutive": Metric(weekly_rest, "plus long repos de la semaine", _TIME, week=True),
    "worked_days_per_week": Metric(worked_days, "jours travaillés dans la semaine", _COUNT, week=True),
    "consecutive_worked_days": Metric(consecutive_days, "jours travaillés à la suite", _COUNT),
    "consecutive_6day_weeks": Metric(
        consecutive_full_weeks, "semaines de six jours à la suite", _COUNT, week=True
    ),
    "break_minutes": Metric(longest_break, "plus longue pause de la journée", _TIME),
    "break_minutes_per_six_hours": Metric(break_in_stretch, "plus longue pause en plus de six heures", _TIME),
    "continuous_work": Metric(continuous_work, "travail sans pause de 30 minutes", _TIME),
    "meal_break": Metric(meal_break, "temps libre à l’heure du repas", _TIME),
    "min_call_duration": Metric(call_duration, "durée de la convocation", _TIME),
    "show_call_duration": Metric(show_call, "service de jeu", _TIME),
    "performance_duration": Metric(show_duration, "durée de la représentation", _TIME),
    "soundcheck_duration": Metric(soundcheck_duration, "durée de la balance", _TIME),
    "rehearsal_service_duration": Metric(service_duration, "service de répétition", _TIME),
    "minimum_service_duration": Metric(service_duration, "service de répétition", _TIME),
    "rehearsal_services_per_day": Metric(services_per_day, "services de répétition dans la journée", _COUNT),
    "performances_per_day": Metric(shows_per_day, "représentations dans la journée", _COUNT),
    "performances_per_week": Metric(shows_per_week, "représentations dans la semaine", _COUNT, week=True),
    "consecutive_double_show_days": Metric(
        double_show_days, "jours de deux représentations à la suite", _COUNT
    ),
    "gap_between_shows": Metric(gap_between_shows, "pause entre deux représentations", _TIME),
    "musical_work_per_day": Metric(musical_work, "temps de pupitre de la journée", _TIME),
    "danced_time_per_day": Metric(danced_time, "temps dansé de la journée", _TIME),
    "continuous_danced_time": Metric(continuous_danced_time, "temps dansé d’affilée", _TIME),
    "break_minutes_per_hour": Metric(break_per_hour, "minutes de pause par heure dansée", _COUNT),
    "rest_before_show": Metric(rest_before_show, "temps libre avant la représentation", _TIME),
    "gap_rehearsal_to_show": Metric(
        rehearsal_to_show, "intervalle entre répétition et représentation", _TIME
    ),
    "side_activity_on_show_day": Metric(side_activity, "activités annexes un jour de représentation", _TIME),
    "rest_after_travel": Metric(rest_after_travel, "battement après le voyage", _TIME),
    "same_day_show_if_travel_ge": Metric(travel_on_show_day, "voyage le jour d’une représentation", _TIME),
    "travel_between_shows": Metric(travel_per_day, "voyage de la journée", _TIME),
    "continuous_driving": Metric(continuous_driving, "conduite sans arrêt de 30 minutes", _TIME),
    "driving_per_day": Metric(driving_per_day, "conduite de la journée", _TIME),
    "driving_per_week": Metric(driving_per_week, "conduite de la semaine", _TIME, week=True),
    "driving_per_two_weeks": Metric(driving_over_weeks, "conduite sur deux semaines", _TIME, week=True),
    "sundays_per_reference_period": Metric(
        sundays_of_season, "dimanches travaillés depuis septembre", _COUNT
    ),
    "sundays_per_year": Metric(sundays_of_year, "dimanches travaillés dans l’année", _COUNT),
    "may_first": Metric(may_first, "travail le 1er mai", _TIME),
    "work_between": Metric(work_between, "travail aux heures interdites", _TIME),
    "latest_end_time": Metric(latest_end, "heure de fin", _TIME),
    "has_individual_authorisation": Metric(held, "autorisation individuelle", _COUNT),
    "written_consent_of_child": Metric(held, "avis écrit de l’enfant", _COUNT),
    "refresh_rehearsals": Metric(refresh_rehearsals, "services avant la reprise", _COUNT),
}
"""The closed list of metrics."""

__all__ = ["BETWEEN_DAYS", "METRICS", "Measure", "Metric", "Raw"]
