"""The budget in each presentation: the tree, what has no place and where to put it, the exports, the one page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage import __version__
from filage.budget.lines import BudgetRow
from filage.budget.views import BudgetView, Entry, LaidOut, usual_views, view_named, views
from filage.budget.views.paper import Paper, paper_of
from filage.budget.views.places import misplaced
from filage.budget.views.top_sheet import top_sheet
from filage.facts.budget import LineDetail
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput
from filage.review.view_book import laid_out, view_workbook
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, EXPORT, SEE
from filage_web.budget.answering import KIND
from filage_web.budget.cells import id_of_line
from filage_web.budget.presenting import Tree, places_of
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.services import done, write
from filage_web.shell.attachment import PDF, XLSX, attachment
from filage_web.store.errors import Conflict

MOST_PLACED = 60
"""Lines without a place offered at once: each comes with every heading it may stand under."""
OUTPUTS = ("classeur", "pdf", "detail", "recapitulatif")
"""What a presentation may be taken away as: workbook, PDF, PDF line by line, PDF of one page."""


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show the budget in one presentation."""
    found = chosen(request)
    view = asked_view(request, found)
    laid = laid_out(found.opened.outcome, view)
    tree = Tree(found, laid, request.GET.getlist("ouverts"))
    context = {
        **common(request, found, view),
        "laid": laid,
        "tree": tree,
        "loose": _offered(tree, laid, (loose := _loose(laid))[:MOST_PLACED]),
        "looser": max(len(loose) - MOST_PLACED, 0),
        "notes": [(number, text) for text, number in tree.notes.items()],
        "incomplete": not found.opened.outcome.budget.complete,
        "blank": not found.opened.outcome.budget.rows,
    }
    return render(request, "budget/presentations.html", context)


@member_view(SEE, KIND)
@require_GET
def top(request: MemberRequest) -> HttpResponse:
    """Show the budget on one page: headings, totals, what is left to find."""
    found = chosen(request)
    view = asked_view(request, found)
    laid = laid_out(found.opened.outcome, view)
    context = {
        **common(request, found, view),
        "laid": laid,
        "sheet": top_sheet(laid),
        "blank": not found.opened.outcome.budget.rows,
        "gap": abs(laid.balance),
        "incomplete": not found.opened.outcome.budget.complete,
    }
    return render(request, "budget/presentation_top.html", context)


@member_view(EXPORT)
@require_GET
def output(request: MemberRequest, presentation: str, output: str) -> HttpResponse:
    """Hand a presentation over as a workbook or as PDF."""
    if output not in OUTPUTS:
        raise Http404
    found = chosen(request)
    view = _known(presentation)
    outcome = found.opened.outcome
    name = f"{found.production}-{view.id}"
    if output == "classeur":
        from filage.documents.xlsx import xlsx_bytes

        return attachment(xlsx_bytes(view_workbook(outcome, view), __version__), f"{name}.xlsx", XLSX)
    from filage.documents.budget_view import top_sheet_pdf, view_pdf

    laid, paper = laid_out(outcome, view), paper_in(found)
    if output == "recapitulatif":
        return attachment(top_sheet_pdf(laid, paper, __version__), f"{name}-recapitulatif.pdf", PDF)
    data = view_pdf(laid, paper, __version__, detail=True if output == "detail" else None)
    return attachment(data, f"{name}{'-detail' if output == 'detail' else ''}.pdf", PDF)


@member_view(EDIT, LineDetail.kind)
@require_POST
def place(request: MemberRequest) -> HttpResponseBase:
    """Put lines under the headings chosen; what cannot stand there is said, the others are kept."""
    found = chosen(request)
    view = _known(request.POST.get("presentation", ""))
    back = f"{_here(request)}?{urlencode({'presentation': view.id, **scenario_of(found)})}#sans-place"
    rows, changes = found.opened.outcome.budget.by_id(), []
    for line, code in _asked(request):
        row = rows.get(line)
        wrong = _("Cette ligne n’existe plus.") if row is None else misplaced(view, code, row)
        if row is None or wrong:
            messages.error(request, wrong)
            continue
        changes.append(_placed(row, view, code))
    if not changes:
        messages.info(request, _("Choisissez une place pour au moins une ligne."))
        return redirect(back)
    label = _("Places dans « %(name)s »") % {"name": view.short}
    try:
        return done(request, write(found, changes, actor=request.user, label=label), back)
    except (Conflict, BadInput) as error:
        messages.error(request, str(error))
        return redirect(back)


def _asked(request: MemberRequest) -> Iterator[tuple[str, str]]:
    """The lines of the form that were given a place."""
    lines, codes = request.POST.getlist("line"), request.POST.getlist("place")
    yield from ((line, code) for line, code in zip(lines, codes, strict=False) if code)


def _placed(row: BudgetRow, view: BudgetView, code: str) -> Change:
    """The change that gives a line its place here, its other places kept."""
    kept = [one for one in row.places if one.partition(":")[0] != view.id]
    places = [*kept, f"{view.id}:{code}"]
    if row.detail is not None:
        return set_(row.detail.about, places=places)
    return add(f"{LineDetail.kind}/{id_of_line(row.id)}", line=row.id, places=places)


def _loose(laid: LaidOut) -> list[Entry]:
    """The lines without a place, each once."""
    found: dict[str, Entry] = {}
    for entry in laid.unplaced:
        found.setdefault(entry.row.id, entry)
    return list(found.values())


def _offered(tree: Tree, laid: LaidOut, loose: Iterable[Entry]) -> list[dict[str, Any]]:
    """Lines without a place, with the headings each may stand under."""
    options: dict[tuple[str, bool], list[tuple[str, str]]] = {}
    offered = []
    for entry in loose:
        key = (entry.row.side, entry.row.valued)
        if key not in options:
            options[key] = places_of(laid.view, entry.row.side, valued=entry.row.valued)
        offered.append({"line": tree.line(entry), "row": entry.row, "places": options[key]})
    return offered


def asked_view(request: MemberRequest, found: Chosen) -> BudgetView:
    """The presentation of an address; without one, that of the trade."""
    asked = request.GET.get("presentation")
    if asked:
        return _known(asked)
    usual = usual_views(found.dossier.production.form)
    return next((view for view in usual if view.forms), usual[0])


def _known(name: str) -> BudgetView:
    try:
        return view_named(name)
    except BadInput:
        raise Http404 from None


def common(request: MemberRequest, found: Chosen, view: BudgetView) -> dict[str, Any]:
    """What every page of presentations shows: which one, and the others."""
    form = found.dossier.production.form
    return {
        "found": found,
        "view": view,
        "usual": [one for one in views() if one.serves(form)],
        "others": [one for one in views() if not one.serves(form)],
        "query": urlencode({"presentation": view.id, **scenario_of(found)}),
        "scenario_query": urlencode(scenario_of(found)),
    }


def scenario_of(found: Chosen) -> dict[str, str]:
    """What an address says to stay in the scenario."""
    return {"scenario": found.ident} if found.scenario else {}


def paper_in(found: Chosen, state: str = "") -> Paper:
    """The head of a paper: the scenario is named."""
    if not state and found.scenario:
        state = _("scénario « %(name)s »") % {"name": found.scenario.label}
    return paper_of(found.dossier, found.opened.outcome.on, state)


def _here(request: MemberRequest) -> str:
    return reverse("budget:presentations", args=[request.structure.slug, request.production_id])
