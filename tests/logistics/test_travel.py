"""Nights, meals, journeys and freight follow the events they serve."""

from filage.kernel.changes import add, set_
from support.dossiers import amounts, codes, reviewed


def test_nights_run_from_the_first_to_the_last_day():
    assert amounts(reviewed())["stay/dole"] == "136.00"


def test_moving_a_date_by_a_day_adds_a_night_and_a_day_of_meals():
    moved = amounts(reviewed(set_("event/dole-2", day="2026-11-15")))
    assert (moved["stay/dole"], moved["meal/dole"]) == ("272.00", "240.00")


def test_nights_before_and_after_are_added():
    assert amounts(reviewed(set_("stay/dole", nights_before="1", nights_after="1")))["stay/dole"] == "408.00"


def test_a_journey_is_priced_by_person_kilometre_or_trip():
    leg = {
        "mode": "train",
        "origin": "Besançon",
        "destination": "Dole",
        "trips": "2",
        "distance_km": "50",
        "people": "3",
    }
    found = amounts(
        reviewed(
            add("leg/a", **leg, unit_price="10"),
            add("leg/b", **leg, unit_price="0.45", basis="km"),
            add("leg/c", **leg, unit_price="80", basis="trip"),
        )
    )
    assert (found["leg/a"], found["leg/b"], found["leg/c"]) == ("60.00", "45.00", "160.00")


def test_freight_by_kilometre_uses_the_variables():
    freight = {
        "label": "Fourgon",
        "distance_km": "devis_decor / 10",
        "basis": "km",
        "unit_price": "0.5",
        "trips": "2",
    }
    assert amounts(reviewed(add("freight/f", **freight)))["freight/f"] == "180.00"


def test_what_serves_only_cancelled_events_costs_nothing():
    found = amounts(
        reviewed(set_("event/dole-1", option="cancelled"), set_("event/dole-2", option="cancelled"))
    )
    assert "stay/dole" not in found


def test_an_expression_that_fails_is_a_finding_and_the_others_go_on():
    outcome = reviewed(set_("stay/dole", people="equipe"))
    assert "logistics.expression" in codes(outcome)
    assert "meal/dole" in amounts(outcome)
