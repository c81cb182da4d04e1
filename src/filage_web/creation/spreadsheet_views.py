"""A production begun from one's own spreadsheet: dropped, read, corrected, created; nothing is written before."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filage.facts.dossier import Dossier
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.creation import reading
from filage_web.creation.columns import guessed_title
from filage_web.creation.dropping import dropped, understood
from filage_web.creation.forms import FileForm, TitleForm
from filage_web.creation.services import create_from_spreadsheet
from filage_web.home.ways_in import ways_in
from filage_web.navigation import production_address

NOTHING = Dossier.of_facts([])


@member_view(EDIT, "production")
@require_http_methods(["GET", "POST"])
def new_from_spreadsheet(request: MemberRequest) -> HttpResponse:
    """Begin with a budget kept in a spreadsheet."""
    given = dropped(request)
    if given.taken:
        return redirect("read_spreadsheet", request.structure.slug)
    page = {
        "form": given.form,
        "name": given.name,
        "problems": given.problems,
        "ways_in": ways_in(request.structure.slug),
        "waits": reading.is_waiting(request),
    }
    return render(request, "creation/spreadsheet.html", page, status=given.status)


@member_view(EDIT, "production")
@require_http_methods(["GET", "POST"])
def read_spreadsheet(request: MemberRequest) -> HttpResponse:
    """Show what is understood of the file; a posted form changes how it is read."""
    if request.method == "POST":
        reading.tell(request)
        return redirect("read_spreadsheet", request.structure.slug)
    return _shown(request, TitleForm(), status=200)


@member_view(EDIT, "production")
@require_POST
def create_spreadsheet(request: MemberRequest) -> HttpResponse:
    """Create the production with the lines understood."""
    form = TitleForm(request.POST)
    try:
        found = reading.waits(request, request.structure)
        if found is None:
            return _gone(request)
        if not form.is_valid():
            return _shown(request, form, status=422)
        slug, plan = create_from_spreadsheet(request.structure, found, form.values(), actor=_actor(request))
    except BadInput as error:
        return _refused(request, error)
    reading.forget(request)
    kept, refused = len(plan.entries), len(plan.refusals)
    said = _("%(kept)s lignes reprises.") % {"kept": kept}
    if refused:
        said += " " + _(
            "%(refused)s refusées : une tâche les liste, le fichier d’origine est joint à la production."
        ) % {"refused": refused}
    messages.success(request, said)
    return redirect(production_address(request.structure.slug, slug) or "productions")


@member_view(EDIT, "production")
@require_POST
def renounce_spreadsheet(request: MemberRequest) -> HttpResponse:
    """Forget the file that waits."""
    reading.forget(request)
    messages.info(request, _("Rien n’a été créé, le fichier déposé est oublié."))
    return redirect("beginnings", request.structure.slug)


def _shown(request: MemberRequest, form: TitleForm, *, status: int) -> HttpResponse:
    try:
        found = reading.waits(request, request.structure)
    except BadInput as error:
        return _refused(request, error)
    if found is None:
        return _gone(request)
    plan = reading.plan_of(found, NOTHING)
    if not form.is_bound:
        form = TitleForm(initial={"label": guessed_title(found)})
    page = understood(request, found, plan)
    page |= {"form": form, "ways_in": ways_in(request.structure.slug)}
    return render(request, "creation/spreadsheet_read.html", page, status=status)


def _gone(request: MemberRequest) -> HttpResponse:
    messages.error(request, _("Le fichier n’attend plus : déposez-le de nouveau, rien n’a été créé."))
    return redirect("new_from_spreadsheet", request.structure.slug)


def _refused(request: MemberRequest, error: BadInput) -> HttpResponse:
    page = {"form": FileForm(), "problems": error.problems, "ways_in": ways_in(request.structure.slug)}
    return render(request, "creation/spreadsheet.html", page, status=422)


def _actor(request: MemberRequest) -> Any:
    return request.user
