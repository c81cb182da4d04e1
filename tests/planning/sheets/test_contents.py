"""What each sheet says, from a tour and a shoot where every field is told once."""

from __future__ import annotations

from datetime import date

import pytest

from filage.kernel.changes import add, remove, set_
from filage.kernel.errors import BadInput
from filage.planning.sheets import (
    DOCUMENTS,
    content_of,
    contents_of,
    digest,
    document_name,
    from_json,
    keys_of,
    missing,
    recipients_of,
    to_json,
)
from support.dossiers import TODAY
from support.sheets import OWN, PERSONAL, PRIVATE, shoot, tour

NBSP = "\u00a0"
EVERY = [("call_sheet", "2026-11-05"), ("day_sheet", "2026-11-06"), ("tour_booklet", "tour"),
         ("rehearsal_schedule", "2026-W44"), ("running_sheet", "jeu")]  # fmt: skip


def call(*changes, key="2026-11-05", **asked):
    """The call sheet of the première."""
    return content_of(tour(*changes), "call_sheet", key, TODAY, **asked)


def route(*changes, today=TODAY, **asked):
    """The day sheet of the date in Dole."""
    return content_of(tour(*changes), "day_sheet", "2026-11-06", today, **asked)


def cells(sheet, section):
    """The cells of a section, row by row; empty when the sheet has none."""
    found = sheet.section(section)
    return [row.cells for row in found.rows] if found else []


def pairs(sheet, section):
    """A section of pairs as a mapping."""
    return dict(cells(sheet, section))


def test_each_document_says_which_sheets_there_are():
    assert {document: keys_of(tour(), document) for document in DOCUMENTS} == {
        "call_sheet": ("2026-10-28", "2026-11-05", "2026-11-06"),
        "day_sheet": ("2026-11-05", "2026-11-06"),
        "tour_booklet": ("tour", "2026-11"),
        "rehearsal_schedule": ("2026-W44",),
        "running_sheet": ("jeu",),
    }


def test_a_dossier_without_events_has_no_sheet():
    empty = shoot(*(remove(about) for about in ("event/j1", "event/j2")), *_without_parts())
    assert [keys_of(empty, document) for document in ("call_sheet", "day_sheet", "tour_booklet")] == [
        (),
        (),
        (),
    ]


def _without_parts():
    return [
        remove(f"participation/{one}")
        for one in ("j1-samira", "j1-figurant", "j1-victor", "j1-jeanne", "j2-victor")
    ]


def test_the_call_sheet_of_a_show_tells_its_day_in_order():
    assert cells(call(), "hours") == [
        ("11:00", "", "Réglages lumière", "Élie, équipe du lieu"),
        ("16:00", "", "Raccord sur le plateau", "toute l’équipe"),
        ("17:30", "", "Repas sur place", "foyer"),
        ("20:00", "22:00", f"Représentation, 1{NBSP}h{NBSP}40 sans entracte", "toute l’équipe"),
        ("22:30", "", "Fin de journée", ""),
        ("00:30", "", "Retour à l’hôtel", ""),
    ]


def test_its_head_has_the_key_hours_the_place_and_the_number():
    sheet = call()
    assert (sheet.name, sheet.title, sheet.when) == (
        "feuille de service n° 2", "Petite forme", "jeu. 5 nov. 2026, première",
    )  # fmt: skip
    assert [(hour.label, hour.at) for hour in sheet.hours] == [
        ("Équipe technique", "11:00"), ("Artistes", "15:45"), ("Lever de rideau", "20:00"),
    ]  # fmt: skip
    assert (sheet.place.label, sheet.place.address) == (
        "Théâtre de l’Écluse",
        "4 quai des Tanneurs, Besançon",
    )


def test_it_calls_artists_and_crew_with_their_hours():
    assert cells(call(), "artists") == [
        ("Dana Morel", "Marie", "15:45", "18:30"), ("Inès Caradec", "le Docteur", "15:45", "18:40"),
    ]  # fmt: skip
    assert cells(call(), "crew") == [("Élie Vasseur", "régie générale", "11:00", "22:30")]


def test_it_tells_needs_safety_access_and_the_next_day():
    sheet = call()
    assert pairs(sheet, "needs") == {
        "Sécurité": "couteau factice", "Costumes": "retouche de l’uniforme (2) – à trouver", "Presse": "2 photographes",
    }  # fmt: skip
    assert pairs(sheet, "safety") == {
        "Urgences": "15 · 18 · 112. CHU Minjoz", "Secours": "SSIAP", "Écoute VHSS": "Inès Caradec, 06 39 98 60 12",
        "Consignes": "Couteau factice.", "Repos": f"ven. 6 nov. à 14:00, après 15{NBSP}h{NBSP}30",
    }  # fmt: skip
    assert [text for (text,) in cells(sheet, "access")] == [
        f"Entrée des artistes par la cour. Gare à 18 min. Stationnement{NBSP}: 2 places.",
        "Ven. 6 nov., représentation à 20:00. Arrivée des artistes à 16:30. Technique à 14:00.",
    ]


def test_rest_is_counted_in_elapsed_hours_on_the_night_of_winter_time():
    moved = (
        set_("event/premiere", day="2026-10-24"),
        set_("event/dole", day="2026-10-25"),
        set_("leg/decor", day="2026-10-25"),
    )
    sheet = call(*moved, key="2026-10-24")
    assert pairs(sheet, "safety")["Repos"] == f"dim. 25 oct. à 14:00, après 16{NBSP}h{NBSP}30"


def test_one_person_reads_their_own_day():
    sheet = call(person="dana")
    assert (sheet.person, sheet.person_name) == ("person/dana", "Dana Morel")
    assert [row[:3] for row in cells(sheet, "hours")] == [
        ("15:45", "", "Votre arrivée"),
        ("16:00", "", "Raccord sur le plateau"),
        ("17:30", "", "Repas sur place"),
        ("18:30", "", "Costumes, maquillage"),
        ("20:00", "22:00", f"Représentation, 1{NBSP}h{NBSP}40 sans entracte"),
        ("22:00", "", "Votre fin de journée"),
        ("00:30", "", "Retour à l’hôtel"),
    ]
    assert cells(sheet, "hours")[0][3] == "entrée des artistes par la cour"
    assert pairs(sheet, "safety")["Repos"] == f"ven. 6 nov. à 16:30, après 18{NBSP}h{NBSP}30"
    assert (sheet.section("artists"), recipients_of(sheet)) == (None, ("person/dana",))


def test_a_department_reads_its_own_calls_and_hours():
    sheet = call(department="technical")
    assert (sheet.section("artists"), cells(sheet, "crew")[0][0]) == (None, "Élie Vasseur")
    assert "Réglages lumière" in [row[2] for row in cells(sheet, "hours")]
    assert recipients_of(sheet) == ("person/elie",)


def test_everybody_concerned_receives_it():
    assert set(recipients_of(call())) == {"person/dana", "person/ines", "person/elie"}
    assert set(recipients_of(route())) == {"person/dana", "person/elie"}


def test_several_readers_at_once_read_the_same_as_one_by_one():
    both = contents_of(tour(), "call_sheet", "2026-11-05", TODAY, {"person/dana": "fr", "person/elie": "en"})
    assert both == {
        "person/dana": call(person="dana", public=False),
        "person/elie": call(person="elie", public=False, language="en"),
    }


def test_an_english_reader_reads_english_labels_and_days():
    sheet = call(language="en")
    assert (sheet.name, sheet.when) == ("call sheet no. 2", "Thu 5 Nov 2026, opening")
    assert [column.label for column in sheet.section("artists").columns] == [
        "Name",
        "Role",
        "Call",
        "Dressing",
    ]
    assert pairs(sheet, "safety")["Rest"] == f"Fri 6 Nov at 14:00, after 15{NBSP}h{NBSP}30"


def test_an_option_says_so_and_since_when_it_has_lapsed():
    told = [cells(route(today=today), "hours")[-2][3] for today in (date(2026, 10, 20), date(2026, 10, 21))]
    assert told == ["1re option, toute l’équipe", "1re option, échue le mar. 20 oct., toute l’équipe"]


def test_what_is_cancelled_or_only_thought_of_is_on_no_sheet():
    for option in ("cancelled", "draft"):
        assert keys_of(tour(set_("event/premiere", option=option)), "call_sheet") == (
            "2026-10-28",
            "2026-11-06",
        )


def test_the_day_sheet_tells_journeys_bed_and_meals():
    sheet = route(public=False)
    assert (sheet.name, sheet.title, sheet.when) == (
        "feuille de route, date 2 sur 2", "Dole", "ven. 6 nov. 2026, La Fabrique",
    )  # fmt: skip
    assert [row[:1] + row[2:] for row in cells(sheet, "hours")][:5] == [
        ("08:40", "Rendez-vous gare Viotte", "hall"),
        ("09:02", "Train pour Dole", "arrivée 09:31, TER 894"),
        ("10:00", "Fourgon pour Dole", "Fourgon"),
        ("13:00", "Déjeuner", "3 repas, au foyer"),
        ("15:00", "Hôtel de la Cloche", "CANARI-CLES, dès 15 h 00"),
    ]
    assert cells(sheet, "transport") == [
        ("Train", "TER 894", f"Besançon – Dole, 50 km, 29{NBSP}min", "08:40"),
        ("Fourgon, 9 places, permis B", "Élie", "Besançon – Dole", "10:00"),
    ]
    assert pairs(sheet, "logistics")["Couvre-feu"] == "23:30"
    assert [(hour.label, hour.at) for hour in sheet.hours] == [
        ("Lever de rideau", "20:00"), ("Trajet", f"29{NBSP}min"), ("Nuit", "sur place"), ("Météo", "7°, pluie"),
    ]  # fmt: skip


def test_a_named_journey_is_on_the_sheets_of_those_who_make_it_alone():
    dana, elie = (cells(route(person=person), "transport") for person in ("dana", "elie"))
    assert ([row[0] for row in dana], [row[0] for row in elie]) == (
        ["Train"], ["Train", "Fourgon, 9 places, permis B"],
    )  # fmt: skip


def test_a_room_is_told_to_who_sleeps_in_it_alone():
    told = {
        person: pairs(route(person=person, public=False), "lodging").get("Votre chambre")
        for person in ("dana", "elie", "ines")
    }
    assert told == {"dana": "CANARI-CHAMBRE 12", "elie": "CANARI-CHAMBRE 14", "ines": None}


def test_the_booklet_holds_every_day_behind_its_contents():
    sheet = content_of(tour(), "tour_booklet", "tour", TODAY)
    assert [page.key for page in sheet.pages] == ["2026-11-05", "2026-11-06"]
    assert cells(sheet, "contents") == [
        ("jeu. 5 nov. 2026", "Besançon", "Théâtre de l’Écluse", "1 / 2"),
        ("ven. 6 nov. 2026", "Dole", "La Fabrique", "2 / 2"),
    ]  # fmt: skip
    assert sheet.pages[1] == content_of(tour(), "day_sheet", "2026-11-06", TODAY)


def test_the_rehearsal_schedule_says_who_when_where_and_which_scenes():
    sheet = content_of(tour(), "rehearsal_schedule", "2026-W44", TODAY)
    assert cells(sheet, "services") == [
        ("mer. 28 oct.", "14:00–18:00", "Répétition", "Théâtre de l’Écluse", "1", "Dana"),
    ]  # fmt: skip
    assert sheet.when == "semaine du lun. 26 oct. au dim. 1er nov. 2026"


def test_the_running_sheet_adds_up_times_until_a_length_nobody_knows():
    sheet = content_of(tour(), "running_sheet", "jeu", TODAY)
    assert [column.label for column in sheet.section("sequences").columns] == [
        "N°", "Début", "Durée", "Cumul", "Séquence", "Intervenants", "Plateau", "Réalisé", "Écart",
    ]  # fmt: skip
    assert cells(sheet, "sequences") == [
        ("1", "20:00", "1:30", "1:30", "Au miroir", "Marie", "plateau", "1:40", "+0:10"),
        ("2", "20:01:30", "3:45", "5:15", "La consultation", "le Docteur", "", "3:20", "−0:15"),
        ("3", "20:05:15", "", "", "La lune", "Marie", "", "", ""),
    ]


def test_a_stage_show_has_its_cues_one_by_one_and_a_broadcast_has_them_in_columns():
    assert cells(content_of(tour(), "running_sheet", "jeu", TODAY), "cues") == [
        ("L1", "20:00:30", "1. Au miroir", "entrée", "Aube", "Lumière"),
        ("S1", "", "2. La consultation", "", "Vent", "Son, micros"),
    ]
    broadcast = content_of(tour(set_("production/petite", form="tv_show")), "running_sheet", "jeu", TODAY)
    labels = [column.label for column in broadcast.section("sequences").columns]
    assert (labels[7:9], broadcast.section("cues")) == (["Son, micros", "Lumière"], None)
    assert [row[7:9] for row in cells(broadcast, "sequences")] == [("", "L1 Aube"), ("S1 Vent", ""), ("", "")]


def test_nothing_follows_an_unknown_length_as_if_it_were_known():
    sheet = content_of(tour(set_("scene/s1", seconds=None)), "running_sheet", "jeu", TODAY)
    assert [row[1] for row in cells(sheet, "sequences")] == ["20:00", "", ""]
    assert "durées (séquences sans durée : 2)" in missing(sheet)


def test_spare_and_cut_sequences_stand_apart():
    sheet = content_of(tour(), "running_sheet", "jeu", TODAY)
    assert (cells(sheet, "spare"), cells(sheet, "cut")) == (
        [("4", "1:00", "Le bis")],
        [("5", "2:00", "La foire")],
    )


def test_a_department_reads_its_cues_one_by_one():
    sheet = content_of(tour(), "running_sheet", "jeu", TODAY, department="light")
    assert cells(sheet, "cues") == [("L1", "20:00:30", "1. Au miroir", "entrée", "Aube")]


def test_the_call_sheet_of_a_shoot_has_scenes_with_minutes_eighths_and_roles():
    sheet = content_of(shoot(), "call_sheet", "2026-10-29", TODAY)
    assert sheet.name == "feuille de service, jour 1 sur 2"
    assert cells(sheet, "scenes") == [
        ("8", "Route du col", "EXT · nuit", "La Navette s’arrête.", "60", "5/8", "1, 2"),
        ("9", "Navette", "INT · nuit", "Car", "45", "1 1/8", "1"),
        ("", "2 séquences, 1 6/8 pages", "", "", "", "", ""),
    ]
    assert cells(sheet, "artists") == [
        ("1", "Samira", "Aline Serkis", "12:15", "13:00", "13:15", "14:30", "21:00", "Marius"),
    ]  # fmt: skip
    assert cells(sheet, "extras") == [("12", "passants", "15:00", "manteaux d’hiver")]
    assert pairs(sheet, "direction") == {"Réalisation": "Maëlle Garance", "1er assistant": "Victor Nguyen"}
    assert pairs(sheet, "light") == {"Soleil": "lever 07:12, coucher 17:29", "Météo": "4°"}
    assert [(hour.label, hour.at) for hour in sheet.hours] == [
        ("Équipe", "12:00"), ("PAT", "14:30"), ("Coupure", "16:00"), ("Fin estimée", "21:00"),
    ]  # fmt: skip


def test_what_no_fact_tells_is_named_once_and_left_out_of_the_paper():
    sheet = content_of(shoot(), "call_sheet", "2026-10-29", TODAY)
    assert missing(sheet) == (
        "contact de production", "urgences les plus proches", "secours sur place", "consignes de sécurité",
        "écoute VHSS", "plan d’accès", "scripte", "référent éco",
    )  # fmt: skip
    every = [cell for section in sheet.sections for row in section.rows for cell in row.cells]
    assert "N/A" not in every
    filled = set_("production/navette", safety="Casques.")
    assert "consignes de sécurité" not in missing(
        content_of(shoot(filled), "call_sheet", "2026-10-29", TODAY)
    )


@pytest.mark.parametrize(("document", "key"), EVERY)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_content_is_read_back_from_its_json_and_keeps_its_digest(document, key, language):
    sheet = content_of(tour(), document, key, TODAY, language=language, public=False)
    again = from_json(to_json(sheet))
    assert (again, digest(again)) == (sheet, digest(sheet))


def test_a_digest_does_not_depend_on_what_is_missing():
    told = set_("event/premiere", note="pour nous")
    assert digest(call(told)) == digest(call())
    assert digest(call(set_("event/premiere", start="20:30"))) != digest(call())


@pytest.mark.parametrize(("document", "key"), EVERY)
@pytest.mark.parametrize("person", [None, "dana", "ines"])
def test_a_public_version_holds_nothing_private_whoever_reads(document, key, person):
    text = str(to_json(content_of(tour(), document, key, TODAY, person=person, public=True)))
    assert [canary for canary in (*PERSONAL, *PRIVATE, *OWN) if canary in text] == []


@pytest.mark.parametrize(("document", "key"), EVERY)
@pytest.mark.parametrize("person", [None, "dana", "ines"])
def test_no_version_holds_what_only_payroll_may_see_nor_what_is_arranged_for_another(document, key, person):
    text = str(to_json(content_of(tour(), document, key, TODAY, person=person, public=False)))
    hidden = PERSONAL if person == "dana" else (*PERSONAL, *OWN)
    assert [canary for canary in hidden if canary in text] == []


def test_a_booking_is_for_the_team_only():
    made = tour(set_("leg/train", reference="Dossier QZ4T7K"))
    told = {
        public: "QZ4T7K" in str(to_json(content_of(made, "day_sheet", "2026-11-06", TODAY, public=public)))
        for public in (True, False)
    }
    assert told == {True: False, False: True}


def test_a_persons_own_version_holds_their_room_and_arrangements_and_nobody_elses():
    text = str(to_json(route(person="dana", public=False)))
    assert [canary for canary in (*OWN, "CANARI-CHAMBRE 12") if canary not in text] == []
    assert "CANARI-CHAMBRE 14" not in text


def test_everything_wrong_in_what_is_asked_is_said_at_once():
    with pytest.raises(BadInput) as refused:
        call(person="dona", department="cuisine")
    first, second = (problem.message for problem in refused.value.problems)
    assert (first, second) == (
        "person/dona n’est pas une personne de cette production", "« cuisine » n’est pas un service",
    )  # fmt: skip
    assert refused.value.problems[0].suggestion == "vouliez-vous person/dana ?"


@pytest.mark.parametrize(
    ("document", "key", "told"),
    [
        ("call_sheet", "2026-11-09", "rien n’est prévu le 2026-11-09"),
        ("call_sheet", "5 nov.", "« 5 nov. » n’est pas un jour"),
        ("day_sheet", "2026-11-09", "ni événement ni trajet le 2026-11-09"),
        ("rehearsal_schedule", "2026-45", "« 2026-45 » n’est pas une semaine"),
        ("rehearsal_schedule", "2026-W10", "aucun service la semaine 2026-W10"),
        ("running_sheet", "jeux", "« jeux » n’est pas un ordre joué"),
        ("tour_booklet", "2027", "« 2027 » n’a pas de jour de tournée"),
        ("call_sheat", "2026-11-05", "« call_sheat » n’est pas une feuille"),
    ],
)
def test_a_sheet_that_cannot_be_says_why(document, key, told):
    with pytest.raises(BadInput) as refused:
        content_of(tour(), document, key, TODAY)
    assert refused.value.problems[0].message == told


def test_a_language_the_sheets_do_not_speak_is_refused():
    with pytest.raises(BadInput, match="« de »"):
        call(language="de")


def test_a_content_of_another_time_is_refused():
    with pytest.raises(BadInput, match="forme inconnue"):
        from_json({**to_json(call()), "content_schema": "filage.sheet/9"})
    with pytest.raises(BadInput, match="abîmé"):
        from_json({"content_schema": "filage.sheet/1", "sections": 3})


def test_documents_have_names_in_both_languages():
    assert [document_name(one, language) for one in ("call_sheet", "running_sheet") for language in ("fr", "en")] == [
        "Feuille de service", "Call sheet", "Conducteur", "Running order",
    ]  # fmt: skip


LAID = set_(
    "event/j1",
    moments=[
        {"at": "14:30", "until": "16:00", "label": "Séquence 9"},
        {"at": "17:00", "until": "19:00", "label": "Séquence 8"},
    ],
)


def test_scenes_named_by_the_schedule_of_a_day_have_their_hour_in_it_and_in_their_table():
    sheet = content_of(shoot(LAID), "call_sheet", "2026-10-29", TODAY)
    assert [column.label for column in sheet.section("scenes").columns][:3] == ["N°", "Heure", "Décor"]
    assert [row[:3] for row in cells(sheet, "scenes")] == [
        ("8", "17:00", "Route du col"),
        ("9", "14:30", "Navette"),
        ("", "", "2 séquences, 1 6/8 pages"),
    ]
    assert [row for row in cells(sheet, "hours") if row[2].startswith("Séquence")] == [
        ("14:30", "16:00", "Séquence 9", "Navette, INT · nuit"),
        ("17:00", "19:00", "Séquence 8", "Route du col, EXT · nuit"),
    ]


def test_one_meets_once_at_a_place_and_each_set_has_the_hour_of_its_first_scene():
    sheet = content_of(shoot(LAID), "call_sheet", "2026-10-29", TODAY)
    columns = [column.id for column in sheet.section("sets").columns]
    at = [columns.index(name) for name in ("set", "unit_at", "first_at")]
    assert [tuple(row[rank] for rank in at) for row in cells(sheet, "sets")] == [
        ("Route du col", "12:00", "17:00"),
        ("Navette", "", "14:30"),
    ]


def test_a_player_reads_the_hours_of_their_own_scenes_the_crew_those_of_all():
    def told(person, *changes):
        sheet = content_of(
            shoot(LAID, *changes), "call_sheet", "2026-10-29", TODAY, person=person, public=False
        )
        return [row[2] for row in cells(sheet, "hours") if row[2].startswith("Séquence")]

    alone = set_("scene/9", elements=["element/foule"])
    assert told("samira", alone) == ["Séquence 8"]
    assert told("jeanne", alone) == ["Séquence 9", "Séquence 8"]


def test_a_page_of_ones_own_says_when_to_arrive_even_where_the_event_begins_then():
    sheet = content_of(shoot(), "call_sheet", "2026-10-29", TODAY, person="victor", public=False)
    assert [row[2] for row in cells(sheet, "hours") if row[0] == "12:00"] == [
        "Votre arrivée", "Jour de tournage",
    ]  # fmt: skip


def test_a_page_of_ones_own_has_the_weather_and_for_the_crew_the_vehicles():
    def parts(person):
        sheet = content_of(shoot(), "call_sheet", "2026-10-29", TODAY, person=person, public=False)
        return pairs(sheet, "light")["Météo"], [row.id for row in sheet.section("transport").rows]

    assert parts("victor") == ("4°", ["leg/ramassage", "vehicle/minibus"])
    assert parts("samira") == ("4°", ["leg/ramassage"])
    freight = add("freight/camion", label="Camion décor", event="event/dole", vehicle="Camion 20 m³")
    own = route(freight, person="elie", public=False)
    assert "freight/camion" in [row.id for row in own.section("transport").rows]


def test_a_lodging_of_which_nothing_is_known_is_not_called_by_its_budget_line():
    bare = add("stay/nuits", label="Hébergement Dole, technique", events=["event/dole"])
    named = remove("stay/cloche")
    assert pairs(route(named, bare, person="elie", public=False), "lodging") == {
        "Hôtel": "prévu, adresse à venir"
    }
    known = set_("stay/nuits", label="Hôtel du Pont", contact="03 53 01 00 00")
    assert pairs(route(named, bare, known, person="elie", public=False), "lodging") == {
        "Hôtel": "Hôtel du Pont", "Téléphone de l’hôtel": "03 53 01 00 00",
    }  # fmt: skip


def test_a_page_of_ones_own_calls_people_by_the_name_they_answer_to():
    assert ("Régie générale", "Élie", "06 39 98 60 11") in cells(call(person="dana"), "contacts")
    assert ("Régie générale", "Élie Vasseur", "06 39 98 60 11") in cells(call(), "contacts")


def test_a_day_in_two_places_is_told_once_the_day_before_with_both():
    second = (
        set_("event/j2", label="Jour 2"),
        add("venue/salle", label="Salle des fêtes", city="Pré-Saint-Jean"),
        add("event/j2b", type="shoot", label="Jour 2, suite", day="2026-10-30", start="19:40", end="22:00",
            venue="venue/salle"),
    )  # fmt: skip
    sheet = content_of(shoot(*second), "call_sheet", "2026-10-29", TODAY)
    text = cells(sheet, "access")[-1][0]
    assert text.startswith("Ven. 30 oct., jour 2\xa0: Route du col à 13:00, Salle des fêtes à 19:40.")
