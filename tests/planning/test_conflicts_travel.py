"""Whether there is time to go from one place to the other."""

import pytest

from filage.facts.calendar import Participation
from filage.facts.changing import apply_changes
from filage.kernel.changes import add, set_
from filage.planning.conflicts_travel import travel_findings
from filage.planning.shifts import shifts_of
from support.dossiers import small

BOTH = ("dana", "elie")


def promotion(start, end, venue="venue/fabrique", who=("dana",)):
    return (
        add(
            "event/radio",
            type="promotion",
            label="Radio",
            day="2026-11-05",
            start=start,
            end=end,
            venue=venue,
        ),
        *(
            add(f"participation/{name}-radio", event="event/radio", engagement=f"engagement/{name}")
            for name in who
        ),
    )


def found(*changes):
    dossier = small(*changes)
    return travel_findings(dossier, shifts_of(dossier)[0])


def test_ten_minutes_from_dole_to_besancon_is_not_enough_for_anyone():
    (one,) = found(*promotion("18:00", "19:50", who=BOTH))
    assert (one.severity, one.about) == ("warning", "event/premiere")
    assert one.message.replace("\u00a0", " ") == (
        "Dana Morel, Élie Vasseur ont 10 min entre « Radio » (Dole) et « Représentation, jeu. 5 nov. 2026 » "
        "(Besançon) : il faut environ 1 h 10 en voiture (de 55 min à 1 h 40), 55 km, d’après une estimation."
    )


def test_the_remedy_calls_them_once_they_can_be_there():
    changes = promotion("18:00", "19:50", who=BOTH)
    dossier = small(*changes)
    (one,) = travel_findings(dossier, shifts_of(dossier)[0])
    (remedy,) = one.remedies
    assert remedy.label == "Convoquer à 21:00 au lieu de l’heure prévue"
    after = apply_changes(dossier, remedy.changes)
    assert travel_findings(after, shifts_of(after)[0]) == []
    assert {str(p.call) for p in after.all(Participation) if p.event == "event/premiere"} == {"21:00:00"}


def test_nothing_left_to_do_once_there_asks_to_change_the_calendar():
    (one,) = found(*promotion("18:00", "19:50"), set_("event/premiere", end="20:30"))
    assert [(remedy.label, remedy.changes) for remedy in one.remedies] == [
        ("Changer l’heure, le jour ou le lieu de l’un des deux", ())
    ]


@pytest.mark.parametrize(("end", "severity"), [("18:40", []), ("19:00", ["info"]), ("19:10", ["warning"])])
def test_a_tight_journey_is_told_for_information_and_an_impossible_one_is_a_warning(end, severity):
    assert [one.severity for one in found(*promotion("17:00", end))] == severity


def test_one_place_an_unknown_one_and_a_free_night_need_no_journey():
    assert found(*promotion("18:00", "19:50", venue="venue/ecluse")) == []
    assert found(*promotion("18:00", "19:50"), set_("venue/fabrique", city="Trifouillis")) == []
    assert found(*promotion("00:30", "02:00")) == []


def test_the_journey_planned_says_how_they_travel():
    leg = {"origin": "Dole", "destination": "Besançon", "event": "event/premiere"}
    changes = promotion("16:00", "18:40")
    assert found(*changes) == []
    assert [one.severity for one in found(*changes, add("leg/van", mode="van", **leg))] == ["info"]
    assert found(*promotion("18:00", "19:50"), add("leg/avion", mode="plane", **leg)) == []


def test_a_journey_in_the_calendar_is_the_time_to_travel():
    journey = (
        add("event/route", type="travel", label="Route", day="2026-11-05", start="18:30", end="20:00",
            venue="venue/ecluse"),
        add("participation/dana-route", event="event/route", engagement="engagement/dana"),
    )  # fmt: skip
    assert found(*promotion("16:00", "18:30"), *journey) == []
    assert [one.severity for one in found(*promotion("16:00", "19:10"), set_("event/premiere", start="19:30"),
                                          add("event/route", type="travel", day="2026-11-05", start="19:10",
                                              end="19:30"))] == ["warning"]  # fmt: skip
