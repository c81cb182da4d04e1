"""A grid pasted as CSV: what a person writes is read, each bad row is refused by its line."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.payroll.minimum_csv import COLUMNS, REQUIRED, read_grid_csv

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "minima.md").read_text("utf-8")
HEAD = "emploi;unité;montant"


def read(*lines):
    rows, problems = read_grid_csv("\n".join(lines))
    return rows, [(problem.line, problem.path) for problem in problems]


def test_the_example_of_the_guide_is_read_whole():
    example = [line.strip() for line in GUIDE.splitlines() if line.startswith("    ") and ";" in line]
    rows, problems = read_grid_csv("\n".join(example))
    assert problems == ()
    assert [(row.unit, row.amount, row.dates_from, row.dates_to, row.contract) for row in rows] == [
        ("cachet", Decimal("165.00"), 1, 2, None),
        ("cachet", Decimal("143.50"), 3, None, None),
        ("service", Decimal(62), None, None, "cdd"),
    ]


def test_every_column_of_the_guide_is_read():
    named = {re.sub("é|è|ê", "e", name) for name in re.findall(r"`([^`]+)`", GUIDE.split("| Colonne")[1])}
    written = named - {'filage minimum --idcc 1285 --job "artiste dramatique"', "filage minimum"}
    known = {name for field, names in COLUMNS.items() for name in (field, *names)}
    assert sorted(name for name in written if name not in known and " " not in name) == []
    assert {names[0] if names else field for field, names in COLUMNS.items() if field in REQUIRED} <= known


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1 162,75 €", "1162.75"),
        ("1\u202f162,75", "1162.75"),
        ("162.75", "162.75"),
        ("162", "162"),
        ("12,5EUR", "12.5"),
    ],
)
def test_an_amount_is_read_as_french_people_write_it(written, amount):
    assert read(HEAD, f"A;cachet;{written}")[0][0].amount == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [("1-7", 1, 7), ("8 à 16", 8, 16), ("17+", 17, None), ("17 et plus", 17, None), ("≥ 3", 3, None),
     ("4 au plus", None, 4), ("2", 2, 2)],
)  # fmt: skip
def test_a_range_of_dates_or_seats_is_read(written, low, high):
    [row] = read("emploi;unite;montant;dates;places", f"A;cachet;10;{written};{written}")[0]
    assert (row.dates_from, row.dates_to, row.seats_from, row.seats_to) == (low, high, low, high)


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("Cachet", "cachet"),
        ("journée", "day"),
        ("Mensuel", "month"),
        ("HEBDO", "week"),
        ("h", "hour"),
        ("service", "service"),
    ],
)
def test_a_unit_is_read_in_french(word, unit):
    assert read(HEAD, f"A;{word};10")[0][0].unit == unit


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_columns_are_separated_by_any_usual_sign(separator):
    rows, problems = read(
        separator.join(("Fonction", "Par", "Minimum")), separator.join(("A", "jour", "12.50"))
    )
    assert ([(row.job, row.amount) for row in rows], problems) == ([("A", Decimal("12.50"))], [])


def test_a_bad_row_is_refused_by_its_line_and_the_others_go_on():
    rows, problems = read(
        f"{HEAD};dates", "A;cachet;10;1-2", "B;lune;10;", "C;cachet;dix;", ";cachet;10;", "", "D;cachet;10;9-3",
        "E;cachet;10;huit", "F;cachet;0;", "G;cachet;20;",
    )  # fmt: skip
    assert [row.job for row in rows] == ["A", "G"]
    assert problems == [
        (3, "unite"), (4, "montant"), (5, "emploi"), (7, "dates"), (8, "dates"), (9, "montant"),
    ]  # fmt: skip


def test_a_refused_unit_says_which_words_are_read():
    _, [problem] = read_grid_csv(f"{HEAD}\nB;lune;10")
    assert problem.expected == "l’un de : mois, semaine, jour, heure, service, cachet"


def test_a_refused_amount_is_told_as_it_was_typed():
    _, [problem] = read_grid_csv(f"{HEAD}\nC;cachet;dix")
    assert problem.message == "« dix » ne se lit pas"
    assert problem.expected == "un montant en euros, par exemple 162,75"


def test_a_decimal_comma_between_commas_is_told():
    _, problems = read_grid_csv("emploi,unite,montant\nA,jour,12,50\n")
    assert [(problem.line, "séparez par ;" in problem.suggestion) for problem in problems] == [(2, True)]


def test_missing_columns_are_all_told():
    rows, problems = read_grid_csv("emploi;couleur\nA;bleu")
    assert rows == ()
    assert "« unite » et la colonne « montant »" in problems[-1].message
    assert problems[0].message == "colonne inconnue « couleur »"


@pytest.mark.parametrize("text", ["", "\n\n", ";;\n"])
def test_an_empty_paste_is_told(text):
    rows, [problem] = read_grid_csv(text)
    assert (rows, problem.message) == ((), "la grille est vide")


@given(st.text(max_size=200))
def test_any_text_gives_rows_or_problems_never_an_error(text):
    rows, problems = read_grid_csv(text)
    assert rows or problems


@given(st.text(max_size=60))
def test_any_row_gives_a_row_or_a_problem(text):
    rows, problems = read_grid_csv(f"{HEAD}\nA;cachet;10\n{text.replace(chr(10), ' ')}")
    assert (rows[0].job, rows[0].amount) == ("A", Decimal(10)) or problems
