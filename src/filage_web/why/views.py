"""The « Pourquoi ? » panel."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from filage.kernel import french
from filage.kernel.errors import BadInput
from filage.kernel.money import ZERO
from filage.payroll.engagement import MonthlySlip, PayCost
from filage.payroll.quantity import unit_words
from filage.payroll.slip import Line
from filage.review import Outcome, UnknownLine, why
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.forms.queries import name_of
from filage_web.navigation import place_of
from filage_web.shell.opening import open_page
from filage_web.why.reasons import UNCERTAIN, Cited, reason_of


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
    try:
        outcome = open_page(request, scenario=request.GET.get("scenario") or None).outcome
        step = why(outcome, line)
    except (UnknownLine, BadInput) as error:
        raise Http404(str(error)) from None
    cost = _cost_of(outcome, line)
    row = outcome.budget.by_id().get(line)
    about = cost.about if cost else row.about if row else line
    reason = reason_of(step, cited=_cited(request, outcome, line))
    context = {
        "line": line,
        "about": cost.label if cost else reason.label,
        "reason": reason,
        "typed": step.how == "given",
        "slips": [_table(monthly, unit_words(cost.unit, monthly.units)) for monthly in cost.slips]
        if cost
        else [],
        "cost": cost,
        "override": row if row and row.override else None,
        "where": place_of(request.structure.slug, request.production_id or "", about or line),
        "missing": cost.missing if cost else (),
    }
    return render(request, "why/page.html", context)


def _cited(request: MemberRequest, outcome: Outcome, line: str) -> Callable[[str], Cited | None]:
    """Name the lines and the facts a reason takes up; a line leads to its own reason."""
    rows = outcome.budget.by_id()
    query = request.GET.urlencode()

    def found(origin: str) -> Cited | None:
        row = rows.get(origin)
        if row is not None and origin != line:
            place = reverse("why:page", args=[request.structure.slug, request.production_id, origin])
            status = (
                "doubt" if row.step.certainty == UNCERTAIN else "hand" if row.computed is None else "calc"
            )
            return Cited("", status, f"{place}?{query}" if query else place)
        fact = outcome.dossier.get(origin) if "/" in origin else None
        return Cited(f"{fact.title} : {name_of(fact, outcome.dossier)}") if fact else None

    return found


def _cost_of(outcome: Outcome, line: str) -> PayCost | None:
    """The pay behind a line: an engagement's, or that of one of its budget lines."""
    kind, _slash, rest = line.partition("/")
    ident = rest.split("/")[0]
    if kind not in ("engagement", "pay", "position"):
        return None
    wanted = {f"engagement/{ident}"} if kind != "position" else {f"position/{ident}"}
    return next((cost for cost in outcome.costs if cost.about in wanted), None)


def _table(monthly: MonthlySlip, unit: str) -> SlipTable:
    rows = tuple(_rows(monthly.slip.lines))
    return SlipTable(
        month=f"{monthly.month}-01",
        units=f"{french.number(monthly.units)} {unit}",
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
