"""The budget: its page, its cells, its pastes, its undo; and a plain page per line for who has no script."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.budget.posts import posts_of
from filage.facts.budget import BudgetLine, BudgetPost, LineOverride
from filage.facts.funding import Funding
from filage.kernel.changes import Change, add, remove
from filage.kernel.errors import BadInput, FilageError
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.budget.answers import moved, scenario_seen, undo_of
from filage_web.budget.cells import LABELS, CellError, ReasonNeeded, changes_of
from filage_web.budget.forms import OverrideForm
from filage_web.budget.grid import Grid, Line, grid_of, totals_of
from filage_web.budget.pasting import PasteError, paste
from filage_web.budget.render import HOLDS, Places, body, lines_html
from filage_web.budget.undoing import undo_write
from filage_web.budget.variables import chips_of
from filage_web.forms import Choices, FactForm
from filage_web.forms.french_input import shown
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.services import done, write
from filage_web.store.errors import Conflict
from filage_web.store.models import ChangeSet

KIND = BudgetLine.kind


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show the budget as it is, or as a scenario makes it."""
    found = chosen(request)
    grid = grid_of(found, request.GET.get("ouverts"))
    places = _places(request, found)
    context = {
        "found": found,
        "grid": grid,
        "body": body(grid, places),
        "totals": totals_of(found.opened.outcome),
        "chips": chips_of(found),
        "places": places,
        "scenario_seen": scenario_seen(found),
        "blank": _is_blank(found),
        "opened": request.GET.get("ouverts", ""),
    }
    return render(request, "budget/page.html", context)


def _is_blank(found: Chosen) -> bool:
    return not found.opened.outcome.budget.rows


@member_view(SEE, KIND)
@require_GET
def post_lines(request: MemberRequest, post: str) -> HttpResponse:
    """Give the lines of one post, when it unfolds."""
    found = chosen(request)
    group = grid_of(found, post).group(post)
    if group is None:
        raise Http404
    return HttpResponse(lines_html(group, _places(request, found)))


@member_view(EDIT, KIND)
@require_POST
def cell(request: MemberRequest) -> JsonResponse:
    """Write one cell, and answer with everything that moved."""
    found = chosen(request)
    opened = request.POST.get("opened") or None
    before = grid_of(found, opened)
    line = before.line(request.POST.get("line", ""))
    field = request.POST.get("field", "")
    if line is None:
        return _refused(_("Cette ligne n’existe plus : rechargez la page."))
    try:
        changes = changes_of(
            line, field, request.POST.get("value", ""), found.opened.outcome.variables,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
    except ReasonNeeded:
        return JsonResponse({"reason": line.row.label}, status=422)
    except CellError as error:
        return _refused(str(error))
    label = f"{line.row.label}, {LABELS.get(field, field)}"
    return _write(request, found, before, changes, label=label, seen=_seen(request, line, changes))


@member_view(EDIT, KIND)
@require_POST
def paste_cells(request: MemberRequest) -> JsonResponse:
    """Write several cells at once, or none: every wrong row is named."""
    found = chosen(request)
    before = grid_of(found, request.POST.get("opened") or None)
    taken = {line.id for line in found.dossier.all(BudgetLine)}
    try:
        pasted = paste(
            before,
            request.POST.get("line", ""),
            request.POST.get("field", ""),
            request.POST.get("text", ""),
            found.opened.outcome.variables,
            taken,
        )
    except PasteError as error:
        return JsonResponse({"errors": error.messages}, status=422)
    seen = {
        line.row.about: line.seen
        for line in pasted.touched
        if line.seen is not None and line.override is None
    }
    label = _("Collage de %(count)s lignes") % {"count": pasted.rows}
    return _write(request, found, before, pasted.changes, label=label, seen=seen)


@member_view(EDIT, KIND)
@require_POST
def undo_cell(request: MemberRequest) -> JsonResponse:
    """Undo a write of the grid."""
    found = chosen(request)
    before = grid_of(found, request.POST.get("opened") or None)
    number = request.POST.get("number", "")
    mine = ChangeSet.objects.filter(structure=request.structure, production__slug=request.production_id)
    written = mine.filter(pk=int(number)).first() if number.isdigit() else None
    if written is None:
        return _refused(_("Il n’y a rien à annuler."))
    try:
        undo_write(found, written, actor=request.user)  # type: ignore[arg-type]
    except (Conflict, BadInput) as error:
        return _refused(_said(error))
    return _moved(request, before, None, _("Annulé : %(what)s") % {"what": written.label})


def _write(
    request: MemberRequest,
    found: Chosen,
    before: Grid,
    changes: tuple[Change, ...],
    *,
    label: str,
    seen: dict[str, int],
) -> JsonResponse:
    try:
        written = write(found, changes, actor=request.user, label=label, seen=seen)  # type: ignore[arg-type]
    except Conflict as conflict:
        return JsonResponse(_conflict(conflict, before, request.POST.get("field", "")), status=409)
    except BadInput as error:
        return _refused(_said(error))
    return _moved(request, before, written, "")


def _moved(request: MemberRequest, before: Grid, written: ChangeSet | None, said: str) -> JsonResponse:
    after = chosen(request)
    answer = moved(request, before, after, _places(request, after), request.POST.get("opened") or None)
    return JsonResponse(answer | {"undo": undo_of(written), "said": said})


def _seen(request: MemberRequest, line: Line, changes: tuple[Change, ...]) -> dict[str, int]:
    """The revisions the page showed: of the line's fact, and of the scenario that is written."""
    seen: dict[str, int] = {}
    shown = request.POST.get("seen", "")
    for change in changes:
        if change.op != "add" and shown.isdigit():
            seen[change.about] = int(shown)
    scenario = request.POST.get("scenario", "")
    scenario_shown = request.POST.get("scenario_seen", "")
    if scenario and scenario_shown.isdigit():
        seen[f"scenario/{scenario}"] = int(scenario_shown)
    return seen


def _conflict(conflict: Conflict, before: Grid, field: str) -> dict[str, Any]:
    """Say who changed what meanwhile, both values, and the revision with which mine may still be kept."""
    one = conflict.moved[0]
    who = one.who or _("Quelqu’un")
    known = next((line for line in before.lines() if line.row.about == one.about), None)
    if one.theirs is None:
        said = _("%(who)s a retiré cette ligne entre-temps : rechargez la page.") % {"who": who}
    elif known is None:
        said = _("%(who)s a modifié ce scénario entre-temps.") % {"who": who}
    else:
        theirs = known.raw.get(field) or "–"
        said = _("%(who)s a modifié « %(label)s » entre-temps : %(theirs)s.") % {
            "who": who,
            "label": known.row.label,
            "theirs": shown(HOLDS.get(field, "amount"), theirs) if theirs != "–" else theirs,
        }
    return {
        "error": f"{said} {_('Rien n’est enregistré, votre saisie reste ici.')}",
        "about": one.about,
        "seen": one.revision,
    }


def _refused(message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=422)


def _said(error: FilageError) -> str:
    if isinstance(error, BadInput):
        return " ".join(f"{p.message[:1].upper()}{p.message[1:]}." for p in error.problems)
    return str(error)


# --- without the grid: a plain page per line ----------------------------------------------------------------


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def line(request: MemberRequest) -> HttpResponseBase:
    """Edit a line, replace a computed one, or add one to a post: whichever the address names."""
    found = chosen(request)
    asked = request.POST.get("line") or request.GET.get("line") or ""
    if not asked:
        return redirect(_adding(request, found))
    known = grid_of(found, "tous").line(asked)
    if known is None:
        raise Http404
    fact = found.dossier.get(known.row.about)
    if isinstance(fact, (BudgetLine, Funding)) and known.override is None:
        return redirect(fact_address(request, found, fact.kind, fact.id))
    return _override(request, found, known)


def _override(request: MemberRequest, found: Chosen, known: Line) -> HttpResponseBase:
    form = OverrideForm(request.POST or None, line=known)
    if request.method == "POST" and form.is_valid():
        shown = request.POST.get("seen", "")
        seen = {known.override.about: int(shown)} if known.override and shown.isdigit() else {}
        label = f"{known.row.label}, {_('remplacé à la main')}"
        try:
            written = write(found, form.changes(), actor=request.user, label=label, seen=seen)  # type: ignore[arg-type]
            return done(request, written, _address(request, found, known.anchor))
        except (Conflict, BadInput) as error:
            form.add_error(None, _said(error))
    context = {"form": form, "line": known, "found": found, "back": _address(request, found, known.anchor)}
    return render(request, "budget/override.html", context, status=422 if form.is_bound else 200)


@member_view(EDIT, BudgetPost.kind)
@require_http_methods(["GET", "POST"])
def add_post(request: MemberRequest) -> HttpResponseBase:
    """Add a post; the usual ones become the production's own with the first."""
    found = chosen(request)
    form = FactForm(
        BudgetPost.kind, request.POST or None, choices=Choices(request.structure, found.dossier), ident=""
    )
    if request.method == "POST" and form.is_valid():
        usual = () if found.dossier.all(BudgetPost) else posts_of(found.dossier)
        kept = [
            add(post.about, code=post.code, label=post.label, phase=post.phase)
            for post in usual
            if post.about != form.about
        ]
        try:
            written = write(found, [*kept, *form.changes()], actor=request.user, label=_("Ajout d’un poste"))  # type: ignore[arg-type]
            return done(request, written, _address(request, found))
        except (Conflict, BadInput) as error:
            form.problem("code", _said(error))
    context = {"form": form, "title": _("Ajouter un poste"), "back": _address(request, found), "found": found}
    return render(request, "scenarios/fact.html", context, status=422 if form.is_bound else 200)


@member_view(EDIT, LineOverride.kind)
@require_POST
def restore(request: MemberRequest) -> HttpResponseBase:
    """Give a replaced line its computed amount back."""
    found = chosen(request)
    known = grid_of(found, "tous").line(request.POST.get("line", ""))
    if known is None or known.override is None:
        return redirect(_address(request, found))
    label = f"{known.row.label}, {_('rendu au calcul')}"
    written = write(found, [remove(known.override.about)], actor=request.user, label=label)  # type: ignore[arg-type]
    return done(request, written, _address(request, found, known.anchor))


def _adding(request: MemberRequest, found: Chosen) -> str:
    """Where a new line is written."""
    given = QueryDict(mutable=True)
    given.update({key: request.GET[key] for key in ("post", "phase", "side") if key in request.GET})
    return fact_address(request, found, KIND, "", given)


def fact_address(
    request: MemberRequest, found: Chosen, kind: str, ident: str, given: QueryDict | None = None
) -> str:
    """Where a fact is edited, or added without an id: in the chosen scenario, or in the production."""
    here: list[Any] = [request.structure.slug, request.production_id, kind]
    asked = QueryDict(mutable=True)
    asked.update(given or {})
    asked["retour"] = _address(request, found, f"{kind}-{ident}" if ident else "")
    if found.scenario:
        asked["scenario"] = found.ident
        name = "scenarios:edit_fact" if ident else "scenarios:add_fact"
    else:
        name = "forms:edit" if ident else "forms:add"
    address = reverse(name, args=[*here, ident] if ident else here)
    return f"{address}?{asked.urlencode()}"


def _address(request: MemberRequest, found: Chosen, anchor: str = "") -> str:
    page = reverse("budget:page", args=[request.structure.slug, request.production_id])
    return f"{page}{found.query}" + (f"#{anchor}" if anchor else "")


def _places(request: MemberRequest, found: Chosen) -> Places:
    return Places(
        request.structure.slug, request.production_id or "", found.query, editable=request.may(EDIT, KIND)
    )
