"""Travel, lodging, catering, freight: cost (and, later, carbon) side by side."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.production import BudgetPhase
from filage.facts.scalars import Count, Day, Expression, Number, Text, WallTime

Mode = Annotated[str, Choice(
    train="Train", van="Fourgon", car="Voiture", bus="Autocar", plane="Avion", bicycle="Vélo", boat="Bateau",
    other="Autre",
)]  # fmt: skip
LegBasis = Annotated[str, Choice(person="Par personne", km="Au kilomètre", trip="Au trajet")]


class Leg(Fact):
    """A journey of people: mode, distance, who pays what."""

    kind = "leg"
    title = "Trajet"
    collection = "legs"

    label: Text | None = maybe("Trajet")
    mode: Mode = say("Mode")
    origin: Text = say("De")
    destination: Text = say("À")
    day: Day | None = maybe("Jour", "Absent : celui de l’événement.")
    event: Annotated[str, RefTo("event")] | None = maybe("Événement")
    people: Expression = say("Personnes", default="1")
    trips: Count = say("Trajets", "2 pour un aller-retour.", default=1)
    distance_km: Number | None = maybe("Distance d’un trajet", unit="km")
    basis: LegBasis = say("Prix", default="person")
    unit_price: Expression = say("Prix unitaire", unit="EUR", default="0")
    phase: BudgetPhase = say("Budget", default="exploitation")
    post: Text | None = maybe("Poste de budget")
    meeting_at: WallTime | None = maybe("Rendez-vous à")
    meeting_point: Text | None = maybe("Lieu du rendez-vous")
    departs: WallTime | None = maybe("Départ")
    arrives: WallTime | None = maybe("Arrivée")
    reference: Text | None = maybe("Train, vol ou dossier")
    vehicle: Annotated[str, RefTo("vehicle")] | None = maybe("Véhicule")
    driver: Annotated[str, RefTo("person")] | None = maybe("Au volant")
    passengers: tuple[Annotated[str, RefTo("person")], ...] = many("Passagers", "Toute l’équipe si vide.")


class Room(Part):
    """Who sleeps in one room; never in a public version of a sheet."""

    label: Text = say("Chambre")
    people: tuple[Annotated[str, RefTo("person")], ...] = many("Personnes")


class Stay(Fact):
    """Nights of a team around events of one place: counted from the first to the last of them."""

    kind = "stay"
    title = "Hébergement"
    collection = "stays"

    label: Text | None = maybe("Hébergement")
    events: tuple[Annotated[str, RefTo("event")], ...] = many("Événements", "Du premier au dernier jour.")
    nights: Expression | None = maybe("Nuits", "Absent : du premier au dernier jour des événements.")
    nights_before: Count = say("Nuits avant", default=0)
    nights_after: Count = say("Nuits après le dernier jour", default=0)
    people: Expression = say("Personnes", default="1")
    unit_price: Expression = say("Prix de la nuit", unit="EUR", default="0")
    phase: BudgetPhase = say("Budget", default="exploitation")
    post: Text | None = maybe("Poste de budget")
    address: Text | None = maybe("Adresse")
    check_in: Text | None = maybe("Arrivée et clés")
    breakfast: Text | None = maybe("Petit déjeuner")
    contact: Text | None = maybe("Téléphone de l’hôtel")
    rooms: tuple[Room, ...] = many("Chambres")


class Meal(Fact):
    """Meals of a team around events of one place: so many a day from the first to the last of them."""

    kind = "meal"
    title = "Repas"
    collection = "meals"

    label: Text | None = maybe("Repas")
    events: tuple[Annotated[str, RefTo("event")], ...] = many("Événements", "Du premier au dernier jour.")
    per_day: Count = say("Repas par jour", default=2)
    meals: Expression | None = maybe("Repas par personne", "Absent : jours × repas par jour.")
    people: Expression = say("Personnes", default="1")
    unit_price: Expression = say("Prix du repas", unit="EUR", default="0")
    phase: BudgetPhase = say("Budget", default="exploitation")
    post: Text | None = maybe("Poste de budget")
    at: WallTime | None = maybe("Heure")
    place: Text | None = maybe("Où")


class Freight(Fact):
    """Transport of the set: vehicle, distance, cost per kilometre or for the trip."""

    kind = "freight"
    title = "Transport de décor"
    collection = "freights"

    label: Text = say("Transport")
    event: Annotated[str, RefTo("event")] | None = maybe("Événement")
    vehicle: Text | None = maybe("Véhicule")
    distance_km: Expression | None = maybe("Kilomètres", unit="km")
    basis: Annotated[str, Choice(km="Au kilomètre", trip="Au trajet")] = say("Prix", default="trip")
    trips: Count = say("Trajets", default=1)
    unit_price: Expression = say("Prix unitaire", unit="EUR", default="0")
    phase: BudgetPhase = say("Budget", default="exploitation")
    post: Text | None = maybe("Poste de budget")
