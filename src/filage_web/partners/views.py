"""Partners: the board by answer, what the production wants and who has it, one organisation and its history."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from filage.facts.base import label_of
from filage.facts.deal import Approach
from filage.facts.funding import Funding
from filage.facts.people import Company
from filage.funding.partners import Contacted, Wanted, contacts, matches
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import SEE
from filage_web.navigation import place_of
from filage_web.partners.queries import RESOURCES, board, companies_of, history, nature_of
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened

SHOWN = 6
"""Wanted things listed of one kind before the rest is folded."""


@member_view(SEE, Approach.kind)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show where one stands with each organisation, then what is wanted and who brings it."""
    opened, today = open_page(request), clock.today()
    piles, apart, found = board(request.structure, opened.dossier, today)
    outcome = opened.outcome
    wanted = [
        (
            one,
            [(each, _where(request, each)) for each in one.wanted[:SHOWN]],
            [(each, _where(request, each)) for each in one.wanted[SHOWN:]],
        )
        for one in matches(opened.dossier, outcome.budget, outcome.plan.gap, found)
    ]
    steps = sorted(
        (card for pile in piles for card in pile.cards if card.next and card.next.next_on),
        key=lambda card: (str(card.next.next_on), card.label) if card.next else ("", ""),
    )
    context = {
        "piles": piles,
        "partners": sum(len(pile.cards) for pile in piles),
        "apart": apart,
        "wanted": wanted,
        "steps": steps,
        "today": today,
        "here": request.path,
        "add_company": _adding(request, Company.kind, _page(request), role="coproducer"),
    }
    return render(request, "partners/page.html", context)


@member_view(SEE, Approach.kind)
@require_GET
def partner(request: MemberRequest, company: str) -> HttpResponse:
    """Show one organisation: who, what it can bring, every exchange, what it already is here."""
    opened, today = open_page(request), clock.today()
    fact = next((one for one in companies_of(request.structure, opened.dossier) if one.id == company), None)
    if fact is None:
        raise Http404
    (one,) = contacts(opened.dossier, [fact])
    back = reverse("partners:partner", args=[request.structure.slug, request.production_id, company])
    fundings = [each for each in opened.dossier.all(Funding) if each.company == fact.about]
    context = {
        "company": fact,
        "company_role": label_of(fact, "role"),
        "brings": [RESOURCES[each] for each in fact.brings],
        "contacted": one,
        "history": history(opened.dossier, one),
        "today": today,
        "back": back,
        "wanted": _for(request, one, opened),
        "fundings": [(each, place_of(request.structure.slug, request.production_id or "", each.about))
                     for each in fundings],
        "add_exchange": _adding(request, Approach.kind, back, company=fact.about, on=today.isoformat()),
        "add_funding": _adding(
            request, Funding.kind, back, company=fact.about, label=fact.label, state="to_ask",
            nature=nature_of(fact, fundings),
        ),
    }  # fmt: skip
    return render(request, "partners/partner.html", context)


def _for(request: MemberRequest, one: Contacted, opened: Opened) -> list[tuple[str, Wanted, str]]:
    """What the production wants among what this organisation says it brings."""
    found = matches(opened.dossier, opened.outcome.budget, opened.outcome.plan.gap, [one])
    return [
        (each.label, want, _where(request, want)) for each in found if each.holders for want in each.wanted
    ]


def _where(request: MemberRequest, wanted: Wanted) -> str:
    """Where the thing wanted is written: its need, its line of the budget, the plan for money."""
    slug, production = request.structure.slug, request.production_id or ""
    if wanted.about.startswith("need/"):
        return place_of(slug, production, wanted.about)
    area = "budget" if wanted.about else "funding"
    return reverse(f"{area}:page", args=[slug, production])


def _adding(request: MemberRequest, kind: str, back: str, **given: str) -> str:
    """The form of a new fact, with what is already known."""
    here = reverse("forms:add", args=[request.structure.slug, request.production_id, kind])
    return f"{here}?{urlencode(given | {'retour': back})}"


def _page(request: MemberRequest) -> str:
    return reverse("partners:page", args=[request.structure.slug, request.production_id])
