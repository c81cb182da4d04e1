"""Other ways to engage somebody: the pay that gives a net or a budget, and ways compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.facts.people import Person
from filage.facts.reading import read_dossier
from filage.facts.team import Engagement, Position
from filage.kernel.changes import set_
from filage.kernel.errors import BadInput
from filage.law import load_law
from filage.payroll.alternatives import (
    Variant,
    compare_ways,
    cost_alone,
    entitlement_of,
    gross_for_cost,
    gross_for_net,
)
from filage.payroll.engagement import pay_costs
from filage.payroll.quantity import Calendar
from filage.payroll.ways import COST, GROSS, NET, paid_the_same, usual_ways

LAW = load_law()
CENT = Decimal("0.01")
DOSSIER = read_dossier(
    b"""\
schema: filage/1
employer: {id: fil, label: Le Fil, idcc: 1285, legal_form: company}
production: {id: petite, label: Petite forme, form: theatre}
people:
- {id: dana, given_name: Dana, family_name: Morel}
"""
)
WOYZECK = read_dossier((Path(__file__).parents[2] / "examples" / "woyzeck.filage.yaml").read_bytes())
WAYS = (
    ("artiste", "cachet", "2026-11-03", "2026-11-03", "1", True),
    ("artiste", "cachet", "2026-11-03", "2027-01-20", "14", True),
    ("artiste", "cachet", "2026-11-03", "2026-12-20", "9", False),
    ("artiste", "service", "2026-09-01", "2026-10-31", "40", True),
    ("technicien", "day", "2026-11-03", "2026-12-20", "12", True),
    ("technicien", "package", "2026-11-03", "2026-11-20", "1", True),
    ("permanent", "month", "2026-10-15", "2026-12-31", None, True),
)


def engaged(way: tuple, unit_pay: str | Decimal = "200", **more):
    status, unit, start, end, quantity, isolated = way
    position = Position(id="poste", label="Poste", status=status, cadre=more.pop("cadre", False))
    values = {"quantity": quantity} if quantity else {}
    engagement = Engagement(
        id="e", position="position/poste", person="person/dana", starts_on=start, ends_on=end, unit=unit,
        unit_pay=str(unit_pay), isolated=isolated, **values, **more,
    )  # fmt: skip
    return DOSSIER.with_facts([position, engagement]), engagement


def at(dossier, engagement, pay):
    return cost_alone(dossier, engagement.model_copy(update={"unit_pay": pay}), LAW)


ANY_PAY = st.decimals("20", "6000", places=2)


def test_costs_an_engagement_as_the_whole_team_does() -> None:
    whole = {cost.about: cost for cost in pay_costs(WOYZECK, LAW, {}, Calendar(WOYZECK)) if cost.person}
    for engagement in WOYZECK.all(Engagement):
        alone = cost_alone(WOYZECK, engagement, LAW)
        together = whole[engagement.about]
        assert (alone.quantity, alone.gross.value, alone.net, alone.employer_cost.value) == (
            together.quantity,
            together.gross.value,
            together.net,
            together.employer_cost.value,
        )


@settings(max_examples=25)
@given(st.sampled_from(WAYS), ANY_PAY)
def test_a_net_that_exists_is_reached_by_a_pay_no_higher(way, pay) -> None:
    dossier, engagement = engaged(way)
    target = at(dossier, engagement, pay).net
    found = gross_for_net(dossier, engagement, target, LAW)
    assert found.exact
    assert found.cost.net == target
    assert found.unit_pay <= pay
    assert all(at(dossier, engagement, other).net == target for other in found.others)


@settings(max_examples=25)
@given(st.sampled_from(WAYS), ANY_PAY)
def test_a_cost_that_exists_is_reached_by_a_pay_no_higher(way, pay) -> None:
    dossier, engagement = engaged(way)
    target = at(dossier, engagement, pay).employer_cost.value
    found = gross_for_cost(dossier, engagement, target, LAW)
    assert found.exact
    assert found.cost.employer_cost.value == target
    assert found.unit_pay <= pay


@settings(max_examples=25)
@given(st.sampled_from(WAYS), st.decimals("50", "20000", places=2))
def test_a_net_no_pay_gives_lies_between_two_neighbours_a_cent_apart(way, target) -> None:
    dossier, engagement = engaged(way)
    found = gross_for_net(dossier, engagement, target, LAW)
    if found.exact:
        return
    below, above = found.neighbours
    assert below.net < target < above.net
    assert above.unit_pay == found.unit_pay
    assert at(dossier, engagement, above.unit_pay).net == above.net


@settings(max_examples=25)
@given(st.sampled_from(WAYS), st.decimals("50", "20000", places=2))
def test_a_budget_no_pay_spends_exactly_is_not_exceeded(way, target) -> None:
    dossier, engagement = engaged(way)
    found = gross_for_cost(dossier, engagement, target, LAW)
    if found.exact:
        return
    below, above = found.neighbours
    assert below.employer_cost < target < above.employer_cost
    assert (found.unit_pay, above.unit_pay) == (below.unit_pay, below.unit_pay + CENT)


@settings(max_examples=20)
@given(st.sampled_from(WAYS), ANY_PAY)
def test_raising_the_pay_never_lowers_the_cost(way, pay) -> None:
    dossier, engagement = engaged(way)
    more = at(dossier, engagement, pay + CENT).employer_cost.value
    assert more >= at(dossier, engagement, pay).employer_cost.value


def test_a_net_that_falls_at_a_threshold_lists_the_higher_pays_that_leave_it_too() -> None:
    dossier, engagement = engaged(("permanent", "month", "2026-11-01", "2026-11-30", None, True), "4005")
    target = cost_alone(dossier, engagement, LAW).net
    found = gross_for_net(dossier, engagement, target, LAW)
    nets = {pay: at(dossier, engagement, pay).net for pay in found.others}
    assert found.unit_pay <= Decimal(4005)
    assert any(pay > 4005 for pay in found.others)
    assert set(nets.values()) == {target}


def test_refuses_a_target_that_is_not_one_or_cannot_be_reached() -> None:
    dossier, engagement = engaged(WAYS[0])
    with pytest.raises(BadInput, match="doit être positif"):
        gross_for_net(dossier, engagement, Decimal(0), LAW)
    with pytest.raises(BadInput, match="dépasse"):
        gross_for_cost(dossier, engagement, Decimal(10_000_000), LAW)
    with pytest.raises(BadInput, match="choisissez un emploi"):
        cost_alone(DOSSIER, engagement, LAW)


def test_refuses_to_search_for_an_engagement_that_pays_nothing() -> None:
    dossier, engagement = engaged(("artiste", "cachet", "2026-11-03", "2026-11-05", None, True))
    with pytest.raises(BadInput, match="Aucune quantité"):
        gross_for_net(dossier, engagement, Decimal(500), LAW)


# --- compared ----------------------------------------------------------------------------------------------------


def test_two_ways_differ_by_the_sum_of_their_lines() -> None:
    dossier, engagement = engaged(WAYS[1])
    comparison = compare_ways(dossier, engagement, usual_ways(dossier, engagement, LAW), LAW)
    first = comparison.ways[0].cost
    for place, way in enumerate(comparison.ways[1:]):
        employer = sum(line.differences[place] for line in comparison.lines if line.payer == "employer")
        employee = sum(line.differences[place] for line in comparison.lines if line.payer == "employee")
        gross = way.cost.gross.value - first.gross.value
        assert gross + employer == way.cost.employer_cost.value - first.employer_cost.value
        assert gross - employee == way.cost.net - first.net


def test_proposes_the_ways_that_make_sense_for_each() -> None:
    keys = {}
    for way in (WAYS[1], WAYS[4], WAYS[5], WAYS[6]):
        dossier, engagement = engaged(way)
        keys[way[:2]] = [variant.key for variant in usual_ways(dossier, engagement, LAW)]
    assert keys == {
        ("artiste", "cachet"): ["grouped", "month", "technicien", "permanent", "dfs"],
        ("technicien", "day"): ["package", "hour", "artiste", "permanent", "dfs"],
        ("technicien", "package"): ["permanent", "dfs"],
        ("permanent", "month"): ["dfs"],
    }


@pytest.mark.parametrize("equal", [GROSS, NET, COST])
def test_each_usual_way_keeps_what_it_is_asked_to_keep(equal) -> None:
    dossier, engagement = engaged(WAYS[1])
    here = cost_alone(dossier, engagement, LAW)
    read = {GROSS: lambda c: c.gross.value, NET: lambda c: c.net, COST: lambda c: c.employer_cost.value}[
        equal
    ]
    variants = [
        paid_the_same(dossier, engagement, v, LAW, equal) for v in usual_ways(dossier, engagement, LAW)
    ]
    for way in compare_ways(dossier, engagement, variants, LAW).ways[1:]:
        # a cent of pay per unit is as many cents as there are units, and more once charged
        assert abs(read(way.cost) - read(here)) <= way.cost.quantity * CENT * 2


def test_another_status_leaves_the_position_of_the_others_alone() -> None:
    dossier, engagement = engaged(WAYS[1])
    alone = usual_ways(dossier, engagement, LAW)
    technician = next(variant for variant in alone if variant.key == "technicien")
    assert [change.about for change in technician.changes] == ["position/poste", "engagement/e"]
    sister = engagement.model_copy(update={"id": "f", "person": "person/ines"})
    shared = dossier.with_facts([sister, Person(id="ines", given_name="Inès", family_name="Caradec")])
    technician = next(v for v in usual_ways(shared, engagement, LAW) if v.key == "technicien")
    assert [change.about for change in technician.changes] == ["position/poste-technicien", "engagement/e"]
    way = compare_ways(shared, engagement, [technician], LAW).ways[1]
    assert (way.dossier.get("position/poste").status, way.position.status) == ("artiste", "technicien")


def test_a_way_that_cannot_be_says_why_and_hides_no_other() -> None:
    dossier, engagement = engaged(WAYS[1])
    wrong = Variant("x", "Impossible", (set_("engagement/e", unit="lustre"),))
    backwards = Variant("y", "À l’envers", (set_("engagement/e", ends_on="2026-10-01"),))
    good = Variant("z", "Groupés", (set_("engagement/e", isolated="false"),))
    _here, one, two, three = compare_ways(dossier, engagement, [wrong, backwards, good], LAW).ways
    assert one.cost is None
    assert "lustre" in one.refusals[0]
    assert "avant de commencer" in two.refusals[0]
    assert three.refusals == ()
    assert three.cost.employer_cost.value > 0


def test_the_holiday_fund_is_paid_for_an_artist_and_not_for_a_permanent() -> None:
    dossier, engagement = engaged(WAYS[1])
    variants = [v for v in usual_ways(dossier, engagement, LAW) if v.key == "permanent"]
    here, permanent = compare_ways(dossier, engagement, variants, LAW).ways
    assert here.paid_leave == Decimal("434.00")
    assert permanent.paid_leave is None


def test_the_hours_towards_unemployment_rights_are_those_of_the_way_alone() -> None:
    dossier, engagement = engaged(WAYS[2])
    other = engagement.model_copy(update={"id": "other", "quantity": Decimal(5)})
    variants = [v for v in usual_ways(dossier, engagement, LAW) if v.key in ("technicien", "permanent")]
    ways = compare_ways(dossier.with_facts([other]), engagement, variants, LAW).ways
    assert [entitlement_of(way, LAW).total.value for way in ways] == [9 * 12, 9 * 8, 0]


def test_the_pay_found_is_the_lowest_of_all_where_roundings_make_net_go_back() -> None:
    dossier, engagement = engaged(WAYS[0])
    nets = {
        pay: at(dossier, engagement, pay).net for pay in (Decimal(200) + CENT * k for k in range(-60, 60))
    }
    lowest: dict[Decimal, Decimal] = {}
    for pay, net in sorted(nets.items()):
        lowest.setdefault(net, pay)
    assert len(lowest) < len(nets)
    asked = [net for net, pay in lowest.items() if abs(pay - 200) <= CENT * 40]
    assert {net: gross_for_net(dossier, engagement, net, LAW).unit_pay for net in asked} == {
        net: lowest[net] for net in asked
    }


def test_monthly_pay_of_the_same_gross_is_that_gross_when_a_month_is_cut() -> None:
    dossier, engagement = engaged(WAYS[1])
    cut = engagement.model_copy(
        update={"starts_on": date(2026, 10, 31), "ends_on": date(2026, 12, 6), "unit_pay": Decimal(160)}
    )
    month = next(variant for variant in usual_ways(dossier, cut, LAW) if variant.key == "month")
    (way,) = compare_ways(dossier, cut, [paid_the_same(dossier, cut, month, LAW, GROSS)], LAW).ways[1:]
    assert abs(way.cost.gross.value - cost_alone(dossier, cut, LAW).gross.value) <= CENT
