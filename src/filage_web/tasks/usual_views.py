"""Usual tasks of a trade laid back from a day, and the whole retro-planning moved."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filage.facts.dossier import Dossier
from filage.facts.task import Task
from filage.kernel.errors import BadInput
from filage.planning.checklists import (
    UsualTask,
    UsualTasks,
    anchor_event,
    lay_tasks,
    list_named,
    shift_tasks,
    usual_for,
)
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.forms.french_input import day as read_day
from filage_web.preview import show_effect
from filage_web.preview.answers import refused
from filage_web.shell.opening import open_page

KIND: Final = Task.kind
USUALLY_AHEAD: Final = timedelta(days=180)
"""Where a list is laid when nothing is in the calendar yet."""
FURTHEST: Final = 1_100
YEARS: Final = 20
"""Farther than that, a year is a slip of the finger."""


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def usual(request: MemberRequest) -> HttpResponseBase:
    """Choose a list, its day, and which of its tasks to keep; then see what adding them does."""
    opened = open_page(request)
    lists = usual_for(opened.dossier.production.form)
    given = request.POST or request.GET
    chosen = _chosen(given.get("liste", ""), lists)
    event = anchor_event(opened.dossier, chosen.anchor)
    anchor, wrong = _anchor(given.get("jour", ""), event.day if event else clock.today() + USUALLY_AHEAD)
    keep = set(request.POST.getlist("tache")) if "tache" in request.POST or "poser" in request.POST else None
    if "poser" in request.POST and not wrong:
        try:
            changes = lay_tasks(opened.dossier, chosen, anchor, keep or set())
        except BadInput as error:
            wrong = str(error)
        else:
            title = _("Poser le rétroplanning : %(what)s") % {"what": chosen.title}
            return show_effect(request, changes, back=_page(request), title=title, label=title, typed=True)
    context = {
        "lists": lists,
        "chosen": chosen,
        "event": event,
        "anchor": anchor,
        "wrong": wrong,
        "rows": _rows(chosen, anchor, keep, opened.dossier),
        "today": clock.today(),
        "year": clock.today().year,
        "back": _page(request),
    }
    return render(request, "tasks/usual.html", context, status=422 if wrong else 200)


def _chosen(name: str, lists: tuple[UsualTasks, ...]) -> UsualTasks:
    try:
        return list_named(name) if name else lists[0]
    except BadInput:
        return lists[0]


def _anchor(typed: str, usual_day: date) -> tuple[date, str]:
    if not typed.strip():
        return usual_day, ""
    try:
        day = date.fromisoformat(read_day(typed))
    except ValueError as error:
        return usual_day, str(error)
    if abs(day.year - usual_day.year) > YEARS:
        return usual_day, _("Ce jour est trop loin : vérifiez l’année.")
    return day, ""


def _rows(
    chosen: UsualTasks, anchor: date, keep: set[str] | None, dossier: Dossier
) -> list[tuple[UsualTask, date, bool, bool]]:
    """Each task, its day, whether it is ticked, and whether that day has passed; those already there are not ticked."""
    today = clock.today()
    there = {task.label for task in dossier.all(Task)}
    found = []
    for task in chosen.tasks:
        due = task.due_on(anchor)
        ticked = task.id in keep if keep is not None else due >= today and task.label not in there
        found.append((task, due, ticked, due < today))
    return found


@member_view(EDIT, KIND)
@require_POST
def shift(request: MemberRequest) -> HttpResponseBase:
    """Show what moving the days given to every task not done would do."""
    opened = open_page(request)
    days = _number(request.POST)
    title = _("Décaler le rétroplanning de %(days)s jours") % {"days": f"{days:+d}".replace("-", "−")}
    try:
        changes = shift_tasks(opened.dossier, [task.about for task in opened.dossier.all(Task)], days)
        return show_effect(request, changes, back=_page(request), title=title, label=title)
    except BadInput as error:
        return refused(request, error, _page(request))


def _number(given: Mapping[str, Any]) -> int:
    try:
        return max(-FURTHEST, min(int(str(given.get("jours", "0")).replace("−", "-")), FURTHEST))
    except ValueError:
        return 0


def _page(request: MemberRequest) -> str:
    return reverse("tasks:page", args=[request.structure.slug, request.production_id])
