"""What a dossier says of its own price."""

from decimal import Decimal

import pytest

from filage.budget.sale import scope_of
from filage.budget.sheet import price_sheet
from filage.facts.production import Pricing
from filage.kernel.changes import add, remove, set_
from support.dossiers import codes, reviewed


def test_set_up_days_are_priced_per_series_and_performance_days_per_date():
    outcome = reviewed()
    pay = {cost.about: cost.employer_cost.value for cost in outcome.costs}
    mounted = (pay["engagement/elie"] / 4).quantize(Decimal("0.01"))
    given = outcome.price_input
    assert given.setup_cost.value == (mounted / 2).quantize(Decimal("0.01"))
    plateau = pay["engagement/dana"] + pay["engagement/elie"] - mounted + 180
    assert given.plateau_cost.value == (plateau / 3).quantize(Decimal("0.01"))


def test_creation_less_certain_funding_is_amortised_over_the_dates():
    # 1854 of creation, 1000 signed: 854 over 3 dates
    assert reviewed().price.amortisation.value.quantize(Decimal("0.01")) == Decimal("284.67")


def test_without_any_date_there_is_no_price_and_it_is_said():
    outcome = reviewed(
        *(set_(f"event/{name}", option="cancelled") for name in ("premiere", "dole-1", "dole-2"))
    )
    assert outcome.price is None
    assert "price.no_performance" in codes(outcome)


def test_an_expression_that_fails_in_the_formula_is_a_finding():
    outcome = reviewed(
        set_("production/petite", pricing={"performances": "nb_dats"}), remove("budget_line/imprevus")
    )
    assert [f.message for f in outcome.findings if f.code == "price.refused"] == [
        "Prix de cession : « nb_dats » inconnu. Vouliez-vous nb_dates ?"
    ]


def test_a_price_that_pays_nothing_back_is_said_about_the_production():
    outcome = reviewed(
        set_("funding/drac", amount="99999"), set_("production/petite", pricing={"series": [1]})
    )
    [said] = [finding for finding in outcome.findings if finding.code == "price.no_break_even"]
    assert said.about == "production/petite"


def test_an_income_marked_for_the_price_is_no_cost_of_a_date():
    line = add(
        "budget_line/bar", label="Bar", side="income", post="70", unit_price="100", per_performance="plateau"
    )
    assert reviewed(line).price_input.plateau_cost.value == reviewed().price_input.plateau_cost.value


def test_a_date_named_twice_by_its_contract_is_sold_once():
    twice = set_("contract/dole", events=["event/dole-1", "event/dole-1"])
    assert reviewed(twice).budget.by_id()["cession/dole"].amount == 2000


def plateau(**pricing):
    """The price of the small production with this scope of plateau, consumables 180 over three dates."""
    return reviewed(set_("production/petite", pricing=pricing)).price_input


def test_consumables_may_be_left_out_of_the_plateau():
    assert plateau().plateau_cost.value - plateau(with_consumables=False).plateau_cost.value == 60


def test_a_set_up_counted_in_the_plateau_is_shared_over_every_date_and_no_more_over_the_series():
    apart, inside = plateau(), plateau(with_setup=True)
    assert inside.setup_cost.value == 0
    # two series of set-up over three dates
    assert abs(
        inside.plateau_cost.value - apart.plateau_cost.value - apart.setup_cost.value * 2 / 3
    ) < Decimal("0.02")
    typed = plateau(with_setup=True, setup_cost="300")
    assert typed.plateau_cost.value - plateau(setup_cost="300").plateau_cost.value == 200


def test_rehearsals_counted_in_the_plateau_leave_the_creation():
    lines = (
        add("event/lecture", type="rehearsal", day="2026-09-01", start="14:00", end="18:00"),
        add("engagement/creation", position="position/marie", person="person/dana", unit="service", unit_pay="66",
            starts_on="2026-09-01", ends_on="2026-09-01"),
        add("participation/lecture", event="event/lecture", engagement="engagement/creation"),
    )  # fmt: skip
    without = reviewed(*lines)
    paid = without.budget.by_id()["pay/creation/production"].amount
    assert paid > 0
    within = reviewed(*lines, set_("production/petite", pricing={"with_rehearsals": True})).price_input
    assert without.price_input.creation_cost.value - within.creation_cost.value == paid
    assert within.plateau_cost.value - without.price_input.plateau_cost.value == (paid / 3).quantize(
        Decimal("0.01")
    )


def test_payslip_fees_are_in_the_plateau_unless_left_out():
    fees = set_(
        "employer/fil", fixed_sums=[{"label": "Bulletin", "amount": "30", "per": "slip", "source": "facture"}]
    )
    with_fees = reviewed(fees).price_input
    without = reviewed(fees, set_("production/petite", pricing={"with_payslips": False})).price_input
    assert with_fees.plateau_cost.value - without.plateau_cost.value == 20
    assert without.plateau_cost.value == plateau().plateau_cost.value


@pytest.mark.parametrize(
    ("pricing", "told"),
    [
        ({}, ("plateau avec consommables et frais de bulletin", "sans montage, répétitions et voyages")),
        (
            {"with_consumables": False, "with_payslips": False},
            (
                "plateau réduit aux salaires",
                "sans consommables, frais de bulletin, montage, répétitions et voyages",
            ),
        ),
        (
            {"with_setup": True, "with_rehearsals": True},
            ("plateau avec consommables, frais de bulletin, montage et répétitions", "sans voyages"),
        ),
    ],
)
def test_the_scope_of_the_plateau_is_named(pricing, told):
    assert scope_of(Pricing(**pricing)) == told


@pytest.mark.parametrize(
    "scope", [{}, {"with_setup": True}, {"with_rehearsals": True, "with_consumables": False}]
)
def test_the_sheet_adds_up_in_every_scope(scope):
    dossier = set_("production/petite", pricing=scope | {"structure_value": "380", "margin_rate": "0.05"})
    outcome = reviewed(dossier)
    sheet = price_sheet(outcome.price_input, outcome.price, outcome.costs, outcome.budget)
    running = Decimal(0)
    for row in sheet.rows:
        if row.is_total:
            assert row.values[0] == running
        else:
            running += row.values[0]


def lines(*changes):
    """The lines of the sheet, first series."""
    outcome = reviewed(*changes)
    sheet = price_sheet(outcome.price_input, outcome.price, outcome.costs, outcome.budget)
    return {row.label: row.values[0] for row in sheet.rows if row.id.startswith(("plateau/", "line/"))}


def test_pay_replaced_by_hand_counts_in_the_price_as_it_does_in_the_budget():
    by_hand = add(
        "line_override/d", line="pay/dana/exploitation", amount="1060", reason="Accord du 3 octobre"
    )
    assert reviewed(by_hand).price_input.plateau_cost.value - plateau().plateau_cost.value == 100


def test_the_sheet_names_who_is_paid_when_somebody_is_left_out():
    off = (
        add("budget_group/g", label="Équipe réduite", off=True),
        add("line_detail/d", line="pay/dana/exploitation", group="budget_group/g"),
    )
    assert lines(*off) == {
        "Techniciens, 1 personne": lines()["Techniciens, 1 personne"],
        "Consommables": Decimal(60),
    }


def test_a_line_of_production_counted_in_the_plateau_is_not_amortised_too():
    line = add("budget_line/c", label="Costumes", post="10", unit_price="300", per_performance="plateau")
    found = reviewed(line).price_input
    assert found.plateau_cost.value - plateau().plateau_cost.value == 100
    assert found.creation_cost.value == plateau().creation_cost.value


def test_sums_repaid_stay_in_the_plateau_without_payslip_fees():
    paid = set_("engagement/dana", allowances=[{"type": "restaurant", "quantity": "3", "unit_amount": "18"}])
    with_fees, without = (
        reviewed(paid, set_("production/petite", pricing={"with_payslips": chosen}))
        for chosen in (True, False)
    )
    assert with_fees.budget.by_id()["allowance/dana/exploitation"].amount > 0
    assert with_fees.price_input.plateau_cost.value == without.price_input.plateau_cost.value


def test_a_series_of_no_date_is_refused_and_said():
    outcome = reviewed(set_("production/petite", pricing={"series": [0, 1]}))
    assert outcome.price is None
    assert "price.refused" in codes(outcome)


def test_a_dossier_that_names_no_series_is_priced_for_the_usual_ones():
    outcome = reviewed(set_("production/petite", pricing={"series": []}))
    assert [price.performances for price in outcome.price.prices] == [1, 2, 3]


def test_a_contribution_in_kind_marked_for_the_price_is_no_part_of_it():
    given_in_kind = add(
        "budget_line/pret", label="Prêt du plateau", post="70", phase="exploitation", unit_price="300",
        per_performance="setup", valued=True,
    )  # fmt: skip
    parts = reviewed(given_in_kind).price_input.setup_cost.parts[0].parts[0].parts
    assert [part.label for part in parts] == ["Élie Vasseur, régie générale, montage"]


def test_a_structure_outside_vat_sells_without_any():
    outside = reviewed(set_("employer/fil", vat_regime="exempt")).price.prices[0]
    assert outside.including_vat == outside.with_vhr


def test_travel_is_billed_back_as_it_counts():
    by_hand = add("line_override/n", line="stay/dole", amount="200", reason="Devis de l’hôtel")
    assert reviewed(by_hand).budget.by_id()["rebilled/dole"].amount == 200 + 160
    off = (
        add("budget_group/g", label="Logés chez l’habitant", off=True),
        add("line_detail/d", line="stay/dole", group="budget_group/g"),
    )
    assert reviewed(*off).budget.by_id()["rebilled/dole"].amount == 160
