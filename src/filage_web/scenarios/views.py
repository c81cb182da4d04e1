"""Scenarios: compare, create, write in, adopt, give up."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.facts.kinds import BY_KIND, PRIVATE, SHARED
from filage.facts.scenario import Scenario
from filage.kernel.changes import Change, remove, set_
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms import Choices, FactForm
from filage_web.preview import show_effect
from filage_web.preview.answers import refused, save
from filage_web.preview.draft import safe
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.comparison import Column, sections
from filage_web.scenarios.services import done, file_values, write
from filage_web.scenarios.words import differences_of
from filage_web.store.errors import Conflict
from filage_web.store.outcomes import outcome_of

KIND: Final = Scenario.kind
COLUMNS: Final = 3
"""Side by side, the reference included."""


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Compare the reference with up to two scenarios; list them all."""
    found = chosen(request)
    asked = [ident for ident in request.GET.getlist("avec") if ident]
    known = {one.id: one for one in found.scenarios}
    wanted = [known[ident] for ident in dict.fromkeys(asked) if ident in known] or list(found.scenarios)
    shown = wanted[: COLUMNS - 1]
    columns = [
        Column("", _("Référence"), _("ce qui est décidé aujourd’hui"), found.opened.outcome),
        *(column for one in shown if (column := _column(request, one)) is not None),
    ]
    context = {
        "found": found,
        "columns": columns,
        "sections": sections(columns) if shown else [],
        "shown": {one.id for one in shown},
        "lines": [(one, differences_of(found.loaded.dossier, one)) for one in found.scenarios],
        "limit": COLUMNS - 1,
        "wide": 1 + 2 * len(columns),
    }
    return render(request, "scenarios/page.html", context)


def _column(request: MemberRequest, one: Scenario) -> Column | None:
    """The outcome of a scenario; None when it cannot be resolved (its bases go round in circles)."""
    try:
        outcome = outcome_of(request.structure, request.production_id or "", scenario=one.id)
    except BadInput:
        return None
    return Column(one.id, one.label, one.purpose or "", outcome, one)


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def add(request: MemberRequest) -> HttpResponseBase:
    """Name a new scenario and what it answers; it starts equal to the reference, or to another scenario."""
    found = chosen(request)
    form = FactForm(
        KIND,
        request.POST or None,
        choices=Choices(request.structure, found.loaded.dossier),
        only=("label", "purpose", "use", "base"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return save(
                request, form.changes(), back=_budget_in(request, form.ident), label=_("Nouveau scénario")
            )
        except BadInput as error:
            form.refuse(error)
    return _form(request, found, form, _("Nouveau scénario"), _here(request))


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def show(request: MemberRequest, scenario_id: str) -> HttpResponseBase:
    """Rename a scenario, see its differences, forget one, delete it."""
    found = chosen(request)
    one = _known(found, scenario_id)
    form = FactForm(
        KIND,
        request.POST or None,
        choices=Choices(request.structure, found.loaded.dossier),
        fact=one,
        revision=found.loaded.revisions.get(one.about),
        only=("label", "purpose", "use"),
    )
    if request.method == "POST" and request.POST.get("action") == "remove":
        return _remove(request, found, one)
    if request.method == "POST" and form.is_valid():
        try:
            return save(request, form.changes(), seen=form.seen, back=_here(request))
        except BadInput as error:
            form.refuse(error)
    context = {
        "form": form,
        "title": _("Scénario : %(name)s") % {"name": one.label},
        "back": _here(request),
        "found": found,
        "one": one,
        "differences": differences_of(found.loaded.dossier, one),
    }
    return render(request, "scenarios/show.html", context, status=422 if form.is_bound else 200)


def _remove(request: MemberRequest, found: Chosen, one: Scenario) -> HttpResponseBase:
    """Delete a scenario, unless another one starts from it."""
    above = [other.label for other in found.scenarios if other.base == one.about]
    if above:
        names = ", ".join(above)
        return refused(
            request,
            BadInput(_("d’autres scénarios partent de celui-ci : %(names)s") % {"names": names}),
            _here(request),
        )
    seen = {one.about: found.loaded.revisions.get(one.about, 0)}
    return save(request, [remove(one.about)], seen=seen, back=_here(request))


@member_view(EDIT, KIND)
@require_POST
def adopt(request: MemberRequest, scenario_id: str) -> HttpResponseBase:
    """Show what adopting a scenario would change in the reference, then write its changes as one."""
    found = chosen(request)
    one = _known(found, scenario_id)
    changes = _all_changes(found, one)
    title = _("Appliquer « %(name)s » à la référence") % {"name": one.label}
    label = _("Scénario appliqué : %(name)s") % {"name": one.label}
    done: list[Change] = [set_(one.about, ("changes",))] if one.changes else []
    try:
        return show_effect(request, (*changes, *done), back=_here(request), title=title, label=label)
    except BadInput as error:
        return refused(request, error, _here(request))


def _all_changes(found: Chosen, one: Scenario) -> tuple[Change, ...]:
    """The changes of a scenario after those of the scenarios it starts from."""
    base = found.loaded.dossier.find(one.base, Scenario) if one.base else None
    return (*(_all_changes(found, base) if base else ()), *one.changes)


@member_view(EDIT, KIND)
@require_POST
def forget(request: MemberRequest, scenario_id: str, rank: int) -> HttpResponseBase:
    """Forget one difference of a scenario."""
    found = chosen(request)
    one = _known(found, scenario_id)
    if rank >= len(one.changes):
        raise Http404
    kept = [file_values(change) for place, change in enumerate(one.changes) if place != rank]
    change = set_(one.about, changes=kept) if kept else set_(one.about, ("changes",))
    seen = {one.about: found.loaded.revisions.get(one.about, 0)}
    back = reverse("scenarios:show", args=[request.structure.slug, request.production_id, one.id])
    return save(request, [change], seen=seen, back=back, label=f"{one.label} : {_('une différence oubliée')}")


# --- writing in a scenario ----------------------------------------------------------------------------------


@member_view(EDIT)
@require_http_methods(["GET", "POST"])
def edit_fact(request: MemberRequest, kind: str, ident: str) -> HttpResponseBase:
    """Edit a fact as the chosen scenario makes it: the difference is kept in the scenario."""
    found = _scenario(request, kind)
    if found.scenario is None:
        return redirect("forms:edit", request.structure.slug, request.production_id, kind, ident)
    fact = found.dossier.get(f"{kind}/{ident}")
    if fact is None:
        raise Http404
    form = FactForm(
        kind,
        request.POST or None,
        choices=Choices(request.structure, found.dossier),
        fact=fact,
        variables=found.opened.outcome.variables,
    )
    if request.method == "POST" and request.POST.get("action") == "remove":
        return _written(request, found, [remove(fact.about)], form)
    title = f"{BY_KIND[kind].title} : {fact.name()}"
    return _answer(request, found, form, title)


@member_view(EDIT)
@require_http_methods(["GET", "POST"])
def add_fact(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Add a fact in the chosen scenario only."""
    found = _scenario(request, kind)
    if found.scenario is None:
        return redirect("forms:add", request.structure.slug, request.production_id, kind)
    given = {key: value for key, value in request.GET.items() if key in BY_KIND[kind].model_fields}
    form = FactForm(
        kind,
        request.POST or None,
        choices=Choices(request.structure, found.dossier),
        initial=given,
        variables=found.opened.outcome.variables,
    )
    return _answer(request, found, form, _("Ajouter : %(kind)s") % {"kind": BY_KIND[kind].title.lower()})


def _scenario(request: MemberRequest, kind: str) -> Chosen:
    if kind not in BY_KIND or kind in SHARED or kind in PRIVATE or kind == KIND:
        raise Http404
    if not request.may(EDIT, kind):
        raise PermissionDenied
    return chosen(request)


def _answer(request: MemberRequest, found: Chosen, form: FactForm, title: str) -> HttpResponseBase:
    if request.method == "POST" and not form.wants_more and form.is_valid():
        return _written(request, found, form.changes(), form)
    return _form(request, found, form, title, _back(request, found))


def _written(request: MemberRequest, found: Chosen, changes: Any, form: FactForm) -> HttpResponseBase:
    try:
        written = write(found, changes, actor=request.user)
    except (Conflict, BadInput) as error:
        form.problem("", str(error))
        return _form(request, found, form, _("Scénario"), _back(request, found))
    return done(request, written, _back(request, found))


def _form(request: MemberRequest, found: Chosen, form: FactForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "found": found, "old": form.old}
    wrong = form.is_bound and not form.wants_more
    return render(request, "scenarios/fact.html", context, status=422 if wrong else 200)


def _back(request: MemberRequest, found: Chosen) -> str:
    asked = safe(request.POST.get("retour", "") or request.GET.get("retour", ""))
    return asked or _budget_in(request, found.ident)


def _known(found: Chosen, ident: str) -> Scenario:
    one = found.loaded.dossier.find(f"{KIND}/{ident}", Scenario)
    if one is None:
        raise Http404
    return one


def _here(request: MemberRequest) -> str:
    return reverse("scenarios:page", args=[request.structure.slug, request.production_id])


def _budget_in(request: MemberRequest, ident: str) -> str:
    """The budget seen under a scenario: where one writes in it."""
    page = reverse("budget:page", args=[request.structure.slug, request.production_id])
    return f"{page}?scenario={ident}" if ident else page
