"""`filage pay`: a month of pay on the screen, in files, in JSON; nothing private unless asked for."""

from __future__ import annotations

import re

import pytest

from cli.commands import DAY, SHORT_FILM, WOYZECK, faults, filage, printed, problems

ASKED = ("--month", "2026-11", "--on", DAY)
NIRS = re.findall(r"nir: (\d+)", WOYZECK.read_text(encoding="utf-8"))


def test_the_month_is_shown_and_says_what_it_is_not() -> None:
    done = filage("pay", WOYZECK, *ASKED)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Filage prépare la paie ; il n’émet pas de bulletin." in done.stdout
    assert "Dana Morel" in done.stdout


def test_with_json_it_meets_its_shape() -> None:
    found = printed("pay", WOYZECK, *ASKED)
    assert faults("pay", found) == []
    assert (found["month"], found["folder"], found["files"]) == ("2026-11", None, [])


def test_the_files_are_written(tmp_path) -> None:
    found = printed("pay", WOYZECK, *ASKED, "--out", tmp_path)
    assert faults("pay", found) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(found["files"])
    assert len(found["files"]) == 5


def test_private_data_are_written_only_when_asked_for(tmp_path) -> None:
    filage("pay", WOYZECK, *ASKED, "--out", tmp_path / "without")
    filage("pay", WOYZECK, *ASKED, "--out", tmp_path / "with", "--with-private")
    name = "paie-2026-11.csv"
    assert NIRS != []
    assert [nir for nir in NIRS if nir in (tmp_path / "without" / name).read_text("utf-8")] == []
    assert [nir for nir in NIRS if nir in (tmp_path / "with" / name).read_text("utf-8")] != []


def test_the_dossiers_of_two_structures_are_refused() -> None:
    [problem] = problems("pay", WOYZECK, SHORT_FILM, *ASKED)
    assert "de structures différentes" in problem["message"]


@pytest.mark.parametrize("month", ["2026-13", "novembre"])
def test_a_month_that_is_none_is_refused(month: str) -> None:
    [problem] = problems("pay", WOYZECK, "--month", month, "--on", DAY)
    assert "n’est pas un mois" in problem["message"]
