"""Areas that speak only of some facts: each is loaded when a dossier holds one of them, and costs nothing otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.budget import LineDetail
from filage.facts.campaign import Campaign
from filage.facts.contract import Right
from filage.facts.deal import Approach, Deal, Ticketing
from filage.facts.funding import Funding
from filage.facts.recoupment import Corridor
from filage.facts.spending import Commitment, Expense

if TYPE_CHECKING:
    from datetime import date

    from filage.budget.lines import Budget, BudgetRow
    from filage.facts.base import Fact
    from filage.facts.dossier import Dossier
    from filage.funding.plan import Plan
    from filage.kernel.finding import Deadline, Finding
    from filage.law import Law
    from filage.payroll.engagement import PayCost
    from filage.review.outcome import Outcome


def sale_rows(dossier: Dossier, law: Law, today: date) -> tuple[list[BudgetRow], list[Finding]]:
    """Return the rows of retained offers, then of tickets, and the findings of both."""
    rows: list[BudgetRow] = []
    found: list[Finding] = []
    if _any(dossier, Deal):
        from filage.budget.deals.rows import deal_rows

        rows, found = deal_rows(dossier, law, today)
    if _any(dossier, Ticketing):
        from filage.budget.tickets import ticket_findings, ticket_rows

        rows = [*rows, *ticket_rows(dossier, law, today)]
        found = [*found, *ticket_findings(dossier)]
    return rows, found


def fact_findings(dossier: Dossier) -> list[Finding]:
    """Return what is wrong with rights, corridors and places in presentations."""
    found: list[Finding] = []
    if _any(dossier, Right):
        from filage.rights.estimate import rights_findings

        found += rights_findings(dossier)
    if _any(dossier, Corridor):
        from filage.funding.recoupment import recoupment_findings

        found += recoupment_findings(dossier)
    if _any(dossier, LineDetail):
        from filage.budget.views.places import place_findings

        found += place_findings(dossier)
    return found


def money_deadlines(dossier: Dossier, today: date) -> list[Deadline]:
    """Return the days of steps promised to partners, of schemes and campaigns, and of bills to pay."""
    found: list[Deadline] = []
    if _any(dossier, Approach):
        from filage.funding.partners import partner_deadlines

        found += partner_deadlines(dossier)
    if _any(dossier, Funding):
        from filage.funding.checks import scheme_deadlines

        found += scheme_deadlines(dossier, today)
    if _any(dossier, Campaign):
        from filage.funding.campaign import campaign_deadlines

        found += campaign_deadlines(dossier)
    if _any(dossier, Expense):
        from filage.accounting.follow_findings import payment_deadlines

        found += payment_deadlines(dossier)
    return found


def financing_findings(
    dossier: Dossier, budget: Budget, plan: Plan, costs: tuple[PayCost, ...], today: date
) -> list[Finding]:
    """Return what is wrong or at risk in a plan; nothing when no money was asked of anybody."""
    if not _any(dossier, Funding, Campaign):
        return []
    from filage.funding.checks import plan_findings
    from filage.funding.situation import Situation

    return plan_findings(Situation(dossier, budget, plan, costs, today))


def spending_findings(outcome: Outcome, today: date) -> list[Finding]:
    """Return what the follow-up asks somebody to look at; nothing before the first order or expense."""
    if not _any(outcome.dossier, Commitment, Expense):
        return []
    from filage.accounting.follow_findings import follow_findings

    return follow_findings(outcome, today)


def _any(dossier: Dossier, *kinds: type[Fact]) -> bool:
    return any(dossier.all(kind) for kind in kinds)
