"""The budget report for those who decide: one page, on screen and on paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filage import __version__
from filage.accounting.cash import cash_plan
from filage.accounting.follow import follow
from filage.law import load_law
from filage.reporting.budget_report import BudgetReport, budget_report
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EXPORT, SEE
from filage_web.funding.requests_queries import place_of_area
from filage_web.shell.attachment import PDF, attachment
from filage_web.shell.opening import open_page

READING = "weighted"


@member_view(SEE, "funding")
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show totals, variances and their reasons, the gap, cash, and what is to be decided."""
    report = _report(request)
    decisions = [(one, place_of_area(request, one.where)) for one in report.decisions]
    return render(request, "funding/request_standing.html", {"report": report, "decisions": decisions})


@member_view(EXPORT, "funding")
@require_GET
def pdf(request: MemberRequest) -> HttpResponse:
    """Hand over the same page on paper."""
    from filage.documents.budget_report_pdf import budget_report_pdf

    name = f"{request.production_id}-point-budgetaire.pdf"
    return attachment(budget_report_pdf(_report(request), __version__), name, PDF)


def _report(request: MemberRequest) -> BudgetReport:
    outcome, today = open_page(request).outcome, clock.today()
    found = follow(outcome, today)
    cash = cash_plan(outcome, load_law(), today, found).readings.get(READING)
    return budget_report(outcome, found, deadlines=outcome.deadlines, cash=cash)
