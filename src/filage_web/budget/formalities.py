"""Formalities to price: lines proposed by obligations, permits, insurances, rights and translations."""

from collections.abc import Sequence

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.compliance.formalities import ProposedLine, proposed_lines, set_aside
from filage.facts.budget import BudgetLine
from filage.kernel.errors import BadInput
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.preview import save, show_effect
from filage_web.preview.answers import refused
from filage_web.scenarios.chosen import Chosen, chosen

KIND = BudgetLine.kind


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """List the lines that formalities propose, with why, for whom and how sure the price is."""
    found = chosen(request)
    lines = proposed_lines(found.dossier, clock.today())
    context = {
        "found": found,
        "lines": lines,
        "aside": _aside(found),
        "blank": not found.dossier.all(BudgetLine),
    }
    return render(request, "budget/formalities.html", context)


def _aside(found: Chosen) -> Sequence[str]:
    return found.dossier.production.formalities_aside


@member_view(EDIT, KIND)
@require_POST
def accept(request: MemberRequest) -> HttpResponseBase:
    """Show what the lines chosen would add to the budget; confirming writes them, with the formality they come from."""
    found = chosen(request)
    picked = _picked(request, found)
    if not picked:
        return refused(request, BadInput(_("aucune ligne n’est cochée")), _here(request, found))
    label = _("Démarches chiffrées : %(names)s") % {"names": ", ".join(line.label for line in picked[:3])}
    try:
        return show_effect(
            request,
            [line.change() for line in picked],
            back=_here(request, found),
            label=label,
            scenario=found.ident,
        )
    except BadInput as error:
        return refused(request, error, _here(request, found))


@member_view(EDIT, "production")
@require_POST
def dismiss(request: MemberRequest) -> HttpResponseBase:
    """Stop proposing the line of a formality; the production keeps which, and undo brings it back."""
    found = chosen(request)
    rule = request.POST.get("rule", "")
    line = next((one for one in proposed_lines(found.dossier, clock.today()) if one.rule == rule), None)
    if line is None:
        return refused(request, BadInput(_("cette démarche n’est plus proposée")), _here(request, found))
    label = _("Démarche écartée : %(name)s") % {"name": line.label}
    return save(request, [set_aside(found.loaded.dossier, rule)], back=_here(request, found), label=label)


def _picked(request: MemberRequest, found: Chosen) -> list[ProposedLine]:
    wanted = set(request.POST.getlist("rule"))
    return [line for line in proposed_lines(found.dossier, clock.today()) if line.rule in wanted]


def _here(request: MemberRequest, found: Chosen) -> str:
    return reverse("budget:formalities", args=[request.structure.slug, request.production_id]) + found.query
