"""The cash plan: it adds up to the budget, its VAT nets out, and what goes wrong is recomputed for real."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.accounting.cash import cash_plan
from filage.accounting.follow import follow
from filage.accounting.what_if import cancelled, late, refused
from filage.facts.reading import read_dossier
from filage.kernel.changes import add, set_
from filage.kernel.errors import BadInput
from filage.kernel.money import ZERO
from filage.law import load_law
from filage.review import review
from support.dossiers import TODAY, reviewed

LAW = load_law()
EXAMPLES = Path(__file__).parents[2] / "examples"


def plan(*changes, on=TODAY):
    return cash_plan(reviewed(*changes, on=on), LAW, on)


def moves(found, kind=None, about=None):
    return [(m.on, m.amount) for m in found.movements if kind in (None, m.kind) and about in (None, m.about)]


def assert_adds_up(outcome, on=TODAY):
    found = cash_plan(outcome, LAW, on)
    everything = (*found.before, *found.movements)
    followed = follow(outcome, on)
    income = sum((line.revised for line in followed.income), ZERO) - sum(
        (row.amount for row in found.apart), ZERO
    )
    typed = sum((m.net for m in everything if m.kind == "cash"), ZERO)
    budget = income - followed.amounts.final - followed.to_assign
    assert sum((m.net for m in everything if m.kind != "vat"), ZERO) == budget + typed
    assert (
        sum((m.vat for m in everything), ZERO) + sum((m.net for m in everything if m.kind == "vat"), ZERO)
        == 0
    )
    full = found.readings["full"]
    opening = found.opening.amount if found.opening else ZERO
    assert full.closing == opening + sum((m.amount for m in found.movements), ZERO)
    for reading in found.readings.values():
        balance = opening
        for month in reading.months:
            assert month.opening == balance
            balance = month.closing
        assert balance == reading.closing


def test_movements_before_tax_add_up_to_the_budget_and_vat_nets_out():
    assert_adds_up(reviewed())


@pytest.mark.parametrize("name", ["woyzeck", "court-metrage"])
def test_the_examples_add_up(name):
    dossier = read_dossier((EXAMPLES / f"{name}.filage.yaml").read_bytes())
    assert_adds_up(review(dossier, LAW, TODAY))


@given(
    st.lists(st.tuples(st.decimals(-300, 2500, places=2), st.sampled_from([None, "0", "0.055", "0.2"]),
                       st.sampled_from(["line", "order", "none"]), st.booleans()), max_size=3),
    st.sampled_from(["month", "quarter"]), st.sampled_from(["subject", "exempt"]), st.booleans(),
)  # fmt: skip
def test_it_adds_up_whatever_is_ordered_billed_and_paid(bills, period, regime, opened):
    changes = [
        set_("employer/fil", vat_period=period, vat_regime=regime),
        add("commitment/c", label="Atelier", line="budget_line/decor", amount="900", on="2026-09-01"),
    ]
    if opened:
        changes.append(add("cash_balance/b", on="2026-10-01", amount="-120.50"))
    for number, (amount, rate, where, paid) in enumerate(bills):
        placed = {"line": {"line": "budget_line/decor"}, "order": {"commitment": "commitment/c"}, "none": {}}[
            where
        ]
        vat = {} if rate is None else {"vat": f"{amount * Decimal(rate):.2f}"}
        paid_on = {"paid_on": "2026-10-02"} if paid else {}
        changes.append(
            add(
                f"expense/e{number}",
                label="F",
                amount=str(amount),
                on="2026-09-20",
                **placed,
                **vat,
                **paid_on,
            )
        )
    assert_adds_up(reviewed(*changes))


def test_pay_leaves_in_two_times_net_at_the_end_of_the_month_and_contributions_the_next():
    found = plan()
    dana = [m for m in found.movements if m.about == "engagement/dana" and m.kind in ("pay", "contributions")]
    assert [(m.kind, m.on) for m in dana] == [
        ("pay", date(2026, 11, 30)),
        ("contributions", date(2026, 12, 15)),
    ]
    row = reviewed().budget.by_id()["pay/dana/exploitation"]
    assert sum(m.amount for m in dana) == -row.amount


def test_a_sale_pays_thirty_per_cent_before_and_the_rest_after_with_its_vat():
    assert moves(plan(), about="contract/dole") == [
        (date(2026, 10, 13), Decimal("1359.68")), (date(2026, 12, 14), Decimal("3172.60")),
    ]  # fmt: skip


def test_instalments_decide_when_a_grant_comes_and_a_late_one_is_expected_today():
    changes = set_("funding/drac", instalments=[
        {"on": "2026-09-01", "amount": "700"}, {"on": "2027-06-30", "amount": "300"},
    ])  # fmt: skip
    assert moves(plan(changes), about="funding/drac") == [(TODAY, 700), (date(2027, 6, 30), 300)]


def test_a_contribution_in_kind_never_moves_the_account():
    found = plan(set_("funding/drac", contribution="industry"))
    assert moves(found, about="funding/drac") == []
    assert [row.about for row in found.apart] == ["funding/drac"]


def test_the_last_balance_opens_the_plan_and_holds_what_came_before():
    paid = add("expense/e", label="Bois", amount="100", vat="20", on="2026-09-01", paid_on="2026-09-15",
               line="budget_line/decor")  # fmt: skip
    found = plan(paid, add("cash_balance/b", on="2026-10-01", amount="5000"))
    assert found.opening.amount == 5000
    assert [m.label for m in found.before] == ["Bois"]
    assert found.readings["full"].months[0].opening == 5000


def test_three_readings_count_the_same_money_out_and_less_and_less_money_in():
    readings = plan().readings
    income = {
        name: sum(m.net for m in r.movements if m.net > 0 and m.kind != "vat") for name, r in readings.items()
    }
    assert income["full"] > income["weighted"] > income["certain"]
    costs = {
        name: sum(m.net for m in r.movements if m.net < 0 and m.kind != "vat") for name, r in readings.items()
    }
    assert costs["full"] == costs["weighted"] == costs["certain"]


def test_the_lowest_day_and_the_bridge_it_asks_for():
    low = plan().readings["full"]
    assert low.bridge == -low.lowest > 0
    bridged = add("cash_item/relais", label="Relais", on="2026-10-12", amount=str(low.bridge), nature="loan")
    assert plan(bridged).readings["full"].bridge == 0


def test_vat_collected_is_returned_the_month_after():
    nothing_bought = (set_("variable/devis", value="0"), set_("budget_line/consommables", unit_price="0"))
    assert moves(plan(*nothing_bought), kind="vat") == [
        (date(2026, 11, 24), Decimal("-70.88")), (date(2027, 1, 24), Decimal("-165.40")),
    ]  # fmt: skip
    by_quarter = set_("employer/fil", vat_period="quarter")
    assert moves(plan(*nothing_bought, by_quarter), kind="vat") == [(date(2027, 1, 24), Decimal("-236.28"))]


def test_a_vat_credit_waits_for_something_to_absorb_it_and_a_structure_outside_vat_has_none():
    returned = [m for m in plan().movements if m.kind == "vat"]
    assert [(m.label, m.on) for m in returned] == [("Remboursement du crédit de TVA", date(2027, 2, 24))]
    exempt = plan(set_("employer/fil", vat_regime="exempt"))
    assert moves(exempt, kind="vat") == []
    assert all(m.vat == 0 for m in exempt.movements)


def test_an_aid_three_months_late_moves_only_what_is_awaited():
    received = set_("funding/drac", instalments=[
        {"on": "2026-09-01", "amount": "700", "received": "true"}, {"on": "2026-10-31", "amount": "300"},
    ])  # fmt: skip
    before = reviewed(received)
    delayed = late(before, "funding/drac", 3, TODAY)
    found = cash_plan(reviewed(received, *delayed), LAW, TODAY)
    assert moves(found, about="funding/drac") == [(date(2026, 9, 1), 700), (date(2027, 1, 31), 300)]


def test_a_cancelled_date_and_a_refused_source_are_recomputed():
    outcome = reviewed()
    after = reviewed(*cancelled(outcome, "event/dole-2"))
    assert after.budget.income < outcome.budget.income
    assert_adds_up(after)
    assert (
        moves(cash_plan(reviewed(*refused(outcome, "funding/drac")), LAW, TODAY), about="funding/drac") == []
    )


def test_an_unknown_source_names_the_closest():
    with pytest.raises(BadInput, match="funding/drac"):
        late(reviewed(), "funding/dract", 3, TODAY)


BILLED = add("invoice/acompte", label="Acompte", contract="contract/dole", amount="1500", on="2026-10-01",
             due_on="2026-11-01")  # fmt: skip


def sold(found):
    """What the cession brings, day by day, before tax."""
    return [(one.on, one.net) for one in found.movements if one.about == "contract/dole"]


def test_an_invoice_uses_up_the_first_instalments_and_leaves_the_others_their_days():
    agreed = set_("contract/dole", instalments=[
        {"on": "2026-10-20", "amount": "1000"}, {"on": "2026-12-01", "amount": "1000"},
        {"on": "2027-02-01", "amount": "2296"},
    ])  # fmt: skip
    found = cash_plan(reviewed(agreed, BILLED), LAW, TODAY)
    assert sold(found) == [
        (date(2026, 11, 1), 1500), (date(2026, 12, 1), 500), (date(2027, 2, 1), 2296)
    ]  # fmt: skip


def test_a_sale_already_billed_may_be_late_too():
    delayed = late(reviewed(BILLED), "contract/dole", 3, TODAY)
    found = cash_plan(reviewed(BILLED, *delayed), LAW, TODAY)
    assert sold(found) == [(date(2027, 2, 1), 1500), (date(2027, 3, 14), 2796)]


def test_what_is_late_keeps_its_name():
    found = cash_plan(reviewed(*late(reviewed(), "funding/drac", 3, TODAY)), LAW, TODAY)
    assert [one.label for one in found.movements if one.about == "funding/drac"] == ["DRAC"]
