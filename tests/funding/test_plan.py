"""The financing plan in its three readings."""

from datetime import date
from decimal import Decimal

import pytest

from filage.facts.funding import Funding
from filage.funding.plan import probability_of, shares
from filage.funding.situation import Situation
from filage.kernel.changes import add, set_
from support.dossiers import codes, reviewed


def test_the_plan_adds_up_to_the_expenses_gap_included():
    plan = reviewed().plan
    assert plan.full + plan.gap == plan.expense
    assert plan.certain + plan.gap_certain == plan.expense
    assert plan.weighted + plan.gap_weighted == plan.expense


def test_only_what_nothing_can_take_back_is_certain():
    plan = reviewed().plan
    assert plan.certain == Decimal(1000)
    # 4000 at 0.9 (confirmed), 296 re-billed at 0.9, 600 at one half, 1000 signed
    assert plan.weighted == Decimal("3600.00") + Decimal("266.40") + Decimal("300.00") + Decimal("1000.00")


@pytest.mark.parametrize(
    ("state", "typed", "expected"),
    [
        ("to_ask", None, "0.5"),
        ("asked", "0.3", "0.3"),
        ("signed", "0.3", "1"),
        ("granted", None, "1"),
        ("refused", "0.9", "0"),
    ],
)
def test_the_state_decides_before_the_typed_probability(state, typed, expected):
    funding = Funding(id="f", label="F", nature="public", amount="1", state=state, probability=typed)
    assert probability_of(funding) == Decimal(expected)


def test_a_refused_funding_leaves_the_plan():
    outcome = reviewed(set_("funding/drac", state="refused"))
    assert "funding/drac" not in outcome.budget.by_id()


def test_a_gap_is_a_finding_and_a_surplus_is_not():
    assert "funding.gap" not in codes(reviewed(set_("funding/drac", amount="50000")))
    assert "funding.gap" in codes(
        reviewed(set_("funding/drac", amount="0"), set_("contract/dole", unit_price="900"))
    )


def test_a_deadline_is_passed_the_day_after_not_on_the_day():
    assert "funding.deadline_passed" not in codes(reviewed(on=date(2026, 10, 15)))
    assert "funding.deadline_passed" in codes(reviewed(on=date(2026, 10, 16)))


def test_instalments_that_do_not_add_up_are_said():
    instalments = [{"on": "2026-11-01", "amount": "700"}, {"on": "2027-01-01", "amount": "200"}]
    assert "funding.instalments" in codes(reviewed(set_("funding/drac", instalments=instalments)))


def test_shares_add_up_to_a_hundred():
    assert sum(shares(reviewed(add("funding/x", label="X", nature="own", amount="33.33")).plan)) == 100


def test_a_funding_replaced_by_hand_counts_so_in_the_share_of_public_money_and_in_the_price():
    outcome = reviewed(add("line_override/d", line="funding/drac", amount="400", reason="Notifié pour 400 €"))
    assert outcome.plan.public == 400
    assert outcome.price_input.funding_acquired.value == 400
    assert Situation.of(outcome, outcome.on).amount_of(("public",)).value == 400
