"""Changes, findings, problems and words: the small values every area shares."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from filage.kernel.changes import Change, add, remove, set_
from filage.kernel.errors import BadInput, FilageError, LawNotCovered, Problem
from filage.kernel.finding import Finding, Remedy, by_severity
from filage.kernel.text import closest, fold


def test_a_change_knows_its_kind_and_id() -> None:
    change = set_("budget_line/decor", unit_price="8400")
    assert (change.op, change.kind, change.id, change.values) == (
        "set",
        "budget_line",
        "decor",
        {"unit_price": "8400"},
    )
    assert add("venue/a", label="A").op == "add"
    assert remove("venue/a") == Change(op="remove", about="venue/a")
    assert set_("venue/a", clear=("city",)).clear == ("city",)


@pytest.mark.parametrize(
    "about", ["decor", "budget_line/", "/decor", "Budget/decor", "venue/A", "venue/a/b", "venue/" + "a" * 65]
)
def test_a_change_is_about_a_kind_and_an_id(about) -> None:
    with pytest.raises(ValidationError):
        remove(about)


def test_findings_come_worst_first_and_once() -> None:
    info = Finding("a.info", "info", "venue/a", "Note.")
    late = Finding("b.late", "warning", "venue/b", "En retard.")
    breach = Finding(
        "z.breach", "blocking", "venue/c", "Interdit.", remedies=(Remedy("Renoncer", Decimal(0)),)
    )
    again = Finding("b.late", "warning", "venue/b", "En retard.", remedies=(Remedy("Relancer"),))
    assert by_severity([info, late, breach, again]) == (breach, again, info)


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = Problem(
        "« nom » est inconnu ici", "people[0].nom", "a.yaml", 12, "Prénom", "vouliez-vous « city » ?"
    )
    assert str(problem) == (
        "a.yaml:12 people[0].nom : « nom » est inconnu ici ; attendu : Prénom ; vouliez-vous « city » ?"
    )
    assert str(Problem("trop long")) == "trop long"
    assert Problem("trop long", file="a").as_json() == {"message": "trop long", "file": "a"}


def test_bad_input_holds_every_problem() -> None:
    both = BadInput([Problem("un"), Problem("deux")])
    assert (str(both), len(both.problems)) == ("un\ndeux", 2)
    assert BadInput("seul").problems == BadInput(Problem("seul")).problems
    assert isinstance(both, FilageError)


def test_a_day_the_law_does_not_cover_is_named() -> None:
    assert str(LawNotCovered("paie.pmss", date(2027, 1, 1), "valeur 2027 inconnue")) == (
        "paie.pmss au 2027-01-01 : valeur 2027 inconnue"
    )


@pytest.mark.parametrize(
    ("text", "folded"), [("Élie", "elie"), ("ŒUVRE", "oeuvre"), ("Straße", "strasse"), ("ﬁn", "fin")]
)
def test_folding_drops_case_accents_and_ligatures(text, folded) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("word", "found"), [("statut", "status"), ("Élie", "elie"), ("venus", "venue"), ("zzz", None), ("", None)]
)
def test_the_nearest_word_is_found_or_none(word, found) -> None:
    assert closest(word, ["status", "elie", "venue"]) == found
