"""The pages of receipts: corridors that share what comes in, and slots with their costs and their tickets."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from filage.budget.slots import Slot, SlotCost, programme_of
from filage.facts.deal import Ticketing
from filage.facts.funding import Funding
from filage.facts.recoupment import Corridor, Receipt
from filage.funding.recoupment import recoupment_findings, waterfall_of
from filage.law import load_law
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.navigation import place_of
from filage_web.receipts.cascade import SCALES, drops_of, parties_of
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.fact_forms import fact_form

GIVEN: Final = frozenset({"sponsorship", "patronage"})
SHOWN: Final = 4
"""The heaviest lines of a slot that its row names."""


@member_view(SEE, Corridor.kind)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show how the receipts of a production are shared."""
    found = chosen(request)
    dossier = found.dossier
    flow = waterfall_of(dossier)
    editable = request.may(EDIT, Corridor.kind)
    receipts = [
        (receipt, _form(request, found, Receipt.kind, receipt.id) if editable else "")
        for receipt in dossier.all(Receipt)
    ]
    context = {
        "found": found,
        "flow": flow,
        "receipts": receipts,
        "drops": [
            (drop, _form(request, found, Corridor.kind, drop.payment.corridor.id) if editable else "")
            for drop in drops_of(dossier, flow)
        ],
        "scales": [(times, flow.receipts * times) for times in SCALES],
        "parties": parties_of(dossier) if receipts else (),
        "findings": recoupment_findings(dossier),
        "editable": editable,
        "adding_receipt": _form(request, found, Receipt.kind),
        "adding_corridor": _form(request, found, Corridor.kind),
    }
    return render(request, "receipts/page.html", context)


@member_view(SEE, Ticketing.kind)
@require_GET
def slots(request: MemberRequest) -> HttpResponse:
    """Show what each slot costs and brings, day by day."""
    found = chosen(request)
    outcome = found.opened.outcome
    programme = programme_of(found.dossier, outcome.budget, load_law(), outcome.on)
    editable = request.may(EDIT, Ticketing.kind)
    houses = [one for day in programme.days for slot in day.slots for one in slot.tickets]
    passes = [one for day in programme.days for one in day.passes]
    context = {
        "found": found,
        "programme": programme,
        "days": [(day, [(slot, _heaviest(slot)) for slot in day.slots]) for day in programme.days],
        "tickets": [
            (one, _form(request, found, Ticketing.kind, one.ticketing.id) if editable else "")
            for one in (*houses, *passes)
        ],
        "apart": sorted(programme.apart, key=lambda part: -part.amount),
        "gifts": [
            one for one in found.dossier.all(Funding) if one.nature in GIVEN and one.state != "refused"
        ],
        "undated": [
            (one, _form(request, found, Ticketing.kind, one.id) if editable else "")
            for one in found.dossier.all(Ticketing)
            if one.id not in {house.ticketing.id for house in (*houses, *passes)}
        ],
        "findings": [one for one in outcome.findings if one.code.startswith("tickets.")],
        "editable": editable,
        "adding": _form(request, found, Ticketing.kind),
        "dates": place_of(request.structure.slug, request.production_id or "", "event/"),
    }
    return render(request, "receipts/slots.html", context)


def _heaviest(slot: Slot) -> list[SlotCost]:
    return sorted(slot.costs, key=lambda part: -part.amount)[:SHOWN]


def _form(request: MemberRequest, found: Chosen, kind: str, ident: str = "") -> str:
    """The form of a fact, to add it or to edit it, in the scenario one is in."""
    page = "receipts:slots" if kind == Ticketing.kind else "receipts:page"
    back = reverse(page, args=[request.structure.slug, request.production_id]) + found.query
    return fact_form(found, kind, ident, back=back)
