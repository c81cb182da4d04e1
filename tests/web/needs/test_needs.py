"""The page of needs: from elements in a click, typed in the table, tied to the budget, exported."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from filage.facts.budget import BudgetLine
from filage.facts.script import Need
from filage.kernel.changes import Change, add
from filage_web import clock
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.queries import load_production
from support.cast import Cast

FACTS = (
    add("element/cake", label="Le gâteau", category="props"),
    add("element/knife", label="Le couteau", category="props"),
    add("element/coat", label="Le manteau", category="costume"),
    add("scene/s1", label="Anniversaire", elements=["element/cake", "element/coat"]),
    add("event/e1", type="shoot", day="2026-10-20", scenes=["scene/s1"]),
)


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 10, 12))


@pytest.fixture
def woyzeck(cast: Cast) -> Cast:
    apply(cast.structure, cast.production, FACTS, actor=cast.alice)
    return cast


def write(cast: Cast, *changes: Change) -> None:
    apply(cast.structure, cast.production, changes, actor=cast.alice)


def page(cast: Cast, path: str = "besoins/") -> str:
    answer = cast.browser("bob").get(cast.address(path))
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def post(cast: Cast, path: str, **typed: Any) -> Any:
    return cast.browser("bob").post(cast.address(f"besoins/{path}"), typed)


def needs(cast: Cast) -> dict[str, Need]:
    return {need.id: need for need in load_production(cast.structure, cast.production).dossier.all(Need)}


def confirm(cast: Cast, answer: Any) -> None:
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    draft = {name: unescape(value) for name, value in reversed(hidden) if name != "csrfmiddlewaretoken"}
    assert cast.browser("bob").post(cast.address("effet/"), draft).status_code == 302


def test_no_need_says_what_one_brings(cast: Cast) -> None:
    html = page(cast)
    assert "Aucun besoin pour l’instant" in html
    assert "Ajouter un besoin" in html


def test_one_click_makes_a_need_of_an_element_with_its_department_and_its_day(woyzeck: Cast) -> None:
    assert post(woyzeck, "depuis-les-elements/", element="element/cake").status_code == 302
    (made,) = needs(woyzeck).values()
    assert (made.label, made.department, made.element, made.state, made.needed_on) == (
        "Le gâteau",
        "accessoires",
        "element/cake",
        "to_find",
        date(2026, 10, 20),
    )
    html = page(woyzeck)
    assert 'value="element/cake"' not in html
    assert 'value="element/knife"' in html


def test_one_click_makes_needs_of_a_category_skipping_those_that_have_one_and_undoes_as_one(
    woyzeck: Cast,
) -> None:
    post(woyzeck, "depuis-les-elements/", element="element/cake")
    post(woyzeck, "depuis-les-elements/", category="props")
    assert sorted(need.element or "" for need in needs(woyzeck).values()) == ["element/cake", "element/knife"]
    post(woyzeck, "depuis-les-elements/", category="props")
    assert len(needs(woyzeck)) == 2
    written = ChangeSet.objects.filter(production__slug=woyzeck.production).latest("pk")
    woyzeck.browser("bob").post(woyzeck.address(f"effet/annuler/{written.pk}/"))
    assert [need.element for need in needs(woyzeck).values()] == ["element/cake"]


def test_an_element_that_does_not_exist_is_not_found(woyzeck: Cast) -> None:
    assert post(woyzeck, "depuis-les-elements/", element="element/none").status_code == 404


def test_the_state_advances_in_a_click(woyzeck: Cast) -> None:
    write(woyzeck, add("need/cake", label="Gâteau"))
    assert "passer à devis reçu" in page(woyzeck)
    assert post(woyzeck, "cake/etat/", state="quoted").status_code == 302
    assert needs(woyzeck)["cake"].state == "quoted"
    assert post(woyzeck, "cake/etat/", state="lost").status_code == 404


def test_the_table_is_typed_and_saved_as_one_write(woyzeck: Cast) -> None:
    write(woyzeck, add("need/cake", label="Gâteau"), add("need/coat", label="Manteau", note="Laine"))
    html = page(woyzeck, "besoins/saisie/")
    typed = dict(re.findall(r'name="((?:cake|coat)-_seen)" value="(\d+)"', html))
    typed |= {
        "cake-state": "quoted", "cake-estimate": "1 250,50 €", "cake-needed_on": "25/10/2026", "cake-quantity": "4",
        "coat-state": "to_find", "coat-department": "costumes",
    }  # fmt: skip
    before = ChangeSet.objects.count()
    assert post(woyzeck, "saisie/", **typed).status_code == 302
    cake, coat = needs(woyzeck)["cake"], needs(woyzeck)["coat"]
    assert (cake.state, str(cake.estimate), cake.needed_on, str(cake.quantity)) == (
        "quoted", "1250.5", date(2026, 10, 25), "4",
    )  # fmt: skip
    assert (coat.department, coat.note) == ("costumes", "Laine")
    assert ChangeSet.objects.count() == before + 1


def test_a_wrong_line_of_the_table_is_told_and_nothing_is_saved(woyzeck: Cast) -> None:
    write(woyzeck, add("need/cake", label="Gâteau"), add("need/coat", label="Manteau"))
    typed = {"cake-state": "quoted", "cake-estimate": "cher", "coat-state": "done"}
    answer = post(woyzeck, "saisie/", **typed)
    assert answer.status_code == 422
    assert "« cher » n’est pas un montant" in unescape(answer.content.decode())
    assert needs(woyzeck)["coat"].state == "to_find"


def test_an_estimate_becomes_a_budget_line_tied_to_the_need_as_one_write(woyzeck: Cast) -> None:
    write(woyzeck, add("need/cake", label="Gâteau", estimate="140", state="quoted"))
    confirm(woyzeck, post(woyzeck, "cake/ligne/"))
    line = needs(woyzeck)["cake"].line
    made = load_production(woyzeck.structure, woyzeck.production).dossier.find(line, BudgetLine)
    assert made is not None
    assert (made.label, made.post, made.unit_price, made.reliability) == ("Gâteau", "30", "140", "quote")
    assert "140,00" in page(woyzeck)
    assert post(woyzeck, "cake/ligne/").status_code == 422


def test_filters_by_state_and_department(woyzeck: Cast) -> None:
    write(
        woyzeck,
        add("need/cake", label="Gâteau", department="Décor"),
        add("need/coat", label="Manteau", department="costumes", state="done"),
    )
    assert 'id="need-cake"' not in page(woyzeck, "besoins/?etat=done")
    html = page(woyzeck, "besoins/?service=decor")
    assert 'id="need-cake"' in html
    assert 'id="need-coat"' not in html
    assert "Aucun besoin ne correspond" in page(woyzeck, "besoins/?etat=quoted")


def test_what_is_late_and_where_it_comes_from_are_on_the_page(woyzeck: Cast) -> None:
    write(
        woyzeck,
        add("writing/note", label="Note", text="Un gâteau immense."),
        add("mark/m1", writing="writing/note", passage="Un gâteau immense", start=0),
        add("need/cake", label="Gâteau", needed_on="2026-10-01", source="mark/m1"),
    )
    html = page(woyzeck)
    assert '/intention/ecrits/note/#mark-m1">« Un gâteau immense »' in html
    assert "en retard" in html


def test_the_needs_shown_are_exported(woyzeck: Cast) -> None:
    write(woyzeck, add("need/cake", label="Gâteau"), add("need/coat", label="Manteau", state="done"))
    answer = woyzeck.browser("rene").get(woyzeck.address("besoins/besoins.xlsx?etat=done"))
    sheet = load_workbook(io.BytesIO(answer.content))["Besoins"]
    assert [row[0] for row in sheet.iter_rows(min_row=5, max_row=6, values_only=True)] == [
        "Sans service",
        "Manteau",
    ]


@pytest.mark.parametrize("mode", ["besoins/", "besoins/saisie/"])
def test_the_page_asks_as_many_questions_for_one_need_as_for_three(woyzeck: Cast, mode: str) -> None:
    def asked() -> int:
        page(woyzeck, mode)
        with CaptureQueriesContext(connection) as found:
            page(woyzeck, mode)
        return len(found)

    write(
        woyzeck,
        add("need/a", label="A", owner="person/dana"),
        add("person/dana", given_name="D", family_name="M"),
    )
    one = asked()
    write(woyzeck, *(add(f"need/{name}", label=name, element="element/cake", estimate="3") for name in "bcd"))
    assert asked() == one
