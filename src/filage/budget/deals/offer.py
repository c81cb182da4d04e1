"""An offer made complete: what the fact says, and what the dossier, the venue and the law say where it is silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.budget.deals.sharing import Terms, plain_terms
from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.deal import Deal, Ticketing
from filage.facts.venue import Venue
from filage.kernel import step as steps
from filage.kernel.money import ZERO, round_half_up
from filage.rights.estimate import usual_rates
from filage.rights.vat import sale_vat, ticket_vat

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from filage.budget.price import PriceInput
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.law import Law
    from filage.rights.vat import ShowVat

BINDING = frozenset({"signed", "to_sign", "confirmed"})
"""States of a contract one does not rewrite without its other party."""
NEEDS_HOUSE = frozenset({"corealisation", "box_office", "rental", "promotion", "coproduction"})
"""Natures whose money depends on the audience."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a simulation needs: the house, the terms, the costs of the dates in euros, both VAT rates."""

    deal: Deal
    dates: int
    capacity: int
    fill: Decimal
    terms: Terms
    costs: tuple[Step, ...]
    """What these dates cost the producer: plateau, set-up, travel, promotion, rent."""
    floor: Step
    """What one date costs to play, in euros: selling it under that loses money."""
    sale_vat: ShowVat
    ticket_vat: ShowVat
    missing: tuple[str, ...]
    rebilled: Step | None = None
    """The travel of these dates that the buyer of a cession pays back, in euros, without VAT."""

    @property
    def about(self) -> str:
        """The fact: `deal/id`."""
        return self.deal.about


def offer_of(
    deal: Deal, dossier: Dossier, law: Law, today: date, given: PriceInput | None, travel: Step | None = None
) -> Offer:
    """Complete an offer from the dossier; `given` holds its plateau, `travel` replaces a travel cost not typed.

    That travel is re-billed by a cession, unless the cession already written for these dates says otherwise. What
    nothing says is listed in `missing`, and counts for zero; a cession that is silent on rights and tax, which its
    buyer pays, takes the usual rates.
    """
    dates = len(_alive(deal, dossier)) or max(deal.performances, 1)
    venue = dossier.find(deal.venue, Venue)
    tickets = _ticketing(deal, dossier)
    capacity = deal.capacity or (tickets.capacity if tickets else None) or (venue.capacity if venue else None)
    price = deal.average_price if deal.average_price is not None else _mean_price(tickets)
    missing = []
    if deal.type in NEEDS_HOUSE:
        missing += ["la jauge"] if not capacity else []
        missing += ["le prix moyen du billet"] if price is None else []
    if deal.type == "cession" and deal.fee is None:
        missing.append("le prix de cession")
    if deal.type == "rental" and deal.rental is None:
        missing.append("le loyer")
    if deal.date_cost is None and given is None:
        missing.append("le coût d’une date")
    first = deal.events[0] if deal.events else None
    on_tickets = ticket_vat(dossier, law, today, event=first, venue=venue)
    rate = on_tickets.rate.value if deal.vat_rate is None else deal.vat_rate
    rights, tax = deal.rights_rate, deal.tax_rate
    if deal.type == "cession" and not rights and not tax:
        rights, tax = usual_rates(dossier)
    terms = plain_terms(
        average_price=price or ZERO, vat_rate=rate, rights_rate=rights, tax_rate=tax,
        producer_share=deal.producer_share, rights_base=deal.rights_base, tax_base=deal.tax_base,
        deduction_order=_order(deal), producer_minimum=deal.producer_minimum, venue_minimum=deal.venue_minimum,
        by=deal.about,
    )  # fmt: skip
    rebilled = travel if _rebills(deal, dossier) else None
    floor, costs = _costs(deal, dates, given, None if rebilled else travel)
    return Offer(
        deal, dates, capacity or 0, deal.fill, terms, costs, floor, sale_vat(dossier, law, today, venue),
        on_tickets, tuple(missing),
        steps.relabelled(rebilled, "Voyages, hébergement, repas refacturés") if rebilled else None,
    )  # fmt: skip


def _order(deal: Deal) -> tuple[str, ...]:
    """The order of the contract; what it forgets comes last, what it says twice counts once."""
    return tuple(dict.fromkeys((*deal.deduction_order, "rights", "tax")))


def _alive(deal: Deal, dossier: Dossier) -> list[Event]:
    found = [dossier.find(about, Event) for about in deal.events]
    return [event for event in found if event is not None and event.option != "cancelled"]


def _ticketing(deal: Deal, dossier: Dossier) -> Ticketing | None:
    return next((one for one in dossier.all(Ticketing) if one.event and one.event in deal.events), None)


def _mean_price(tickets: Ticketing | None) -> Decimal | None:
    """The mean price of its tariffs, weighted by their shares."""
    if tickets is None or not tickets.tariffs:
        return None
    weight = sum((one.share for one in tickets.tariffs), ZERO)
    whole = sum((one.price * one.share for one in tickets.tariffs), ZERO)
    return round_half_up(whole / weight) if weight else None


def _costs(
    deal: Deal, dates: int, given: PriceInput | None, travel: Step | None
) -> tuple[Step, tuple[Step, ...]]:
    """What one date costs to play, and everything these dates cost."""
    count = steps.given("dates", dates, unit="dates")
    parts: list[Step] = []
    if deal.date_cost is not None:
        floor = steps.given("Coût d’une date", deal.date_cost, by=deal.about)
        parts.append(steps.product("Coût des dates", floor, count))
    elif given is not None:
        setup = steps.rounded(steps.quotient("Montage partagé", given.setup_cost, count))
        floor = steps.total("Prix plancher", (given.plateau_cost, setup))
        parts.append(steps.product("Coût plateau", given.plateau_cost, count))
        parts.append(steps.relabelled(given.setup_cost, "Montage"))
    else:
        floor = steps.given("Coût d’une date", ZERO)
    if deal.travel is not None:
        parts.append(steps.given("Voyages, hébergement, repas", deal.travel, by=deal.about))
    elif travel is not None and travel.value:
        parts.append(steps.relabelled(travel, "Voyages, hébergement, repas"))
    if deal.promotion:
        parts.append(steps.given("Promotion", deal.promotion, by=deal.about))
    if deal.rental:
        parts.append(steps.product("Location de la salle", steps.given("loyer par date", deal.rental), count))
    return floor, tuple(part for part in parts if part.value)


def _rebills(deal: Deal, dossier: Dossier) -> bool:
    """Whether the buyer pays the travel back: a cession does, unless its contract, already written, does not."""
    if deal.type != "cession" or deal.travel is not None:
        return False
    held = contract_of(deal, dossier) or seller_of(deal, dossier)
    return held is None or held.type != "cession" or held.bills_travel


def seller_of(deal: Deal, dossier: Dossier) -> Contract | None:
    """Return the live contract that already sells one of these dates, a binding one first."""
    live = [
        one
        for one in dossier.all(Contract)
        if one.state != "cancelled" and set(one.events) & set(deal.events)
    ]
    return min(live, key=lambda one: one.state not in BINDING) if live else None


def contract_of(deal: Deal, dossier: Dossier) -> Contract | None:
    """Return the contract an offer became, if it did."""
    return next((one for one in dossier.all(Contract) if one.deal == deal.about), None)
