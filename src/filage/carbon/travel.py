"""What journeys, nights, meals and freight emit; what cannot be counted is named, never taken for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.carbon.factors import KILOGRAMS, factor_of
from filage.facts.base import label_of
from filage.facts.travel import Freight, Leg, Meal, Stay
from filage.kernel import step as steps
from filage.kernel.expression import ExpressionError, evaluate
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.logistics.travel import TravelCost

BY_VEHICLE = ("car", "van")


@dataclass(frozen=True, slots=True)
class Emission:
    """What one travel fact emits, in kilograms of CO2 equivalent."""

    about: str
    label: str
    amount: Step


@dataclass(frozen=True, slots=True)
class Footprint:
    """Every emission that could be counted, and a sentence for each fact that could not."""

    emissions: tuple[Emission, ...]
    not_counted: tuple[str, ...]

    @property
    def kilograms(self) -> Decimal:
        """What they come to."""
        return sum((emission.amount.value for emission in self.emissions), ZERO)


def travel_footprint(
    dossier: Dossier, travel: Sequence[TravelCost], variables: Mapping[str, Step]
) -> Footprint:
    """Count what the priced travel of a dossier emits; factors and their sources are in each `Step`."""
    emissions: list[Emission] = []
    missing: list[str] = []
    for cost in travel:
        try:
            found = _amount(dossier, cost, variables)
        except ExpressionError as error:
            found = str(error)
        if isinstance(found, str):
            missing.append(f"{cost.label} : {found}.")
        else:
            emissions.append(Emission(cost.about, cost.label, found))
    return Footprint(tuple(emissions), tuple(missing))


def _amount(dossier: Dossier, cost: TravelCost, variables: Mapping[str, Step]) -> Step | str:
    """What one fact emits, or why it cannot be told."""
    fact = dossier.get(cost.about)
    if isinstance(fact, (Stay, Meal)):
        return _product(cost.label, fact.kind, None, cost.quantity)
    if isinstance(fact, Freight):
        km = evaluate(fact.distance_km or "0", variables, label="distance d’un trajet", unit="km")
        trips = steps.given("trajets", fact.trips, unit="trajets", by=fact.about)
        return _product(cost.label, fact.kind, km, km, trips) if km.value else "il manque ses kilomètres"
    if isinstance(fact, Leg):
        return _journey(cost.label, fact, variables)
    return "rien ne dit ce qu’il émet"


def _journey(label: str, leg: Leg, variables: Mapping[str, Step]) -> Step | str:
    if not leg.distance_km:
        return "il manque sa distance"
    km = steps.given("distance d’un trajet", leg.distance_km, unit="km", by=leg.about)
    trips = steps.given("trajets", leg.trips, unit="trajets", by=leg.about)
    if leg.mode in BY_VEHICLE and leg.basis != "person":
        return _product(label, leg.mode, km, km, trips)
    people = evaluate(leg.people, variables, label="personnes", unit="personnes")
    mode = "car_seat" if leg.mode == "car" else leg.mode
    found = _product(label, mode, km, km, trips, people)
    return found if not isinstance(found, str) else f"aucun facteur pour {label_of(leg, 'mode').lower()}"


def _product(label: str, mode: str, distance: Step | None, *parts: Step) -> Step | str:
    factor = factor_of(mode, distance.value if distance else None)
    if factor is None:
        return "aucun facteur connu"
    return steps.product(label, factor.step(), *parts, unit=KILOGRAMS)
