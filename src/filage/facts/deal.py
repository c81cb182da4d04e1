"""What is offered or countered for a date: how the money would be shared, before any contract; tickets and partners."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.people import Resource
from filage.facts.scalars import Amount, Count, Day, Number, Rate, Text

Base = Annotated[str, Choice(box_office="La recette HT", remainder="Ce qui reste")]
Deduction = Annotated[str, Choice(rights="Droits d’auteur", tax="Taxe sur les spectacles")]


class Deal(Fact):
    """One way of selling dates, as offered or countered: compared with the others for the same house."""

    kind = "deal"
    title = "Offre"
    collection = "deals"

    label: Text = say("Nom")
    type: Annotated[str, Choice(
        cession="Cession", corealisation="Coréalisation", box_office="Part de recette", rental="Location de salle",
        promotion="Promotion locale", coproduction="Coproduction",
    )] = say("Nature", default="corealisation")  # fmt: skip
    company: Annotated[str, RefTo("company")] | None = maybe("Avec")
    venue: Annotated[str, RefTo("venue")] | None = maybe("Lieu")
    events: tuple[Annotated[str, RefTo("event")], ...] = many("Dates")
    performances: Count = say("Nombre de dates", "Si les dates ne sont pas encore posées.", default=1)
    capacity: Count | None = maybe("Jauge")
    fill: Rate = say("Remplissage", default=Decimal("0.7"))
    average_price: Amount | None = maybe("Prix moyen du billet, TTC", unit="EUR")
    vat_rate: Rate | None = maybe("TVA sur les billets", "Absente : celle du spectacle, selon les règles.")
    rights_rate: Rate = say("Droits d’auteur", default=Decimal(0))
    rights_base: Base = say("Droits pris sur", default="box_office")
    tax_rate: Rate = say("Taxe sur les spectacles", default=Decimal(0))
    tax_base: Base = say("Taxe prise sur", default="box_office")
    deduction_order: tuple[Deduction, ...] = say("Ordre des déductions", default=("rights", "tax"))
    producer_share: Rate = say("Part du producteur", default=Decimal(1))
    producer_minimum: Amount | None = maybe("Minimum garanti au producteur", "Par date.", unit="EUR")
    venue_minimum: Amount | None = maybe("Minimum garanti au lieu", "Par date.", unit="EUR")
    fee: Amount | None = maybe("Prix de cession HT par date", unit="EUR")
    rental: Amount | None = maybe("Loyer par date", unit="EUR")
    promotion: Amount | None = maybe("Frais de promotion", "À notre charge, pour l’ensemble.", unit="EUR")
    contribution: Amount | None = maybe("Apport en coproduction", unit="EUR")
    travel: Amount | None = maybe(
        "Voyages, hébergement, repas", "À notre charge, pour l’ensemble.", unit="EUR"
    )
    date_cost: Amount | None = maybe("Coût d’une date", "Absent : le coût plateau du dossier.", unit="EUR")
    state: Annotated[str, Choice(
        idea="À l’étude", sent="Envoyée", received="Reçue", chosen="Retenue", dropped="Écartée",
    )] = say("État", default="idea")  # fmt: skip
    on: Day | None = maybe("Le")


class Tariff(Part):
    """One price of ticket, and how many are expected at that price."""

    label: Text = say("Tarif")
    price: Amount = say("Prix TTC", unit="EUR")
    share: Rate = say("Part des billets", default=Decimal(1))


class Ticketing(Fact):
    """The tickets of a date, a day of festival or a slot: house, prices, expected audience."""

    kind = "ticketing"
    title = "Billetterie"
    collection = "ticketings"

    label: Text = say("Nom")
    event: Annotated[str, RefTo("event")] | None = maybe("Date")
    day: Day | None = maybe("Jour", "Pour un pass d’un jour de festival.")
    capacity: Count = say("Jauge")
    fill: Rate = say("Remplissage", default=Decimal("0.7"))
    free: Count = say("Exonérés", default=0)
    tariffs: tuple[Tariff, ...] = many("Tarifs")
    vat_rate: Rate | None = maybe("TVA")
    sold: Count | None = maybe("Billets vendus")
    takings: Number | None = maybe("Recette TTC constatée", unit="EUR")


class Approach(Fact):
    """A step taken towards a partner: what was said, what comes next."""

    kind = "approach"
    title = "Échange"
    collection = "approaches"

    company: Annotated[str, RefTo("company")] = say("Organisme")
    on: Day = say("Le")
    by: Annotated[str, RefTo("person")] | None = maybe("Par")
    text: Text = say("Ce qui s’est dit", long=True)
    asks: tuple[Resource, ...] = many("Ce qu’on demande")
    need: Annotated[str, RefTo("need")] | None = maybe("Pour le besoin")
    answer: Annotated[str, Choice(
        waiting="Sans réponse", interested="Intéressé", agreed="D’accord", declined="Décliné",
    )] = say("Réponse", default="waiting")  # fmt: skip
    next_step: Text | None = maybe("Suite")
    next_on: Day | None = maybe("Avant le")
