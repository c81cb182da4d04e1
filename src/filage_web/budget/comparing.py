"""Up to four budgets side by side, with what differs; as a page, a workbook, a PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from filage import __version__
from filage.budget.views.side_by_side import LINE, SideBySide, side_by_side
from filage.review.view_book import compared_workbook
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EXPORT, SEE
from filage_web.budget.answering import KIND
from filage_web.budget.columns import MOST, REFERENCE, Choice, choices_of, kept, laid_columns
from filage_web.budget.presentations import asked_view, common, paper_in
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.shell.attachment import PDF, XLSX, attachment

OUTPUTS = ("classeur", "pdf")
FEWEST = 2


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Choose budgets and compare them."""
    found = chosen(request)
    view = asked_view(request, found)
    choices = choices_of(request, found)
    wanted = _wanted(request, choices)
    compared = _compared(request, found, wanted)
    every = request.GET.get("tout") == "1"
    asked = [("presentation", view.id), *(("avec", choice.key) for choice in wanted)]
    context = {
        **common(request, found, view),
        "choices": choices,
        "keys": {choice.key for choice in wanted},
        "compared": compared,
        "rows": [] if compared is None else _shown(compared, every=every),
        "every": every,
        "most": MOST,
        "asked": urlencode(asked),
        "wide": 0 if compared is None else 2 * len(compared.names),
    }
    return render(request, "budget/comparing.html", context)


@member_view(EXPORT)
@require_GET
def output(request: MemberRequest, output: str) -> HttpResponse:
    """Hand the comparison over as a workbook or as PDF."""
    if output not in OUTPUTS:
        raise Http404
    found = chosen(request)
    compared = _compared(request, found, _wanted(request, choices_of(request, found)))
    if compared is None:
        raise Http404
    name = f"{found.production}-{_('budgets-compares')}"
    paper = paper_in(found)
    if output == "classeur":
        from filage.documents.xlsx import xlsx_bytes

        return attachment(xlsx_bytes(compared_workbook(compared, paper), __version__), f"{name}.xlsx", XLSX)
    from filage.documents.budget_view import compared_pdf

    return attachment(compared_pdf(compared, paper, __version__), f"{name}.pdf", PDF)


def _wanted(request: MemberRequest, choices: list[Choice]) -> list[Choice]:
    """The budgets of an address; without any, today beside the first scenario or version."""
    asked = request.GET.getlist("avec")
    return kept(asked or [REFERENCE, *(choice.key for choice in choices[1:2])], choices)


def _compared(request: MemberRequest, found: Chosen, wanted: list[Choice]) -> SideBySide | None:
    """The comparison; None with fewer than two budgets."""
    columns = laid_columns(request, found, asked_view(request, found), wanted)
    return side_by_side(columns) if len(columns) >= FEWEST else None


def _shown(compared: SideBySide, *, every: bool) -> list[dict[str, object]]:
    """The rows drawn: lines only where they differ, unless all are asked for."""
    return [
        {
            "row": row,
            "first": row.amounts[0],
            "cells": [
                (row.amounts[index], row.change(index) or None) for index in range(1, len(row.amounts))
            ],
        }
        for row in compared.rows
        if every or row.role != LINE or row.differs
    ]
