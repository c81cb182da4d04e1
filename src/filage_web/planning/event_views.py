"""One date: put, changed, moved, copied, cancelled, removed; its effect first, in the reference or in a plan."""

from collections.abc import Iterable
from datetime import time, timedelta
from typing import Any, Final

from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.facts.calendar import Event, Participation
from filage.facts.venue import Venue
from filage.facts.writing import values_of
from filage.kernel.changes import Change, set_
from filage.kernel.changes import remove as removal
from filage.kernel.errors import BadInput
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.forms.builder import AGAIN
from filage_web.forms.french_input import time as read_time
from filage_web.forms.queries import Choices, name_of
from filage_web.planning.check import Candidate, checked
from filage_web.planning.elsewhere import elsewhere_of
from filage_web.planning.entries import main_kind
from filage_web.planning.forms import EventForm, parts_of, usual_parts
from filage_web.planning.moving import DAY_MINUTES, minutes_of, moved
from filage_web.planning.pages import read_day
from filage_web.planning.paste_form import PasteForm
from filage_web.preview import show_effect
from filage_web.preview.answers import refused
from filage_web.preview.draft import safe
from filage_web.scenarios.chosen import Chosen, chosen

FURTHEST: Final = 366
KIND: Final = "event"


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def add(request: MemberRequest) -> HttpResponseBase:
    """Put a new date, or a copy of one."""
    found = chosen(request)
    copied = found.dossier.find(f"event/{request.GET.get('copie', '')}", Event)
    given: dict[str, Any] = {"type": request.GET.get("type") or main_kind(found.dossier)}
    given |= {key: value for key, value in request.GET.items() if key in Event.model_fields}
    parts = usual_parts(found.dossier, given["type"])
    if copied:
        given = values_of(copied) | {
            "day": (copied.day + timedelta(days=1)).isoformat(),
            "premiere": "false",
            "locked": "false",
        }
        parts = list(parts_of(found.dossier, copied.about))
    form = EventForm(
        request.POST or None, choices=Choices(request.structure, found.dossier), initial=given, parts=parts
    )
    return _answer(request, found, form, _("Copier une date") if copied else _("Poser une date"), None)


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def event(request: MemberRequest, event: str) -> HttpResponseBase:
    """Change a date and who takes part."""
    found, fact = open_event(request, event)
    form = EventForm(
        request.POST or None,
        choices=Choices(request.structure, found.dossier),
        fact=fact,
        revision=found.loaded.revisions.get(fact.about),
    )
    return _answer(request, found, form, name_of(fact, found.dossier), fact)


def _answer(
    request: MemberRequest, found: Chosen, form: EventForm, title: str, fact: Event | None
) -> HttpResponseBase:
    back = back_of(request, found)
    if request.method == "POST" and not form.wants_more and form.is_valid():
        try:
            return show_effect(
                request,
                form.changes(),
                seen=form.seen,
                back=at_event(back, form.about),
                typed=True,
                scenario=found.ident,
            )
        except BadInput as error:
            form.refuse(error)
    wrong = [finding for finding in found.opened.outcome.findings if fact and finding.about == fact.about]
    context = {
        "form": form,
        "title": title,
        "event": fact,
        "back": back,
        "found": found,
        "wrong": wrong,
        "venues": form.choices.of([Venue.kind]) if fact else [],
    }
    status = 422 if form.is_bound and not form.wants_more else 200
    return render(request, "planning/event.html", context, status=status)


@member_view(EDIT, KIND)
@require_POST
def move(request: MemberRequest, event: str) -> HttpResponseBase:
    """Show what moving a date would do: by some days or minutes, or to a day, an hour, a venue."""
    found, fact = open_event(request, event)
    try:
        there = candidate(request.POST, found, fact)
        changes = moved(found.dossier, fact, day=there.day, start=there.start, venue=there.venue)
    except BadInput as error:
        return refused(request, error, at_event(back_of(request, found), fact.about))
    return effect(request, found, fact, changes)


@member_view(EDIT, KIND)
@require_GET
def check(request: MemberRequest, event: str) -> HttpResponseBase:
    """Say which conflicts a date would have elsewhere, while it is dragged; nothing is written."""
    found, fact = open_event(request, event)
    try:
        there = candidate(request.GET, found, fact)
        elsewhere = elsewhere_of(request, [there.day or fact.day])
        said = checked(found.opened.outcome, fact, there, elsewhere)
    except BadInput as error:
        return JsonResponse({"words": _capital(str(error)), "blocking": 1, "items": []})
    items = [{"severity": one.severity, "words": one.message} for one in said.findings]
    return JsonResponse({"words": said.words, "blocking": said.blocking, "items": items})


def candidate(asked: Any, found: Chosen, fact: Event) -> Candidate:
    """Read where a date is asked to go; BadInput says what cannot be read."""
    day = read_day(asked.get("jour", ""))
    if asked.get("jour") and day is None:
        raise BadInput(_("ce jour ne se lit pas : choisissez-le dans le calendrier"))
    days = _number(asked.get("days", ""), FURTHEST)
    if day is None and days:
        day = fact.day + timedelta(days=days)
    try:
        start = time.fromisoformat(read_time(asked["debut"])) if asked.get("debut") else None
    except ValueError as error:
        raise BadInput(str(error)) from None
    minutes = _number(asked.get("minutes", ""), DAY_MINUTES)
    if start is None and minutes and fact.start is not None:
        total = minutes_of(fact.start) + minutes
        day = (day or fact.day) + timedelta(days=total // DAY_MINUTES)
        start = time(total % DAY_MINUTES // 60, total % 60)
    venue = asked.get("lieu") or None
    if venue is not None and found.dossier.find(venue, Venue) is None:
        known = dict(Choices(found.structure, found.dossier).of([Venue.kind]))
        if venue not in known:
            raise BadInput(_("ce lieu n’existe plus : rechargez la page"))
    return Candidate(day, start, venue)


def _number(text: str, most: int) -> int:
    try:
        return max(-most, min(int(text or "0"), most))
    except ValueError:
        return 0


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@member_view(EDIT, KIND)
@require_POST
def cancel(request: MemberRequest, event: str) -> HttpResponseBase:
    """Show what cancelling a date would do."""
    found, fact = open_event(request, event)
    return effect(request, found, fact, [set_(fact.about, option="cancelled")])


@member_view(EDIT, KIND)
@require_POST
def lock(request: MemberRequest, event: str) -> HttpResponseBase:
    """Show what locking a date, or unlocking it, would do."""
    found, fact = open_event(request, event)
    change = set_(fact.about, ("locked",)) if fact.locked else set_(fact.about, locked="true")
    return effect(request, found, fact, [change])


@member_view(EDIT, KIND)
@require_POST
def remove(request: MemberRequest, event: str) -> HttpResponseBase:
    """Show what removing a date, with everyone's part in it, would do."""
    found, fact = open_event(request, event)
    parts = [part.about for part in found.dossier.all(Participation) if part.event == fact.about]
    return effect(request, found, fact, [removal(about) for about in (*parts, fact.about)])


def effect(request: MemberRequest, found: Chosen, fact: Event, changes: Iterable[Change]) -> HttpResponseBase:
    """Show what changes of one date would do."""
    seen = {fact.about: found.loaded.revisions.get(fact.about, 0)}
    back = at_event(back_of(request, found), fact.about)
    try:
        return show_effect(request, changes, seen=seen, back=back, scenario=found.ident)
    except BadInput as error:
        return refused(request, error, back)


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def paste(request: MemberRequest) -> HttpResponseBase:
    """Put a list of dates at once."""
    found = chosen(request)
    form = PasteForm(request.POST or None, Choices(request.structure, found.dossier), clock.today())
    back = back_of(request, found)
    if request.method == "POST" and not _again(request) and form.is_valid():
        count = len(form.rows)
        title = _("Poser %(n)s dates") % {"n": count} if count > 1 else _("Poser une date")
        try:
            return show_effect(
                request, form.changes(), back=back, title=title, label=title, typed=True, scenario=found.ident
            )
        except BadInput as error:
            form.add_error(None, "; ".join(problem.message for problem in error.problems[:5]))
    context = {"form": form, "back": back, "found": found}
    status = 422 if form.is_bound and not _again(request) else 200
    return render(request, "planning/paste.html", context, status=status)


def open_event(request: MemberRequest, event: str) -> tuple[Chosen, Event]:
    """The production as the address asks for it, and one of its dates."""
    found = chosen(request)
    fact = found.dossier.find(f"event/{event}", Event)
    if fact is None:
        raise Http404
    return found, fact


def _again(request: MemberRequest) -> bool:
    """Whether one comes back from the effect to what one typed."""
    return AGAIN in request.POST


def back_of(request: MemberRequest, found: Chosen) -> str:
    """Where one came from, else the calendar."""
    asked = safe(request.POST.get("retour", "") or request.GET.get("retour", ""))
    page = reverse("planning:page", args=[request.structure.slug, request.production_id])
    return asked or page + found.query


def at_event(address: str, about: str) -> str:
    """An address, come to a date."""
    return f"{address.partition('#')[0]}#{about.replace('/', '-')}"
