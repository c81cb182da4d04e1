"""Files of every sort opened, or refused with what to do."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from filage.budget.importing.grid import address, column_of
from filage.budget.importing.inside import inside_ods
from filage.budget.importing.read import read_budget
from filage.budget.importing.workbook import MAX_BYTES, read_workbook
from filage.kernel.errors import BadInput
from support.spreadsheets import saved, workbook

CSV = "Libellé;Nb;PU;Total\nDécor d’hiver;2;1 250,50 €;2 501,00\n"


def refusal(data, name="budget.xlsx"):
    with pytest.raises(BadInput) as error:
        read_workbook(data, name=name)
    return str(error.value)


def test_cells_are_named_as_a_spreadsheet_does():
    assert [address(12, column) for column in (0, 25, 26, 701, 702)] == [
        "A12",
        "Z12",
        "AA12",
        "ZZ12",
        "AAA12",
    ]
    assert [column_of(name) for name in ("A", "Z", "AA")] == [0, 25, 26]


def test_numbers_stay_exact_and_days_stay_days():
    [found] = read_workbook(workbook(Budget=[["Bois", 0.1 + 0.2, 3, date(2026, 1, 2), True]]), name="b.xlsx")
    assert found.rows[0].values == ("Bois", Decimal("0.3"), Decimal(3), date(2026, 1, 2), "oui")


def test_hidden_rows_and_sheets_are_marked_and_merged_cells_counted():
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    for cells in (["Budget"], ["Bois", 3], ["Caché", 4]):
        page.append(cells)
    page.merge_cells("A1:B1")
    page.row_dimensions[3].hidden = True
    book.create_sheet("Brouillon").sheet_state = "hidden"
    first, second = read_workbook(saved(book), name="b.xlsx")
    assert [row.hidden for row in first.rows] == [False, False, True]
    assert (first.merged, first.hidden, second.hidden) == (1, False, True)


def test_a_formula_never_computed_and_an_error_say_so():
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.append(["Bois", "=1+1", "#REF!"])
    page["C1"].data_type = "e"
    [found] = read_workbook(saved(book), name="b.xlsx")
    _, uncomputed, broken = found.rows[0].values
    assert uncomputed.text == "formule"
    assert "enregistrez" in uncomputed.reason
    assert (broken.text, broken.reason) == ("#REF!", "erreur de calcul du tableur")


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (CSV.encode(), ()),
        (b"\xef\xbb\xbf" + CSV.encode(), ()),
        (CSV.encode("utf-16"), ()),
        (CSV.encode("cp1252"), ("texte lu dans l’encodage de Windows (cp1252)",)),
        (CSV.replace(";", "\t").encode(), ()),
    ],
)
def test_a_text_table_is_read_whatever_its_encoding_and_separator(data, note):
    [found] = read_workbook(data, name="budget.csv")
    assert found.rows[1].values == ("Décor d’hiver", "2", "1 250,50 €", "2 501,00")
    assert (found.rows[1].number, found.notes) == (2, note)


def test_a_comma_inside_amounts_is_no_separator():
    [found] = read_workbook(b"Libelle;Montant\nBois;12,50\nToile;8,25\n", name="b.csv")
    assert [row.values for row in found.rows[1:]] == [("Bois", "12,50"), ("Toile", "8,25")]


def test_a_wrong_name_does_not_matter():
    assert read_workbook(workbook(Budget=[["Bois", 3]]), name="budget.csv")[0].name == "Budget"
    assert read_workbook(CSV.encode(), name="budget.xlsx")[0].rows[0].values[0] == "Libellé"


def archive(**parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "vide"),
        (b"x" * (MAX_BYTES + 1), "dépasse 20 Mo"),
        (b"%PDF-1.7 ...", "un PDF"),
        (b"\x89PNG....", "une image"),
        (b"\x00\x01\x02\x03", "ni un tableur ni un texte"),
        (b"un texte sans colonnes", "pas de colonnes"),
        (workbook(B=[["x", 1]])[:900], "abîmé"),
        (archive(word__document_xml="<w/>"), "un texte (Word, Writer)"),
        (archive(photo="x"), "une archive sans tableur"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "abîmé"),
        (b'a;b\n"jamais referm' + b"x" * 140_000, "guillemet"),
        (b"a;b\n" * 50_001, "plus de 50000 lignes"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_says_why(data, said):
    assert said in refusal(data)


def test_an_ods_under_a_password_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr("content.xml", b"\x00garbage")
        parts.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
    assert "mot de passe" in refusal(packed.getvalue())


def test_a_swelling_workbook_is_refused_before_it_is_opened():
    assert "enfle" in refusal(archive(xl__workbook_xml="<a/>", xl__bomb_xml=b"0" * 30_000_000))


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
 <office:body><office:spreadsheet><table:table table:name="Budget">
 <table:table-row table:number-rows-repeated="2">
 <table:table-cell><text:p>Bois</text:p></table:table-cell></table:table-row>
 <table:table-row table:visibility="collapse"><table:table-cell table:number-columns-repeated="2"/>
 <table:table-cell table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>
 </table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_ods_tells_its_hidden_rows_and_errors():
    with zipfile.ZipFile(io.BytesIO(archive(content_xml=ODS))) as packed:
        found = inside_ods(packed)["Budget"]
    assert found.hidden == {3}
    assert found.flaws[3][2].text == "#DIV/0!"


def test_the_sheet_that_looks_like_a_budget_is_chosen_and_a_wrong_name_refused():
    data = workbook(Notes=[["à", "revoir"]] * 40, Prévisionnel=[["Libellé", "Montant"], ["Bois", 12]])
    assert read_budget(data, name="b.xlsx").sheet == "Prévisionnel"
    with pytest.raises(BadInput, match="vouliez-vous « Prévisionnel »"):
        read_budget(data, name="b.xlsx", sheet="Previsionel")


def test_an_empty_workbook_says_so():
    with pytest.raises(BadInput, match="aucune ligne"):
        read_budget(workbook(Vide=[]), name="b.xlsx")
