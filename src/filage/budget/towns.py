"""Travel, lodging and meals of a series, town by town: those the dossier knows, or an estimate for a town far away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.travel import Freight, Leg, Meal, Stay
from filage.facts.venue import Venue
from filage.geo.cities import cities_named, city_named
from filage.geo.distance import road_km
from filage.kernel import step as steps
from filage.kernel.errors import LawNotCovered
from filage.kernel.expression import ExpressionError, evaluate
from filage.kernel.money import ZERO, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.law import Law
    from filage.logistics.travel import TravelCost
    from filage.payroll.engagement import PayCost

NEAR_KM, FAR_KM = Decimal(100), Decimal(300)
"""Up to the first, one comes home after the show; from the second on, one arrives the day before."""
MEALS_A_DAY = 2
NIGHT, MEAL = "defraiement.urssaf_gd_autres", "defraiement.urssaf_repas_restaurant"
"""What a night and a meal are taken to cost when the dossier books none: the limits of exemption."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What an estimate multiplies: people who sleep and eat, those who ride, euros per kilometre, night and meal."""

    people: Step
    passengers: Step
    fare_km: Step
    freight_km: Step
    night: Step
    meal: Step


@dataclass(frozen=True, slots=True)
class Trip:
    """A town to be priced: its distance by road, one way, in kilometres; `told` says how it is known."""

    name: str
    km: Step
    told: str = ""


@dataclass(frozen=True, slots=True)
class TownCost:
    """What a series at one venue costs in travel, lodging and meals, in euros, and whether the buyer pays it back."""

    venue: str
    label: str
    city: str
    dates: int
    vhr: Step
    billed: bool


def trip_cost(trip: Trip, rates: Rates, performances: int) -> Step:
    """Estimate a series in that town, in euros: fares and freight both ways, nights, two meals a day.

    Up to 100 km one comes home each time, from 300 km one arrives the day before and leaves the day after.
    """
    nights = steps.given(
        "nuits", nights_of(trip.km.value, performances), unit="nuits", by=_stay_rule(trip.km.value)
    )
    away = steps.given("jours sur place", nights_of(trip.km.value, performances) + 1, unit="jours")
    if trip.km.value <= NEAR_KM:
        away = steps.given("jours sur place", performances, unit="jours")
    ways = steps.given("trajets", 2 if trip.km.value > NEAR_KM else 2 * performances, unit="trajets")
    a_day = steps.given("repas par jour", MEALS_A_DAY, unit="repas")
    parts = (
        steps.rounded(steps.product("Voyages", trip.km, ways, rates.passengers, rates.fare_km)),
        steps.rounded(steps.product("Transport du décor", trip.km, ways, rates.freight_km)),
        steps.rounded(steps.product("Hébergement", nights, rates.people, rates.night)),
        steps.rounded(steps.product("Repas", away, a_day, rates.people, rates.meal)),
    )
    return steps.total(f"Voyages, hébergement, repas, {trip.name}", parts)


def nights_of(km: Decimal, performances: int) -> int:
    """Nights of one person for a series: none near home, one more from 300 km on for the eve."""
    if km <= NEAR_KM:
        return 0
    return performances + (1 if km >= FAR_KM else 0)


def _stay_rule(km: Decimal) -> str:
    if km <= NEAR_KM:
        return "retour après chaque représentation"
    return "arrivée la veille, départ le lendemain" if km >= FAR_KM else "départ le lendemain de la dernière"


def rates_of(
    dossier: Dossier,
    costs: Iterable[PayCost],
    variables: Mapping[str, Step],
    law: Law,
    day: date,
) -> Rates:
    """Return the rates an estimate starts from: those of the dossier's own journeys, nights and meals.

    Without any night or meal, the limits of exemption of the Urssaf; without any journey, zero to be typed.
    """
    on_tour = sum(cost.people for cost in costs if dict(cost.by_phase).get("exploitation") is not None)
    people = steps.given("personnes en tournée", on_tour, unit="personnes")
    legs = [leg for leg in dossier.all(Leg) if leg.phase == "exploitation"]
    rides = [leg for leg in legs if leg.basis == "person" and leg.distance_km]
    riders = [_value(leg.people, variables) for leg in rides]
    by_km = [
        (_value(one.unit_price, variables), Decimal(1)) for one in dossier.all(Freight) if one.basis == "km"
    ] + [(_value(leg.unit_price, variables), Decimal(1)) for leg in legs if leg.basis == "km"]
    stays = [
        (_value(one.unit_price, variables), Decimal(1))
        for one in dossier.all(Stay)
        if one.phase == "exploitation"
    ]
    meals = [
        (_value(one.unit_price, variables), Decimal(1))
        for one in dossier.all(Meal)
        if one.phase == "exploitation"
    ]
    fares = [(_value(leg.unit_price, variables), leg.distance_km or ZERO) for leg in rides]
    return Rates(
        people,
        steps.given("passagers", max(riders), unit="passagers", by="trajets du dossier")
        if riders
        else people,
        _mean("prix du kilomètre par personne", fares),
        _mean("prix du kilomètre du décor", by_km),
        _mean("prix de la nuit", stays) if stays else _of_law("prix de la nuit", NIGHT, law, day),
        _mean("prix du repas", meals) if meals else _of_law("prix du repas", MEAL, law, day),
    )


def _value(expression: str, variables: Mapping[str, Step]) -> Decimal:
    """The value of an expression; zero when it cannot be computed, which another finding tells."""
    try:
        return evaluate(expression, variables).value
    except ExpressionError:
        return ZERO


def _mean(label: str, priced: list[tuple[Decimal, Decimal]]) -> Step:
    """The mean of prices over their weights, to four decimals."""
    weight = sum((one for _, one in priced), ZERO)
    whole = sum((price for price, _ in priced), ZERO)
    value = round_half_up(whole / weight, Decimal("0.0001")) if weight else ZERO
    return steps.given(
        label, value.normalize() if value else ZERO, by="moyenne du dossier" if weight else "à saisir"
    )


def _of_law(label: str, parameter: str, law: Law, day: date) -> Step:
    try:
        return steps.relabelled(law[parameter].forecast(day), label)
    except LawNotCovered:
        return steps.given(label, ZERO, by="à saisir")


def trip_to(town: str, dossier: Dossier, km: Decimal | None = None) -> Trip | str:
    """Return the trip from the structure's town to that one; or what is missing, in words, to know its distance."""
    if km is not None:
        return Trip(town, steps.given("kilomètres, aller", km, unit="km", by="saisis"), "distance saisie")
    home = dossier.employer.city
    start = city_named(home) if home else None
    found = cities_named(town)
    if start is None:
        return "La ville de la structure n’est pas connue : saisissez la distance en kilomètres."
    if not found:
        return f"« {town} » n’est pas dans la liste des villes : saisissez la distance en kilomètres."
    if len(found) > 1:
        names = " ou ".join(sorted(city.told for city in found)[:4])
        return f"Plusieurs villes portent ce nom : {names} ; précisez le département."
    distance = Decimal(round(road_km(start.point, found[0].point)))
    told = f"{distance} km par la route, estimés à vol d’oiseau × 1,25 depuis {start.name}"
    return Trip(found[0].name, steps.given("kilomètres, aller", distance, unit="km", by=told), told)


def town_costs(dossier: Dossier, travel: Iterable[TravelCost]) -> tuple[TownCost, ...]:
    """Return what each venue's dates cost in travel, lodging and meals, in the order of the calendar."""
    dates: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(dossier.all(Event), key=lambda one: (one.day, one.id)):
        if event.type == "performance" and event.option != "cancelled" and event.venue:
            dates[event.venue].append(event)
    served: dict[str, list[Step]] = defaultdict(list)
    for cost in travel:
        if cost.phase != "exploitation":
            continue
        places = {found.venue for about in cost.events if (found := dossier.find(about, Event)) is not None}
        for place in places & dates.keys() if len(places) == 1 else ():
            served[str(place)].append(cost.amount)
    return tuple(_town(about, events, served[about], dossier) for about, events in dates.items())


def _town(about: str, events: list[Event], parts: list[Step], dossier: Dossier) -> TownCost:
    venue = dossier.find(about, Venue)
    label = venue.label if venue else about
    billed = any(
        contract.bills_travel and contract.state != "cancelled" and contract.venue == about
        for contract in dossier.all(Contract)
    )
    vhr = steps.total(f"Voyages, hébergement, repas, {label}", parts)
    return TownCost(about, label, (venue.city or "") if venue else "", len(events), vhr, billed)
