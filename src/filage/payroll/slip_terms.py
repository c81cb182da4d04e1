"""The terms and the presence of a slip, from the structure, the position and the engagement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel.money import ONE, ZERO
from filage.payroll.ceiling import Presence
from filage.payroll.quantity import HOURS_PER_UNIT, MonthUnits
from filage.payroll.terms import ARTISTE, ARTISTS, PERMANENT, Terms, default_paid_leave_fund

if TYPE_CHECKING:
    from filage.facts.employer import Employer
    from filage.facts.team import Engagement, Position

THREE_MONTHS = 92
WEEKS_OF_A_YEAR, MONTHS_OF_A_YEAR = 52, 12


def terms_of(employer: Employer, position: Position, engagement: Engagement | None, day: date) -> Terms:
    """The terms of a slip, from the structure, the position and the engagement."""
    return Terms(
        status=position.status,
        day=day,
        cadre=position.cadre,
        idcc=employer.idcc or "",
        headcount=employer.headcount,
        association=employer.legal_form == "association",
        short_contract=_owes_short_surcharge(employer, engagement),
        paid_leave_fund=default_paid_leave_fund(position.status),
        at_rate=engagement.at_rate if engagement else None,
        health=employer.health_monthly if position.status == PERMANENT else None,
        dfs=engagement is not None and has_dfs(engagement),
        job_group=position.job_group or "",
        contract_type=(engagement.contract_type or "") if engagement else "",
        salary_tax_share=salary_tax_share(employer),
    )


def has_dfs(engagement: Engagement) -> bool:
    """Whether the deduction for expenses applies: asked for, and the day of the employee's agreement is known."""
    return engagement.dfs and engagement.dfs_agreed_on is not None


def salary_tax_share(employer: Employer) -> Decimal:
    """The share of pay under the tax on salaries: the structure's, else all of it outside VAT, none under VAT."""
    if employer.salary_tax_share is not None:
        return employer.salary_tax_share
    return ONE if employer.vat_regime == "exempt" else ZERO


def _owes_short_surcharge(employer: Employer, engagement: Engagement | None) -> bool:
    """The unemployment surcharge is for CDD d’usage of three months at most, unless the structure says it owes none."""
    if employer.short_contract_surcharge == 0:
        return False
    if engagement is None:
        return True
    days = (engagement.ends_on - engagement.starts_on).days + 1
    return days <= THREE_MONTHS and engagement.contract_type in (None, "cddu")


def presence_in(
    month: MonthUnits, engagement: Engagement | None, unit: str, status: str, hours: Decimal | None
) -> Presence:
    """How much of the month a slip covers, for its ceiling and its reductions."""
    is_cachet = status in ARTISTS and unit == "cachet"
    weekly = engagement.weekly_hours if engagement else None
    each = _hours_per_unit(unit, status, hours, weekly)
    counted = each is not None and status != ARTISTE and not is_cachet
    return Presence(
        days=month.days,
        cachets=month.units if is_cachet else None,
        hours=each * month.units if each is not None and counted else None,
        isolated=is_cachet and (engagement is None or engagement.isolated),
        weekly_hours=weekly if status == PERMANENT else None,
    )


def _hours_per_unit(unit: str, status: str, hours: Decimal | None, weekly: Decimal | None) -> Decimal | None:
    """The paid hours of a unit: as said, those of a part-time contract, else the usual ones; None for a full month."""
    if hours is not None:
        return hours
    if weekly is not None and unit in ("week", "month"):
        return weekly if unit == "week" else weekly * WEEKS_OF_A_YEAR / MONTHS_OF_A_YEAR
    return None if status == PERMANENT else HOURS_PER_UNIT.get(unit)
