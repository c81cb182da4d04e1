"""The page of the text."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import SEE
from filage_web.script.queries import needs_of, order_of, other_elements, played_scenes, role_lines
from filage_web.shell.opening import open_page


@member_view(SEE, "scene")
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show the order played, the roles and who holds them, and what the scenes need."""
    dossier = open_page(request).dossier
    scenes = played_scenes(dossier)
    context = {
        "order": order_of(dossier),
        "scenes": scenes,
        "words": sum(scene.words or 0 for scene in scenes),
        "roles": role_lines(dossier),
        "elements": other_elements(dossier),
        "needs": needs_of(dossier),
    }
    return render(request, "script/page.html", context)
