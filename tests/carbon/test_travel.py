"""What journeys, nights, meals and freight emit."""

from decimal import Decimal
from typing import Any

import pytest

from filage.carbon.factors import factor_of
from filage.carbon.travel import Footprint, travel_footprint
from filage.kernel.changes import add, remove
from filage.kernel.step import recompute
from support.dossiers import reviewed


def footprint(*changes: Any) -> Footprint:
    outcome = reviewed(remove("stay/dole"), remove("meal/dole"), *changes)
    return travel_footprint(outcome.dossier, outcome.travel, outcome.variables)


def leg(**values: str) -> Any:
    given = {"origin": "Besançon", "destination": "Lyon", "trips": "2", "people": "6", "distance_km": "230"}
    return add("leg/aller", **(given | values))


@pytest.mark.parametrize(
    ("values", "kilograms"),
    [
        ({"mode": "train"}, "8.0868"),  # 230 km × 2 × 6 × 0.00293
        ({"mode": "train", "distance_km": "150"}, "49.86"),  # a regional train up to 150 km
        ({"mode": "plane", "distance_km": "500"}, "1734"),
        ({"mode": "plane", "distance_km": "501"}, "1352.7"),
        ({"mode": "car", "basis": "km"}, "106.26"),  # one car, whatever sits in it
        ({"mode": "car"}, "372.6"),  # paid by the seat: shared with strangers
        ({"mode": "van", "basis": "trip"}, "149.316"),
        ({"mode": "bicycle"}, "0"),
    ],
)
def test_a_journey_emits_by_its_mode_and_distance(values: dict[str, str], kilograms: str) -> None:
    found = footprint(leg(**values)).emissions
    assert [(one.about, one.amount.value) for one in found] == [("leg/aller", Decimal(kilograms))]
    assert recompute(found[0].amount) == found[0].amount.value


def test_nights_meals_and_freight_count_what_the_budget_counts() -> None:
    found = footprint(
        add("stay/hotel", events=[], nights="2", people="3"),
        add("meal/repas", events=[], meals="4", people="3"),
        add("freight/decor", label="Décor", distance_km="100", basis="km", trips="2"),
    )
    assert {one.about: one.amount.value for one in found.emissions} == {
        "stay/hotel": Decimal("41.58"), "meal/repas": Decimal("24.48"), "freight/decor": Decimal("99.2"),
    }  # fmt: skip
    assert found.kilograms == Decimal("165.26")


def test_what_cannot_be_counted_is_named_and_the_rest_counts() -> None:
    found = footprint(
        add("leg/sans", mode="train", origin="Dole", destination="Lyon", label="Sans distance"),
        add("leg/mer", mode="boat", origin="Nice", destination="Bastia", distance_km="200", label="Ferry"),
        leg(mode="train"),
    )
    assert found.not_counted == (
        "Sans distance : il manque sa distance.",
        "Ferry : aucun facteur pour bateau.",
    )
    assert found.kilograms == Decimal("8.0868")


def test_a_factor_that_guesses_the_train_says_so() -> None:
    assert factor_of("train", Decimal(100)).step().confidence == "uncertain"  # type: ignore[union-attr]
    assert factor_of("bus").step().confidence == "confirmed"  # type: ignore[union-attr]
    assert factor_of("boat") is None
