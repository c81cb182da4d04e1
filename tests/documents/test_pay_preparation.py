"""The files of a month's pay: same bytes twice, nothing executable, nothing private unless asked."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from filage.documents.pay_preparation import csv_bytes, pay_file, pay_files, pay_names
from filage.kernel.changes import set_
from filage.kernel.errors import BadInput
from filage.law import load_law
from filage.payroll.preparation import Paid, preparation
from filage.review import review
from filage.review.pay_contents import pay_contents
from support.dossiers import TODAY, small

NAMES = (
    "paie-2026-11.xlsx", "paie-2026-11.csv", "aem-2026-11.csv", "conges-spectacles-2026-11.csv",
    "decomptes-2026-11.pdf",
)  # fmt: skip


def contents(*changes, month: str = "2026-11"):
    outcome = review(small(*changes), load_law(), TODAY)
    paid = [Paid(outcome.dossier, outcome.costs)]
    return pay_contents(preparation(paid, month), paid, load_law(), TODAY)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_the_files_of_a_month_are_named_after_it() -> None:
    assert pay_names(contents()) == NAMES
    assert pay_names(contents(month="2026-12")) == NAMES_WITHOUT_HOURS


NAMES_WITHOUT_HOURS = tuple(name.replace("-11", "-12") for name in NAMES[:-1])


def test_the_same_preparation_gives_the_same_bytes() -> None:
    assert pay_files(contents(), "1.0") == pay_files(contents(), "1.0")


def test_another_name_is_refused() -> None:
    with pytest.raises(BadInput, match="n’est pas un fichier de cette paie"):
        pay_file(contents(), "paie-2026-12.xlsx", "1.0")


def test_the_table_reads_back_with_decimal_commas_and_french_days() -> None:
    head, first, second = read(pay_file(contents(), "paie-2026-11.csv", "1.0"))
    row = dict(zip(head, first, strict=True))
    assert [row[key] for key in ("nom", "du", "brut", "cachets_isoles", "taux_at")] == [
        "Morel", "05/11/2026", "480,00", "3", "0,0112",
    ]  # fmt: skip
    assert len(second) == len(head)


def test_what_a_user_typed_is_never_a_formula() -> None:
    wild = contents(set_("person/dana", family_name="=CMD()"))
    table = read(pay_file(wild, "paie-2026-11.csv", "1.0"))
    assert "'=CMD()" in [cell for line in table for cell in line]
    book = openpyxl.load_workbook(io.BytesIO(pay_file(wild, "paie-2026-11.xlsx", "1.0")))
    assert [cell.data_type for line in book["Paie"] for cell in line if cell.value == "=CMD()"] == ["s"]


def test_numbers_below_zero_stay_numbers() -> None:
    assert csv_bytes([(Decimal("-1.50"), "-1.50", None, 3)]).decode("utf-8-sig") == "-1,50;'-1.50;;3\r\n"


def test_the_workbook_holds_pay_control_both_declarations_and_what_is_left() -> None:
    book = openpyxl.load_workbook(io.BytesIO(pay_file(contents(), "paie-2026-11.xlsx", "1.0")))
    assert book.sheetnames == [
        "À payer", "Paie", "Contrôle", "Attestation employeur mensuelle", "Congés Spectacles", "À régler", "À lire",
    ]  # fmt: skip
    said = [cell.value for line in book["À lire"] for cell in line]
    assert "Filage prépare la paie ; il n’émet pas de bulletin." in said


def test_a_declaration_reads_down_the_page_in_the_order_of_its_form() -> None:
    book = openpyxl.load_workbook(io.BytesIO(pay_file(contents(), "paie-2026-11.xlsx", "1.0")))
    sheet = book["Attestation employeur mensuelle"]
    lines = {line[0].value: [cell.value for cell in line[1:3]] for line in sheet.iter_rows(min_row=4)}
    assert lines["Rubrique"] == ["Dana Morel, Petite forme", "Élie Vasseur, Petite forme"]
    assert lines["Heures à déclarer"] == [36, 32]
    assert [name for name in lines if name in ("Attestation", "Employeur", "Salarié", "Emploi", "Contrat",
                                               "Activité", "Salaire", "Contributions")] == [
        "Attestation", "Employeur", "Salarié", "Emploi", "Contrat", "Activité", "Salaire", "Contributions",
    ]  # fmt: skip


def test_the_hours_are_a_tagged_pdf() -> None:
    data = pay_file(contents(), "decomptes-2026-11.pdf", "1.0")
    assert data.startswith(b"%PDF")
    assert b"StructTreeRoot" in data or b"/ObjStm" in data
