"""A production begun from a template of its kind: what it brings is shown, each part can be unticked."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filage.kernel.errors import BadInput, Problem
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.creation.forms import FORMS, TemplateForm
from filage_web.creation.services import create_from_template
from filage_web.creation.templates import PHASES, brings
from filage_web.home.ways_in import ways_in
from filage_web.navigation import production_address


@member_view(EDIT, "production")
@require_http_methods(["GET", "POST"])
def new_from_template(request: MemberRequest) -> HttpResponse:
    """Choose a kind, see what its template brings, untick what is not wanted, create."""
    kind = request.POST.get("genre") or request.GET.get("genre") or ""
    if not kind:
        kinds = {"kinds": FORMS, "ways_in": ways_in(request.structure.slug)}
        return render(request, "creation/template.html", kinds)
    if kind not in dict(FORMS):
        raise Http404
    monday = clock.today() + timedelta(days=-clock.today().weekday() % 7)
    form = TemplateForm(request.POST or None, initial={"start_on": monday})
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        chosen = frozenset(request.POST.getlist("fait"))
        actor: Any = request.user
        try:
            slug = create_from_template(
                request.structure, kind, form.values(), form.cleaned_data["start_on"], chosen, actor=actor
            )
        except BadInput as error:
            problems = error.problems
        else:
            _say(request, chosen)
            return redirect(production_address(request.structure.slug, slug) or "productions")
    start = form.cleaned_data.get("start_on") if form.is_bound and form.is_valid() else None
    parts = brings(kind, start or monday)
    ticked = set(request.POST.getlist("fait")) if form.is_bound else None
    page: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "kind_label": dict(FORMS)[kind],
        "parts": parts,
        "ticked": ticked,
        "phases_key": PHASES,
        "problems": problems,
        "ways_in": ways_in(request.structure.slug),
    }
    return render(
        request, "creation/template_parts.html", page, status=422 if problems or form.errors else 200
    )


def _say(request: MemberRequest, chosen: frozenset[str]) -> None:
    from django.contrib import messages

    messages.success(
        request, _("Production créée, %(count)s éléments du modèle repris.") % {"count": len(chosen)}
    )
