"""The page of a scene: its words, what they ask for, and the sheet of the scene."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.facts.intent import Mark
from filage.facts.script import Element, Scene
from filage.kernel.changes import Change, remove
from filage.kernel.errors import BadInput, Problem
from filage.script.breakdown import breakdown_sheet, length_of
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms.builder import AGAIN
from filage_web.preview import show_effect
from filage_web.preview.answers import refused, save
from filage_web.script.scene_form import SceneForm
from filage_web.script.scenes import CATEGORIES, proposed_for, scene_page
from filage_web.script.seen import seen_by
from filage_web.script.tagging import (
    dismiss_changes,
    tag_changes,
    typed_tag,
    unmark_changes,
    untag_changes,
    with_risk,
)
from filage_web.script.texts import Attached, attached_to
from filage_web.script.waiting import accept, key_of
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened


@member_view(SEE, "scene")
@require_GET
def scene(request: MemberRequest, scene: str) -> HttpResponse:
    """Show a scene: its words, its elements, what its words suggest."""
    opened, fact = _open(request, scene)
    return _draw(request, opened, attached_to(request.structure, opened.dossier), fact)


def _draw(
    request: MemberRequest,
    opened: Opened,
    attached: Attached,
    fact: Scene,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    shown = scene_page(opened.dossier, attached, fact)
    page: dict[str, Any] = {
        "page": shown,
        "scene": fact,
        "sheet": breakdown_sheet(opened.dossier, fact.about),
        "length": length_of(fact),
        "attached": attached,
        "categories": CATEGORIES.items(),
        "labels": sorted({element.label for element in opened.dossier.all(Element)}, key=str.casefold),
        "problems": problems,
        "typed": request.POST,
    }
    return render(request, "script/scene.html", page, status=422 if problems else 200)


@member_view(EDIT, "scene")
@require_POST
def tag(request: MemberRequest, scene: str) -> HttpResponseBase:
    """Make an element of words of the scene, or add one by its name."""
    opened, fact = _open(request, scene)
    attached = attached_to(request.structure, opened.dossier)
    try:
        wanted = typed_tag(request.POST, attached.text(fact))
        wanted = with_risk(wanted, proposed_for(opened.dossier, attached, fact))
        changes = tag_changes(opened.dossier, fact, [wanted])
        label = _("Dépouillement de %(scene)s : %(what)s") % {"scene": _called(fact), "what": wanted.label}
        return save(request, changes, seen=seen_by(opened, changes), back=_at(request, fact), label=label)
    except BadInput as error:
        return _draw(request, opened, attached, fact, error.problems)


@member_view(EDIT, "scene")
@require_POST
def suggestions(request: MemberRequest, scene: str) -> HttpResponseBase:
    """Accept or put aside what the words suggest: one by its button, or those that are ticked."""
    opened, fact = _open(request, scene)
    attached = attached_to(request.structure, opened.dossier)
    proposed = scene_page(opened.dossier, attached, fact).proposed
    verb, _colon, one = request.POST.get("action", "").partition(":")
    asked = {one} if one else set(request.POST.getlist("proposed"))
    chosen = [each for each in proposed if key_of(each) in asked]
    changes: tuple[Change, ...]
    if verb == "dismiss":
        changes = dismiss_changes(opened.dossier, fact, chosen)
        label = _("Propositions écartées : %(scene)s")
    else:
        changes = accept(opened.dossier, fact, chosen)
        label = _("Dépouillement de %(scene)s : propositions du texte")
    back, label = _at(request, fact, "#propositions"), label % {"scene": _called(fact)}
    try:
        return save(request, changes, seen=seen_by(opened, changes), back=back, label=label)
    except BadInput as error:
        return refused(request, error, _at(request, fact))


@member_view(EDIT, "scene")
@require_POST
def untag(request: MemberRequest, scene: str) -> HttpResponseBase:
    """Take a mark off, or an element out of the scene, or take up again what was put aside."""
    opened, fact = _open(request, scene)
    mark = opened.dossier.find(f"mark/{request.POST.get('mark', '')}", Mark)
    element = f"element/{request.POST.get('element', '')}"
    changes: tuple[Change, ...]
    if "again" in request.POST:
        marks = opened.dossier.all(Mark)
        changes = tuple(remove(one.about) for one in marks if one.scene == fact.about and one.element is None)
    elif mark and mark.scene == fact.about:
        changes = unmark_changes(opened.dossier, fact, mark)
    else:
        changes = untag_changes(opened.dossier, fact, element)
    label = _("Dépouillement de %(scene)s : marque ôtée") % {"scene": _called(fact)}
    try:
        return save(request, changes, seen=seen_by(opened, changes), back=_at(request, fact), label=label)
    except BadInput as error:
        return refused(request, error, _at(request, fact))


@member_view(EDIT, "scene")
@require_http_methods(["GET", "POST"])
def edit_scene(request: MemberRequest, scene: str) -> HttpResponseBase:
    """Correct the sheet of a scene; its effect is shown first."""
    opened, fact = _open(request, scene)
    form = SceneForm(request.POST or None, fact)
    again = AGAIN in request.POST
    if request.method == "POST" and not again and form.is_valid():
        shown = request.POST.get("revision", "")
        seen = {fact.about: int(shown)} if shown.isdigit() else seen_by(opened, form.changes())
        try:
            return show_effect(request, form.changes(), seen=seen, back=_at(request, fact), typed=True)
        except BadInput as error:
            form.add_error(None, "; ".join(problem.message for problem in error.problems))
    revision = opened.loaded.revisions.get(fact.about, 0)
    page = {"form": form, "scene": fact, "back": _at(request, fact), "revision": revision}
    return render(request, "script/scene_form.html", page, status=422 if form.is_bound and not again else 200)


def _open(request: MemberRequest, scene: str) -> tuple[Opened, Scene]:
    opened = open_page(request)
    fact = opened.dossier.find(f"scene/{scene}", Scene)
    if fact is None:
        raise Http404
    return opened, fact


def _called(scene: Scene) -> str:
    return f"{scene.number} {scene.label}" if scene.number else scene.label


def _at(request: MemberRequest, scene: Scene, place: str = "") -> str:
    return reverse("script:scene", args=[request.structure.slug, request.production_id, scene.id]) + place
