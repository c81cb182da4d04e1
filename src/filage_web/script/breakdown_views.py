"""The breakdown: sheets per scene, lists by element, who works on which day; and an element's own page."""

from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage import __version__
from filage.facts.script import Element, Scene
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput
from filage.script.breakdown import breakdown_sheets
from filage.script.breakdown_file import breakdown_of
from filage.script.categories import TITLES
from filage.script.element_list import element_lists
from filage.script.page import pages
from filage.script.played import PLAYERS
from filage.script.presence import day_out_of_days
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, EXPORT, SEE
from filage_web.preview import show_effect
from filage_web.preview.answers import refused, save
from filage_web.script.elements import ElementForm, merge_changes, others, remove_changes, words_of
from filage_web.script.obliged import obliged_by
from filage_web.script.seen import seen_by
from filage_web.script.texts import attached_to
from filage_web.script.waiting import everywhere, repeated, silent_roles, waiting_in
from filage_web.shell.attachment import PDF, XLSX, attachment
from filage_web.shell.opening import corrected, open_page
from filage_web.store.outcomes import Opened


@member_view(SEE, "scene")
@require_GET
def breakdown(request: MemberRequest) -> HttpResponse:
    """List the sheets of the scenes played, with their totals."""
    dossier = open_page(request).dossier
    sheets = breakdown_sheets(dossier)
    attached = attached_to(request.structure, dossier)
    waiting = waiting_in(dossier, attached)
    page = {
        "sheets": [(sheet, len(waiting.get(sheet.about, ()))) for sheet in sheets],
        "waiting": sum(map(len, waiting.values())),
        "silent": silent_roles(dossier, attached),
        "repeated": repeated(dossier, waiting),
        "pages": pages(sum(sheet.eighths or 0 for sheet in sheets)),
        "estimated": any(sheet.estimated for sheet in sheets),
        "minutes": sum(sheet.minutes or 0 for sheet in sheets),
        "bare": [sheet for sheet in sheets if not (sheet.groups or sheet.cast)],
    }
    return render(request, "script/breakdown.html", page)


@member_view(EDIT, "scene")
@require_POST
def sort_everywhere(request: MemberRequest) -> HttpResponseBase:
    """Keep one suggestion in every scene that makes it, or put it aside everywhere: one write."""
    opened = open_page(request)
    waiting = waiting_in(opened.dossier, attached_to(request.structure, opened.dossier))
    verb, _colon, key = request.POST.get("action", "").partition(":")
    changes = everywhere(opened.dossier, waiting, key, dismiss=verb == "dismiss")
    back = reverse("script:breakdown", args=[request.structure.slug, request.production_id]) + "#partout"
    said = _("Écarté partout : %(what)s") if verb == "dismiss" else _("Retenu partout : %(what)s")
    label = said % {"what": key.partition(".")[2]}
    try:
        return save(request, changes, seen=seen_by(opened, changes), back=back, label=label)
    except BadInput as error:
        return refused(request, error, back)


@member_view(SEE, "scene")
@require_GET
def sheet(request: MemberRequest, scene: str) -> HttpResponse:
    """Show the sheet of one scene, as it prints."""
    dossier = open_page(request).dossier
    sheets = breakdown_sheets(dossier)
    place = next((rank for rank, one in enumerate(sheets) if one.about == f"scene/{scene}"), None)
    if place is None:
        if dossier.find(f"scene/{scene}", Scene) is None:
            raise Http404
        return redirect("script:scene", request.structure.slug, request.production_id, scene)
    page = {
        "sheet": sheets[place],
        "scene": scene,
        "previous": sheets[place - 1] if place else None,
        "following": sheets[place + 1] if place + 1 < len(sheets) else None,
    }
    return render(request, "script/sheet.html", page)


@member_view(SEE, "scene")
@require_GET
def presence(request: MemberRequest) -> HttpResponse:
    """Show who works on which day."""
    table = day_out_of_days(open_page(request).dossier)
    groups: dict[str, list[Any]] = {}
    for row in table.rows:
        groups.setdefault(TITLES[row.category], []).append(row)
    missing = any(cell.missing for row in table.rows for cell in row.cells)
    page = {"table": table, "groups": groups.items(), "missing": missing}
    return render(request, "script/presence.html", page)


@member_view(EXPORT, "scene")
@require_GET
def breakdown_as_pdf(request: MemberRequest) -> HttpResponse:
    """Hand over the breakdown to print; `?page=1` puts each scene on its own page."""
    from filage.documents.breakdown_pdf import breakdown_pdf

    content = breakdown_of(open_page(request).dossier, clock.today())
    layout: Literal["compact", "page"] = "page" if request.GET.get("page") else "compact"
    data = breakdown_pdf(content, __version__, layout)
    return _handed_over(request, data, "pdf", PDF)


@member_view(EXPORT, "scene")
@require_GET
def breakdown_as_workbook(request: MemberRequest) -> HttpResponse:
    """Hand over the breakdown as a workbook."""
    from filage.documents.breakdown_xlsx import breakdown_xlsx

    content = breakdown_of(open_page(request).dossier, clock.today())
    return _handed_over(request, breakdown_xlsx(content, __version__), "xlsx", XLSX)


def _handed_over(request: MemberRequest, data: bytes, suffix: str, media_type: str) -> HttpResponse:
    return attachment(data, f"{request.production_id}-depouillement.{suffix}", media_type)


@member_view(SEE, "element")
@require_GET
def elements(request: MemberRequest) -> HttpResponse:
    """List what the scenes need, category by category."""
    return render(request, "script/elements.html", {"lists": element_lists(open_page(request).dossier)})


@member_view(SEE, "element")
@require_http_methods(["GET", "POST"])
def element(request: MemberRequest, element: str) -> HttpResponseBase:
    """Show an element, with its scenes, its words and what it obliges; correct it."""
    opened, fact = _open(request, element)
    form = ElementForm(request.POST or None, fact)
    if request.method == "POST":
        if not request.may(EDIT, "element"):
            raise PermissionDenied
        if form.is_valid():
            return _saved(request, fact, form.changes())
    return _draw(request, opened, fact, form)


def _draw(request: MemberRequest, opened: Opened, fact: Element, form: ElementForm) -> HttpResponse:
    rows = (row for one in element_lists(opened.dossier) for row in one.rows)
    page = {
        "element": fact,
        "played": fact.category in PLAYERS,
        "form": form,
        "row": next(row for row in rows if row.element.about == fact.about),
        "words": words_of(opened.dossier, fact),
        "others": others(opened.dossier, fact),
        "obliged": obliged_by(opened.dossier, fact, clock.today()),
        "findings": [corrected(request, one) for one in opened.outcome.findings if one.about == fact.about],
        "revision": opened.loaded.revisions.get(fact.about, 0),
    }
    return render(request, "script/element.html", page, status=422 if form.errors else 200)


@member_view(EDIT, "element")
@require_POST
def merge_element(request: MemberRequest, element: str) -> HttpResponseBase:
    """Show what merging an element into another does; the sheet confirms it."""
    opened, fact = _open(request, element)
    into = opened.dossier.find(f"element/{request.POST.get('into', '')}", Element)
    back = _at(request, fact)
    if into is None or into.about == fact.about:
        return refused(request, BadInput(_("choisissez l’élément qui reste")), back)
    title = _("Fondre %(one)s dans %(other)s") % {"one": fact.label, "other": into.label}
    try:
        changes = merge_changes(opened.dossier, fact, into)
        seen = seen_by(opened, changes)
        return show_effect(request, changes, seen=seen, back=_at(request, into), title=title, label=title)
    except BadInput as error:
        return refused(request, error, back)


@member_view(EDIT, "element")
@require_POST
def remove_element(request: MemberRequest, element: str) -> HttpResponseBase:
    """Show what taking an element away does; the sheet confirms it."""
    opened, fact = _open(request, element)
    back = reverse("script:elements", args=[request.structure.slug, request.production_id])
    title = _("Retirer %(name)s") % {"name": fact.label}
    changes = remove_changes(opened.dossier, fact)
    try:
        seen = seen_by(opened, changes)
        return show_effect(request, changes, seen=seen, back=back, title=title, label=title)
    except BadInput as error:
        return refused(request, error, _at(request, fact))


def _saved(request: MemberRequest, fact: Element, changes: tuple[Change, ...]) -> HttpResponseBase:
    revision = request.POST.get("revision", "")
    seen = {fact.about: int(revision)} if revision.isdigit() else {}
    label = _("Élément : %(name)s") % {"name": fact.label}
    try:
        return save(request, changes, seen=seen, back=_at(request, fact), label=label)
    except BadInput as error:
        return refused(request, error, _at(request, fact))


def _open(request: MemberRequest, element: str) -> tuple[Opened, Element]:
    opened = open_page(request)
    fact = opened.dossier.find(f"element/{element}", Element)
    if fact is None:
        raise Http404
    return opened, fact


def _at(request: MemberRequest, element: Element) -> str:
    return reverse("script:element", args=[request.structure.slug, request.production_id, element.id])
