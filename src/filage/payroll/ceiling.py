"""The Social Security ceiling of a pay slip."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel import step as steps
from filage.payroll.terms import ARTISTE, Terms

if TYPE_CHECKING:
    from filage.kernel.step import Step
    from filage.law import Law

SHORT_ENGAGEMENT_DAYS = 5
HOURS_OF_A_DAY = 12
DAYS_OF_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class Presence:
    """How much of a month a slip covers: calendar days of contract (None: the full month), cachets, paid hours.

    `weekly_hours` is the contract's week, None for full time (35 hours).
    """

    days: int | None = None
    cachets: Decimal | None = None
    hours: Decimal | None = None
    isolated: bool = False
    weekly_hours: Decimal | None = None

    @property
    def is_full_month(self) -> bool:
        """Whether the month is whole."""
        return self.days is None or self.days >= DAYS_OF_A_MONTH


def ceiling(terms: Terms, presence: Presence, law: Law) -> Step:
    """Return the ceiling in euros.

    An artist hired for less than five days in a row has 12 hourly ceilings a day worked, each isolated cachet bringing
    its day; anyone else a share of the monthly ceiling by calendar days over 30 (CSS R242-2), a full month all of it.
    """
    if terms.status == ARTISTE and is_short_engagement(presence):
        days = (
            presence.cachets
            if presence.isolated and presence.cachets is not None
            else Decimal(presence.days or 0)
        )
        return steps.product(
            "plafond des engagements de moins de 5 jours",
            steps.given("jours", days, unit="jours"),
            steps.given("heures par jour", HOURS_OF_A_DAY, unit="heures"),
            law["paie.phss"].forecast(terms.day),
        )
    month = law["paie.pmss"].forecast(terms.day)
    if presence.is_full_month:
        return month
    share = steps.quotient(
        "part du mois",
        steps.given("jours du contrat", presence.days or 0, unit="jours"),
        steps.given("jours du mois", DAYS_OF_A_MONTH, unit="jours"),
        unit="ratio",
    )
    return steps.rounded(steps.product("plafond du mois incomplet", month, share), "ceiling2")


def is_short_engagement(presence: Presence) -> bool:
    """Whether an artist is hired for less than five days in a row."""
    return presence.isolated or (presence.days is not None and presence.days < SHORT_ENGAGEMENT_DAYS)
