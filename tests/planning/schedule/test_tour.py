"""Tours: the published values, every order tried on small ones, and why one is impossible."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.kernel.errors import BadInput
from filage.planning.schedule import tour_plan
from filage.planning.schedule.reading import shown
from filage.planning.schedule.tour import OBJECTIVES, Tour, read_tour, tour_times
from filage.planning.schedule.tour_plan import least, plan_tour
from planning.schedule.brute import INSTANCES, PLENTY, best_tour, instance

PUBLISHED = sorted((INSTANCES / "tour").glob("*.json"))


@st.composite
def tours(draw):
    places = draw(st.integers(2, 6))
    opens = [draw(st.integers(0, 20)) for _ in range(places)]
    return Tour(
        tuple(tuple(draw(st.integers(0, 9)) for _ in range(places)) for _ in range(places)),
        ((opens[0], 90), *((start, start + draw(st.integers(0, 40))) for start in opens[1:])),
    )


def planned(tour, objective):
    """The value found; None when the tour is refused as impossible."""
    try:
        plan = plan_tour(tour, PLENTY, objective=objective)
    except BadInput as refused:
        return (
            None
            if {problem.message.partition(" : ")[0] for problem in refused.problems} == {"infaisable"}
            else -1
        )
    assert plan.bound == plan.value == tour_times(tour, plan.order).value(objective)
    assert least(tour, objective) <= plan.value
    return plan.value


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_a_published_tour_is_proved_at_its_known_value(path, objective):
    content = instance(path)
    tour = read_tour(content)
    known = content["makespan_best_here" if objective == "makespan" else "travel_time_best"]
    plan = plan_tour(tour, PLENTY, objective=objective)
    assert (shown(plan.value, tour.scale), plan.status) == (float(known), "optimal")


@pytest.mark.parametrize("objective", OBJECTIVES)
@given(tours())
@settings(max_examples=60, deadline=None)
def test_the_plan_is_as_good_as_the_best_of_all_orders(objective, tour):
    assert planned(tour, objective) == best_tour(tour, objective)


@pytest.mark.parametrize("objective", OBJECTIVES)
@given(tours())
@settings(max_examples=15, deadline=None)
def test_the_solver_agrees_where_there_are_too_many_ways_to_look_at(objective, tour):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tour_plan, "WIDTHS", (0,))
        assert planned(tour, objective) == best_tour(tour, objective)


def test_the_same_seed_gives_the_same_order():
    tour = read_tour(instance(INSTANCES / "tour" / "rc_202.2.json"))
    assert plan_tour(tour, PLENTY, seed=2) == plan_tour(tour, PLENTY, seed=2)


def test_the_check_refuses_a_late_arrival_and_a_place_left_out():
    tour = Tour(((0, 5, 5), (5, 0, 5), (5, 5, 0)), ((0, 99), (0, 6), (0, 12)))
    assert tour_times(tour, [0, 1, 2]).makespan == 15
    with pytest.raises(ValueError, match="place 1 is reached at 10"):
        tour_times(tour, [0, 2, 1])
    with pytest.raises(ValueError, match="all the places"):
        tour_times(tour, [0, 1])


@pytest.mark.parametrize(
    ("windows", "said"),
    [
        (
            ((0, 99), (0, 4), (0, 99)),
            "windows[1] : infaisable : le lieu 1 ne peut être atteint avant 5, et ferme à 4",
        ),
        (
            ((0, 20), (0, 9), (18, 19)),
            "windows[2] : infaisable : après le lieu 2, le retour se fait au plus tôt à 23, après 20",
        ),
        (
            ((0, 99), (0, 7), (0, 8)),
            (
                "windows : infaisable : ces heures ne peuvent être tenues ensemble : lieu 1 avant 7 ; lieu 2 avant 8"
                " ; élargissez une de ces fenêtres, ou retirez un lieu"
            ),
        ),
    ],
)
def test_an_impossible_tour_names_the_windows_at_stake(windows, said):
    tour = Tour(((0, 5, 5), (5, 0, 5), (5, 5, 0)), windows)
    with pytest.raises(BadInput) as refused:
        plan_tour(tour, PLENTY)
    assert [str(problem) for problem in refused.value.problems] == [said]


def test_windows_that_are_not_at_stake_are_not_named():
    row = (5, 5, 5, 5)
    tour = Tour((row,) * 4, ((0, 99), (0, 7), (0, 99), (0, 8)))
    with pytest.raises(BadInput, match="ensemble : lieu 1 avant 7 ; lieu 3 avant 8"):
        plan_tour(tour, PLENTY)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"durations": [[0]], "windows": [[0, 1]]}, ["windows : il faut le départ et au moins un lieu"]),
        (
            {"durations": [[0, 1], [1]], "windows": [[0, 9], [9, 3]], "n": 3, "scale": 0},
            [
                "durations[1] : contient 1 valeurs ; attendu : 2",
                "n : 3 annoncé, mais windows en contient 2",
                "scale : doit être au moins 1",
                "windows[1] : ouvre à 9, après sa fermeture à 3",
            ],
        ),
    ],
)
def test_bad_input_is_told_all_at_once(content, said):
    with pytest.raises(BadInput) as refused:
        read_tour(content)
    assert [str(problem) for problem in refused.value.problems] == said
