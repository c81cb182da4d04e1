"""The same team under the law of two years: the same slips, the law read on the same day of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.errors import LawNotCovered
from filage.kernel.money import ZERO
from filage.law import same_day
from filage.payroll.contribution import contributions
from filage.payroll.slip import Line, Slip, cost_slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from filage.kernel.step import Source, Step
    from filage.law import Law
    from filage.payroll.engagement import MonthlySlip, PayCost

EMPLOYER, EMPLOYEE = "employer", "employee"


@dataclass(frozen=True, slots=True)
class Compared:
    """A slip under the law of both years, and the contributions left out of the comparison."""

    cost: PayCost
    monthly: MonthlySlip
    before: Slip
    after: Slip
    left_out: frozenset[str]

    def paid(self, slip: Slip) -> dict[str, Decimal]:
        """What each payer pays on one of its slips, in euros, for everybody it stands for."""
        found = {EMPLOYER: ZERO, EMPLOYEE: ZERO}
        for line in slip.lines:
            if line.id not in self.left_out:
                found[line.payer] += line.amount
        return {payer: amount * self.cost.people for payer, amount in found.items()}


@dataclass(frozen=True, slots=True)
class ContributionChange:
    """A contribution of one payer over all the slips, before and after, in euros."""

    id: str
    label: str
    payer: str
    before: Step
    after: Step
    rates_before: tuple[Decimal, ...]
    rates_after: tuple[Decimal, ...]
    sources: tuple[Source, ...]

    @property
    def change(self) -> Decimal:
        """What it costs more, in euros; negative when it costs less."""
        return self.after.value - self.before.value

    @property
    def step(self) -> Step:
        """The change and its reason: every slip's line, before and after."""
        return steps.difference(self.label, self.after, self.before)


@dataclass(frozen=True, slots=True)
class EngagementChange:
    """An engagement, or the unfilled part of a position, under the law of both years: employer cost in euros."""

    about: str
    label: str
    before: Decimal
    after: Decimal
    net_before: Decimal
    net_after: Decimal
    compared: tuple[Compared, ...] = field(repr=False)

    @property
    def contributions(self) -> tuple[ContributionChange, ...]:
        """Its contributions of either year: built when somebody asks."""
        return _contributions(self.compared)

    @property
    def change(self) -> Decimal:
        """What it costs the employer more, in euros."""
        return self.after - self.before

    @property
    def net_change(self) -> Decimal:
        """What is left more to the person before income tax, in euros."""
        return self.net_after - self.net_before

    @property
    def step(self) -> Step:
        """The change and its reason, contribution by contribution."""
        return steps.total(self.label, [one.step for one in self.contributions if one.payer == EMPLOYER])


@dataclass(frozen=True, slots=True)
class Uncovered:
    """What is not compared: a parameter without value in a year, the slips it concerns, and why."""

    parameter: str
    year: int
    reason: str
    labels: tuple[str, ...]
    whole_slips: bool


@dataclass(frozen=True, slots=True)
class LawChange:
    """What a change of law costs this team: the total is that of the employer's contributions."""

    before_year: int
    after_year: int
    lines: tuple[ContributionChange, ...]
    engagements: tuple[EngagementChange, ...]
    before: Decimal
    after: Decimal
    total: Step
    net_change: Decimal
    uncovered: tuple[Uncovered, ...]
    assumed: tuple[str, ...]
    moved_days: int
    """Slips whose own day of law is in another year than the second one."""


def cost_of_law_change(costs: Iterable[PayCost], law: Law, *, before_year: int, after_year: int) -> LawChange:
    """Compare what the same slips cost under the law of two years, in euros.

    Gross pay, days and quantities stay; each slip's day of law is moved to the same day of either year. A slip whose
    law is not known in one of them is left out and said, as is a contribution whose rate only the structure knows and
    gave for one year alone.
    """
    compared: list[Compared] = []
    gaps: dict[tuple[str, int], _Gap] = {}
    for cost in costs:
        for monthly in cost.slips:
            found = _compare(cost, monthly, law, (before_year, after_year), gaps)
            if found:
                compared.append(found)
    lines = _contributions(compared)
    employer = [line for line in lines if line.payer == EMPLOYER]
    engagements = _engagements(compared)
    return LawChange(
        before_year=before_year,
        after_year=after_year,
        lines=lines,
        engagements=engagements,
        before=sum((one.before for one in engagements), ZERO),
        after=sum((one.after for one in engagements), ZERO),
        total=steps.total(f"Même équipe, droit {before_year} → {after_year}", [one.step for one in employer]),
        net_change=sum((one.net_change for one in engagements), ZERO),
        uncovered=tuple(gap.said(key) for key, gap in sorted(gaps.items())),
        assumed=tuple(
            dict.fromkeys(
                step.rule for one in compared for s in (one.before, one.after) for step in s.assumed
            )
        ),
        moved_days=sum(one.monthly.slip.terms.day.year != after_year for one in compared),
    )


@dataclass(slots=True)
class _Gap:
    """What a parameter without value leaves out, while it is gathered."""

    reason: str
    labels: dict[str, None]
    whole_slips: bool

    def said(self, key: tuple[str, int]) -> Uncovered:
        return Uncovered(key[0], key[1], self.reason, tuple(self.labels), self.whole_slips)


def _compare(
    cost: PayCost, monthly: MonthlySlip, law: Law, years: tuple[int, int], gaps: dict[tuple[str, int], _Gap]
) -> Compared | None:
    read: list[Slip] = []
    for year in years:
        try:
            read.append(_under(monthly.slip, year, law))
        except LawNotCovered as error:
            gap = gaps.setdefault(
                (error.parameter, year), _Gap(str(error).partition(" : ")[2], {}, whole_slips=True)
            )
            gap.labels[cost.label] = None
    if len(read) < len(years):
        return None
    before, after = read
    left_out: set[str] = set()
    for slip, other, year in ((before, after, years[0]), (after, before, years[1])):
        for name in set(slip.missing) - set(other.missing):
            reason = "valeur de la structure non saisie pour cette année"
            gaps.setdefault((name, year), _Gap(reason, {}, whole_slips=False)).labels[cost.label] = None
            left_out |= _contributions_reading(name)
    return Compared(cost, monthly, before, after, frozenset(left_out))


def _under(slip: Slip, year: int, law: Law) -> Slip:
    """The same slip under the law of the same day of a year; 29 February becomes the 28th."""
    terms = replace(
        slip.terms, day=same_day(slip.terms.day, year), reduced_health=False, reduced_family=False
    )
    return cost_slip(terms, slip.gross.value, slip.presence, law)


@lru_cache(maxsize=64)
def _contributions_reading(parameter: str) -> frozenset[str]:
    """The contributions one of whose lines reads a parameter."""
    return frozenset(
        contribution.id
        for contribution in contributions()
        for rule in contribution.rules
        if parameter in (*rule.rates, rule.increased_by)
    )


def _contributions(compared: Sequence[Compared]) -> tuple[ContributionChange, ...]:
    """Every contribution of either year, the employer's first, in the order of the slip."""
    before, after = _by_contribution(compared, old=True), _by_contribution(compared, old=False)
    order = {contribution.id: contribution.order for contribution in contributions()}
    keys = sorted(
        {*before, *after}, key=lambda key: (key[1] != EMPLOYER, order.get(key[0], len(order) * 100), key[0])
    )
    return tuple(_contribution(key, before.get(key, []), after.get(key, [])) for key in keys)


_Part = tuple[Compared, Line]


def _by_contribution(compared: Sequence[Compared], *, old: bool) -> dict[tuple[str, str], list[_Part]]:
    found: dict[tuple[str, str], list[_Part]] = defaultdict(list)
    for one in compared:
        for line in (one.before if old else one.after).lines:
            if line.id not in one.left_out:
                found[line.id, line.payer].append((one, line))
    return found


def _contribution(
    key: tuple[str, str], before: Sequence[_Part], after: Sequence[_Part]
) -> ContributionChange:
    label = (after or before)[0][1].label
    sources = {line.source.id: line.source for _, line in (*after, *before)}
    return ContributionChange(
        id=key[0],
        label=label,
        payer=key[1],
        before=_total("avant", before),
        after=_total("après", after),
        rates_before=_rates(before),
        rates_after=_rates(after),
        sources=tuple(sources.values()),
    )


def _total(label: str, parts: Sequence[_Part]) -> Step:
    value = sum((line.amount * one.cost.people for one, line in parts), ZERO)
    certainty = max((line.certainty for _, line in parts), default=0)
    return steps.total_later(
        label, value, lambda: tuple(_step(one, line) for one, line in parts), certainty=certainty
    )


def _step(one: Compared, line: Line) -> Step:
    tranche = f", {line.tranche}" if line.tranche else ""
    label = f"{one.cost.label}, {french.month(one.monthly.month)}{tranche}"
    if one.cost.people == 1:
        return steps.relabelled(line.step, label)
    people = steps.given("personnes", one.cost.people, unit="personnes")
    return steps.product(label, people, line.step)


def _rates(parts: Sequence[_Part]) -> tuple[Decimal, ...]:
    return tuple(sorted({line.rate for _, line in parts if line.rate is not None}))


def _engagements(compared: Sequence[Compared]) -> tuple[EngagementChange, ...]:
    groups: dict[tuple[str, str], list[Compared]] = defaultdict(list)
    for one in compared:
        groups[one.cost.about, one.cost.label].append(one)
    return tuple(_engagement(*key, group) for key, group in groups.items())


def _engagement(about: str, label: str, group: Sequence[Compared]) -> EngagementChange:
    gross = sum((one.after.gross.value * one.cost.people for one in group), ZERO)
    before, after = [one.paid(one.before) for one in group], [one.paid(one.after) for one in group]
    return EngagementChange(
        about=about,
        label=label,
        before=gross + _sum(before, EMPLOYER),
        after=gross + _sum(after, EMPLOYER),
        net_before=gross - _sum(before, EMPLOYEE),
        net_after=gross - _sum(after, EMPLOYEE),
        compared=tuple(group),
    )


def _sum(paid: Sequence[Mapping[str, Decimal]], payer: str) -> Decimal:
    return sum((one[payer] for one in paid), ZERO)
