"""`filage worktime`: the published shape, refusals all at once, a table for a person."""

from __future__ import annotations

import json

import pytest

from cli.commands import faults, filage, printed, problems

PERSON = {"id": "dana", "status": "artiste", "job": "comédienne", "birth_date": "1990-01-01"}
DAY = {
    "person": "dana",
    "start": "2026-03-14T09:00",
    "end": "2026-03-14T20:30",
    "kind": "rehearsal",
    "breaks": [["12:00", "13:00"]],
}


def asked(shifts=(DAY,), people=(PERSON,), **more):
    return {"idcc": None, "tour": False, "people": list(people), "shifts": list(shifts), **more}


def answered(content):
    assert faults("worktime-input", content) == []
    answer = printed("worktime", "-", given=json.dumps(content))
    assert faults("worktime", answer) == []
    return answer


def refused(content):
    return [
        (one.get("path", ""), one["message"], one.get("suggestion", ""))
        for one in problems("worktime", "-", given=json.dumps(content))
    ]


def test_prints_findings_and_what_was_not_checked():
    answer = answered(asked())
    assert [(one["rule"], one["limit"], one["actual"]) for one in answer["findings"]] == [
        ("CT-JOUR-10H", "10", "10.5")
    ]
    assert [one["rule"] for one in answer["not_checked"]] == ["CT-BRUIT-87"]


def test_reads_everything_the_shape_allows():
    content = asked(
        idcc="3090",
        tour=True,
        annex="4",
        premiere_on="2026-03-20",
        holiday_zone="B",
        agreements=["CT-JOUR-12H-DEROG"],
        circumstances=[{"kind": "festival", "from": "2026-03-14", "to": "2026-03-15"}],
        people=[{**PERSON, "job_group": "annexe 4 artistes", "authorised": ["MIN-ENF-AUTORISATION"]}],
    )
    assert [one["rule"] for one in answered(content)["findings"]] == ["3090-A4-PAUSE"]


def test_nothing_wrong_is_an_answer():
    assert answered(asked(shifts=[])) == {"not_checked": [], "findings": []}


def test_a_person_reads_a_table_and_what_is_missing():
    done = filage("worktime", "-", given=json.dumps(asked(people=[{"id": "dana"}])))
    assert (done.exit_code, done.stderr) == (0, "")
    assert "CT-JOUR-10H" in done.stdout
    assert "date de naissance" in done.stdout
    quiet = filage("worktime", "-", given=json.dumps(asked(shifts=[])))
    assert quiet.stdout == "Aucune limite dépassée parmi celles qui ont été contrôlées.\n"


def test_all_that_is_wrong_is_told_at_once_with_its_place():
    content = asked(
        shifts=[
            {**DAY, "kind": "rehersal"},
            {**DAY, "person": "dena"},
            {**DAY, "end": "2026-03-14T08:00"},
            {**DAY, "breaks": [["22:00", "23:00"]]},
            {**DAY, "start": "14/03/2026 09:00"},
        ],
        people=[PERSON, {"id": "dana"}, {"id": "bob", "statut": "artiste", "job_group": "danseures"}],
        idcc="CCNEAC",
        holiday_zone="D",
        agreements=["CT-JOUR-12H"],
    )
    assert [(path, suggestion) for path, _, suggestion in refused(content)] == [
        ("people[1].id", ""),
        ("people[2].statut", "vouliez-vous « status » ?"),
        ("people[2].job_group", "vouliez-vous « Danseurs » ?"),
        ("idcc", ""),
        ("holiday_zone", ""),
        ("agreements[0]", "vouliez-vous « CT-JOUR-10H » ?"),
        ("shifts[0].kind", "vouliez-vous « rehearsal » ?"),
        ("shifts[1].person", "vouliez-vous « dana » ?"),
        ("shifts[2].end", ""),
        ("shifts[3].breaks[0]", ""),
        ("shifts[4].start", ""),
    ]


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ([], ""),
        ({"people": [], "shift": []}, "shift"),
        ({"people": []}, "shifts"),
        ({"shifts": []}, "people"),
        ({"people": [{}], "shifts": []}, "people[0].id"),
        (asked(shifts=["demain"]), "shifts[0]"),
        (asked(shifts=[{}]), "shifts[0].person"),
        (asked(shifts=[{**DAY, "start": "2026-03-29T02:30", "end": "2026-03-29T09:00"}]), "shifts[0].start"),
        (asked(shifts=[{**DAY, "end": "2027-03-14T20:30"}]), "shifts[0].end"),
        (asked(shifts=[{**DAY, "breaks": [["12:00"]]}]), "shifts[0].breaks[0]"),
        (asked(shifts=[{**DAY, "breaks": [["12:00", "13:00"], ["12:30", "14:00"]]}]), "shifts[0].breaks[1]"),
        (asked(tour="oui"), "tour"),
        (asked(annex="7"), "annex"),
        (asked(premiere_on="20/03/2026"), "premiere_on"),
        (
            asked(circumstances=[{"kind": "tour", "from": "2026-03-14", "to": "2026-03-01"}]),
            "circumstances[0].to",
        ),
        (asked(circumstances=[{"from": "2026-03-14", "to": "2026-03-15"}]), "circumstances[0].kind"),
        (asked(people=[{**PERSON, "birth_date": "1990"}]), "people[0].birth_date"),
        (asked(people=[{**PERSON, "birth_date": "2091-01-01"}]), "shifts[0].start"),
        (asked(people=[{**PERSON, "status": "musicien"}]), "people[0].status"),
        (asked(people=[{**PERSON, "authorised": ["AUTORISATION"]}]), "people[0].authorised[0]"),
        (asked(people=[{**PERSON, "job": True}]), "people[0].job"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_place(content, path):
    assert path in [place for place, _, _ in refused(content)]


def test_a_break_is_the_first_such_time_after_the_start():
    night = {**DAY, "start": "2026-03-14T20:00", "end": "2026-03-15T06:30", "breaks": [["00:30", "01:30"]]}
    assert answered(asked(shifts=[night]))["findings"] == []


def test_a_time_that_comes_twice_is_the_first_unless_it_says_its_offset():
    def night(start):
        return asked(
            shifts=[{**DAY, "start": start, "end": "2026-10-25T12:30", "breaks": [["08:00", "09:00"]]}]
        )

    first = answered(night("2026-10-25T02:30"))["findings"]
    assert [(one["rule"], one["actual"]) for one in first] == []
    longer = night("2026-10-25T00:30")
    assert [one["actual"] for one in answered(longer)["findings"]] == ["12"]
    assert answered(night("2026-10-25T02:30+01:00"))["findings"] == []


def test_a_file_that_is_not_json_is_refused():
    assert [one["message"] for one in problems("worktime", "-", given="demain")] == [
        "ce n’est pas du JSON (colonne 1)"
    ]


def test_an_id_may_be_a_number():
    content = asked(shifts=[{**DAY, "person": 7}], people=[{**PERSON, "id": 7}])
    assert [one["person"] for one in answered(content)["findings"]] == ["7"]
