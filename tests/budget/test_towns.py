"""Travel, lodging and meals by town: what the dossier knows, what is estimated far away."""

from decimal import Decimal

import pytest

from filage.budget.towns import Rates, Trip, nights_of, rates_of, town_costs, trip_cost, trip_to
from filage.kernel import step as steps
from filage.kernel.changes import add, remove, set_
from filage.kernel.step import recompute
from filage.law import load_law
from support.dossiers import TODAY, reviewed, small

LAW = load_law()
RATES = Rates(*(steps.given(name, value) for name, value in (
    ("personnes", 4), ("passagers", 3), ("au km", "0.10"), ("décor", "0.60"), ("nuit", 70), ("repas", 20),
)))  # fmt: skip


def trip(km):
    return Trip("Brest", steps.given("km", km))


@pytest.mark.parametrize(
    ("km", "dates", "expected"),
    [
        # fares 3 × 600 × 2 × 0.10, freight 600 × 2 × 0.60, 4 × 2 nights × 70, 4 × 3 days × 2 × 20
        (600, 1, 360 + 720 + 560 + 480),
        (600, 3, 360 + 720 + 4 * 4 * 70 + 4 * 5 * 40),
        (200, 1, 120 + 240 + 280 + 4 * 2 * 40),
        # near home: there and back each day
        (50, 2, 2 * (30 + 60) + 4 * 2 * 40),
    ],
)
def test_a_series_is_estimated_from_its_distance(km, dates, expected):
    found = trip_cost(trip(km), RATES, dates)
    assert found.value == expected
    assert recompute(found) == found.value


@pytest.mark.parametrize(("km", "nights"), [(0, 0), (100, 0), ("100.1", 3), (299, 3), (300, 4)])
def test_nights_depend_on_the_distance(km, nights):
    assert nights_of(Decimal(km), 3) == nights


def test_an_estimate_starts_from_the_prices_of_the_dossier():
    dossier = small(
        add(
            "leg/train",
            mode="train",
            origin="a",
            destination="b",
            people="5",
            distance_km="100",
            unit_price="12",
        ),
        add("freight/van", label="Fourgon", basis="km", unit_price="0.62"),
    )
    outcome = reviewed()
    rates = rates_of(dossier, outcome.costs, outcome.variables, LAW, TODAY)
    assert [str(one.value) for one in (rates.people, rates.passengers, rates.fare_km, rates.freight_km)] == [
        "2", "5", "0.12", "0.62",
    ]  # fmt: skip
    assert (rates.night.value, rates.meal.value) == (68, 20)


def test_without_any_booking_nights_and_meals_are_the_limits_of_the_urssaf_and_fares_are_to_be_typed():
    bare = small(remove("stay/dole"), remove("meal/dole"))
    outcome = reviewed()
    rates = rates_of(bare, outcome.costs, outcome.variables, LAW, TODAY)
    assert (rates.night.value, rates.meal.value) == (Decimal("56.8"), Decimal("21.4"))
    assert (rates.fare_km.value, rates.fare_km.rule, rates.passengers) == (0, "à saisir", rates.people)
    assert rates.night.sources or rates.night.parts[0].sources


def test_a_distance_is_estimated_from_the_town_of_the_structure():
    found = trip_to("Brest", small())
    assert isinstance(found, Trip)
    assert 900 < found.km.value < 1150
    assert "depuis Besançon" in found.told


@pytest.mark.parametrize(
    ("town", "changes", "said"),
    [
        ("Nulle-Part", (), "n’est pas dans la liste des villes"),
        ("Saint-Denis", (), "Plusieurs villes portent ce nom"),
        ("Brest", (set_("employer/fil", city=None),), "La ville de la structure n’est pas connue"),
    ],
)
def test_a_distance_nobody_knows_is_asked(town, changes, said):
    assert said in trip_to(town, small(*changes))
    assert trip_to(town, small(*changes), Decimal(600)).km.value == 600


def test_each_venue_bears_what_serves_its_own_dates():
    outcome = reviewed()
    ecluse, fabrique = town_costs(outcome.dossier, outcome.travel)
    # two people: one night between the two dates, two meals on each of two days
    assert (ecluse.label, ecluse.dates, ecluse.vhr.value, ecluse.billed) == (
        "Théâtre de l’Écluse",
        1,
        0,
        False,
    )
    assert (fabrique.city, fabrique.dates, fabrique.vhr.value, fabrique.billed) == (
        "Dole",
        2,
        136 + 160,
        True,
    )
