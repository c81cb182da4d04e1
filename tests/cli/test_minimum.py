"""`filage minimum`: the amount, its text, and what would change it."""

from __future__ import annotations

import pytest

from cli.commands import faults, filage, printed, problems

DRAMATIC = ("minimum", "--idcc", "1285", "--job", "artiste dramatique")


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_the_amount_is_printed_with_its_text():
    done = filage(*DRAMATIC, "--unit", "cachet", "--dates", "3", "--on", "2026-11-05")
    assert (done.exit_code, done.stderr) == (0, "")
    first, second, third = plain(done.stdout).splitlines()
    assert first == "Artiste dramatique ou chorégraphique · IDCC 1285 · jeu. 5 nov. 2026"
    assert second == "  par cachet : 141,63 € (source secondaire)"
    assert third.startswith(
        "      accord sur les salaires du 1er juillet 2026, applicable au 1er août 2026 ; étendu"
    )


@pytest.mark.parametrize(
    "words",
    [
        DRAMATIC,
        (*DRAMATIC, "--on", "2026-07-31", "--member"),
        ("minimum", "--idcc", "3090", "--job", "poursuiteur", "--unit", "hour", "--seats", "200"),
        ("minimum", "--idcc", "3097", "--job", "Scripte", "--days", "3", "--hours", "8"),
        ("minimum", "--idcc", "3097", "--job", "Scripte", "--unit", "cachet"),
    ],
)
def test_its_json_meets_the_published_shape(words):
    assert faults("minimum", printed(*words)) == []


def test_members_read_another_grid():
    words = (
        "minimum", "--idcc", "3090", "--job", "artiste chorégraphique d'ensemble", "--unit", "cachet", "--dates", "1",
        "--on", "2026-11-05",
    )  # fmt: skip
    assert [printed(*words, *more)["minimums"][0]["amount"] for more in ((), ("--member",))] == [
        "144.26",
        "146.42",
    ]


def test_every_unit_of_the_grid_is_given_unless_told():
    found = printed(*DRAMATIC, "--dates", "1", "--on", "2026-11-05")
    assert [(one["unit"], one["amount"]) for one in found["minimums"]] == [
        ("cachet", "162.75"), ("service", "61.05"), ("month", "2252.37"),
    ]  # fmt: skip


def test_the_smic_over_the_grid_is_said():
    done = filage(
        "minimum", "--idcc", "3090", "--job", "poursuiteur", "--unit", "hour", "--seats", "200", "--annex", "1",
        "--on", "2026-11-05",
    )  # fmt: skip
    assert "Smic × heures, la grille donne 12,24 €" in plain(done.stdout)


def test_an_unknown_job_names_near_ones():
    [problem] = problems("minimum", "--idcc", "1285", "--job", "artist dramatik")
    assert problem["path"] == "--job"
    assert "« Artiste dramatique ou chorégraphique »" in problem["suggestion"]


def test_everything_wrong_is_told_at_once():
    found = problems("minimum", "--idcc", "12", "--job", "x", "--unit", "lune", "--contract", "stage")
    assert [problem["path"] for problem in found] == ["--unit", "--contract", "--idcc"]


def test_a_number_with_a_comma_is_refused():
    assert filage(*DRAMATIC, "--dates", "3,5").exit_code == 2
