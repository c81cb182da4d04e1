"""What is understood of a sheet: lines, headings, totals checked, rows refused with their reason."""

from datetime import date
from decimal import Decimal

import pytest

from filage.budget.importing.columns import recognise
from filage.budget.importing.grid import Flaw, Row, Sheet
from filage.budget.importing.shape import Choices
from filage.budget.importing.understand import understand
from support.spreadsheets import reading, told

HEAD = ["Libellé", "Nb", "PU HT", "Total"]


def test_the_budget_of_the_mock_up_is_read():
    found = reading(
        HEAD,
        ["Construction décor", 1, 11800, 11800],
        ["Salaires comédiens", 84, 160, 13440],
        ["Hôtels tournée", 114, 68, 7752],
        ["Divers", None, "voir Bob", None],
    )
    assert told(found) == [
        ("Construction décor", "expense", "production", "1", "11800.00", ""),
        ("Salaires comédiens", "expense", "production", "84", "13440.00", ""),
        ("Hôtels tournée", "expense", "production", "114", "7752.00", ""),
    ]
    [refused] = found.refusals
    assert (refused.row, refused.cell, refused.reason) == (5, "C5", "montant illisible : « voir Bob »")
    assert refused.remedy == "écrivez un nombre, ou videz la case"


def test_headings_become_chapters_and_totals_are_checked_not_counted():
    found = reading(
        ["N°", *HEAD],
        ["1", "ÉQUIPE"],
        ["1.1", "Régie", 2, 100, 200],
        ["1.2", "Son", 1, 250, 250],
        [None, "Sous-total équipe", None, None, 460],
        ["2", "DÉCOR"],
        ["2.1", "Bois", None, None, 500],
        [None, "TOTAL GÉNÉRAL", None, None, 950],
    )
    assert [(line.label, line.post, line.post_code) for line in found.lines] == [
        ("Régie", "ÉQUIPE", "1"),
        ("Son", "ÉQUIPE", "1"),
        ("Bois", "DÉCOR", "2"),
    ]
    assert [(one.label, one.stated, one.found, one.difference) for one in found.checks] == [
        ("Sous-total équipe", 460, Decimal("450.00"), Decimal("10.00")),
        ("TOTAL GÉNÉRAL", 950, Decimal("950.00"), 0),
    ]


def test_a_heading_that_carries_the_sum_of_its_lines_is_no_line():
    found = reading(HEAD, ["Décor", None, None, 23], ["Bois", 3, 5, 15], ["Toile", 2, 4, 8])
    assert [line.label for line in found.lines] == ["Bois", "Toile"]
    assert [(one.label, one.difference) for one in found.checks] == [("Décor", 0)]


def test_an_account_above_its_sub_accounts_is_a_heading_whose_difference_is_told():
    found = reading(
        ["Compte", "Intitulé", "Montant"],
        [60, "Achats", 120],
        [606, "Fournitures", 100],
        [61, "Services", 30],
    )
    assert [(line.label, line.account, line.post) for line in found.lines] == [
        ("Fournitures", "606", "Achats"),
        ("Services", "61", "Achats"),
    ]
    assert [(one.label, one.difference) for one in found.checks] == [("Achats", Decimal(20))]


def test_the_two_columns_of_a_cerfa_are_two_sides_and_free_contributions_are_apart():
    found = reading(
        ["CHARGES", "Montant", "PRODUITS", "Montant"],
        ["60 - Achats", 110, "70 - Ventes", 50],
        ["Prestations de services", 10, "Billetterie", 50],
        ["Fournitures", 100, "74 - Subventions d’exploitation", 60],
        ["61 - Services extérieurs", None, "État : DRAC", 60],
        ["Locations", None, "Conseil régional", None],
        ["TOTAL DES CHARGES", 110, "TOTAL DES PRODUITS", 110],
        ["86 - Emplois des contributions volontaires", 30, "87 - Contributions volontaires", 30],
    )
    assert [(line.label, line.side, line.valued) for line in found.lines] == [
        ("Prestations de services", "expense", False),
        ("Billetterie", "income", False),
        ("Fournitures", "expense", False),
        ("État : DRAC", "income", False),
        ("Emplois des contributions volontaires", "expense", True),
        ("Contributions volontaires", "income", True),
    ]
    assert (found.total("expense"), found.total("income")) == (110, 110)
    assert all(one.difference == 0 for one in found.checks)
    assert ("Locations", "aucun montant") in [(one.label, one.reason) for one in found.left]


def test_a_heading_of_a_side_or_of_a_phase_is_no_post():
    found = reading(HEAD, ["CHARGES"], ["Bois", 1, 8, 8], ["EXPLOITATION"], ["Fret", 1, 9, 9])
    assert [(line.label, line.post, line.phase) for line in found.lines] == [
        ("Bois", "", "production"), ("Fret", "", "exploitation"),
    ]  # fmt: skip


def test_headings_of_side_and_phase_place_what_follows():
    found = reading(
        HEAD,
        ["DÉPENSES"],
        ["A. Budget de production"],
        ["Bois", 1, 5, 5],
        ["B. EXPLOITATION"],
        ["Camion", 1, 7, 7],
        ["RECETTES", "Nb", "PU HT", "Total"],
        ["Cession", 2, 1000, 2000],
    )
    assert [(line.label, line.side, line.phase) for line in found.lines] == [
        ("Bois", "expense", "production"),
        ("Camion", "expense", "exploitation"),
        ("Cession", "income", "exploitation"),
    ]


def test_a_sheet_named_after_a_phase_or_a_side_places_all_of_it():
    assert (
        told(reading(HEAD, ["Bois", 1, 5, 5], ["Vis", 1, 2, 2], name="Exploitation"))[0][2] == "exploitation"
    )
    assert told(reading(HEAD, ["Cession", 1, 5, 5], ["Vis", 1, 2, 2], name="Produits"))[0][1] == "income"


def test_one_line_with_a_column_per_phase_is_two_lines():
    found = reading(
        ["", "Production", "Exploitation", "Total"], ["Salaires", 12, 11, 23], ["Décor", 1, None, 1]
    )
    assert [(line.label, line.phase, line.amount) for line in found.lines] == [
        ("Salaires", "production", 12),
        ("Salaires", "exploitation", 11),
        ("Décor", "production", 1),
    ]


@pytest.mark.parametrize(
    ("cells", "quantity", "price", "amount", "doubt"),
    [
        (["x", 3, 5, 15], "3", "5", "15", ""),
        (["x", 3, None, 15], "3", "5", "15", ""),
        (["x", None, 5, 15], "3", "5", "15", ""),
        (["x", None, None, 15], "1", "15", "15", ""),
        (["x", 3, 5, None], "3", "5", "15", ""),
        (["x", None, 5, None], "1", "5", "5", ""),
        (["x", 3, None, 10], "1", "10", "10", ""),
        (["x", 3, "3,333", "10,00 €"], "3", "3.333", "10", ""),
        (["x", 2, 5, 12], "1", "12", "12", "montant écrit 12,00\u00a0€"),
        (["x", "2 à 3", 5, 12], "1", "12", "12", "quantité ou prix illisible"),
        (["x", 1, 5, Flaw("#REF!", "erreur")], "1", "5", "5", "recalculé"),
        (["x", None, None, "(1 200,00)"], "1", "-1200", "-1200", ""),
    ],
)
def test_quantity_price_and_amount_are_settled_and_what_differs_is_told(
    cells, quantity, price, amount, doubt
):
    [line] = reading(HEAD, cells, ["y", 2, 7, 14], ["z", 3, 7, 21]).lines[:1]
    assert (line.quantity, line.unit_price, line.amount) == (quantity, Decimal(price), Decimal(amount))
    assert doubt in " ".join(line.doubts)
    assert bool(doubt) == bool(line.doubts)


def test_which_of_amount_and_product_counts_is_a_choice():
    rows = [HEAD, ["Son", 2, 5, 12], ["Bois", 1, 3, 3]]
    assert reading(*rows).lines[0].amount == 12
    assert reading(*rows, keep="product").lines[0].amount == 10


def test_two_quantities_multiply():
    found = reading(
        ["Poste", "Nb pers.", "Nb jours", "Tarif", "Total"],
        ["Régie", 2, 5, 100, 1000],
        ["Son", 1, 4, 50, 200],
    )
    assert [(line.quantity, line.amount) for line in found.lines] == [("2 * 5", 1000), ("1 * 4", 200)]


def test_a_sum_with_tax_gives_the_one_before_tax():
    found = reading(["Libellé", "Montant TTC", "TVA"], ["Bois", 120, "20 %"], ["Toile", 50, None])
    assert [(line.amount, line.vat_rate) for line in found.lines] == [
        (Decimal("100.00"), Decimal("0.2")),
        (50, None),
    ]
    assert "120,00" in found.lines[0].doubts[0]
    assert "TTC repris tel quel" in found.lines[1].doubts[0]


def row_of(value, hidden=False):
    rows = (
        Row(1, tuple(HEAD)),
        Row(2, ("Bois", Decimal(1), Decimal(5), Decimal(5))),
        Row(3, ("Toile", value, Decimal(5), None), hidden),
        Row(4, ("Vis", Decimal(3), Decimal(1), Decimal(3))),
    )
    given = Sheet("Budget", rows, merged=2)
    return understand(given, recognise(given), Choices(), file="b.xlsx")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 2, 1), "une date (01/02/2026) à la place d’un nombre"),
        (Flaw("#REF!", "erreur de calcul du tableur"), "#REF! : erreur de calcul du tableur"),
        ("12/05", "montant illisible : « 12/05 »"),
    ],
)
def test_a_cell_that_is_no_number_refuses_its_row_alone(value, said):
    found = row_of(value)
    assert [line.label for line in found.lines] == ["Bois", "Vis"]
    assert [(one.row, one.cell, one.reason) for one in found.refusals] == [(3, "B3", said)]


def test_a_hidden_row_is_left_aside_and_merged_cells_are_told():
    found = row_of(Decimal(2), hidden=True)
    assert [(one.row, one.reason) for one in found.left] == [(3, "ligne masquée dans le tableur")]
    assert "2 cellules fusionnées" in found.notes[0]


def test_an_amount_without_a_label_is_refused_unless_it_is_the_sum_above():
    found = reading(
        HEAD, ["Bois", 1, 5, 5], ["Toile", 1, 3, 3], [None, None, None, 8], [None, None, None, 99]
    )
    assert [one.label for one in found.checks] == ["sous-total sans nom"]
    assert [(one.row, one.reason) for one in found.refusals] == [(5, "un montant sans libellé")]


def test_a_total_named_in_the_column_of_codes_is_a_total():
    found = reading(
        ["N°", *HEAD],
        ["A1", "Bois", 1, 5, 5],
        ["A2", "Toile", 1, 3, 3],
        ["TOTAL CHARGES", None, None, None, 8],
    )
    assert [(one.label, one.stated, one.found) for one in found.checks] == [("TOTAL CHARGES", 8, 8)]
    assert found.refusals == ()


def test_a_line_written_twice_is_told_or_counted_once():
    rows = [HEAD, ["Bois", 1, 5, 5], ["Bois", 1, 5, 5]]
    assert reading(*rows).lines[1].doubts == ("la même ligne est écrite en ligne 2",)
    once = reading(*rows, twice="once")
    assert (len(once.lines), once.left[0].reason) == (1, "écrite deux fois : déjà reprise ligne 2")


def test_a_balance_and_a_dash_are_nothing():
    found = reading(HEAD, ["Bois", 1, 5, 5], ["Pour mémoire", "-", "-", "-"], ["Résultat", None, None, 12])
    assert [line.label for line in found.lines] == ["Bois"]
    assert [(one.label, one.reason) for one in found.left] == [
        ("Pour mémoire", "aucun montant"),
        ("Résultat", "solde : il se calcule"),
    ]


def test_money_received_is_an_income_even_when_nothing_says_so():
    found = reading(HEAD, ["Bois", 1, 5, 5], ["Subvention DRAC", None, None, 40])
    assert [(line.label, line.side) for line in found.lines] == [
        ("Bois", "expense"),
        ("Subvention DRAC", "income"),
    ]
    assert found.lines[1].doubts == ("compris comme un produit, d’après son libellé",)


def test_own_codes_that_look_like_accounts_stay_codes():
    rows = [["Code", *HEAD], ["10", "Comédiens", 1, 5, 5], ["30", "Bois", 1, 5, 5], ["70", "Camion", 1, 5, 5]]
    assert [(line.side, line.account) for line in reading(*rows).lines] == [("expense", "")] * 3


def test_a_header_written_again_with_other_words_is_no_line():
    found = reading(
        ["Poste", "Nb pers.", "Nb de services", "Coût unitaire", "Total"],
        ["Comédiens", 4, 40, 105, 16800],
        ["BUDGET D’EXPLOITATION"],
        ["Poste", "Nb pers.", "Nb de représentations", "Coût unitaire", "Total"],
        ["Comédiens", 4, 12, 220, 10560],
        ["Droits", None, None, None, "12 %"],
    )
    assert [(line.row, line.phase, line.quantity) for line in found.lines] == [
        (2, "production", "4 * 40"),
        (5, "exploitation", "4 * 12"),
    ]
    assert [(one.row, one.reason) for one in found.refusals] == [
        (6, "un pourcentage (12 %) à la place d’un montant")
    ]


def test_the_posts_of_a_film_are_no_accounts_even_under_that_header():
    found = reading(
        ["Compte", "Désignation", "Total"],
        ["1", "DROITS"],
        ["11", "Sujet", 1500],
        ["2", "PERSONNEL"],
        ["21", "Production", 7200],
        ["7", "MOYENS TECHNIQUES"],
        ["71", "Caméra", 900],
    )
    assert [(line.label, line.side, line.account, line.code) for line in found.lines] == [
        ("Sujet", "expense", "", "11"),
        ("Production", "expense", "", "21"),
        ("Caméra", "expense", "", "71"),
    ]
