"""The order played and the cues of its scenes: moved, timed and written on one page each."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.facts.script import Cue, Scene
from filage.kernel.changes import remove as removal
from filage.kernel.errors import BadInput
from filage.script.played import running_order_of
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.preview.answers import refused, save
from filage_web.script.cues import CueForm, cue_sheet
from filage_web.script.ordering import STATES, Sheet, first_order, sheet_of, typed_order
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened


@member_view(SEE, "running_order")
@require_GET
def order(request: MemberRequest) -> HttpResponse:
    """Show the order played with its times."""
    opened = open_page(request)
    chosen = running_order_of(opened.dossier)
    if chosen is None:
        page = {"scenes": opened.dossier.all(Scene), "orders": opened.dossier.by_kind.get("running_order")}
        return render(request, "script/order.html", page)
    return _draw(request, opened, sheet_of(opened.dossier, chosen))


@member_view(EDIT, "running_order")
@require_POST
def reorder(request: MemberRequest) -> HttpResponseBase:
    """Move, name, time and cut what is played, as one write."""
    opened = open_page(request)
    chosen = running_order_of(opened.dossier)
    if chosen is None:
        raise Http404
    sheet = sheet_of(opened.dossier, chosen)
    changes = typed_order(sheet, request.POST)
    if sheet.problems:
        return _draw(request, opened, sheet, 422)
    revision = request.POST.get("revision", "")
    seen = {chosen.about: int(revision)} if revision.isdigit() else {}
    label = _("Ordre joué : %(name)s") % {"name": chosen.label}
    try:
        return save(request, changes, seen=seen, back=_at(request, "order"), label=label)
    except BadInput as error:
        return refused(request, error, _at(request, "order"))


@member_view(EDIT, "running_order")
@require_POST
def compose(request: MemberRequest) -> HttpResponseBase:
    """Make a first order of all the scenes."""
    label = _("Ordre joué")
    changes = first_order(open_page(request).dossier, label)
    try:
        return save(request, changes, back=_at(request, "order"), label=label)
    except BadInput as error:
        return refused(request, error, _at(request, "order"))


def _draw(request: MemberRequest, opened: Opened, sheet: Sheet, status: int = 200) -> HttpResponse:
    revision = opened.loaded.revisions.get(sheet.order.about, 0)
    page = {"sheet": sheet, "states": STATES.items(), "revision": revision}
    return render(request, "script/order.html", page, status=status)


@member_view(SEE, "cue")
@require_GET
def cues(request: MemberRequest) -> HttpResponse:
    """List the cues, scene by scene in the order played."""
    opened = open_page(request)
    asked = opened.dossier.find(f"cue/{request.GET.get('top', '')}", Cue)
    form = CueForm(
        None, opened.dossier, running_order_of(opened.dossier), asked, request.GET.get("scene", "")
    )
    return _draw_cues(request, opened, form)


@member_view(EDIT, "cue")
@require_POST
def write_cue(request: MemberRequest) -> HttpResponseBase:
    """Write a cue, or correct it."""
    opened = open_page(request)
    asked = opened.dossier.find(f"cue/{request.POST.get('top', '')}", Cue)
    form = CueForm(request.POST, opened.dossier, running_order_of(opened.dossier), asked, "")
    if not form.is_valid():
        return _draw_cues(request, opened, form)
    scene = str(form.cleaned_data["scene"]).rpartition("/")[2]
    back = f"{_at(request, 'cues')}?scene={scene}#scene-{scene}"
    try:
        return save(request, form.changes(), seen=_seen(request, asked), back=back)
    except BadInput as error:
        return refused(request, error, back)


@member_view(EDIT, "cue")
@require_POST
def remove_cue(request: MemberRequest, cue: str) -> HttpResponseBase:
    """Take a cue away."""
    found = open_page(request).dossier.find(f"cue/{cue}", Cue)
    if found is None:
        raise Http404
    try:
        return save(request, [removal(found.about)], back=_at(request, "cues"))
    except BadInput as error:
        return refused(request, error, _at(request, "cues"))


def _draw_cues(request: MemberRequest, opened: Opened, form: CueForm) -> HttpResponse:
    page = {
        "form": form,
        "groups": cue_sheet(opened.dossier, running_order_of(opened.dossier)),
        "scenes": len(opened.dossier.all(Scene)),
        "count": len(opened.dossier.all(Cue)),
        "asked": form.cue,
        "revision": opened.loaded.revisions.get(form.cue.about, 0) if form.cue else 0,
    }
    return render(request, "script/cues.html", page, status=422 if form.errors else 200)


def _seen(request: MemberRequest, cue: Cue | None) -> dict[str, int]:
    revision = request.POST.get("revision", "")
    return {cue.about: int(revision)} if cue and revision.isdigit() else {}


def _at(request: MemberRequest, name: str) -> str:
    return reverse(f"script:{name}", args=[request.structure.slug, request.production_id])
