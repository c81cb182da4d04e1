"""The risk page: the chance of holding the budget, and the ranges typed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from filage.budget.risk import risk_of
from filage.facts.budget import LineDetail
from filage.kernel.changes import add
from filage_web.budget.risk import _chance
from filage_web.budget.risk_chart import risk_chart
from filage_web.store.queries import dossier_of
from support.dossiers import reviewed

pytestmark = pytest.mark.django_db
RANGES = "budget/risque/fourchettes/"


def read(cast, path="budget/risque/", who="alice"):
    answer = cast.browser(who).get(cast.address(path))
    assert answer.status_code == 200
    return answer.content.decode()


def detail_of(cast, line):
    found = [one for one in dossier_of(cast.structure, cast.production).all(LineDetail) if one.line == line]
    return found[0] if found else None


def test_the_same_seed_gives_the_same_page(world):
    chance = re.search(r'<p class="chance"><b class="[^"]+">([^<]+)</b>', read(world)).group(1)
    assert chance in read(world, "budget/risque/?graine=1")
    assert "Graine 1" in read(world)
    assert "Graine 7" in read(world, "budget/risque/?graine=7")


def test_a_setting_that_is_not_possible_is_said_and_the_page_stands(world):
    assert "n’est pas" in read(world, "budget/risque/?graine=abc")
    assert "Ce réglage n’est pas possible" in read(world, "budget/risque/?ensemble=lune")


def test_ranges_are_kept_cleared_and_written_once(world):
    browser, where = world.browser("alice"), world.address(RANGES)
    browser.post(where, {"line": ["line/studio"], "low-0": "300", "high-0": "1 250,50 €"})
    detail = detail_of(world, "line/studio")
    assert (detail.low, detail.high) == (Decimal(300), Decimal("1250.50"))
    browser.post(where, {"line": ["line/studio"], "low-0": "", "high-0": "1250,5"})
    assert detail_of(world, "line/studio").low is None
    assert detail_of(world, "line/studio").high == Decimal("1250.50")


def test_a_range_that_cannot_be_read_writes_nothing_and_says_why_on_its_line(world):
    answer = world.browser("alice").post(
        world.address(RANGES),
        {"line": ["line/studio", "line/photos"], "low-0": "100", "high-0": "200", "low-1": "beaucoup"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "« beaucoup » n’est pas un montant" in page
    assert 'value="beaucoup"' in page
    assert detail_of(world, "line/studio") is None


def test_the_ends_of_a_range_are_in_order(world):
    answer = world.browser("alice").post(
        world.address(RANGES), {"line": ["line/studio"], "low-0": "500", "high-0": "200"}
    )
    assert "échangez-les" in answer.content.decode()


def test_a_reader_sees_and_writes_nothing(world):
    assert 'name="low-0"' not in read(world, who="rene")
    answer = world.browser("rene").post(world.address(RANGES), {"line": ["line/studio"], "low-0": "1"})
    assert answer.status_code == 403


def test_the_chart_holds_every_draw_and_tells_what_is_beyond_the_budget():
    outcome = reviewed(add("line_detail/d", line="line/decor", low="1000", high="4000"))
    risk = risk_of(outcome.dossier, outcome.budget)
    chart = risk_chart(risk)
    assert len(chart.bars) == len(risk.bins)
    assert [bar.beyond for bar in chart.bars] == [one.low >= risk.budget for one in risk.bins]
    assert all(0 <= bar.x <= chart.width and bar.y >= chart.top for bar in chart.bars)
    still = reviewed()
    assert risk_chart(risk_of(still.dossier, still.budget)) is None


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("0.874", "87\u00a0%"),
        ("0.999", "plus de 99 %"),
        ("1", "100\u00a0%"),
        ("0.001", "moins de 1 %"),
        ("0", "0\u00a0%"),
    ],
)
def test_a_chance_never_says_certain_of_what_is_nearly_so(inside, said):
    assert _chance(Decimal(inside)) == said
