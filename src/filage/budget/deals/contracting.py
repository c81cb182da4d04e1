"""An offer retained: the contract it becomes, to be prepared, with its deposit and its balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.budget.deals.offer import BINDING, seller_of
from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.kernel.changes import add, set_
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import ZERO, round_half_up

if TYPE_CHECKING:
    from datetime import date

    from filage.budget.deals.simulate import DealOutcome
    from filage.facts.deal import Deal
    from filage.facts.dossier import Dossier
    from filage.kernel.changes import Change

DEPOSIT, BEFORE, AFTER = Decimal("0.3"), timedelta(days=30), timedelta(days=30)
"""The usual schedule: a deposit thirty days before the first date, the balance thirty days after the last."""
CONTRACTS = {
    "cession": "cession", "corealisation": "corealisation", "box_office": "corealisation", "rental": "rental",
    "promotion": "promotion", "coproduction": "coproduction",
}  # fmt: skip
"""The contract each nature of offer is signed as; a share of box office is a coréalisation."""
OUR_TICKETS = frozenset({"rental", "promotion"})


@dataclass(frozen=True, slots=True)
class Due:
    """One payment proposed, before VAT, in euros."""

    label: str
    on: date
    amount: Decimal
    condition: str = ""

    def values(self) -> dict[str, Any]:
        """Return it as the file writes it."""
        kept = {"label": self.label, "on": self.on.isoformat(), "amount": f"{self.amount:f}"}
        return kept | ({"condition": self.condition} if self.condition else {})


def schedule_of(found: DealOutcome, dossier: Dossier, today: date) -> tuple[Due, ...]:
    """Propose a deposit and a balance, before VAT; none without a date or when the money comes from our own tickets.

    A guaranteed minimum is what the deposit is taken on: the rest waits for the statement of takings.
    """
    deal = found.offer.deal
    days = [event.day for about in deal.events if (event := dossier.find(about, Event)) is not None]
    if not days or found.income is None or deal.type in OUR_TICKETS:
        return ()
    whole = round_half_up(found.income.value)
    if deal.type == "coproduction" and deal.contribution:
        whole -= deal.contribution
    sure = (
        whole if deal.type == "cession" else min((deal.producer_minimum or ZERO) * found.offer.dates, whole)
    )
    deposit = round_half_up(sure * DEPOSIT)
    condition = "" if deal.type == "cession" else "selon le relevé de recettes"
    parts = [
        Due("Acompte", max(min(days) - BEFORE, today), deposit, "à la signature"),
        Due("Solde", max(days) + AFTER, whole - deposit, condition),
    ]
    return tuple(part for part in parts if part.amount > 0)


def retained(
    found: DealOutcome, dossier: Dossier, today: date, ident: str, *, schedule: tuple[Due, ...] | None = None
) -> tuple[Change, ...]:
    """Return the changes that retain an offer: its contract as a draft, the offer chosen, its rivals dropped.

    An option already written for these dates becomes that contract, its state kept; else `contract/ident` is added.
    BadInput when a contract that is signed, or about to be, already sells one of these dates.
    """
    deal = found.offer.deal
    held = seller_of(deal, dossier)
    if held is not None and held.state in BINDING:
        raise BadInput(
            Problem(
                f"le contrat « {held.label} » vend déjà ces dates",
                path=held.about,
                suggestion="annulez-le, ou retirez-en ces dates, avant de retenir une autre offre",
            )
        )
    due = schedule_of(found, dossier, today) if schedule is None else schedule
    sells = deal.type == "cession" and deal.fee is not None
    values: dict[str, Any] = {
        "type": CONTRACTS[deal.type], "deal": deal.about, "events": list(deal.events), "company": deal.company,
        "venue": deal.venue, "unit_price": f"{deal.fee:f}" if sells else None, "vat_rate": f"{_vat(found):f}",
        "instalments": [part.values() for part in due],
    }  # fmt: skip
    given = {key: value for key, value in values.items() if value}
    if sells and found.offer.rebilled is not None:
        given["bills_travel"] = True
    if held is None:
        changes = [add(f"contract/{ident}", label=deal.label, state="draft", **given)]
    else:
        changes = [_rewritten(held, given, sells=sells)]
    if deal.state != "chosen":
        changes.append(set_(deal.about, state="chosen"))
    return (*changes, *(set_(other.about, state="dropped") for other in rivals(deal, dossier)))


def _rewritten(held: Contract, given: dict[str, Any], *, sells: bool) -> Change:
    """The option that becomes the contract: its price and its re-billed travel go with the cession it was."""
    if sells:
        return set_(held.about, **given)
    clear = ("unit_price",) if held.unit_price is not None else ()
    return set_(held.about, clear=clear, bills_travel=False, **given)


def rivals(deal: Deal, dossier: Dossier) -> list[Deal]:
    """Return the other live offers that sell one of the same dates."""
    return [
        other
        for other in dossier.all(type(deal))
        if other.about != deal.about
        and other.state not in ("chosen", "dropped")
        and set(other.events) & set(deal.events)
    ]


def _vat(found: DealOutcome) -> Decimal:
    """The rate of what we bill: that of the cession, else that of the tickets."""
    offer = found.offer
    return offer.sale_vat.rate.value if offer.deal.type == "cession" else offer.terms.vat_rate.value
