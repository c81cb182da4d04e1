"""Where towns are, how far from each other, and how long it takes to go from one to the other."""

from datetime import date
from decimal import Decimal

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.facts.venue import Venue
from filage.geo.cities import cities_named, city_named, nearest_station
from filage.geo.daylight import daylight
from filage.geo.distance import Point, crow_km, road_km
from filage.geo.places import place_of, why_unknown
from filage.geo.public_holidays import easter_of, is_working_day, public_holiday, public_holidays
from filage.geo.travel_time import quickest, travel_time

POINTS = st.builds(Point, st.floats(-90, 90, allow_nan=False), st.floats(-180, 180, allow_nan=False))


def at(name):
    city = city_named(name)
    assert city is not None
    return city.point


# --- towns --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Besançon", "BESANCON", " besançon ", "Besançon, Doubs", "Besançon (25)"])
def test_a_town_is_found_whatever_the_case_the_accents_and_the_department(name):
    assert [city.told for city in cities_named(name)] == ["Besançon (Doubs)"]


def test_an_arrondissement_a_cedex_and_an_abbreviated_saint_are_the_town():
    assert city_named("Paris 11e") == city_named("PARIS CEDEX 09") == city_named("Paris, France")
    assert city_named("Lyon 7e arrondissement") == city_named("Lyon")
    assert cities_named("St Denis (93)") == cities_named("Saint-Denis, Seine-Saint-Denis")


def test_a_name_borne_twice_is_ambiguous_and_a_name_unknown_is_nowhere():
    assert [city.department for city in cities_named("Saint-Denis")] == ["93", "974"]
    assert city_named("Saint-Denis") is None
    assert cities_named("Trifouillis-les-Oies") == ()


def test_a_town_without_a_festival_is_known_by_its_station():
    assert [city.told for city in cities_named("Abancourt")] == ["Abancourt (Oise)"]


def test_a_venue_is_where_its_coordinates_say_else_in_its_town():
    town = Venue(id="v", label="Théâtre", city="Dole")
    exact = Venue(id="v", label="Théâtre", city="Dole", latitude=Decimal("47.1"), longitude=Decimal("5.5"))
    assert (place_of(town).exact, place_of(town).point) == (False, at("Dole"))
    assert (place_of(exact).exact, place_of(exact).point) == (True, Point(47.1, 5.5))


@pytest.mark.parametrize(
    ("given_to", "said"),
    [
        ({"city": "Saint-Denis"}, "plusieurs villes s’appellent Saint-Denis"),
        ({"city": "Trifouillis"}, "la ville Trifouillis n’est pas connue"),
        ({"city": "Dole", "country": "BE"}, "coordonnées"),
        ({}, "coordonnées"),
        ({"latitude": Decimal(147), "longitude": Decimal(5)}, "coordonnées"),
    ],
)
def test_a_venue_that_cannot_be_placed_says_why(given_to, said):
    venue = Venue(id="v", label="Théâtre", **given_to)
    assert place_of(venue) is None
    assert said in why_unknown(venue)


# --- distances ----------------------------------------------------------------------------------------------


def test_paris_to_lyon_is_392_km_as_the_crow_flies():
    assert round(crow_km(at("Paris"), at("Lyon"))) == 392
    assert road_km(at("Paris"), at("Lyon")) == crow_km(at("Paris"), at("Lyon")) * 1.25


@given(POINTS, POINTS, POINTS)
def test_a_distance_is_the_same_both_ways_never_negative_nor_longer_than_a_detour(one, two, three):
    assert crow_km(one, two) == pytest.approx(crow_km(two, one))
    assert 0 <= crow_km(one, two) <= 20_016
    assert crow_km(one, three) <= crow_km(one, two) + crow_km(two, three) + 1e-6


def test_the_nearest_station_of_a_town_is_its_own():
    station, km = nearest_station(at("Dole"))
    assert (station.name, km < 3) == ("Dole", True)


def test_in_the_north_in_june_dusk_comes_after_sunset_even_past_midnight():
    light = daylight(date(2026, 6, 21), Point(60.17, 24.94), "Europe/Helsinki")
    assert light.dawn < light.sunrise < light.sunset < light.dusk
    assert (light.sunset.day, light.dusk.day) == (21, 22)


# --- journeys -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "mode", "published"),
    [
        ("Paris", "Lyon", "train", 180), ("Paris", "Lyon", "car", 300), ("Besançon", "Dole", "car", 55),
        ("Besançon", "Dole", "train", 75), ("Bordeaux", "Lyon", "car", 350), ("Paris", "Marseille", "train", 260),
        ("Besançon", "Annecy", "car", 165), ("Paris", "Besançon", "train", 195),
        ("Paris", "Bordeaux", "train", 170), ("Paris", "Lille", "train", 107), ("Paris", "Lyon", "train", 165),
        ("Paris", "Marseille", "train", 230), ("Lyon", "Grenoble", "car", 85), ("Nantes", "Rennes", "car", 90),
    ],
)  # fmt: skip
def test_a_real_journey_lies_within_the_bounds(one, other, mode, published):
    found = travel_time(at(one), at(other), mode)
    assert found.at_best <= published <= found.at_worst
    assert found.at_best < found.minutes < found.at_worst


def test_the_same_place_takes_no_time_and_a_van_is_never_quicker_than_a_car():
    assert travel_time(at("Dole"), at("Dole"), "car").minutes == 0
    assert (
        travel_time(at("Paris"), at("Lyon"), "van").minutes
        > travel_time(at("Paris"), at("Lyon"), "car").minutes
    )


def test_no_train_is_proposed_far_from_a_station():
    assert travel_time(Point(44.1, 6.9), at("Lyon"), "train") is None
    assert quickest(Point(44.1, 6.9), at("Lyon")).mode == "car"


def test_an_estimate_says_what_it_assumes():
    found = travel_time(at("Besançon"), at("Dole"), "van")
    assert found.assumptions == (
        "55 km par la route, estimés à vol d’oiseau × 1,25",
        "20 min pour charger, se garer et rejoindre",
        "sans pause",
        "ni embouteillage ni météo",
    )


# --- light --------------------------------------------------------------------------------------------------


def test_the_sun_of_besancon_on_an_autumn_day_is_told_in_the_hours_of_the_place():
    light = daylight(date(2026, 11, 5), at("Besançon"))
    assert (f"{light.sunrise:%H:%M}", f"{light.sunset:%H:%M}") == ("07:25", "17:13")
    assert light.dawn < light.sunrise < light.sunset < light.dusk


def test_summer_time_moves_the_hours_and_not_the_sun():
    before, after = (daylight(date(2026, 3, day), at("Paris")) for day in (28, 29))
    assert (f"{before.sunrise:%H:%M}", f"{after.sunrise:%H:%M}") == ("06:37", "07:35")


def test_the_sun_that_does_not_set_gives_no_light_to_plan_on():
    assert daylight(date(2026, 6, 21), Point(70, 20)) is None


# --- public holidays ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(2009, 2051))
def test_public_holidays_are_those_published(year):
    assert set(public_holidays(year)) == set(holidays.France(years=year))


@pytest.mark.parametrize(("department", "region"), [("67", "6AE"), ("57", "57"), ("974", "974")])
def test_some_departments_have_more(department, region):
    for year in range(2020, 2031):
        theirs = set(holidays.France(years=year, subdiv=region))
        assert set(public_holidays(year, department)) >= theirs - {date(year, 12, 26)}
        assert len(public_holidays(year, department)) > len(public_holidays(year))


def test_the_first_of_may_is_named_even_when_ascension_falls_on_it():
    assert public_holiday(date(2008, 5, 1)) == "1er mai"
    assert easter_of(2026) == date(2026, 4, 5)


def test_a_working_day_is_neither_a_weekend_nor_a_public_holiday():
    assert [is_working_day(date(2026, 5, day)) for day in (1, 2, 3, 4)] == [False, False, False, True]
    assert [is_working_day(date(2026, 4, 3), where) for where in ("", "67")] == [True, False]
