"""What a retained offer brings and costs in the budget."""

from decimal import Decimal

from filage.kernel.changes import add, set_
from support.dossiers import reviewed

DATES = ["event/dole-1", "event/dole-2"]
HOUSE = {
    "capacity": "200", "fill": "0.5", "average_price": "10.55", "vat_rate": "0.055", "rights_rate": "0.1",
    "producer_share": "0.6",
}  # fmt: skip
"""A hundred tickets, 1000 € before tax an evening."""


def rows(kind, *changes, **deal):
    """The rows of such an offer retained for both dates of Dole, by what follows the contract in their id."""
    contract = "corealisation" if kind == "box_office" else kind
    outcome = reviewed(
        set_("contract/dole", state="cancelled"),
        add("deal/x", label="X", type=kind, events=DATES, **(HOUSE | deal)),
        add("contract/x", label="X", type=contract, deal="deal/x", events=DATES, state="signed"),
        *changes,
    )
    return {
        row.id.removeprefix("deal/x"): row.amount
        for row in outcome.budget.rows
        if row.id.startswith(("deal/", "tickets/"))
    }


def test_a_house_that_is_shared_is_one_income():
    assert rows("corealisation") == {"": Decimal(1080)}


def test_promotion_and_rent_of_ours_are_expenses_of_any_offer():
    found = rows("corealisation", promotion="100", rental="30")
    assert found == {"": Decimal(1080), "/rent": Decimal(60), "/promotion": Decimal(100)}


def test_what_a_coproducer_brings_is_in_the_budget_once():
    assert rows("coproduction", contribution="5000")["/contribution"] == 5000
    known = (
        add("company/scene", label="La Scène"),
        add("funding/scene", label="La Scène", nature="coproduction", amount="5000", company="company/scene"),
    )
    assert rows("coproduction", *known, contribution="5000", company="company/scene") == {"": Decimal(1080)}


def test_the_tickets_of_a_date_without_ticketing_still_count():
    ticketing = add(
        "ticketing/t", label="T", event="event/dole-1", capacity="200", fill="0.5", vat_rate="0.055",
        tariffs=[{"label": "plein", "price": "10.55"}],
    )  # fmt: skip
    assert rows("rental")[""] == 2000
    found = rows("rental", ticketing)
    assert (found[""], found["tickets/t"]) == (1000, 1000)


def test_an_offer_whose_dates_are_all_cancelled_brings_and_costs_nothing():
    cancelled = [set_(about, option="cancelled") for about in DATES]
    assert rows("rental", *cancelled, rental="300", promotion="100") == {}
    assert rows("rental", cancelled[0], rental="300")["/rent"] == 300
