"""Presentations of the budget: what each file holds, and where it comes from."""

import pytest

from filage.budget.views import usual_views, view_named, views
from filage.facts.base import choices
from filage.facts.funding import Funding
from filage.facts.production import Production
from filage.facts.team import Position
from filage.kernel.errors import BadInput
from filage.kernel.step import CERTAINTIES


def test_each_presentation_has_its_own_place_in_the_list():
    orders = [view.order for view in views()]
    assert orders == sorted(set(orders))
    assert views()[0].id == "spectacle"


@pytest.mark.parametrize("view", views(), ids=lambda view: view.id)
def test_a_presentation_says_where_it_comes_from_and_when_it_was_checked(view):
    assert view.source.title
    assert view.source.checked_on is not None
    assert view.source.confidence in CERTAINTIES
    assert view.warnings


@pytest.mark.parametrize("view", views(), ids=lambda view: view.id)
def test_a_presentation_has_both_sides_and_a_place_for_contributions_in_kind(view):
    assert {(node.side, node.valued) for node in view.nodes} == {
        (side, valued) for side in ("expense", "income") for valued in (True, False)
    }
    for node in view.nodes:
        parent = view.by_code.get(node.parent or node.code)
        assert (parent.side, parent.valued) == (node.side, node.valued)


@pytest.mark.parametrize("view", views(), ids=lambda view: view.id)
def test_rules_only_name_what_exists(view):
    known = {
        "department": set(choices(Position, "department")),
        "status": set(choices(Position, "status")),
        "nature": set(choices(Funding, "nature")),
        "part": {"gross", "social", "tax", "leave"},
    }
    for rule in view.rules:
        for key, wanted in rule.conditions:
            assert set(wanted) <= known.get(key, set(wanted)), (rule.to, key)
    assert set(view.forms) <= set(choices(Production, "form"))


def test_the_lines_of_the_film_estimate_that_were_not_read_stay_doubtful():
    view = view_named("cnc_cinema")
    assert view.by_code["12"].doubtful
    assert not view.by_code["11"].doubtful
    assert sum(node.doubtful for node in view.nodes) == 44


def test_the_chart_of_accounts_is_whole():
    codes = set(view_named("plan_comptable").by_code)
    assert len(codes) == 293
    assert {"6416", "7061", "864", "875"} <= codes


def test_a_production_is_offered_what_its_trade_uses():
    assert [view.id for view in usual_views("short_film")] == ["plan_comptable", "cerfa_12156", "cnc_cinema"]
    assert [view.id for view in usual_views("theatre")] == ["spectacle", "plan_comptable", "cerfa_12156"]


def test_an_unknown_presentation_is_refused_with_the_nearest():
    with pytest.raises(BadInput) as refused:
        view_named("cerfa_12165")
    assert "vouliez-vous cerfa_12156 ?" in str(refused.value)
