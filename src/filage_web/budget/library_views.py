"""The library of lines of the structure: looked through, put into a budget, filled from one."""

from datetime import date

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filage.budget.posts import posts_of
from filage.facts.budget import ModelLine
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.budget.answering import (
    KIND,
    address_of,
    said_of,
    scenario_seen_of,
    written_from_panel,
)
from filage_web.budget.arranging import grid_of
from filage_web.budget.cells import CellError
from filage_web.budget.library import inserted, kept_lines, models_of, taken_models
from filage_web.budget.missing import asked_variables, missing_names
from filage_web.forms import french_input
from filage_web.preview.answers import save
from filage_web.scenarios.chosen import chosen
from filage_web.templatetags.french import counted


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def library(request: MemberRequest) -> HttpResponseBase:
    """Look through the library; put the lines chosen into the budget."""
    found = chosen(request)
    text = request.POST.get("text", request.GET.get("text", ""))
    models = models_of(request.structure, text)

    def page(error: BadInput | CellError | None = None, said: str = "") -> HttpResponse:
        problem = said_of(error) if error else said
        picked = set(request.POST.getlist("model"))
        wanted = [model for model in models if model.id in picked]
        context = {
            "found": found,
            "models": models,
            "text": text,
            "picked": picked,
            "posts": posts_of(found.dossier),
            "missing": asked_variables(missing_names(wanted, found), request.POST, {}),
            "problem": problem,
            "back": address_of(request, found),
        }
        return render(request, "budget/library.html", context, status=422 if problem else 200)

    if request.method == "GET" or "look" in request.POST:
        return page()
    wanted = [model for model in models if model.id in request.POST.getlist("model")]
    if not wanted:
        return page(said=_("Cochez au moins une ligne."))
    variables = asked_variables(missing_names(wanted, found), request.POST, {})
    if any(not one.change for one in variables):
        return page(
            said=_("Ces lignes comptent avec des variables que ce budget n’a pas : donnez leur valeur.")
        )
    changes = [
        *(one.change for one in variables if one.change),
        *inserted(wanted, found, request.POST.get("post", "")),
    ]
    label = _("%(lines)s de la bibliothèque") % {"lines": counted(len(wanted), "ligne,lignes")}
    return written_from_panel(
        request, found, changes, label=label, seen=scenario_seen_of(request), again=page
    )


@member_view(EDIT, ModelLine.kind)
@require_http_methods(["GET", "POST"])
def keep_line(request: MemberRequest) -> HttpResponseBase:
    """Keep a line in the library, with where its price comes from and when."""
    found = chosen(request)
    asked = request.POST.get("line") or request.GET.get("line") or ""
    if request.method == "GET" and not asked:
        return redirect(address_of(request, found))
    line = grid_of(found, "aucun").line(asked)
    if line is None or not line.is_typed:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            on = request.POST.get("on", "").strip()
            day = None if not on else _day(on)
            changes = kept_lines(
                [line], found, taken_models(request.structure), source=request.POST.get("source", "").strip()[:200],
                on=day,
            )  # fmt: skip
            label = _("%(name)s gardée en bibliothèque") % {"name": line.row.label}
            return save(request, changes, back=address_of(request, found, line.anchor), label=label)
        except (CellError, BadInput, ValueError) as error:
            problem = said_of(error) if isinstance(error, CellError | BadInput) else str(error)
    context = {
        "found": found, "line": line, "problem": problem, "back": address_of(request, found, line.anchor),
        "source": request.POST.get("source", ""), "on": request.POST.get("on", ""),
    }  # fmt: skip
    return render(request, "budget/keep.html", context, status=422 if problem else 200)


def _day(text: str) -> date:
    return date.fromisoformat(french_input.day(text))
