"""Expenses read from spreadsheets and bank statements: every row counted, each refusal with its reason."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from filage.accounting.expense_import import changes_of, day_in, read_expenses
from filage.kernel.changes import add
from filage.kernel.errors import BadInput
from support.dossiers import small

LIST = """Date;Fournisseur;Libellé;Montant HT;TVA;N° facture;Compte
12/10/2026;Atelier;Bois;1 250,50 €;250,10;F-12;604
13/10/2026;Atelier;Avoir bois;-100,00;-20,00;A-3;604
;Atelier;Colle;12;;F-13;604
14/10/2026;;Vis;douze;;;
14/10/2026;;Peinture;0;;;
"""
STATEMENT = """Compte 0123;;;
Période du 01/10/2026 au 31/10/2026;;;
Date;Libellé;Débit;Crédit
01/10/2026;CARTE LE BOIS;-45,00;
01/10/2026;CARTE LE BOIS;-45,00;
02/10/2026;VIR DRAC;;1 000,00
"""


def read(text, *changes, name="depenses.csv"):
    return read_expenses(text.encode(), small(*changes), name=name)


def test_a_list_gives_its_expenses_and_says_why_it_refuses_the_others():
    found = read(LIST)
    assert [(e.expense.label, e.expense.amount, e.expense.vat, e.expense.piece) for e in found.accepted] == [
        ("Atelier, Bois", Decimal("1250.50"), Decimal("250.10"), "F-12"),
        ("Atelier, Avoir bois", Decimal("-100.00"), Decimal("-20.00"), "A-3"),
    ]
    assert [(r.number, r.reasons) for r in found.refused] == [
        (4, ("la date manque",)),
        (5, ("« douze » n’est pas un montant : écrivez 1 250,50",)),
        (6, ("le montant manque ou vaut zéro",)),
    ]


def test_a_row_whose_three_amounts_do_not_add_up_is_refused():
    found = read(
        "Date;Libellé;Montant HT;TVA;Montant TTC\n02/10/2026;Bois;100;20;150\n02/10/2026;Vis;100,01;20;120\n"
    )
    assert [one.expense.label for one in found.accepted] == ["Vis"]
    [[reason]] = [one.reasons for one in found.refused]
    assert reason.startswith(
        "100,00\u00a0€ HT et 20,00\u00a0€ de TVA font 120,00\u00a0€, le TTC écrit est 150,00"
    )


def test_a_supplier_already_known_is_linked():
    found = read(LIST, add("company/atelier", label="ATELIER", role="supplier"))
    assert {(e.expense.company, e.expense.label) for e in found.accepted} == {
        ("company/atelier", "Bois"), ("company/atelier", "Avoir bois"),
    }  # fmt: skip


def test_a_bank_statement_is_paid_the_same_day_and_its_receipts_are_refused():
    found = read(STATEMENT)
    assert [(e.expense.amount, e.expense.paid_on) for e in found.accepted] == [(45, date(2026, 10, 1))] * 2
    assert [r.reasons[0][:14] for r in found.refused] == ["un encaissemen"]


def test_a_statement_with_one_signed_column_counts_what_goes_out():
    found = read("Date;Libellé;Montant\n01/10/2026;Bois;-45\n02/10/2026;Vis;-5\n03/10/2026;DRAC;100\n")
    assert [e.expense.amount for e in found.accepted] == [45, 5]
    assert len(found.refused) == 1


def test_the_same_file_again_gives_nothing_new():
    first = read(STATEMENT)
    again = read(STATEMENT, *changes_of(first.accepted))
    assert (len(again.accepted), len(again.known)) == (0, 2)


def test_a_row_that_looks_like_an_expense_typed_before_is_doubtful():
    typed = add("expense/bois", label="Atelier, Bois", amount="1250.50", on="2026-10-12", piece="f-12")
    doubts = [one.doubt for one in read(LIST, typed).accepted]
    assert doubts == ["même pièce f-12 et même montant que « Atelier, Bois »", ""]


def test_a_workbook_is_read_as_a_text_is():
    book = Workbook()
    book.active.append(["Date", "Libellé", "Montant TTC"])
    book.active.append([date(2026, 10, 12), "=1+1 planches", 120])
    book.active.append([date(2026, 10, 13), "Vis", "1 200,00 €"])
    made = io.BytesIO()
    book.save(made)
    found = read_expenses(made.getvalue(), small(), name="d.xlsx")
    assert [e.expense.amount for e in found.accepted][-1] == 1200
    assert "la TVA reste à saisir" in found.notes[-1]


def test_a_file_without_heads_says_what_is_expected():
    with pytest.raises(BadInput, match="en-têtes"):
        read("a;b;c\n1;2;3\n")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("14/03/2026", date(2026, 3, 14)), ("14.3.26", date(2026, 3, 14)), ("2026-03-14", date(2026, 3, 14)),
     ("31/02/2026", None), ("mars", None), ("14/03/1850", None)],
)  # fmt: skip
def test_days_are_read_as_french_hands_write_them(written, expected):
    assert day_in(written) == expected
