"""What the grid writes: a cell, a new line, a paste, lines taken out, undo and redo; each answered with what moved."""

from django.http import JsonResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from filage.facts.budget import BudgetLine
from filage.kernel.errors import BadInput
from filage.kernel.memory import collector_paused
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.budget.answering import (
    KIND,
    grid_shown,
    moved_answer,
    refused,
    said_of,
    scenario_seen_of,
    seen_of,
    written_in_grid,
)
from filage_web.budget.cells import LABELS, CellError, ReasonNeeded, changes_of, new_line
from filage_web.budget.grid import Grid
from filage_web.budget.pasting import Pasted, PasteError, paste
from filage_web.budget.removing import removal_of
from filage_web.preview.answers import previewed
from filage_web.preview.draft import Draft
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.store.changes import undo
from filage_web.store.errors import Conflict
from filage_web.store.models import ChangeSet
from filage_web.templatetags.french import counted, euro, signed_euro


@member_view(EDIT, KIND)
@require_POST
@collector_paused()
def cell(request: MemberRequest) -> JsonResponse:
    """Write one cell, or the name of a new line, and answer with everything that moved."""
    found = chosen(request)
    before = grid_shown(request, found)
    if request.POST.get("adds"):
        return _added(request, found, before)
    line = before.line(request.POST.get("line", ""))
    field = request.POST.get("field", "")
    if line is None:
        return refused(_("Cette ligne n’existe plus : rechargez la page."))
    try:
        changes = changes_of(
            line, field, request.POST.get("value", ""), found.opened.outcome.variables,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
    except ReasonNeeded:
        return JsonResponse({"reason": line.row.label}, status=422)
    except CellError as error:
        return refused(str(error))
    label = f"{line.row.label}, {LABELS.get(field, field)}"
    return written_in_grid(request, found, before, changes, label=label, seen=seen_of(request, changes))


def _added(request: MemberRequest, found: Chosen, before: Grid) -> JsonResponse:
    """A line added in the grid: it is stored once it has a name."""
    asked = QueryDict(request.POST["adds"]).dict()
    adds = {key: str(value) for key, value in asked.items() if key in ("phase", "post", "side", "valued")}
    taken = {line.id for line in found.dossier.all(BudgetLine)}
    try:
        change = new_line(adds, request.POST.get("value", ""), taken)
    except CellError as error:
        return refused(str(error))
    return written_in_grid(
        request, found, before, [change], label=_("Ajout de %(name)s") % {"name": change.values["label"]},
        seen=scenario_seen_of(request), line=f"budget_line-{change.id}",
    )  # fmt: skip


@member_view(EDIT, KIND)
@require_POST
@collector_paused()
def try_cell(request: MemberRequest) -> JsonResponse:
    """Say what a cell would do while it is being typed; nothing is written."""
    found = chosen(request)
    line = grid_shown(request, found).line(request.POST.get("line", ""))
    if line is None or not line.is_typed:
        return JsonResponse({})
    try:
        changes = changes_of(
            line, request.POST.get("field", ""), request.POST.get("value", ""), found.opened.outcome.variables
        )
        effect = previewed(request, Draft(changes, {}, "", scenario=found.ident))
    except (CellError, ReasonNeeded, BadInput) as error:
        return JsonResponse({"error": said_of(error)})
    after = effect.after.budget
    row = after.by_id().get(line.row.id)
    more = after.expense - effect.before.budget.expense
    said = _("Ligne : %(amount)s · charges %(expense)s (%(more)s) · solde %(balance)s") % {
        "amount": euro(row.shown) if row else "–",
        "expense": euro(after.expense),
        "more": signed_euro(more),
        "balance": signed_euro(after.balance),
    }
    return JsonResponse({"said": said})


@member_view(EDIT, KIND)
@require_POST
@collector_paused()
def paste_cells(request: MemberRequest) -> JsonResponse:
    """Write several cells at once, or none: every wrong cell is named."""
    found = chosen(request)
    before = grid_shown(request, found)
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
    label = _("Collage de %(lines)s") % {"lines": counted(pasted.rows, "ligne,lignes")}
    return written_in_grid(
        request, found, before, pasted.changes, label=label, seen=seen, said=_totals_said(pasted)
    )


def _totals_said(pasted: Pasted) -> str:
    """Say which rows of a paste were left aside; empty when none was."""
    if not pasted.totals:
        return ""
    names = ", ".join(f"« {name[:60]} »" for name in pasted.totals[:3]) + (" …" if pasted.totals[3:] else "")
    return ngettext(
        "%(lines)s ; total laissé de côté, le budget le compte : %(names)s.",
        "%(lines)s ; totaux laissés de côté, le budget les compte : %(names)s.",
        len(pasted.totals),
    ) % {"lines": counted(pasted.rows, "ligne collée,lignes collées"), "names": names}


@member_view(EDIT, KIND)
@require_POST
@collector_paused()
def remove_lines(request: MemberRequest) -> JsonResponse:
    """Take typed lines out of the budget; computed ones say how they leave."""
    found = chosen(request)
    before = grid_shown(request, found)
    lines = [line for ident in request.POST.getlist("line") if (line := before.line(ident)) is not None]
    if not lines:
        return refused(_("Choisissez une ligne du budget."))
    try:
        changes = removal_of(lines, found)
    except CellError as error:
        return refused(str(error))
    one = len(lines) == 1
    label = (
        _("Retrait de %(name)s") % {"name": lines[0].row.label}
        if one
        else _("Retrait de %(lines)s") % {"lines": counted(len(lines), "ligne,lignes")}
    )
    seen = {line.row.about: line.seen for line in lines if line.seen is not None and line.override is None}
    said = _("%(what)s : Ctrl Z pour annuler.") % {"what": label}
    return written_in_grid(request, found, before, changes, label=label, seen=seen, said=said)


@member_view(EDIT, KIND)
@require_POST
@collector_paused()
def undo_cell(request: MemberRequest) -> JsonResponse:
    """Undo a write of the grid, or do again what was undone."""
    found = chosen(request)
    before = grid_shown(request, found)
    written = _write_named(request)
    if written is None:
        return refused(_("Il n’y a rien à annuler."))
    try:
        inverse = undo(written, actor=request.user)
    except (Conflict, BadInput) as error:
        return refused(said_of(error))
    first = written
    while first.undoes is not None:
        first = first.undoes
    words = _("Rétabli : %(what)s") if written.undoes else _("Annulé : %(what)s")
    return moved_answer(request, before, inverse, words % {"what": first.label})


def _write_named(request: MemberRequest) -> ChangeSet | None:
    number = request.POST.get("number", "")
    mine = ChangeSet.objects.filter(
        structure=request.structure,
        production__slug=request.production_id,
    )
    return mine.select_related("undoes").filter(pk=int(number)).first() if number.isdigit() else None
