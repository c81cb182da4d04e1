"""Tickets: what a house brings by tariff, with and without VAT, as expected or as found, and the rows that count it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.budget.lines import RECEIPT, BudgetRow
from filage.budget.posts import INCOME
from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.deal import Ticketing
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.finding import Finding
from filage.kernel.money import ONE, ZERO
from filage.rights.vat import ticket_vat

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from filage.facts.deal import Tariff
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.law import Law
    from filage.rights.vat import ShowVat

TICKETS_ACCOUNT = "7062"
"""Tickets, in the plan of associations (a sub-account of use)."""
OURS = frozenset({"rental", "promotion"})
"""Contracts under which the tickets of a date stay ours; any other contract that sells it takes them."""


@dataclass(frozen=True, slots=True)
class TariffTakings:
    """One tariff: its tickets and its takings, VAT included, in euros."""

    tariff: Tariff
    tickets: Step
    takings: Step


@dataclass(frozen=True, slots=True)
class TicketTakings:
    """What a date, a day or a slot brings: takings with VAT, VAT, box office without it, each side in euros.

    `found` tells takings that were reported from expected ones.
    """

    ticketing: Ticketing
    tariffs: tuple[TariffTakings, ...]
    tickets: Step
    takings: Step
    box_office: Step
    vat: Step
    why: str
    found: bool


def takings_of(ticketing: Ticketing, dossier: Dossier, law: Law, today: date) -> TicketTakings:
    """Work out the takings of a house: those reported when there are, else capacity × fill less free seats × tariffs.

    Tickets are split by the shares of the tariffs, whatever they add up to.
    """
    event = dossier.find(ticketing.event, Event)
    venue = dossier.find(event.venue, Venue) if event and event.venue else None
    chosen = ticket_vat(dossier, law, today, event=ticketing.event, venue=venue)
    rate, why = _rate(ticketing, chosen)
    tickets = _tickets(ticketing)
    weight = sum((one.share for one in ticketing.tariffs), ZERO)
    lines = tuple(_line(one, tickets, weight) for one in ticketing.tariffs) if weight else ()
    if ticketing.takings is not None:
        takings = steps.given("Recette TTC constatée", ticketing.takings, by=ticketing.about)
    else:
        takings = steps.total("Recette TTC", tuple(line.takings for line in lines))
    with_vat = steps.total("un et la TVA", (steps.given("un", ONE, unit="ratio"), rate), unit="ratio")
    box_office = steps.rounded(steps.quotient(f"{ticketing.label}, billets HT", takings, with_vat))
    vat = steps.difference("TVA des billets", takings, box_office)
    return TicketTakings(
        ticketing, lines, tickets, takings, box_office, vat, why, ticketing.takings is not None
    )


def _rate(ticketing: Ticketing, chosen: ShowVat) -> tuple[Step, str]:
    if ticketing.vat_rate is None:
        return chosen.rate, chosen.why
    return steps.given("TVA saisie", ticketing.vat_rate, unit="rate", by=ticketing.about), "taux saisi"


def _tickets(ticketing: Ticketing) -> Step:
    """Paid tickets: those sold, else the seats filled less the free ones, never below zero."""
    if ticketing.sold is not None:
        return steps.given("billets vendus", ticketing.sold, unit="billets", by=ticketing.about)
    filled = steps.product(
        "places occupées", steps.given("jauge", ticketing.capacity, unit="places", by=ticketing.about),
        steps.given("remplissage", ticketing.fill, unit="rate", by=ticketing.about), unit="places",
    )  # fmt: skip
    free = steps.given("exonérés", ticketing.free, unit="places", by=ticketing.about)
    none = steps.given("zéro", 0, unit="billets")
    paid = steps.difference("places payantes", filled, free, unit="billets")
    return steps.greatest("billets attendus", paid, none, unit="billets")


def _line(tariff: Tariff, tickets: Step, weight: Decimal) -> TariffTakings:
    """The tickets and takings of one tariff."""
    share = steps.given(f"part du tarif {tariff.label}", tariff.share / weight, unit="rate")
    sold = steps.product(f"billets, {tariff.label}", tickets, share, unit="billets")
    price = steps.given(f"prix, {tariff.label}", tariff.price)
    return TariffTakings(tariff, sold, steps.rounded(steps.product(tariff.label, sold, price)))


def ticket_rows(dossier: Dossier, law: Law, today: date) -> list[BudgetRow]:
    """Return the income of the tickets that are ours, one row each (`tickets/id`), without VAT.

    A date sold by a live contract that gives its tickets to the venue is not ours to count.
    """
    rows = []
    for one in dossier.all(Ticketing):
        event = dossier.find(one.event, Event)
        if (event is not None and event.option == "cancelled") or given_to(one, dossier):
            continue
        amount = takings_of(one, dossier, law, today).box_office
        rows.append(
            BudgetRow(
                id=f"tickets/{one.id}", label=amount.label, about=one.about, side=RECEIPT,
                phase="exploitation", post=INCOME, account=TICKETS_ACCOUNT, amount=amount.value,
                computed=amount.value, basis="calculé", step=amount,
            )
        )  # fmt: skip
    return rows


def given_to(ticketing: Ticketing, dossier: Dossier) -> Contract | None:
    """Return the contract that gives these tickets to somebody else; None when they are ours."""
    sold = (one for one in dossier.all(Contract) if one.state != "cancelled" and one.type not in OURS)
    return next((one for one in sold if ticketing.event and ticketing.event in one.events), None)


def ticket_findings(dossier: Dossier) -> list[Finding]:
    """A house without a price, and tariffs whose shares do not make a whole."""
    findings = []
    for one in dossier.all(Ticketing):
        weight = sum((tariff.share for tariff in one.tariffs), ZERO)
        if not one.tariffs and one.takings is None:
            message = f"{one.label} : aucun tarif, la recette compte pour zéro."
            findings.append(Finding("tickets.no_tariff", "warning", one.about, message))
        elif one.tariffs and weight != ONE and one.takings is None:
            message = f"{one.label} : les parts des tarifs font {french.percent(weight)} ; elles sont ramenées à 100 %."
            findings.append(Finding("tickets.shares", "info", one.about, message))
    return findings
