"""The page of venues and vehicles, and a venue's own page; both kinds are edited in their own form."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filage.facts.script import Scene
from filage.facts.venue import Scouting, Venue
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import SEE
from filage_web.shell.opening import open_page
from filage_web.store.rows import current_rows
from filage_web.venues.queries import place_sections, planned_at, vehicles_of, venues_of


@member_view()
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """List the venues, then the vehicles."""
    opened = open_page(request)
    here, others = venues_of(request.structure, opened.dossier)
    cities = len({place.city for place in here if place.city})
    context = {
        "here": here,
        "others": others,
        "cities": cities,
        "vehicles": vehicles_of(request.structure, opened.dossier),
        "sets": len({scene.set for scene in opened.dossier.all(Scene) if scene.set}),
        "seen": len(opened.dossier.all(Scouting)),
    }
    return render(request, "venues/page.html", context)


@member_view(SEE, Venue.kind)
@require_GET
def place(request: MemberRequest, venue: str) -> HttpResponse:
    """Show all that is known of a place, and what is missing on the day one needs it."""
    opened = open_page(request)
    about = f"venue/{venue}"
    fact = opened.dossier.find(about, Venue)
    if fact is None:
        row = current_rows(request.structure, None, [about]).get(about)
        if row is None or not isinstance(row.fact, Venue):
            raise Http404
        fact = row.fact
    context = {
        "venue": fact,
        "sections": place_sections(fact, opened.dossier),
        "events": planned_at(opened.dossier, fact, clock.today()),
        "scoutings": [one for one in opened.dossier.all(Scouting) if one.venue == about],
        "here": request.get_full_path(),
        "today": clock.today(),
    }
    return render(request, "venues/place.html", context)
