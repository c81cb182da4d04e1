"""The page of receipts: what comes in by source, who takes what rank after rank, what each gets in all."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from filage.facts.recoupment import Corridor, Receipt
from filage.funding.recoupment import recoupment_findings, waterfall_of
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.receipts.cascade import SCALES, drops_of, parties_of
from filage_web.scenarios.chosen import Chosen, chosen


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


def _form(request: MemberRequest, found: Chosen, kind: str, ident: str = "") -> str:
    """The form of a fact, to add it or to edit it, in the scenario one is in."""
    here = [request.structure.slug, request.production_id, kind, *([ident] if ident else [])]
    verb = "edit" if ident else "add"
    name = f"scenarios:{verb}_fact" if found.scenario else f"forms:{verb}"
    asked = {"retour": reverse("receipts:page", args=here[:2]) + found.query}
    return f"{reverse(name, args=here)}?{urlencode(asked | ({'scenario': found.ident} if found.scenario else {}))}"
