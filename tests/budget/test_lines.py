"""Budget lines: computed, typed, shared, overridden."""

from decimal import Decimal

from filage.kernel.changes import add, remove, set_
from support.dossiers import amounts, codes, reviewed


def test_every_line_has_its_rule_its_fact_and_its_phase():
    assert list(amounts(reviewed())) == [
        "pay/dana/exploitation", "pay/elie/exploitation", "stay/dole", "meal/dole", "line/decor", "line/consommables",
        "line/imprevus", "cession/dole", "rebilled/dole", "funding/drac", "funding/adami",
    ]  # fmt: skip


def test_totals_are_the_sums_of_the_lines():
    budget = reviewed().budget
    assert budget.expense == sum(row.amount for row in budget.rows if row.side == "expense")
    assert budget.balance == budget.income - budget.expense


def test_a_typed_line_multiplies_quantity_by_price_over_variables():
    found = amounts(
        reviewed(set_("variable/devis", value="2100"), set_("budget_line/decor", quantity="nb_lieux + 1"))
    )
    assert found["line/decor"] == "6300.00"


def test_a_share_of_posts_follows_their_lines():
    assert amounts(reviewed())["line/imprevus"] == "54.00"
    assert amounts(reviewed(set_("variable/devis", value="2000")))["line/imprevus"] == "60.00"


def test_an_unknown_name_is_a_finding_that_names_the_nearest_and_hides_no_other_line():
    outcome = reviewed(set_("budget_line/decor", unit_price="devi_decor"))
    finding = next(f for f in outcome.findings if f.code == "budget.expression")
    assert finding.message == "Décor : « devi_decor » inconnu. Vouliez-vous devis_decor ?"
    assert "line/consommables" in amounts(outcome)


def test_variables_in_a_circle_are_named():
    outcome = reviewed(
        add("variable/a", name_text="aaa", value="bbb + 1"),
        add("variable/b", name_text="bbb", value="aaa + 1"),
    )
    messages = [f.message for f in outcome.findings if f.code == "budget.circular_variable"]
    assert messages == ["Variables en boucle : aaa → bbb → aaa."]


def test_an_override_counts_and_keeps_the_computed_amount():
    row = reviewed(
        add("line_override/o", line="stay/dole", amount="100", reason="forfait négocié")
    ).budget.by_id()["stay/dole"]
    assert (row.amount, row.computed, row.override) == (Decimal(100), Decimal("136.00"), "forfait négocié")


def test_an_overridden_quantity_keeps_the_price():
    row = reviewed(add("line_override/o", line="stay/dole", quantity="4", reason="x")).budget.by_id()[
        "stay/dole"
    ]
    assert row.amount == Decimal("272.00")


def test_an_override_whose_computed_amount_moved_is_said():
    outcome = reviewed(
        add("line_override/o", line="stay/dole", amount="100", computed_when_set="136", reason="x"),
        set_("stay/dole", people="3"),
    )
    assert "budget.override_drift" in codes(outcome)


def test_an_override_without_its_line_is_said():
    outcome = reviewed(
        add("line_override/o", line="stay/dole", amount="100", reason="x"), remove("stay/dole")
    )
    assert "budget.override_orphan" in codes(outcome)


def test_a_cancelled_date_is_no_longer_sold_nor_paid_nor_lodged():
    before, after = reviewed(), reviewed(set_("event/dole-2", option="cancelled"))
    assert amounts(before)["cession/dole"] == "4000"
    assert amounts(after)["cession/dole"] == "2000"
    assert amounts(after)["stay/dole"] == "0.00"
    assert after.variables["nb_dates"].value == 2


def test_travel_is_billed_again_at_cost_where_the_contract_says():
    assert amounts(reviewed())["rebilled/dole"] == "296.00"
    assert "rebilled/dole" not in amounts(reviewed(set_("contract/dole", clear=("bills_travel",))))


def test_a_share_of_posts_counts_the_amounts_shown():
    over = add("line_override/o", line="line/decor", amount="1000", reason="devis")
    assert amounts(reviewed(over))["line/imprevus"] == "30.00"


def test_two_forecasts_of_a_position_in_one_phase_are_two_lines_with_their_own_ids():
    forecast = {"phase": "production", "unit": "day", "unit_pay": "100"}
    outcome = reviewed(
        add(
            "position/chant", label="Chant", status="technicien",
            forecast=[{**forecast, "quantity": "2"}, {**forecast, "quantity": "3"}],
        )
    )  # fmt: skip
    found = [row.id for row in outcome.budget.rows if row.about == "position/chant"]
    assert found == ["forecast/chant/production", "forecast/chant/production/2"]
    assert len(outcome.budget.by_id()) == len(outcome.budget.rows)


def test_two_overrides_of_a_line_are_said_and_the_first_counts():
    outcome = reviewed(
        add("line_override/a", line="stay/dole", amount="100", reason="x"),
        add("line_override/b", line="stay/dole", amount="200", reason="y"),
    )
    assert amounts(outcome)["stay/dole"] == "100"
    [said] = [finding for finding in outcome.findings if finding.code == "budget.override_twice"]
    assert said.about == "line_override/b"


def test_a_share_that_counts_for_nothing_says_why():
    outcome = reviewed(
        add("budget_line/a", label="Sans taux", post="92", share_of=["30"]),
        add("budget_line/b", label="Part de rien", post="93", share_of=["94"], rate="0.1"),
    )
    said = [finding.message for finding in outcome.findings if finding.code == "budget.share_empty"]
    assert said == [
        "Sans taux : il manque son taux.",
        "Part de rien : le poste 94 n’a aucune charge à compter.",
    ]


def test_a_date_sold_by_two_cessions_is_said():
    sale = {"label": "Dole encore", "type": "cession", "events": ["event/dole-1"], "unit_price": "1000"}
    outcome = reviewed(add("contract/encore", **sale))
    [said] = [finding for finding in outcome.findings if finding.code == "sale.sold_twice"]
    assert (said.about, "event/dole-1" in said.message) == ("contract/encore", True)
    cancelled = reviewed(add("contract/encore", **sale, state="cancelled"))
    assert "sale.sold_twice" not in codes(cancelled)
