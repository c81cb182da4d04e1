"""A production begun from another of the structure: what is copied is chosen, dates are moved or dropped."""

from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from filage.budget.copying import PARTS, copied, copied_phases
from filage.facts.dossier import Dossier
from filage.kernel.errors import BadInput, Problem
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.creation.forms import CopyForm
from filage_web.creation.services import create_production
from filage_web.navigation import production_address
from filage_web.store.errors import UnknownProduction
from filage_web.store.queries import dossier_of, productions_of

_YEAR: Final = timedelta(weeks=52)
LABELS: Final[dict[str, tuple[str | Promise, str | Promise]]] = {
    "positions": (
        gettext_lazy("Équipe à pourvoir"),
        gettext_lazy("Les postes et leur prévision, sans les personnes."),
    ),
    "lines": (
        gettext_lazy("Budget"),
        gettext_lazy("Lignes saisies, postes, groupes, variables ; rien d’engagé."),
    ),
    "needs": (gettext_lazy("Besoins"), gettext_lazy("À trouver de nouveau.")),
    "fundings": (gettext_lazy("Financements"), gettext_lazy("Tous à demander, sans réponse ni versement.")),
    "tasks": (gettext_lazy("Tâches"), gettext_lazy("À faire de nouveau, sans responsable.")),
}


@member_view(EDIT, "production")
@require_http_methods(["GET", "POST"])
def new_from_copy(request: MemberRequest) -> HttpResponse:
    """Choose a production, what to take from it, and when the new one begins."""
    source = request.POST.get("de") or request.GET.get("de") or ""
    if not source:
        return render(request, "creation/copy.html", {"productions": productions_of(request.structure)})
    try:
        dossier = dossier_of(request.structure, source)
    except UnknownProduction:
        raise Http404 from None
    first = _first_day(dossier)
    begun = {
        "label": dossier.production.label,
        "form": dossier.production.form,
        "start_on": _a_year_later(first),
    }
    form = CopyForm(request.POST or None, initial=begun)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            slug = _create(request, dossier, form, first)
        except BadInput as error:
            problems = error.problems
        else:
            return redirect(production_address(request.structure.slug, slug) or "productions")
    parts = [
        (name, *LABELS[name], sum(len(dossier.by_kind.get(kind, {})) for kind in kinds))
        for name, kinds in PARTS.items()
    ]
    page = {
        "form": form,
        "source": source,
        "title": dossier.production.label,
        "parts": [part for part in parts if part[3]],
        "ticked": request.POST.getlist("part") if form.is_bound else list(PARTS),
        "first": first,
        "problems": problems,
    }
    return render(request, "creation/copy_parts.html", page, status=422 if problems or form.errors else 200)


def _create(request: MemberRequest, dossier: Dossier, form: CopyForm, first: date | None) -> str:
    start = form.cleaned_data["start_on"]
    shift = _whole_weeks(start - first) if start and first else None
    changes = copied(dossier, [part for part in request.POST.getlist("part") if part in PARTS], shift=shift)
    values = form.values()
    if phases := copied_phases(dossier, shift):
        values["phases"] = phases
    actor: Any = request.user
    label = _("Copie de %(title)s") % {"title": dossier.production.label}
    slug = create_production(request.structure, values, actor=actor, label=label[:200], more=changes)
    messages.success(request, _("Production créée, %(count)s fiches copiées.") % {"count": len(changes)})
    return slug


def _whole_weeks(gap: timedelta) -> timedelta:
    """Dates move by whole weeks: a Monday stays a Monday."""
    return timedelta(weeks=round(gap.days / 7))


def _a_year_later(first: date | None) -> date | None:
    """The first day proposed: the same one, whole years of weeks later, not before today."""
    if first is None:
        return None
    years = max(-(-(clock.today() - first).days // _YEAR.days), 1)
    return first + years * _YEAR


def _first_day(dossier: Dossier) -> date | None:
    return min((phase.starts_on for phase in dossier.production.phases), default=None)
