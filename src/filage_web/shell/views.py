"""Views that belong to no area: the style page, the palette's list, preferences, errors."""

from decimal import Decimal
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage_web import navigation
from filage_web.accounts.decorators import member_view, public_view, signed_in_view
from filage_web.accounts.queries import structures_of
from filage_web.shell import context, preferences, samples
from filage_web.store.queries import search


@public_view
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Show the design language, drawn with the very components the pages use."""
    return render(request, "shell/style.html", samples.style_page())


@public_view
@require_GET
def style_reason(request: HttpRequest) -> HttpResponse:
    """Show an example of the panel « Pourquoi ce montant ? »."""
    return render(request, "shell/style_reason.html", {"amount": Decimal("21279.72")})


@public_view
@require_POST
def prefer(request: HttpRequest) -> HttpResponse:
    """Remember a theme, or whether single letters are shortcuts, and come back."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("home")
    response = HttpResponseRedirect(back)
    secure = request.is_secure()
    if request.POST.get("theme") in preferences.THEMES:
        preferences.keep(response, preferences.THEME_COOKIE, request.POST["theme"], secure=secure)
    if request.POST.get("keys") in {"on", "off"}:
        preferences.keep(response, preferences.KEYS_COOKIE, request.POST["keys"], secure=secure)
    return response


@signed_in_view
@require_GET
def palette(request: HttpRequest) -> JsonResponse:
    """List where the palette can go from anywhere: one's structures and one's account."""
    places = [
        _place(_("Structures"), str(s), reverse("productions", args=[s.slug]))
        for s in structures_of(request.user)
    ]
    return JsonResponse({"places": [*places, *_account_places()]})


@member_view("see")
@require_GET
def palette_of(request: HttpRequest) -> JsonResponse:
    """List where the palette can go from a page of a structure or of a production; with `q`, the facts found."""
    if words := request.GET.get("q", "").strip():
        return JsonResponse({"found": _found(request, words)})
    groups = context.shell(request)["menu"]
    places = [
        _place(str(group.label) or _("Aller à"), str(entry.label), entry.href, str(entry.words))
        for group in groups
        for entry in group.entries
    ]
    structure = request.structure  # type: ignore[attr-defined]
    places.append(_place(_("Structures"), str(structure), reverse("productions", args=[structure.slug])))
    return JsonResponse({"places": [*places, *_account_places()]})


def _found(request: HttpRequest, words: str) -> list[dict[str, str]]:
    structure, production = request.structure, request.production_id  # type: ignore[attr-defined]
    places = []
    for one in search(structure, words[:100], production=production):
        where = one.production or production
        if where and (href := navigation.place_of(structure.slug, where, one.about)):
            places.append(_place(one.title, one.label, href))
    return places


def _place(group: str, label: str, href: str, words: str = "") -> dict[str, str]:
    return {"group": group, "label": label, "href": href, "words": words}


def _account_places() -> list[dict[str, str]]:
    return [
        _place(_("Compte"), _("Mon compte"), reverse("account"), _("mot de passe thème raccourcis")),
        _place(_("Compte"), _("Feuille de style"), reverse("style"), _("composants")),
    ]


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that a member's role does not reach here."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing is here, in the same words for what is absent and what is somebody else's."""
    # a private link revoked, expired or never made: its holder has no account to go to
    page = "participants/gone.html" if request.path.startswith("/lien/") else "404.html"
    return render(request, page, status=404)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form is too old to be trusted."""
    return render(request, "shell/csrf.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that we are at fault, without leaning on anything that may be broken."""
    page = Path(__file__).parent.parent / "templates" / "500.html"
    return HttpResponse(page.read_text(encoding="utf-8"), status=500)
