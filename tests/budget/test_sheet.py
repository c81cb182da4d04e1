"""The price laid out: what is displayed adds up, and agrees with the price computed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from filage.budget.price import PriceInput, price_of
from filage.budget.sheet import (
    average_price,
    curve,
    price_sheet,
    series_cost,
    sold_dates,
    usual_series,
)
from filage.facts.changing import apply_changes
from filage.facts.reading import read_dossier
from filage.kernel import step as steps
from filage.kernel.changes import set_
from filage.law import load_law
from filage.review import Outcome, review

EXAMPLE = Path(__file__).parents[2] / "examples" / "woyzeck.filage.yaml"
TODAY = date(2026, 10, 12)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return review(read_dossier(EXAMPLE.read_bytes()), load_law(), TODAY)


def given(**values) -> PriceInput:
    usual = {
        "creation_cost": steps.given("création", 10000),
        "funding_acquired": steps.given("acquis", 4000),
        "performances_planned": 6,
        "plateau_cost": steps.total("plateau", [steps.given("plateau", 1000)]),
        "setup_cost": steps.given("montage", 500),
    }
    return PriceInput(**(usual | values))


def test_every_displayed_total_is_the_sum_of_the_lines_displayed_above_it(outcome: Outcome) -> None:
    sheet = price_sheet(outcome.price_input, outcome.price, outcome.costs, outcome.budget)
    for column in range(len(sheet.series)):
        running = Decimal(0)
        for row in sheet.rows:
            if row.is_total:
                assert row.values[column] == running, row.label
            else:
                running += row.values[column]


def test_the_sheet_ends_on_the_price_computed(outcome: Outcome) -> None:
    sheet = price_sheet(outcome.price_input, outcome.price, outcome.costs, outcome.budget)
    assert sheet.row("price").values == tuple(price.unit_price for price in outcome.price.prices)
    assert sheet.series == (1, 2, 3, 4, 6)


def test_artists_technicians_and_typed_lines_share_the_plateau(outcome: Outcome) -> None:
    sheet = price_sheet(outcome.price_input, outcome.price, outcome.costs, outcome.budget)
    assert [row.label for row in sheet.rows[:4]] == [
        "Artistes, 6 personnes", "Techniciens, 3 personnes", "Consommables", "Coût plateau",
    ]  # fmt: skip
    assert sheet.rows[2].values[0] == Decimal("60.00")


def test_without_margin_the_last_cent_falls_on_the_amortisation() -> None:
    asked = given(plateau_cost=steps.total("plateau", []), performances_planned=7)
    price = price_of(asked)
    sheet = price_sheet(asked, price, [], _no_budget())
    assert [row.id for row in sheet.rows] == ["plateau", "setup", "floor", "amortisation", "price"]
    for n, unit in enumerate(price.prices):
        assert sheet.row("floor").values[n] + sheet.row("amortisation").values[n] == unit.unit_price


def _no_budget():
    from filage.budget.lines import budget_of

    return budget_of([])


def test_a_sale_is_compared_to_the_full_cost_of_its_own_series(outcome: Outcome) -> None:
    sold = {one.about: one for one in sold_dates(outcome.dossier, outcome.budget, outcome.price_input)}
    besancon = sold["contract/besancon"]
    three = outcome.price.prices[2]
    assert besancon.dates == 3
    assert besancon.full_cost == three.unit_price - round(three.margin, 2)
    assert besancon.gap == besancon.unit_price - besancon.full_cost
    assert besancon.including_vat == Decimal("13609.50")


def test_travel_billed_to_the_buyer_bears_vat_too(outcome: Outcome) -> None:
    dole = next(
        one
        for one in sold_dates(outcome.dossier, outcome.budget, outcome.price_input)
        if one.about == "contract/dole"
    )
    assert (dole.cession, dole.vhr, dole.vat) == (Decimal(9000), Decimal("2514.80"), Decimal("633.31"))
    assert dole.including_vat == dole.cession + dole.vhr + dole.vat


def test_a_cancelled_sale_is_not_counted(outcome: Outcome) -> None:
    dossier = apply_changes(outcome.dossier, [set_("contract/annecy", state="cancelled")])
    after = review(dossier, load_law(), TODAY)
    sold = sold_dates(after.dossier, after.budget, after.price_input)
    assert [one.about for one in sold if one.about == "contract/annecy"] == []
    assert len(sold) == 5


def test_an_offer_that_shares_the_box_office_stays_sold_once_retained(outcome: Outcome) -> None:
    kept = set_("contract/annecy", clear=("unit_price",), type="corealisation", bills_travel=False,
                deal="deal/annecy-corealisation", vat_rate="0.021")  # fmt: skip
    after = review(apply_changes(outcome.dossier, [kept]), load_law(), TODAY)
    sold = {one.about: one for one in sold_dates(after.dossier, after.budget, after.price_input)}
    annecy = sold["contract/annecy"]
    assert (annecy.shared, annecy.dates, annecy.row) == (True, 2, "deal/annecy")
    # 70 % of what rights and tax leave of 16 924.58; VAT of the tickets
    assert (annecy.unit_price, annecy.cession, annecy.vhr) == (Decimal("4946.21"), Decimal("9892.42"), 0)
    assert (annecy.vat, annecy.including_vat) == (Decimal("207.74"), Decimal("10100.16"))
    assert annecy.cession == after.budget.by_id()[annecy.row].amount
    assert len(sold) == 6


def test_tickets_that_are_ours_are_sold_to_nobody(outcome: Outcome) -> None:
    rented = [
        set_("deal/annecy-corealisation", type="rental", rental="500"),
        set_("contract/annecy", clear=("unit_price",), type="rental", deal="deal/annecy-corealisation"),
    ]
    after = review(apply_changes(outcome.dossier, rented), load_law(), TODAY)
    assert "contract/annecy" not in {
        s.about for s in sold_dates(after.dossier, after.budget, after.price_input)
    }


def test_the_usual_series_is_the_commonest_sold_the_shortest_when_equal(outcome: Outcome) -> None:
    sold = sold_dates(outcome.dossier, outcome.budget, outcome.price_input)
    assert usual_series(outcome.price_input, sold) == 2
    assert usual_series(outcome.price_input, sold[:2]) == 2
    assert usual_series(given(series=(3, 4)), ()) == 3


def test_the_average_price_weighs_each_sale_by_its_dates(outcome: Outcome) -> None:
    sold = sold_dates(outcome.dossier, outcome.budget, outcome.price_input)
    assert average_price(sold) == Decimal("4550.00")
    assert average_price(()) is None


def test_the_curve_crosses_zero_at_its_break_even() -> None:
    found = curve(given(), 1, price=None, until=12)
    assert found.results[0] == Decimal(-6000)
    assert found.break_even is not None
    assert found.results[found.break_even] >= 0 > found.results[found.break_even - 1]


def test_a_date_sold_under_its_own_cost_never_balances() -> None:
    found = curve(given(), 1, price=Decimal(1400), until=5)
    assert found.break_even is None
    assert list(found.results) == sorted(found.results, reverse=True)


def test_the_floor_of_a_series_is_its_plateau_and_its_share_of_the_setup() -> None:
    assert series_cost(given(), 5)[1] == Decimal("1100.00")
