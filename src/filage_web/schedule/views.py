"""The plans of work of a production: what each must hold, the best one found, and putting it in the calendar."""

from datetime import date
from decimal import ROUND_UP, Decimal
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.facts.plan import Plan
from filage.facts.scenario import Scenario
from filage.facts.script import Scene
from filage.kernel import french
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import ZERO
from filage.planning.schedule.laying import LayingProblem, Layout, NoneFound, changes_of, layout_from_json
from filage.planning.schedule.laying import why_not as explain
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.jobs import computations
from filage_web.jobs.models import Computation
from filage_web.preview import show_effect
from filage_web.preview.answers import refused, save
from filage_web.scenarios.chosen import PARAMETER, Chosen, chosen
from filage_web.schedule.board import columns_found, columns_now, unplaced
from filage_web.schedule.forms import SearchForm, WhyForm
from filage_web.schedule.services import problem_for, remarks_of
from filage_web.schedule.tasks import KIND, search_key, search_plan, searched
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened, preview

WHY_SECONDS = 8.0
"""How long one waits, at most, for « pourquoi pas ? »."""


@member_view(SEE, "plan")
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """List the plans of work."""
    opened = open_page(request)
    last = computations.latest(request.structure, request.production_id or "", KIND)
    plans = [(plan, last.get(plan.about)) for plan in opened.dossier.all(Plan)]
    return render(request, "schedule/page.html", {"plans": plans, "scenes": len(opened.dossier.all(Scene))})


@member_view(SEE, "plan")
@require_GET
def show(request: MemberRequest, plan: str) -> HttpResponse:
    """Show what a plan must hold, what it lacks, and what the calendar holds of it."""
    return _show(request, *_plan(request, plan), SearchForm())


def _show(
    request: MemberRequest, found: Chosen, plan: Plan, form: SearchForm, status: int = 200
) -> HttpResponse:
    opened = found.opened
    problem, missing = _problem(request, opened, plan)
    columns = columns_now(opened.dossier, plan)
    last = computations.latest(request.structure, request.production_id or "", KIND)
    shown = {
        "found": found,
        "plans_b": [one for one in found.scenarios if one.use == "plan_b"],
        "year": plan.starts_on.year,
        "plan": plan,
        "locks": _locks(opened, plan),
        "missing": missing,
        "warnings": remarks_of(request.structure, opened, problem) if problem else (),
        "columns": columns,
        "left": unplaced(opened.dossier, columns),
        "last": last.get(search_key(plan.about, found.ident)),
        "form": form,
        "revision": opened.loaded.revision,
    }
    return render(request, "schedule/show.html", shown, status=status)


def _locks(opened: Opened, plan: Plan) -> list[tuple[int, str, str]]:
    """Tell each lock of a plan: its rank, what it holds, why."""
    names = {scene.about: scene.number or scene.label for scene in opened.dossier.all(Scene)}
    told = []
    for rank, lock in enumerate(plan.locks):
        one = names.get(lock.scene, lock.scene)
        if lock.before:
            text = _("%(one)s avant %(other)s") % {"one": one, "other": names.get(lock.before, lock.before)}
        else:
            text = _("%(one)s le %(day)s") % {"one": one, "day": french.day(lock.day) if lock.day else "?"}
        told.append((rank, text, lock.reason or ""))
    return told


@member_view(EDIT, "plan")
@require_POST
def search(request: MemberRequest, plan: str) -> HttpResponseBase:
    """Ask for the best plan; a worker looks for it."""
    found, fact = _plan(request, plan)
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _show(request, found, fact, form, 422)
    about = search_key(fact.about, found.ident)
    asked = computations.ask(
        request.structure, request.production_id or "", KIND, about, form.cleaned_data, request.user
    )
    if asked.state == Computation.QUEUED and asked.started_at is None:
        search_plan.enqueue(asked.pk)
    return redirect("schedule:found", request.structure.slug, request.production_id, asked.pk)


@member_view(SEE, "plan")
@require_GET
def found(request: MemberRequest, computation: int) -> HttpResponse:
    """Show how far a search is, then the plan it found."""
    asked = _computation(request, computation)
    if asked.state in computations.RUNNING and getattr(request, "htmx", False):
        return render(request, "schedule/running.html", {"asked": asked, **_progress(asked)})
    opened, plan, scenario = _under(request, asked)
    listed = reverse("schedule:page", args=[request.structure.slug, request.production_id])
    shown: dict[str, Any] = {
        "asked": asked,
        "plan": plan,
        "scenario": opened.loaded.dossier.find(f"scenario/{scenario}", Scenario),
        "plan_url": _back(request, plan, scenario) if plan else listed,
        **_progress(asked),
    }
    if asked.answer is not None:
        shown |= _answer(request, opened, asked)
    response = render(request, "schedule/found.html", shown)
    if asked.state in computations.RUNNING:
        response.headers["Refresh"] = (
            "3"  # for who has no script; with it, the part that moves asks for itself
        )
    if getattr(request, "htmx", False):
        response.headers["HX-Refresh"] = "true"
    return response


def _under(request: MemberRequest, asked: Computation) -> tuple[Opened, Plan | None, str]:
    """The production as a search saw it: under its scenario when it has one; and the plan it is about."""
    about, scenario = searched(asked.about)
    try:
        opened = open_page(request, scenario=scenario or None)
    except BadInput:
        raise Http404 from None
    return opened, opened.dossier.find(about, Plan), scenario


def _progress(asked: Computation) -> dict[str, Any]:
    """How far the best plan is from what none can beat."""
    best, bound = (_euros(asked.progress.get(name)) for name in ("best", "bound"))
    gap = None if best is None or bound is None else still_to_gain(best, bound)
    return {"best": best, "bound": bound, "gap": gap, "elapsed": asked.progress.get("elapsed")}


def _euros(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def still_to_gain(cost: Decimal, bound: Decimal) -> Decimal:
    """The share of a cost that the best plan could save at most, to the thousandth."""
    return ((cost - bound) / cost).quantize(Decimal("0.001"), ROUND_UP) if cost > 0 else ZERO


def _answer(request: MemberRequest, opened: Opened, asked: Computation) -> dict[str, Any]:
    plan = opened.dossier.find(searched(asked.about)[0], Plan)
    problem, missing = _problem(request, opened, plan) if plan else (None, [])
    stale = asked.revision != opened.loaded.revision
    if plan is None or problem is None:
        return {"missing": missing, "stale": stale}
    try:
        layout = layout_from_json(asked.answer)
    except (BadInput, KeyError, ValueError):
        # the facts it was found on are gone: only a new search tells
        return {"missing": [], "stale": True, "lost": True}
    columns = columns_found(opened.dossier, plan, problem, layout)
    days = sorted({column.day for column in columns})
    return {
        "layout": layout,
        "days": len(days),
        "columns": columns,
        "year": plan.starts_on.year,
        "stale": stale,
        "proved": layout.status == "optimal",
        "could_gain": still_to_gain(layout.cost, layout.bound),
        "why": WhyForm(scenes=_scenes(opened, problem), days=days),
        "names": problem.names,
        "warnings": remarks_of(request.structure, opened, problem),
        "weights": _weights(layout),
        "against": _against_calendar(request, opened, plan, layout, searched(asked.about)[1]),
    }


def _weights(layout: Layout) -> list[tuple[str, Decimal]]:
    """What the cost of a plan is made of."""
    parts = [
        (
            _("Comédiennes et comédiens, jours de jeu et d’attente"),
            sum((one.cost for one in layout.people), ZERO),
        ),
        (_("Équipe technique, tous les jours du plan"), layout.crew),
        (_("Lieux"), layout.places),
        (_("Mises en place"), layout.setting_up),
        (_("Changements de lieu"), layout.moving),
    ]
    return [(label, value) for label, value in parts if value]


def _against_calendar(
    request: MemberRequest, opened: Opened, plan: Plan, layout: Layout, scenario: str
) -> Decimal | None:
    """What the plan changes to the budget’s balance, beside today’s calendar; None when it cannot be said."""
    changes = changes_of(opened.dossier, layout, plan)
    try:
        found = preview(request.structure, request.production_id or "", changes, scenario=scenario or None)
    except BadInput:
        return None
    return found.after.budget.balance - found.before.budget.balance


def _scenes(opened: Opened, problem: LayingProblem) -> list[tuple[str, str]]:
    """The scenes laid, as a list to choose from."""
    known = dict.fromkeys(one.scene for one in problem.scenes)
    found = ((about, opened.dossier.find(about, Scene)) for about in known)
    return [(about, f"{scene.number or scene.id} · {scene.label}") for about, scene in found if scene]


@member_view(EDIT, "plan")
@require_POST
def stop(request: MemberRequest, computation: int) -> HttpResponseBase:
    """Stop a search with the best plan so far."""
    computations.stop(_computation(request, computation))
    return redirect("schedule:found", request.structure.slug, request.production_id, computation)


@member_view(EDIT, "event")
@require_POST
def accept(request: MemberRequest, computation: int) -> HttpResponseBase:
    """Show what putting the plan found in the calendar would do."""
    opened, plan, _problem_laid, layout = _laid(request, computation)
    scenario = searched(_computation(request, computation).about)[1]
    back = _back(request, plan, scenario)
    title = _("Poser « %(plan)s » au calendrier") % {"plan": plan.label}
    try:
        changes = changes_of(opened.dossier, layout, plan)
        return show_effect(request, changes, back=back, title=title, label=title, scenario=scenario)
    except BadInput as error:
        return refused(request, error, back)


@member_view(SEE, "plan")
@require_GET
def why_not(request: MemberRequest, computation: int) -> HttpResponseBase:
    """Answer « pourquoi pas cette scène avant celle-là, ou ce jour-là ? »."""
    opened, plan, problem, layout = _laid(request, computation)
    days = sorted({day.day for day in layout.days} | set(layout.unused))
    form = WhyForm(request.GET, scenes=_scenes(opened, problem), days=days)
    page = {"why": form, "asked": _computation(request, computation), "plan": plan}
    if not form.is_valid():
        return render(request, "schedule/why.html", page, status=422)
    other = form.cleaned_data["before"] or date.fromisoformat(form.cleaned_data["day"])
    try:
        page["answer"] = explain(problem, layout, form.cleaned_data["scene"], other, seconds=WHY_SECONDS)
    except NoneFound:
        page["unknown"] = int(WHY_SECONDS)
    return render(request, "schedule/why.html", page)


@member_view(EDIT, "plan")
@require_POST
def lock(request: MemberRequest, plan: str) -> HttpResponseBase:
    """Keep a scene on a day: the next search holds it."""
    found, fact = _plan(request, plan)
    opened = found.opened
    scene = opened.dossier.find(f"scene/{request.POST.get('scene', '')}", Scene)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        day = None
    back = _back(request, fact, found.ident)
    if scene is None or day is None:
        return refused(request, BadInput(Problem(_("choisissez une scène et un jour"))), back)
    others = [_values(one) for one in fact.locks if not (one.scene == scene.about and one.day)]
    locks = [*others, {"scene": scene.about, "day": day.isoformat()}]
    label = _("Scène %(scene)s verrouillée") % {"scene": scene.number or scene.id}
    return _write(request, found, fact, set_(fact.about, locks=locks), label)


@member_view(EDIT, "plan")
@require_POST
def unlock(request: MemberRequest, plan: str, rank: int) -> HttpResponseBase:
    """Let a scene go anywhere again."""
    found, fact = _plan(request, plan)
    if rank >= len(fact.locks):
        raise Http404
    locks = [_values(one) for at, one in enumerate(fact.locks) if at != rank]
    return _write(request, found, fact, set_(fact.about, locks=locks), _("Verrou retiré"))


def _values(part: Any) -> dict[str, Any]:
    found: dict[str, Any] = part.model_dump(mode="json", exclude_none=True)
    return found


def _write(request: MemberRequest, found: Chosen, plan: Plan, change: Change, label: str) -> HttpResponseBase:
    """Write a lock at once; in a scenario, keep it there."""
    back = _back(request, plan, found.ident)
    seen = {} if found.ident else {plan.about: found.loaded.revisions.get(plan.about, 0)}
    try:
        if found.ident:
            return show_effect(request, [change], back=back, label=label, scenario=found.ident)
        return save(request, [change], back=back, seen=seen, label=label)
    except BadInput as error:
        return refused(request, error, back)


def _back(request: MemberRequest, plan: Plan, scenario: str) -> str:
    page = reverse("schedule:show", args=[request.structure.slug, request.production_id, plan.id])
    return f"{page}?{urlencode({PARAMETER: scenario})}" if scenario else page


def _plan(request: MemberRequest, ident: str) -> tuple[Chosen, Plan]:
    found = chosen(request)
    plan = found.dossier.find(f"plan/{ident}", Plan)
    if plan is None:
        raise Http404
    return found, plan


def _computation(request: MemberRequest, number: int) -> Computation:
    within = {"structure": request.structure, "production__slug": request.production_id, "kind": KIND}
    return get_object_or_404(Computation, pk=number, **within)


def _laid(request: MemberRequest, number: int) -> tuple[Opened, Plan, LayingProblem, Layout]:
    """Open a plan that was found; what no longer reads is a 404 with a new search to make."""
    asked = _computation(request, number)
    opened, plan, _scenario = _under(request, asked)
    if plan is None:
        raise Http404
    problem, _missing = _problem(request, opened, plan)
    if problem is None or asked.answer is None:
        raise Http404
    try:
        return opened, plan, problem, layout_from_json(asked.answer)
    except (BadInput, KeyError, ValueError):
        raise Http404 from None


def _problem(
    request: MemberRequest, opened: Opened, plan: Plan
) -> tuple[LayingProblem | None, list[Problem]]:
    """What a plan asks, or all that it lacks."""
    try:
        return problem_for(request.structure, opened, plan), []
    except BadInput as error:
        return None, list(error.problems)
