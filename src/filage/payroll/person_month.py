"""Several engagements of one person in one month: what settling their ceilings together would change.

A slip is one engagement in one month, under its own ceiling. The employer settles ceilings by person: pay and ceilings
are added up over every contract of the same employer, one after the other or not (CSS R242-2 and R243-10, BOSS
« Assiette générale »). The slips stay what they are; the difference is told in euros.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from filage.kernel import french
from filage.kernel.errors import FilageError
from filage.kernel.finding import Finding
from filage.kernel.interval import is_full_month
from filage.kernel.money import ZERO
from filage.kernel.step import Source
from filage.payroll.ceiling import DAYS_OF_A_MONTH, Presence, is_short_engagement
from filage.payroll.slip import Slip, cost_slip
from filage.payroll.terms import ARTISTS, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from filage.law import Law
    from filage.payroll.engagement import MonthlySlip, PayCost

CAPPED = (
    "vieillesse_plafonnee", "fnal", "agirc_arrco", "ceg", "cet", "apec", "prevoyance", "fonds_sante", "ags", "chomage",
    "chomage_spectacle", "chomage_majoration_cddu", "casc_svp", "csg_deductible", "csg_non_deductible", "crds",
)  # fmt: skip
"""The contributions whose bases stop at a ceiling, or follow from one that does."""
SMALLEST = Decimal(1)
"""A difference under one euro is the rounding of lines."""
SOURCE = Source(
    "plafond_plusieurs_contrats",
    "BOSS, Assiette générale : régularisation du plafond, plusieurs contrats d’un même employeur (cité par Légisocial)",
    "https://legisocial.fr/actualites-sociales/6826-regularisation-pmss-boss-corrige-exemples-chiffres.html",
    date(2026, 11, 22),
    "one_source",
)


class PaidPeriod(NamedTuple):
    """What one slip pays a person, reduced to what settling ceilings needs; gross in euros."""

    person: str
    month: str
    status: str
    cadre: bool
    gross: Decimal
    first_day: date
    last_day: date
    cachets: Decimal | None = None
    hours: Decimal | None = None
    isolated: bool = False


class MonthSettled(NamedTuple):
    """A person's month with every slip under one ceiling: `cost` and `net` are what that adds, in euros."""

    person: str
    month: str
    slips: int
    gross: Decimal
    cost: Decimal
    net: Decimal
    about: str


class _Held(NamedTuple):
    """A slip of this production, or one of another with the terms of ours."""

    about: str
    period: PaidPeriod
    slip: Slip | None


def paid_periods(costs: Iterable[PayCost]) -> tuple[PaidPeriod, ...]:
    """Return what each slip of engaged people pays: what another production's review may be told (D8)."""
    return tuple(_period(cost.person, monthly) for cost, monthly in _engaged(costs) if cost.person)


def month_findings(costs: Sequence[PayCost], law: Law, paid: Iterable[PaidPeriod] = ()) -> list[Finding]:
    """Say, person by person and month by month, what settling ceilings together changes by a euro or more."""
    return [_finding(settled) for settled in settled_months(costs, law, paid)]


def settled_months(
    costs: Sequence[PayCost], law: Law, paid: Iterable[PaidPeriod] = ()
) -> tuple[MonthSettled, ...]:
    """Return the months of people with several slips whose ceilings, settled together, change cost or net.

    `paid` is what the structure's other productions pay the same people. Only slips of the same status are settled
    together, an artist's engagements of less than five days apart from the longer ones.
    """
    groups: dict[tuple[str, str, str, bool, bool], list[_Held]] = defaultdict(list)
    paid = tuple(paid)
    for cost, monthly in _several(costs, {(period.person, period.month) for period in paid}):
        period = _period(cost.person or "", monthly)
        groups[_key(period)].append(_Held(cost.about, period, monthly.slip))
    for period in paid:
        if _key(period) in groups:
            groups[_key(period)].append(_Held("", period, None))
    found = (_settled(held, law) for held in groups.values() if len(held) > 1)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.month, one.person)))


def _engaged(costs: Iterable[PayCost]) -> Iterator[tuple[PayCost, MonthlySlip]]:
    return ((cost, monthly) for cost in costs if cost.person for monthly in cost.slips)


def _several(
    costs: Iterable[PayCost], elsewhere: set[tuple[str, str]]
) -> Iterator[tuple[PayCost, MonthlySlip]]:
    """The slips of people who have several in the month, here or in another production."""
    months: dict[tuple[str, str], list[tuple[PayCost, MonthlySlip]]] = defaultdict(list)
    for cost, monthly in _engaged(costs):
        months[cost.person or "", monthly.month].append((cost, monthly))
    return (one for key, held in months.items() if len(held) > 1 or key in elsewhere for one in held)


def _period(person: str, monthly: MonthlySlip) -> PaidPeriod:
    slip = monthly.slip
    presence = slip.presence
    first, last = monthly.first_day, monthly.last_day
    if presence.days is not None and presence.days < (last - first).days + 1:
        last = first + timedelta(days=max(presence.days, 1) - 1)
    return PaidPeriod(
        person, monthly.month, slip.terms.status, slip.terms.cadre, slip.gross.value, first, last, presence.cachets,
        presence.hours, presence.isolated,
    )  # fmt: skip


def _key(period: PaidPeriod) -> tuple[str, str, str, bool, bool]:
    short = period.status in ARTISTS and is_short_engagement(_presence([period]))
    return (period.person, period.month, period.status, period.cadre, short)


def _presence(periods: Sequence[PaidPeriod]) -> Presence:
    """The presence of several slips together: the days of their contracts once each, their cachets and hours added."""
    days = {
        period.first_day + timedelta(days=number)
        for period in periods
        for number in range((period.last_day - period.first_day).days + 1)
    }
    start, end = min(days), max(days)
    unbroken = len(days) == (end - start).days + 1
    whole = len(days) >= DAYS_OF_A_MONTH or (unbroken and is_full_month(start, end))
    cachets = [period.cachets for period in periods if period.cachets is not None]
    hours = [period.hours for period in periods if period.hours is not None]
    return Presence(
        days=None if whole else len(days),
        cachets=sum(cachets, ZERO) if cachets else None,
        hours=sum(hours, ZERO) if len(hours) == len(periods) else None,
        isolated=all(period.isolated for period in periods),
    )


def _settled(held: Sequence[_Held], law: Law) -> MonthSettled | None:
    own = [one for one in held if one.slip is not None]
    if not own or not _may_differ(held, law):
        return None
    last = max(own, key=lambda one: (one.period.last_day, one.about))
    terms = last.slip.terms if last.slip else None
    if terms is None:
        return None
    try:
        slips = [one.slip or _alone(one.period, terms, law) for one in held]
        gross = sum((slip.gross.value for slip in slips), ZERO)
        together = cost_slip(terms, gross, _presence([one.period for one in held]), law)
    except FilageError:
        return None
    cost = _capped(together, "employer") - sum((_capped(slip, "employer") for slip in slips), ZERO)
    net = sum((_capped(slip, "employee") for slip in slips), ZERO) - _capped(together, "employee")
    if max(abs(cost), abs(net)) < SMALLEST:
        return None
    return MonthSettled(last.period.person, last.period.month, len(held), gross, cost, net, last.about)


def _alone(period: PaidPeriod, terms: Terms, law: Law) -> Slip:
    return cost_slip(terms, period.gross, _presence([period]), law)


def _may_differ(held: Sequence[_Held], law: Law) -> bool:
    """A ceiling can only matter when one limits a slip, or when the slips together pass the month's."""
    if any(_is_limited(one.slip) for one in held if one.slip is not None):
        return True
    day = held[0].period.last_day
    gross = sum((one.period.gross for one in held), ZERO)
    return gross > law["paie.pmss"].forecast(day).value


def _is_limited(slip: Slip) -> bool:
    gross = slip.gross.value
    return any(line.base < gross for line in slip.lines if line.id == "vieillesse_plafonnee")


def _capped(slip: Slip, payer: str) -> Decimal:
    return sum((line.amount for line in slip.lines if line.payer == payer and line.id in CAPPED), ZERO)


def _finding(settled: MonthSettled) -> Finding:
    message = (
        f"{settled.slips} bulletins de la même personne en {french.month(settled.month)} "
        f"({french.euro(settled.gross)} de brut), chacun sous son plafond : régularisés ensemble, le coût employeur "
        f"change de {french.signed_euro(settled.cost)} et le net de {french.signed_euro(settled.net)}."
    )
    return Finding(
        "payroll.month_ceiling",
        "warning",
        settled.about,
        message,
        SOURCE,
        subject=f"{settled.person} {settled.month}",
    )
