"""Premiums: what raises the pay, from the hours of everyone; pure, explained by rule, text and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from filage.kernel.finding import NotChecked
from filage.worktime.premium_cap import absorbed, capped
from filage.worktime.premium_case import Case, PremiumHours, Told, covered
from filage.worktime.premium_kinds import EVALUATED_BY, counted_travel, short_days
from filage.worktime.premium_rules import LABOUR_CODE, Premium, premium_ids, premiums, premiums_of
from filage.worktime.premium_time import working_days
from filage.worktime.shift import Setting, Shift, Worker

__all__ = ["PremiumHours", "Premiums", "Told", "premium_hours", "premium_ids", "premiums"]


class Premiums(NamedTuple):
    """What is due, and what could not be told for want of a fact."""

    due: tuple[PremiumHours, ...]
    not_checked: tuple[NotChecked, ...] = ()


def premium_hours(
    shifts: Sequence[Shift],
    workers: Iterable[Worker],
    setting: Setting,
    told: Told | None = None,
    rules: Sequence[Premium] | None = None,
) -> Premiums:
    """Return the premiums of everyone's hours under a convention, hours in elapsed time.

    A convention's premium takes the place of the Code du travail's that it replaces; a same hour never gets more than
    the convention's cap. What needs a fact nobody told is listed, never taken for nothing due.
    """
    given = told or Told()
    by_person: dict[str, list[Shift]] = {}
    for shift in shifts:
        by_person.setdefault(shift.person, []).append(shift)
    due: list[PremiumHours] = []
    missing: dict[NotChecked, None] = {}
    for worker in workers:
        mine = tuple(by_person.get(worker.id, ()))
        for found in (
            _remembered(worker, mine, setting, given)
            if rules is None
            else _of_person(worker, mine, setting, given, rules)
        ):
            if isinstance(found, NotChecked):
                missing[found] = None
            else:
                due.append(found)
    return Premiums(
        tuple(sorted(due, key=lambda found: (found.person, found.on, found.rule, found.rate))), tuple(missing)
    )


@lru_cache(maxsize=2_000)
def _remembered(
    worker: Worker, shifts: tuple[Shift, ...], setting: Setting, told: Told
) -> tuple[PremiumHours | NotChecked, ...]:
    """The premiums shipped for one person, kept in memory: most changes of a production leave most people alone."""
    return tuple(_of_person(worker, shifts, setting, told, premiums_of(setting.idcc)))


def _of_person(
    worker: Worker, shifts: Sequence[Shift], setting: Setting, told: Told, rules: Sequence[Premium]
) -> list[PremiumHours | NotChecked]:
    days = working_days(shifts)
    rules = [rule for rule in rules if rule.convention in (LABOUR_CODE, setting.idcc)]
    asked = [Case(rule, worker, days, setting, told) for rule in rules]
    answers = [(case, covered(case)) for case in asked]
    missing: list[PremiumHours | NotChecked] = [
        need for _, need in answers if isinstance(need, NotChecked) and days
    ]
    cases = [case for case, answer in answers if answer is True]
    travel = tuple(
        piece for case in cases if case.premium.kind == "travel_counted" for piece in counted_travel(case)
    )
    found = [
        given
        for case in _not_replaced(cases)
        for given in EVALUATED_BY[case.premium.kind](replace(case, counted_travel=travel) if travel else case)
    ]
    starts = {rule.id: rule.starts_on for rule in rules}
    due = [given for given in found if isinstance(given, PremiumHours) and _has_begun(given, starts)]
    missing += [given for given in found if isinstance(given, NotChecked)]
    return [*missing, *capped(absorbed(due, rules), rules)]


def _not_replaced(cases: Sequence[Case]) -> list[Case]:
    """The cases left once each rule has taken the place of others: everywhere, or on the days of a short engagement."""
    everywhere = {
        name for case in cases if case.premium.kind != "short_engagement" for name in case.premium.replaces
    }
    kept = []
    for case in cases:
        if case.premium.id in everywhere:
            continue
        short = {
            day
            for other in cases
            if other.premium.kind == "short_engagement" and case.premium.id in other.premium.replaces
            for day in short_days(other)
        }
        kept.append(
            replace(case, days=tuple(day for day in case.days if day.on not in short)) if short else case
        )
    return kept


def _has_begun(given: PremiumHours, starts: Mapping[str, date | None]) -> bool:
    starts_on = starts[given.rule]
    return starts_on is None or starts_on <= given.on
