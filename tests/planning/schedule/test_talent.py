"""Talent scheduling: the published optima, and every order tried on small instances."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.kernel.errors import BadInput
from filage.planning.schedule import talent_layers, talent_plan
from filage.planning.schedule.answer import Watch
from filage.planning.schedule.talent import Talent, read_talent, talent_cost
from filage.planning.schedule.talent_layers import layered_order
from filage.planning.schedule.talent_merge import merge
from filage.planning.schedule.talent_plan import plan_talent
from planning.schedule.brute import INSTANCES, OVER, PLENTY, instance, least_cost

PUBLISHED = sorted((INSTANCES / "talent").glob("*.json"))


@st.composite
def talents(draw, most: int = 6):
    scenes, people = draw(st.integers(1, most)), draw(st.integers(1, 5))
    return Talent(
        tuple(draw(st.integers(0, 2**people - 1)) for _ in range(scenes)),
        tuple(draw(st.integers(0, 4)) for _ in range(scenes)),
        tuple(draw(st.integers(0, 9)) for _ in range(people)),
    )


def many(scenes: int) -> Talent:
    """Scenes that no merging makes fewer."""
    return Talent(
        tuple((at * 37 + 11) % 251 | 1 << at % 8 for at in range(scenes)),
        tuple(1 + at % 3 for at in range(scenes)),
        (5, 9, 2, 7, 4, 8, 3, 6),
    )


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_a_published_instance_is_proved_at_its_published_optimum(path):
    content = instance(path)
    plan = plan_talent(read_talent(content), PLENTY)
    assert (plan.cost, plan.bound, plan.status) == (content["optimum_total"],) * 2 + ("optimal",)
    assert plan.cost - plan.holding == content["base_cost"]


@given(talents())
@settings(max_examples=60, deadline=None)
def test_the_plan_is_as_good_as_the_best_of_all_orders(talent):
    plan = plan_talent(talent, PLENTY)
    assert plan.cost == talent_cost(talent, plan.order) == plan.bound == least_cost(talent)


@given(talents(), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_layers_never_bound_above_the_best_and_find_it_when_wide_enough(talent, slack):
    small = merge(talent).talent
    best = least_cost(small) - small.base
    found = list(layered_order(small, best + slack + 1, PLENTY))
    orders = [talent_cost(small, order) - small.base for order, _ in found if order is not None]
    assert min(orders) == best
    assert found[-1][1] == max(bound for _, bound in found) == best


@given(talents())
@settings(max_examples=40, deadline=None)
def test_merging_keeps_the_best(talent):
    merged = merge(talent)
    order = merged.expand(list(range(len(merged.groups))))
    assert sorted(order) == list(range(len(talent.casts)))
    assert least_cost(merged.talent) - merged.talent.base == least_cost(talent) - talent.base


def test_many_scenes_have_a_bound_below_their_cost(monkeypatch):
    monkeypatch.setattr(talent_plan, "ENOUGH", 2)
    monkeypatch.setattr(talent_layers, "WIDTH", 2000)
    plan = plan_talent(many(30), PLENTY)
    assert many(30).base < plan.bound < plan.cost == talent_cost(many(30), plan.order)
    assert plan.status == "feasible"


def test_without_time_there_is_still_an_order_which_is_not_called_optimal():
    plan = plan_talent(many(24), OVER)
    assert (sorted(plan.order), plan.status) == (list(range(24)), "feasible")


def test_the_same_seed_gives_the_same_order():
    assert plan_talent(many(18), PLENTY, seed=4) == plan_talent(many(18), PLENTY, seed=4)


def test_a_stop_keeps_the_best_found():
    def interrupted() -> float:
        calls.append(1)
        if len(calls) > 40:
            raise KeyboardInterrupt
        return 30.0

    calls: list[int] = []
    plan = plan_talent(many(24), Watch(interrupted))
    assert (len(calls), sorted(plan.order)) == (41, list(range(24)))


def test_the_count_refuses_an_order_that_leaves_a_scene_out():
    with pytest.raises(ValueError, match="all the scenes"):
        talent_cost(many(4), [0, 1, 2, 2])


def test_decimals_are_counted_exactly():
    content = {"appearances": [[1, 0, 1]], "costs": [Decimal("0.1")], "durations": [1, Decimal("0.2"), 1]}
    talent = read_talent(content)
    assert (talent_cost(talent, [0, 1, 2]), talent.scale) == (22, 100)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], ["ce fichier doit contenir un objet JSON, entre { et }"]),
        (
            {"appearance": [[1]], "costs": [1], "durations": [1]},
            [
                "clé inconnue « appearance » ; vouliez-vous « appearances » ?",
                "appearances : cette clé manque",
            ],
        ),
        (
            {"appearances": [[1, 2], [1]], "costs": [1, -1], "durations": [1, "x"], "n_scenes": 3},
            [
                "durations[1] : « x » n’est pas un nombre",
                "costs[1] : -1 est négatif ; attendu : zéro ou plus",
                "appearances[1] : contient 1 valeurs ; attendu : 2",
                "n_scenes : 3 annoncé, mais durations en contient 2",
                "appearances[0][1] : 2 ne dit pas si la personne joue ; attendu : 0 ou 1",
            ],
        ),
        (
            {"appearances": [], "costs": [], "durations": []},
            ["durations : aucune scène à ordonner"],
        ),
    ],
)
def test_bad_input_is_told_all_at_once(content, said):
    with pytest.raises(BadInput) as refused:
        read_talent(content)
    assert [str(problem) for problem in refused.value.problems] == said
