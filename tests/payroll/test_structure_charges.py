"""Sums the structure pays for its people, and the tax on salaries settled once a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.facts.budget import BudgetPost
from filage.facts.reading import read_dossier
from filage.facts.team import Position
from filage.kernel import step as steps
from filage.kernel.step import recompute
from filage.law import load_law
from filage.payroll.engagement import pay_costs
from filage.payroll.person_month import PaidPeriod
from filage.payroll.quantity import Calendar
from filage.payroll.slip_terms import salary_tax_share
from filage.payroll.structure_charges import (
    YearElsewhere,
    relief_of_year,
    structure_charges,
    suggested_sums,
    years_paid,
)
from filage.review import review
from filage.review.context import Context

LAW = load_law()
TEXT = """\
schema: filage/1
employer:
  id: fil
  label: Le Fil
  idcc: 1285
  legal_form: {form}
  vat_regime: {vat}
  fixed_sums: [{sums}]
production: {{id: petite, label: Petite forme, form: theatre}}
people:
- {{id: dana, given_name: Dana, family_name: Morel}}
- {{id: elie, given_name: Élie, family_name: Vasseur}}
positions:
- {{id: jeu, label: Jeu, status: artiste}}
- {{id: admin, label: Administration, status: permanent, department: production}}
engagements:
- {{id: dana, position: position/jeu, person: person/dana, starts_on: 2026-10-26, ends_on: 2026-11-14, unit: cachet,
   unit_pay: 200, quantity: 4}}
- {{id: tour, position: position/jeu, person: person/dana, starts_on: 2026-12-01, ends_on: 2026-12-10, unit: cachet,
   unit_pay: 200, quantity: 6, phase: exploitation}}
- {{id: elie, position: position/admin, person: person/elie, starts_on: 2026-12-01, ends_on: 2027-01-31, unit: month,
   unit_pay: 2000}}
"""


def dossier_of(*sums: str, form: str = "company", vat: str = "subject"):
    listed = ", ".join(f"{{source: Facture, {one}}}" for one in sums)
    return read_dossier(TEXT.format(form=form, vat=vat, sums=listed).encode())


def charges_of(dossier, **context):
    costs = pay_costs(dossier, LAW, {}, Calendar(dossier))
    return structure_charges(dossier.employer, costs, LAW, **context)


def amounts(dossier, **context) -> dict[str, Decimal]:
    charges, _ = charges_of(dossier, **context)
    return {f"{charge.id}/{phase}": step.value for charge in charges for phase, step in charge.by_phase}


# Gross pay: 800 in production, 1 200 in exploitation for Dana; 4 000 in production for Élie, half of it in 2027.
@pytest.mark.parametrize(
    ("fixed", "expected"),
    [
        ("per: slip, amount: 25, intermittent: false", {"production": "50.00"}),
        ("per: slip, amount: 25, permanent: false", {"production": "30.00", "exploitation": "45.00"}),
        ("per: slip, amount: 25", {"production": "100.00", "exploitation": "25.00"}),
        ("per: engagement, amount: 10, permanent: false", {"production": "8.00", "exploitation": "12.00"}),
        ("per: person_year, amount: 108", {"production": "259.20", "exploitation": "64.80"}),
        ("per: year, amount: 50, permanent: false", {"production": "20.00", "exploitation": "30.00"}),
        ("per: year, amount: 50, intermittent: false", {"production": "100.00"}),
    ],
)
def test_a_fixed_sum_is_counted_and_shared_over_phases_by_gross_pay(fixed, expected):
    found = amounts(dossier_of(f"label: Façon du bulletin, {fixed}"))
    assert found == {
        f"charge/facon-du-bulletin/{phase}": Decimal(amount) for phase, amount in expected.items()
    }


def test_a_sum_nobody_here_is_concerned_by_is_not_counted():
    dossier = dossier_of("label: Rien, per: slip, amount: 25, permanent: false, intermittent: false")
    assert amounts(dossier) == {}


def test_two_sums_of_one_name_have_ids_of_their_own():
    charges, _ = charges_of(dossier_of(*["label: Mutuelle, per: year, amount: 10"] * 2))
    assert [charge.id for charge in charges] == ["charge/mutuelle", "charge/mutuelle-2"]


AFDAS = "label: Afdas, per: year, amount: 50, permanent: false"


def test_a_yearly_sum_is_shared_with_the_other_productions_of_the_structure():
    """4 000 € of gross here in 2026, 12 000 elsewhere: a quarter of 50 €, over the phases of the artists' pay."""
    found = amounts(dossier_of(AFDAS), years=(YearElsewhere(2026, Decimal(12_000)),))
    assert found == {"charge/afdas/production": Decimal("5.00"), "charge/afdas/exploitation": Decimal("7.50")}


def test_a_person_s_yearly_sum_is_shared_with_what_other_productions_pay_them():
    """2 000 € here, 2 000 elsewhere for Dana: half of 108 €."""
    elsewhere = PaidPeriod(
        "person/dana", "2026-05", "artiste", cadre=False, gross=Decimal(2000), first_day=date(2026, 5, 1),
        last_day=date(2026, 5, 31),
    )  # fmt: skip
    dossier = dossier_of("label: Visite, per: person_year, amount: 108, permanent: false")
    assert sum(amounts(dossier, paid=(elsewhere,)).values()) == 54


def test_a_yearly_sum_counted_whole_says_so_once():
    _, findings = charges_of(dossier_of(AFDAS))
    assert [finding.code for finding in findings] == ["payroll.yearly_sum_whole"]
    assert charges_of(dossier_of(AFDAS), years=(YearElsewhere(2026, Decimal(1)),))[1] == ()


def test_charges_are_budget_lines_that_recompute_and_total():
    dossier = dossier_of("label: Façon du bulletin, per: slip, amount: 25", AFDAS)
    budget = review(dossier, LAW, date(2026, 11, 22)).budget
    own = [row for row in budget.rows if row.id.startswith("charge/")]
    assert [(row.id, row.amount, row.account, row.in_price) for row in own] == [
        ("charge/facon-du-bulletin/exploitation", 25, "647", "plateau"),
        ("charge/facon-du-bulletin/production", 100, "647", "no"),
        ("charge/afdas/exploitation", 30, "647", "no"),
        ("charge/afdas/production", 20, "647", "no"),
    ]
    assert all(recompute(row.step) == row.amount for row in own)
    assert budget.expense == sum(row.amount for row in budget.rows if row.side == "expense")


def test_a_review_knows_the_other_productions_by_its_context():
    context = Context(years=(YearElsewhere(2026, Decimal(12_000)),))
    budget = review(dossier_of(AFDAS), LAW, date(2026, 11, 22), context).budget
    assert sum(row.amount for row in budget.rows if row.id.startswith("charge/")) == Decimal("12.50")
    assert context.digest != Context().digest


def test_the_yearly_sum_of_the_law_is_proposed_never_counted_unasked():
    [proposed] = suggested_sums(LAW, date(2026, 11, 22))
    assert (proposed.amount, proposed.per, proposed.permanent) == (50, "year", False)
    assert amounts(dossier_of()) == {}
    assert suggested_sums(LAW, date(2010, 1, 1)) == ()


@pytest.mark.parametrize(
    ("vat", "share", "expected"),
    [("subject", None, "0"), ("exempt", None, "1"), ("partial", None, "0"), ("subject", "0.4", "0.4")],
)
def test_pay_is_taxed_as_the_structure_is_outside_vat(vat, share, expected):
    employer = dossier_of(vat=vat).employer.model_copy(update={"salary_tax_share": share and Decimal(share)})
    assert salary_tax_share(employer) == Decimal(expected)


def test_a_structure_partly_under_vat_is_asked_for_its_share():
    _, findings = charges_of(dossier_of(vat="partial"))
    assert [(finding.code, finding.about) for finding in findings] == [
        ("payroll.salary_tax_share", "employer/fil")
    ]


@pytest.mark.parametrize(
    ("tax", "association", "due"),
    [
        ("1200", False, "0"),
        ("1200.01", False, "570.0175"),
        ("1500", False, "1095"),
        ("2039.99", False, "2039.9825"),
        ("2040", False, "2040"),
        ("30000", False, "30000"),
        ("1500", True, "0"),
        ("24256", True, "0"),
        ("24256.01", True, "0.01"),
        ("30000", True, "5744"),
    ],
)
def test_a_year_of_tax_is_relieved_by_franchise_rebate_and_the_allowance_of_associations(
    tax, association, due
):
    whole = steps.given("taxe", tax)
    relief = relief_of_year(whole, LAW, date(2026, 12, 31), association=association)
    assert Decimal(tax) - relief.value == Decimal(due)


def test_a_small_association_outside_vat_is_given_back_all_its_tax_and_it_stays_doubtful():
    dossier = dossier_of(form="association", vat="exempt")
    costs = pay_costs(dossier, LAW, {}, Calendar(dossier))
    tax = sum(
        line.amount
        for cost in costs
        for monthly in cost.slips
        for line in monthly.slip.lines
        if line.id == "taxe_salaires"
    )
    charges, findings = charges_of(dossier)
    assert [charge.id for charge in charges] == ["charge/taxe-salaires-2026", "charge/taxe-salaires-2027"]
    parts = [step for charge in charges for _, step in charge.by_phase]
    assert sum(step.value for step in parts) == -tax < 0
    assert {step.confidence for step in parts} == {"uncertain"}
    assert [finding.code for finding in findings] == ["payroll.salary_tax_year"] * 2


def test_the_allowance_of_associations_is_shared_with_the_other_productions():
    elsewhere = YearElsewhere(2026, Decimal(900_000), Decimal(100_000))
    charges, _ = charges_of(dossier_of(form="association", vat="exempt"), years=(elsewhere,))
    [of_2026] = [charge for charge in charges if charge.id.endswith("2026")]
    own = -amounts(dossier_of(form="association", vat="exempt"))["charge/taxe-salaires-2026/production"]
    assert own
    given_back = -sum(step.value for _, step in of_2026.by_phase)
    tax = -sum(
        value
        for ident, value in amounts(dossier_of(form="association", vat="exempt")).items()
        if "2026" in ident
    )
    assert given_back == pytest.approx(24256 * tax / (tax + 100_000), abs=Decimal("0.01"))


@given(st.decimals(1, 5000, places=2), st.integers(1, 3))
def test_the_parts_of_a_sum_add_up_to_it(amount, number):
    per = ("slip", "engagement", "year")[number - 1]
    dossier = dossier_of(f"label: Somme, per: {per}, amount: {amount}, permanent: false")
    count = {"slip": 3, "engagement": 2, "year": 1}[per]
    assert sum(amounts(dossier).values()) == amount * count


def test_a_production_tells_another_what_it_pays_in_a_year():
    exempt = dossier_of(form="association", vat="exempt")
    found = years_paid(pay_costs(exempt, LAW, {}, Calendar(exempt)))
    assert [(one.year, one.gross) for one in found] == [(2026, 4000), (2027, 2000)]
    own = amounts(exempt)
    assert sum(one.salary_tax for one in found) == -sum(own.values())


def test_in_a_budget_with_chapters_of_its_own_a_charge_follows_the_pay():
    text = dossier_of("label: Visite, per: slip, amount: 10")
    posts = [
        BudgetPost.model_validate({"id": f"p{code.lower()}", "code": code, "label": f"Chapitre {code}"})
        for code in ("A", "B")
    ]
    positions = [
        one.model_copy(update={"post": "A" if one.id == "jeu" else "B", "post_exploitation": "A"})
        for one in text.all(Position)
    ]
    budget = review(text.with_facts([*posts, *positions]), LAW, date(2026, 11, 22)).budget
    own = {row.phase: row.post for row in budget.rows if row.id.startswith("charge/")}
    assert own == {"production": "B", "exploitation": "A"}
