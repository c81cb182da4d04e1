"""The financing plan's page; sources are written through the forms of facts, contracts through those of sales."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.funding import Funding
from filage.kernel.finding import Deadline
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import SEE
from filage_web.funding.plan import FULL, PUBLIC_CEILING, READINGS, bar_of, blocks_of
from filage_web.navigation import place_of
from filage_web.scenarios.chosen import Chosen, chosen

EDITED = frozenset({Funding.kind, Contract.kind})


@member_view(SEE, Funding.kind)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show what is certain, what is probable and what is missing, in one of three readings."""
    found = chosen(request)
    outcome = found.opened.outcome
    plan = outcome.plan
    asked = request.GET.get("lecture", FULL)
    reading = asked if asked in READINGS else FULL
    blocks = blocks_of(plan, found.dossier)
    context = {
        "found": found,
        "outcome": outcome,
        "plan": plan,
        "reading": reading,
        "readings": _readings(request, found),
        "bar": bar_of(plan, reading),
        "blocks": [(block, [(one, _edit(request, found, one)) for one in block.sources]) for block in blocks],
        "received": sum((block.received for block in blocks), Decimal(0)),
        "deadlines": [
            (one, _where(request, one), one.on < clock.today()) for one in _deadlines(outcome.deadlines)
        ],
        "findings": [
            finding
            for finding in outcome.findings
            if finding.code.startswith("funding.") and finding.code != "funding.gap"
        ],
        "public_is_low": plan.public_share is not None and plan.public_share <= PUBLIC_CEILING,
        "ceiling": PUBLIC_CEILING,
        "conditions": [one for one in found.dossier.all(Funding) if one.conditions],
        "adding": _adding(request, found),
        "dates": int(outcome.variables["nb_dates"].value),
    }
    return render(request, "funding/page.html", context)


def _readings(request: HttpRequest, found: Chosen) -> list[tuple[str, str]]:
    return [
        (
            reading,
            f"{request.path}?{urlencode({'lecture': reading} | ({'scenario': found.ident} if found.scenario else {}))}",
        )
        for reading in READINGS
    ]


def _deadlines(deadlines: tuple[Deadline, ...]) -> list[Deadline]:
    """The days money depends on: deposits, payments, reports, and the sales still to confirm or sign."""
    kept: dict[tuple[object, str], Deadline] = {}
    for one in deadlines:
        kind = one.about.partition("/")[0]
        if (
            one.area == "financement"
            or kind == Contract.kind
            or (kind == Event.kind and one.label.startswith("Confirmer"))
        ):
            kept.setdefault((one.on, one.label.split(",")[0] if kind == Event.kind else one.label), one)
    return list(kept.values())


def _where(request: MemberRequest, one: Deadline) -> str:
    return place_of(request.structure.slug, request.production_id or "", one.about)


def _edit(request: MemberRequest, found: Chosen, one: object) -> str:
    """Where a source is written: its own form, the sale's, or the budget line."""
    kind, ident = getattr(one, "kind", ""), getattr(one, "ident", "")
    if not request.may("edit", kind):
        return ""
    here = [request.structure.slug, request.production_id, kind, ident]
    back = reverse("funding:page", args=here[:2]) + found.query
    name = "scenarios:edit_fact" if found.scenario else "forms:edit"
    asked = urlencode({"retour": back} | ({"scenario": found.ident} if found.scenario else {}))
    return f"{reverse(name, args=here)}?{asked}"


def _adding(request: MemberRequest, found: Chosen) -> str:
    here = [request.structure.slug, request.production_id, Funding.kind]
    back = reverse("funding:page", args=here[:2]) + found.query
    name = "scenarios:add_fact" if found.scenario else "forms:add"
    asked = urlencode({"retour": back} | ({"scenario": found.ident} if found.scenario else {}))
    return f"{reverse(name, args=here)}?{asked}"
