"""The links of a production, and the sheet that a link opens."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from filage.facts.changing import apply_changes
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput, LawNotCovered
from filage.payroll.entitlement import OUTSIDE
from filage.payroll.hours import Shift, contested, validated, withdrawn
from filage.planning.availability import awaited
from filage_web import clock
from filage_web.accounts import addresses, queries, services
from filage_web.accounts.decorators import LinkRequest, MemberRequest, link_view, member_view
from filage_web.accounts.models import FeedLink, PrivateLink
from filage_web.accounts.roles import EDIT, SEE
from filage_web.participants.forms import LinkForm
from filage_web.participants.hours import LONGEST, own_shifts, own_weeks, week_changes
from filage_web.participants.own_sheets import own_sheets
from filage_web.participants.rights import read, rights_of
from filage_web.participants.sheet import people_of, sheet_of
from filage_web.payroll.forms import HoursForm
from filage_web.payroll.pages import validable
from filage_web.shell.opening import open_page
from filage_web.store.changes import apply
from filage_web.store.errors import Conflict
from filage_web.store.queries import dossier_of, load_production


@link_view
@require_GET
def sheet(request: LinkRequest) -> HttpResponse:
    """Show one person their production; readable on a phone, without script or account."""
    dossier = dossier_of(request.structure, request.production_id)
    found = sheet_of(dossier, request.link.person, clock.today())
    page = {
        "sheet": found,
        "own": own_sheets(request.link, clock.today()),
        "link": request.link,
        "token": request.resolver_match.kwargs["token"],  # type: ignore[union-attr]
        "awaited": awaited(dossier, f"person/{request.link.person}", clock.today()),
        "to_validate": sum(validable(one, clock.today()) for one in own_shifts(dossier, request.link.person)),
    }
    return render(request, "participants/sheet.html", page)


@link_view
@require_GET
def own_hours(request: LinkRequest) -> HttpResponse:
    """Show one person their hours, week by week: planned, done, validated."""
    return _own_hours(request)


@link_view
@require_GET
def own_rights(request: LinkRequest) -> HttpResponse:
    """Estimate one person's hours towards unemployment rights, when they ask."""
    asked = read(request.GET.get("jour", ""), request.GET.get("ailleurs", ""), clock.today())
    try:
        found = rights_of(request.structure, request.link.person, asked)
    except LawNotCovered:
        asked = replace(asked, on=clock.today(), wrong=(*asked.wrong, "day"))
        found = rights_of(request.structure, request.link.person, asked)
    page = {
        "link": request.link,
        "token": request.resolver_match.kwargs["token"],  # type: ignore[union-attr]
        "asked": asked,
        "typed": request.GET.get("ailleurs", ""),
        "found": found,
        "left_out": [one for one in found.excluded if one.reason != OUTSIDE],
    }
    return render(request, "participants/rights.html", page)


def _own_hours(request: LinkRequest, refused: HoursForm | None = None) -> HttpResponse:
    loaded = load_production(request.structure, request.production_id)
    today = clock.today()
    weeks = own_weeks(loaded.dossier, request.link.person, today, dict(loaded.revisions), refused)
    page = {
        "title": loaded.dossier.production.label,
        "link": request.link,
        "token": request.resolver_match.kwargs["token"],  # type: ignore[union-attr]
        "weeks": weeks,
        "year": today.year,
        "longest": LONGEST,
        "refused": refused.shift.part.id if refused else "",
    }
    return render(request, "participants/hours.html", page, status=422 if refused else 200)


# No cookie opens these two: the secret in the address does, which another site cannot know. And their page, which
# sends no referrer, makes browsers send no origin either.
@csrf_exempt
@link_view
@require_POST
def own_week(request: LinkRequest) -> HttpResponse:
    """Validate all that can be in a week."""
    dossier = dossier_of(request.structure, request.production_id)
    try:
        monday = date.fromisoformat(request.POST.get("semaine", ""))
    except ValueError:
        return _to_hours(request)
    changes = week_changes(dossier, request.link.person, monday, clock.today())
    return _said(request, changes, _("Heures validées"), _("Semaine validée."))


@csrf_exempt
@link_view
@require_POST
def own_shift(request: LinkRequest, part: str) -> HttpResponse:
    """Say what was done at one event: hours, validation, its withdrawal, or a disagreement. Nobody else’s (404)."""
    dossier = dossier_of(request.structure, request.production_id)
    found = next((one for one in own_shifts(dossier, request.link.person) if one.part.id == part), None)
    if found is None:
        raise Http404
    if found.day > clock.today():
        messages.error(request, _("Ce jour n’est pas encore passé : ses heures se valident après."))
        return _to_hours(request)
    if "withdraw" in request.POST:
        return _said(
            request, [withdrawn(found)], _("Validation retirée"), _("Vous pouvez corriger vos heures."), found
        )
    if "contest" in request.POST:
        return _contest(request, found)
    if "done" not in request.POST:
        change = validated(found, clock.today())
        changes = [change] if change else []
        return _said(request, changes, _("Heures validées"), _("Vos heures sont validées."), found)
    form = HoursForm(request.POST, shift=found)
    if not form.is_valid():
        return _own_hours(request, form)
    after = apply_changes(dossier, [form.change])
    mine = next(one for one in own_shifts(after, request.link.person) if one.part.id == part)
    change = validated(mine, clock.today())
    changes = [form.change, change] if change else [form.change]
    return _said(
        request, changes, _("Heures faites, validées"), _("Vos heures sont enregistrées et validées."), found
    )


def _contest(request: LinkRequest, found: Shift) -> HttpResponse:
    message = request.POST.get("message", "").strip()[:LONGEST]
    if not message:
        messages.error(request, _("Dites en quelques mots ce qui ne va pas."))
        return _to_hours(request)
    said = _("Votre désaccord est transmis à la production.")
    return _said(request, [contested(found, message)], _("Désaccord sur des heures"), said, found)


def _said(
    request: LinkRequest, changes: list[Change], label: str, told: str, found: Shift | None = None
) -> HttpResponse:
    """Write what the person says, signed with their link, and go back to their hours."""
    seen = request.POST.get("_seen", "")
    try:
        apply(
            request.structure,
            request.production_id,
            changes,
            actor=None,
            label=f"{label} : {found.what}" if found else label,
            seen={found.part.about: int(seen)} if found and seen.isdigit() else None,
            signature=_("%(name)s, par son lien") % {"name": request.link.label},
        )
    except Conflict:
        messages.error(
            request, _("La production vient de changer cet horaire : relisez-le, puis recommencez.")
        )
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return _to_hours(request)


def _to_hours(request: LinkRequest) -> HttpResponse:
    return redirect("own_hours", request.resolver_match.kwargs["token"])  # type: ignore[union-attr]


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
    feeds = addresses.feed_links_of(request.structure, _production(request))
    page = {"links": links, "form": form, "feeds": feeds, **more}
    return render(request, "participants/page.html", page, status=status)


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


@member_view(EDIT, "private_link")
@require_POST
def make_feed(request: MemberRequest) -> HttpResponse:
    """Make the secret address of the production's calendar, and show it, once."""
    label = request.POST.get("label", "").strip()[:160] or _("Agenda")
    link, token = addresses.make_feed_link(
        request.structure, _production(request), label=label, by=request.user
    )
    address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
    people = people_of(dossier_of(request.structure, _production(request)))
    return _page(request, LinkForm(people=people), made_feed=link, feed_address=address)


@member_view(EDIT, "private_link")
@require_POST
def revoke_feed(request: MemberRequest, feed: int) -> HttpResponse:
    """Close the address of a calendar for good."""
    found = get_object_or_404(FeedLink, pk=feed, structure=request.structure, production=_production(request))
    addresses.revoke_feed_link(found)
    messages.success(request, _("L’agenda « %(name)s » ne se met plus à jour.") % {"name": found.label})
    return redirect("participants:page", request.structure.slug, _production(request))
