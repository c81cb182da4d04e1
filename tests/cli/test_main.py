"""The way every command starts, ends and fails."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from cli.commands import ROOT, filage, problems
from filage import __version__
from filage.cli import main

HEAVY = {
    "numpy", "ortools", "openpyxl", "typst", "django", "pydantic", "rich", "yaml", "lxml", "icalendar", "filage_web",
}  # fmt: skip
HELP = "from filage.cli.main import app; app(['--help'])"
LIST_MODULES = """
import sys
from filage.cli.main import app
try:
    app(sys.argv[1:])
except SystemExit:
    pass
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def modules_of(*words) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, *words], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return set(done.stderr.splitlines()[-1].split())


def test_help_imports_nothing_heavy():
    assert modules_of("--help") & HEAVY == set()


def test_a_price_imports_neither_the_office_nor_the_documents():
    assert (
        modules_of("price", "nowhere.json") & {"django", "filage_web", "openpyxl", "typst", "numpy"} == set()
    )


def test_help_names_every_command():
    done = filage("--help")
    office = {entry.name for entry in entry_points(group=main.OFFICE_GROUP)}
    listed = {line.split()[0] for line in done.stdout.partition("Commands:")[2].splitlines() if line.strip()}
    assert (done.exit_code, listed) == (0, {*main.COMMANDS, *office})


@pytest.mark.parametrize("name", main.COMMANDS)
def test_every_command_has_its_own_help(name):
    done = filage(name, "--help")
    assert (done.exit_code, done.stderr) == (0, "")
    assert main.COMMANDS[name].summary.split(" :")[0].rstrip(".") in " ".join(done.stdout.split())


def test_the_version_is_printed():
    assert filage("--version").stdout == f"Filage {__version__}\n"


def test_nothing_typed_shows_the_help_as_a_usage_error():
    done = filage()
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Commands:" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rewiev",), "commande inconnue « rewiev » ; vouliez-vous « filage review » ?"),
        (("xyzzy",), "commande inconnue « xyzzy » ; « filage --help » liste les commandes"),
        (("law", "shwo"), "commande inconnue « shwo » ; « filage law --help » donne l’usage"),
        (("review",), "FILE : manque ; « filage review --help » donne l’usage"),
        (("review", "a", "--scenarii", "x"), "--scenarii : option inconnue ; vouliez-vous --scenario ?"),
        (
            ("review", "a", "--on", "hier"),
            "--on : « hier » n’est pas un jour ; écrivez AAAA-MM-JJ, par exemple 2026-03-14",
        ),
        (("review", "a", "--on"), "--on : cette option attend une valeur"),
        (("schema", "b"), "« b » est de trop ; « filage schema --help » donne l’usage"),
        (
            ("review", "a", "--fail-on", "info"),
            "--fail-on : « info » n’est pas une gravité ; attendu : blocking ou warning",
        ),
    ],
)
def test_a_usage_error_is_told_in_french(words, said):
    done = filage(*words)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", said + "\n")


def test_with_json_a_usage_error_is_json():
    assert problems("review", "a", "--fial-on", "x") == [
        {"message": "option inconnue", "path": "--fial-on", "suggestion": "vouliez-vous --fail-on ?"}
    ]


def broken(*_, **__):
    secret = "1850578006084"
    raise RuntimeError(secret)


def test_an_unexpected_error_is_ours_and_keeps_its_text_to_itself(monkeypatch):
    monkeypatch.setattr("filage.facts.schema.dossier_schema", broken)
    monkeypatch.delenv("FILAGE_TRACEBACK", raising=False)
    done = filage("schema")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert done.stderr.startswith(
        "Filage s’est arrêté sur une erreur qui vient de lui (RuntimeError, test_main.py:"
    )
    assert "FILAGE_TRACEBACK=1" in done.stderr
    assert "1850578006084" not in done.stderr


def test_the_traceback_is_shown_on_demand(monkeypatch):
    monkeypatch.setattr("filage.facts.schema.dossier_schema", broken)
    monkeypatch.setenv("FILAGE_TRACEBACK", "1")
    done = filage("schema")
    assert done.exit_code == 3
    assert "Traceback (most recent call last)" in done.stderr


def test_an_unexpected_error_is_json_when_json_is_asked(monkeypatch):
    monkeypatch.setattr("filage.cli.shared.file_bytes", broken)
    monkeypatch.delenv("FILAGE_TRACEBACK", raising=False)
    done = filage("price", "x.json", "--json")
    assert done.exit_code == 3
    assert list(json.loads(done.stderr)) == ["error"]


def test_the_schema_of_a_dossier_is_a_json_schema():
    schema = json.loads(filage("schema").stdout)
    assert (schema["title"], schema["additionalProperties"]) == ("Dossier Filage", False)


def test_diff_says_what_is_wrong_with_both_files(tmp_path):
    done = filage("diff", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"))
    assert done.exit_code == 2
    assert ("a.yaml" in done.stderr, "b.yaml" in done.stderr) == (True, True)


RUN = "from filage.cli.main import app; app()"


def test_a_command_that_leaves_at_once_has_written_everything_and_keeps_its_code():
    written = subprocess.run(
        [sys.executable, "-c", RUN, "schema"], capture_output=True, text=True, check=True
    )
    refused = subprocess.run(
        [sys.executable, "-c", RUN, "review", "nowhere.yaml"], capture_output=True, text=True, check=False
    )
    assert json.loads(written.stdout)["title"] == "Dossier Filage"
    assert (refused.returncode, refused.stderr) == (2, "nowhere.yaml : ce fichier n’existe pas\n")
