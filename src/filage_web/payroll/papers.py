"""The files of a month's pay as the office hands them over."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from filage import __version__
from filage.documents.pay_preparation import pay_file
from filage.kernel.errors import BadInput
from filage.law import load_law
from filage.payroll.preparation import read_month
from filage.review.pay_contents import pay_contents
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.roles import EXPORT
from filage_web.payroll.queries import Pay
from filage_web.shell.attachment import PDF, XLSX, attachment

PAPERS = {
    "classeur": ("paie-{month}.xlsx", XLSX),
    "lignes": ("paie-{month}.csv", "text/csv; charset=utf-8"),
    "aem": ("aem-{month}.csv", "text/csv; charset=utf-8"),
    "conges-spectacles": ("conges-spectacles-{month}.csv", "text/csv; charset=utf-8"),
    "decomptes": ("decomptes-{month}.pdf", PDF),
}
"""By the key in the address: the file's name and its media type."""


def asked_month(request: HttpRequest) -> str:
    """The month asked for, empty when none is; 404 when it is none."""
    month = request.GET.get("mois", "")
    if month:
        try:
            read_month(month)
        except BadInput:
            raise Http404 from None
    return month


def asks_private(request: MemberRequest) -> bool:
    """Whether private data are asked for; who may not export them is refused."""
    asked = request.GET.get("prive") == "1"
    if asked and not request.may(EXPORT, "person_private"):
        raise PermissionDenied
    return asked


def paper_addresses(view: str, place: list[Any], month: str) -> dict[str, dict[str, str]]:
    """Give the address of every file of a month, without private data and with them."""
    plain = {key.replace("-", "_"): f"{reverse(view, args=[*place, key])}?mois={month}" for key in PAPERS}
    return {"papers": plain, "private_papers": {key: f"{address}&prive=1" for key, address in plain.items()}}


def handed(pay: Pay, paper: str) -> HttpResponse:
    """Make one file of the month and hand it over; 404 when there is none of that name."""
    if paper not in PAPERS or pay.prepared is None:
        raise Http404
    name, media_type = PAPERS[paper]
    contents = pay_contents(pay.prepared, pay.paid, load_law(), clock.today())
    try:
        data = pay_file(contents, name.format(month=pay.month), __version__)
    except BadInput:
        raise Http404 from None
    return attachment(data, name.format(month=pay.month), media_type)
