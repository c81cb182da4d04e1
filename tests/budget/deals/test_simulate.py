"""Every way of selling the same dates, on figures worked by hand."""

from decimal import Decimal

import pytest

from filage.budget.deals.offer import offer_of
from filage.budget.deals.simulate import POINTS, curve_of, result_at, simulate
from filage.facts.deal import Deal
from filage.kernel import step as steps
from filage.kernel.changes import add, set_
from filage.kernel.step import recompute
from filage.law import load_law
from support.dossiers import TODAY, reviewed, small

LAW = load_law()
HOUSE = {
    "label": "Écluse", "performances": 2, "capacity": 200, "fill": "0.6", "average_price": "21.10", "vat_rate": "0.055",
    "rights_rate": "0.12", "tax_rate": "0.035", "date_cost": "1000", "travel": "300",
}  # fmt: skip
# one evening: 2400 without VAT, 288 of rights, 84 of tax, 2028 left; two dates cost 2300


def worked(type_, *, given=None, travel=None, changes=(), without=(), **values):
    written = {key: value for key, value in (HOUSE | {"type": type_} | values).items() if key not in without}
    dossier = small(add("deal/une", **written), *changes)
    deal = dossier.find("deal/une", Deal)
    return simulate(offer_of(deal, dossier, LAW, TODAY, given, travel))


def shown(found):
    return tuple(
        None if step is None else step.value for step in (found.income, found.venue, found.vat, found.result)
    )


@pytest.mark.parametrize(
    ("type_", "values", "expected"),
    [
        # 2 × 1500; the venue keeps 2400 − 288 − 84 − 1500 an evening; 5.5 % of 3000
        ("cession", {"fee": "1500"}, ("3000", "1056", "165", "700")),
        # the price is the better base of rights: 360 instead of 288, and the venue is 1056 under
        ("cession", {"fee": "3000"}, ("6000", "-2088", "330", "3700")),
        ("corealisation", {"producer_share": "0.6"}, ("2433.60", "1622.40", "133.84", "133.60")),
        ("corealisation", {"producer_share": "0.6", "producer_minimum": "1500"}, ("3000", "1056", "165", "700")),
        # 60 % of 2400; the venue pays rights and tax from its 960
        ("box_office", {"producer_share": "0.6"}, ("2880", "1176", "158.40", "580")),
        ("rental", {"rental": "700"}, ("4056", "1400", "264", "356")),
        ("promotion", {"producer_share": "0.8", "promotion": "500"}, ("3244.80", "811.20", "264", "444.80")),
        ("coproduction", {"producer_share": "0.5", "contribution": "4000"}, ("6028", "2028", "111.54", "3728")),
    ],
)  # fmt: skip
def test_each_nature_shares_the_same_house(type_, values, expected):
    found = worked(type_, **values)
    assert shown(found) == tuple(map(Decimal, expected))
    assert found.per_date == Decimal(expected[3]) / 2
    steps_shown = [found.income, found.venue, found.vat, found.cost, found.result]
    assert all(recompute(step) == step.value for step in steps_shown)


def test_a_cession_does_not_depend_on_the_audience():
    found = worked("cession", fee="1500")
    assert (found.break_even, {risk for _, risk in found.risks}) == (0, {Decimal(700)})
    assert worked("cession", fee="1100").break_even is None


def test_the_break_even_counts_travel_over_all_the_dates():
    # 2 × 10.14 a ticket against 2300: 114 tickets an evening
    found = worked("corealisation", producer_share="0.6")
    assert (found.break_even, found.break_even_fill) == (114, Decimal("0.5700"))


def test_a_risk_is_told_at_four_fills():
    found = worked("corealisation", producer_share="0.6")
    assert [(str(fill), result) for fill, result in found.risks] == [
        ("0.3", Decimal("-1083.20")), ("0.5", Decimal("-272.00")), ("0.7", Decimal("539.20")),
        ("0.9", Decimal("1350.40")),
    ]  # fmt: skip


def test_two_minima_that_cannot_both_be_kept_say_so_and_keep_the_risks():
    found = worked("corealisation", producer_share="0.6", producer_minimum="1500", venue_minimum="1000")
    assert (found.result, found.evening) == (None, None)
    assert "minimums garantis" in found.refused
    assert [result for _, result in found.risks] == [None, None, None, Decimal("1350.40")]
    assert found.break_even == 148


def test_the_curve_goes_from_an_empty_to_a_full_house():
    dossier = small(add("deal/une", **HOUSE | {"type": "rental", "rental": "700"}))
    offer = offer_of(dossier.find("deal/une", Deal), dossier, LAW, TODAY, None)
    curve = curve_of(offer)
    assert len(curve) == POINTS + 1
    assert (curve[0], curve[-1]) == ((0, Decimal(-3700)), (1, result_at(offer, Decimal(1))))


def test_what_is_not_typed_comes_from_the_dossier():
    given = reviewed().price_input
    dossier = small(
        add("deal/une", label="Écluse", type="corealisation", events=["event/dole-1", "event/dole-2"]),
        add("ticketing/dole", label="Dole", event="event/dole-1", capacity=150, tariffs=[
            {"label": "plein", "price": "18", "share": "0.5"}, {"label": "réduit", "price": "12", "share": "0.5"},
        ]),
    )  # fmt: skip
    offer = offer_of(dossier.find("deal/une", Deal), dossier, LAW, TODAY, given, steps.given("VHR", 352))
    assert (offer.dates, offer.capacity, offer.terms.average_price.value) == (2, 150, 15)
    assert offer.terms.vat_rate.value == Decimal("0.021")
    assert offer.missing == ()
    costs = {cost.label: cost.value for cost in offer.costs}
    assert costs == {
        "Coût plateau": 2 * given.plateau_cost.value,
        "Montage": given.setup_cost.value,
        "Voyages, hébergement, repas": 352,
    }
    assert offer.floor.value == given.plateau_cost.value + (given.setup_cost.value / 2).quantize(
        Decimal("0.01")
    )


def test_what_nothing_says_is_listed():
    dossier = small(add("deal/une", label="x", type="corealisation"))
    offer = offer_of(dossier.find("deal/une", Deal), dossier, LAW, TODAY, None)
    assert offer.missing == ("la jauge", "le prix moyen du billet", "le coût d’une date")
    for type_, lack in (("cession", "le prix de cession"), ("rental", "le loyer")):
        dossier = small(add("deal/une", label="x", type=type_, capacity=10, average_price="1", date_cost="1"))
        assert offer_of(dossier.find("deal/une", Deal), dossier, LAW, TODAY, None).missing == (lack,)


def test_a_date_under_its_floor_and_the_costs_that_are_ours_is_seen():
    assert worked("cession", fee="900", without=("travel",)).above_floor == -100
    # 300 of travel and 100 of promotion over two dates
    assert worked("corealisation", producer_share="0.6", promotion="100").above_floor == Decimal("16.80")


def travelling(type_, *changes, without=("rights_rate", "tax_rate"), **values):
    """The two dates at Dole, whose 296 € of travel the dossier knows."""
    values = {"fee": "1500", "events": ["event/dole-1", "event/dole-2"]} | values
    vhr = steps.given("VHR", 296)
    return worked(type_, travel=vhr, changes=changes, without=("travel", *without), **values)


def test_the_buyer_of_a_cession_pays_rights_tax_and_travel_back():
    found = travelling("cession")
    # the usual rates: 10.5 % of the 2400, more than the price, and 3.5 %; then 1500 an evening and 296 for both
    assert found.venue.value == 2 * (2400 - 252 - 84 - 1500) - 296
    assert found.vat.value == Decimal("181.28")  # 5.5 % of 3296
    assert (found.result.value, found.above_floor) == (1000, 500)
    assert all(recompute(step) == step.value for step in (found.venue, found.vat))


def test_travel_is_ours_when_the_cession_already_written_does_not_bill_it():
    found = travelling("cession", set_("contract/dole", bills_travel=False))
    assert (found.offer.rebilled, found.result.value, found.above_floor) == (None, 704, 352)
    assert found.venue.value == 2 * (2400 - 252 - 84 - 1500)


def test_travel_is_ours_whatever_the_contract_when_the_audience_pays():
    found = travelling("corealisation", without=(), producer_share="0.6")
    assert (found.offer.rebilled, found.result.value) == (None, Decimal("2433.60") - 2000 - 296)


def test_a_cancelled_date_is_not_sold():
    dossier = small(
        set_("event/dole-1", option="cancelled"),
        add("deal/une", **HOUSE | {"type": "cession", "events": ["event/dole-1", "event/dole-2"]}),
    )
    assert offer_of(dossier.find("deal/une", Deal), dossier, LAW, TODAY, None).dates == 1
