"""The page of venues; a venue is edited in its own form."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.shell.opening import open_page
from filage_web.venues.queries import venues_of


@member_view()
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """List the venues."""
    opened = open_page(request)
    here, others = venues_of(request.structure, opened.dossier)
    cities = len({place.city for place in here if place.city})
    return render(request, "venues/page.html", {"here": here, "others": others, "cities": cities})
