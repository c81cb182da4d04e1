"""What the structure pays for its people outside any slip: fixed sums, and the tax on salaries settled once a year.

A sum is shared over the phases of the budget by the gross pay of each, and over the structure's productions of the
year when the review knows them: by largest remainder, to the cent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.employer import FixedSum
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.errors import LawNotCovered
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO, share_out
from filage.kernel.text import fold
from filage.payroll.slip_terms import salary_tax_share
from filage.payroll.terms import PERMANENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from filage.facts.employer import Employer
    from filage.kernel.step import Step
    from filage.law import Law
    from filage.payroll.engagement import MonthlySlip, PayCost
    from filage.payroll.person_month import PaidPeriod

FIXED, SALARY_TAX = "fixed", "salary_tax"
UNCERTAIN = 2


@dataclass(frozen=True, slots=True)
class YearElsewhere:
    """What the structure's other productions pay in a civil year: gross and tax on salaries before relief, in euros."""

    year: int
    gross: Decimal
    salary_tax: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class StructureCharge:
    """One sum of the structure in this production, by budget phase; negative for what is given back."""

    id: str
    label: str
    about: str
    kind: str
    in_plateau: bool
    by_phase: tuple[tuple[str, Step], ...]


def structure_charges(
    employer: Employer,
    costs: Sequence[PayCost],
    law: Law,
    *,
    years: Iterable[YearElsewhere] = (),
    paid: Iterable[PaidPeriod] = (),
) -> tuple[tuple[StructureCharge, ...], tuple[Finding, ...]]:
    """Return the sums the structure owes for these slips, in euros, and what must be known of them.

    `years` and `paid` are what its other productions pay: without them a yearly sum counts whole here.
    """
    elsewhere = {year.year: year for year in years}
    charges: list[StructureCharge] = []
    findings: list[Finding] = []
    if employer.fixed_sums:
        charges += _fixed(employer, costs, elsewhere, _by_person(paid))
        findings += _counted_whole(employer, charges, elsewhere)
    if employer.vat_regime == "partial" and employer.salary_tax_share is None and costs:
        findings.append(_share_asked(employer))
    taxed = costs if salary_tax_share(employer) > 0 else ()
    for year, tax in sorted(_salary_tax(taxed).items()):
        charge, said = _settled(employer, costs, law, year, tax, elsewhere.get(year))
        charges += [charge] if charge else []
        findings += said
    return tuple(charges), tuple(findings)


def years_paid(costs: Sequence[PayCost]) -> tuple[YearElsewhere, ...]:
    """What these costs pay in each civil year, as another production of the structure needs to know it."""
    taxes = _salary_tax(costs)
    return tuple(
        YearElsewhere(year, gross, taxes.get(year, ZERO))
        for year, gross in sorted(_gross_by_year(costs).items())
    )


def suggested_sums(law: Law, day: date) -> tuple[FixedSum, ...]:
    """The yearly sums the law knows and nobody but the structure can share: to propose, never counted unasked."""
    try:
        value = law["paie.formation_intermittent_forfait"].forecast(day)
    except LawNotCovered:
        return ()
    title = value.sources[0].title if value.sources else value.label
    return (
        FixedSum(
            label=value.label,
            amount=value.value,
            per="year",
            permanent=False,
            intermittent=True,
            source=title,
        ),
    )


def _fixed(
    employer: Employer,
    costs: Sequence[PayCost],
    elsewhere: Mapping[int, YearElsewhere],
    paid: Mapping[tuple[str, int], Decimal],
) -> Iterator[StructureCharge]:
    met: dict[str, int] = defaultdict(int)
    years = {
        year: _ratio(f"part de {year}", gross, elsewhere[year].gross if year in elsewhere else ZERO)
        for year, gross in _gross_by_year(costs).items()
    }
    for fixed in employer.fixed_sums:
        concerned = [c for c in costs if c.slips and _concerns(fixed, c)]
        if not concerned:
            continue
        ident = f"charge/{_slug(fixed.label)}"
        met[ident] += 1
        amount = _amount(fixed, concerned, employer.about, years, paid)
        yield StructureCharge(
            ident if met[ident] == 1 else f"{ident}-{met[ident]}",
            fixed.label,
            employer.about,
            FIXED,
            fixed.per != "year",
            _over_phases(amount, concerned),
        )


def _slug(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-") or "somme"


def _concerns(fixed: FixedSum, cost: PayCost) -> bool:
    return fixed.permanent if cost.status == PERMANENT else fixed.intermittent


def _amount(
    fixed: FixedSum,
    costs: Sequence[PayCost],
    about: str,
    years: Mapping[int, Step],
    paid: Mapping[tuple[str, int], Decimal],
) -> Step:
    """What a sum comes to here; `years` is the part of this production in the structure's pay of each year."""
    each = steps.given(fixed.label, fixed.amount, by=about)
    if fixed.per == "slip":
        return _times(fixed, each, sum(len(cost.slips) * cost.people for cost in costs), "bulletins")
    if fixed.per == "engagement":
        return _times(fixed, each, sum(_heads(costs).values()), "engagements")
    shares = (
        [years[year] for year in _gross_by_year(costs)]
        if fixed.per == "year"
        else [_share_of_person(who, gross, paid) for who, gross in _gross_by_person(costs).items()]
    )
    return steps.total(fixed.label, [_part(fixed, each, share) for share in shares])


def _times(fixed: FixedSum, each: Step, count: int, unit: str) -> Step:
    return steps.rounded(steps.product(fixed.label, steps.given(unit, count, unit=unit), each))


def _part(fixed: FixedSum, each: Step, share: Step) -> Step:
    return steps.rounded(steps.product(f"{fixed.label}, {share.label}", each, share))


def _share_of_person(
    who: tuple[str, int, int], gross: Decimal, paid: Mapping[tuple[str, int], Decimal]
) -> Step:
    person, year, people = who
    share = _ratio(f"part de {year}", gross, paid.get((person, year), ZERO))
    return (
        share if people == 1 else steps.product(share.label, steps.given("personnes", people, unit=""), share)
    )


def _ratio(label: str, own: Decimal, other: Decimal) -> Step:
    """The part of this production in what the structure pays, by gross pay."""
    if other == 0 or own + other == 0:
        return steps.given(label, 1, unit="ratio")
    here, whole = (
        steps.given("brut de cette production", own),
        steps.given("brut de la structure", own + other),
    )
    return steps.quotient(label, here, whole, unit="ratio")


def _heads(costs: Iterable[PayCost]) -> dict[str, int]:
    """How many people each engagement, or unfilled position, stands for."""
    found: dict[str, int] = {}
    for cost in costs:
        found[cost.about] = max(found.get(cost.about, 0), cost.people)
    return found


def _gross_by_year(costs: Iterable[PayCost]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for cost, slip in _slips(costs):
        found[_year(slip)] += slip.slip.totals.gross * cost.people
    return dict(sorted(found.items()))


def _gross_by_person(costs: Iterable[PayCost]) -> dict[tuple[str, int, int], Decimal]:
    """Gross pay by person and year; an unfilled position counts as so many people nobody knows."""
    found: dict[tuple[str, int, int], Decimal] = defaultdict(lambda: ZERO)
    for cost, slip in _slips(costs):
        found[(cost.person or cost.about, _year(slip), cost.people)] += slip.slip.totals.gross
    return dict(sorted(found.items()))


def _by_person(paid: Iterable[PaidPeriod]) -> dict[tuple[str, int], Decimal]:
    found: dict[tuple[str, int], Decimal] = defaultdict(lambda: ZERO)
    for period in paid:
        found[(period.person, int(period.month[:4]))] += period.gross
    return found


def _slips(costs: Iterable[PayCost]) -> Iterator[tuple[PayCost, MonthlySlip]]:
    return ((cost, slip) for cost in costs for slip in cost.slips)


def _year(slip: MonthlySlip) -> int:
    return int(slip.month[:4])


def _over_phases(amount: Step, costs: Iterable[PayCost]) -> tuple[tuple[str, Step], ...]:
    """Share an amount over budget phases by the gross pay of each, to the cent."""
    weights: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for cost, monthly in _slips(costs):
        gross = monthly.slip.totals.gross * cost.people
        units = sum((part for _, part in monthly.by_phase), ZERO)
        for phase, part in monthly.by_phase:
            weights[phase] += gross * part / units if units else ZERO
    phases = sorted(weights)
    if len(phases) == 1:
        return ((phases[0], amount),)
    shares = share_out(amount.value, [weights[phase] for phase in phases])
    return tuple(
        (
            phase,
            steps.share(
                f"{amount.label}, part de {phase}", share, amount, rule="part du brut, plus fort reste"
            ),
        )
        for phase, share in zip(phases, shares, strict=True)
        if share
    )


def _counted_whole(
    employer: Employer, charges: Sequence[StructureCharge], elsewhere: Mapping[int, YearElsewhere]
) -> list[Finding]:
    labels = [
        f.label for f in employer.fixed_sums if f.per == "year" and f.label in {c.label for c in charges}
    ]
    if elsewhere or not labels:
        return []
    message = (
        f"{', '.join(labels)} : due une fois par an pour toute la structure, comptée en entier dans cette production, "
        "faute d’en connaître d’autres."
    )
    return [Finding("payroll.yearly_sum_whole", "info", employer.about, message)]


def _share_asked(employer: Employer) -> Finding:
    message = (
        "La structure n’est assujettie à la TVA qu’en partie : la part de ses recettes hors TVA manque, la taxe sur "
        "les salaires n’est pas comptée. Saisissez cette part."
    )
    return Finding("payroll.salary_tax_share", "warning", employer.about, message)


def _salary_tax(costs: Iterable[PayCost]) -> dict[int, Decimal]:
    """The tax on salaries of the slips, by civil year, before any relief."""
    found: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for cost, monthly in _slips(costs):
        for line in monthly.slip.lines:
            if line.id == "taxe_salaires":
                found[_year(monthly)] += line.amount * cost.people
    return {year: tax for year, tax in found.items() if tax}


def _settled(
    employer: Employer,
    costs: Sequence[PayCost],
    law: Law,
    year: int,
    tax: Decimal,
    elsewhere: YearElsewhere | None,
) -> tuple[StructureCharge | None, list[Finding]]:
    """What the year gives back of the tax counted on slips: franchise, rebate, and an association's allowance."""
    other = elsewhere.salary_tax if elsewhere else ZERO
    whole = steps.given(f"taxe sur les salaires {year} avant franchise et abattement", tax + other)
    relief = relief_of_year(whole, law, date(year, 12, 31), association=employer.legal_form == "association")
    if relief.value == 0:
        return None, []
    share = _ratio(f"part de cette production en {year}", tax, other)
    label = f"Taxe sur les salaires {year}, franchise et abattement"
    given_back = steps.negative(steps.rounded(steps.product(label, relief, share)))
    concerned = [replace(cost, slips=tuple(s for s in cost.slips if _year(s) == year)) for cost in costs]
    charge = StructureCharge(
        f"charge/taxe-salaires-{year}", label, employer.about, SALARY_TAX, True,
        _over_phases(replace(given_back, certainty=UNCERTAIN), concerned),
    )  # fmt: skip
    alone = "" if elsewhere else ", cette production comptée seule"
    message = (
        f"Taxe sur les salaires {year} : {french.euro(whole.value)} sur les bulletins, {french.euro(relief.value)} "
        f"rendus par la franchise, la décote ou l’abattement{alone} ; à vérifier à la fin de l’année."
    )
    return charge, [Finding("payroll.salary_tax_year", "info", employer.about, message, subject=str(year))]


def relief_of_year(tax: Step, law: Law, day: date, *, association: bool) -> Step:
    """What is not due of a year's tax (CGI, articles 1679 and 1679 A)."""
    floor = law["paie.taxe_salaires_franchise"].forecast(day)
    top = law["paie.taxe_salaires_decote"].forecast(day)
    rebate = steps.given("sans décote", 0)
    if tax.value <= floor.value:
        rebate = steps.relabelled(tax, "franchise")
    elif tax.value < top.value:
        three_quarters = steps.given("trois quarts", "0.75", unit="ratio")
        rebate = steps.product("décote", three_quarters, steps.difference("écart au plafond", top, tax))
    if not association:
        return rebate
    left = steps.difference("taxe après franchise et décote", tax, rebate)
    allowance = law["paie.taxe_salaires_abattement_associations"].forecast(day)
    return steps.total("franchise et abattement", [rebate, steps.least("abattement", left, allowance)])
