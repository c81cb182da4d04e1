"""Premiums of whole days: rests cut short, a day too many, a call too short, a service too many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from filage.kernel.finding import NotChecked
from filage.kernel.interval import Interval
from filage.kernel.money import ONE
from filage.worktime.premium_case import Case, PremiumHours
from filage.worktime.premium_time import hours_of

Given = Iterator[PremiumHours | NotChecked]
_SECONDS = 3600


def rest_cut(case: Case) -> Given:
    """Hours missing to the rest between two days of work, each begun hour counted whole where the text says so."""
    parameters = case.premium.parameters
    days = _civil_days(case)
    for (_, before), (on, after) in pairwise(days):
        rest = before.gap_to(after)
        missing = Decimal(round((parameters["rest_hours"] - rest) * _SECONDS)) / _SECONDS
        if missing > 0:
            whole = parameters["begun_hours"] == "whole"
            hours = missing.to_integral_value(ROUND_CEILING) if whole else missing
            yield case.gives(on, hours, parameters["rate"], pays="uplift")


def nth_day(case: Case) -> Given:
    """Work on the days of a civil week beyond some number."""
    parameters = case.premium.parameters
    weeks: dict[date, list[date]] = {}
    for day in case.days:
        seen = weeks.setdefault(day.on - timedelta(days=day.on.weekday()), [])
        if day.on not in seen and day.stretches:
            seen.append(day.on)
        if day.on in seen[int(parameters["days"]) :]:
            yield case.raises(day.on, day.stretches, parameters["rate"])


def short_call(case: Case) -> Given:
    """Hours missing to the shortest call: they are paid although they were not done."""
    for day in case.days:
        missing = case.premium.parameters["hours"] - hours_of(day.stretches)
        if day.stretches and missing > 0:
            yield case.gives(day.on, missing, pays="hours")


def extra_service(case: Case) -> Given:
    """Rehearsal services beyond some number in a day, each worth a part of the pay of the day."""
    parameters = case.premium.parameters
    for day in case.days:
        services = sum(1 for shift in day.shifts if shift.kind == "rehearsal")
        over = services - parameters["services"]
        if over > 0:
            yield case.gives(day.on, over, ONE / parameters["divisor"], pays="fee", unit="rehearsal_days")


def _civil_days(case: Case) -> list[tuple[date, Interval]]:
    """From the first call to the last end, travel included, by the civil day on which the shifts begin."""
    days: dict[date, Interval] = {}
    for shift in sorted(case.shifts, key=lambda shift: shift.interval):
        if shift.kind == "standby":
            continue
        known = days.get(shift.day, shift.interval)
        days[shift.day] = Interval(min(known.start, shift.interval.start), max(known.end, shift.interval.end))
    return list(days.items())
