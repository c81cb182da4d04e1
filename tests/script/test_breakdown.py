"""The breakdown: one sheet per scene in the order played, and the lists by element."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filage.facts.base import choices
from filage.facts.plan import Plan
from filage.facts.reading import read_dossier
from filage.facts.script import Element, Scene, Shot
from filage.kernel.changes import add, remove, set_
from filage.script.breakdown import SheetNeed, breakdown_sheet, breakdown_sheets, length_of, minutes_of
from filage.script.breakdown_file import breakdown_of
from filage.script.categories import TITLES
from filage.script.element_list import element_lists
from filage.script.played import role_numbers
from filage.script.risks import risks_of
from script.breakdowns import shoot
from script.texts import ROOT

ACCORD = SheetNeed(
    about="need/accord",
    label="Accord du lieu",
    state="quoted",
    state_label="Devis reçu",
    department="régie",
    owner="Élie Vasseur",
    needed_on=date(2026, 10, 10),
    quantity=None,
    estimate=None,
    element="element/bougie",
)


def test_scenes_come_as_they_are_played_and_those_cut_do_not() -> None:
    sheets = breakdown_sheets(shoot())
    assert [(one.about, one.rank, one.number, one.heading, one.part, one.spare) for one in sheets] == [
        ("scene/2", 1, "2", "Dans la cour", "", False),
        ("scene/1", 2, "1", "La cuisine", "I", False),
        ("scene/3", 3, "3", "Le toit", "", True),
    ]


def test_without_an_order_played_every_scene_has_its_sheet() -> None:
    found = shoot(set_("production/film", clear=("running_order",)), remove("running_order/v1"))
    assert [one.about for one in breakdown_sheets(found)] == ["scene/1", "scene/2", "scene/3", "scene/4"]


def test_a_sheet_holds_everything_its_scene_needs() -> None:
    sheet = breakdown_sheet(shoot(), "scene/1")
    assert (sheet.int_ext, sheet.set, sheet.time, sheet.summary) == ("INT", "Cuisine", "nuit", "Elle attend.")
    assert (sheet.eighths, sheet.length, sheet.minutes, sheet.minutes_from) == (14, "1 6/8", 140, "length")
    assert [(one.number, one.label, [held.name for held in one.holders]) for one in sheet.cast] == [
        (2, "Zoé", ["Dana Morel"])
    ]
    assert [(one.category, [held.label for held in one.elements]) for one in sheet.groups] == [
        ("props", ["une bougie"])
    ]
    assert sheet.needs == (ACCORD,)
    assert [(one.risk, one.elements) for one in sheet.risks] == [("fire", ("une bougie",))]
    assert [(one.about, one.day, one.venue) for one in sheet.events] == [
        ("event/j1", date(2026, 10, 20), "La Ferme")
    ]


def test_a_scene_that_is_not_played_has_no_sheet() -> None:
    assert (breakdown_sheet(shoot(), "scene/4"), breakdown_sheet(shoot(), "scene/9")) == (None, None)


def test_an_estimated_length_is_said_so() -> None:
    assert [one.length for one in breakdown_sheets(shoot())] == ["≈ 3/8", "1 6/8", "1"]
    assert length_of(Scene(id="1", label="x")) == ""


PLAN = Plan(id="p", label="p", starts_on="2026-10-20", ends_on="2026-10-20", minutes_per_eighth="10")


@pytest.mark.parametrize(
    ("values", "shots", "plan", "expected"),
    [
        ({"minutes": "45", "eighths": "8"}, ["20"], PLAN, (45, "given")),
        ({"eighths": "8"}, ["20", None, "15"], PLAN, (35, "shots")),
        ({"eighths": "8"}, [None], PLAN, (80, "length")),
        ({"eighths": "8"}, [], None, (None, "")),
        ({}, [], PLAN, (None, "")),
        ({"minutes": "0"}, ["20"], PLAN, (0, "given")),
    ],
)
def test_the_time_a_scene_takes_is_given_or_follows_its_shots_or_its_length(
    values, shots, plan, expected
) -> None:
    made = [Shot(id=f"s{rank}", scene="scene/1", minutes=minutes) for rank, minutes in enumerate(shots)]
    assert minutes_of(Scene(id="1", label="x", **values), made, plan) == expected


def test_roles_are_numbered_as_they_appear_and_those_never_seen_come_last() -> None:
    found = shoot(add("element/absent", label="Absent"))
    assert role_numbers(found) == {"element/marc": 1, "element/zoe": 2, "element/absent": 3}


def test_lists_give_each_element_its_scenes_its_days_and_who_holds_it() -> None:
    rows = {row.element.about: row for one in element_lists(shoot()) for row in one.rows}
    assert list(rows) == [
        "element/marc",
        "element/zoe",
        "element/figurants",
        "element/bougie",
        "element/chien",
    ]
    zoe = rows["element/zoe"]
    assert [scene.number for scene in zoe.scenes] == ["2", "1"]
    assert (zoe.number, zoe.eighths, zoe.words, [one.name for one in zoe.holders]) == (
        2,
        17,
        30,
        ["Dana Morel"],
    )
    assert zoe.days == (date(2026, 10, 20), date(2026, 10, 22))
    assert rows["element/marc"].holders == ()
    assert rows["element/figurants"].scenes == ()
    assert rows["element/bougie"].element.needs == (ACCORD,)


def test_a_category_is_a_risk_by_itself() -> None:
    child = Element(id="a", label="Tom", category="child", risks=["water", "weapon"])
    assert risks_of(child) == ("weapon", "water", "child")


def test_every_category_has_a_title() -> None:
    assert list(TITLES) == list(choices(Element, "category"))


def test_the_whole_counts_what_is_played_and_not_what_is_in_reserve() -> None:
    found = breakdown_of(shoot(), date(2026, 10, 1))
    assert (found.eighths, found.estimated, found.length) == (17, True, "≈ 2 1/8 pages")


def test_a_running_order_says_its_time() -> None:
    found = shoot(*(set_(f"scene/{one}", ("eighths",), seconds="225") for one in (1, 2, 3)))
    assert breakdown_of(found, date(2026, 10, 1)).length == "7:30"


@pytest.mark.parametrize(("name", "scenes"), [("court-metrage", 16), ("woyzeck", 24)])
def test_the_examples_are_broken_down(name, scenes) -> None:
    found = breakdown_of(
        read_dossier((ROOT / "examples" / f"{name}.filage.yaml").read_bytes(), file=name), date(2026, 10, 12)
    )
    assert len(found.sheets) == scenes
    assert all(sheet.cast for sheet in found.sheets if sheet.words)
    assert all(sheet.events for sheet in found.sheets)


def test_amounts_and_quantities_of_a_need_are_kept() -> None:
    found = shoot(set_("need/accord", estimate="120.50", quantity="2"))
    (need,) = breakdown_sheet(found, "scene/1").needs
    assert (need.estimate, need.quantity) == (Decimal("120.50"), Decimal(2))
