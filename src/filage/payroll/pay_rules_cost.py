"""What premiums cost the employer: each month's slip once more, with what is due added to its gross.

The reductions that the law gives to overtime alone are not computed: the cost is an upper bound, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from filage.kernel import step as steps
from filage.kernel.errors import FilageError
from filage.kernel.finding import Finding, Remedy
from filage.kernel.interval import month_key
from filage.kernel.money import ONE, ZERO
from filage.payroll.pay_rules import premium_findings
from filage.payroll.slip import cost_slip

if TYPE_CHECKING:
    from filage.kernel.step import Step
    from filage.law import Law
    from filage.payroll.engagement import MonthlySlip, PayCost
    from filage.payroll.pay_rules import PremiumLine, PremiumPay

PAY_LABEL = (
    "Payer ces majorations (coût employeur estimé, hors réductions propres aux heures supplémentaires)"
)
REPAY_LABEL = "Verser ces indemnités"


def premium_cost(lines: Iterable[PremiumLine], cost: PayCost, law: Law) -> Step | None:
    """Return what sums due would add to the employer's cost of an engagement, in euros; None where no slip holds them.

    Gross pay goes through the slip of its month, hours owed whole added to those paid; an allowance costs what it is.
    """
    by_month: dict[str, list[PremiumLine]] = {}
    parts: list[Step] = []
    for line in lines:
        if line.is_pay:
            by_month.setdefault(month_key(line.on), []).append(line)
        else:
            parts.append(line.amount)
    slips = {slip.month: slip for slip in cost.slips}
    for month, mine in sorted(by_month.items()):
        if month not in slips:
            return None
        more = _more(slips[month], mine, law)
        if more is None:
            return None
        parts.append(more)
    return steps.total("Coût des majorations", parts)


def _more(monthly: MonthlySlip, lines: Iterable[PremiumLine], law: Law) -> Step | None:
    slip, extra, hours = monthly.slip, ZERO, ZERO
    for line in lines:
        extra += line.amount.value
        hours += line.quantity if line.unit == "hours" and line.rate >= ONE else ZERO
    paid = slip.presence.hours
    presence = slip.presence if paid is None else replace(slip.presence, hours=paid + hours)
    try:
        raised = cost_slip(slip.terms, slip.gross.value + extra, presence, law)
    except FilageError:
        return None
    return steps.difference(
        f"Bulletin de {monthly.month}, avec et sans", raised.employer_cost, slip.employer_cost
    )


def costed_findings(due: Mapping[str, PremiumPay], costs: Iterable[PayCost], law: Law) -> list[Finding]:
    """Tell what is due, and what paying it would cost the employer where the slip of the month is known."""
    by_engagement = {cost.about: cost for cost in costs}
    found: list[Finding] = []
    for about, pay in due.items():
        for finding in premium_findings([pay]):
            lines = [line for line in pay.lines if line.rule == finding.subject]
            cost = by_engagement.get(about)
            price = premium_cost(lines, cost, law) if cost else None
            label = PAY_LABEL if any(line.is_pay for line in lines) else REPAY_LABEL
            remedy = Remedy(label, steps.rounded(price).value if price else None)
            found.append(replace(finding, remedies=(remedy,)))
    return found
