"""Lines copied from another production of the structure: chosen, shown with their effect, written as one."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filage.budget.posts import posts_of
from filage.facts.budget import BudgetLine, BudgetPost, Variable
from filage.facts.dossier import Dossier
from filage.kernel.changes import Change, add
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.budget.answering import (
    KIND,
    address_of,
    said_of,
)
from filage_web.budget.missing import asked_variables, missing_names
from filage_web.forms.identifiers import new_id
from filage_web.preview import show_effect
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.store.errors import UnknownProduction
from filage_web.store.models import Row
from filage_web.store.queries import dossier_of
from filage_web.templatetags.french import counted

COPIED = (
    "label", "side", "phase", "post", "account", "quantity", "unit", "unit_price", "share_of", "rate", "vat_rate",
    "vat_kept", "valued", "per_performance", "reliability", "note",
)  # fmt: skip


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def copy(request: MemberRequest) -> HttpResponseBase:
    """Choose a production, then its lines; what they would do is shown before anything is written."""
    found = chosen(request)
    others = _others(request)
    source = request.POST.get("source") or request.GET.get("source") or ""
    if not source:
        context = {"found": found, "others": others, "back": address_of(request, found)}
        return render(request, "budget/copy.html", context)
    if source not in dict(others):
        raise Http404
    try:
        other = dossier_of(request.structure, source)
    except UnknownProduction:
        raise Http404 from None
    picked, whole = request.POST.getlist("pick"), request.POST.getlist("whole")
    lines = [line for line in other.all(BudgetLine) if line.id in picked or line.post in whole]
    elsewhere = {one.name_text: one for one in other.all(Variable)}

    def page(problem: str = "") -> HttpResponse:
        context = {
            "found": found,
            "source": source,
            "title": dict(others)[source],
            "posts": _by_post(other),
            "picked": {line.id for line in lines},
            "missing": asked_variables(missing_names(lines, found), request.POST, elsewhere),
            "problem": problem,
            "back": address_of(request, found),
        }
        return render(request, "budget/copy.html", context, status=422 if problem else 200)

    if request.method == "GET":
        return page()
    if not lines:
        return page(_("Cochez au moins une ligne."))
    variables = asked_variables(missing_names(lines, found), request.POST, elsewhere)
    if any(one.change is None for one in variables):
        return page(_("Ces lignes comptent avec des variables que ce budget n’a pas : donnez leur valeur."))
    changes = [*(one.change for one in variables if one.change), *copied(lines, other, found)]
    label = _("%(lines)s de %(title)s") % {
        "lines": counted(len(lines), _("ligne copiée,lignes copiées")),
        "title": dict(others)[source],
    }
    try:
        return show_effect(
            request, changes, back=address_of(request, found), label=label, title=label, typed=True,
            scenario=found.ident,
        )  # fmt: skip
    except BadInput as error:
        return page(said_of(error))


def _others(request: MemberRequest) -> list[tuple[str, str]]:
    """The other productions of the structure, by title; one query."""
    rows = Row.objects.filter(structure=request.structure, kind="production")
    named = rows.order_by("sort", "pk").values_list("ident", "label")
    return [(ident, label) for ident, label in named if ident != request.production_id]


def _by_post(other: Dossier) -> list[tuple[str, str, list[BudgetLine]]]:
    """The typed lines of a dossier, by post."""
    names = {post.code: post.label for post in posts_of(other)}
    held: dict[str, list[BudgetLine]] = {code: [] for code in names}
    for line in other.all(BudgetLine):
        held.setdefault(line.post, []).append(line)
    return [(code, names.get(code, ""), lines) for code, lines in held.items() if lines]


def copied(lines: list[BudgetLine], other: Dossier, found: Chosen) -> list[Change]:
    """The changes that add copies of lines under ids of their own, and the posts that only the other one has."""
    taken = {line.id for line in found.dossier.all(BudgetLine)}
    changes: list[Change] = list(_posts(lines, other, found))
    for line in lines:
        values = line.model_dump(mode="json", exclude_none=True, exclude_defaults=True, include=set(COPIED))
        values = {"label": line.label, "post": line.post} | values
        ident = new_id(BudgetLine.kind, values, taken)
        taken.add(ident)
        changes.append(add(f"{BudgetLine.kind}/{ident}", **values))
    return changes


def _posts(lines: list[BudgetLine], other: Dossier, found: Chosen) -> list[Change]:
    """Posts of the other production that this one's own posts lack."""
    own = found.dossier.all(BudgetPost)
    known = {post.code for post in posts_of(found.dossier)}
    wanted = {line.post for line in lines} - known
    missing = [post for post in other.all(BudgetPost) if post.code in wanted]
    if not missing:
        return []
    usual = [] if own else list(posts_of(found.dossier))
    taken = {post.id for post in (*own, *usual)}
    changes = [_post(post, post.id) for post in usual]
    for post in missing:
        ident = new_id(BudgetPost.kind, {"label": post.label}, taken)
        taken.add(ident)
        changes.append(_post(post, ident))
    return changes


def _post(post: BudgetPost, ident: str) -> Change:
    return add(f"{BudgetPost.kind}/{ident}", code=post.code, label=post.label, phase=post.phase)
