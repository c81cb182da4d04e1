"""The financing plan's page; sources are written through the forms of facts, contracts through those of sales."""

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.funding import Funding
from filage.funding.caps import caps_of
from filage.funding.catalogue import POSSIBLE, pieces_of, possible_schemes
from filage.funding.situation import Situation
from filage.kernel.changes import set_
from filage.kernel.finding import Deadline
from filage.kernel.text import fold
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.funding.plan import FULL, READINGS, bar_of, blocks_of, checklists_of, natures_of, payments_of
from filage_web.funding.writing import page_of, saved, seen_of
from filage_web.navigation import place_of
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.fact_forms import fact_form

EDITED = frozenset({Funding.kind, Contract.kind})
SAID_ELSEWHERE = frozenset({"funding.gap", "funding.cap_passed"})
"""Findings that the page says in their own place: the table, the list of ceilings."""


@member_view(SEE, Funding.kind)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show what is certain, what is probable and what is missing, in one of three readings."""
    found = chosen(request)
    outcome = found.opened.outcome
    plan = outcome.plan
    asked = request.GET.get("lecture", FULL)
    reading = asked if asked in READINGS else FULL
    situation = Situation.of(outcome, clock.today())
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
            if finding.code.startswith("funding.") and finding.code not in SAID_ELSEWHERE
        ],
        "caps": caps_of(situation),
        "natures": natures_of(plan),
        "payments": payments_of(found.dossier, clock.today()),
        "checklists": checklists_of(found.dossier),
        "possible": sum(
            one.state == POSSIBLE and not one.fundings for one in possible_schemes(outcome, clock.today())
        ),
        "tab": "plan",
        "conditions": [one for one in found.dossier.all(Funding) if one.conditions],
        "adding": _adding(request, found),
        "dates": int(outcome.variables["nb_dates"].value),
    }
    return render(request, "funding/page.html", context)


@member_view(EDIT, Funding.kind)
@require_POST
def gather(request: MemberRequest) -> HttpResponseBase:
    """Say that a piece of a request is gathered, or that it is missing after all."""
    found = chosen(request)
    funding = found.dossier.find(f"{Funding.kind}/{request.POST.get('funding', '')}", Funding)
    pieces = pieces_of(funding, found.dossier) if funding else ()
    piece = next((one for one in pieces if one.label == request.POST.get("piece")), None)
    if funding is None or piece is None:
        raise Http404
    key = fold(piece.label)
    gathered = [one for one in funding.gathered if fold(one) != key]
    missing = [one for one in funding.missing if fold(one) != key]
    (missing if piece.gathered else gathered).append(piece.label)
    change = set_(funding.about, gathered=gathered, missing=missing)
    words = _("manque") if piece.gathered else _("réunie")
    label = _("%(source)s, pièce %(words)s : %(piece)s") % {
        "source": funding.label, "words": words, "piece": piece.label
    }  # fmt: skip
    back = f"{page_of(request, found, 'funding:page')}#pieces-{funding.id}"
    return saved(request, found, [change], back, label=label, seen=seen_of(found, funding.about))


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
    return fact_form(found, kind, ident, back=_back(request, found))


def _adding(request: MemberRequest, found: Chosen) -> str:
    return fact_form(found, Funding.kind, back=_back(request, found))


def _back(request: MemberRequest, found: Chosen) -> str:
    return reverse("funding:page", args=[request.structure.slug, request.production_id]) + found.query
