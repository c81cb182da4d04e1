"""`filage sheet`: which sheets there are, one of them as text, JSON or PDF, for everybody or for one person."""

from __future__ import annotations

import pytest

from cli.commands import SHORT_FILM, WOYZECK, faults, filage, printed, problems

ON = ("--on", "2026-11-01")


def test_without_a_document_it_lists_what_the_calendar_allows():
    found = printed("sheet", WOYZECK, *ON)
    assert faults("sheet-list", found) == []
    keys = {one["id"]: one["keys"] for one in found["documents"]}
    assert list(keys) == ["call_sheet", "day_sheet", "tour_booklet", "rehearsal_schedule", "running_sheet"]
    assert (keys["running_sheet"], keys["tour_booklet"][0]) == (["le-fil"], "tour")
    told = filage("sheet", WOYZECK, *ON).stdout
    assert "Conducteur (running_sheet) : le-fil" in told


@pytest.mark.parametrize(
    "document", ["call_sheet", "day_sheet", "tour_booklet", "rehearsal_schedule", "running_sheet"]
)
def test_a_sheet_meets_its_published_shape(document):
    assert faults("sheet", printed("sheet", WOYZECK, "--document", document, *ON)) == []


def test_without_a_key_it_is_the_coming_one():
    asked = [("call_sheet", "2026-11-04"), ("day_sheet", "2026-11-04"), ("rehearsal_schedule", "2026-W43")]
    assert [printed("sheet", WOYZECK, "--document", document, *ON)["key"] for document, _key in asked] == [
        key for _document, key in asked
    ]


def test_one_persons_version_in_english_is_theirs():
    found = printed(
        "sheet", WOYZECK, "--document", "call_sheet", "--day", "2026-11-05", "--person", "dana", "--private",
        "--language", "en", *ON,
    )  # fmt: skip
    assert (found["person"], found["public"], found["name"]) == ("person/dana", False, "call sheet no. 43")
    assert found["sections"][0]["rows"][0]["cells"][:3] == ["15:45", "", "Your call"]


def test_the_pdf_is_written_where_asked(tmp_path):
    path = tmp_path / "feuille.pdf"
    done = filage("sheet", SHORT_FILM, "--document", "call_sheet", "--key", "2026-10-29", "--pdf", path, *ON)
    assert (done.exit_code, done.stderr) == (0, "")
    assert path.read_bytes().startswith(b"%PDF-1.7")
    [problem] = problems("sheet", SHORT_FILM, "--document", "call_sheet", "--pdf", tmp_path, *ON)
    assert problem["message"].startswith("impossible d’y écrire")


def test_a_person_reads_it_in_a_terminal_with_what_is_missing():
    told = filage("sheet", SHORT_FILM, "--document", "call_sheet", "--day", "2026-10-29", *ON).stdout
    assert "La dernière navette · feuille de service, jour 4 sur 5" in told
    assert "Convocation des comédiens" in told
    assert "Il manque : " in told


def test_nothing_of_the_private_data_of_the_example_is_shown():
    for document in ("call_sheet", "day_sheet", "tour_booklet"):
        told = filage("sheet", WOYZECK, "--document", document, "--private", "--json", *ON).stdout
        assert [
            secret
            for secret in ("285052599004227", "06 39 98 42 27", "3 impasse du Métier")
            if secret in told
        ] == []


def test_what_cannot_be_is_refused_in_words():
    [problem] = problems("sheet", WOYZECK, "--document", "call_sheat", *ON)
    assert problem["suggestion"] == "vouliez-vous call_sheet ?"
    [problem] = problems("sheet", WOYZECK, "--document", "call_sheet", "--person", "danna", *ON)
    assert problem["suggestion"] == "vouliez-vous person/dana ?"
    [problem] = problems("sheet", SHORT_FILM, "--document", "tour_booklet", *ON)
    assert problem["message"] == "le calendrier ne donne aucune de ces feuilles"
