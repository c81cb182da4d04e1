"""A plan before the rules of working time, as `filage.worktime` says them: what it breaks, what would repair it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from filage.kernel.errors import BadInput
from filage.kernel.interval import Interval, instant
from filage.planning.schedule.laying_layout import LaidDay
from filage.planning.schedule.laying_problem import MINUTES_A_DAY, LayingProblem, wall_of
from filage.planning.schedule.laying_sets import Cut
from filage.worktime.check import Breach, check_worktime
from filage.worktime.message import message
from filage.worktime.metrics import METRICS
from filage.worktime.shift import Shift

AUTHORISATIONS = ("has_individual_authorisation", "written_consent_of_child", "child_coordinator_on_set")
"""Papers, which no order of scenes gives."""
REST_METRIC = "daily_rest"
A_WEEK = timedelta(days=7)


def shifts_of_layout(problem: LayingProblem, days: Iterable[LaidDay]) -> list[Shift]:
    """Everyone's presence in a plan, as the rules of working time see it."""
    kind = "shoot" if problem.sort == "shoot" else "rehearsal"
    return [
        Shift(
            called.person,
            _interval(day, called.call, called.wrap),
            kind,
            tuple(_interval(day, *pause) for pause in called.breaks),
        )
        for day in days
        for called in day.people
        if called.wrap > called.call
    ]


def breaches_of(problem: LayingProblem, days: Iterable[LaidDay]) -> tuple[Breach, ...]:
    """The limits of working time that a plan does not meet, papers aside."""
    if not problem.workers:
        return ()
    laid = list(days)
    decided = {day.day for day in laid if day.event}
    report = check_worktime(shifts_of_layout(problem, laid), problem.workers, problem.setting)
    return tuple(
        one
        for one in report.breaches
        if one.limit.asked.metric not in AUTHORISATIONS and not _is_decided(one, decided)
    )


def _is_decided(breach: Breach, decided: set[date]) -> bool:
    """Whether a breach lies within a locked day, whose own breaks the plan does not know."""
    metric = breach.limit.asked.metric
    return breach.on in decided and metric != REST_METRIC and not METRICS[metric].week


def broken_by(
    problem: LayingProblem, days: Sequence[LaidDay], slots: Sequence[int]
) -> tuple[tuple[str, ...], list[Cut]]:
    """What a plan breaks, in words, and a cut for each blocking breach that moving a scene may repair."""
    told: dict[str, None] = {}
    cuts: list[Cut] = []
    for breach in breaches_of(problem, days):
        told[message(breach)] = None
        if breach.severity == "blocking":
            pairs = _scenes_of(problem, breach, slots)
            if pairs:
                cuts.append(Cut(pairs))
    return tuple(told), cuts


def _scenes_of(problem: LayingProblem, breach: Breach, slots: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The scenes that have somebody work when a limit is not met, on slots that are not decided already."""
    week = METRICS[breach.limit.asked.metric].week
    first = breach.on if week else breach.on - timedelta(days=1)
    last = breach.on + A_WEEK - timedelta(days=1) if week else breach.on
    always = {one.person for one in problem.crew}
    found = [
        (scene, at)
        for scene, at in enumerate(slots)
        if first <= problem.slots[at].day <= last
        and (breach.worker.id in problem.scenes[scene].people or breach.worker.id in always)
    ]
    decided = all(problem.slots[at].event for _scene, at in found)
    return () if decided else tuple(found)


def _interval(day: LaidDay, start: int, end: int) -> Interval:
    try:
        return Interval(_instant(day, start), _instant(day, end))
    except BadInput:  # an hour that the spring skips: the one after it
        return Interval(_instant(day, start + 60), _instant(day, end + 60))


def _instant(day: LaidDay, minute: int) -> datetime:
    days, rest = divmod(minute, MINUTES_A_DAY)
    return instant(day.day + timedelta(days=days), wall_of(rest))
