"""The budget's page, its posts one by one, where a line stands; and its posts and replacements as plain forms."""

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filage.budget.posts import posts_of
from filage.facts.budget import BudgetPost
from filage.kernel.changes import add
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.budget.answering import KIND, address_of, places_of, said_of
from filage_web.budget.answers import scenario_seen
from filage_web.budget.arranging import grid_of
from filage_web.budget.grid import totals_of
from filage_web.budget.group_chips import group_chips
from filage_web.budget.render import body, lines_html
from filage_web.budget.search import finding_choices, search_of
from filage_web.budget.variables import few_chips
from filage_web.forms import Choices, FactForm
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.services import done, write
from filage_web.store.errors import Conflict


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show the budget as it is, or as a scenario makes it; all of it, or the lines one looks for."""
    found = chosen(request)
    search = search_of(request.GET)
    grid = grid_of(found, _opened(request, found), search)
    places = places_of(request, found)
    context = {
        "found": found,
        "grid": grid,
        "body": body(grid, places),
        "totals": totals_of(found.opened.outcome, found.committed),
        "chips": few_chips(found),
        "groups": group_chips(found),
        "places": places,
        "search": search,
        "asked": search.query,
        "finding": finding_choices(found),
        "scenario_seen": scenario_seen(found),
        "blank": not found.opened.outcome.budget.rows,
        "opened": request.GET.get("ouverts", ""),
    }
    return render(request, "budget/page.html", context)


def _opened(request: MemberRequest, found: Chosen) -> str | None:
    """The posts an address opens: those it names, and the one that holds the line it names."""
    asked, line = request.GET.get("ouverts"), request.GET.get("ligne", "")
    holder = grid_of(found, "aucun").holding(line) if line else None
    if holder is None or (asked is None and not grid_of(found).folds):
        return asked
    return ",".join(filter(None, (asked, holder.key)))


@member_view(SEE, KIND)
@require_GET
def post_lines(request: MemberRequest, post: str) -> HttpResponse:
    """Give the lines of one post, when it unfolds."""
    found = chosen(request)
    group = grid_of(found, post, search_of(request.GET)).group(post)
    if group is None:
        raise Http404
    start = request.GET.get("depuis", "")
    return HttpResponse(lines_html(group, places_of(request, found), int(start) if start.isdigit() else 0))


@member_view(SEE, KIND)
@require_GET
def find(request: MemberRequest) -> JsonResponse:
    """Give the lines looked for, drawn."""
    found = chosen(request)
    grid = grid_of(found, None, search_of(request.GET))
    drawn = body(grid, places_of(request, found))
    return JsonResponse({"body": drawn, "found": grid.found, "count": grid.count})


@member_view(SEE, KIND)
@require_GET
def where(request: MemberRequest) -> JsonResponse:
    """Name the post that holds a line: an address that leads to it unfolds it."""
    holder = grid_of(chosen(request), "aucun").holding(request.GET.get("ligne", ""))
    return JsonResponse({"post": holder.key if holder else ""})


@member_view(EDIT, BudgetPost.kind)
@require_http_methods(["GET", "POST"])
def add_post(request: MemberRequest) -> HttpResponseBase:
    """Add a post; the usual ones become the production's own with the first."""
    found = chosen(request)
    form = FactForm(
        BudgetPost.kind, request.POST or None, choices=Choices(request.structure, found.dossier), ident=""
    )
    if request.method == "POST" and form.is_valid():
        usual = () if found.dossier.all(BudgetPost) else posts_of(found.dossier)
        kept = [
            add(post.about, code=post.code, label=post.label, phase=post.phase)
            for post in usual
            if post.about != form.about
        ]
        try:
            written = write(found, [*kept, *form.changes()], actor=request.user, label=_("Ajout d’un poste"))
            return done(request, written, address_of(request, found))
        except (Conflict, BadInput) as error:
            form.problem("code", said_of(error))
    context = {
        "form": form,
        "title": _("Ajouter un poste"),
        "back": address_of(request, found),
        "found": found,
    }
    return render(request, "scenarios/fact.html", context, status=422 if form.is_bound else 200)
