"""`filage read-budget`: what is understood of a spreadsheet, its shape, what is wrong in what was asked."""

from __future__ import annotations

import pytest

from cli.commands import faults, filage, printed, problems

CSV = "N°;Libellé;Nb;PU;Total\n1;Bois;2;5,50 €;11,00\n2;Divers;;;voir Bob\n3;Toile;2;4;9\n;Total;;;20\n"


@pytest.fixture
def budget(tmp_path):
    path = tmp_path / "budget.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_the_json_has_its_published_shape(budget) -> None:
    found = printed("read-budget", budget)
    assert faults("read-budget", found) == []
    assert [(line["label"], line["quantity"], line["amount"]) for line in found["lines"]] == [
        ("Bois", "2", "11.00"),
        ("Toile", "1", "9.00"),
    ]
    assert [(one["cell"], one["reason"]) for one in found["refused"]] == [
        ("E3", "montant illisible : « voir Bob »")
    ]
    assert [(one["stated"], one["found"], one["difference"]) for one in found["totals"]] == [
        ("20.00", "20.00", "0.00")
    ]


def test_the_columns_may_be_told_and_the_product_kept(budget) -> None:
    found = printed(
        "read-budget", budget, "--columns", "skip,label,quantity,unit_price,amount", "--keep", "product"
    )
    assert found["expense"] == "19.00"
    assert found["columns"][0]["role"] == "skip"


def test_it_is_shown_to_a_person(budget) -> None:
    shown = " ".join(filage("read-budget", budget).stdout.replace("\u00a0", " ").split())
    for words in ("2 lignes, 1 refusées", "Bois · 11,00 €", "refusée, Divers", "Charges 20,00 €"):
        assert words in shown, words


def test_a_wrong_role_and_a_wrong_sheet_are_told(budget) -> None:
    told = problems("read-budget", budget, "--columns", "labl,montant")
    assert [problem["path"] for problem in told] == ["--columns", "--columns"]
    assert "label" in told[0]["suggestion"]
    [sheet] = problems("read-budget", budget, "--sheet", "Autre")
    assert "il n’y a pas de feuille « Autre »" in sheet["message"]
