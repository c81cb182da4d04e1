"""Spaces taken twice, curfews, light."""

import pytest

from filage.facts.script import Scene
from filage.kernel.changes import add, set_
from filage.planning.conflicts_places import moment_of, place_findings
from support.dossiers import small

SCENES = (
    add("scene/1", number="1", label="La rue", int_ext="EXT", time="JOUR", eighths="16"),
    add("scene/2", number="2", label="Le quai", int_ext="EXT", time="NUIT", minutes="120"),
    add("scene/3", number="3", label="La cuisine", int_ext="INT", time="JOUR", eighths="8"),
    add("scene/4", number="4", label="L’aube", int_ext="EXT", time="AUBE", eighths="4"),
)


def said(*changes):
    return [
        (f.code.partition(".")[2], f.severity, f.about, f.message) for f in place_findings(small(*changes))
    ]


def shoot(scenes, start="09:00", end="18:00", **more):
    values = {"type": "shoot", "label": "Tournage", "day": "2026-11-09", "venue": "venue/ecluse"} | more
    return add("event/t", start=start, end=end, scenes=[f"scene/{number}" for number in scenes], **values)


# --- taken twice --------------------------------------------------------------------------------------------


def rehearsal(ident="r", **more):
    values = {
        "type": "rehearsal",
        "label": "Italienne",
        "day": "2026-11-05",
        "start": "21:00",
        "end": "23:00",
    }
    return add(f"event/{ident}", **(values | {"venue": "venue/ecluse"} | more))


def test_a_venue_taken_twice_is_told_and_asks_for_the_spaces():
    assert said(rehearsal()) == [
        (
            "venue_overlap",
            "warning",
            "venue/ecluse",
            (
                "Théâtre de l’Écluse est pris à la fois par « Représentation, jeu. 5 nov. 2026 » et par « Italienne ». "
                "Dites dans quel espace se tient chacun s’il y en a plusieurs."
            ),
        )
    ]


def test_two_spaces_of_one_venue_are_not_one_place_and_one_space_is():
    spaces = (
        add("space/grande", venue="venue/ecluse", label="Grande salle"),
        add("space/studio", venue="venue/ecluse", label="Studio"),
        set_("event/premiere", space="space/grande"),
    )
    assert said(*spaces, rehearsal(space="space/studio")) == []
    assert [one[3].partition(" est pris")[0] for one in said(*spaces, rehearsal(space="space/grande"))] == [
        "Théâtre de l’Écluse, Grande salle"
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"type": "setup"},
        {"option": "cancelled"},
        {"start": "22:00"},
        {"venue": "venue/fabrique"},
        {"day": "2026-11-06"},
    ],
)
def test_what_does_not_take_the_place_does_not_clash(more):
    assert said(rehearsal(**more)) == []


# --- curfew -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("curfew", "start", "end", "late"),
    [
        ("22:00", "20:00", "22:00", None), ("21:30", "20:00", "22:00", "30"), ("00:00", "22:00", "01:15", "1"),
        ("02:00", "22:00", "01:15", None), ("23:00", "00:30", "02:00", "1"), ("22:00", "05:00", "08:00", "3"),
        ("23:00", "06:00", "08:00", None),
    ],
)  # fmt: skip
def test_the_curfew_of_a_venue_lasts_until_six(curfew, start, end, late):
    found = said(set_("venue/ecluse", curfew=curfew), set_("event/premiere", start=start, end=end))
    assert [one[0] for one in found if one[2] == "event/premiere"] == ([] if late is None else ["curfew"])


def test_a_curfew_passed_says_by_how_much_and_what_to_do():
    late = small(set_("venue/ecluse", curfew="21:30"))
    (found,) = place_findings(late)
    assert found.message.replace("\u00a0", " ") == (
        "« Représentation, jeu. 5 nov. 2026 » finit à 22:00, 30 min après le couvre-feu de "
        "Théâtre de l’Écluse (21:30)."
    )
    assert len(found.remedies) == 2


def test_what_begins_during_the_curfew_is_told_so():
    early = small(set_("venue/ecluse", curfew="22:00"), set_("event/premiere", start="05:00", end="10:00"))
    (found,) = place_findings(early)
    assert found.message.replace("\u00a0", " ") == (
        "« Représentation, jeu. 5 nov. 2026 » commence à 05:00, pendant le couvre-feu de "
        "Théâtre de l’Écluse (22:00 à 06:00)."
    )
    assert found.remedies[0].label.replace("\u00a0", " ") == "Commencer à 06:00 au plus tôt"


def test_a_meeting_makes_no_noise():
    assert said(set_("venue/ecluse", curfew="21:30"), set_("event/premiere", type="meeting")) == []


# --- light --------------------------------------------------------------------------------------------------


def test_an_exterior_by_day_until_after_sunset_lacks_light():
    assert said(*SCENES, shoot("1")) == [
        (
            "daylight",
            "warning",
            "event/t",
            (
                "« Tournage » : il ne fait jour que 8\u00a0h\u00a007 pour les extérieurs de jour (1). "
                "Lever du soleil à 07:31, coucher à 17:07."
            ),
        )
    ]
    assert said(*SCENES, shoot("1", end="17:00")) == []


def test_interiors_fill_the_dark_hours():
    assert said(*SCENES, shoot("13")) == []
    assert [one[0] for one in said(*SCENES, shoot("13", start="16:00", end="22:00"))] == ["daylight"]


def test_an_exterior_by_night_needs_the_sun_down():
    assert [one[0] for one in said(*SCENES, shoot("2"))] == ["daylight"]
    assert said(*SCENES, shoot("2", start="18:00", end="23:00")) == []
    assert said(*SCENES, shoot("12", start="13:30", end="20:00")) == []


def test_dawn_is_neither_day_nor_night_and_a_place_unknown_has_no_sun():
    assert said(*SCENES, shoot("4", start="03:00", end="05:00")) == []
    assert said(*SCENES, set_("venue/ecluse", city="Trifouillis"), shoot("1", end="22:00")) == []


def test_summer_time_moves_the_light_with_the_clock():
    late = {"start": "18:30", "end": "20:00"}
    assert [one[0] for one in said(*SCENES, shoot("1", day="2026-03-28", **late))] == ["daylight"]
    assert said(*SCENES, shoot("1", day="2026-03-29", **late)) == []


def test_a_set_up_outdoors_in_the_dark_needs_working_lights_and_a_show_brings_its_own():
    outdoors = set_("venue/ecluse", outdoors="true")
    assert said(outdoors, set_("event/montage", end="17:30")) == []  # civil dusk is at 17:47
    found = said(outdoors, set_("event/montage", end="20:00"))
    assert [(one[0], one[1], one[2]) for one in found] == [("dark_work", "info", "event/montage")]


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("JOUR", "day"),
        ("FIN D’APRÈS-MIDI", "day"),
        ("NUIT NOIRE", "night"),
        ("NIGHT", "night"),
        ("AUBE", ""),
        (None, ""),
    ],
)
def test_the_moment_of_a_scene_is_read_from_its_words(words, moment):
    assert moment_of(Scene(id="s", label="S", time=words)) == moment
