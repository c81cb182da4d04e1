"""The pages that present the budget: the tree, the places, the exports, the one page."""

from __future__ import annotations

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from filage.facts.budget import LineDetail
from filage.kernel.changes import add
from filage_web.store.changes import apply
from filage_web.store.queries import dossier_of

pytestmark = pytest.mark.django_db


def read(cast, path, who="alice"):
    answer = cast.browser(who).get(cast.address(path))
    assert answer.status_code == 200
    return answer.content.decode()


def figures(page):
    """The totals at the head of each side."""
    return re.findall(r'<h2>([^<]+)</h2><span class="num figure-card">(?:<a [^>]+>)?([^<]+)<', page)


def test_three_presentations_of_the_example_show_the_same_totals(world):
    first = figures(read(world, "budget/presentations/?presentation=spectacle"))
    assert [title for title, _ in first[:2]] == ["Charges", "Produits"]
    assert figures(read(world, "budget/presentations/?presentation=plan_comptable")) == first
    form = figures(read(world, "budget/presentations/?presentation=cerfa_12156"))
    assert [title for title, _ in form] == [title for title, _ in first]


def test_an_unknown_presentation_is_not_there(world):
    answer = world.browser("alice").get(world.address("budget/presentations/?presentation=cerfa"))
    assert answer.status_code == 404


def test_a_line_without_a_place_is_placed_by_the_form(world):
    apply(
        world.structure, world.production,
        [add("budget_line/zzz", label="Zzz", post="99", unit_price="12")], actor=world.alice,
    )  # fmt: skip
    page = read(world, "budget/presentations/?presentation=festival")
    assert 'value="line/zzz"' in page
    answer = world.browser("alice").post(
        world.address("budget/presentations/placer/"),
        {"presentation": "festival", "line": ["line/zzz", "line/traduction"], "place": ["B.2", ""]},
    )
    assert answer.status_code == 302
    details = {one.line: one.places for one in dossier_of(world.structure, world.production).all(LineDetail)}
    assert details["line/zzz"] == ("festival:B.2",)
    assert 'value="line/zzz"' not in read(world, "budget/presentations/?presentation=festival")


def test_placing_a_line_keeps_its_other_places_and_its_details(world):
    apply(
        world.structure, world.production,
        [add("line_detail/zz", line="line/studio", low="300", places=["cerfa_12156:61.1"])], actor=world.alice,
    )  # fmt: skip
    world.browser("alice").post(
        world.address("budget/presentations/placer/"),
        {"presentation": "spectacle", "line": "line/studio", "place": "P.5"},
    )
    detail = next(
        one
        for one in dossier_of(world.structure, world.production).all(LineDetail)
        if one.line == "line/studio"
    )
    assert (detail.places, str(detail.low)) == (("cerfa_12156:61.1", "spectacle:P.5"), "300")


def test_a_charge_is_not_placed_among_the_income(world):
    answer = world.browser("alice").post(
        world.address("budget/presentations/placer/"),
        {"presentation": "spectacle", "line": "line/decor", "place": "R.1"},
        follow=True,
    )
    assert "est du côté des produits" in answer.content.decode()


def test_a_reader_places_nothing(world):
    answer = world.browser("rene").post(
        world.address("budget/presentations/placer/"),
        {"presentation": "spectacle", "line": "line/decor", "place": "P.5"},
    )
    assert answer.status_code == 403
    assert "Placer ces lignes" not in read(world, "budget/presentations/?presentation=festival", "rene")


@pytest.mark.parametrize("output", ["pdf", "detail", "recapitulatif"])
def test_a_presentation_is_handed_over_as_pdf(output, world):
    answer = world.browser("alice").get(world.address(f"budget/presentations/cerfa_12156/{output}/"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_presentation_is_handed_over_as_a_workbook(world):
    answer = world.browser("rene").get(world.address("budget/presentations/spectacle/classeur/"))
    names = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).sheet_names
    assert names[:2] == ["Récapitulatif", "Production - exploitation"]
    assert 'filename="woyzeck-spectacle.xlsx"' in answer["Content-Disposition"]


def test_a_scenario_is_presented_with_its_amounts(world):
    reference = figures(read(world, "budget/presentations/"))
    assert figures(read(world, "budget/presentations/?scenario=decor-plie")) != reference


def test_the_one_page_adds_up(world):
    page = read(world, "budget/recapitulatif/")
    assert "À trouver" in page or "Excédent" in page
    assert "P.1 Salaires et charges de création" in re.sub(r"\s+", " ", page)
