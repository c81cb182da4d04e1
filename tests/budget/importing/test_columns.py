"""The columns of real-looking budgets, recognised by their words and their content."""

import pytest

from filage.budget.importing.columns import headers_of, known_again, recognise, signature
from filage.budget.importing.grid import Flaw
from support.spreadsheets import sheet

LINES = [["Bois", 3, 5, 15], ["Toile", 2, 4, 8], ["Clous", 1, 3, 3]]


@pytest.mark.parametrize(
    ("rows", "header", "roles"),
    [
        ([["Woyzeck"], [], ["Libellé", "Nb", "PU HT", "Total"], *LINES], 3, "label quantity unit_price amount"),
        ([["Désignation", "Qté", "Prix unitaire", "Montant HT"], *LINES], 1, "label quantity unit_price amount"),
        (LINES, 0, "label quantity unit_price amount"),
        (
            [["CHARGES", "Montant", "PRODUITS", "Montant"], ["60 - Achats", 110, "70 - Ventes", 50],
             ["Fournitures", 10, "Billetterie", 5]],
            1,
            "label amount income.label income.amount",
        ),
        (
            [["Compte", "Intitulé", "Dépenses", "Recettes"], [606, "Achats", 12], [706, "Vente", None, 15]],
            1,
            "account label expense income",
        ),
        (
            [["", "Production", "Exploitation", "Total"], ["Salaires", 12, 11, 23], ["Décor", 1, 3, 4]],
            1,
            "label production exploitation amount",
        ),
        (
            [["N°", "Poste", "Désignation", "Quantité", "Unité", "PU", "Montant HT", "TVA", "Montant TTC", "Remarques"],
             ["1.1", "Décor", "Bois", 3, "m2", 5, 15, 0.2, 18, "au dépôt"]],
            1,
            "code post label quantity unit unit_price amount vat_rate amount_with_vat note",
        ),
        (
            [["N°", "Postes", "Nb pers.", "Nb jours", "Salaire brut", "Total", "%"],
             ["1", "Régie", 2, 5, 100, 1000, 3]],
            1,
            "code label quantity quantity unit_price amount skip",
        ),
        ([["Dépenses", 2025, 2026], ["Décor", 1000, 500], ["Costumes", 300, 200]], 1, "label amount skip"),
        ([["Désignation", "Jours", "Personnes", "Unitaire", "Total"], ["Son", 3, 1, 120, 360]], 1,
         "label quantity quantity unit_price amount"),
        ([["Dépenses", "Prévisionnel", "Réalisé"], ["Décor", 1, 2], ["Costumes", 3, 4]], 1, "label amount skip"),
    ],
)  # fmt: skip
def test_recognises_the_header_and_each_column(rows, header, roles):
    found = recognise(sheet(*rows))
    assert (found.header, " ".join(found.roles)) == (header, roles)


def test_an_amount_column_that_holds_words_is_not_one():
    found = recognise(
        sheet(["Libellé", "Montant", "Total"], ["Bois", "au forfait", 15], ["Toile", "au forfait", 8])
    )
    assert found.roles == ("label", "skip", "amount")


def test_a_mapping_is_known_again_by_its_headers_whatever_the_case():
    first = sheet(["Libellé", "Montant HT"], ["Bois", 15])
    again = sheet(["Mon budget"], ["LIBELLE ", "montant ht"], ["Toile", 8])
    assert signature(headers_of(first, 1)) == signature(headers_of(again, 2))
    assert known_again(recognise(first), again, 2).header == 2
    assert signature(["", " "]) == ""


def test_a_column_of_formulas_never_computed_is_still_money():
    never = Flaw("formule", "jamais calculée")
    found = recognise(sheet(["Libellé", "Nb", "PU", "Total"], ["Bois", 3, 5, never], ["Toile", 2, 4, never]))
    assert found.roles == ("label", "quantity", "unit_price", "amount")
