"""A coréalisation, on figures worked by hand and against a search of every number of tickets (D16)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.budget.deals.corealisation import corealisation_json, corealisation_of, read_corealisation
from filage.budget.deals.sharing import shared
from filage.kernel import step as steps
from filage.kernel.errors import BadInput
from filage.kernel.step import recompute

BASE = {
    "capacity": 200, "fill": "0.6", "average_price": "21.10", "vat_rate": "0.055", "rights_rate": "0.12",
    "tax_rate": "0.035", "producer_share": "0.6", "date_cost": "1500",
}  # fmt: skip


def printed(**changes):
    return corealisation_json(corealisation_of(read_corealisation(BASE | changes)))


def test_shares_what_rights_and_tax_leave_of_the_box_office_without_vat():
    # 120 × 21.10 = 2532.00 incl. VAT, 2400.00 without; 288 of rights, 84 of tax; 2028 shared 60/40
    # a ticket brings 20 × 0.845 × 0.6 = 10.14: 147 × 10.14 = 1490.58, 148 × 10.14 = 1500.72
    assert printed() == {
        "box_office": "2400.00", "base": "2028.00", "producer": "1216.80", "venue": "811.20",
        "rights": "288.00", "tax": "84.00", "break_even_tickets": 148, "break_even_fill": "0.7400",
    }  # fmt: skip


def test_rights_and_tax_may_take_the_whole_box_office():
    found = printed(rights_rate="0.965", tax_rate="0.035")
    assert (found["base"], found["producer"], found["break_even_tickets"]) == ("0.00", "0.00", None)


def test_the_order_of_deductions_counts_on_the_remainder():
    # rights first: 288, then 3.5 % of 2112; tax first: 84, then 12 % of 2316
    on_rest = {"rights_base": "remainder", "tax_base": "remainder"}
    rights_first = printed(**on_rest, deduction_order=["rights", "tax"])
    tax_first = printed(**on_rest, deduction_order=["tax", "rights"])
    assert (rights_first["rights"], rights_first["tax"], rights_first["base"]) == (
        "288.00",
        "73.92",
        "2038.08",
    )
    assert (tax_first["rights"], tax_first["tax"], tax_first["base"]) == ("277.92", "84.00", "2038.08")


def test_only_the_one_taken_on_the_remainder_moves():
    found = printed(tax_base="remainder")
    assert (found["rights"], found["tax"]) == ("288.00", "73.92")
    found = printed(tax_base="remainder", deduction_order=["tax", "rights"])
    assert (found["rights"], found["tax"]) == ("288.00", "84.00")


def test_the_order_counts_for_nothing_on_the_box_office():
    assert printed(deduction_order=["tax", "rights"]) == printed()


def test_a_minimum_of_the_producer_takes_from_the_venue_below_zero_too():
    found = printed(producer_minimum="2500")
    assert (found["producer"], found["venue"], found["break_even_tickets"]) == ("2500.00", "-472.00", 0)


def test_a_minimum_under_the_share_changes_nothing():
    assert printed(producer_minimum="1216.79", venue_minimum="811.20") == printed()


def test_a_minimum_of_the_venue_is_served_before_the_producer():
    # 16.90 a ticket less 1100: 153 tickets leave 1485.70, 154 leave 1502.60
    found = printed(venue_minimum="1100")
    assert (found["producer"], found["venue"], found["break_even_tickets"]) == ("928.00", "1100.00", 154)


def test_a_minimum_of_zero_or_null_is_none():
    assert printed(producer_minimum=0, venue_minimum=None) == printed()
    assert printed(producer_minimum="2500", venue_minimum="0")["venue"] == "-472.00"


def test_minima_that_exceed_the_base_together_are_refused():
    with pytest.raises(BadInput, match="minimums garantis") as caught:
        printed(producer_minimum="1500", venue_minimum="528.01")
    assert [problem.path for problem in caught.value.problems] == ["producer_minimum"]
    assert printed(producer_minimum="1500", venue_minimum="528")["venue"] == "528.00"


@pytest.mark.parametrize(
    ("changes", "tickets", "fill"),
    [
        ({"date_cost": "2028.00"}, 200, "1.0000"),
        ({"date_cost": "2028.01"}, None, None),
        ({"date_cost": "0"}, 0, "0.0000"),
        ({"date_cost": None}, None, None),
        ({"producer_share": "0"}, None, None),
        ({"producer_share": "1", "date_cost": "16.90"}, 1, "0.0050"),
        ({"average_price": "0"}, None, None),
        ({"fill": "0"}, 148, "0.7400"),
    ],
)
def test_the_break_even_at_its_edges(changes, tickets, fill):
    found = printed(**changes)
    assert (found["break_even_tickets"], found["break_even_fill"]) == (tickets, fill)


def test_an_empty_house_brings_nothing():
    found = printed(fill="0")
    assert {found[key] for key in ("box_office", "base", "producer", "venue", "rights", "tax")} == {"0.00"}


def test_a_house_without_seats_balances_only_what_costs_nothing():
    assert printed(capacity=0)["break_even_tickets"] is None
    free = printed(capacity=0, date_cost="0")
    assert (free["break_even_tickets"], free["break_even_fill"]) == (0, "0.0000")


def test_the_whole_share_goes_to_one_side():
    assert (printed(producer_share="1")["producer"], printed(producer_share="1")["venue"]) == (
        "2028.00",
        "0.00",
    )
    assert (printed(producer_share=0)["producer"], printed(producer_share=0)["venue"]) == ("0.00", "2028.00")


def test_what_is_absent_is_the_usual():
    short = {"capacity": 100, "fill": 1, "average_price": "10.55", "producer_share": 1}
    found = corealisation_json(corealisation_of(read_corealisation(short)))
    assert (found["box_office"], found["rights"], found["tax"], found["break_even_tickets"]) == (
        "1000.00", "0.00", "0.00", None,
    )  # fmt: skip


def test_lists_everything_wrong_at_once():
    wrong = {
        "capacity": "12.5", "fill": "70", "producer_share": "soixante", "vat_rate": "5.5", "rights_bas": "x",
        "tax_base": "recette", "deduction_order": ["rights", "rights"], "venue_minimum": "-1",
    }  # fmt: skip
    with pytest.raises(BadInput) as caught:
        read_corealisation(wrong)
    assert {problem.path: problem.suggestion for problem in caught.value.problems} == {
        "rights_bas": "vouliez-vous « rights_base » ?",
        "capacity": "",
        "fill": "pour 70 %, écrivez 0.7",
        "average_price": "",
        "producer_share": "",
        "vat_rate": "pour 5.5 %, écrivez 0.055",
        "tax_base": "",
        "deduction_order": "",
        "venue_minimum": "",
    }


@pytest.mark.parametrize("values", [[], "texte", None, 3])
def test_a_file_that_is_not_an_object_is_refused(values):
    with pytest.raises(BadInput, match="un objet est attendu"):
        read_corealisation(values)


@pytest.mark.parametrize("order", [[], ["rights"], ["rights", ["tax"]], "rights", None, [{}, {}]])
def test_an_order_that_is_not_both_is_refused(order):
    with pytest.raises(BadInput, match="l’ordre des déductions"):
        printed(deduction_order=order)


def test_rates_that_take_more_than_the_box_office_are_refused():
    with pytest.raises(BadInput, match="plus que la recette"):
        printed(rights_rate="0.6", tax_rate="0.5")


CONTRACTS = st.fixed_dictionaries({
    "capacity": st.integers(0, 80),
    "fill": st.decimals("0", "1", places=2).map(str),
    "average_price": st.decimals("0", "60", places=2).map(str),
    "vat_rate": st.sampled_from(["0", "0.021", "0.055", "0.2"]),
    "rights_rate": st.decimals("0", "0.4", places=3).map(str),
    "tax_rate": st.decimals("0", "0.4", places=3).map(str),
    "rights_base": st.sampled_from(["box_office", "remainder"]),
    "tax_base": st.sampled_from(["box_office", "remainder"]),
    "deduction_order": st.permutations(["rights", "tax"]),
    "producer_share": st.decimals("0", "1", places=2).map(str),
    "producer_minimum": st.none() | st.integers(0, 1500),
    "venue_minimum": st.none() | st.integers(0, 1500),
    "date_cost": st.integers(0, 2500),
})  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(CONTRACTS)
def test_the_break_even_is_the_first_number_of_tickets_of_all(values):
    contract = read_corealisation(values)
    first = None
    for tickets in range(contract.capacity + 1):
        try:
            side = shared(contract.terms, steps.given("billets", tickets)).producer
        except BadInput:
            continue
        if side.value >= contract.date_cost:
            first = tickets
            break
    try:
        found = corealisation_of(contract)
    except BadInput:
        return
    assert found.break_even_tickets == first


@settings(max_examples=150, deadline=None)
@given(CONTRACTS)
def test_what_is_displayed_adds_up_and_explains_itself(values):
    try:
        found = corealisation_of(read_corealisation(values)).shared
    except BadInput:
        return
    assert found.box_office.value == found.rights.value + found.tax.value + found.base.value
    assert found.base.value == found.producer.value + found.venue.value
    assert all(recompute(getattr(found, name)) == getattr(found, name).value for name in found.__slots__)
    assert found.box_office.value + found.vat.value == (
        found.tickets.value * Decimal(values["average_price"])
    ).quantize(Decimal("0.01"), "ROUND_HALF_UP")


@pytest.mark.parametrize("order", [["rights", "tax"], ["tax", "rights"]])
def test_one_deduction_leaves_the_other_to_itself(order):
    found = printed(deduction_order=order, rights_rate="0", tax_base="remainder")
    assert (found["rights"], found["tax"]) == ("0.00", "84.00")
