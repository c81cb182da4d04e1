"""The links of a production, and the sheet that a link opens."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage_web import clock
from filage_web.accounts import queries, services
from filage_web.accounts.decorators import LinkRequest, MemberRequest, link_view, member_view
from filage_web.accounts.models import PrivateLink
from filage_web.accounts.roles import EDIT, SEE
from filage_web.participants.forms import LinkForm
from filage_web.participants.sheet import people_of, sheet_of
from filage_web.shell.opening import open_page
from filage_web.store.queries import dossier_of


@link_view
@require_GET
def sheet(request: LinkRequest) -> HttpResponse:
    """Show one person their production; readable on a phone, without script or account."""
    dossier = dossier_of(request.structure, request.production_id)
    found = sheet_of(dossier, request.link.person, clock.today())
    return render(request, "participants/sheet.html", {"sheet": found, "link": request.link})


@member_view(SEE, "private_link")
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """List the live links of the production, and make another."""
    people = people_of(dossier_of(request.structure, _production(request)))
    return _page(request, LinkForm(people=people))


def _production(request: HttpRequest) -> str:
    return str(request.production_id)  # type: ignore[attr-defined]


def _page(request: MemberRequest, form: LinkForm, status: int = 200, **more: Any) -> HttpResponse:
    open_page(request)
    links = queries.private_links_of(request.structure, _production(request))
    return render(request, "participants/page.html", {"links": links, "form": form, **more}, status=status)


@member_view(EDIT, "private_link")
@require_POST
def make(request: MemberRequest) -> HttpResponse:
    """Make a link for one person, and show its address, once."""
    people = people_of(dossier_of(request.structure, _production(request)))
    form = LinkForm(request.POST, people=people)
    if not form.is_valid():
        return _page(request, form, 422)
    person, until = form.cleaned_data["person"], form.cleaned_data["until"]
    link, token = services.make_private_link(
        request.structure,
        _production(request),
        person,
        label=form.names[person],
        by=request.user,
        expires_at=datetime.combine(until + timedelta(days=1), time(), clock.PARIS) if until else None,
    )
    address = request.build_absolute_uri(reverse("sheet", args=[token]))
    return _page(request, LinkForm(people=people), made=link, address=address)


@member_view(EDIT, "private_link")
@require_POST
def revoke(request: MemberRequest, link: int) -> HttpResponse:
    """Close a link for good."""
    found = get_object_or_404(
        PrivateLink, pk=link, structure=request.structure, production=_production(request)
    )
    services.revoke_private_link(found)
    messages.success(request, _("Le lien de %(name)s ne fonctionne plus.") % {"name": found.label})
    return redirect("participants:page", request.structure.slug, _production(request))
