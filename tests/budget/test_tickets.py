"""Tickets: expected or found, with and without VAT, and which of them are ours to count."""

from decimal import Decimal

from filage.budget.tickets import takings_of, ticket_findings, ticket_rows
from filage.facts.deal import Ticketing
from filage.kernel.changes import add, set_
from filage.kernel.step import recompute
from filage.law import load_law
from support.dossiers import TODAY, small

LAW = load_law()
HOUSE = {
    "label": "Première", "event": "event/premiere", "capacity": 200, "fill": "0.6", "free": 20,
    "tariffs": [{"label": "plein", "price": "20", "share": "0.7"}, {"label": "réduit", "price": "12", "share": "0.3"}],
}  # fmt: skip


def takings(*changes, **house):
    dossier = small(add("ticketing/une", **HOUSE | house), *changes)
    return takings_of(dossier.find("ticketing/une", Ticketing), dossier, LAW, TODAY)


def rows(*changes, **house):
    dossier = small(add("ticketing/une", **HOUSE | house), *changes)
    return [(row.id, row.amount) for row in ticket_rows(dossier, LAW, TODAY)]


def test_seats_filled_less_free_ones_pay_each_tariff():
    # 100 tickets: 70 at 20, 30 at 12; 1760 with VAT at 2.1 %
    found = takings()
    assert (found.tickets.value, found.takings.value) == (100, 1760)
    assert (found.box_office.value, found.vat.value) == (Decimal("1723.80"), Decimal("36.20"))
    assert recompute(found.box_office) == found.box_office.value
    assert not found.found


def test_what_was_sold_and_taken_replaces_what_was_expected():
    assert takings(sold=50).takings.value == 880
    found = takings(takings="1234.50", vat_rate="0.055")
    assert (found.box_office.value, found.found, found.why) == (Decimal("1170.14"), True, "taux saisi")


def test_more_free_seats_than_filled_ones_bring_nothing():
    assert takings(free=500).box_office.value == 0


def test_shares_are_brought_back_to_a_whole_and_it_is_told():
    half = [{"label": "plein", "price": "20", "share": "0.5"}]
    assert takings(tariffs=half).takings.value == 2000
    dossier = small(add("ticketing/une", **HOUSE | {"tariffs": half}))
    assert [(f.code, f.message) for f in ticket_findings(dossier)] == [
        ("tickets.shares", "Première : les parts des tarifs font 50\u00a0% ; elles sont ramenées à 100 %.")
    ]


def test_a_house_without_a_tariff_is_told():
    dossier = small(add("ticketing/une", **HOUSE | {"tariffs": []}))
    assert [f.code for f in ticket_findings(dossier)] == ["tickets.no_tariff"]
    assert rows(tariffs=[]) == [("tickets/une", 0)]
    assert ticket_findings(small(add("ticketing/une", **HOUSE | {"tariffs": [], "takings": "10"}))) == []


def test_our_own_tickets_are_an_income():
    assert rows() == [("tickets/une", Decimal("1723.80"))]
    assert rows(event=None, day="2026-11-05", vat_rate="0") == [("tickets/une", 1760)]


def test_a_date_sold_by_cession_is_not_ours_to_count():
    assert rows(event="event/dole-1") == []
    assert len(rows(set_("contract/dole", state="cancelled"), event="event/dole-1")) == 1
    assert len(rows(set_("contract/dole", type="rental"), event="event/dole-1")) == 1
    assert rows(set_("contract/dole", type="corealisation"), event="event/dole-1") == []


def test_a_cancelled_date_brings_nothing():
    assert rows(set_("event/premiere", option="cancelled")) == []
