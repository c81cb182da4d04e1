"""An offer retained becomes a contract, its schedule, and rows of the budget."""

from datetime import date
from decimal import Decimal

import pytest

from filage.budget.deals.contracting import retained, rivals, schedule_of
from filage.budget.deals.offer import offer_of
from filage.budget.deals.rows import deal_rows
from filage.budget.deals.simulate import simulate
from filage.facts.changing import apply_changes
from filage.facts.contract import Contract
from filage.facts.deal import Deal
from filage.kernel import step as steps
from filage.kernel.changes import add, set_
from filage.kernel.errors import BadInput
from filage.law import load_law
from support.dossiers import TODAY, small

LAW = load_law()
OFFER = {
    "label": "Écluse", "type": "cession", "venue": "venue/ecluse", "events": ["event/premiere"], "fee": "1500",
    "capacity": 200, "fill": "0.6", "average_price": "21.10", "vat_rate": "0.055", "rights_rate": "0.12",
    "tax_rate": "0.035", "producer_share": "0.6", "date_cost": "1000",
}  # fmt: skip


def worked(*changes, **values):
    dossier = small(add("deal/une", **OFFER | values), *changes)
    deal = dossier.find("deal/une", Deal)
    return dossier, simulate(offer_of(deal, dossier, LAW, TODAY, None))


def due(*changes, on=TODAY, **values):
    dossier, found = worked(*changes, **values)
    return [(part.label, part.on, part.amount) for part in schedule_of(found, dossier, on)]


def test_a_cession_is_paid_a_third_before_and_the_rest_after():
    assert due() == [
        ("Acompte", TODAY, Decimal("450.00")),
        ("Solde", date(2026, 12, 5), Decimal("1050.00")),
    ]
    assert due(on=date(2026, 9, 1))[0][1] == date(2026, 10, 6)


def test_a_guaranteed_minimum_is_what_the_deposit_is_taken_on():
    # 1216.80 of share, more than the 1000 guaranteed
    assert [amount for _, _, amount in due(type="corealisation", producer_minimum="1000")] == [
        Decimal("300.00"),
        Decimal("916.80"),
    ]
    assert [amount for _, _, amount in due(type="corealisation")] == [Decimal("1216.80")]


def test_a_cession_retained_bills_the_travel_it_was_worked_out_with():
    written = {"events": ["event/dole-1", "event/dole-2"], "venue": "venue/fabrique"}
    for billed in (True, False):
        held = set_("contract/dole", state="option_1", type="corealisation", bills_travel=False)
        dossier = small(add("deal/une", **OFFER | written), held)
        travel = steps.given("VHR", 296) if billed else None
        found = simulate(offer_of(dossier.find("deal/une", Deal), dossier, LAW, TODAY, None, travel))
        after = apply_changes(dossier, retained(found, dossier, TODAY, "neuf"))
        assert after.find("contract/dole", Contract).bills_travel is billed


def test_our_own_tickets_and_dates_not_set_have_no_schedule():
    assert due(type="rental", rental="500") == []
    assert due(events=[]) == []


@pytest.mark.parametrize(
    ("type_", "signed"), [("cession", "cession"), ("box_office", "corealisation"), ("promotion", "promotion")]
)
def test_a_retained_offer_is_a_contract_to_prepare(type_, signed):
    dossier, found = worked(type=type_)
    after = apply_changes(dossier, retained(found, dossier, TODAY, "ecluse"))
    contract = after.find("contract/ecluse", Contract)
    assert (contract.type, contract.state, contract.deal, contract.venue) == (
        signed,
        "draft",
        "deal/une",
        "venue/ecluse",
    )
    assert contract.events == ("event/premiere",)
    assert contract.unit_price == (1500 if type_ == "cession" else None)
    assert contract.vat_rate == Decimal("0.055")
    assert after.find("deal/une", Deal).state == "chosen"


def test_the_other_offers_for_the_same_dates_are_dropped():
    other = add("deal/autre", **OFFER | {"label": "Autre"})
    elsewhere = add("deal/dole", **OFFER | {"label": "Dole", "events": ["event/dole-1"]})
    dossier, found = worked(other, elsewhere)
    assert [one.id for one in rivals(found.offer.deal, dossier)] == ["autre"]
    after = apply_changes(dossier, retained(found, dossier, TODAY, "ecluse"))
    assert {deal.id: deal.state for deal in after.all(Deal)} == {
        "une": "chosen",
        "autre": "dropped",
        "dole": "idea",
    }


def rows(*changes, **values):
    dossier, found = worked(**values)
    signed = apply_changes(dossier, (*retained(found, dossier, TODAY, "ecluse"), *changes))
    made, findings = deal_rows(signed, LAW, TODAY)
    return {row.id: (row.side, row.amount) for row in made}, [finding.code for finding in findings]


def test_a_shared_evening_is_one_income():
    assert rows(type="corealisation") == ({"deal/ecluse": ("income", Decimal("1216.80"))}, [])


def test_a_cession_and_a_cancelled_contract_have_no_row_here():
    assert rows() == ({}, [])
    assert rows(set_("contract/ecluse", state="cancelled"), type="corealisation") == ({}, [])


def test_where_tickets_are_ours_they_are_the_income_and_the_rest_is_spent():
    assert rows(type="rental", rental="700")[0] == {
        "deal/ecluse": ("income", Decimal("2400.00")),
        "deal/ecluse/rights": ("expense", Decimal("288.00")),
        "deal/ecluse/tax": ("expense", Decimal("84.00")),
        "deal/ecluse/rent": ("expense", Decimal(700)),
    }
    promoted = rows(type="promotion", promotion="300")[0]
    assert promoted["deal/ecluse/share"] == ("expense", Decimal("811.20"))
    assert promoted["deal/ecluse/promotion"] == ("expense", Decimal(300))


def test_tickets_counted_by_a_ticketing_are_not_counted_twice():
    house = add("ticketing/une", label="Première", event="event/premiere", capacity=200)
    assert "deal/ecluse" not in rows(house, type="rental", rental="700")[0]


def test_minima_that_cannot_both_be_kept_are_a_finding():
    dossier = small(
        add(
            "deal/une",
            **OFFER | {"type": "corealisation", "producer_minimum": "1500", "venue_minimum": "1000"},
        ),
        add("contract/x", label="x", type="corealisation", deal="deal/une"),
    )
    assert [finding.code for finding in deal_rows(dossier, LAW, TODAY)[1]] == ["deal.refused"]


OPTION = add(
    "contract/option", label="L’Écluse en option", type="cession", events=["event/premiere"], unit_price="1200",
    bills_travel=True, state="option_1",
)  # fmt: skip


def test_an_option_for_the_same_dates_becomes_the_contract():
    dossier, found = worked(OPTION, type="corealisation")
    after = apply_changes(dossier, retained(found, dossier, TODAY, "ecluse"))
    held = after.find("contract/option", Contract)
    assert (held.type, held.state, held.label, held.deal) == (
        "corealisation", "option_1", "L’Écluse en option", "deal/une",
    )  # fmt: skip
    assert (held.unit_price, held.bills_travel) == (None, False)
    assert after.find("contract/ecluse", Contract) is None


def test_an_option_that_stays_a_cession_keeps_its_travel():
    dossier, found = worked(OPTION)
    held = apply_changes(dossier, retained(found, dossier, TODAY, "x")).find("contract/option", Contract)
    assert (held.unit_price, held.bills_travel) == (1500, True)


@pytest.mark.parametrize("state", ["signed", "to_sign", "confirmed"])
def test_a_binding_contract_is_not_rewritten(state):
    dossier, found = worked(OPTION, set_("contract/option", state=state))
    with pytest.raises(BadInput, match="vend déjà ces dates"):
        retained(found, dossier, TODAY, "x")


def test_a_cancelled_contract_holds_no_date():
    dossier, found = worked(OPTION, set_("contract/option", state="cancelled"))
    after = apply_changes(dossier, retained(found, dossier, TODAY, "ecluse"))
    assert after.find("contract/ecluse", Contract) is not None


def test_a_date_also_sold_by_a_cession_counts_twice_and_is_told():
    assert rows(OPTION, type="corealisation")[1] == ["sale.sold_twice"]
