"""The calendar as a page: list, month, week, resources; as it is decided, or as a plan would make it."""

import json
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from filage.facts.calendar import Event
from filage.facts.scenario import Scenario
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.planning.board import FORTNIGHT, WEEK, board_of, days_from
from filage_web.planning.elsewhere import elsewhere_of
from filage_web.planning.entries import (
    TYPES,
    Entry,
    difference,
    entries_of,
    gone,
    main_kind,
    months_of,
    next_day,
)
from filage_web.planning.filters import (
    PARAMETERS,
    Filters,
    Place,
    choices_of,
    events_kept,
    people_kept,
    read_filters,
)
from filage_web.planning.marks import marks_of
from filage_web.planning.month import weeks_of
from filage_web.planning.nearby import around as part_around
from filage_web.planning.nearby import hours_of
from filage_web.planning.week import monday_of, week_of
from filage_web.scenarios.chosen import Chosen, chosen

VIEWS: Final = {
    "liste": _("Liste"),
    "mois": _("Mois"),
    "semaine": _("Semaine"),
    "ressources": _("Ressources"),
}
LOST: Final = "scenario.change_lost"
A_NIGHT: Final = 2
"""Days around those shown that a rest may touch."""
ONE_DAY: Final = timedelta(days=1)


@member_view()
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """The calendar: a list, a month, a week, or the resources of one week or two."""
    found = chosen(request)
    today = clock.today()
    filters = read_filters(request.GET, found.dossier)
    reference = found.loaded.dossier if found.scenario else None
    entries = entries_of(found.opened.outcome, shown=events_kept(filters, found.dossier), reference=reference)
    view = request.GET.get("vue", "")
    view = view if view in VIEWS else "liste"
    around = read_day(request.GET.get("du", "")) or next_day(entries, today)
    days = FORTNIGHT if request.GET.get("jours") == str(FORTNIGHT) and view == "ressources" else 0
    place = Place(_address(request), view, around.isoformat(), days, found.ident, filters)
    shown = {
        "found": found,
        "place": place,
        "view": view,
        "views": [
            (key, label, place.to(view=key, around=_kept(view, key, around), days=0))
            for key, label in VIEWS.items()
        ],
        "entries": entries,
        "any": bool(found.dossier.all(Event)),
        "around": around,
        "today": today,
        "now": place.to(around=today.isoformat()),
        "year": today.year if view == "liste" else around.year,
        "filmed": main_kind(found.dossier) == "shoot",
        "main": _main_days(found, entries),
        "cities": len({entry.city for entry in entries if entry.city and not entry.cancelled}),
        "filters": [
            (PARAMETERS[name], label, pairs, getattr(filters, name))
            for name, label, pairs in choices_of(found.dossier)
        ],
        "clear": place.to(filters=Filters()),
        "plans": _plans(found, place),
        "gone": gone(found.dossier, reference) if reference else [],
        "changed": _changed(found),
        "lost": [one for one in found.opened.outcome.findings if one.code == LOST],
        **drawing(request, found),
    }
    return render(request, "planning/page.html", shown | _laid_out(request, found, place, entries, around))


def _main_days(found: Chosen, entries: list[Entry]) -> int:
    """How many performances, or how many days of shooting: a day at two places is one day."""
    kind = main_kind(found.dossier)
    days = [entry.day for entry in entries if entry.kind == TYPES[kind] and not entry.cancelled]
    return len(set(days)) if kind == "shoot" else len(days)


def drawing(request: MemberRequest, found: Chosen) -> dict[str, Any]:
    """What the boxes and the links of a page need."""
    editable = request.may(EDIT, "event") and (found.scenario is None or request.may(EDIT, Scenario.kind))
    suffix = f"&{urlencode({'scenario': found.ident})}" if found.ident else ""
    come_back = {"retour": request.get_full_path()} | ({"scenario": found.ident} if found.ident else {})
    return {
        "vals": json.dumps(come_back),
        "editable": editable,
        "base": _address(request),
        "suffix": suffix,
        "query": found.query,
        "here": request.get_full_path(),
    }


def _address(request: MemberRequest) -> str:
    return reverse("planning:page", args=[request.structure.slug, request.production_id])


def _kept(view: str, key: str, around: date) -> str:
    """The list opened from the list begins today; from another view, everything keeps its day."""
    return "" if view == key == "liste" else around.isoformat()


def _plans(found: Chosen, place: Place) -> list[tuple[str, str, bool]]:
    """The plans one may look at: name, address, whether it is the one shown; plans B before other variants."""
    own = sorted(found.scenarios, key=lambda one: one.use != "plan_b")
    reference = (str(_("Référence")), place.to(scenario=""), found.scenario is None)
    return [reference, *((one.label, place.to(scenario=one.id), one is found.scenario) for one in own)]


def _changed(found: Chosen) -> int:
    """How many events of the calendar a plan makes otherwise than the reference."""
    if found.scenario is None:
        return 0
    before, after = found.loaded.dossier, found.dossier
    return sum(bool(difference(event, before)) for event in after.all(Event)) + len(gone(after, before))


def _laid_out(
    request: MemberRequest, found: Chosen, place: Place, entries: list[Entry], around: date
) -> dict[str, Any]:
    """What the view asked for shows."""
    if place.view == "mois":
        return _month(found, place, entries, around)
    if place.view == "semaine":
        return _week(found, place, entries, around)
    if place.view == "ressources":
        return _board(request, found, place, entries, around)
    return _list(request, entries)


def _list(request: MemberRequest, entries: list[Entry]) -> dict[str, Any]:
    first = date.min if "passees" in request.GET else clock.today()
    coming = [entry for entry in entries if entry.day >= first]
    past = len(entries) - len(coming) if coming else 0
    query = request.GET.copy()
    query["passees"] = "1"
    return {"months": months_of(coming or entries), "past": past, "with_past": f"?{query.urlencode()}"}


def _month(found: Chosen, place: Place, entries: list[Entry], around: date) -> dict[str, Any]:
    first = around.replace(day=1)
    shown = [first + timedelta(days=rank) for rank in range(-7, 38)]
    marks = marks_of(shown, found.dossier.employer.holiday_zone)
    weeks = weeks_of(entries, first, clock.today(), marks)
    return _turned(place, (first - ONE_DAY).replace(day=1), (first + timedelta(days=32)).replace(day=1)) | {
        "first": first,
        "weeks": weeks,
        "schools": any(mark.school for mark in marks.values()),
        "empty_month": not any(cell.entries for week in weeks for cell in week if cell.inside),
        "landscape": True,
    }


def _week(found: Chosen, place: Place, entries: list[Entry], around: date) -> dict[str, Any]:
    first = monday_of(around)
    marks = marks_of(days_from(first, WEEK), found.dossier.employer.holiday_zone)
    week = week_of(entries, first, clock.today(), marks)
    return _turned(place, first - timedelta(days=WEEK), first + timedelta(days=WEEK)) | {
        "week": week,
        "schools": any(mark.school for mark in marks.values()),
        "landscape": True,
    }


def _board(
    request: MemberRequest, found: Chosen, place: Place, entries: list[Entry], around: date
) -> dict[str, Any]:
    count = place.days or WEEK
    days = days_from(around, count)
    inside = [
        entry
        for entry in entries
        if (entry.end_day or entry.day) >= days[0] - ONE_DAY and entry.day <= days[-1]
    ]
    near = part_around(found.dossier, days, apart=A_NIGHT)
    used = (
        {place.filters.venue}
        if place.filters.venue
        else {one.venue or "" for one in found.dossier.all(Event)}
    )
    board = board_of(
        near,
        inside,
        days,
        hours_of(near, elsewhere_of(request, days)),
        only=people_kept(place.filters, found.dossier),
        used=used,
    )
    step = timedelta(days=count)
    lengths = [(7, place.to(days=0), count == WEEK), (14, place.to(days=FORTNIGHT), count == FORTNIGHT)]
    return _turned(place, around - step, around + step) | {
        "board": board,
        "marks": marks_of(days, found.dossier.employer.holiday_zone),
        "lengths": lengths,
        "landscape": True,
    }


def _turned(place: Place, before: date, after: date) -> dict[str, Any]:
    return {"before": place.to(around=before.isoformat()), "after": place.to(around=after.isoformat())}


def read_day(text: str) -> date | None:
    """Read a day of an address; None when it is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
