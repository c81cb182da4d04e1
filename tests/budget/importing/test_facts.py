"""What an import writes: facts with ids, known lines settled as decided, and the review they give."""

from decimal import Decimal

import pytest

from filage.budget.importing.facts import moves_of, plan_import, summary
from filage.facts.budget import BudgetLine, BudgetPost, LineDetail
from filage.facts.changing import apply_changes
from filage.facts.funding import Funding
from filage.facts.people import Person
from filage.facts.team import Position
from filage.kernel.changes import add
from support.dossiers import small
from support.spreadsheets import reading

HEAD = ["Libellé", "Nb", "PU HT", "Total", "Remarque"]


@pytest.fixture
def dossier():
    return small()


def imported(dossier, found, **said):
    return apply_changes(dossier, plan_import(found, dossier, **said).changes)


def new_lines(dossier, after):
    return [line for line in after.all(BudgetLine) if dossier.get(line.about) is None]


def test_lines_become_facts_in_the_usual_chapters_named_by_their_words(dossier):
    found = reading(
        HEAD,
        ["Construction décor", 1, 11800, 11800, "devis Bob"],
        ["Hôtels", 114, 68, 7752],
        ["Mystère", 1, 2, 2],
    )
    after = imported(dossier, found)
    assert [(line.id, line.post, line.quantity, line.unit_price) for line in new_lines(dossier, after)] == [
        ("construction-decor", "30", "1", "11800"),
        ("hotels", "40", "114", "68"),
        ("mystere", "00", "1", "2"),
    ]
    assert [(post.code, post.label) for post in after.all(BudgetPost)][-1] == ("00", "À ranger")
    assert len(after.all(BudgetPost)) == 10
    assert after.find("budget_line/construction-decor", BudgetLine).note == "devis Bob"


def test_headings_become_chapters_of_their_own_or_meet_those_that_exist(dossier):
    found = reading(
        ["N°", *HEAD],
        ["A", "DÉCOR, COSTUMES, MATÉRIEL"],
        ["A1", "Bois", 1, 5, 5],
        ["B", "PYROTECHNIE"],
        ["B1", "Feu", 1, 7, 7],
    )
    after = imported(dossier, found)
    assert [(line.label, line.post) for line in new_lines(dossier, after)] == [("Bois", "30"), ("Feu", "B")]
    assert after.find("budget_post/pb", BudgetPost).label == "PYROTECHNIE"


def test_grants_become_fundings_and_sales_lines(dossier):
    found = reading(
        ["Libellé", "Dépenses", "Recettes", "État"],
        ["Ville de Lyon", None, 9000, "obtenu"],
        ["Cession", None, 2000],
        ["Bois", 5],
    )
    after = imported(dossier, found)
    [town] = [one for one in after.all(Funding) if dossier.get(one.about) is None]
    assert (town.nature, town.amount, town.state) == ("public", 9000, "granted")
    assert [(line.label, line.side, line.post) for line in new_lines(dossier, after)] == [
        ("Cession", "income", "produits"),
        ("Bois", "expense", "30"),
    ]


@pytest.mark.parametrize(
    ("state", "probability"),
    [(None, Decimal("0.5")), ("signé", None), ("demandé", Decimal("0.5")), ("refusé", 0)],
)
def test_an_imported_sale_is_certain_only_when_the_file_says_so(dossier, state, probability):
    found = reading(
        ["Libellé", "Dépenses", "Recettes", "État"], ["Cessions 8 dates", None, 9000, state], ["Bois", 5]
    )
    after = imported(dossier, found)
    sale, wood = new_lines(dossier, after)
    assert (sale.side, sale.probability, wood.probability) == ("income", probability, None)


def test_a_line_to_price_is_kept_without_a_price(dossier):
    found = reading(HEAD, ["Bois", 1, 5, 5], ["Toile", 1, 3, 3], ["Pyrotechnie", None, None, "à chiffrer"])
    after = imported(dossier, found)
    assert [(line.label, line.unit_price) for line in new_lines(dossier, after)][-1] == ("Pyrotechnie", None)


def with_wood(dossier, **values):
    wood = add("budget_line/bois", label="Bois", post="30", quantity="1", unit_price="5", **values)
    return apply_changes(dossier, [wood])


@pytest.mark.parametrize(("decision", "amounts"), [("mine", ["5"]), ("file", ["8"]), ("both", ["5", "8"])])
def test_a_line_known_otherwise_is_kept_replaced_or_both(dossier, decision, amounts):
    before = with_wood(dossier)
    found = reading(HEAD, ["bois", 1, 8, 8], ["Toile", 1, 3, 3])
    plan = plan_import(found, before, choosing=decision)
    [moved] = plan.moved
    assert (moved.before, moved.line.amount, moved.decision) == (5, 8, decision)
    assert moves_of(plan)["expense"] == {"mine": 3, "file": 6, "both": 11}[decision]
    after = apply_changes(before, plan.changes)
    assert [line.unit_price for line in after.all(BudgetLine) if line.label.lower() == "bois"] == amounts


def test_each_row_may_be_decided_apart(dossier):
    before = with_wood(dossier)
    found = reading(HEAD, ["Bois", 1, 8, 8], ["Toile", 1, 3, 3])
    assert plan_import(found, before, choosing="file", decisions={2: "mine"}).moved[0].decision == "mine"


def test_importing_the_same_file_again_writes_nothing(dossier):
    found = reading(
        HEAD, ["Bois", 1, 8, 8, "au dépôt"], ["Bois", 1, 8, 8], ["DRAC", None, None, 50], ["Mystère", 1, 2, 2]
    )
    after = imported(dossier, found)
    again = plan_import(found, after)
    assert [change.about for change in again.changes] == []
    assert summary(again)["same"] == 4


def test_a_line_is_known_by_its_identifier_even_renamed(dossier):
    before = with_wood(dossier)
    found = reading(
        ["Identifiant", *HEAD], ["line/bois", "Bois de charpente", 1, 5, 5], ["", "Toile", 1, 3, 3]
    )
    after = apply_changes(before, plan_import(found, before).changes)
    assert after.find("budget_line/bois", BudgetLine).label == "Bois de charpente"


def test_pay_is_kept_as_a_sum_or_made_a_position_that_filage_computes(dossier):
    rows = [
        ["Libellé", "Nb", "Unité", "PU", "Total"],
        ["Comédiens", 84, "cachet", 160, 13440],
        ["Charges sociales", 1, None, 7000, 7000],
    ]
    kept = imported(dossier, reading(*rows))
    assert [line.label for line in new_lines(dossier, kept)] == ["Comédiens", "Charges sociales"]
    plan = plan_import(reading(*rows, pay="computed"), dossier)
    after = apply_changes(dossier, plan.changes)
    position = after.find("position/comediens", Position)
    assert [(one.unit, one.quantity, one.unit_pay) for one in position.forecast] == [("cachet", "84", "160")]
    assert [(one.label, one.reason) for one in plan.left] == [
        ("Charges sociales", "cotisations : Filage les calcule avec les salaires")
    ]
    assert new_lines(dossier, after) == []


def test_a_form_used_by_the_file_gives_its_places_to_the_lines(dossier):
    found = reading(
        ["CHARGES", "Montant", "PRODUITS", "Montant"],
        ["60 - Achats", 110, "70 - Ventes", 50],
        ["Prestations de services", 10, "Billetterie", 50],
        ["Achats matières et fournitures", 100],
        ["61 - Services extérieurs", 30],
        ["Locations", 30],
    )
    after = imported(dossier, found)
    places = {one.line: one.places for one in after.all(LineDetail)}
    assert places["line/prestations-de-services"] == ("cerfa_12156:60.1",)
    assert places["line/locations"] == ("cerfa_12156:61.1",)


def test_a_line_no_fact_can_hold_is_refused_and_the_others_go_on(dossier):
    found = reading(
        HEAD, ["Bois", 1, 8, 8], ["Énorme", 1, 999_999_999_999_999, 999_999_999_999_999], ["Toile", 1, 3, 3]
    )
    plan = plan_import(found, dossier)
    assert [entry.line.label for entry in plan.entries] == ["Bois", "Toile"]
    assert [one.label for one in plan.refusals] == ["Énorme"]


def test_what_the_file_says_is_what_the_budget_says(dossier):
    found = reading(HEAD, ["Bois", 3, "3,335", "10,01"], ["Remise", None, None, "-2,50"], ["Son", 2, 5, 12])
    after = imported(dossier, found)
    from filage.budget.importing.known import Known

    assert (
        sum(Known.worth(line) for line in new_lines(dossier, after))
        == found.total("expense")
        == Decimal("19.51")
    )


def test_a_day_of_payment_an_owner_and_what_no_field_holds_stay_with_the_line(dossier):
    person = dossier.all(Person)[0]
    head = ["Libellé", "Montant", "Date", "Responsable", "Remarque"]
    found = reading(
        head,
        ["Bois", 8, "14/03/2026", person.name().upper(), "au dépôt"],
        ["Toile", 3, "mi-mars", "Zoé"],
    )
    after = imported(dossier, found)
    [detail] = [one for one in after.all(LineDetail) if one.line == "line/bois"]
    assert (detail.owner, [(one.on.isoformat(), one.amount) for one in detail.due]) == (
        person.about,
        [("2026-03-14", 8)],
    )
    assert after.find("budget_line/toile", BudgetLine).note == "Responsable : Zoé · Date : mi-mars"


@pytest.mark.parametrize(
    ("values", "decided", "kept"),
    [
        ({"quantity": "nb", "unit_price": "4"}, None, ("nb", "4", ())),
        ({"quantity": "nb", "unit_price": "4"}, "file", ("2", "9", ())),
        ({"share_of": ["30"], "rate": "0.04"}, None, ("1", None, ("30",))),
        ({"share_of": ["30"], "rate": "0.04"}, "file", ("2", "9", ())),
    ],
)
def test_a_line_that_follows_others_is_replaced_only_when_one_says_so(dossier, values, decided, kept):
    nights = add("variable/nb", name_text="nb", value="3")
    before = apply_changes(dossier, [nights, add("budget_line/camion", label="Camion", post="80", **values)])
    found = reading(HEAD, ["Camion", 2, 9, 18], ["Toile", 1, 3, 3])
    plan = plan_import(found, before, decisions={2: decided} if decided else {})
    assert [entry.before for entry in plan.moved] == [None]
    line = apply_changes(before, plan.changes).find("budget_line/camion", BudgetLine)
    assert (line.quantity, line.unit_price, line.share_of) == kept


def test_our_own_export_comes_back_without_computed_lines(dossier):
    before = with_wood(dossier)
    found = reading(
        ["Ligne", "Quantité", "Unité", "Prix unitaire", "Montant", "Identifiant"],
        ["Production, charges", None, None, None, 7925],
        ["10  Équipe artistique", None, None, None, 7916],
        ["Léa, mise en scène", 1, "forfait", 5000, 7916, "pay/lea/production"],
        ["30  Décor, costumes, matériel", None, None, None, 9],
        ["Bois", 1, None, 9, 9, "line/bois"],
    )
    plan = plan_import(found, before)
    assert [(entry.line.label, entry.state, entry.before) for entry in plan.entries] == [("Bois", "moved", 5)]
    assert ("Léa, mise en scène", "ligne que Filage calcule : elle suit ses faits, pas le fichier") in [
        (one.label, one.reason) for one in plan.left
    ]


def test_a_line_switched_off_in_an_export_keeps_its_sum(dossier):
    before = with_wood(dossier)
    found = reading(
        ["Ligne", "Quantité", "Prix unitaire", "Montant", "Identifiant"],
        ["Bois", 1, 5, 0, "line/bois"],
        ["Toile", 1, 3, 3, "line/toile"],
    )
    plan = plan_import(found, before)
    assert [entry.decision for entry in plan.moved] == ["mine"]
    assert plan.moved[0].about == "budget_line/bois"
