"""The review itself: every area once, in the order of the floors."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from filage.budget.cessions import cession_rows, sold_twice
from filage.budget.computed import charge_rows, pay_rows, travel_rows
from filage.budget.details import Settling
from filage.budget.lines import budget_of, valued_findings
from filage.budget.sale import sale_price
from filage.budget.shares import share_rows
from filage.budget.typed import typed_rows
from filage.budget.variables import variables_of
from filage.compliance.children import child_findings
from filage.compliance.constraints import check_constraints
from filage.compliance.convention import convention_findings
from filage.compliance.languages import language_findings, languages_not_known
from filage.compliance.licences import licence_findings
from filage.compliance.risks import risk_findings
from filage.compliance.worktime import worktime_findings
from filage.funding.plan import (
    acquired_for_creation,
    funding_deadlines,
    funding_findings,
    funding_rows,
    plan_of,
)
from filage.kernel.finding import Finding, by_severity
from filage.kernel.memory import collector_paused
from filage.kernel.money import ZERO
from filage.law import Law, OwnValue
from filage.logistics.travel import travel_costs
from filage.payroll.engagement import pay_costs
from filage.payroll.minimum import minimum_findings
from filage.payroll.pay_rules_calendar import calendar_premiums
from filage.payroll.person_month import month_findings
from filage.payroll.quantity import Calendar
from filage.payroll.structure_charges import structure_charges
from filage.planning.conflicts import conflicts
from filage.planning.deadlines import calendar_deadlines, late
from filage.planning.kinds import kind_of
from filage.planning.needs import need_findings
from filage.planning.scouting_findings import scouting_findings
from filage.planning.task_findings import tasks_reviewed
from filage.review.by_need import (
    fact_findings,
    financing_findings,
    money_deadlines,
    sale_rows,
    spending_findings,
)
from filage.review.context import Context
from filage.review.documents import documents_of
from filage.review.doubts import doubts
from filage.review.outcome import Outcome
from filage.review.remedies import priced

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.facts.employer import Employer

NOTHING_ELSE = Context()


@collector_paused()
def review(dossier: Dossier, law: Law, today: date, context: Context = NOTHING_ELSE) -> Outcome:
    """Compute every consequence of a dossier on a day. Same arguments, same outcome; nothing is read or written.

    `law` is the law data; the structure's own values are laid over it. BadInput when the dossier has no production or
    structure, or when its own rates are wrong.
    """
    law = law_of_structure(dossier.employer, law)
    calendar = Calendar(dossier)
    variables, findings = variables_of(dossier)
    found: list[Finding] = list(findings)

    costs = pay_costs(dossier, law, variables, calendar)
    travel, travel_findings = travel_costs(dossier, variables)
    typed, shares, typed_findings = typed_rows(dossier, variables)
    charges, charge_findings = structure_charges(
        dossier.employer, costs, law, years=context.years, paid=context.paid
    )
    paid = pay_rows(costs, dossier)
    settling = Settling(dossier)
    rows = settling.settle([*paid, *charge_rows(charges, paid, dossier), *travel_rows(travel), *typed])
    overhead, share_findings = share_rows(shares, rows, settling)
    sold = cession_rows(dossier, travel, {row.id: row for row in rows if row.basis == "calculé"})
    on_sale, sale_findings = sale_rows(dossier, law, today)
    budget = budget_of(
        [
            *rows,
            *overhead,
            *settling.settle([*sold, *on_sale, *funding_rows(dossier)]),
        ]
    )
    found += [*share_findings, *sold_twice(dossier), *settling.findings()]
    found += [*valued_findings(budget, dossier.production.about), *sale_findings, *fact_findings(dossier)]
    untaxed = dossier.employer.vat_regime == "exempt"
    vat = ZERO if untaxed else law["tva.spectacle"].forecast(today).value
    acquired = acquired_for_creation(dossier, budget)
    price_input, price, price_findings = sale_price(
        dossier, budget, costs, calendar, variables, acquired=acquired, vat_rate=vat
    )
    plan = plan_of(dossier, budget)
    broken, not_checked = check_constraints(dossier)
    not_checked += kind_of(dossier.production.form).unchecked()
    licences, licence_deadlines = licence_findings(dossier)
    risks, risk_deadlines = risk_findings(dossier, today)
    hours, hours_not_checked, papers = worktime_findings(dossier, today, context.busy, context.born)
    premiums, premiums_not_checked = calendar_premiums(dossier, law, costs)
    not_checked += [*hours_not_checked, *premiums_not_checked, *languages_not_known(dossier, today)]
    tasks, task_deadlines = tasks_reviewed(dossier, today)
    deadlines = [*calendar_deadlines(dossier), *funding_deadlines(dossier), *licence_deadlines, *papers]
    deadlines += [*task_deadlines, *risk_deadlines, *money_deadlines(dossier, today)]

    found += [finding for cost in costs for finding in cost.findings]
    found += [*charge_findings, *month_findings(costs, law, context.paid)]
    found += [*travel_findings, *typed_findings, *price_findings]
    found += [
        *doubts(costs, law, dossier.employer.about),
        *conflicts(dossier, context.busy, today),
        *tasks,
        *broken,
        *licences,
        *risks,
    ]
    found += convention_findings(dossier)
    found += [*hours, *minimum_findings(dossier, costs, law, today), *premiums]
    found += [*funding_findings(plan, dossier, today), *late(deadlines, today)]
    found += financing_findings(dossier, budget, plan, costs, today)
    found += [
        *need_findings(dossier, today),
        *scouting_findings(dossier, today),
        *language_findings(dossier, today),
        *child_findings(dossier, context.born),
    ]
    outcome = Outcome(
        dossier=dossier,
        on=today,
        variables=variables,
        costs=costs,
        travel=travel,
        budget=budget,
        price_input=price_input,
        price=price,
        plan=plan,
        findings=(),
        not_checked=tuple(not_checked),
        deadlines=tuple(sorted(deadlines, key=lambda deadline: (deadline.on, deadline.label))),
        documents=documents_of(dossier, costs, calendar),
    )
    found += spending_findings(outcome, today)
    return replace(outcome, findings=by_severity(priced(found, dossier, lambda other: _spending(other, law))))


def _spending(dossier: Dossier, law: Law) -> Decimal:
    """What a dossier pays its people and spends on travel, in euros: what a remedy may change."""
    variables, _ = variables_of(dossier)
    travel, _ = travel_costs(dossier, variables)
    paid = sum(
        (cost.employer_cost.value for cost in pay_costs(dossier, law, variables, Calendar(dossier))), ZERO
    )
    return paid + sum((cost.amount.value for cost in travel), ZERO)


@lru_cache(maxsize=64)
def law_of_structure(employer: Employer, law: Law) -> Law:
    """Return the law as a structure applies it: its own rates with their sources, and what it expects next."""
    own = [
        OwnValue(rate.parameter, rate.value, rate.starts_on, rate.ends_on, rate.source)
        for rate in employer.rates
    ]
    expected: dict[str, Decimal] = {item.parameter: item.change for item in employer.expectations}
    return law.replacing(own, expected)
