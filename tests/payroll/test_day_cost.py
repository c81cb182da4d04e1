"""One more day of a person, weighed for a schedule."""

from __future__ import annotations

from decimal import Decimal

from filage.kernel.changes import set_
from filage.payroll.day_cost import day_costs
from filage.payroll.engagement import PayCost
from support.dossiers import reviewed


def _costs(unit: str) -> list[PayCost]:
    """What the small production's engagement of Élie costs, paid by this unit."""
    outcome = reviewed(set_("engagement/elie", unit=unit, unit_pay="200", hours="35"))
    return [cost for cost in outcome.costs if cost.about == "engagement/elie"]


def _a_unit(cost: PayCost) -> Decimal:
    return cost.employer_cost.value / cost.quantity


def test_a_day_costs_the_units_of_pay_it_holds() -> None:
    for unit, units in (("day", 1), ("service", 2), ("hour", 8)):
        [cost] = _costs(unit)
        assert day_costs([cost]) == {"person/elie": (_a_unit(cost) * units).quantize(Decimal("0.01"))}


def test_a_package_costs_nothing_more_for_one_more_day() -> None:
    assert day_costs(_costs("package")) == {}


def test_the_dearest_engagement_counts_and_positions_nobody_holds_do_not() -> None:
    day, hour = _costs("day")[0], _costs("hour")[0]
    unfilled = [cost for cost in reviewed().costs if cost.person is None]
    assert day_costs([day, hour, *unfilled]) == day_costs([hour])
