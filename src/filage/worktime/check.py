"""The evaluator of working time: for each person, day and metric, the one limit that applies, met or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from filage.kernel.finding import NotChecked, Severity
from filage.kernel.memory import collector_paused
from filage.worktime.conditions import CONDITIONS, NEEDS, NIGHT_WORKER_HOURS, THRESHOLDS, Moment
from filage.worktime.limit import Asked, Limit, Quota, Row, limits_for, rows_for, with_threshold
from filage.worktime.metrics import METRICS, Measure, Raw
from filage.worktime.population import ADULT, POPULATIONS, Profile, Someone, needs_of, profile_of
from filage.worktime.shift import Setting, Shift, Worker
from filage.worktime.timeline import BETWEEN_DAYS, HOUR, Overlap, Timeline, monday

HELD = frozenset({"has_individual_authorisation", "written_consent_of_child"})
"""Metrics that ask for a paper: the row's id among the authorisations held."""
NIGHT_WORK = "night_worker"
SHOWN = 5
"""How many people a missing fact names."""
_FOUR_DECIMALS = Decimal("0.0001")


class Breach(NamedTuple):
    """A limit not met: by whom, on which day, by how much; `margin` is how far from the limit, in its unit."""

    limit: Limit
    worker: Worker
    on: date
    threshold: Decimal
    actual: Decimal
    relief: tuple[Limit, ...] = ()

    @property
    def rule(self) -> str:
        """The id of the row."""
        return self.limit.id

    @property
    def severity(self) -> Severity:
        """`blocking` or `warning`, as the row says."""
        return self.limit.severity

    @property
    def margin(self) -> Decimal:
        """How far beyond the limit, always positive."""
        return abs(self.actual - self.threshold)


class Clash(NamedTuple):
    """Two shifts of one person at the same time, counted once."""

    worker: Worker
    on: date
    hours: Decimal


class Missing(NamedTuple):
    """A fact a rule needs, and the people it is missing for."""

    rule: str
    needs: str
    people: tuple[str, ...]


class WorktimeReport(NamedTuple):
    """What is not met, which shifts overlap, and what could not be evaluated for want of a fact."""

    breaches: tuple[Breach, ...]
    missing: tuple[Missing, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """Each rule that could not be evaluated, with the fact it needs and for whom."""
        return tuple(NotChecked(one.rule, f"{one.needs} : {names(one.people)}") for one in self.missing)


class Candidate(NamedTuple):
    """A limit that may concern somebody; `sure` is False when a fact is missing to tell, which `needs` names."""

    limit: Limit
    sure: bool
    needs: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The limits of one metric for one kind of person, and the value that meets them all without a closer look.

    `unsure` names those a missing fact leaves open. Each is made once: itself is enough to tell it apart.
    """

    asked: Asked
    candidates: tuple[Candidate, ...]
    meets_all: Raw | None
    is_minimum: bool
    unsure: frozenset[str] = frozenset()


@collector_paused()
def check_worktime(shifts: Iterable[Shift], workers: Iterable[Worker], setting: Setting) -> WorktimeReport:
    """Compare everyone's shifts with the limits in force; pure, same arguments, same report.

    For each metric exactly one limit applies: the most favourable to the employee of those whose population, conditions
    and dates fit, once derogations have replaced what they may, within their quotas. A limit met exactly is met. What
    lacks a fact to be told is in `not_checked`, only where the answer would change something.
    """
    by_person: dict[str, list[Shift]] = {}
    for shift in shifts:
        by_person.setdefault(shift.person, []).append(shift)
    breaches: list[Breach] = []
    clashes: list[Clash] = []
    unknown: dict[tuple[str, str], dict[str, None]] = {}
    for worker in workers:
        own = by_person.get(worker.id)
        if own:
            found = _of_person(worker, tuple(own), setting)
            breaches += found.breaches
            clashes += found.clashes
            for rule_and_needs in found.unknown:
                unknown.setdefault(rule_and_needs, {})[worker.name or worker.id] = None
    order = sorted(
        _once(breaches), key=lambda one: (one.on, one.worker.id, one.rule, one.limit.asked.metric, one.actual)
    )
    missing = (Missing(rule, needs, tuple(who)) for (rule, needs), who in sorted(unknown.items()))
    return WorktimeReport(tuple(order), tuple(missing), tuple(clashes))


class _Found(NamedTuple):
    """What is said of one person; `unknown` holds rules, each with the fact it needs."""

    breaches: tuple[Breach, ...]
    clashes: tuple[Clash, ...]
    unknown: tuple[tuple[str, str], ...]


@lru_cache(maxsize=2_000)
def _of_person(worker: Worker, shifts: tuple[Shift, ...], setting: Setting) -> _Found:
    """What is said of one person, kept in memory: most changes of a production leave most people alone."""
    person = _Person(worker, setting, Timeline(shifts))
    breaches = tuple(person.breaches())
    clashes = tuple(Clash(worker, one.on, _hours(one)) for one in person.timeline.overlaps)
    return _Found(breaches, clashes, tuple(person.unknown))


def _once(breaches: list[Breach]) -> Iterable[Breach]:
    """Each breach once: two measures that would say the very same thing are one."""
    return {(b.worker.id, b.rule, b.limit.asked.metric, b.on, b.actual): b for b in breaches}.values()


def age_on(born_on: date, day: date) -> int:
    """Whole years on a day; somebody born on 29 February is older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


class _Person:
    """One person's time against the limits that may concern them."""

    def __init__(self, worker: Worker, setting: Setting, timeline: Timeline) -> None:
        self.worker, self.setting, self.timeline = worker, setting, timeline
        self.unknown: dict[tuple[str, str], None] = {}
        self.profile = profile_of(worker, setting)
        self.used: dict[tuple[str, str, object], list[date]] = {}
        self.told: set[str] = set()
        days = timeline.days
        self.changes_age = bool(worker.born_on and days and age_on(worker.born_on, days[0].on) < ADULT)
        self.night = self.profile.night_worker or _maybe_night(timeline)

    def breaches(self) -> Iterator[Breach]:
        if self.changes_age:
            for asked in _asked_for(self.setting.idcc):
                yield from self._growing(asked)
        elif self.timeline.days:
            age = self._age(self.timeline.days[0].on)
            for group in _groups(self.setting.idcc, self.profile, age, self.night):
                yield from self._of_group(group)
        self._needs_a_fact()

    def _of_group(self, group: Group) -> Iterator[Breach]:
        """Measure one metric over the person's time; look closer only at what may not be met."""
        for measure in METRICS[group.asked.metric].measure(self.timeline, group.asked):
            if not _meets(group, measure.value):
                yield from self._closer(group, measure)
                if not group.unsure.isdisjoint(self.told):
                    group = _left(group, group.unsure & self.told)
                    if not group.candidates:
                        return

    def _growing(self, asked: Asked) -> Iterator[Breach]:
        """The same for somebody whose age changes which limits hold, day by day."""
        for measure in METRICS[asked.metric].measure(self.timeline, asked):
            group = self._group(asked, measure.on)
            if group.candidates and not _meets(group, measure.value):
                yield from self._closer(group, measure)

    def _group(self, asked: Asked, on: date) -> Group:
        return _group(self.setting.idcc, asked, self.profile, self._age(on), self.night)

    def _age(self, on: date) -> int | None:
        return age_on(self.worker.born_on, on) if self.worker.born_on else None

    def _closer(self, group: Group, measure: Measure) -> Iterator[Breach]:
        moment = self._moment(measure)
        sure: list[Limit] = []
        for candidate in group.candidates:
            limit, holds, needs = self._applied(candidate, moment)
            if holds is True:
                sure.append(limit)
            elif holds is None and self._breaks(limit, measure, moment):
                self.unknown[limit.id, needs] = None
                self.told.add(limit.id)
        chosen = self._chosen(sure, measure, moment)
        if chosen is not None and self._breaks(chosen, measure, moment):
            yield self._breach(chosen, group, measure, moment)

    def _applied(self, candidate: Candidate, moment: Moment) -> tuple[Limit, bool | None, str]:
        """A candidate under the variant that holds; whether it applies, and the fact that would tell."""
        limit = candidate.limit
        moment.rule = limit.id
        if moment.on < limit.row.starts_on:
            return limit, None, f"le texte en vigueur avant le {limit.row.starts_on.isoformat()}"
        needs = "" if candidate.sure else candidate.needs
        for name in limit.when:
            holds = CONDITIONS[name](moment)
            if holds is False:
                return limit, False, ""
            if holds is None:
                needs = needs or NEEDS[name]
        for variant in limit.variants:
            if all(CONDITIONS[name](moment) for name in variant.when):
                limit = with_threshold(limit, variant) if variant.quota is None else limit
                break
        return limit, None if needs else True, needs

    def _chosen(self, limits: Sequence[Limit], measure: Measure, moment: Moment) -> Limit | None:
        """The one limit that applies: derogations replace, quotas are spent only where they serve."""
        if not any(limit.quota or any(variant.quota for variant in limit.variants) for limit in limits):
            return self._strictest(limits, moment)
        strict = self._strictest([one for one in limits if one.quota is None], moment)
        eased = self._eased(limits, moment)
        relies_on_quota = any(one.quota for one in eased)
        if not relies_on_quota or (strict is not None and not self._breaks(strict, measure, moment)):
            return strict
        open_ones = [one for one in eased if one.quota is None or self._left(one, moment.on)]
        chosen = self._strictest(open_ones, moment)
        if chosen is not None and chosen.quota is not None:
            self._spend(chosen, moment.on)
        return chosen

    def _eased(self, limits: Sequence[Limit], moment: Moment) -> list[Limit]:
        """The limits with their variants of limited use, where a condition opens one."""
        eased = []
        for limit in limits:
            moment.rule = limit.id
            open_variant = next(
                (v for v in limit.variants if v.quota and all(CONDITIONS[name](moment) for name in v.when)),
                None,
            )
            if open_variant is not None:
                candidate = with_threshold(limit, open_variant)
                eased.append(candidate if self._left(candidate, moment.on) else limit)
            else:
                eased.append(limit)
        return eased

    def _strictest(self, limits: Sequence[Limit], moment: Moment) -> Limit | None:
        if len(limits) == 1:
            return limits[0]
        replaced = {name for limit in limits for name in limit.replaces}
        kept = [limit for limit in limits if limit.id not in replaced]
        if not kept:
            return None
        sign = -1 if kept[0].is_minimum else 1
        return min(kept, key=lambda one: (sign * self._bound(one, moment), one.row.idcc is None))

    def _bound(self, limit: Limit, moment: Moment) -> Raw:
        threshold = THRESHOLDS[limit.rule](moment) if limit.rule else limit.threshold
        return _raw(limit, threshold)

    def _breaks(self, limit: Limit, measure: Measure, moment: Moment) -> bool:
        if limit.asked.metric in HELD:
            return limit.id not in self.worker.authorised
        bound = self._bound(limit, moment)
        match limit.operator:
            case ">=":
                return measure.value < bound
            case "<":
                return measure.value >= bound
            case _:
                return measure.value > bound

    def _left(self, limit: Limit, on: date) -> bool:
        """Whether a derogation may serve once more."""
        quota = limit.quota
        if quota is None:
            return True
        days = self.used.get(_quota_key(limit, quota, on), [])
        near = quota.apart and any(
            abs((on - day).days) <= 1
            for key, spent in self.used.items()
            if key[0] == limit.id
            for day in spent
        )
        return len(days) < quota.times and not near

    def _spend(self, limit: Limit, on: date) -> None:
        if limit.quota is not None:
            self.used.setdefault(_quota_key(limit, limit.quota, on), []).append(on)

    def _moment(self, measure: Measure) -> Moment:
        moment = Moment(
            self.worker,
            self.profile,
            self.setting,
            measure.on,
            self.timeline,
            measure.day,
            measure.before,
            measure.travel,
            measure.amount,
        )
        moment.has_reduced_rest = lambda: self._has_reduced_rest(moment)
        return moment

    def _has_reduced_rest(self, moment: Moment) -> bool:
        """Whether a derogation lets the daily rest be nine hours that day."""
        group = self._group(Asked("daily_rest"), moment.on)
        rule = moment.rule
        reduced = any(
            candidate.sure
            and _raw(candidate.limit, candidate.limit.threshold) <= BETWEEN_DAYS
            and self._applied(candidate, moment)[1] is True
            for candidate in group.candidates
        )
        moment.rule = rule
        return reduced

    def _breach(self, limit: Limit, group: Group, measure: Measure, moment: Moment) -> Breach:
        unit = METRICS[limit.asked.metric].units[limit.unit]
        threshold = THRESHOLDS[limit.rule](moment) if limit.rule else limit.threshold
        relief = tuple(
            one.limit
            for one in group.candidates
            if one.sure
            and "relied_on" in one.limit.when
            and limit.id in one.limit.replaces
            and not self._breaks(one.limit, measure, moment)
        )
        return Breach(
            limit, self.worker, measure.on, _decimal(threshold), _decimal(measure.value, unit), relief
        )

    def _needs_a_fact(self) -> None:
        """Say the rows that no calendar can tell, where they may concern this person."""
        for row in rows_for(self.setting.idcc):
            if row.needs and row.kind in ("formality", "limit") and self._may_concern(row):
                self.unknown[row.id, row.needs] = None

    def _may_concern(self, row: Row) -> bool:
        """Whether somebody surely is of a row's population, on a day where its conditions hold."""
        population = POPULATIONS[row.population]
        for day in self.timeline.days:
            age = age_on(self.worker.born_on, day.on) if self.worker.born_on else None
            if population(Someone(self.profile, age)) is not True:
                return False if not self.changes_age else self._on_another_day(row)
            moment = self._moment(Measure(day.on, 0, day))
            moment.rule = row.id
            if all(CONDITIONS[name](moment) for name in row.when):
                return True
        return False

    def _on_another_day(self, row: Row) -> bool:
        population = POPULATIONS[row.population]
        born = self.worker.born_on
        return born is not None and any(
            population(Someone(self.profile, age_on(born, day.on))) for day in self.timeline.days
        )


@lru_cache(maxsize=16)
def _asked_for(idcc: str | None) -> tuple[Asked, ...]:
    """Every measure the limits of a convention ask for, each once."""
    return tuple(dict.fromkeys(limit.asked for limit in limits_for(idcc)))


@lru_cache(maxsize=1024)
def _groups(idcc: str | None, profile: Profile, age: int | None, night: bool) -> tuple[Group, ...]:  # noqa: FBT001 - part of what is remembered
    """Every measure that some limit may ask of somebody of this profile and age."""
    found = (_group(idcc, asked, profile, age, night) for asked in _asked_for(idcc))
    return tuple(group for group in found if group.candidates)


@lru_cache(maxsize=4096)
def _group(idcc: str | None, asked: Asked, profile: Profile, age: int | None, night: bool) -> Group:  # noqa: FBT001 - part of what is remembered
    """The limits of one measure that may concern somebody of this profile and age."""
    someone = Someone(profile, age)
    candidates = []
    for limit in limits_for(idcc):
        if limit.asked != asked or (NIGHT_WORK in limit.when and not night):
            continue
        answer = POPULATIONS[limit.population](someone)
        if answer is not False:
            needs = "" if answer else needs_of(limit.population, someone)
            candidates.append(Candidate(limit, bool(answer), needs))
    return _grouped(asked, candidates)


@lru_cache(maxsize=4096)
def _left(group: Group, told: frozenset[str]) -> Group:
    """A group without the limits already told unknown: telling them again would change nothing."""
    return _grouped(group.asked, [one for one in group.candidates if one.limit.id not in told])


def _grouped(asked: Asked, candidates: Sequence[Candidate]) -> Group:
    is_minimum = any(candidate.limit.is_minimum for candidate in candidates)
    unsure = frozenset(one.limit.id for one in candidates if not one.sure)
    return Group(asked, tuple(candidates), _meets_all(candidates), is_minimum, unsure)


def _meets_all(candidates: Sequence[Candidate]) -> Raw | None:
    """The value that meets every limit under every variant; None when a limit is not a plain number."""
    bounds: list[Raw] = []
    for candidate in candidates:
        limit = candidate.limit
        if limit.rule or limit.operator == "<" or limit.asked.metric in HELD:
            return None
        bounds += [_raw(limit, one) for one in (limit.threshold, *(v.threshold for v in limit.variants))]
    if not bounds:
        return None
    return max(bounds) if candidates[0].limit.is_minimum else min(bounds)


def _meets(group: Group, value: Raw) -> bool:
    if group.meets_all is None:
        return False
    return value >= group.meets_all if group.is_minimum else value <= group.meets_all


def _raw(limit: Limit, threshold: Decimal) -> Raw:
    """A threshold in the units its metric measures in."""
    return _in_units(threshold, METRICS[limit.asked.metric].units[limit.unit])


@lru_cache(maxsize=1024)
def _in_units(threshold: Decimal, unit: int) -> Raw:
    exact = Fraction(threshold) * unit
    return exact.numerator if exact.denominator == 1 else exact


def _quota_key(limit: Limit, quota: Quota, on: date) -> tuple[str, str, object]:
    period: object = monday(on) if quota.per == "week" else (on.year, on.month)
    return limit.id, limit.asked.metric, period


def _maybe_night(timeline: Timeline) -> bool:
    return sum(seconds for _, seconds in timeline.nights) >= NIGHT_WORKER_HOURS * HOUR


def _decimal(value: Raw | Decimal, unit: int = 1) -> Decimal:
    """A value in the unit of the row, to four decimals."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return _divided(value, unit)
    exact = value / unit
    return (Decimal(exact.numerator) / exact.denominator).quantize(
        _FOUR_DECIMALS, ROUND_HALF_UP
    ).normalize() + 0


@lru_cache(maxsize=4096)
def _divided(value: int, unit: int) -> Decimal:
    return (Decimal(value) / unit).quantize(_FOUR_DECIMALS, ROUND_HALF_UP).normalize() + 0


def _hours(one: Overlap) -> Decimal:
    return _decimal(one.seconds, HOUR)


def names(people: Sequence[str]) -> str:
    """The first few people of a list, and how many others."""
    shown = ", ".join(people[:SHOWN])
    return shown if len(people) <= SHOWN else f"{shown} et {len(people) - SHOWN} autres"


__all__ = ["Breach", "Clash", "Missing", "WorktimeReport", "age_on", "check_worktime", "names"]
