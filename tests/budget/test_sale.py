"""What a dossier says of its own price."""

from decimal import Decimal

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
