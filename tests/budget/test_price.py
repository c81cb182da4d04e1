"""The price of cession, on figures checked by hand (D16)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.budget.price import exact_cents, price_of
from filage.budget.price_file import price_json, read_price_file
from filage.kernel.errors import BadInput

BASE = {
    "creation_cost": "82423.26",
    "funding_acquired": "58000",
    "performances_planned": "14",
    "plateau_cost": "2490.28",
    "setup_cost": "910.30",
    "structure": {"mode": "amount", "value": "380"},
    "margin": {"mode": "on_cost", "rate": "0.05"},
}


def priced(**changes):
    return price_json(price_of(read_price_file(BASE | changes).given))


def test_adds_plateau_shared_setup_amortisation_structure_and_margin():
    found = priced()
    assert found["amortisation_per_performance"] == "1744.52"
    assert [(p["performances"], p["unit_cost"], p["unit_price"], p["total"]) for p in found["prices"]] == [
        (1, "5525.10", "5801.35", "5801.35"),
        (2, "5069.95", "5323.45", "10646.90"),
        (3, "4918.23", "5164.14", "15492.42"),
    ]


def test_balances_after_the_first_whole_date_that_pays_creation_back():
    # 5801.35 − 2490.28 − 910.30 − 380 = 2020.77 a date; 24423.26 / 2020.77 = 12.09
    found = priced()
    assert found["break_even_performances"] == 13
    assert found["result"] == [
        {"performances": 13, "amount": "1846.75"},
        {"performances": 14, "amount": "3867.52"},
    ]


def test_travel_is_billed_per_series_before_vat():
    first = priced(vhr="500", series=["2"])["prices"][0]
    assert (first["total"], first["with_vhr"], first["including_vat"]) == ("10646.90", "11146.90", "11759.98")


def test_a_margin_on_price_and_a_structure_rate_of_price_divide_the_cost_together():
    found = priced(
        structure={"mode": "rate_of_price", "value": "0.10"}, margin={"mode": "on_price", "rate": "0.05"}
    )
    # (2490.28 + 910.30 + 1744.518571…) / 0.85
    assert found["prices"][0]["unit_price"] == "6053.06"


def test_a_structure_rate_of_cost_is_taken_on_the_cost_without_it():
    found = priced(
        structure={"mode": "rate_of_cost", "value": "0.10"}, margin={"mode": "on_cost", "rate": "0"}
    )
    assert found["prices"][0]["unit_cost"] == "5659.61"


def test_a_given_price_says_what_it_yields():
    found = priced(price="4550", series=["2"])
    # 4550 − 2490.28 − 455.15 − 380 = 1224.57; 24423.26 / 1224.57 = 19.94
    assert found["break_even_performances"] == 20
    assert found["prices"][0]["unit_price"] == "4550.00"


def test_a_price_under_the_floor_never_balances():
    outcome = price_of(read_price_file(BASE | {"price": "3000"}).given)
    assert outcome.break_even is None
    assert [finding.code for finding in outcome.findings] == ["price.no_break_even"]
    assert price_json(outcome)["result"] == [{"performances": 14, "amount": "-35351.38"}]


def test_funding_above_creation_leaves_nothing_to_amortise():
    found = priced(funding_acquired="90000")
    assert (found["amortisation_per_performance"], found["break_even_performances"]) == ("0.00", 0)


def test_rates_of_price_reaching_the_whole_price_are_refused():
    given_values = BASE | {
        "structure": {"mode": "rate_of_price", "value": "0.6"},
        "margin": {"mode": "on_price", "rate": "0.4"},
    }
    with pytest.raises(BadInput, match="100 %"):
        price_of(read_price_file(given_values).given)


def test_lists_everything_wrong_at_once():
    wrong = {
        "creation_cost": "dix",
        "plateau_cots": 1,
        "performances_planned": "0",
        "margin": {"mode": "on_prise", "rate": "5"},
    }
    with pytest.raises(BadInput) as caught:
        read_price_file(wrong)
    assert {problem.path: problem.suggestion for problem in caught.value.problems} == {
        "plateau_cots": "vouliez-vous « plateau_cost » ?",
        "performances_planned": "",
        "margin.mode": "",
        "margin.rate": "pour 5 %, écrivez 0.05",
        "creation_cost": "",
        "funding_acquired": "",
        "plateau_cost": "",
    }


@given(
    creation=st.integers(0, 200_000),
    plateau=st.integers(1, 9_000),
    setup=st.integers(0, 3_000),
    margin=st.decimals("0", "0.5", places=2),
)
def test_a_longer_series_never_costs_more_a_date(creation, plateau, setup, margin):
    values = BASE | {
        "creation_cost": str(creation), "plateau_cost": str(plateau), "setup_cost": str(setup),
        "margin": {"mode": "on_cost", "rate": str(margin)},
    }  # fmt: skip
    prices = [Decimal(p["unit_price"]) for p in price_json(price_of(read_price_file(values).given))["prices"]]
    assert prices == sorted(prices, reverse=True)


def test_a_given_price_is_rounded_once():
    [series] = priced(price="2000.005", series=[3])["prices"]
    assert (series["unit_price"], series["total"]) == ("2000.01", "6000.03")


def test_half_a_cent_of_result_is_not_lost_in_a_division():
    third = Decimal("1.000") / 3  # cut at its last digits: three thirds fall short of one
    assert exact_cents(3 * third - Decimal("0.995")) == Decimal("0.01")
