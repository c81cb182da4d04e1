"""The first page of the text."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import SEE
from filage_web.script.queries import left_out, role_lines, scene_lines, text_state
from filage_web.script.texts import attached_to
from filage_web.script.waiting import silent_roles
from filage_web.shell.opening import open_page


@member_view(SEE, "scene")
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show the scenes in the order played, the roles and who holds them, and the text they come from."""
    opened = open_page(request)
    dossier = opened.dossier
    scenes = scene_lines(dossier)
    attached = attached_to(request.structure, dossier)
    context = {
        "text": text_state(dossier, attached),
        "scenes": scenes,
        "sourced": any(scene.source for scene in scenes),
        "filmed": any(scene.length for scene in scenes),
        "left_out": left_out(dossier),
        "words": sum(scene.words or 0 for scene in scenes),
        "silent": silent_roles(dossier, attached),
        "roles": role_lines(dossier, opened.outcome.findings),
    }
    return render(request, "script/page.html", context)
