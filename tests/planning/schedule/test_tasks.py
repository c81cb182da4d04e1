"""Tasks that share means: plans that hold, bounds that are true, data refused with its reason."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.kernel.errors import BadInput
from filage.planning.schedule.tasks import Tasks, least_makespan, read_tasks, tasks_makespan
from filage.planning.schedule.tasks_build import mirrored, most_urgent_first, pushed
from filage.planning.schedule.tasks_plan import plan_tasks
from planning.schedule.brute import OVER, PLENTY

# three jobs of the same crane, one of them before a fourth
CRANE = Tasks((2,), (3, 2, 2, 1), ((2,), (1,), (1,), (0,)), ((3,), (), (), ()))


@st.composite
def some_tasks(draw):
    count = draw(st.integers(1, 4))
    capacity = draw(st.integers(1, 3))
    return Tasks(
        (capacity,),
        tuple(draw(st.integers(0, 2)) for _ in range(count)),
        tuple((draw(st.integers(0, capacity)),) for _ in range(count)),
        tuple(
            tuple(after for after in range(task + 1, count) if draw(st.booleans())) for task in range(count)
        ),
    )


def soonest(tasks: Tasks) -> int:
    """The best of all plans."""
    ends = []
    for starts in product(range(sum(tasks.durations) + 1), repeat=len(tasks.durations)):
        try:
            ends.append(tasks_makespan(tasks, starts))
        except ValueError:
            continue
    return min(ends)


@given(some_tasks())
@settings(max_examples=25, deadline=None)
def test_the_plan_is_as_good_as_the_best_of_all_plans(tasks):
    plan = plan_tasks(tasks, PLENTY)
    assert plan.makespan == tasks_makespan(tasks, plan.starts) == plan.bound == soonest(tasks)


@given(some_tasks())
@settings(max_examples=60, deadline=None)
def test_a_plan_by_priority_holds_and_no_bound_is_above_it(tasks):
    best, first = soonest(tasks), most_urgent_first(tasks)
    later = pushed(tasks, first, best, PLENTY, seed=1)
    assert least_makespan(tasks) <= best <= tasks_makespan(tasks, later) <= tasks_makespan(tasks, first)
    assert soonest(mirrored(tasks)) == best


def test_a_crane_used_one_job_at_a_time():
    plan = plan_tasks(CRANE, PLENTY)
    assert (plan.makespan, plan.bound, plan.status) == (5, 5, "optimal")


def test_without_time_the_plan_still_holds():
    hard = Tasks((3,), (3, 4, 5, 4, 3, 2), ((2,),) * 5 + ((1,),), ((),) * 6)
    plan = plan_tasks(hard, OVER)
    assert plan.makespan == tasks_makespan(hard, plan.starts)
    assert plan.bound <= plan.makespan


def test_the_same_seed_gives_the_same_plan():
    assert plan_tasks(CRANE, PLENTY, seed=3) == plan_tasks(CRANE, PLENTY, seed=3)


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ((0, 0, 0, 3), "overdrawn at 0"),
        ((0, 3, 3, 2), "task 3 starts before task 0 ends"),
        ((0, 3, 3), "missing"),
        ((-1, 3, 3, 3), "negative"),
    ],
)
def test_the_check_refuses_a_plan_that_does_not_hold(starts, said):
    with pytest.raises(ValueError, match=said):
        tasks_makespan(CRANE, starts)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"demands": [[3], [1]]},
            ["demands[0][0] : infaisable : la tâche 0 demande 3 de la ressource 0, qui n’en a que 2"],
        ),
        (
            {"successors": [[1], [0]]},
            [
                (
                    "successors : infaisable : les tâches s’attendent en rond "
                    "(la tâche 0 avant la tâche 1 avant la tâche 0)"
                )
            ],
        ),
        ({"successors": [[2], []]}, ["successors[0] : il n’y a pas de tâche 2 ; attendu : de 0 à 1"]),
        ({"durations": [1.5, 1]}, ["durations[0] : « 1.5 » n’est pas un nombre"]),
        (
            {"capacities": 2, "demand": []},
            [
                "clé inconnue « demand » ; vouliez-vous « demands » ?",
                "capacities : doit être une liste, entre [ et ]",
                "demands[0] : contient 1 valeurs ; attendu : 0",
                "demands[1] : contient 1 valeurs ; attendu : 0",
            ],
        ),
    ],
)
def test_bad_input_is_told_all_at_once(change, said):
    content = {"capacities": [2], "durations": [1, 1], "demands": [[1], [1]], "successors": [[1], []]}
    with pytest.raises(BadInput) as refused:
        read_tasks(content | change)
    assert [str(problem) for problem in refused.value.problems] == said


def test_a_circle_further_on_is_named_without_what_leads_to_it():
    content = {
        "capacities": [],
        "durations": [1] * 4,
        "demands": [[]] * 4,
        "successors": [[1], [2], [1, 3], []],
    }
    with pytest.raises(BadInput, match=r"\(la tâche 1 avant la tâche 2 avant la tâche 1\)"):
        read_tasks(content)
