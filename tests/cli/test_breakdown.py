"""`filage breakdown`: an outline to read, JSON, a PDF, a workbook."""

from __future__ import annotations

import pytest

from cli.commands import SHORT_FILM, WOYZECK, faults, filage, printed, problems


@pytest.mark.parametrize("path", [SHORT_FILM, WOYZECK], ids=lambda path: path.stem)
def test_the_json_has_its_published_shape(path) -> None:
    assert faults("breakdown", printed("breakdown", path, "--on", "2026-10-12")) == []


def test_the_json_tells_the_short_film() -> None:
    found = printed("breakdown", SHORT_FILM, "--on", "2026-10-12")
    assert (found["title"], found["on"], len(found["scenes"])) == ("La dernière navette", "2026-10-12", 16)
    kitchen = found["scenes"][0]
    assert (kitchen["about"], kitchen["eighths"], kitchen["risks"]) == ("scene/1", 5, ["child"])
    assert kitchen["cast"][0]["held_by"] == ["person/ines-h"]
    assert found["presences"]["kind"] == "shoot"
    assert found["presences"]["rows"][0]["marks"] == ["SW", "H", "H", "H", "WF"]


def test_the_outline_says_scenes_elements_and_presences() -> None:
    shown = filage("breakdown", SHORT_FILM, "--on", "2026-10-12").stdout
    for words in (
        "16 scènes",
        "13 Parvis de l’hôpital",
        "précaution, feu ou flamme",
        "Accessoires",
        "Présences",
    ):
        assert words in shown, words


def test_the_files_asked_for_are_written(tmp_path) -> None:
    pdf, book = tmp_path / "a.pdf", tmp_path / "a.xlsx"
    done = filage("breakdown", SHORT_FILM, "--pdf", pdf, "--xlsx", book, "--one-per-page")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert book.read_bytes().startswith(b"PK")


def test_every_file_that_cannot_be_written_is_told(tmp_path) -> None:
    there = tmp_path / "absent"
    told = problems("breakdown", SHORT_FILM, "--pdf", there / "a.pdf", "--xlsx", there / "a.xlsx")
    assert [problem["path"] for problem in told] == [str(there / "a.pdf"), str(there / "a.xlsx")]
