"""The Social Security ceiling of a pay slip."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel import step as steps
from filage.payroll.terms import ARTISTS, PERMANENTS, Terms

if TYPE_CHECKING:
    from filage.kernel.step import Step
    from filage.law import Law

SHORT_ENGAGEMENT_DAYS = 5
HOURS_OF_A_DAY = 12
DAYS_OF_A_MONTH = 30
FULL_TIME_WEEK = Decimal(35)
FULL_MONTH_HOURS = Decimal(1820) / 12
ROUNDED_HOURS = Decimal("0.1")
"""How far below full time the hours typed may be for a rounding of it: 151.6 is a full month."""


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
    its day; anyone else a share of the monthly ceiling by calendar days over 30 (CSS R242-2), a full month all of it; a
    permanent on part time, the share of 35 hours that the contract has.
    """
    if terms.status in ARTISTS and is_short_engagement(presence):
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
    shares = [
        share for share in (_share_of_month(presence), _part_time(terms, presence)) if share is not None
    ]
    if not shares:
        return month
    label = "plafond du mois incomplet" if not presence.is_full_month else "plafond du temps partiel"
    return steps.rounded(steps.product(label, month, *shares), "ceiling2")


def _share_of_month(presence: Presence) -> Step | None:
    if presence.is_full_month:
        return None
    return steps.quotient(
        "part du mois",
        steps.given("jours du contrat", presence.days or 0, unit="jours"),
        steps.given("jours du mois", DAYS_OF_A_MONTH, unit="jours"),
        unit="ratio",
    )


def _part_time(terms: Terms, presence: Presence) -> Step | None:
    """A permanent's hours over those of full time, when they are fewer (CSS R242-2, last paragraph of I)."""
    if terms.status not in PERMANENTS:
        return None
    if presence.weekly_hours is not None:
        hours, whole, unit = presence.weekly_hours, FULL_TIME_WEEK, "heures par semaine"
    elif presence.is_full_month and presence.hours is not None:
        hours, whole, unit = presence.hours, FULL_MONTH_HOURS, "heures du mois"
    else:
        return None
    if hours > whole - ROUNDED_HOURS:
        return None
    return steps.quotient(
        "temps partiel", steps.given(unit, hours, unit="hours"), steps.given("temps plein", whole, unit="hours"),
        unit="ratio",
    )  # fmt: skip


def is_short_engagement(presence: Presence) -> bool:
    """Whether an artist is hired for less than five days in a row."""
    return presence.isolated or (presence.days is not None and presence.days < SHORT_ENGAGEMENT_DAYS)
