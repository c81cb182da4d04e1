"""`filage build`: five files in a folder, nothing private, progress on stderr."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile

from cli.commands import DAY, SHORT_FILM, WOYZECK, faults, filage, printed, problems

NAMES = ["budget.xlsx", "dossier.pdf", "calendrier.ics", "outcome.json", "index.html"]
ON = ("--on", DAY)


def test_the_files_are_written_and_progress_is_told_apart(tmp_path):
    done = filage("build", SHORT_FILM, "-o", tmp_path / "out", *ON)
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [f"{name}…" for name in NAMES]
    assert done.stdout.startswith("5 fichiers dans ")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(NAMES)


def test_with_json_the_files_are_listed_with_their_digests(tmp_path):
    found = printed("build", SHORT_FILM, "-o", tmp_path, *ON)
    assert faults("build", found) == []
    assert [one["name"] for one in found["files"]] == NAMES
    for one in found["files"]:
        content = (tmp_path / one["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (one["size"], one["sha256"])


def test_the_outcome_written_is_that_of_the_review(tmp_path):
    filage("build", SHORT_FILM, "-o", tmp_path, *ON)
    written = json.loads((tmp_path / "outcome.json").read_text(encoding="utf-8"))
    assert written == printed("review", SHORT_FILM, *ON)


def test_nothing_private_is_written(tmp_path):
    numbers = re.findall(r"nir: (\d+)", WOYZECK.read_text(encoding="utf-8"))
    filage("build", WOYZECK, "-o", tmp_path, *ON)
    with zipfile.ZipFile(tmp_path / "budget.xlsx") as book:
        contents = [book.read(name) for name in book.namelist()]
    contents += [(tmp_path / name).read_bytes() for name in NAMES[1:]]
    assert numbers != []
    assert [number for number in numbers for content in contents if number.encode() in content] == []


def test_the_files_of_another_production_are_kept(tmp_path):
    filage("build", SHORT_FILM, "-o", tmp_path, *ON)
    before = (tmp_path / "outcome.json").read_bytes()
    [problem] = problems("build", WOYZECK, "-o", tmp_path, *ON)
    assert problem["message"].startswith("ce dossier contient déjà les fichiers de")
    assert (tmp_path / "outcome.json").read_bytes() == before


def test_a_folder_is_asked_for():
    [problem] = problems("build", SHORT_FILM)
    assert (problem["path"], problem["message"]) == ("--output", "manque")
