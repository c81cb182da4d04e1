"""A production's front page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from filage.facts.base import label_of
from filage.facts.dossier import Dossier
from filage.facts.production import Production
from filage.facts.team import Engagement
from filage.review.production_file import DIRECTS
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.dashboard.queries import balance_of, coming_dates, due_of, papers_of, performances, phase_line
from filage_web.navigation import place_of, present
from filage_web.planning.queries import entries_of
from filage_web.shell.opening import open_page, together
from filage_web.store.queries import latest_writes
from filage_web.tasks.queries import mine_of

SHOWN = 5
FIRST_ENTRIES = ("event", "engagement", "position", "budget_line", "funding")


@member_view()
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """What is due, what is wrong, does it balance."""
    opened = open_page(request)
    outcome, dossier, today = opened.outcome, opened.dossier, clock.today()
    production = dossier.production
    slug, ident = request.structure.slug, request.production_id or ""
    due = [(one, place_of(slug, ident, one.about)) for one in due_of(outcome.deadlines, today)]
    wrong = together(
        request, (finding for finding in outcome.findings if finding.severity != "info"), dossier
    )
    dates = performances(dossier)
    page = {
        "production_fact": production,
        "context": " · ".join(_context(production)),
        "phases": phase_line(dossier, today),
        "due": due,
        "wrong": wrong,
        "blocking": outcome.count("blocking"),
        "doubtful": outcome.count("warning"),
        "balance": balance_of(outcome),
        "coming": coming_dates(dossier, today),
        "dates": len(dates),
        "cities": len(
            {entry.city for entry in entries_of(outcome) if entry.city and entry.kind == "Représentation"}
        ),
        "papers": papers_of(dossier),
        "people": len({engagement.person for engagement in dossier.all(Engagement)}),
        "moments": latest_writes(request.structure, ident, limit=SHOWN),
        "shown": f":{SHOWN}",
        "rest": f"{SHOWN}:",
        "more_due": max(len(due) - SHOWN, 0),
        "more_wrong": max(len(wrong) - SHOWN, 0),
        "year": today.year,
        "new": _is_new(opened.dossier),
        "my_tasks": mine_of(dossier, request.user.email, today),
        "areas": {area.key: _address(area.key, slug, ident) for area in present()},
    }
    return render(request, "dashboard/page.html", page)


def _context(production: Production) -> list[str]:
    """Say in a line what the production is."""
    words = [production.subtitle or "", label_of(production, "form").lower()]
    if production.director:
        words.append(f"{DIRECTS.get(production.form, _('mise en scène'))} {production.director}")
    return [word for word in words if word]


def _is_new(dossier: Dossier) -> bool:
    """Whether nothing but the production itself is written yet."""
    return not any(dossier.by_kind.get(kind) for kind in FIRST_ENTRIES)


def _address(key: str, slug: str, ident: str) -> str:
    try:
        return reverse(f"{key}:page", args=[slug, ident])
    except NoReverseMatch:
        return ""
