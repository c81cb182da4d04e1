"""Vehicles taken twice, and seats."""

from filage.kernel.changes import add, set_
from filage.planning.conflicts_vehicles import vehicle_findings
from support.dossiers import small

VAN = add("vehicle/van", label="Le fourgon", seats="1")
LEG = {"mode": "van", "origin": "Besançon", "destination": "Dole", "vehicle": "vehicle/van"}


def said(*changes):
    return [(f.code.partition(".")[2], f.severity, f.message) for f in vehicle_findings(small(VAN, *changes))]


def test_a_vehicle_in_two_places_at_once_is_blocking():
    other = add("event/radio", type="promotion", label="Radio", day="2026-11-05", start="21:00", end="23:00",
                venue="venue/fabrique", vehicles=["vehicle/van"])  # fmt: skip
    assert said(set_("event/premiere", vehicles=["vehicle/van"]), other) == [
        (
            "vehicle_overlap",
            "blocking",
            "Le fourgon est pris à la fois par « Représentation, jeu. 5 nov. 2026 » et par « Radio ».",
        )
    ]
    assert (
        said(
            set_("event/premiere", vehicles=["vehicle/van"]), other, set_("event/radio", venue="venue/ecluse")
        )
        == []
    )
    assert (
        said(set_("event/premiere", vehicles=["vehicle/van"]), other, set_("event/radio", start="22:00"))
        == []
    )


def test_the_journey_to_an_event_is_part_of_it_and_another_journey_is_not():
    own = add(
        "leg/aller",
        **LEG,
        event="event/premiere",
        departs="19:00",
        arrives="20:30",
        passengers=["person/dana"],
    )
    other = add(
        "leg/autre", **LEG, day="2026-11-05", departs="20:00", arrives="21:30", passengers=["person/dana"]
    )
    assert said(set_("event/premiere", vehicles=["vehicle/van"]), own) == []
    assert [one[0] for one in said(set_("event/premiere", vehicles=["vehicle/van"]), other)] == [
        "vehicle_overlap"
    ]


def test_a_journey_counts_its_passengers_and_its_driver():
    leg = add("leg/aller", **LEG, driver="person/elie", passengers=["person/dana"])
    assert said(leg) == [("vehicle_seats", "warning", "Fourgon Besançon – Dole : 2 personnes pour 1 place.")]
    assert said(leg, set_("vehicle/van", seats="2")) == []
    assert said(leg, set_("leg/aller", driver="person/dana")) == []


def test_without_passengers_it_carries_the_team_which_other_vehicles_share():
    first = add("leg/un", **LEG, event="event/dole-1")
    assert [one[2] for one in said(first)] == ["Fourgon Besançon – Dole : 2 personnes pour 1 place."]
    second = (add("vehicle/auto", label="La voiture", seats="4"),
              add("leg/deux", **(LEG | {"vehicle": "vehicle/auto"}), event="event/dole-1"))  # fmt: skip
    assert said(first, *second) == []


def test_a_cancelled_event_takes_no_vehicle_and_unknown_seats_say_nothing():
    assert said(add("leg/un", **LEG, event="event/dole-1"), set_("event/dole-1", option="cancelled")) == []
    assert said(add("leg/un", **LEG, event="event/dole-1"), set_("vehicle/van", clear=("seats",))) == []
