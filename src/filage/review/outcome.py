"""The outcome of a review, and its published shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.kernel.explain import as_json
from filage.kernel.money import ZERO
from filage.payroll.quantity import FORECAST
from filage.payroll.slip import line_json
from filage.review.doubts import sources_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.budget.lines import Budget, BudgetRow
    from filage.budget.price import PriceInput, PriceOutcome
    from filage.facts.dossier import Dossier
    from filage.funding.plan import Plan
    from filage.kernel.finding import Deadline, Finding, NotChecked
    from filage.kernel.step import Source, Step
    from filage.logistics.travel import TravelCost
    from filage.payroll.engagement import PayCost
    from filage.review.documents import Document


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that follows from a dossier on a day. `dossier` is the one reviewed, scenario resolved."""

    dossier: Dossier
    on: date
    variables: Mapping[str, Step]
    costs: tuple[PayCost, ...]
    travel: tuple[TravelCost, ...]
    budget: Budget
    price_input: PriceInput | None
    price: PriceOutcome | None
    plan: Plan
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    deadlines: tuple[Deadline, ...]
    documents: tuple[Document, ...]

    @property
    def engaged(self) -> tuple[PayCost, ...]:
        """The costs of engagements, without what is only forecast."""
        return tuple(cost for cost in self.costs if cost.basis != FORECAST)

    def count(self, severity: str) -> int:
        """How many findings of one severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def sources(self) -> dict[str, Source]:
        """Every source the figures and findings name, by id."""
        found = sources_of(self.costs)
        found.update({finding.source.id: finding.source for finding in self.findings if finding.source})
        return found

    def law_checked_on_oldest(self) -> date | None:
        """The oldest day of check among the sources used."""
        return _oldest_check(self.sources())


def outcome_json(outcome: Outcome, *, with_reasons: bool = False) -> dict[str, Any]:
    """Return the published shape of a review: amounts are text with two decimals."""
    sources = outcome.sources()
    oldest = _oldest_check(sources)
    return {
        "production": outcome.dossier.production.id,
        "on": outcome.on.isoformat(),
        "law": {"checked_on_oldest": oldest.isoformat() if oldest else None},
        "payroll": {
            "gross": money(sum((cost.gross.value for cost in outcome.engaged), ZERO)),
            "employer_cost": money(sum((cost.employer_cost.value for cost in outcome.engaged), ZERO)),
            "engagements": [_engagement(cost) for cost in outcome.engaged],
            "forecasts": [_engagement(cost) for cost in outcome.costs if cost.basis == FORECAST],
        },
        "budget": {
            "expense": money(outcome.budget.expense),
            "income": money(outcome.budget.income),
            "balance": money(outcome.budget.balance),
            "complete": outcome.budget.complete,
            **_valued(outcome.budget),
            "lines": [_row(row, with_reasons=with_reasons) for row in outcome.budget.rows],
        },
        "price": _price(outcome.price) if outcome.price else None,
        "funding": {
            "gap": money(outcome.plan.gap),
            "gap_weighted": money(outcome.plan.gap_weighted),
            "gap_certain": money(outcome.plan.gap_certain),
        },
        "findings": [finding_json(finding) for finding in outcome.findings],
        "not_checked": [{"rule": item.rule, "needs": item.needs} for item in outcome.not_checked],
        "documents": [{"about": document.about, "state": document.state} for document in outcome.documents],
        "sources": {ident: source_json(source) for ident, source in sorted(sources.items())},
    }


def _price(price: PriceOutcome) -> dict[str, Any]:
    from filage.budget.price_file import price_json

    return price_json(price)


def _valued(budget: Budget) -> dict[str, Any]:
    """Contributions in kind, apart from the totals; nothing when there is none."""
    if not (budget.valued_expense or budget.valued_income):
        return {}
    return {"valued": {"expense": money(budget.valued_expense), "income": money(budget.valued_income)}}


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return the published shape of a finding."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "about": finding.about,
        "message": finding.message,
        "source": finding.source.id if finding.source else None,
        "remedies": [
            {"label": remedy.label, "cost": None if remedy.cost is None else money(remedy.cost)}
            for remedy in finding.remedies
        ],
    }


def source_json(source: Source) -> dict[str, Any]:
    """Return the published shape of a source."""
    checked = source.checked_on.isoformat() if source.checked_on else None
    return {"title": source.title, "url": source.url, "checked_on": checked}


def _oldest_check(sources: Mapping[str, Source]) -> date | None:
    return min((source.checked_on for source in sources.values() if source.checked_on), default=None)


def money(value: Decimal) -> str:
    """Write an amount with two decimals."""
    return f"{value:.2f}"


def _engagement(cost: PayCost) -> dict[str, Any]:
    return {
        "id": cost.about.partition("/")[2],
        "person": cost.person,
        "gross": money(cost.gross.value),
        "employer_cost": money(cost.employer_cost.value),
        "net_before_tax": money(cost.net),
        "complete": cost.complete,
        "basis": cost.basis,
        "slips": [
            {
                "month": monthly.month,
                "gross": money(monthly.slip.gross.value),
                "employer_cost": money(monthly.slip.totals.employer_cost),
                "net_before_tax": money(monthly.slip.totals.net_before_tax),
                "lines": [line_json(line, inline_source=False) for line in monthly.slip.lines],
            }
            for monthly in cost.slips
        ],
    }


def _row(row: BudgetRow, *, with_reasons: bool) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "id": row.id,
        "label": row.label,
        "side": row.side,
        "account": row.account,
        "phase": row.phase,
        "post": row.post,
        "amount": money(row.amount),
        "computed": None if row.computed is None else money(row.computed),
        "basis": row.basis,
        "why": row.id,
    }
    if not row.counts:
        shape["apart"] = {"amount": money(row.aside), "because": "off" if row.off else "valued"}
    if with_reasons:
        shape["reason"] = as_json(row.step)
    return shape
