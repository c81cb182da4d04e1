"""The hourly pay of an engagement: its pay per unit over the hours that unit pays, raised hours counted as raised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel import step as steps
from filage.kernel.money import ZERO
from filage.payroll.quantity import HOURS_PER_UNIT
from filage.worktime.premium_rules import Band, premiums

if TYPE_CHECKING:
    from filage.facts.team import Engagement
    from filage.kernel.step import Step

BY_TIME = ("hour", "service", "day")
"""Units that pay hours at the plain rate."""
INCLUSIVE = ("week", "month")
"""Units that pay a whole week or month, raised hours of the contract included."""
LEGAL_WEEK = Decimal(35)


@dataclass(frozen=True, slots=True)
class NoBase:
    """Why an engagement has no hourly pay."""

    needs: str


def contract_week(engagement: Engagement) -> Decimal:
    """Hours a week that a weekly or monthly pay covers: those of the engagement, else 35."""
    stated = engagement.hours if engagement.unit == "week" else None
    return stated or engagement.weekly_hours or LEGAL_WEEK


def hourly_base(
    engagement: Engagement, bands: Sequence[Band], day_hours: Step | None = None
) -> Step | NoBase:
    """Return the plain hourly pay in euros; a cachet or a package without hours has none.

    `bands` are the overtime rates a week above 35 h already pays (39 h: 35 + 4 × 1.25 = 40 hours of plain pay);
    `day_hours` the hours of plain pay that a day of a short engagement is worth.
    """
    pay = steps.given("Brut par unité", engagement.unit_pay, by=engagement.about)
    if engagement.unit == "day" and day_hours is not None:
        return steps.quotient("Taux horaire", pay, day_hours)
    if engagement.unit in BY_TIME:
        hours = engagement.hours or HOURS_PER_UNIT[engagement.unit]
        return steps.quotient("Taux horaire", pay, steps.given("Heures par unité", hours, unit="hours"))
    if engagement.unit in INCLUSIVE:
        return steps.quotient("Taux horaire", pay, _hours_of_unit(engagement, bands))
    if engagement.unit == "package" and engagement.hours:
        hours_step = steps.given("Heures du forfait", engagement.hours, unit="hours")
        return steps.quotient("Taux horaire", pay, hours_step)
    if engagement.unit == "package":
        return NoBase("les heures que paie le forfait")
    return NoBase("un taux horaire : un cachet n’en a pas, et n’ouvre pas d’heures supplémentaires")


def _hours_of_unit(engagement: Engagement, bands: Sequence[Band]) -> Step:
    week = contract_week(engagement)
    worth = equivalent_hours(week, bands)
    hours = steps.given(f"Heures payées par semaine ({week} h au contrat)", worth, unit="hours")
    if engagement.unit == "week":
        return hours
    return steps.product(
        "Heures payées par mois", hours, steps.given("52/12", Decimal(52) / 12, unit="ratio")
    )


def equivalent_hours(hours: Decimal, bands: Sequence[Band]) -> Decimal:
    """Return the hours of plain pay that `hours` are worth once each band is raised."""
    raised = sum((_inside(hours, band) * band.rate for band in bands), ZERO)
    return hours + raised


def day_value(engagement: Engagement, rule: str) -> Step | None:
    """Return the hours of plain pay that the contract day of a short engagement is worth; None without such a rule."""
    premium = next((one for one in premiums() if one.id == rule), None)
    if premium is None:
        return None
    stated = engagement.hours or HOURS_PER_UNIT["day"]
    hours = max(stated, premium.parameters["guaranteed_hours"])
    worth = equivalent_hours(hours, premium.parameters["bands"])
    return steps.law(f"Heures payées par jour ({hours} h au contrat)", worth, premium.source, unit="hours")


def _inside(hours: Decimal, band: Band) -> Decimal:
    top = hours if band.up_to is None else min(hours, band.up_to)
    return max(top - band.after, ZERO)
