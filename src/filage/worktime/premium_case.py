"""What a premium is computed from, and what it gives: one person's work, what the schedule does not say, the hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from filage.kernel.finding import NotChecked
from filage.kernel.money import ONE
from filage.kernel.step import Source
from filage.worktime import population as populations
from filage.worktime.population import Answer, Someone, needs_of, profile_of
from filage.worktime.premium_rules import Premium
from filage.worktime.premium_time import Stretch, WorkingDay, hours_of
from filage.worktime.shift import Setting, Shift, Worker

Pays = Literal["uplift", "hours", "allowance", "fee", "day_of_week", "nothing"]
"""How a premium becomes euros: a fraction added to the hourly pay, hours paid besides, a sum of the law, a share of the
fee, a day worth a part of the week, or nothing (it only says which regime applies)."""


@dataclass(frozen=True, slots=True)
class PremiumHours:
    """What one premium gives one person on one day, or one civil week (dated by its Monday)."""

    rule: str
    person: str
    on: date
    hours: Decimal
    rate: Decimal
    label: str
    source: Source
    pays: Pays = "uplift"
    unit: str = "hours"
    weekly: bool = False
    kind: str = ""
    spans: tuple[Stretch, ...] = ()
    allowances: tuple[str, ...] = ()
    given: Decimal | None = None
    raises_base: bool = False

    @property
    def confidence(self) -> str:
        """How sure the text is: confirmed, one_source or uncertain."""
        return self.source.confidence


class Trip(NamedTuple):
    """A day away: how far, how long the transports there and back take, how its costs were settled."""

    person: str
    on: date
    distance_km: Decimal | None = None
    transport_hours: Decimal | None = None
    kept_away: bool = False
    settled: Literal["direct", "invoice", "flat", ""] = ""
    invoice: Decimal | None = None


class Delay(NamedTuple):
    """A performance that began later than planned."""

    person: str
    on: date
    planned: datetime
    actual: datetime
    zone: str


class Cancellation(NamedTuple):
    """A service cancelled: the hours of notice given, and whether it was moved to another time of the same day."""

    person: str
    on: date
    notice_hours: Decimal
    moved_same_day: bool = False


class SupportAct(NamedTuple):
    """A first part: its length, alone or with the other groups of the first part."""

    person: str
    on: date
    minutes: Decimal
    several_groups: bool = False


class Dressing(NamedTuple):
    """Minutes of costume, make-up and hair before the work."""

    person: str
    on: date
    minutes: Decimal


class Hired(NamedTuple):
    """The days of an engagement, both included, and the unit it is paid by."""

    person: str
    first: date
    last: date
    unit: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the hours alone do not say; a premium that needs what is absent is listed as not checked."""

    fiction_documentary: bool | None = None
    advertising: bool | None = None
    open_air: bool | None = None
    studio: bool | None = None
    meals_provided: bool | None = None
    trips: tuple[Trip, ...] | None = None
    delays: tuple[Delay, ...] | None = None
    cancellations: tuple[Cancellation, ...] | None = None
    support_acts: tuple[SupportAct, ...] | None = None
    dressings: tuple[Dressing, ...] | None = None
    performances: tuple[tuple[str, int], ...] | None = None
    hired: tuple[Hired, ...] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One premium put to one person: the days worked, and the travel that counts as work."""

    premium: Premium
    worker: Worker
    days: tuple[WorkingDay, ...]
    setting: Setting
    told: Told
    counted_travel: tuple[Stretch, ...] = ()

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """Every shift of the person."""
        return tuple(shift for day in self.days for shift in day.shifts)

    def in_circumstance(self, day: date, kind: str) -> bool:
        """Whether a declared circumstance (tour, festival…) covers the day."""
        return any(c.kind == kind and c.first <= day <= c.last for c in self.setting.circumstances)

    def gives(
        self,
        on: date,
        hours: Decimal,
        rate: Decimal = ONE,
        *,
        pays: Pays,
        unit: str = "hours",
        label: str = "",
    ) -> PremiumHours:
        """What this premium gives this person: hours or a count of something else."""
        rule = self.premium
        return PremiumHours(
            rule.id,
            self.worker.id,
            on,
            hours,
            rate,
            label or rule.label,
            rule.source,
            pays,
            unit,
            kind=rule.kind,
        )

    def raises(self, on: date, spans: tuple[Stretch, ...], rate: Decimal) -> PremiumHours:
        """Hours of work that this premium raises by a fraction of the hourly pay; by nothing, it only counts them."""
        given = self.gives(on, hours_of(spans), rate, pays="uplift" if rate else "nothing")
        return replace(given, spans=spans)

    def repays(self, on: date, unit: str, allowances: tuple[str, ...], label: str = "") -> PremiumHours:
        """Sums of the law due once."""
        return replace(self.gives(on, ONE, pays="allowance", unit=unit, label=label), allowances=allowances)


def _either(*names: str) -> Callable[[Someone], Answer]:
    """In one of these populations; unknown when one of them cannot tell and none says yes."""

    def answer(one: Someone) -> Answer:
        answers = [populations.POPULATIONS[name](one) for name in names]
        if True in answers:
            return True
        return None if None in answers else False

    return answer


def _artists_of_annex(number: str) -> Callable[[Someone], Answer]:
    """An artist under one annex of IDCC 3090; unknown while nobody said the annex."""

    def answer(one: Someone) -> Answer:
        if one.profile.artist is False:
            return False
        return one.profile.artist and one.profile.annex == number if one.profile.annex else None

    return answer


POPULATIONS: Mapping[str, Callable[[Someone], Answer]] = {
    **{name: populations.POPULATIONS[name] for name in (
        "everyone", "technicians", "technicians_paris", "interpreters", "extras", "annex_1_artists", "annex_2_artists",
        "annex_4_roads",
    )},
    "artists": lambda one: one.profile.artist,
    "annex_5_artists": _artists_of_annex("5"),
    "annex_2_4_technicians": _either("annex_2_technicians", "annex_4_technicians"),
}  # fmt: skip
"""Whom a premium covers, among the populations of working time; None when a fact is missing to tell."""


def covered(case: Case) -> bool | NotChecked:
    """Tell whether the person is of the premium's population, or what is needed to know."""
    someone = Someone(profile_of(case.worker, case.setting), None)
    answer = POPULATIONS[case.premium.population](someone)
    return (
        NotChecked(case.premium.id, needs_of(case.premium.population, someone)) if answer is None else answer
    )
