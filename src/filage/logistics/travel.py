"""The cost of journeys, nights, meals and freight, counted from the events they serve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.facts.calendar import Event
from filage.facts.travel import Freight, Leg, Meal, Stay
from filage.facts.venue import Venue
from filage.kernel import step as steps
from filage.kernel.expression import ExpressionError, evaluate
from filage.kernel.finding import Finding
from filage.kernel.interval import days_between
from filage.kernel.text import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from filage.facts.base import Fact
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step


@dataclass(frozen=True, slots=True)
class TravelCost:
    """One travel fact priced: `quantity` × `unit_price` euros, and the events it serves."""

    about: str
    label: str
    phase: str
    post: str | None
    unit: str
    quantity: Step
    unit_price: Step
    amount: Step
    events: tuple[str, ...]


def travel_costs(
    dossier: Dossier, variables: Mapping[str, Step]
) -> tuple[tuple[TravelCost, ...], tuple[Finding, ...]]:
    """Price every leg, stay, meal and freight; what cannot be priced is a finding, the others go on."""
    events = {event.about: event for event in dossier.all(Event)}
    costs: list[TravelCost] = []
    findings: list[Finding] = []
    for model in (Leg, Stay, Meal, Freight):
        for fact in dossier.all(model):
            try:
                cost = _cost(fact, dossier, events, variables)
            except ExpressionError as error:
                findings.append(Finding("logistics.expression", "blocking", fact.about, sentence(error)))
                continue
            if cost is not None:
                costs.append(cost)
    return tuple(costs), tuple(findings)


def _cost(
    fact: Fact, dossier: Dossier, events: Mapping[str, Event], variables: Mapping[str, Step]
) -> TravelCost | None:
    """Price one fact; None when every event it serves is cancelled."""
    served = _served(fact)
    alive = [events[about] for about in served if about in events and events[about].option != "cancelled"]
    if served and not alive:
        return None
    if isinstance(fact, Leg):
        quantity, unit = _leg_quantity(fact, variables)
        label = fact.label or f"{label_of(fact, 'mode')} {fact.origin} – {fact.destination}"
    elif isinstance(fact, Stay):
        quantity, unit = _stay_quantity(fact, alive, variables), "nuits"
        label = fact.label or f"Hébergement, {_place(alive, dossier)}"
    elif isinstance(fact, Meal):
        quantity, unit = _meal_quantity(fact, alive, variables), "repas"
        label = fact.label or f"Repas, {_place(alive, dossier)}"
    elif isinstance(fact, Freight):
        quantity, unit = _freight_quantity(fact, variables)
        label = fact.label
    else:
        return None
    price = evaluate(fact.unit_price, variables, label="prix unitaire", unit="EUR")
    amount = steps.rounded(steps.product(label, quantity, price))
    return TravelCost(
        fact.about,
        label,
        fact.phase,
        fact.post,
        unit,
        quantity,
        price,
        amount,
        tuple(event.about for event in alive),
    )


def _served(fact: Fact) -> tuple[str, ...]:
    if isinstance(fact, (Stay, Meal)):
        return fact.events
    if isinstance(fact, (Leg, Freight)) and fact.event:
        return (fact.event,)
    return ()


def _leg_quantity(leg: Leg, variables: Mapping[str, Step]) -> tuple[Step, str]:
    trips = steps.given("trajets", leg.trips, unit="trajets")
    if leg.basis == "trip":
        return trips, "trajets"
    if leg.basis == "km":
        km = steps.given("distance d’un trajet", leg.distance_km or 0, unit="km")
        return steps.product("kilomètres", km, trips, unit="km"), "km"
    people = evaluate(leg.people, variables, label="personnes", unit="personnes")
    return steps.product("places", people, trips, unit="places"), "places"


def _stay_quantity(stay: Stay, events: Sequence[Event], variables: Mapping[str, Step]) -> Step:
    people = evaluate(stay.people, variables, label="personnes", unit="personnes")
    if stay.nights is not None:
        nights = evaluate(stay.nights, variables, label="nuits", unit="nuits")
    else:
        parts = [
            steps.given("nuits entre le premier et le dernier jour", max(_days(events) - 1, 0), unit="nuits")
        ]
        if stay.nights_before:
            parts.append(steps.given("nuits avant", stay.nights_before, unit="nuits"))
        if stay.nights_after:
            parts.append(steps.given("nuits après", stay.nights_after, unit="nuits"))
        nights = steps.total("nuits par personne", parts, unit="nuits")
    return steps.product("nuits", nights, people, unit="nuits")


def _meal_quantity(meal: Meal, events: Sequence[Event], variables: Mapping[str, Step]) -> Step:
    people = evaluate(meal.people, variables, label="personnes", unit="personnes")
    if meal.meals is not None:
        each = evaluate(meal.meals, variables, label="repas par personne", unit="repas")
    else:
        days = steps.given("jours", _days(events), unit="jours")
        each = steps.product(
            "repas par personne", days, steps.given("repas par jour", meal.per_day), unit="repas"
        )
    return steps.product("repas", each, people, unit="repas")


def _freight_quantity(freight: Freight, variables: Mapping[str, Step]) -> tuple[Step, str]:
    trips = steps.given("trajets", freight.trips, unit="trajets")
    if freight.basis == "trip":
        return trips, "trajets"
    km = evaluate(freight.distance_km or "0", variables, label="distance d’un trajet", unit="km")
    return steps.product("kilomètres", km, trips, unit="km"), "km"


def _days(events: Sequence[Event]) -> int:
    """Calendar days from the first to the last event, both included."""
    if not events:
        return 0
    return days_between(
        min(event.day for event in events), max(event.end_day or event.day for event in events)
    )


def _place(events: Sequence[Event], dossier: Dossier) -> str:
    venue = dossier.find(events[0].venue, Venue) if events else None
    return (venue.city or venue.label) if venue else "sans lieu"
