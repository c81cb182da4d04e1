"""The budget asked for on the command line: printed, in JSON, in a workbook, in PDF, beside others."""

import pytest
from python_calamine import CalamineWorkbook

from cli.commands import DAY, SHORT_FILM, WOYZECK, faults, filage, printed, problems
from filage.budget.views import views

ON = ("--on", DAY)


def test_a_presentation_meets_its_shape_and_adds_up_to_the_review():
    review = printed("review", WOYZECK, *ON)["budget"]
    for view in ("spectacle", "plan_comptable"):
        found = printed("budget", WOYZECK, "--view", view, *ON)
        assert faults("budget", found) == []
        assert [part["amount"] for part in found["parts"]][:2] == [review["expense"], review["income"]]
        assert found["balance"] == review["balance"]


def test_the_form_without_cents_keeps_the_exact_amount_of_each_line():
    found = printed("budget", WOYZECK, "--view", "cerfa_12156", *ON)
    assert faults("budget", found) == []
    assert all(part["amount"].endswith(".00") for part in found["parts"])


def test_without_a_name_the_presentation_is_that_of_the_trade():
    assert printed("budget", WOYZECK, *ON)["view"]["id"] == "spectacle"
    assert printed("budget", SHORT_FILM, *ON)["view"]["id"] == "cnc_cinema"


def test_the_presentations_are_listed():
    found = printed("budget", WOYZECK, "--views")
    assert faults("budget-views", found) == []
    assert [one["id"] for one in found["views"]] == [view.id for view in views()]
    assert "(d’usage ici)" in filage("budget", WOYZECK, "--views").stdout


def test_a_wrong_presentation_is_refused_with_the_nearest():
    (problem,) = problems("budget", WOYZECK, "--view", "cerfa_1256")
    assert problem["suggestion"] == "vouliez-vous cerfa_12156 ?"


def test_budgets_are_compared_with_their_differences():
    found = printed("budget", WOYZECK, "--compare", SHORT_FILM, "--compare", WOYZECK, *ON)
    assert faults("budget-compare", found) == []
    assert found["names"] == ["Woyzeck (1)", "La dernière navette", "Woyzeck (3)"]
    assert all(row["changes"][1] == "0.00" for row in found["rows"])


def test_more_than_four_budgets_are_refused():
    (problem,) = problems("budget", WOYZECK, *["--compare", SHORT_FILM] * 4)
    assert problem["message"] == "on compare quatre budgets au plus ; il y en a 5"


def test_a_scenario_is_named_on_paper_and_counts(tmp_path):
    found = printed("budget", WOYZECK, "--scenario", "decor-plie", *ON)
    assert found["parts"][0]["amount"] != printed("budget", WOYZECK, *ON)["parts"][0]["amount"]


def test_a_workbook_and_a_pdf_are_written(tmp_path):
    xlsx, pdf = tmp_path / "b.xlsx", tmp_path / "b.pdf"
    done = filage("budget", WOYZECK, "--view", "cerfa_12156", "--xlsx", xlsx, "--pdf", pdf, *ON)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert pdf.read_bytes().startswith(b"%PDF")
    names = CalamineWorkbook.from_path(str(xlsx)).sheet_names
    assert names == ["Récapitulatif", "CERFA 12156", "Budget", "Variables", "Paie"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.pdf", "b.xlsx"]


def test_a_comparison_is_written(tmp_path):
    xlsx, pdf = tmp_path / "c.xlsx", tmp_path / "c.pdf"
    assert (
        filage("budget", WOYZECK, "--compare", SHORT_FILM, "--xlsx", xlsx, "--pdf", pdf, *ON).exit_code == 0
    )
    assert CalamineWorkbook.from_path(str(xlsx)).sheet_names == ["Comparaison"]


@pytest.mark.parametrize("option", ["--xlsx", "--pdf"])
def test_a_file_that_cannot_be_written_is_said_with_its_path(option, tmp_path):
    (problem,) = problems("budget", WOYZECK, option, tmp_path / "nulle" / "part", *ON)
    assert problem["message"].startswith("impossible d’y écrire")
    assert problem["path"].endswith("/nulle/part")


def test_a_folder_in_place_of_the_file_is_refused_and_left_alone(tmp_path):
    (tmp_path / "dossier").mkdir()
    (problem,) = problems("budget", WOYZECK, "--pdf", tmp_path / "dossier", *ON)
    assert problem["message"].startswith("impossible d’y écrire")
    assert [path.name for path in tmp_path.iterdir()] == ["dossier"]


def test_the_terminal_says_what_has_no_place_and_what_is_to_check():
    shown = filage("budget", SHORT_FILM, "--view", "festival", "--detail", *ON).stdout
    assert "Sans place dans cette présentation" in shown
    assert "d’après leur libellé, à vérifier" in shown
    assert "Achat du scénario" in shown
