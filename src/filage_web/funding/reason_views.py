"""Why an amount of financing: the same panel as « Pourquoi ? », for what is not a line of the budget."""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filage.facts.campaign import Campaign
from filage.facts.funding import Funding
from filage.funding.campaign import campaign_view
from filage.funding.caps import caps_of
from filage.funding.catalogue import possible_schemes
from filage.funding.credits.data import credits_known
from filage.funding.credits.estimate import estimate_credit
from filage.funding.giving import gifts_of
from filage.funding.situation import Situation
from filage.kernel.step import Step
from filage.law import load_law
from filage.review.run import law_of_structure
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import SEE
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.why.reasons import reason_of


@member_view(SEE, Funding.kind)
@require_GET
def reason(request: MemberRequest) -> HttpResponse:
    """Explain what an aid may give, a tax credit, a campaign's net, a giver's tax, the room under a ceiling."""
    found = chosen(request)
    kind, _bar, ident = request.GET.get("quoi", "").partition("/")
    step = REASONS[kind](found, ident) if kind in REASONS else None
    if step is None:
        raise Http404
    context = {"reason": reason_of(step), "about": step.label, "typed": False}
    return render(request, "funding/reason.html", context)


def _scheme_step(found: Chosen, ident: str) -> Step | None:
    views = possible_schemes(found.opened.outcome, clock.today(), every=True)
    return next((one.amount for one in views if one.data.id == ident), None)


def _credit_step(found: Chosen, ident: str) -> Step | None:
    if ident not in credits_known():
        return None
    law = law_of_structure(found.dossier.employer, load_law())
    return estimate_credit(found.opened.outcome, ident, law, clock.today()).amount


def _campaign_step(found: Chosen, ident: str) -> Step | None:
    campaign = found.dossier.find(f"{Campaign.kind}/{ident}", Campaign)
    return campaign_view(campaign, clock.today()).net if campaign else None


def _gift_step(found: Chosen, ident: str) -> Step | None:
    gift = next((one for one in gifts_of(found.dossier) if one.funding.id == ident), None)
    return (gift.tax or gift.vat) if gift else None


def _cap_step(found: Chosen, ident: str) -> Step | None:
    seen = caps_of(Situation.of(found.opened.outcome, clock.today()))
    return next((one.room for one in seen if one.cap.id == ident), None)


REASONS: Final[Mapping[str, Callable[[Chosen, str], Step | None]]] = {
    "scheme": _scheme_step, "credit": _credit_step, "campaign": _campaign_step, "gift": _gift_step, "cap": _cap_step,
}  # fmt: skip
