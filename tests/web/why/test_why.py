"""Every amount explains itself, down to the last contribution and its source."""

from __future__ import annotations

import pytest

from filage.kernel import step as steps
from filage.kernel.changes import add
from filage.kernel.step import Source
from filage_web.store.changes import apply
from filage_web.why import reason_of
from support.cast import Cast

FACTS = (
    add("person/dana", given_name="Dana", family_name="Morel"),
    add("position/marie", label="Marie"),
    add("engagement/dana", position="position/marie", person="person/dana", phase="exploitation",
        starts_on="2026-11-05", ends_on="2026-12-14", unit="cachet", unit_pay="160", quantity="4"),
)  # fmt: skip


@pytest.fixture
def woyzeck(cast: Cast) -> Cast:
    apply(cast.structure, cast.production, FACTS, actor=cast.alice)
    return cast


def page(cast: Cast, line: str, **more: str) -> str:
    answer = cast.browser("rene").get(cast.address(f"pourquoi/{line}/"), **more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_salary_is_understood_to_its_last_contribution_month_by_month(woyzeck: Cast) -> None:
    html = page(woyzeck, "engagement/dana")
    assert html.count('class="table slip"') == 2
    assert "Bulletin de novembre 2026" in html
    assert "Bulletin de décembre 2026" in html
    assert "Employeur" in html
    assert "Salarié" in html
    assert "vérifié le" in html


def test_the_panel_has_no_shell_and_the_page_has_one(woyzeck: Cast) -> None:
    fragment = woyzeck.browser("rene").get(
        woyzeck.address("pourquoi/total/balance/"), headers={"HX-Request": "true"}
    )
    assert "<html" not in fragment.content.decode()
    assert "<html" in page(woyzeck, "total/balance")


def test_an_unknown_line_is_not_found(woyzeck: Cast) -> None:
    assert woyzeck.browser("rene").get(woyzeck.address("pourquoi/pay/nobody/")).status_code == 404


def test_a_doubt_is_counted_where_it_enters_and_deep_levels_are_folded() -> None:
    doubtful = Source("x", "Source", "", None, "uncertain", "à relire")
    leaf = steps.product(
        "AT", steps.given("brut", 100), steps.law("taux AT", steps.exact("0.01"), doubtful, unit="rate")
    )
    tree = reason_of(steps.total("a", [steps.total("b", [steps.total("c", [leaf, leaf])])]))
    assert tree.doubts == 2
    level = tree
    folded = []
    while level.parts:
        folded.append(level.folded)
        level = level.parts[0]
    assert folded == [False, False, True, True]


def test_a_total_leads_to_the_reason_of_each_of_its_lines(woyzeck: Cast) -> None:
    line = add("budget_line/decor", label="Décor", post="30", unit_price="1800")
    apply(woyzeck.structure, woyzeck.production, [line], actor=woyzeck.alice)
    html = page(woyzeck, "total/expense")
    assert woyzeck.address("pourquoi/pay/dana/exploitation/") in html
    assert woyzeck.address("pourquoi/line/decor/") in html
    assert ">pay/dana/exploitation<" not in html
