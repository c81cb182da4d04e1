"""The review as a whole: deterministic, explained, and honest about what it lacks."""

from datetime import date
from decimal import Decimal

import pytest

from filage.facts.writing import write_json
from filage.kernel.changes import set_
from filage.kernel.step import recompute
from filage.law import load_law
from filage.review import UnknownLine, outcome_json, review, why
from support.dossiers import TODAY, amounts, codes, reviewed, small


def test_the_same_facts_law_and_day_give_the_same_outcome():
    assert outcome_json(reviewed()) == outcome_json(reviewed())


def test_a_review_changes_nothing_of_its_dossier():
    dossier = small()
    before = write_json(dossier)
    review(dossier, load_law(), TODAY)
    assert write_json(dossier) == before


def test_every_line_recomputes_from_its_leaves():
    for row in reviewed().budget.rows:
        assert recompute(row.step) == row.step.value, row.id


def test_every_line_of_law_in_a_slip_names_a_source_with_a_day():
    outcome = outcome_json(reviewed())
    for engagement in outcome["payroll"]["engagements"]:
        for slip in engagement["slips"]:
            for line in slip["lines"]:
                source = outcome["sources"][line["source"]]
                assert source["checked_on"] or source["title"].startswith("Structure : "), line


def test_slips_add_up_to_the_engagement_and_engagements_to_the_payroll():
    payroll = outcome_json(reviewed())["payroll"]
    for engagement in payroll["engagements"]:
        assert sum(Decimal(s["employer_cost"]) for s in engagement["slips"]) == Decimal(
            engagement["employer_cost"]
        )
    assert sum(Decimal(e["employer_cost"]) for e in payroll["engagements"]) == Decimal(
        payroll["employer_cost"]
    )


def test_a_rate_nobody_gave_makes_the_total_incomplete_and_is_asked():
    outcome = reviewed(set_("employer/fil", clear=("rates",)))
    assert outcome.budget.complete is False
    assert "payroll.missing_rate" in codes(outcome)
    assert reviewed().budget.complete is True


def test_next_year_is_assumed_and_said():
    moved = [set_(f"event/{name}", day=f"2027-11-{day}") for name, day in
             (("montage", "04"), ("premiere", "05"), ("dole-1", "13"), ("dole-2", "14"))]  # fmt: skip
    outcome = reviewed(
        *moved,
        set_("engagement/dana", starts_on="2027-11-05", ends_on="2027-11-14"),
        set_("engagement/elie", starts_on="2027-11-04", ends_on="2027-11-14"),
    )
    messages = [finding.message for finding in outcome.findings if finding.code == "law.assumed"]
    assert any("2027" in message for message in messages)
    by_id = {
        line.id: line.confidence for line in outcome.costs[0].slips[0].slip.lines if line.payer == "employer"
    }
    assert (by_id["conges_spectacles"], by_id["maladie"]) == ("uncertain", "one_source")


@pytest.mark.parametrize(
    "line",
    ["pay/dana/exploitation", "stay/dole", "line/imprevus", "cession/dole", "engagement/elie", "engagement/elie/net",
     "engagement/elie/gross", "total/expense", "total/balance", "price/1", "price/plateau", "price/amortisation",
     "variable/nb_dates"],
)  # fmt: skip
def test_why_gives_a_reason_for_each_kind_of_line(line):
    step = why(reviewed(), line)
    assert recompute(step) == step.value


def test_why_of_the_net_and_of_the_balance_are_those_of_the_outcome():
    outcome = reviewed()
    assert why(outcome, "engagement/dana/net").value == outcome.costs[0].net_before_tax.value
    assert why(outcome, "total/balance").value == outcome.budget.balance


def test_why_of_an_unknown_line_names_the_closest():
    with pytest.raises(UnknownLine, match="vouliez-vous stay/dole"):
        why(reviewed(), "stay/doles")


def test_the_day_is_an_argument_not_a_clock():
    assert reviewed(on=date(2030, 1, 1)).on == date(2030, 1, 1)


def test_the_calendar_wins_over_the_engagement_once_it_covers_its_period():
    outcome = reviewed(set_("engagement/dana", quantity="5"))
    assert outcome.costs[0].quantity == 3
    assert "payroll.quantity_differs" in codes(outcome)
    assert amounts(outcome) == amounts(reviewed())


def test_a_net_shown_is_the_one_its_reasons_give():
    costs = reviewed().costs
    assert [cost.net for cost in costs] == [cost.net_before_tax.value for cost in costs]
    slips = [monthly.slip for cost in costs for monthly in cost.slips]
    assert [slip.totals.employer_cost for slip in slips] == [slip.employer_cost.value for slip in slips]
    for slip in slips:
        contributions = slip.employer_cost.parts[1]
        assert recompute(contributions) == contributions.value
        assert contributions.certainty == max(part.certainty for part in contributions.parts)
