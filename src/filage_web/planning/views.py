"""The calendar's pages."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.facts.calendar import Event, Participation
from filage.facts.writing import values_of
from filage.kernel.changes import Change, set_
from filage.kernel.changes import remove as removal
from filage.kernel.errors import BadInput
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.forms.builder import AGAIN
from filage_web.forms.queries import Choices, name_of
from filage_web.planning.forms import EventForm, PasteForm, parts_of, usual_parts
from filage_web.planning.queries import (
    DAYS_SHOWN,
    entries_of,
    months_of,
    next_day,
    resources_of,
    weeks_of,
)
from filage_web.preview import show_effect
from filage_web.preview.answers import refused
from filage_web.preview.draft import safe
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened

VIEWS = {"liste": _("Liste"), "mois": _("Mois"), "ressources": _("Ressources")}
FURTHEST = 366


@member_view()
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """The calendar: a list, a month, or the resources of a week."""
    opened = open_page(request)
    entries = entries_of(opened.outcome)
    today = clock.today()
    view = request.GET.get("vue", "")
    view = view if view in VIEWS else "liste"
    around = _day(request.GET.get("du", "")) or next_day(entries, today)
    shown = {
        "view": view,
        "views": VIEWS.items(),
        "entries": entries,
        "around": around,
        "today": today,
        "year": today.year,
        "performances": sum(entry.kind == "Représentation" and not entry.cancelled for entry in entries),
        "cities": len({entry.city for entry in entries if entry.city and not entry.cancelled}),
        "here": request.get_full_path(),
    }
    return render(
        request, "planning/page.html", shown | _laid_out(view, opened, entries, around, _from(request, today))
    )


def _laid_out(view: str, opened: Opened, entries: list[Any], around: date, today: date) -> dict[str, Any]:
    if view == "mois":
        first = around.replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
        before = (first - timedelta(days=1)).replace(day=1)
        return {
            "first": first,
            "weeks": weeks_of(entries, first, today),
            "before": before,
            "after": following,
        }
    if view == "ressources":
        first = around
        step = timedelta(days=DAYS_SHOWN)
        return {
            "board": resources_of(opened.dossier, entries, first),
            "before": first - step,
            "after": first + step,
        }
    coming = [entry for entry in entries if entry.day >= today]
    return {"months": months_of(coming or entries), "past": len(entries) - len(coming) if coming else 0}


def _from(request: MemberRequest, today: date) -> date:
    """The first day of the list: today, unless one asks for what is past."""
    return date.min if "passees" in request.GET else today


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@member_view(EDIT, "event")
@require_http_methods(["GET", "POST"])
def add(request: MemberRequest) -> HttpResponseBase:
    """Put a new date, or a copy of one."""
    opened = open_page(request)
    copied = opened.dossier.find(f"event/{request.GET.get('copie', '')}", Event)
    given: dict[str, Any] = {"type": request.GET.get("type", "performance")}
    given |= {key: value for key, value in request.GET.items() if key in Event.model_fields}
    parts = usual_parts(opened.dossier, given["type"])
    if copied:
        given = values_of(copied) | {"day": (copied.day + timedelta(days=1)).isoformat(), "premiere": "false"}
        parts = list(parts_of(opened.dossier, copied.about))
    form = EventForm(
        request.POST or None, choices=Choices(request.structure, opened.dossier), initial=given, parts=parts
    )
    return _answer(request, form, _("Copier une date") if copied else _("Poser une date"), None)


@member_view(EDIT, "event")
@require_http_methods(["GET", "POST"])
def event(request: MemberRequest, event: str) -> HttpResponseBase:
    """Change a date and who takes part."""
    opened, fact = _open(request, event)
    form = EventForm(
        request.POST or None,
        choices=Choices(request.structure, opened.dossier),
        fact=fact,
        revision=opened.loaded.revisions.get(fact.about),
    )
    return _answer(request, form, name_of(fact, opened.dossier), fact)


def _answer(request: MemberRequest, form: EventForm, title: str, fact: Event | None) -> HttpResponseBase:
    back = _back(request)
    if request.method == "POST" and not form.wants_more and form.is_valid():
        try:
            return show_effect(
                request, form.changes(), seen=form.seen, back=_at(back, form.about), typed=True
            )
        except BadInput as error:
            form.refuse(error)
    page = {"form": form, "title": title, "event": fact, "back": back}
    return render(
        request, "planning/event.html", page, status=422 if form.is_bound and not form.wants_more else 200
    )


@member_view(EDIT, "event")
@require_POST
def move(request: MemberRequest, event: str) -> HttpResponseBase:
    """Show what moving a date by some days would do."""
    opened, fact = _open(request, event)
    try:
        days = max(-FURTHEST, min(int(request.POST.get("days", "1")), FURTHEST))
    except ValueError:
        days = 1
    values = {"day": (fact.day + timedelta(days=days)).isoformat()}
    if fact.end_day:
        values["end_day"] = (fact.end_day + timedelta(days=days)).isoformat()
    return _effect(request, opened, fact, [Change(op="set", about=fact.about, values=values)])


@member_view(EDIT, "event")
@require_POST
def cancel(request: MemberRequest, event: str) -> HttpResponseBase:
    """Show what cancelling a date would do."""
    opened, fact = _open(request, event)
    return _effect(request, opened, fact, [set_(fact.about, option="cancelled")])


@member_view(EDIT, "event")
@require_POST
def remove(request: MemberRequest, event: str) -> HttpResponseBase:
    """Show what removing a date, with everyone's part in it, would do."""
    opened, fact = _open(request, event)
    parts = [part.about for part in opened.dossier.all(Participation) if part.event == fact.about]
    return _effect(request, opened, fact, [removal(about) for about in (*parts, fact.about)])


def _effect(request: MemberRequest, opened: Opened, fact: Event, changes: list[Any]) -> HttpResponseBase:
    seen = {fact.about: opened.loaded.revisions.get(fact.about, 0)}
    back = _at(_back(request), fact.about)
    try:
        return show_effect(request, changes, seen=seen, back=back)
    except BadInput as error:
        return refused(request, error, back)


@member_view(EDIT, "event")
@require_http_methods(["GET", "POST"])
def paste(request: MemberRequest) -> HttpResponseBase:
    """Put a list of dates at once."""
    opened = open_page(request)
    form = PasteForm(request.POST or None, Choices(request.structure, opened.dossier), clock.today())
    if request.method == "POST" and not _again(request) and form.is_valid():
        count = len(form.rows)
        title = _("Poser %(n)s dates") % {"n": count} if count > 1 else _("Poser une date")
        try:
            return show_effect(
                request, form.changes(), back=_back(request), title=title, label=title, typed=True
            )
        except BadInput as error:
            form.add_error(None, "; ".join(problem.message for problem in error.problems[:5]))
    page = {"form": form, "back": _back(request)}
    return render(
        request, "planning/paste.html", page, status=422 if form.is_bound and not _again(request) else 200
    )


def _open(request: MemberRequest, event: str) -> tuple[Opened, Event]:
    opened = open_page(request)
    fact = opened.dossier.find(f"event/{event}", Event)
    if fact is None:
        raise Http404
    return opened, fact


def _again(request: MemberRequest) -> bool:
    """Whether one comes back from the effect to what one typed."""
    return AGAIN in request.POST


def _back(request: MemberRequest) -> str:
    asked = safe(request.POST.get("retour", "") or request.GET.get("retour", ""))
    return asked or reverse("planning:page", args=[request.structure.slug, request.production_id])


def _at(address: str, about: str) -> str:
    return f"{address.partition('#')[0]}#{about.replace('/', '-')}"
