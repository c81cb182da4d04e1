"""The workbook: what LibreOffice recomputes, what it refuses to execute, how it prints."""

import io
import re
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from documents.readers import at, formula_cells, recomputed
from filage.documents.xlsx import HEAD_ROW, xlsx_bytes
from filage.facts.reading import read_dossier
from filage.kernel.changes import add, remove, set_
from filage.kernel.table import Cell, Column, Row, Sheet, Workbook
from filage.law import load_law
from filage.review import review
from filage.review.book import workbook_of
from support.dossiers import TODAY, reviewed, small

CENT = Decimal("0.005")
RISKY = ("=1+1", "+33 1", "-12", "@SUM(A1)", '=HYPERLINK("http://x")')
HARD = (
    add("variable/nb", name_text="nb2", value="3"),
    add("variable/min", name_text="min", value="nb2 + 1"),
    add("variable/days", name_text="days", value="2"),
    add("variable/now", name_text="now", value="days * 2"),
    add("budget_line/jours", label="Jours", post="30", quantity="now", unit_price="days * 1.5"),
    add("variable/r", name_text="r", value="ceil(nb2 / 2) * 10"),
    add("budget_line/tva", label="Fonctions", post="30", quantity="max(nb2, min)", unit_price="r / 3"),
    add("budget_line/dons", label="Dons", side="income", post="produits", unit_price="12.345"),
    add("budget_line/gratuit", label="Gratuit", post="99", unit_price="0"),
    add("line_override/nuits", line="stay/dole", amount="100", computed_when_set="136", reason="devis de l’hôtel"),
    add("line_override/decor", line="line/decor", amount="1500", reason="remise"),
    set_("position/marie", people="2"),
    set_(
        "position/marie",
        forecast=[{"phase": "exploitation", "unit": "cachet", "quantity": "nb_dates", "unit_pay": "160.33"}],
    ),
    add("event/rep", type="rehearsal", day="2026-11-03", venue="venue/ecluse", phase="production"),
    add("budget_line/benevoles", label="Bénévoles", post="99", quantity="nb2", unit_price="12.02", valued=True),
    add("budget_line/dons-temps", label="Temps donné", side="income", post="99", unit_price="30", valued=True),
    add("budget_line/location", label="Location", post="30", quantity="nb2", unit_price="33.33", vat_rate="0.2",
        vat_kept=True),
    add("budget_group/film", label="Captation", off=True),
    add("budget_group/decor", label="Décor"),
    add("budget_line/captation", label="Captation", post="30", quantity="nb2", unit_price="500"),
    add("line_detail/captation", line="line/captation", group="budget_group/film"),
    add("line_detail/decor", line="line/decor", group="budget_group/decor"),
    add("line_detail/repas", line="meal/dole", group="budget_group/film"),
    add("line_detail/aide", line="funding/adami", group="budget_group/film"),
    add("budget_line/frais", label="Frais généraux", post="61", share_of=["30", "60"], rate="0.07",
        share_except=["line/location"], vat_rate="0.055", vat_kept=True),
    add("participation/elie-rep", event="event/rep", engagement="engagement/elie"),
)  # fmt: skip


PRICINGS = {
    "cost-and-price": {
        "structure_mode": "rate_of_cost", "structure_value": "0.1", "margin_mode": "on_price", "margin_rate": "0.08",
    },
    "rates-of-price": {
        "structure_mode": "rate_of_price", "structure_value": "0.12", "margin_rate": "0.05", "performances": "20",
    },
    "typed-setup": {"setup_cost": "250 * 2", "series": ["1", "3", "7"]},
}  # fmt: skip


def built(outcome):
    book = workbook_of(outcome)
    return book, xlsx_bytes(book, "0.1.0")


def changed_by_hand():
    """The small workbook after somebody typed another price in the cell of a variable."""
    page = openpyxl.load_workbook(io.BytesIO(built(reviewed())[1]))
    sheet, address = next(page.defined_names["devis_decor"].destinations)
    page[sheet][address] = 2000
    changed = io.BytesIO()
    page.save(changed)
    return changed.getvalue()


@pytest.fixture(scope="module")
def outcomes(woyzeck):
    found = {"small": reviewed(), "hard": reviewed(*HARD), "example": woyzeck}
    return found | {name: reviewed(set_("production/petite", pricing=how)) for name, how in PRICINGS.items()}


@pytest.fixture(scope="module")
def computed(outcomes, tmp_path_factory):
    """Every workbook as LibreOffice computes it, in one run."""
    contents = {name: built(outcome)[1] for name, outcome in outcomes.items()}
    return recomputed(contents | {"changed": changed_by_hand()}, tmp_path_factory.mktemp("calc"))


def differences(outcome, found):
    """The formulas that LibreOffice does not compute as the outcome says."""
    cells = formula_cells(workbook_of(outcome))
    wrong = {}
    for place, cell in cells.items():
        value = at(found, place)
        if not isinstance(value, (int, float)) or abs(Decimal(repr(value)) - cell.value) >= CENT:
            wrong[place] = (cell.formula.text, cell.value, value)
    assert len(cells) > 20
    return wrong


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["small", "hard", "example", *PRICINGS])
def test_libreoffice_recomputes_every_formula_to_the_cent(name, outcomes, computed):
    assert differences(outcomes[name], computed[name]) == {}


def test_the_hard_one_has_forecasts_overrides_and_pay_split_over_two_budgets(outcomes):
    hard = outcomes["hard"]
    assert {cost.basis for cost in hard.costs} == {"planifié", "prévu"}
    assert [cost.about for cost in hard.costs if len(cost.by_phase) > 1] == ["engagement/elie"]
    assert [row.id for row in hard.budget.rows if row.override] == ["stay/dole", "line/decor"]


@pytest.mark.libreoffice
def test_the_example_comes_to_the_same_totals(outcomes, computed):
    woyzeck = outcomes["example"]
    keys = {cell.key: place for place, cell in formula_cells(workbook_of(woyzeck)).items()}
    totals = {
        "total/expense": woyzeck.budget.expense,
        "total/income": woyzeck.budget.income,
        "total/balance": woyzeck.budget.balance,
        "gap/full": woyzeck.plan.gap,
        "gap/weighted": woyzeck.plan.gap_weighted,
        "price/unit/0": woyzeck.price.prices[0].unit_price,
    }
    read = {key: Decimal(repr(round(at(computed["example"], keys[key]), 6))) for key in totals}
    assert read == totals


@pytest.mark.libreoffice
def test_a_variable_changed_in_the_sheet_gives_what_a_review_gives(computed):
    after = reviewed(set_("variable/devis", value="2000"))
    assert differences(after, computed["changed"]) == {}
    assert after.budget.balance != reviewed().budget.balance


def test_the_values_are_there_without_computing_anything():
    book, content = built(reviewed())
    read = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    wrong = {
        place: cell.value
        for place, cell in formula_cells(book).items()
        if abs(Decimal(repr(read[place[0]].cell(place[1] + 1, place[2] + 1).value)) - cell.value) >= CENT
    }
    assert wrong == {}


def test_the_same_outcome_gives_the_same_bytes():
    assert built(reviewed())[1] == built(reviewed())[1]


def test_a_text_that_looks_like_a_formula_is_written_as_text():
    outcome = reviewed(
        *(
            add(f"budget_line/risk-{number}", label=text, unit=text, account=text, post="30", unit_price="1")
            for number, text in enumerate(RISKY)
        ),
        set_("employer/fil", label=RISKY[0]),
    )
    _, content = built(outcome)
    page = openpyxl.load_workbook(io.BytesIO(content))["Budget"]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value in RISKY]
    assert len(cells) == 3 * len(RISKY)
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_a_text_keeps_no_character_a_workbook_cannot_hold():
    sheet = Sheet("Un", "", (Column("A", 10),), (Row((Cell("a\x01b\ufffec"),)),))
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(Workbook("t", "a", TODAY, (sheet,)), "0")))
    assert page["Un"].cell(HEAD_ROW + 1, 1).value == "a b c"


def test_no_formula_of_the_example_names_another_file_or_runs_anything(woyzeck):
    _, content = built(woyzeck)
    page = openpyxl.load_workbook(io.BytesIO(content))
    texts = [
        cell.value for sheet in page for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert [text for text in texts if "[" in text or "http" in text or "{" in text] == []
    allowed = {"SUM", "ROUND", "MAX", "MIN", "INT", "IF"}
    called = {word for text in texts for word in re.findall(r"([A-Z]+)\(", text)}
    assert called - allowed == set()


def test_every_sheet_is_ready_to_print():
    _, content = built(reviewed())
    page = openpyxl.load_workbook(io.BytesIO(content))
    assert page.sheetnames == [
        "Budget", "Variables", "Paie", "Prix de cession", "Financement", "Contrôles", "Sources",
    ]  # fmt: skip
    for sheet in page:
        assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.freeze_panes == f"B{HEAD_ROW + 1}"
        assert sheet.oddFooter.right.text == "&P / &N"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_an_override_shows_the_computed_amount_beside():
    _, content = built(
        reviewed(add("line_override/nuits", line="stay/dole", amount="100", reason="devis de l’hôtel"))
    )
    page = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Budget"]
    row = next(row for row in page.iter_rows(values_only=True) if row[10] == "stay/dole")
    assert (row[4], row[5], row[6]) == (100, 136, "remplacé")
    assert row[9] == "remplacé à la main (calculé : 136,00\xa0€) : devis de l’hôtel"


def test_an_empty_production_has_sheets_that_say_what_will_come():
    empty = "schema: filage/1\nemployer: {id: a, label: A}\nproduction: {id: b, label: B, form: dance}\n"
    outcome = review(read_dossier(empty.encode(), file="vide.yaml"), load_law(), date(2026, 10, 12))
    book, content = built(outcome)
    page = openpyxl.load_workbook(io.BytesIO(content))
    said = {sheet.title: sheet.cell(HEAD_ROW + 1, 1).value for sheet in page}
    assert said["Budget"].startswith("Aucune ligne pour l’instant")
    assert said["Paie"].startswith("Aucune paie pour l’instant")
    assert said["Prix de cession"].startswith("Aucune date à vendre pour l’instant")
    assert said["Financement"].startswith("Aucune source pour l’instant")
    assert {cell.value for cell in formula_cells(book).values()} == {Decimal(0)}


def test_a_production_without_creation_costs_still_has_its_price():
    removed = [remove(f"budget_line/{ident}") for ident in ("decor", "imprevus")]
    outcome = reviewed(*removed)
    assert outcome.price is not None
    assert "price/creation" not in {cell.key for cell in formula_cells(workbook_of(outcome)).values()}
    assert small(*removed).production.id == "petite"
