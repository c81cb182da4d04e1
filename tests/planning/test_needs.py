"""What must be found: proposed from elements, dated by the calendar, told when it is late."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from filage.documents.xlsx import xlsx_bytes
from filage.facts.script import Element, Need
from filage.kernel.changes import Change, add, set_
from filage.planning.needs import (
    DEPARTMENTS,
    first_uses,
    need_deadlines,
    need_findings,
    need_of,
    origin_of,
    without_need,
)
from filage.planning.needs_book import by_department, needs_book
from support.dossiers import small

CAKE = (
    add("element/cake", label="Le gâteau", category="props"),
    add("element/coat", label="Le manteau", category="costume"),
    add("scene/s1", label="Anniversaire", elements=["element/cake"]),
    add("event/e1", type="shoot", day="2026-11-20", scenes=["scene/s1"]),
    add("event/e2", type="shoot", day="2026-11-10", scenes=["scene/s1"], option="cancelled"),
    add("event/e3", type="shoot", day="2026-11-18", scenes=["scene/s1"]),
    add("event/e0", type="rehearsal", day="2026-10-05", scenes=["scene/s1"]),
    add("scene/s2", label="Rien"),
    *(set_(f"event/{one}", scenes=["scene/s2"]) for one in ("premiere", "dole-1", "dole-2")),
)


def said(*changes: Change, on: date = date(2026, 11, 1)) -> list[tuple[str, str]]:
    return [(found.code, found.about) for found in need_findings(small(*CAKE, *changes), on)]


def test_an_element_is_first_used_on_the_first_day_kept_of_its_scenes():
    assert first_uses(small(*CAKE)) == {"element/cake": date(2026, 11, 18)}


def test_a_performance_that_names_no_scene_plays_them_all_but_those_cut():
    premiere = set_("event/premiere", scenes=[])
    assert first_uses(small(*CAKE, premiere)) == {"element/cake": date(2026, 11, 5)}
    cut = add("running_order/o", label="Ordre", scenes=[{"scene": "scene/s1", "state": "cut"}])
    played = set_("production/petite", running_order="running_order/o")
    assert first_uses(small(*CAKE, premiere, cut, played)) == {"element/cake": date(2026, 11, 18)}


def test_every_element_without_a_need_is_proposed():
    dossier = small(*CAKE, add("need/cake", label="Gâteau", element="element/cake"))
    assert [element.about for element in without_need(dossier)] == ["element/coat"]


def test_an_element_becomes_a_need_of_its_department_written_as_the_others():
    dossier = small(*CAKE, add("need/gun", label="Pistolet", department="Accessoires"))
    cake = dossier.find("element/cake", Element)
    assert cake is not None
    assert need_of(cake, dossier, date(2026, 11, 18)) == {
        "label": "Le gâteau",
        "element": "element/cake",
        "department": "Accessoires",
        "state": "to_find",
        "needed_on": "2026-11-18",
    }


def test_every_category_has_its_department():
    from filage.facts.base import choices

    assert set(DEPARTMENTS) == set(choices(Element, "category"))


@pytest.mark.parametrize(
    ("state", "on", "codes"),
    [
        ("to_find", date(2026, 11, 3), []),
        ("to_find", date(2026, 11, 4), ["need.soon"]),
        ("to_find", date(2026, 11, 18), ["need.soon"]),
        ("to_find", date(2026, 11, 19), ["need.late"]),
        ("quoted", date(2026, 11, 10), []),
        ("quoted", date(2026, 11, 11), ["need.soon"]),
        ("booked", date(2026, 11, 19), []),
        ("done", date(2026, 11, 19), []),
    ],
)
def test_a_need_is_told_by_its_state_and_its_day(state: str, on: date, codes: list[str]):
    need = add("need/cake", label="Gâteau", state=state, needed_on="2026-11-18", element="element/cake")
    assert [code for code, _about in said(need, on=on)] == codes


def test_without_a_day_written_the_calendar_gives_it():
    need = add("need/cake", label="Gâteau", element="element/cake")
    assert said(need, on=date(2026, 11, 19)) == [("need.late", "need/cake")]
    named = (
        add("need/truck", label="Camion"),
        add("event/e4", type="travel", day="2026-11-02", needs=["need/truck"]),
    )
    assert said(*named) == [("need.soon", "need/truck")]


def test_a_need_nobody_uses_nor_dates_says_nothing():
    assert said(add("need/dream", label="Un rêve")) == []


def test_a_need_wanted_after_its_first_day_says_so_and_offers_that_day():
    need = add("need/cake", label="Gâteau", needed_on="2026-11-25", element="element/cake")
    found = need_findings(small(*CAKE, need), date(2026, 11, 1))
    assert [one.code for one in found] == ["need.after_use"]
    assert [change.values for change in found[0].remedies[0].changes] == [{"needed_on": "2026-11-18"}]


def test_open_needs_are_deadlines():
    dossier = small(
        *CAKE,
        add("need/cake", label="Gâteau", element="element/cake"),
        add("need/coat", label="Manteau", state="done", needed_on="2026-11-05"),
    )
    assert [(one.on, one.label, one.area) for one in need_deadlines(dossier)] == [
        (date(2026, 11, 18), "Trouver : Gâteau", "besoins")
    ]


def test_a_need_keeps_the_words_it_comes_from():
    dossier = small(
        add("writing/note", label="Note", text="Un gâteau immense."),
        add("mark/m1", writing="writing/note", passage="un gâteau immense", start=0),
        add("answer/a1", question="Y a-t-il du feu ?", text="Une bougie."),
        add("need/cake", label="Gâteau", source="mark/m1"),
        add("need/candle", label="Bougie", source="answer/a1"),
    )
    found = {need.id: origin_of(need, dossier) for need in dossier.all(Need)}
    assert found["cake"] == "« un gâteau immense »"
    assert found["candle"] == "Y a-t-il du feu ? « Une bougie. »"


def test_departments_are_grouped_whatever_their_capitals_those_without_last():
    needs = [
        Need(id="a", label="A"),
        Need(id="b", label="B", department="Décor"),
        Need(id="c", label="C", department="decor"),
    ]
    assert {name: [need.id for need in found] for name, found in by_department(needs).items()} == {
        "Décor": ["b", "c"],
        "Sans service": ["a"],
    }


def test_the_workbook_adds_its_estimates_and_runs_no_formula_a_user_typed():
    dossier = small(
        *CAKE,
        add("need/cake", label="=Gâteau", element="element/cake", estimate="140", department="Décor"),
        add("need/coat", label="Manteau", estimate="60.5"),
    )
    data = xlsx_bytes(needs_book(dossier, dossier.all(Need), date(2026, 11, 1)), "test")
    sheet = load_workbook(io.BytesIO(data), data_only=True)["Besoins"]
    rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]]
    assert [row[0] for row in rows] == ["Décor", "=Gâteau", "Sans service", "Manteau", "Total estimé"]
    assert Decimal(str(rows[-1][4])) == Decimal("200.5")
    assert load_workbook(io.BytesIO(data))["Besoins"]["A6"].data_type == "s"
