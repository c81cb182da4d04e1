"""`filage script` and the shape it prints."""

from __future__ import annotations

import json
import re

import pytest

from cli.commands import faults as faults_of
from cli.commands import filage
from script.texts import FIXTURES, LEONCE, NAVETTE, PLAYS, WOYZECK, read, tei
from support.shape import faults, shape

SCHEMA = shape("script")


def run(*words):
    return filage("script", *words)


@pytest.mark.parametrize(
    "path",
    [WOYZECK, LEONCE, NAVETTE, *sorted(FIXTURES.glob("*.f*")), PLAYS / "conduite-concert.csv"],
    ids=lambda p: p.name,
)
def test_the_json_has_the_published_shape(path) -> None:
    done = run(path, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == read(path).as_json() | {"findings": json.loads(done.stdout)["findings"]}
    assert faults(json.loads(done.stdout), SCHEMA) == []


def test_every_kind_of_finding_has_the_published_shape() -> None:
    body = '<div type="scene"/><div type="scene"><sp><p>Oui.</p></sp></div><sp who="#z"><p>Non.</p></sp>'
    script = tei(body)
    assert {finding.code for finding in script.findings} == {
        "script.empty_scene",
        "script.speech_outside_scene",
        "script.speech_without_who",
        "script.unlisted_speaker",
    }
    assert faults(script.as_json(), SCHEMA) == []


def test_the_shape_is_closed() -> None:
    content = read(WOYZECK).as_json()
    assert faults(content | {"more": 1}, SCHEMA) == ["$: more", "$.more: int"]
    assert faults(content | {"title": None}, SCHEMA) == ["$.title: NoneType"]


def test_one_version_is_printed() -> None:
    done = run(WOYZECK, "--version", "h3", "--json")
    assert [scene["id"] for scene in json.loads(done.stdout)["scenes"]] == ["h3-1", "h3-2"]


def test_people_get_tables() -> None:
    done = run(WOYZECK, "--version", "h3")
    assert done.exit_code == 0
    assert done.stdout.startswith("Woyzeck · tei · 2 scènes, 3 personnages, 355 mots dits\n")
    assert re.search(r"h3 1 .*\[H3, Szene 1\] .*Doctor, Woyzeck .*306", done.stdout)


def test_people_are_told_of_the_versions_and_the_length_in_pages() -> None:
    assert "Versions : h1 (Erste Fassung. Szenengruppe 1 (H1), 21 scènes) ; h2" in run(WOYZECK).stdout
    assert "≈ 1/8" in run(FIXTURES / "fr_synth.fountain").stdout


def test_errors_go_to_stderr_with_exit_code_two() -> None:
    done = run(WOYZECK, "--version", "h9")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "version « h9 » inconnue" in done.stderr


@pytest.mark.parametrize(
    ("name", "says"), [("absent.xml", "ce fichier n’existe pas"), (".", "c’est un dossier, pas un fichier")]
)
def test_errors_are_json_when_json_was_asked(tmp_path, name, says) -> None:
    done = run(tmp_path / name, "--json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert json.loads(done.stderr) == {
        "error": {"problems": [{"message": says, "file": str(tmp_path / name)}]}
    }


@pytest.mark.parametrize("path", [WOYZECK, NAVETTE, FIXTURES / "fdx_synth.fdx"], ids=lambda p: p.name)
def test_suggestions_and_changes_have_the_published_shapes(path) -> None:
    suggested = run(path, "--elements", "--json")
    changes = run(path, "--before", FIXTURES / "fr_synth.fountain", "--json")
    assert faults_of("script-elements", json.loads(suggested.stdout)) == []
    assert faults_of("script-changes", json.loads(changes.stdout)) == []


def test_a_new_version_is_told_scene_by_scene(tmp_path) -> None:
    old, new = tmp_path / "v1.fountain", tmp_path / "v2.fountain"
    old.write_text("1. INT. A - JOUR\n\nUn deux trois.\n\n2. INT. B - JOUR\n\nRien.\n", encoding="utf-8")
    new.write_text("1. INT. A - JOUR\n\nUn deux quatre.\n\n3. EXT. C - NUIT\n\nFin.\n", encoding="utf-8")
    done = run(new, "--before", old)
    assert done.exit_code == 0
    assert done.stdout.startswith("v2 · 1 changée, 1 nouvelle, 1 coupée\n")
    assert json.loads(run(new, "--before", old, "--json").stdout) == {
        "before": {"title": "v1", "scenes": 2, "eighths": 2, "words": 0},
        "after": {"title": "v2", "scenes": 2, "eighths": 2, "words": 0},
        "same": [],
        "moved": [],
        "changed": [
            {
                "before": {"id": "1", "number": "1", "heading": "INT. A - JOUR"},
                "after": {"id": "1", "number": "1", "heading": "INT. A - JOUR"},
                "likeness": 0.5,
                "differs": ["text"],
                "moved": False,
            }
        ],
        "new": [{"id": "3", "number": "3", "heading": "EXT. C - NUIT"}],
        "cut": [{"id": "2", "number": "2", "heading": "INT. B - JOUR"}],
    }


def test_people_get_the_suggestions_with_their_precautions() -> None:
    done = run(FIXTURES / "fdx_synth.fdx", "--elements")
    assert done.exit_code == 0
    assert re.search(r"Accessoire .*fusil .*arme", done.stdout)
    assert "marqué par" in done.stdout


def test_people_get_a_running_order_with_its_cumulated_times() -> None:
    done = run(PLAYS / "conduite-concert.csv")
    assert " ".join(done.stdout.split()).startswith(
        "Les Nuits du pont — conduite du concert · conduite · 8 éléments, 4 artistes, 1:05:45"
    )
    assert re.search(r"7 .*5:00 .*1:00:45", done.stdout)


def test_two_questions_at_once_are_refused() -> None:
    done = run(WOYZECK, "--before", WOYZECK, "--elements")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--before et --elements ne vont pas ensemble" in done.stderr


def test_both_files_are_told_when_both_are_wrong(tmp_path) -> None:
    done = run(tmp_path / "a.fdx", "--before", tmp_path / "b.fdx")
    assert done.exit_code == 2
    assert "a.fdx" in done.stderr
    assert "b.fdx" in done.stderr
