"""The page of needs: look, add from elements, edit in the table, tie to the budget, export."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage import __version__
from filage.facts.intent import Mark
from filage.facts.script import Element, Need
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput
from filage.planning.needs import first_uses, need_of, without_need
from filage.planning.needs_book import needs_book
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, EXPORT, SEE
from filage_web.forms import Choices
from filage_web.forms.identifiers import new_id
from filage_web.navigation import place_of
from filage_web.needs.forms import NeedsForm
from filage_web.needs.queries import (
    CATEGORIES,
    STATES,
    Filter,
    counts_of,
    departments_of,
    groups_of,
    kept,
    pools_of,
    post_for,
)
from filage_web.preview import save, show_effect
from filage_web.preview.answers import refused
from filage_web.preview.draft import safe
from filage_web.shell.attachment import XLSX, attachment
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened

KIND = Need.kind


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show the needs by department, and the elements nobody looks for yet."""
    opened = open_page(request)
    chosen = _filter(request)
    needs = kept(opened.dossier, chosen)
    context = _context(request, opened, chosen) | {
        "groups": groups_of(opened.outcome, needs, lambda about: _place(request, opened, about)),
        "shown": len(needs),
        "estimate": sum((need.estimate or 0 for need in needs), start=0),
        "pools": pools_of(opened.dossier),
        "today": clock.today(),
    }
    return render(request, "needs/page.html", context)


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def table(request: MemberRequest) -> HttpResponseBase:
    """Type in the table itself; every line is saved as one write."""
    opened = open_page(request)
    chosen = _filter(request)
    form = NeedsForm(
        kept(opened.dossier, chosen) if request.method == "GET" else opened.dossier.all(Need),
        request.POST if request.method == "POST" else None,
        choices=Choices(request.structure, opened.dossier),
        revisions=opened.loaded.revisions,
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return save(
                    request, form.changes, seen=form.seen, back=_back(request), label=_("Besoins mis à jour")
                )
            except BadInput as error:
                return refused(request, error, _back(request))
        status = 422
    context = _context(request, opened, chosen) | {"form": form, "back": _back(request)}
    return render(request, "needs/table.html", context, status=status)


@member_view(EDIT, KIND)
@require_POST
def from_elements(request: MemberRequest) -> HttpResponseBase:
    """Make a need of one element, or of each element of a category that has none yet."""
    dossier = open_page(request).dossier
    waiting = without_need(dossier)
    one, category = request.POST.get("element", ""), request.POST.get("category", "")
    chosen = [element for element in waiting if element.about == one or element.category == category]
    if not chosen and dossier.find(one, Element) is None and category not in CATEGORIES:
        raise Http404
    days = first_uses(dossier)
    taken = set(dossier.by_kind.get(KIND, {}))
    changes = []
    for element in chosen:
        values = need_of(element, dossier, days.get(element.about))
        ident = new_id(KIND, values, taken)
        taken.add(ident)
        changes.append(add(f"need/{ident}", **values))
    label = ngettext("Besoin ajouté : %(what)s", "%(n)s besoins ajoutés : %(what)s", len(changes)) % {
        "n": len(changes),
        "what": ", ".join(element.label for element in chosen[:3]) + ("…" if len(chosen) > 3 else ""),  # noqa: PLR2004
    }
    return _save(request, changes, label)


@member_view(EDIT, KIND)
@require_POST
def state(request: MemberRequest, need: str) -> HttpResponseBase:
    """Say where a need stands now."""
    opened = open_page(request)
    fact = _need(opened, need)
    wanted = request.POST.get("state", "")
    if wanted not in STATES:
        raise Http404
    label = f"{fact.label} : {STATES[wanted].lower()}"
    return _save(request, [set_(fact.about, state=wanted)] if wanted != fact.state else [], label, fact)


@member_view(EDIT, KIND)
@require_POST
def line(request: MemberRequest, need: str) -> HttpResponseBase:
    """Show what a budget line made from a need's estimate would do."""
    opened = open_page(request)
    fact = _need(opened, need)
    if fact.line or fact.estimate is None:
        missing = _("saisissez d’abord une estimation, ou choisissez une ligne qui existe")
        return refused(request, BadInput(missing), _at(request, fact))
    values: dict[str, Any] = {
        "label": fact.label,
        "post": post_for(opened.dossier),
        "unit_price": str(fact.estimate),
        "reliability": "quote" if fact.state == "quoted" else "estimate",
    }
    ident = new_id("budget_line", values, set(opened.dossier.by_kind.get("budget_line", {})))
    made = [add(f"budget_line/{ident}", **values), set_(fact.about, line=f"budget_line/{ident}")]
    title = _("Mettre au budget : %(what)s") % {"what": fact.label}
    try:
        return show_effect(
            request, made, seen=_seen(opened, fact), back=_at(request, fact), title=title, label=title
        )
    except BadInput as error:
        return refused(request, error, _at(request, fact))


@member_view(EXPORT, KIND)
@require_GET
def workbook(request: MemberRequest) -> HttpResponse:
    """Hand over the needs shown, as a workbook."""
    from filage.documents.xlsx import xlsx_bytes

    dossier = open_page(request).dossier
    book = needs_book(dossier, kept(dossier, _filter(request)), clock.today())
    return attachment(xlsx_bytes(book, __version__), f"{request.production_id}-besoins.xlsx", XLSX)


def _context(request: MemberRequest, opened: Opened, chosen: Filter) -> dict[str, Any]:
    counts = counts_of(opened.dossier)
    total = sum(counts.values())
    views = [("", _("Tous"), total), *((key, STATES[key], counts[key]) for key in STATES)]
    return {
        "total": total,
        "open_ones": counts["to_find"] + counts["quoted"],
        "chosen": chosen,
        "views": [(label, number, _query(state=key, department=chosen.department), key == chosen.state)
                  for key, label, number in views],
        "departments": [(name, _query(state=chosen.state, department=key), key == chosen.department)
                        for key, name in [("", _("Tous les services")), *departments_of(opened.dossier)]],
        "query": _query(state=chosen.state, department=chosen.department),
        "here": request.get_full_path(),
    }  # fmt: skip


def _query(*, state: str, department: str) -> str:
    asked = {key: value for key, value in (("etat", state), ("service", department)) if value}
    return f"?{urlencode(asked)}" if asked else ""


def _filter(request: MemberRequest) -> Filter:
    asked = request.GET.get("etat", "")
    return Filter(asked if asked in STATES else "", request.GET.get("service", ""))


def _place(request: MemberRequest, opened: Opened, about: str) -> str:
    """Where a fact is shown; a passage in its writing, or in its scene."""
    slug, production = request.structure.slug, request.production_id or ""
    mark = opened.dossier.find(about, Mark)
    if mark and mark.writing:
        page = reverse("intent:writing", args=[slug, production, mark.writing.partition("/")[2]])
        return f"{page}#mark-{mark.id}"
    return place_of(slug, production, mark.scene or "" if mark else about)


def _need(opened: Opened, ident: str) -> Need:
    fact = opened.dossier.find(f"need/{ident}", Need)
    if fact is None:
        raise Http404
    return fact


def _seen(opened: Opened, fact: Need) -> dict[str, int]:
    return {fact.about: opened.loaded.revisions.get(fact.about, 0)}


def _save(
    request: MemberRequest, changes: list[Change], label: str, fact: Need | None = None
) -> HttpResponseBase:
    back = _at(request, fact) if fact else _back(request)
    try:
        return save(request, changes, back=back, label=label)
    except BadInput as error:
        return refused(request, error, back)


def _back(request: MemberRequest) -> str:
    """The page one came from, with its filter."""
    asked = safe(request.POST.get("retour", "") or request.GET.get("retour", ""))
    return asked or reverse("needs:page", args=[request.structure.slug, request.production_id]) + _query(
        state=_filter(request).state, department=_filter(request).department
    )


def _at(request: MemberRequest, fact: Need) -> str:
    return f"{_back(request).partition('#')[0]}#need-{fact.id}"
