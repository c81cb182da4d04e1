"""The pay of a whole structure."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import SEE
from filage_web.payroll.papers import asked_month, asks_private, handed, paper_addresses
from filage_web.payroll.queries import pay_of_structure
from filage_web.payroll.views import pay_page


@member_view(SEE, "person_private")
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Who to pay this month, over all productions."""
    pay = pay_of_structure(request.structure, request.user, asked_month(request))
    papers = paper_addresses("pay_paper_of_structure", [request.structure.slug], pay.month)
    return render(request, "payroll/page.html", pay_page(pay) | papers | {"whole": True})


@member_view(SEE, "person_private")
@require_GET
def paper(request: MemberRequest, paper: str) -> HttpResponse:
    """Hand over one file of the month, over all productions."""
    private = asks_private(request)
    month = asked_month(request)
    return handed(pay_of_structure(request.structure, request.user, month, with_private=private), paper)
