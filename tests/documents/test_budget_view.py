"""Presentations on paper and in a spreadsheet: the same totals, computed again by LibreOffice."""

import io
import re

import pytest
from pypdf import PdfReader

from cli.commands import ROOT
from documents.readers import at, formula_cells, pdf_text, recomputed
from filage.budget.views import view_named, views
from filage.budget.views.paper import paper_of
from filage.budget.views.side_by_side import compared_sheet, side_by_side
from filage.documents.budget_view import compared_pdf, top_sheet_pdf, view_pdf
from filage.documents.xlsx import xlsx_bytes
from filage.facts.reading import read_dossier
from filage.kernel import french
from filage.kernel.changes import add
from filage.kernel.table import Workbook
from filage.law import load_law
from filage.review import review
from filage.review.view_book import laid_out, view_workbook
from support.dossiers import TODAY, reviewed

FILM = ROOT / "examples" / "court-metrage.filage.yaml"


@pytest.fixture(scope="module")
def film():
    return review(read_dossier(FILM.read_bytes(), file=FILM.name), load_law(), TODAY)


def paper(outcome, state=""):
    return paper_of(outcome.dossier, outcome.on, state)


def figures(content, folder):
    """The text of a PDF, one space between words, none inside numbers."""
    text = re.sub(r"(?<=[0-9])[\u202f\u2009](?=[0-9])", "", pdf_text(content, folder))
    return re.sub(r"\s+", " ", re.sub(r"(?<=[0-9]) (?=[0-9]{3}\b)", "", text))


@pytest.mark.libreoffice
def test_every_amount_is_the_one_a_spreadsheet_computes(woyzeck, film, tmp_path):
    in_kind = reviewed(
        add("budget_line/b", label="Bénévoles", post="70", unit_price="300.40", valued="true"),
        add("line_override/o", line="pay/dana/exploitation", amount="1000", reason="x"),
    )
    books = {"cerfa": view_workbook(woyzeck, view_named("cerfa_12156")),
             "spectacle": view_workbook(woyzeck, view_named("spectacle")),
             "cnc": view_workbook(film, view_named("cnc_cinema")),
             "petite": view_workbook(in_kind, view_named("cerfa_12156"))}  # fmt: skip
    read = recomputed({name: xlsx_bytes(book, "1") for name, book in books.items()}, tmp_path)
    counted = 0
    for name, book in books.items():
        for place, cell in formula_cells(book).items():
            counted += 1
            assert float(at(read[name], place) or 0) == pytest.approx(float(cell.value or 0), abs=0.006), (
                name,
                cell,
            )
    assert counted > 2000


@pytest.mark.parametrize("view", views(), ids=lambda view: view.id)
def test_headings_of_a_workbook_are_formulas(view, woyzeck):
    book = view_workbook(woyzeck, view)
    page = book.sheets[1]
    totals = [cell for row in page.rows if row.role == "section" for cell in row.cells if cell.key]
    assert totals
    assert all(cell.formula is not None for cell in totals)


def test_three_presentations_of_the_example_say_the_same_total(woyzeck, tmp_path):
    budget = woyzeck.budget
    for name, decimals in (("spectacle", 2), ("plan_comptable", 2), ("cerfa_12156", 0)):
        text = figures(view_pdf(laid_out(woyzeck, view_named(name)), paper(woyzeck), "1"), tmp_path)
        assert (
            f"Total des charges {french.number(budget.expense, decimals).replace(french.THIN, '')} " in text
        )
        assert (
            f"Total des produits {french.number(budget.income, decimals).replace(french.THIN, '')} " in text
        )


def test_a_form_shows_its_blanks_and_nobody_s_pay(woyzeck, tmp_path):
    text = pdf_text(view_pdf(laid_out(woyzeck, view_named("cerfa_12156")), paper(woyzeck), "1"), tmp_path)
    assert "Conseil départemental" in text
    assert "DRAC Bourgogne-Franche-Comté" in text
    assert "Dana Morel" not in text


def test_doubts_are_numbered_and_told(film, tmp_path):
    text = pdf_text(view_pdf(laid_out(film, view_named("cnc_cinema")), paper(film), "1"), tmp_path)
    assert "Intitulé reconstitué d’après l’usage" in text
    assert "Placée d’après son libellé" in text
    assert "relu le dim. 22 nov. 2026" in text


def test_the_page_to_read_first_is_one_page_and_names_what_is_missing(woyzeck, film, tmp_path):
    for outcome in (woyzeck, film):
        for view in views():
            content = top_sheet_pdf(laid_out(outcome, view), paper(outcome, "scénario « Sans aide »"), "1")
            text = pdf_text(content, tmp_path)
            assert len(PdfReader(io.BytesIO(content)).pages) == 1
            assert "À trouver" in text
            assert "scénario « Sans aide »" in text


def test_a_comparison_on_paper_shows_what_differs(tmp_path):
    view = view_named("spectacle")
    one, two = reviewed(), reviewed(add("budget_line/p", label="Piano", post="30", unit_price="400"))
    found = side_by_side([("Sans piano", laid_out(one, view)), ("Avec", laid_out(two, view))])
    text = pdf_text(compared_pdf(found, paper(one), "1"), tmp_path)
    assert "Piano" in text
    assert "+400,00" in text
    same = side_by_side([("Un", laid_out(one, view)), ("Deux", laid_out(one, view))])
    assert "disent la même chose" in pdf_text(compared_pdf(same, paper(one), "1"), tmp_path)


def test_a_text_that_a_spreadsheet_would_run_stays_a_text(tmp_path):
    outcome = reviewed(add("budget_line/p", label="=1+1", post="30", unit_price="400"))
    laid = laid_out(outcome, view_named("spectacle"))
    book = Workbook("t", "a", TODAY, (compared_sheet(side_by_side([("=2", laid), ("+3", laid)])),))
    content = xlsx_bytes(book, "1")
    from openpyxl import load_workbook

    (tmp_path / "b.xlsx").write_bytes(content)
    page = load_workbook(tmp_path / "b.xlsx")["Comparaison"]
    assert [cell.data_type for cell in page[4]][:3] == ["s", "s", "s"]
    assert all(cell.data_type != "f" for cell in page["A"])


def test_the_same_presentation_gives_the_same_bytes(woyzeck):
    laid = laid_out(woyzeck, view_named("cerfa_12156"))
    assert view_pdf(laid, paper(woyzeck), "1") == view_pdf(laid, paper(woyzeck), "1")
