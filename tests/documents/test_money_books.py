"""The follow-up and the cash plan as workbooks and on paper: live totals, nobody's pay told to a banker."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from documents.readers import at, formula_cells, recomputed
from filage.accounting.cash import cash_plan
from filage.accounting.cash_told import cash_workbook
from filage.accounting.follow import follow
from filage.accounting.follow_told import follow_workbook
from filage.documents.workbook_pdf import workbook_pdf
from filage.documents.xlsx import xlsx_bytes
from filage.kernel.changes import add
from filage.law import load_law
from support.dossiers import TODAY, reviewed


@pytest.fixture(scope="module")
def books():
    outcome = reviewed(
        add("commitment/c", label="=Atelier", line="budget_line/decor", amount="900", on="2026-09-01"),
        add("expense/e", label="+Bois", commitment="commitment/c", amount="400", vat="80", on="2026-09-10"),
    )
    plan = cash_plan(outcome, load_law(), TODAY)
    return {
        "follow": follow_workbook(follow(outcome, TODAY), outcome.dossier),
        "cash": cash_workbook(plan, outcome.dossier),
        "certain": cash_workbook(plan, outcome.dossier, "certain"),
    }


@pytest.mark.libreoffice
def test_a_spreadsheet_finds_the_same_totals(books, tmp_path):
    read = recomputed({name: xlsx_bytes(book, "0") for name, book in books.items()}, tmp_path)
    wrong = [
        (name, place, cell.value, found)
        for name, book in books.items()
        for place, cell in formula_cells(book).items()
        for found in [at(read[name], place)]
        if abs(Decimal(repr(found)) - Decimal(cell.value)) > Decimal("0.005")
    ]
    assert wrong == []


def test_the_months_of_the_plan_are_the_sums_of_its_movements(books):
    months, movements = books["cash"].sheets
    ends = [row.cells[4].value for row in months.rows if row.role == "line"]
    assert ends[-1] == sum(row.cells[5].value for row in movements.rows)


def test_nobody_s_pay_is_told(books):
    paper = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(workbook_pdf(books["cash"], "0"))).pages
    )
    assert "Salaires nets" in paper
    assert "Morel" not in paper


def test_paper_says_the_title_the_columns_and_the_lines(books):
    paper = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(workbook_pdf(books["follow"], "0"))).pages
    )
    for words in ("Petite forme, suivi", "Coût final", "Décor", "+Bois"):
        assert words in paper
