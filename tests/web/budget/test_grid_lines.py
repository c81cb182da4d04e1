"""Lines added, removed, looked for, unfolded; undone and done again; pasted as a spreadsheet shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from filage.facts.budget import BudgetLine, LineDetail
from filage.kernel.changes import add, set_
from filage_web.budget.cells import CellError
from filage_web.budget.pasting import columns_of, figure, without_headings
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.outcomes import forget_outcomes, outcome_of
from filage_web.store.queries import dossier_of
from support.cast import Cast

POST_30 = "phase=production&post=30"


@pytest.fixture
def office(world: Cast, django_db_blocker) -> Iterator[Cast]:
    """Le Fil with its Woyzeck; what the test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world
        transaction.set_rollback(True)
    forget_outcomes()


def post(office: Cast, path: str, who: str = "bob", **fields: Any) -> Any:
    return office.browser(who).post(office.address(f"budget/{path}/"), fields)


def page(office: Cast, path: str = "", who: str = "rene") -> str:
    return str(office.browser(who).get(office.address(f"budget/{path}")).content.decode())


def lines(office: Cast) -> dict[str, BudgetLine]:
    return {line.id: line for line in dossier_of(office.structure, office.production).all(BudgetLine)}


def of_post_30(office: Cast) -> list[str]:
    """The ids of the rows of a post, in order."""
    rows = outcome_of(office.structure, office.production).budget.rows
    own = ("30", "production", "expense", False)
    return [row.id for row in rows if (row.post, row.phase, row.side, row.valued) == own]


def test_a_line_added_in_the_grid_is_stored_once_it_has_a_name(office: Cast) -> None:
    nameless = post(office, "case", adds=POST_30, field="label", value="  ")
    assert (nameless.status_code, nameless.json()["error"]) == (422, "Le libellé ne reste pas vide.")
    answer = post(office, "case", adds=POST_30, field="label", value="Bâche ignifugée").json()
    assert answer["line"] == "budget_line-bache-ignifugee"
    assert 'id="budget_line-bache-ignifugee"' in answer["body"]
    line = lines(office)["bache-ignifugee"]
    assert (line.post, line.phase, line.quantity) == ("30", "production", "1")
    assert ChangeSet.objects.latest("pk").label == "Ajout de Bâche ignifugée"


def test_a_line_leaves_with_what_was_said_of_it_and_comes_back_with_it(office: Cast) -> None:
    apply(office.structure, office.production, [
        add("budget_line/bache", label="Bâche", post="30", unit_price="10"),
        add("line_detail/bache", line="line/bache", low="8"),
    ], actor=office.alice)  # fmt: skip
    number = post(office, "retirer", line="line/bache").json()["undo"]
    dossier = dossier_of(office.structure, office.production)
    assert [dossier.get("budget_line/bache"), dossier.get("line_detail/bache")] == [None, None]
    assert ChangeSet.objects.latest("pk").label == "Retrait de Bâche"
    post(office, "annuler", number=number)
    assert dossier_of(office.structure, office.production).find("line_detail/bache", LineDetail) is not None


def test_a_computed_line_says_how_it_leaves(office: Cast) -> None:
    answer = post(office, "retirer", line="meal/repas-dole-artistes")
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("Repas Dole, artistes se calcule")


def test_what_was_undone_is_done_again(office: Cast) -> None:
    number = post(office, "case", line="line/decor", field="unit_price", value="9000").json()["undo"]
    undone = post(office, "annuler", number=number).json()
    again = post(office, "annuler", number=undone["undo"]).json()
    assert again["said"] == "Rétabli : Construction du décor, prix unitaire"
    assert lines(office)["decor"].unit_price == "9000"
    assert post(office, "annuler", number=again["undo"]).json()["said"].startswith("Rétabli")


def test_writes_are_undone_one_after_the_other_outside_the_grid_too(office: Cast) -> None:
    written = [
        apply(
            office.structure,
            office.production,
            [set_("budget_line/decor", unit_price=price)],
            actor=office.bob,
        )
        for price in ("1", "2", "3")
    ]
    for change_set in reversed(written):
        here = [office.structure.slug, office.production, change_set.pk]
        assert office.browser("bob").post(reverse("preview:undo", args=here)).status_code == 302
    assert lines(office)["decor"].unit_price == "11800"


def test_what_is_typed_is_tried_and_nothing_is_written(office: Cast) -> None:
    before = ChangeSet.objects.count()
    said = post(office, "essai", line="line/decor", field="unit_price", value="12 000").json()["said"]
    assert "Ligne : 12\u202f000,00\u00a0€" in said
    wrong = post(office, "essai", line="line/decor", field="quantity", value="nb_date").json()
    assert wrong == {"error": "« nb_date » inconnu. Vouliez-vous nb_dates ?"}
    assert ChangeSet.objects.count() == before


def test_a_line_that_cannot_be_computed_shows_what_was_typed_and_the_name_at_fault(office: Cast) -> None:
    wrong = [add("budget_line/faux", label="Faux", post="30", quantity="nb_date * 2", unit_price="10")]
    apply(office.structure, office.production, wrong, actor=office.alice)
    shown = page(office)
    assert "nb_date * 2<small>« nb_date » inconnu. Vouliez-vous nb_dates ?</small>" in shown
    answer = post(office, "case", line="line/faux", field="quantity", value="nb_dates × 2")
    assert answer.status_code == 200
    assert lines(office)["faux"].quantity == "nb_dates * 2"


@pytest.mark.parametrize(
    ("asked", "kept", "gone"),
    [
        ("q=costumes", "budget_line-costumes", "budget_line-decor"),
        ("seulement=remplacees", "l-meal-repas-residence-ecluse", "budget_line-decor"),
        ("q=DECOR", "budget_line-decor", "budget_line-costumes"),
    ],
)
def test_lines_are_looked_for(office: Cast, asked: str, kept: str, gone: str) -> None:
    for shown in (page(office, f"?{asked}"), page(office, f"chercher/?{asked}")):
        assert kept in shown
        assert gone not in shown


def test_a_search_that_finds_nothing_says_so(office: Cast) -> None:
    assert "Aucune ligne ne correspond" in page(office, "?q=introuvable")


def test_an_edit_keeps_the_search(office: Cast) -> None:
    answer = post(office, "case", line="line/costumes", field="unit_price", value="1", q="costumes").json()
    assert list(answer["rows"]) == ["budget_line-costumes"]


def test_an_address_that_names_a_line_unfolds_its_post(office: Cast) -> None:
    more = [add(f"budget_line/l{n}", label=f"Ligne {n}", post="30", unit_price="1") for n in range(320)]
    apply(office.structure, office.production, more, actor=office.alice)
    assert 'id="budget_line-decor"' not in page(office)
    assert 'id="budget_line-decor"' in page(office, "?ligne=budget_line-decor")
    found = office.browser("rene").get(office.address("budget/ou/?ligne=budget_line-decor")).json()
    assert found == {"post": "production-30"}


def test_a_very_long_post_is_drawn_a_part_at_a_time(office: Cast) -> None:
    more = [add(f"budget_line/zz{n}", label=f"Ligne {n}", post="30", unit_price="1") for n in range(500)]
    apply(office.structure, office.production, more, actor=office.alice)
    first = page(office, "poste/production-30/")
    assert 'data-start="400"' in first
    rest = page(office, "poste/production-30/?depuis=400")
    assert "data-more" not in rest
    held = of_post_30(office)
    assert first.count("data-line=") + rest.count("data-line=") == len(held)
    assert page(office, "?ouverts=production-30&entier=1").count('data-line="line/zz') == 500


# --- pastes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("1 234,56 €", "1 234,56"),
        ("(1 200)", "-1 200"),
        ("(1 200,50 €)", "-1 200,50"),
        ("45,00 EUR HT", "45,00"),
        ("1 200-", "-1 200"),
        ("3 semaines", "3 semaines"),
        ("nb_dates * 2", "nb_dates * 2"),
        ("(nb_dates + 1) * 2", "(nb_dates + 1) * 2"),
    ],
)
def test_a_figure_is_read_as_a_spreadsheet_shows_it(shown: str, read: str) -> None:
    assert figure(shown) == read


def test_another_currency_is_refused() -> None:
    with pytest.raises(CellError, match="autre monnaie"):
        figure("$ 120")


def test_a_column_of_units_is_known_by_its_words() -> None:
    with_units = [["Toile", "2", "rouleaux", "30"], ["Bois", "1", "lot", "450"]]
    assert columns_of(with_units, "label")[:4] == ("label", "quantity", "unit", "unit_price")
    assert columns_of([["Toile", "2", "nb_dates * 2", "30"]], "label")[2] == "unit_price"


def test_the_row_of_headings_is_left_out() -> None:
    assert without_headings([["Libellé", "Qté", "Prix unitaire"], ["Toile", "2", "30"]]) == (
        [["Toile", "2", "30"]],
        1,
    )


def test_a_paste_of_a_spreadsheet_adds_its_lines(office: Cast) -> None:
    last = lines(office)[of_post_30(office)[-1].removeprefix("line/")]
    text = (
        f"Désignation\tQté\tUnité\tPU\tTotal\n{last.label}\t1\tlot\t(1 200)\t\n"
        "Toile\t2\trouleaux\t1 234,56 €\t2 469,12 €\nForfait bois\t\t\t\t450,00 EUR"
    )
    answer = post(office, "coller", line=f"line/{last.id}", field="label", text=text)
    assert answer.status_code == 200, answer.content
    found = lines(office)
    assert (found[last.id].unit_price, found[last.id].unit) == ("-1200", "lot")
    assert (found["toile"].quantity, found["toile"].unit, found["toile"].unit_price) == (
        "2",
        "rouleaux",
        "1234.56",
    )
    assert found["forfait-bois"].unit_price == "450.00"


def test_every_wrong_cell_of_a_paste_is_named(office: Cast) -> None:
    text = "Costumes\tnb_dat\t$ 12\nAccessoires\t1\t850"
    answer = post(office, "coller", line="line/costumes", field="label", text=text)
    assert answer.json()["errors"] == [
        "Ligne collée 1 : « $ 12 » est dans une autre monnaie : convertissez en euros.",
        "Ligne collée 1 : « nb_dat » inconnu. Vouliez-vous nb_dates ?",
    ]
