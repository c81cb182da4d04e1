"""Gifts, sponsors and co-producers: what each brings, what it receives, and what the rules say of it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filage.facts.funding import Funding
from filage.funding.coproduction import Partner, coproduction_of
from filage.funding.giving import PATRONAGE, SPONSORSHIP, Gift, gifts_of, giving_rules
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import SEE
from filage_web.funding.writing import form_of, page_of
from filage_web.scenarios.chosen import Chosen, chosen

CODES = ("funding.counterparts", "funding.shares_passed")


@dataclass(frozen=True, slots=True)
class GiftRow:
    """A gift, where it is edited and what explains the giver's tax."""

    gift: Gift
    edit: str
    why: str


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A co-producer and where each thing it brings is edited."""

    partner: Partner
    edits: tuple[tuple[Funding, str], ...]


@member_view(SEE, Funding.kind)
@require_GET
def giving(request: MemberRequest) -> HttpResponse:
    """Show the gifts, the sponsors and the co-producers of a production."""
    found = chosen(request)
    gifts = gifts_of(found.dossier)
    shared = coproduction_of(found.dossier)
    view = "funding:giving"
    context = {
        "found": found,
        "tab": "giving",
        "given": [_gift(request, found, one) for one in gifts if one.funding.nature == PATRONAGE],
        "sponsored": [_gift(request, found, one) for one in gifts if one.funding.nature == SPONSORSHIP],
        "shared": shared,
        "partners": [_partner(request, found, one) for one in shared.partners],
        "rules": giving_rules(),
        "findings": [one for one in found.opened.outcome.findings if one.code in CODES],
        "adding_gift": form_of(request, found, view, Funding.kind, nature=PATRONAGE),
        "adding_sponsor": form_of(request, found, view, Funding.kind, nature=SPONSORSHIP),
        "adding_partner": form_of(request, found, view, Funding.kind, nature="coproduction"),
    }
    return render(request, "funding/giving.html", context)


def _gift(request: MemberRequest, found: Chosen, gift: Gift) -> GiftRow:
    edit = form_of(request, found, "funding:giving", Funding.kind, gift.funding.id)
    return GiftRow(gift, edit, page_of(request, found, "funding:reason", quoi=f"gift/{gift.funding.id}"))


def _partner(request: MemberRequest, found: Chosen, partner: Partner) -> PartnerRow:
    edits = tuple(
        (one, form_of(request, found, "funding:giving", Funding.kind, one.id)) for one in partner.fundings
    )
    return PartnerRow(partner, edits)
