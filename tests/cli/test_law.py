"""`filage law` as a person types it; every day is given, none depends on the clock."""

import json
from datetime import date

import pytest
import time_machine

from cli.commands import filage
from filage.cli import law as law_cli
from filage.cli.today import today
from filage.law import law_of, load_law
from support.shape import faults, shape

DAY = "2026-11-22"


def run(*words):
    return filage("law", *words)


def test_list_names_every_parameter_of_an_area_with_its_value():
    result = run("list", "--area", "tva", "--on", DAY)
    assert result.exit_code == 0
    assert [line.split()[:2] for line in result.stdout.splitlines()] == [
        ["tva.billetterie_premieres", "2,1"],
        ["tva.corse_premieres", "0,9"],
        ["tva.corse_spectacle", "2,1"],
        ["tva.dom_premieres", "1,05"],
        ["tva.dom_spectacle", "2,1"],
        ["tva.droits", "10"],
        ["tva.normal", "20"],
        ["tva.spectacle", "5,5"],
    ]


def test_list_in_json_says_what_is_known_assumed_asked_and_repealed():
    rows = json.loads(run("list", "--on", "2027-02-01", "--json").stdout)["parameters"]
    status = {row["id"]: (row["status"], row["value"], row["confidence"]) for row in rows}
    assert status["paie.pmss"] == ("assumed", "4005", "uncertain")
    assert status["paie.maladie_employeur"] == ("known", "0.13", "one_source")
    assert status["paie.atmp_technicien"] == ("to_ask", None, None)
    assert status["paie.rg_tmax_moins_50"] == ("repealed", None, None)


def test_list_refuses_an_unknown_area_and_names_the_known_ones():
    result = run("list", "--area", "impots")
    assert (result.exit_code, result.stderr) == (
        2,
        "domaine inconnu « impots » ; domaines : defraiement, paie, tva\n",
    )


def test_show_prints_the_value_its_dates_and_its_sources():
    lines = (
        run("show", "paie.pmss", "--on", DAY)
        .stdout.replace("\u202f", " ")
        .replace("\u00a0", " ")
        .splitlines()
    )
    assert lines[:4] == [
        "Plafond mensuel (paie.pmss)",
        "  au dim. 22 nov. 2026 : 4 005,00 € (en vigueur)",
        "  connu jusqu’au jeu. 31 déc. 2026",
        "  révisé chaque 1er janvier ; vérifié le dim. 22 nov. 2026",
    ]
    assert "  3 925,00 €  du mer. 1er janv. 2025 au mer. 31 déc. 2025" in lines
    assert "    https://github.com/betagouv/mon-entreprise" in lines


def test_show_says_past_the_known_period_that_the_value_is_assumed():
    lines = run("show", "paie.pmss", "--on", "2027-01-01").stdout.splitlines()
    assert lines[1].endswith("(supposée, refusée pour un contrat ou une paie, à vérifier)")
    assert lines[2] == "  plafond mensuel : valeur 2026 reprise pour 2027"


@pytest.mark.parametrize(
    ("parameter", "day", "said"),
    [
        ("paie.pmss", "2024-12-31", "inconnu (inconnue à cette date)"),
        ("paie.atmp_technicien", DAY, "à saisir (propre à chaque structure)"),
        ("paie.maladie_employeur_reduit", DAY, "supprimé (plus en vigueur)"),
        ("paie.rgdu_artiste", DAY, "non (en vigueur)"),
    ],
)
def test_show_says_why_there_is_no_value(parameter, day, said):
    assert run("show", parameter, "--on", day).stdout.splitlines()[1].endswith(f" : {said}")


def test_show_in_json_gives_every_value_with_its_source():
    shown = json.loads(run("show", "paie.conges_spectacles", "--on", DAY, "--json").stdout)
    assert (shown["status"], shown["value"], shown["known_until"]) == ("known", "0.155", "2027-03-31")
    assert [value["from"] for value in shown["values"]] == ["2019-04-01", "2023-04-01", "2026-01-01"]
    assert {value["confidence"] for value in shown["values"]} == {"one_source"}


def test_show_names_the_closest_parameter():
    result = run("show", "paie.pmmss", "--on", DAY)
    assert (result.exit_code, result.stderr) == (
        2,
        "paramètre inconnu « paie.pmmss » ; vouliez-vous dire « paie.pmss » ?\n",
    )


def test_a_day_that_does_not_exist_is_refused():
    result = run("show", "paie.pmss", "--on", "2026-02-30")
    assert (result.exit_code, "2026-02-30" in result.stderr) == (2, True)


def test_check_finds_nothing_wrong_in_what_is_shipped():
    result = run("check", "--on", DAY, "--json")
    state = json.loads(result.stdout)
    assert (result.exit_code, state["problems"]) == (0, [])
    assert [row["id"] for row in state["stale"]] == ["paie.minimum_garanti"]
    day = date.fromisoformat(DAY)
    living = {p.id: p.value_on(day) for p in load_law().parameters() if not p.is_repealed_on(day)}
    assert state["uncertain"] == [
        name
        for name, value in living.items()
        if value and value.value and value.source.confidence == "uncertain"
    ]


def test_check_counts_what_a_new_year_makes_stale():
    lines = run("check", "--on", "2027-01-01").stdout.splitlines()
    assert "  paie.pmss, connu jusqu’au jeu. 31 déc. 2026" in lines
    assert "erreurs de données : 0" in lines


def test_check_tells_wrong_data_by_file_and_exit_code(tmp_path, monkeypatch):
    (tmp_path / "faux.yaml").write_text("label: x\n", encoding="utf-8")
    monkeypatch.setattr(law_cli, "load_law", lambda: law_of(tmp_path))
    result = run("check", "--on", DAY)
    assert result.exit_code == 3
    assert "  faux.yaml : champ « unit » absent" in result.stdout.splitlines()


def test_diff_names_what_changes_between_two_days():
    text = run("diff", "--from", "2026-05-31", "--to", "2026-06-01").stdout
    assert text.startswith(
        "entre le dim. 31 mai 2026 et le lun. 1er juin 2026, paramètres qui changent : 1\n"
    )
    assert [line.split()[0] for line in text.splitlines()[1:]] == ["paie.smic_horaire"]


def test_diff_compares_with_a_year_before_by_default():
    moved = json.loads(run("diff", "--to", DAY, "--json").stdout)
    assert (moved["from"], moved["to"]) == ("2025-11-22", DAY)
    rows = {
        row["id"]: (row["before"]["value"], row["after"]["value"], row["change"])
        for row in moved["parameters"]
    }
    assert rows["paie.pmss"] == ("3925", "4005", "80")
    assert rows["paie.maladie_employeur_reduit"] == ("0.07", None, None)


def test_diff_finds_nothing_between_a_day_and_itself():
    assert json.loads(run("diff", "--from", DAY, "--to", DAY, "--json").stdout)["parameters"] == []


@time_machine.travel("2026-12-31 23:30:00+00:00", tick=False)
def test_today_is_the_day_in_paris():
    assert today() == date(2027, 1, 1)


@pytest.mark.parametrize("day", ["2020-01-01", DAY, "2027-02-01"])
def test_every_json_has_the_published_shape(day):
    assert faults(json.loads(run("list", "--on", day, "--json").stdout), shape("law-list")) == []
    assert faults(json.loads(run("show", "paie.pmss", "--on", day, "--json").stdout), shape("law-show")) == []
    assert faults(json.loads(run("check", "--on", day, "--json").stdout), shape("law-check")) == []
    assert faults(json.loads(run("diff", "--to", day, "--json").stdout), shape("law-diff")) == []
