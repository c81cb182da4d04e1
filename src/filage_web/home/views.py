"""Before a production: my structures, their productions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from filage_web.accounts.decorators import MemberRequest, member_view, signed_in_view
from filage_web.accounts.forms import StructureForm
from filage_web.accounts.queries import structures_of
from filage_web.accounts.roles import SEE
from filage_web.accounts.services import create_structure
from filage_web.home.ways_in import other_ways, ways_in
from filage_web.navigation import production_address
from filage_web.store.queries import ProductionLine, productions_of


@signed_in_view
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """List my structures; with only one, go straight to its productions."""
    mine = list(structures_of(request.user)[:50])
    if len(mine) == 1 and "toutes" not in request.GET:
        return redirect("productions", mine[0].slug)
    return render(request, "home/structures.html", {"structures": mine})


@signed_in_view
@require_http_methods(["GET", "POST"])
def new_structure(request: HttpRequest) -> HttpResponse:
    """Create a structure and become responsible for it."""
    form = StructureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        structure = create_structure(form.cleaned_data["name"], request.user)  # type: ignore[arg-type]
        return redirect("productions", structure.slug)
    return render(request, "home/new_structure.html", {"form": form}, status=422 if form.errors else 200)


@member_view(SEE, "production")
@require_GET
def productions(request: MemberRequest) -> HttpResponse:
    """List the productions of a structure, and the ways to begin another."""
    slug = request.structure.slug
    page = {"productions": _lines(request), "ways_in": ways_in(slug), "other_ways": other_ways(slug)}
    return render(request, "home/productions.html", page)


def _lines(request: MemberRequest) -> list[tuple[ProductionLine, str]]:
    slug = request.structure.slug
    return [(line, production_address(slug, line.id)) for line in productions_of(request.structure)]
