"""What one more day of a person costs: the weight a schedule gives to keeping them waiting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel.money import ZERO, round_half_up

if TYPE_CHECKING:
    from filage.payroll.engagement import PayCost

UNITS_A_DAY: Mapping[str, Decimal] = {
    "cachet": Decimal(1),
    "day": Decimal(1),
    "service": Decimal(2),
    "hour": Decimal(8),
    "week": Decimal("0.2"),
    "month": Decimal(12) / Decimal(260),
}
"""Units of pay in a day of work; a package costs nothing more for one more day."""


def day_costs(costs: Iterable[PayCost]) -> dict[str, Decimal]:
    """Return the employer cost of one more day of each person engaged, in euros to the cent: their dearest engagement.

    An estimate: the mean cost of a unit, contributions as they are on the units known today.
    """
    found: dict[str, Decimal] = {}
    for cost in costs:
        a_day = UNITS_A_DAY.get(cost.unit)
        if cost.person is None or a_day is None or not cost.quantity:
            continue
        value = round_half_up(cost.employer_cost.value / cost.quantity * a_day)
        found[cost.person] = max(found.get(cost.person, ZERO), value)
    return found
