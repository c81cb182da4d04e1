"""The « Pourquoi ? » panel."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filage.kernel import french
from filage.kernel.money import ZERO
from filage.payroll.engagement import MonthlySlip, PayCost
from filage.payroll.slip import Line
from filage.review import Outcome, UnknownLine, why
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.navigation import place_of
from filage_web.shell.opening import open_page
from filage_web.why.reasons import UNCERTAIN, reason_of


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One line of a slip as its table shows it: the employer's amount, the employee's, or both."""

    label: str
    base: Decimal
    rate: Decimal | None
    employer: Decimal | None
    employee: Decimal | None
    source: str
    url: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class SlipTable:
    """A month of an engagement, line by line."""

    month: str
    units: str
    slip: MonthlySlip
    rows: tuple[SlipRow, ...]
    employer: Decimal
    employee: Decimal


@member_view()
@require_GET
def page(request: MemberRequest, line: str) -> HttpResponse:
    """Explain one amount of the production."""
    outcome = open_page(request, scenario=request.GET.get("scenario") or None).outcome
    try:
        step = why(outcome, line)
    except UnknownLine as error:
        raise Http404(str(error)) from None
    cost = _cost_of(outcome, line)
    reason = reason_of(step)
    context = {
        "line": line,
        "about": cost.label if cost else reason.label,
        "reason": reason,
        "typed": step.how == "given",
        "slips": [_table(monthly) for monthly in cost.slips] if cost else [],
        "cost": cost,
        "override": next((row for row in outcome.budget.rows if row.id == line and row.override), None),
        "where": place_of(request.structure.slug, request.production_id or "", cost.about if cost else line),
        "missing": cost.missing if cost else (),
    }
    return render(request, "why/page.html", context)


def _cost_of(outcome: Outcome, line: str) -> PayCost | None:
    """The pay behind a line: an engagement's, or that of one of its budget lines."""
    kind, _slash, rest = line.partition("/")
    ident = rest.split("/")[0]
    if kind not in ("engagement", "pay", "position"):
        return None
    wanted = {f"engagement/{ident}"} if kind != "position" else {f"position/{ident}"}
    return next((cost for cost in outcome.costs if cost.about in wanted), None)


def _table(monthly: MonthlySlip) -> SlipTable:
    rows = tuple(_rows(monthly.slip.lines))
    return SlipTable(
        month=f"{monthly.month}-01",
        units=french.number(monthly.units),
        slip=monthly,
        rows=rows,
        employer=sum((row.employer or ZERO for row in rows), ZERO),
        employee=sum((row.employee or ZERO for row in rows), ZERO),
    )


def _rows(lines: tuple[Line, ...]) -> list[SlipRow]:
    return [
        SlipRow(
            label=f"{line.label}, {line.tranche}" if line.tranche else line.label,
            base=line.base,
            rate=line.rate,
            employer=line.amount if line.payer == "employer" else None,
            employee=line.amount if line.payer == "employee" else None,
            source=line.source.title,
            url=line.source.url,
            doubtful=line.step.certainty == UNCERTAIN,
        )
        for line in lines
    ]
