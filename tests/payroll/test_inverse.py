"""From a net wanted or an employer's budget back to gross."""

from decimal import Decimal

import pytest
from hypothesis import given, settings

from filage.kernel.errors import BadInput
from filage.payroll.ceiling import Presence
from filage.payroll.inverse import lowest_gross
from filage.payroll.slip import cost_slip, thresholds
from payroll.samples import ANY_GROSS, ANY_TERMS, LAW, presence_for, terms

CENT = Decimal("0.01")
CADRE = terms("permanent", cadre=True, at_rate=Decimal("0.012"), health=Decimal(30))
MONTH = Presence()


def from_net(target, of, presence):
    return lowest_gross(
        Decimal(target),
        lambda gross: cost_slip(of, gross, presence, LAW),
        lambda slip: slip.totals.net_before_tax,
        thresholds(of, presence, LAW),
    )


def from_cost(target, of, presence):
    return lowest_gross(
        Decimal(target),
        lambda gross: cost_slip(of, gross, presence, LAW),
        lambda slip: slip.totals.employer_cost,
    )


def net(gross, of=CADRE, presence=MONTH):
    return cost_slip(of, Decimal(gross), presence, LAW).totals.net_before_tax


@settings(max_examples=15)
@given(ANY_TERMS, ANY_GROSS)
def test_a_net_that_exists_is_reached_by_a_gross_no_higher(of, gross):
    presence = presence_for(of)
    target = cost_slip(of, gross, presence, LAW).totals.net_before_tax
    if target <= 0:
        return
    found = from_net(target, of, presence)
    assert found.exact
    assert found.slip.totals.net_before_tax == target
    assert found.slip.gross.value <= gross


@settings(max_examples=15)
@given(ANY_TERMS, ANY_GROSS)
def test_a_cost_that_exists_is_reached_by_a_gross_no_higher(of, gross):
    presence = presence_for(of)
    target = cost_slip(of, gross, presence, LAW).totals.employer_cost
    found = from_cost(target, of, presence)
    assert found.exact
    assert found.slip.totals.employer_cost == target
    assert found.slip.gross.value <= gross


def test_no_lower_gross_reaches_the_net_found():
    found = from_net("154.88", terms(), presence_for(terms()))
    gross = found.slip.gross.value
    assert (found.exact, gross <= 200) == (True, True)
    lower = [gross - CENT * cents for cents in range(1, 1000)]
    assert not [g for g in lower if net(g, terms(), presence_for(terms())) == Decimal("154.88")]


def test_the_net_falls_at_the_named_threshold_and_both_sides_are_listed():
    [limit] = thresholds(CADRE, MONTH, LAW)
    assert limit == 4005
    assert net(limit + CENT) < net(limit) - 5
    target = net(limit)
    found = from_net(target, CADRE, MONTH)
    assert found.exact
    assert found.slip.gross.value <= limit
    assert [other for other in found.others if other > limit]
    assert {net(other) for other in found.others} == {target}


def test_an_unreachable_cost_gives_its_two_neighbours():
    [limit] = thresholds(CADRE, MONTH, LAW)
    below = cost_slip(CADRE, limit, MONTH, LAW)
    above = cost_slip(CADRE, limit + CENT, MONTH, LAW)
    target = below.totals.employer_cost + 4
    assert below.totals.employer_cost < target < above.totals.employer_cost
    found = from_cost(target, CADRE, MONTH)
    assert (found.exact, [slip.gross.value for slip in found.neighbours]) == (False, [limit, limit + CENT])
    assert found.slip.gross.value == limit + CENT


@pytest.mark.parametrize("target", ["0", "-5"])
def test_refuses_a_target_that_is_not_positive(target):
    with pytest.raises(BadInput, match="positif"):
        from_net(target, CADRE, MONTH)


def test_refuses_a_target_out_of_reach():
    with pytest.raises(BadInput, match="aucun brut"):
        from_net("5000000", CADRE, MONTH)
