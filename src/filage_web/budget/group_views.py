"""Groups of lines: made, renamed, switched on and off with what it does to the balance, taken away."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filage.budget.groups import group_totals
from filage.facts.budget import BudgetGroup, LineDetail
from filage.kernel.changes import Change, remove, set_
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.budget.answering import address_of, said_of, written_from_panel
from filage_web.budget.line_form import new_group
from filage_web.preview.answers import previewed
from filage_web.preview.draft import Draft
from filage_web.scenarios.chosen import Chosen, chosen

KIND = BudgetGroup.kind


def _known(request: MemberRequest, found: Chosen) -> BudgetGroup:
    ident = request.POST.get("group") or request.GET.get("group") or ""
    group = found.dossier.find(f"{KIND}/{ident}", BudgetGroup)
    if group is None:
        raise Http404
    return group


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def group(request: MemberRequest) -> HttpResponseBase:
    """Show a group, its lines, what switching it does; rename it."""
    found = chosen(request)
    if request.method == "GET" and not request.GET.get("group"):
        return redirect(address_of(request, found))
    one = _known(request, found)
    if request.method == "POST":
        name = " ".join(request.POST.get("label", "").split())
        changes = [set_(one.about, label=name)] if name != one.label else []
        label = _("Groupe %(name)s renommé") % {"name": one.label}
        return written_from_panel(
            request, found, changes, label=label, seen=_seen(found, one),
            again=lambda error: _panel(request, found, one, said_of(error)),
        )  # fmt: skip
    return _panel(request, found, one)


def _seen(found: Chosen, one: BudgetGroup) -> dict[str, int]:
    revision = found.loaded.revisions.get(one.about)
    return {} if revision is None else {one.about: revision}


def _panel(request: MemberRequest, found: Chosen, one: BudgetGroup, problem: str = "") -> HttpResponse:
    total = next(
        each for each in group_totals(found.dossier, found.opened.outcome.budget) if each.group == one
    )
    effect = previewed(request, Draft((_switched(one),), {}, "", scenario=found.ident))
    context = {
        "group": one,
        "total": total,
        "worth": total.expense - total.income,
        "now": effect.before.budget.balance,
        "then": effect.after.budget.balance,
        "found": found,
        "problem": problem,
        "back": address_of(request, found),
    }
    return render(request, "budget/group.html", context, status=422 if problem else 200)


def _switched(one: BudgetGroup) -> Change:
    return set_(one.about, ("off",)) if one.off else set_(one.about, off="true")


@member_view(EDIT, KIND)
@require_POST
def switch(request: MemberRequest) -> HttpResponseBase:
    """Leave a group out, or count it again."""
    found = chosen(request)
    one = _known(request, found)
    words = _("Groupe %(name)s compté") if one.off else _("Groupe %(name)s écarté")

    def again(error: BadInput) -> HttpResponse:
        return _panel(request, found, one, said_of(error))

    return written_from_panel(
        request, found, [_switched(one)], label=words % {"name": one.label}, again=again
    )


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def add_group(request: MemberRequest) -> HttpResponseBase:
    """Make a group; lines join it from their panel, or several at once."""
    found = chosen(request)
    name = " ".join(request.POST.get("label", "").split())[:80]

    def page(error: BadInput | None = None) -> HttpResponse:
        problem = said_of(error) if error else ""
        if request.method == "POST" and not name:
            problem = _("Donnez un nom au groupe.")
        context = {"found": found, "problem": problem, "name": name, "back": address_of(request, found)}
        return render(request, "budget/group_add.html", context, status=422 if problem else 200)

    if request.method == "POST" and name:
        label = _("Groupe %(name)s créé") % {"name": name}
        return written_from_panel(request, found, [new_group(found, name)], label=label, again=page)
    return page()


@member_view(EDIT, KIND)
@require_POST
def remove_group(request: MemberRequest) -> HttpResponseBase:
    """Take a group away: its lines stay, and count."""
    found = chosen(request)
    one = _known(request, found)
    held = [detail for detail in found.dossier.all(LineDetail) if detail.group == one.about]
    changes: list[Change] = [*(set_(detail.about, ("group",)) for detail in held), remove(one.about)]

    def again(error: BadInput) -> HttpResponse:
        return _panel(request, found, one, said_of(error))

    label = _("Groupe %(name)s retiré") % {"name": one.label}
    return written_from_panel(request, found, changes, label=label, again=again)
