"""A line's panel: everything known of it, shown to all and written by the team; a plain page without script."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filage.budget.views import place_of, usual_views
from filage.facts.budget import LineOverride
from filage.facts.funding import Funding
from filage.facts.people import Person
from filage.kernel.changes import remove
from filage.kernel.errors import BadInput
from filage_web import navigation
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.budget.answering import (
    KIND,
    address_of,
    fact_address,
    grid_shown,
    moved_answer,
    refused,
    said_of,
    wants_grid,
    written_from_panel,
)
from filage_web.budget.arranging import grid_of
from filage_web.budget.attached import attached, keep, received
from filage_web.budget.cells import CellError
from filage_web.budget.forms import OverrideForm
from filage_web.budget.grid import Line
from filage_web.budget.line_form import LineForm
from filage_web.budget.removing import removal_of
from filage_web.forms import Choices
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.services import done, write


@member_view(SEE, KIND)
@require_http_methods(["GET", "POST"])
def line(request: MemberRequest) -> HttpResponseBase:
    """Show everything of a line, and write it; add a line to a post when the address names none."""
    found = chosen(request)
    asked = request.POST.get("line") or request.GET.get("line") or ""
    editable = request.may(EDIT, KIND)
    if request.method == "POST" and not editable:
        raise PermissionDenied
    if not asked:
        return redirect(_adding(request, found) if editable else address_of(request, found))
    known = grid_of(found, "aucun").line(asked)
    if known is None:
        raise Http404
    if request.method == "POST":
        return _saved(request, found, known)
    return _panel(request, found, known, None)


def _saved(request: MemberRequest, found: Chosen, known: Line) -> HttpResponseBase:
    form = LineForm(request.POST, line=known, found=found, choices=Choices(request.structure, found.dossier))
    production = str(request.production_id)
    given = [] if form.wants_more else received(request.structure, production, request.FILES.getlist("file"))
    stays = [name for name in known.row.files if name not in request.POST.getlist("drop")]
    if not form.read([*stays, *(one.name for one in given)]) or form.wants_more:
        return _panel(request, found, known, form)

    def again(error: BadInput) -> HttpResponse:
        form.detail.problem("", said_of(error))
        return _panel(request, found, known, form)

    try:
        keep(request.structure, production, given, actor=request.user)
    except BadInput as error:
        return again(error)
    return written_from_panel(
        request, found, form.changes(), label=_("%(line)s : fiche de la ligne") % {"line": known.row.label},
        anchor=known.anchor, seen=form.seen, again=again,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceField:
    """Where a line stands in a presentation: by hand, or by the rules."""

    ident: str
    label: str
    chosen: str
    nodes: tuple[tuple[str, str], ...]


def _places(known: Line, found: Chosen) -> list[PlaceField]:
    row = known.row
    return [
        PlaceField(
            view.id,
            view.short,
            place_of(row, view) or "",
            tuple(
                (node.code, f"{node.code} · {node.label}")
                for node in view.nodes
                if (node.side, node.valued) == (row.side, row.valued)
            ),
        )
        for view in usual_views(found.dossier.production.form)
    ]


def _panel(request: MemberRequest, found: Chosen, known: Line, form: LineForm | None) -> HttpResponse:
    editable = request.may(EDIT, KIND)
    wrong = form is not None and not form.wants_more
    if form is None and editable:
        form = LineForm(None, line=known, found=found, choices=Choices(request.structure, found.dossier))
    slug, production = request.structure.slug, str(request.production_id)
    owner = found.dossier.find(known.row.owner, Person)
    context = {
        "line": known,
        "row": known.row,
        "detail": known.row.detail,
        "owner": owner.name() if owner else "",
        "form": form,
        "editable": editable,
        "found": found,
        "files": attached(request.structure, production, known.row.files),
        "places": _places(known, found) if editable else [],
        "back": address_of(request, found, known.anchor),
        "source": "" if known.is_typed else _source(request, found, known, slug, production),
    }
    return render(request, "budget/line.html", context, status=422 if wrong else 200)


def _source(request: MemberRequest, found: Chosen, known: Line, slug: str, production: str) -> str:
    """Where what computes the line is written."""
    if known.row.id.startswith("funding/") and request.may(EDIT, Funding.kind):
        return fact_address(request, found, Funding.kind, known.row.about.partition("/")[2])
    return navigation.place_of(slug, production, known.row.about)


def _adding(request: MemberRequest, found: Chosen) -> str:
    """Where a new line is written."""
    given = QueryDict(mutable=True)
    for key in ("post", "phase", "side", "valued"):
        if key in request.GET:
            given[key] = request.GET[key]
    return fact_address(request, found, KIND, "", given)


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def override(request: MemberRequest) -> HttpResponseBase:
    """Put an amount in place of the one a line computes, with the reason."""
    found = chosen(request)
    asked = request.POST.get("line") or request.GET.get("line") or ""
    if request.method == "GET" and not asked:
        return redirect(address_of(request, found))
    known = grid_of(found, "aucun").line(asked)
    if known is None or known.is_typed:
        raise Http404
    form = OverrideForm(request.POST or None, line=known)

    def page(error: BadInput | None = None) -> HttpResponse:
        if error is not None:
            form.add_error(None, said_of(error))
        context = {
            "form": form, "line": known, "found": found, "back": address_of(request, found, known.anchor)
        }  # fmt: skip
        return render(request, "budget/override.html", context, status=422 if form.is_bound else 200)

    if request.method == "POST" and form.is_valid():
        shown = request.POST.get("seen", "")
        seen = {known.override.about: int(shown)} if known.override and shown.isdigit() else {}
        label = f"{known.row.label}, {_('remplacé à la main')}"
        return written_from_panel(
            request, found, form.changes(), label=label, anchor=known.anchor, seen=seen, again=page
        )
    return page()


@member_view(EDIT, LineOverride.kind)
@require_POST
def restore(request: MemberRequest) -> HttpResponseBase:
    """Give a replaced line its computed amount back."""
    found = chosen(request)
    known = grid_of(found, "aucun").line(request.POST.get("line", ""))
    if known is None or known.override is None:
        return redirect(address_of(request, found))
    label = f"{known.row.label}, {_('rendu au calcul')}"
    before = grid_shown(request, found) if wants_grid(request) else None
    written = write(found, [remove(known.override.about)], actor=request.user, label=label)
    if before is not None:
        return moved_answer(request, before, written, "", close=True)
    return done(request, written, address_of(request, found, known.anchor))


@member_view(EDIT, KIND)
@require_POST
def remove_line(request: MemberRequest) -> HttpResponseBase:
    """Take one line out, from its panel."""
    found = chosen(request)
    known = grid_of(found, "aucun").line(request.POST.get("line", ""))
    if known is None:
        raise Http404
    try:
        changes = removal_of([known], found)
    except CellError as error:
        return refused(str(error))
    label = _("Retrait de %(name)s") % {"name": known.row.label}

    def again(error: BadInput) -> HttpResponse:
        return refused(said_of(error))

    return written_from_panel(request, found, changes, label=label, again=again)
