"""The doors to a new production."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.kernel.errors import BadInput, Problem
from filage.script.read import MAX_BYTES as MAX_SCRIPT
from filage.script.read import read_script
from filage.script.shape import Script
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.creation.forms import FileForm, KindForm, TitleForm
from filage_web.creation.questions import sides_of
from filage_web.creation.services import create_from_script, create_production
from filage_web.creation.uploads import read_upload
from filage_web.creation.waiting import forget, keep, waiting
from filage_web.home.ways_in import other_ways, ways_in
from filage_web.navigation import production_address
from filage_web.store.archive import read_any
from filage_web.store.errors import Undecided
from filage_web.store.files import GivenFile
from filage_web.store.imports import import_dossier

MAX_DOSSIER = 30_000_000

USUAL_KIND: Final = {"tei": "theatre", "running_order": "concert"}
"""The kind of production proposed for a text, by its format."""


@member_view(EDIT, "production")
@require_GET
def beginnings(request: MemberRequest) -> HttpResponse:
    """Choose what to begin with."""
    slug = request.structure.slug
    page = {"ways_in": ways_in(slug), "other_ways": other_ways(slug)}
    return render(request, "creation/beginning.html", page)


@member_view(EDIT, "production")
@require_http_methods(["GET", "POST"])
def new_production(request: MemberRequest) -> HttpResponse:
    """Begin with a title."""
    form = TitleForm(request.POST or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            slug = create_production(
                request.structure, form.values(), actor=_actor(request), label=_("Création de la production")
            )
        except BadInput as error:
            problems = error.problems
        else:
            return _created(request, slug)
    page = {"form": form, "problems": problems}
    return render(request, "creation/empty.html", page, status=422 if problems or form.errors else 200)


@member_view(EDIT, "production")
@require_http_methods(["GET", "POST"])
def new_from_dossier(request: MemberRequest) -> HttpResponse:
    """Begin with a file exported by Filage, here or elsewhere."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "creation/dossier.html", {"form": form}, status=422 if form.errors else 200)
    name, data = read_upload(form.cleaned_data["file"], MAX_DOSSIER)
    return _import(request, name, data, {})


@member_view(EDIT, "production")
@require_POST
def decide_import(request: MemberRequest) -> HttpResponse:
    """Go on with an import once it is said, for each fact known otherwise, which version is right."""
    held = waiting(request)
    if held is None:
        messages.error(request, _("Le fichier n’attend plus : déposez-le de nouveau, rien n’a été importé."))
        return redirect("new_from_dossier", request.structure.slug)
    decisions = {
        about.removeprefix("fait:"): side
        for about, side in request.POST.items()
        if about.startswith("fait:") and side in ("mine", "theirs")
    }
    return _import(request, held.name, held.data, decisions)


def _import(request: MemberRequest, name: str, data: bytes, decisions: dict[str, Any]) -> HttpResponse:
    try:
        dossier, files = read_any(data, file=name)
        slug = import_dossier(
            request.structure,
            dossier,
            actor=_actor(request),
            role=request.role,
            decisions=decisions,
            files=files,
        )
    except Undecided as undecided:
        keep(request, name, data)
        page = {"name": name, "questions": [sides_of(question) for question in undecided.questions]}
        return render(request, "creation/questions.html", page, status=409)
    except BadInput as error:
        refused = {"form": FileForm(), "name": name, "problems": error.problems}
        return render(request, "creation/dossier.html", refused, status=422)
    forget(request)
    return _created(request, slug, _("%(name)s importé : rien n’a été perdu.") % {"name": name})


@member_view(EDIT, "production")
@require_http_methods(["GET", "POST"])
def new_from_script(request: MemberRequest) -> HttpResponse:
    """Begin with a text: its scenes and roles become the first facts."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "creation/script.html", {"form": form}, status=422 if form.errors else 200)
    name, data = read_upload(form.cleaned_data["file"], MAX_SCRIPT)
    if request.POST.get("latin"):
        data = _from_windows(data)
    try:
        script = read_script(data, name=name)
    except BadInput as error:
        return _script_refused(request, name, error)
    keep(request, name, data)
    return _script_read(request, name, script)


@member_view(EDIT, "production")
@require_POST
def create_script(request: MemberRequest) -> HttpResponse:
    """Create the production from the text read, in the version chosen."""
    held = waiting(request)
    if held is None:
        messages.error(request, _("Le texte n’attend plus : déposez-le de nouveau, rien n’a été créé."))
        return redirect("new_from_script", request.structure.slug)
    kind = request.POST.get("form", "theatre")
    try:
        script = read_script(held.data, name=held.name, version=request.POST.get("version") or None)
        file = GivenFile(held.name, held.data)
        slug = create_from_script(request.structure, script, form=kind, file=file, actor=_actor(request))
    except BadInput as error:
        return _script_refused(request, held.name, error)
    forget(request)
    return _created(request, slug, _("%(count)s scènes reprises.") % {"count": len(script.scenes)})


def _script_read(request: MemberRequest, name: str, script: Script) -> HttpResponse:
    kind = KindForm(initial={"form": USUAL_KIND.get(script.format, "fiction")})
    return render(request, "creation/script_read.html", {"name": name, "script": script, "form": kind})


def _script_refused(request: MemberRequest, name: str, error: BadInput) -> HttpResponse:
    page = {"form": FileForm(), "name": name, "problems": error.problems}
    return render(request, "creation/script.html", page, status=422)


def _from_windows(data: bytes) -> bytes:
    """Read a text of the old encoding of Windows, when the visitor says it is one."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").encode()
    return data


def _actor(request: MemberRequest) -> Any:
    return request.user


def _created(request: MemberRequest, slug: str, message: str = "") -> HttpResponse:
    messages.success(request, message or _("Production créée."))
    return redirect(production_address(request.structure.slug, slug) or "productions")
