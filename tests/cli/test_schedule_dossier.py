"""`filage schedule` on a dossier: what it prints, writes, explains and refuses."""

from __future__ import annotations

import json

import pytest

from cli.commands import WOYZECK, faults, filage, printed, problems
from filage.facts.calendar import Event
from filage.facts.changing import apply_changes
from filage.facts.reading import read_dossier
from filage.kernel.changes import Change
from planning.schedule.small import FILM

LIMIT = ("--time-limit", "20")
BORN = "people_private:\n- {id: kid, person: person/kid, born_on: 2015-03-21}\n"


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "film.yaml"
    path.write_text(FILM + BORN, encoding="utf-8")
    return path


def shoots(dossier):
    return {event.about: event.scenes for event in dossier.all(Event) if event.type == "shoot"}


def test_the_plan_of_a_film(film):
    answer = printed("schedule", "shoot", film, *LIMIT)
    assert faults("schedule-layout", answer) == []
    laid = sorted(one["scene"] for day in answer["days"] for one in day["scenes"])
    assert laid == ["scene/1", "scene/2", "scene/3", "scene/4"]
    assert (answer["objective"], answer["seed"], answer["status"]) == ("cost", 0, "optimal")
    assert answer["cost"] == answer["bound"]
    assert "2015" not in json.dumps(answer)


def test_the_plan_is_written_in_the_calendar(film, tmp_path):
    written, changes = tmp_path / "after.yaml", tmp_path / "changes.json"
    answer = printed("schedule", "shoot", film, *LIMIT, "--write", written, "--changes", changes)
    after = read_dossier(written.read_bytes())
    laid = {one["scene"] for day in answer["days"] for one in day["scenes"]}
    assert {about for scenes in shoots(after).values() for about in scenes} == laid
    before = read_dossier(film.read_bytes())
    given = [Change.model_validate(one) for one in json.loads(changes.read_text(encoding="utf-8"))]
    assert apply_changes(before, given) == after


def test_a_person_reads_days_cost_and_bound(film):
    shown = filage("schedule", "shoot", film, *LIMIT)
    assert shown.exit_code == 0
    assert "mercredi 28" in shown.stdout
    assert "Coût : " in shown.stdout
    assert "C’est prouvé : rien ne coûte moins" in shown.stdout


def test_why_not(film):
    answer = printed("schedule", "shoot", film, *LIMIT, "--why-not", "1,2026-10-27")
    assert faults("schedule-why-not", answer) == []
    assert (answer["possible"], answer["conflict"]) == (
        False,
        ["la scène 1 est verrouillée le mercredi 28 octobre"],
    )
    shown = filage("schedule", "shoot", film, *LIMIT, "--why-not", "4,1")
    assert shown.exit_code == 0
    assert "scène 4" in shown.stdout


@pytest.mark.parametrize("asked", ["12", "1,", "1,99", "99,1"])
def test_why_not_of_nothing_is_refused(film, asked):
    assert problems("schedule", "shoot", film, *LIMIT, "--why-not", asked)


def test_what_cannot_hold_is_refused_with_the_rules_that_conflict(film):
    text = film.read_text(encoding="utf-8").replace(
        "locks: [{scene: scene/1, day: 2026-10-28}]", "locks: [{scene: scene/4, day: 2026-10-27}]"
    )
    film.write_text(text, encoding="utf-8")
    (told,) = problems("schedule", "shoot", film, *LIMIT)
    assert "la scène 4 est verrouillée le mardi 27 octobre" in told["message"]
    assert "Bob Deux n’est pas libre le mardi 27 octobre" in told["message"]
    assert "Bob Deux joue dans la scène 4" in told["message"]


def test_a_dossier_without_a_plan_says_what_to_add(film):
    film.write_text(FILM.partition("plans:")[0], encoding="utf-8")
    (told,) = problems("schedule", "shoot", film)
    assert told["message"] == "le dossier n’a aucun plan de travail de tournage"


def test_the_dates_of_a_tour():
    answer = printed("schedule", "tour", WOYZECK, *LIMIT)
    assert faults("schedule-road", answer) == []
    assert (answer["status"], answer["objective"]) == ("optimal", "km")
    assert answer["bound"] == answer["km"] <= answer["km_now"]
    moved = {stop["event"] for stop in answer["stops"] if stop["day"] != stop["was"]}
    assert moved <= {stop["event"] for stop in answer["stops"] if stop["option"].startswith("option")}


def test_a_person_reads_kilometres_nights_and_options():
    shown = filage("schedule", "tour", WOYZECK, *LIMIT)
    assert shown.exit_code == 0
    assert "km, retour compris" in shown.stdout
    assert "option jusqu’au" in shown.stdout
