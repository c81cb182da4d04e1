"""Allowances: outside contributions within their limit, gross pay beyond it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filage.budget.computed import pay_rows
from filage.facts.dossier import Dossier
from filage.facts.reading import read_dossier
from filage.facts.team import Engagement
from filage.kernel.step import recompute
from filage.law import load_law
from filage.payroll.engagement import pay_costs
from filage.payroll.quantity import Calendar
from filage.review import review

LAW = load_law()
START = """\
schema: filage/1
employer: {id: fil, label: Le Fil, idcc: 1285, legal_form: company}
production:
  id: petite
  label: Petite forme
  form: theatre
  pricing: {performances: 12}
  phases:
  - {id: creation, label: Création, starts_on: 2026-09-01, ends_on: 2026-10-31}
  - {id: tournee, label: Tournée, starts_on: 2026-11-01, ends_on: 2026-12-31, budget: exploitation}
people:
- {id: dana, given_name: Dana, family_name: Morel}
"""


def dossier_of(allowances: str, *, status: str = "artiste", more: str = "", dates: str = "") -> Dossier:
    start, end = dates.split(" ") if dates else ("2026-11-05", "2026-11-14")
    text = f"""{START}positions:
- {{id: marie, label: Marie, status: {status}, job_group: dramatic}}
engagements:
- {{id: dana, position: position/marie, person: person/dana, starts_on: {start}, ends_on: {end},
   unit: cachet, unit_pay: 160, quantity: 3, {more} allowances: [{allowances}]}}
"""
    return read_dossier(text.encode())


def cost_of(allowances: str, **more):
    dossier = dossier_of(allowances, **more)
    [cost] = pay_costs(dossier, LAW, {}, Calendar(dossier))
    return cost


def codes(cost) -> list[str]:
    return [finding.code for finding in cost.findings]


@pytest.mark.parametrize(
    ("kind", "unit_amount", "exempt", "taxable"),
    [
        ("restaurant", "21.40", "214.00", "0"),
        ("restaurant", "21.41", "214.00", "0.10"),
        ("restaurant", "25", "214.00", "36.00"),
        ("off_site", "10.40", "104.00", "0"),
        ("off_site", "12", "104.00", "16.00"),
        ("on_site", "7.50", "75.00", "0"),
        ("on_site", "8", "75.00", "5.00"),
        ("night_paris", "76.60", "766.00", "0"),
        ("night_paris", "80", "766.00", "34.00"),
        ("night_elsewhere", "56.80", "568.00", "0"),
        ("night_elsewhere", "60", "568.00", "32.00"),
        ("kilometre", "0.529", "5.29", "0"),
        ("kilometre", "0.697", "6.97", "0"),
        ("kilometre", "0.80", "6.97", "1.03"),
    ],
)
def test_what_exceeds_the_limit_joins_gross_pay(kind, unit_amount, exempt, taxable):
    alone = cost_of("")
    cost = cost_of(f"{{type: {kind}, quantity: 10, unit_amount: {unit_amount}}}")
    assert cost.allowances.value == Decimal(exempt)
    assert cost.gross.value - alone.gross.value == Decimal(taxable)
    assert ("payroll.allowance_excess" in codes(cost)) == (Decimal(taxable) > 0)
    assert sum(extra.value for slip in cost.slips for extra in slip.extras) == Decimal(taxable)


def test_an_allowance_within_its_limit_changes_no_contribution_and_is_received_whole():
    alone, cost = cost_of(""), cost_of("{type: restaurant, quantity: 4, unit_amount: 20}")
    assert cost.employer_cost.value == alone.employer_cost.value
    assert cost.whole_cost.value == alone.employer_cost.value + 80
    assert cost.received == alone.net + 80
    assert recompute(cost.whole_cost) == cost.whole_cost.value


def test_the_excess_is_told_with_its_limit_and_its_source():
    cost = cost_of("{type: restaurant, label: Panier, quantity: 10, unit_amount: 25}")
    [found] = [finding for finding in cost.findings if finding.code == "payroll.allowance_excess"]
    assert found.message == (
        "Panier : 25,00\u00a0€ dépassent de 3,60\u00a0€ la limite d’exonération de 21,40\u00a0€ ; "
        "36,00\u00a0€ s’ajoutent au brut."
    )
    assert found.source.id == "defraiement.urssaf_repas_restaurant@2026-01-01"


def test_a_limit_nobody_published_for_the_year_is_assumed_and_said():
    cost = cost_of("{type: off_site, unit_amount: 10.30}", dates="2025-11-05 2025-11-14")
    [found] = [finding for finding in cost.findings if finding.code == "payroll.allowance_excess"]
    assert "valeur 2024 reprise pour 2025" in found.message


@pytest.mark.parametrize(
    ("kind", "day"), [("other", "2026-11-06"), ("restaurant", "2023-11-06"), ("kilometre", "2024-11-06")]
)
def test_an_allowance_without_a_known_limit_is_counted_outside_contributions_and_doubtful(kind, day):
    cost = cost_of(f"{{type: {kind}, unit_amount: 50, day: {day}}}")
    assert (cost.allowances.value, cost.allowances.confidence) == (50, "uncertain")
    assert "payroll.allowance_unknown" in codes(cost)


@pytest.mark.parametrize(("amount", "power"), [("0.529", None), ("0.53", 4), ("0.65", 6), ("0.80", 7)])
def test_the_amount_of_a_kilometre_names_the_car_it_needs(amount, power):
    cost = cost_of(f"{{type: kilometre, quantity: 100, unit_amount: {amount}}}")
    said = [f.message for f in cost.findings if f.code == "payroll.allowance_vehicle"]
    assert [f"au moins {power} CV" in message for message in said] == ([True] if power else [])


@pytest.mark.parametrize(("day", "said"), [("2026-11-30", False), ("2026-12-01", True)])
def test_a_stay_of_more_than_three_months_is_told(day, said):
    cost = cost_of(f"{{type: night_elsewhere, unit_amount: 50, day: {day}}}", dates="2026-08-31 2026-12-10")
    assert ("payroll.allowance_long_stay" in codes(cost)) == said


AGREED = "dfs: true, dfs_agreed_on: 2026-10-01,"


def test_with_the_deduction_for_expenses_an_allowance_joins_gross_pay():
    alone, cost = (
        cost_of("", more=AGREED),
        cost_of("{type: on_site, quantity: 4, unit_amount: 7}", more=AGREED),
    )
    assert (cost.allowances.value, cost.gross.value - alone.gross.value) == (0, 28)
    assert codes(cost).count("payroll.allowance_with_dfs") == 1


def test_an_artist_s_nights_away_stay_apart_with_the_deduction_but_doubtful():
    cost = cost_of("{type: night_elsewhere, quantity: 2, unit_amount: 50}", more=AGREED)
    assert (cost.allowances.value, cost.allowances.confidence) == (100, "uncertain")
    assert codes(cost).count("payroll.allowance_with_dfs") == 1


def test_the_deduction_without_the_day_of_the_agreement_is_told_and_not_applied():
    without, asked = cost_of(""), cost_of("", more="dfs: true,")
    assert asked.employer_cost.value == without.employer_cost.value
    assert "payroll.dfs_no_agreement" in codes(asked)
    assert cost_of("", more=AGREED).employer_cost.value < without.employer_cost.value


def test_a_negative_allowance_makes_the_engagement_impossible():
    cost = cost_of("{type: restaurant, label: Panier, unit_amount: -5}")
    assert (cost.slips, codes(cost), cost.allowances.value) == ((), ["payroll.impossible"], 0)
    assert cost.findings[0].message == "L’indemnité « Panier » est négative."


def test_an_excess_is_paid_in_its_month_or_the_last_one():
    two = "{type: on_site, unit_amount: 17.5, day: 2026-10-30}, {type: on_site, unit_amount: 27.5, day: 2027-02-01}"
    cost = cost_of(two, dates="2026-10-26 2026-11-14")
    assert [(slip.month, sum(extra.value for extra in slip.extras)) for slip in cost.slips] == [
        ("2026-10", 10),
        ("2026-11", 20),
    ]
    assert cost.employer_cost.value == sum(slip.slip.totals.employer_cost for slip in cost.slips)


def test_an_excess_without_any_slip_is_told():
    dossier = dossier_of("{type: on_site, unit_amount: 17.5}")
    bare = dossier.with_facts([one.model_copy(update={"quantity": None}) for one in dossier.all(Engagement)])
    [cost] = pay_costs(bare, LAW, {}, Calendar(bare))
    assert (cost.slips, cost.allowances.value) == ((), Decimal("7.5"))
    assert "payroll.allowance_unpaid" in codes(cost)


def test_allowances_have_their_own_budget_line_in_each_phase_and_count_in_the_plateau_on_tour():
    two = "{type: on_site, quantity: 3, unit_amount: 7, day: 2026-10-30}, {type: on_site, unit_amount: 7}"
    dossier = dossier_of(two, dates="2026-10-26 2026-11-14", more="phase: exploitation,")
    rows = pay_rows(pay_costs(dossier, LAW, {}, Calendar(dossier)), dossier)
    own = [(row.id, row.amount, row.in_price) for row in rows if row.id.startswith("allowance/")]
    assert own == [("allowance/dana/exploitation", 28, "plateau")]


def test_one_allowance_within_its_limit_shows_its_quantity_and_price():
    dossier = dossier_of("{type: on_site, quantity: 3, unit_amount: 7}")
    rows = pay_rows(pay_costs(dossier, LAW, {}, Calendar(dossier)), dossier)
    [row] = [row for row in rows if row.id.startswith("allowance/")]
    assert (row.quantity, row.unit_price, row.amount, row.account) == (3, 7, 21, "6251")


def test_the_deduction_for_expenses_stops_at_its_yearly_ceiling_over_the_slips_of_an_engagement():
    """60 000 € a month: November takes all of 2026, December has nothing left, January opens another year."""
    paid = Engagement.model_validate(
        {"id": "dana", "position": "position/marie", "person": "person/dana", "starts_on": "2026-11-01",
         "ends_on": "2027-01-31", "unit": "month", "unit_pay": "60000", "dfs": True, "dfs_agreed_on": "2026-10-01"}
    )  # fmt: skip
    dossier = dossier_of("").with_facts([paid])
    [cost] = pay_costs(dossier, LAW, {}, Calendar(dossier))
    assert [slip.slip.deducted for slip in cost.slips] == [7600, 0, 7600]


def test_allowances_on_tour_are_part_of_the_price_of_a_date():
    def plateau(allowances: str) -> Decimal:
        dossier = dossier_of(allowances, more="phase: exploitation,")
        outcome = review(dossier, LAW, date(2026, 11, 22))
        return outcome.price_input.plateau_cost.value

    assert plateau("{type: restaurant, quantity: 12, unit_amount: 20}") - plateau("") == 20
