"""The text of a production: given, compared with what is known, accepted or given up."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.facts.script import Scene
from filage.kernel.errors import BadInput, Problem
from filage.script.read import MAX_BYTES, read_script
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.preview import show_effect
from filage_web.preview.answers import refused
from filage_web.script.seen import seen_by
from filage_web.script.texts import attached_to, keep_text
from filage_web.script.versions import Compared, compare_text, is_attached
from filage_web.shell.opening import open_page
from filage_web.store.files import GivenFile, files_of, remove_file
from filage_web.store.models import File, Production
from filage_web.store.outcomes import Opened

TEXTS = (".fountain", ".fdx", ".xml", ".txt", ".csv", ".tsv", ".xlsx", ".spmd", ".md")


@member_view(EDIT, "scene")
@require_GET
def text(request: MemberRequest) -> HttpResponse:
    """Ask for the text, or for its new version."""
    open_page(request)
    return _asking(request, ())


@member_view(EDIT, "scene")
@require_POST
def give_text(request: MemberRequest) -> HttpResponseBase:
    """Read a text given; kept beside the others when it can be read, and nothing else changes yet."""
    open_page(request)
    given = request.FILES.get("file")
    if given is None:
        return _asking(request, (Problem(_("choisissez un fichier sur votre ordinateur")),))
    name, data = str(given.name), bytes(given.read(MAX_BYTES + 1))
    try:
        read_script(data, name=name)
        production = Production.objects.get(structure=request.structure, slug=request.production_id)
        kept = keep_text(request.structure, production, GivenFile(name, data), actor=request.user)
    except BadInput as error:
        return _asking(request, error.problems)
    place = reverse("script:version", args=[request.structure.slug, request.production_id, kept.pk])
    return redirect(place)


@member_view(EDIT, "scene")
@require_GET
def version(request: MemberRequest, file: int) -> HttpResponse:
    """Show what a text kept would change, scene by scene, before anything is."""
    opened, kept = _open(request, file)
    try:
        compared = _compared(request, opened, kept)
    except BadInput as error:
        return _asking(request, error.problems)
    page = {
        "compared": compared,
        "attached": is_attached(opened.dossier, kept),
        "known": len(opened.dossier.all(Scene)),
        "version": request.GET.get("version", ""),
    }
    return render(request, "script/version.html", page)


@member_view(EDIT, "scene")
@require_POST
def accept_version(request: MemberRequest, file: int) -> HttpResponseBase:
    """Show what accepting a text does to cost, rules, calendar and documents; the sheet confirms it."""
    opened, kept = _open(request, file)
    back = reverse("script:page", args=[request.structure.slug, request.production_id])
    label = _("Texte : %(name)s") % {"name": kept.name}
    try:
        compared = _compared(request, opened, kept)
        changes = compared.taking(request.POST.getlist("take"))
        seen = seen_by(opened, changes)
        return show_effect(request, changes, seen=seen, back=back, title=label, label=label)
    except BadInput as error:
        return refused(request, error, back)


@member_view(EDIT, "scene")
@require_POST
def give_up_version(request: MemberRequest, file: int) -> HttpResponseBase:
    """Forget a text that was given and not accepted; one that an order comes from stays."""
    opened, kept = _open(request, file)
    if not is_attached(opened.dossier, kept):
        remove_file(kept)
        messages.success(request, _("%(name)s n’est pas gardé ; rien n’a changé.") % {"name": kept.name})
    return redirect("script:page", request.structure.slug, request.production_id)


def _open(request: MemberRequest, file: int) -> tuple[Opened, File]:
    mine = File.objects.filter(structure=request.structure, production__slug=request.production_id, pk=file)
    kept = mine.select_related("structure").first()
    if kept is None:
        raise Http404
    return open_page(request), kept


def _compared(request: MemberRequest, opened: Opened, kept: File) -> Compared:
    asked = request.POST.get("version") or request.GET.get("version") or None
    attached = attached_to(request.structure, opened.dossier)
    return compare_text(request.structure, opened.dossier, attached, kept, version=asked, today=clock.today())


def _asking(request: MemberRequest, problems: tuple[Problem, ...]) -> HttpResponse:
    dossier = open_page(request).dossier
    attached = attached_to(request.structure, dossier)
    files = [
        file
        for file in files_of(request.structure, str(request.production_id))
        if file.name.lower().endswith(TEXTS)
    ]
    page: dict[str, Any] = {"attached": attached, "files": files, "problems": problems}
    return render(request, "script/text.html", page, status=422 if problems else 200)
