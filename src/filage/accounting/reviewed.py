"""What accounting reads of a review: the dossier, its budget, its pay and its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from filage.budget.lines import Budget
    from filage.facts.dossier import Dossier
    from filage.funding.plan import Plan
    from filage.logistics.travel import TravelCost
    from filage.payroll.engagement import PayCost


class Reviewed(Protocol):
    """An outcome, seen from below the review that makes it."""

    @property
    def dossier(self) -> Dossier:
        """The facts reviewed."""

    @property
    def budget(self) -> Budget:
        """Their lines."""

    @property
    def costs(self) -> tuple[PayCost, ...]:
        """The pay of engagements and of positions to fill."""

    @property
    def travel(self) -> tuple[TravelCost, ...]:
        """Journeys, nights, meals and freight."""

    @property
    def plan(self) -> Plan:
        """The financing plan."""
