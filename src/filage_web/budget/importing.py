"""A spreadsheet imported into a production that exists: compared line by line, its effect shown, written at once."""

from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filage.budget.importing.facts import Plan, moves_of
from filage.budget.importing.refused import refused_task
from filage.facts.budget import BudgetLine
from filage.kernel.errors import BadInput
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.creation import reading
from filage_web.creation.dropping import dropped, understood
from filage_web.creation.forms import FileForm
from filage_web.creation.services import WEEK
from filage_web.preview.answers import both_versions, check_rights, nothing_changed, saved
from filage_web.preview.draft import Draft
from filage_web.preview.effect import Effect, effect_of
from filage_web.shell.opening import open_page
from filage_web.store.changes import apply
from filage_web.store.errors import Conflict
from filage_web.store.files import GivenFile, keep_file
from filage_web.store.models import Production
from filage_web.store.outcomes import Opened, preview

KIND = BudgetLine.kind
LONG: Final = 3_000
"""Changes beyond which the effect shown is what the lines add up to: reviewing them all takes seconds."""


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def drop(request: MemberRequest) -> HttpResponse:
    """Drop a spreadsheet to import."""
    open_page(request)
    given = dropped(request)
    if given.taken:
        return redirect(_address(request, "read"))
    page = {
        "form": given.form,
        "name": given.name,
        "problems": given.problems,
        "waits": reading.is_waiting(request),
    }
    return render(request, "budget/importing.html", page, status=given.status)


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def read(request: MemberRequest) -> HttpResponse:
    """Show what the file would write and its effect; a posted form changes how it is read or decided."""
    if request.method == "POST":
        reading.tell(request)
        return redirect(_address(request, "read"))
    opened = open_page(request)
    try:
        found = reading.waits(request, request.structure)
    except BadInput as error:
        return _refused(request, error)
    if found is None:
        return _gone(request)
    plan = reading.plan_of(found, opened.loaded.dossier, _at(request, opened))
    long = len(plan.changes) > LONG
    effect, problems = (None, ()) if long else _effect(request, plan)
    page = understood(request, found, plan) | {
        "effect": effect,
        "problems": problems,
        "long": long,
        "moves": moves_of(plan),
        "writes": bool(plan.changes) and not problems,
        "known_before": bool(plan.moved),
        "revision": opened.loaded.revision,
    }
    return render(request, "budget/importing_read.html", page)


def _at(request: MemberRequest, opened: Opened) -> tuple[int, str | None, int]:
    """What the dossier is known by."""
    return request.structure.pk, request.production_id, opened.loaded.revision


def _effect(request: MemberRequest, plan: Plan) -> tuple[Effect | None, tuple[Any, ...]]:
    """What the import would do to the balance, the gap and the findings; or why it cannot be written."""
    if not plan.changes:
        return None, ()
    try:
        found = preview(request.structure, request.production_id or "", plan.changes)
    except BadInput as error:
        return None, error.problems
    return effect_of(found, plan.changes), ()


@member_view(EDIT, KIND)
@require_POST
def write(request: MemberRequest) -> HttpResponseBase:
    """Write the import as one change, with a way to undo it; nothing when the production moved since it was shown."""
    opened = open_page(request)
    try:
        found = reading.waits(request, request.structure)
        if found is None:
            return _gone(request)
        if request.POST.get("revision") != str(opened.loaded.revision):
            said = _(
                "La production a changé pendant que vous lisiez : voici l’import relu, confirmez s’il convient."
            )
            messages.warning(request, said)
            return redirect(_address(request, "read"))
        plan = reading.plan_of(found, opened.loaded.dossier, _at(request, opened))
        check_rights(request, plan.changes)
        kept = refused_task(plan, opened.loaded.dossier, clock.today() + WEEK)
        plan = replace(plan, changes=(*plan.changes, *kept))
        return _written(request, opened, found, plan)
    except BadInput as error:
        return _refused(request, error)


def _written(request: MemberRequest, opened: Opened, found: reading.Waits, plan: Plan) -> HttpResponseBase:
    actor: Any = request.user
    revisions = opened.loaded.revisions
    seen = {
        one.about: revisions[one.about] for one in plan.changes if one.op == "set" and one.about in revisions
    }
    label = _("Import de %(name)s : %(count)s lignes") % {"name": found.name, "count": len(plan.entries)}
    back = reverse("budget:page", args=[request.structure.slug, request.production_id])
    try:
        done = apply(
            request.structure, request.production_id, plan.changes, actor=actor, label=label[:200], seen=seen
        )
    except Conflict as conflict:
        draft = Draft(tuple(one for one in plan.changes if one.about in seen), seen, back, label[:200])
        return both_versions(request, conflict, draft)
    production = Production.objects.get(structure=request.structure, slug=request.production_id)
    keep_file(request.structure, production, GivenFile(found.name, found.data), actor=actor)
    reading.remember(request.structure, found, actor=actor)
    reading.forget(request)
    return saved(request, done, back) if done else nothing_changed(request, back)


@member_view(EDIT, KIND)
@require_POST
def renounce(request: MemberRequest) -> HttpResponse:
    """Forget the file that waits."""
    reading.forget(request)
    messages.info(request, _("Rien n’a été importé, le fichier déposé est oublié."))
    return redirect("budget:page", request.structure.slug, request.production_id)


def _gone(request: MemberRequest) -> HttpResponse:
    messages.error(request, _("Le fichier n’attend plus : déposez-le de nouveau, rien n’a été importé."))
    return redirect(_address(request, "drop"))


def _refused(request: MemberRequest, error: BadInput) -> HttpResponse:
    open_page(request)
    page = {"form": FileForm(), "problems": error.problems}
    return render(request, "budget/importing.html", page, status=422)


def _address(request: MemberRequest, name: str) -> str:
    return reverse(f"budget:import_{name}", args=[request.structure.slug, request.production_id])
