"""`filage script` and the shape it prints."""

from __future__ import annotations

import json
import re

import pytest

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
