"""A target envelope: asked, searched by a worker, its ways compared, one kept as a scenario."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.facts.scenario import Scenario
from filage.facts.scenarios import file_values, fold
from filage.kernel.changes import Change, add
from filage.kernel.errors import BadInput
from filage.review.envelope import MEASURES, measured
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms.identifiers import new_id
from filage_web.jobs import computations
from filage_web.jobs.models import Computation
from filage_web.preview import save
from filage_web.preview.answers import refused
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.envelope_form import EnvelopeForm
from filage_web.scenarios.envelope_task import KIND, search_envelope, target_of
from filage_web.shell.opening import open_page

SHOWN = 20
"""Ways shown: the smallest ones."""


@member_view(SEE, Scenario.kind)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Ask what to aim at; the searches made are listed."""
    return _page(request, chosen(request), EnvelopeForm())


def _page(request: MemberRequest, found: Chosen, form: EnvelopeForm, status: int = 200) -> HttpResponse:
    asked = Computation.objects.filter(
        structure=request.structure, production__slug=request.production_id, kind=KIND
    ).order_by("-id")[:8]
    outcome = found.opened.outcome
    context = {
        "found": found,
        "form": form,
        "asked": [(one, MEASURES[target_of(one).measure], target_of(one).amount) for one in asked],
        "expense": outcome.budget.expense,
        "gap": outcome.plan.gap,
        "price": outcome.price.prices[0].unit_price if outcome.price else None,
    }
    return render(request, "scenarios/envelope.html", context, status=status)


@member_view(EDIT, Scenario.kind)
@require_POST
def search(request: MemberRequest) -> HttpResponseBase:
    """Ask for the ways to a target; a worker looks for them."""
    found = chosen(request)
    form = EnvelopeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, 422)
    question = form.question(found.ident)
    about = f"{question['measure']}/{question['target']}/{question['size']}@{found.ident}"[:100]
    asked = computations.ask(
        request.structure, request.production_id or "", KIND, about, question, request.user
    )
    if asked.state == Computation.QUEUED and asked.started_at is None:
        search_envelope.enqueue(asked.pk)
    return redirect("scenarios:envelope_found", request.structure.slug, request.production_id, asked.pk)


@member_view(SEE, Scenario.kind)
@require_GET
def found(request: MemberRequest, search: int) -> HttpResponse:
    """Show how far a search is, then the ways it found and what each loses."""
    asked = _asked(request, search)
    running = asked.state in computations.RUNNING
    if running and getattr(request, "htmx", False):
        return render(request, "scenarios/envelope_running.html", {"asked": asked})
    opened = _under(request, asked)
    target = target_of(asked)
    context = {
        "asked": asked,
        "running": running,
        "target": target.amount,
        "measure": MEASURES[target.measure],
        "now": measured(opened.outcome, target),
        "stale": asked.answer is not None and asked.revision != opened.loaded.revision,
        "scenario": opened.loaded.dossier.find(f"scenario/{asked.asked.get('scenario', '')}", Scenario),
        **_answer(asked),
    }
    response = render(request, "scenarios/envelope_found.html", context)
    if running:
        response.headers["Refresh"] = (
            "3"  # for who has no script; with it, the part that moves asks for itself
        )
    if getattr(request, "htmx", False):
        response.headers["HX-Refresh"] = "true"
    return response


def _under(request: MemberRequest, asked: Computation) -> Any:
    """The production as the search saw it, under its scenario when it has one."""
    try:
        return open_page(request, scenario=str(asked.asked.get("scenario", "")) or None)
    except BadInput:
        raise Http404 from None


def _answer(asked: Computation) -> dict[str, Any]:
    """The ways found, their amounts read back."""
    if asked.answer is None:
        return {}
    answer = asked.answer
    now = None if answer["now"] is None else Decimal(answer["now"])
    ways = [
        {
            "rank": rank,
            "labels": way["labels"],
            "value": Decimal(way["value"]),
            "saved": None if now is None else now - Decimal(way["value"]),
            "losses": way["losses"],
        }
        for rank, way in enumerate(answer["ways"][:SHOWN])
    ]
    lowest = answer["lowest"]
    return {
        "ways": ways,
        "more": max(0, len(answer["ways"]) - SHOWN),
        "reached": answer["reached"],
        "lowest": None if lowest is None else Decimal(lowest),
        "reviews": answer["reviews"],
        "left": answer["left"],
        "levers": len(answer["levers"]),
        "largest": answer["largest"],
    }


@member_view(EDIT, Scenario.kind)
@require_POST
def stop(request: MemberRequest, search: int) -> HttpResponseBase:
    """Stop a search with the ways found so far."""
    computations.stop(_asked(request, search))
    return redirect("scenarios:envelope_found", request.structure.slug, request.production_id, search)


@member_view(EDIT, Scenario.kind)
@require_POST
def keep(request: MemberRequest, search: int, rank: int) -> HttpResponseBase:
    """Keep a way as a scenario: nothing changes in the production, it is compared, adopted or given up."""
    asked = _asked(request, search)
    ways = (asked.answer or {}).get("ways", [])
    if rank >= len(ways):
        raise Http404
    way, opened = ways[rank], _under(request, asked)
    back = reverse("scenarios:page", args=[request.structure.slug, request.production_id])
    values: dict[str, Any] = {
        "label": " + ".join(way["labels"])[:120],
        "purpose": _("Tenir l’enveloppe : %(value)s € pour %(measure)s")
        % {"value": way["value"].replace(".", ","), "measure": MEASURES[target_of(asked).measure]},
        "changes": [file_values(one) for one in fold([Change(**change) for change in way["changes"]])],
    }
    if asked.asked.get("scenario"):
        values["base"] = f"scenario/{asked.asked['scenario']}"
    taken = {one.id for one in opened.loaded.dossier.all(Scenario)}
    ident = new_id(Scenario.kind, values, taken)
    try:
        return save(
            request, [add(f"scenario/{ident}", **values)], back=back, label=_("Scénario d’une enveloppe")
        )
    except BadInput as error:
        return refused(request, error, back)


def _asked(request: MemberRequest, number: int) -> Computation:
    within = {"structure": request.structure, "production__slug": request.production_id, "kind": KIND}
    return get_object_or_404(Computation, pk=number, **within)
