"""The page of tasks: the list, the Gantt, what is done at once, and what follows when one moves."""

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.facts.changing import apply_changes
from filage.facts.dossier import Dossier
from filage.facts.task import Task
from filage.facts.writing import values_of
from filage.geo.working_days import day_of, rank_after, rank_of
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput
from filage.planning.retro import plan_tasks_of, what_follows
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.preview import save, show_effect
from filage_web.preview.answers import refused
from filage_web.preview.draft import safe
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened
from filage_web.tasks.gantt import gantt_of
from filage_web.tasks.queries import (
    GROUPINGS,
    STATES,
    Filter,
    Row,
    counts_of,
    groups_of,
    kept,
    margin_of,
    owners_of,
    person_of,
    rows_of,
    tightest_chain,
)

KIND: Final = Task.kind
VIEWS: Final = {"liste": gettext_lazy("Liste"), "gantt": gettext_lazy("Gantt")}
ANSWERS: Final = gettext_lazy("Disponibilités")
PAPERS: Final = ("a4", "a3")
FURTHEST: Final = 260
"""Working days a task may move at once: a year."""
USUAL: Final = Filter()


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show the tasks: a list, or the Gantt."""
    opened = open_page(request)
    today = clock.today()
    plan = plan_tasks_of(opened.dossier, today)
    rows = rows_of(opened.dossier, plan, dict(opened.loaded.revisions))
    me = person_of(opened.dossier, request.user.email)
    chosen = _filter(request, rows, me.about if me else "")
    view = request.GET.get("vue", "")
    view = view if view in VIEWS else "liste"
    shown = kept(rows, chosen)
    groups = groups_of(shown, opened.dossier, chosen.grouping)
    paper = request.GET.get("papier", "")
    chain = tightest_chain(plan)
    margin = margin_of(chain)
    context = {
        "rows": rows,
        "groups": groups,
        "shown": len(shown),
        "plan": plan,
        "gantt": gantt_of(opened.dossier, groups, today) if view == "gantt" else None,
        "critical": chain,
        "margin": margin,
        "short": -(margin or 0),
        "late": sum(row.planned.is_late for row in rows),
        "open_ones": sum(row.planned.state != "done" for row in rows),
        "today": today,
        "year": today.year,
        "view": view,
        "paper": paper if paper in PAPERS else "a4",
        "papers": [(one, one.upper(), _query(chosen, view, papier=one)) for one in PAPERS],
        "views": [(key, label, _query(chosen, key)) for key, label in VIEWS.items()],
        "answers_label": ANSWERS,
        "states": _states(rows, chosen, view),
        "groupings": [
            (label, _query(chosen, view, par=key), key == chosen.grouping) for key, label in GROUPINGS.items()
        ],
        "owners": _owners(rows, chosen, view, me.about if me else ""),
        "chosen": chosen,
        "here": request.get_full_path(),
    }
    return render(request, "tasks/page.html", context)


def _filter(request: MemberRequest, rows: list[Row], me: str) -> Filter:
    state, owner = request.GET.get("etat", ""), request.GET.get("pour", "")
    grouping = request.GET.get("par", "")
    known = {about for about, _name in owners_of(rows)}
    return Filter(
        state if state in STATES else USUAL.state,
        me if owner == "moi" else owner if owner in known or owner == "aucun" else "",
        grouping if grouping in GROUPINGS else USUAL.grouping,
    )


def _query(chosen: Filter, view: str, **more: str) -> str:
    """The address that asks for this, without what is usual."""
    asked = {"vue": view, "etat": chosen.state, "pour": chosen.owner, "par": chosen.grouping} | more
    usual = {"vue": "liste", "etat": USUAL.state, "pour": "", "par": USUAL.grouping, "papier": "a4"}
    kept_ones = {key: value for key, value in asked.items() if value != usual[key]}
    return f"?{urlencode(kept_ones)}" if kept_ones else "?"


def _states(rows: list[Row], chosen: Filter, view: str) -> list[tuple[Any, int, str, bool]]:
    counts = counts_of(
        row for row in rows if not chosen.owner or row in kept([row], Filter("toutes", chosen.owner))
    )
    return [
        (label, counts[key], _query(chosen, view, etat=key), key == chosen.state)
        for key, label in STATES.items()
        if counts[key] or key in (chosen.state, USUAL.state)
    ]


def _owners(rows: list[Row], chosen: Filter, view: str, me: str) -> list[tuple[str, str, bool]]:
    """Who is in charge, oneself first, and nobody."""
    found = owners_of(rows)
    listed = [(_("Moi"), me)] if any(about == me for about, _name in found) else []
    listed += [(name, about) for about, name in found if about != me]
    if any(row.task.owner is None for row in rows):
        listed.append((_("Sans responsable"), "aucun"))
    if len(listed) < 2:  # noqa: PLR2004 - nothing to choose
        return []
    return [
        (name, _query(chosen, view, pour="" if about == chosen.owner else about), about == chosen.owner)
        for name, about in listed
    ]


@member_view(EDIT, KIND)
@require_POST
def state(request: MemberRequest, task: str) -> HttpResponseBase:
    """Say that a task is begun or done, or no longer; written at once, undone by the toast."""
    opened, fact = _open(request, task)
    today = clock.today().isoformat()
    changes: dict[str, tuple[Change, str]] = {
        "faite": (_done(fact, today), _("faite")),
        "a-faire": (set_(fact.about, clear=("done_on",)), _("à refaire")),
        "commencee": (set_(fact.about, started_on=today), _("commencée")),
        "pas-commencee": (set_(fact.about, clear=("started_on",)), _("pas encore commencée")),
    }
    wanted = request.POST.get("etat", "")
    if wanted not in changes:
        raise Http404
    change, words = changes[wanted]
    return _save(request, opened, fact, change, f"{fact.label} : {words}")


def _done(fact: Task, today: str) -> Change:
    values: dict[str, Any] = {"done_on": today}
    if fact.checklist:
        values["checklist"] = [{"label": check.label, "done": "true"} for check in fact.checklist]
    return set_(fact.about, **values)


@member_view(EDIT, KIND)
@require_POST
def tick(request: MemberRequest, task: str) -> HttpResponseBase:
    """Tick a line of a task’s list, or untick it."""
    opened, fact = _open(request, task)
    asked = request.POST.get("ligne", "")
    if not asked.isdigit() or int(asked) >= len(fact.checklist):
        raise Http404
    rank = int(asked)
    checks: list[dict[str, Any]] = list(values_of(fact)["checklist"])
    done = not fact.checklist[rank].done
    checks[rank] = {"label": fact.checklist[rank].label, "done": "true" if done else "false"}
    words = _("%(what)s : coché") if done else _("%(what)s : décoché")
    label = words % {"what": fact.checklist[rank].label}
    return _save(request, opened, fact, set_(fact.about, checklist=checks), f"{fact.label}, {label}")


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def move(request: MemberRequest, task: str) -> HttpResponseBase:
    """Show what follows when a task slips by some working days; then what it would do, to be confirmed."""
    opened, fact = _open(request, task)
    days = _days(request)
    today = clock.today()
    before = plan_tasks_of(opened.dossier, today)
    changes = moved(opened.dossier, fact, days, today) if days else []
    if request.method == "POST" and changes:
        title = _("Décaler : %(what)s") % {"what": fact.label}
        try:
            return show_effect(
                request, changes, seen=_seen(opened, fact), back=_back(request, fact), title=title
            )
        except BadInput as error:
            return refused(request, error, _back(request, fact))
    after = plan_tasks_of(apply_changes(opened.dossier, changes), today)
    follows = what_follows(before, after, [fact.about])
    context = {
        "task": fact,
        "planned": before.of(fact.about),
        "then": after.of(fact.about),
        "days": days,
        "follows": follows,
        "newly_late": sum(one.is_late and not one.was_late for one in follows),
        "back": _back(request, fact),
        "year": today.year,
    }
    return render(request, "tasks/move.html", context)


def moved(dossier: Dossier, fact: Task, days: int, today: date) -> list[Change]:
    """Put a task so many working days later (earlier when negative) than the earliest it can begin."""
    planned = plan_tasks_of(dossier, today).of(fact.about)
    if planned is None or fact.done_on is not None:
        return []
    start = day_of(rank_of(planned.earliest_start) + days)
    if fact.started_on is not None:
        return [set_(fact.about, started_on=start.isoformat())]
    if fact.milestone and fact.due_on is not None:
        return [set_(fact.about, due_on=day_of(rank_after(fact.due_on) - 1 + days).isoformat())]
    return [set_(fact.about, starts_on=start.isoformat())]


def _days(request: MemberRequest) -> int:
    asked = request.POST.get("jours") or request.GET.get("jours") or "5"
    try:
        return max(-FURTHEST, min(int(asked), FURTHEST))
    except ValueError:
        return 0


def _open(request: MemberRequest, task: str) -> tuple[Opened, Task]:
    opened = open_page(request)
    fact = opened.dossier.find(f"{KIND}/{task}", Task)
    if fact is None:
        raise Http404
    return opened, fact


def _save(request: MemberRequest, opened: Opened, fact: Task, change: Change, label: str) -> HttpResponseBase:
    try:
        return save(request, [change], seen=_seen(opened, fact), back=_back(request, fact), label=label)
    except BadInput as error:
        return refused(request, error, _back(request, fact))


def _seen(opened: Opened, fact: Task) -> dict[str, int]:
    return {fact.about: opened.loaded.revisions.get(fact.about, 0)}


def _back(request: MemberRequest, fact: Task) -> str:
    asked = safe(request.POST.get("retour", "") or request.GET.get("retour", ""))
    page_url = reverse("tasks:page", args=[request.structure.slug, request.production_id])
    return f"{(asked or page_url).partition('#')[0]}#task-{fact.id}"
