"""Solving tours: built place by place, then OR-Tools CP-SAT where there are too many ways to look at them all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.kernel.errors import BadInput, Problem
from filage.planning.schedule.answer import Status, Stopped, Watch
from filage.planning.schedule.solver import solver
from filage.planning.schedule.tour import Objective, Tour, shortest, tour_times
from filage.planning.schedule.tour_labels import build_tours
from filage.planning.schedule.tour_refusal import refuse

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import BoolVarT, CpModel, IntVar

WIDTHS = (2_000, 20_000)
"""How many ways a step: few for a first order, then enough to look at them all; else the solver takes over."""


@dataclass(frozen=True, slots=True)
class TourPlan:
    """The order of places, from place 0, its value, and a value no order can beat."""

    order: tuple[int, ...]
    objective: Objective
    value: int
    bound: int

    @property
    def status(self) -> Status:
        """Optimal only when the bound is met."""
        return "optimal" if self.value == self.bound else "feasible"


def plan_tour(tour: Tour, watch: Watch, *, objective: Objective = "makespan", seed: int = 0) -> TourPlan:
    """The best order found in the time given; BadInput when there is none, or when none was found."""
    order: list[int] | None = None
    bound = least(tour, objective)
    with suppress(Stopped, KeyboardInterrupt):
        for width in WIDTHS:
            found = build_tours(tour, objective, width, watch, whole=width != WIDTHS[0])
            order = _better(tour, objective, order, found.order)
            if found.complete:
                bound = _value(tour, objective, order) if order else refuse(tour, watch)
                break
            watch.tell(_value(tour, objective, order) if order else None, bound)
        else:
            order, bound = _solved(tour, objective, order, bound, watch, seed)
    if order is None:
        message = "aucun ordre n’a été trouvé dans le temps donné ; il en existe peut-être un"
        raise BadInput(
            Problem(message, suggestion="donnez plus de temps avec --time-limit, ou élargissez des fenêtres")
        )
    value = _value(tour, objective, order)
    return TourPlan(tuple(order), objective, value, min(bound, value))


def _value(tour: Tour, objective: Objective, order: list[int]) -> int:
    return tour_times(tour, order).value(objective)


def _better(
    tour: Tour, objective: Objective, one: list[int] | None, other: list[int] | None
) -> list[int] | None:
    """The better of two orders, the one there is, or none."""
    if one is None or other is None:
        return one or other
    return other if _value(tour, objective, other) < _value(tour, objective, one) else one


def least(tour: Tour, objective: Objective) -> int:
    """A value no order can beat: every place is left once, by its shortest way at best."""
    places = range(len(tour.windows))
    leaving = sum(min(tour.durations[here][there] for there in places if there != here) for here in places)
    if objective == "travel":
        return leaving
    nearest = min(tour.durations[place][0] for place in places if place)
    opening = max(opens for opens, _ in tour.windows[1:])
    return max(tour.windows[0][0] + leaving, opening + nearest)


def _solved(
    tour: Tour, objective: Objective, order: list[int] | None, bound: int, watch: Watch, seed: int
) -> tuple[list[int] | None, int]:
    """The solver's order, the one given when it found none better, and the bound it proved."""
    from ortools.sat.python import cp_model

    if watch.is_over():
        raise Stopped
    model, arcs = _model(tour, objective, order)
    run = solver(watch, seed)
    run.parameters.linearization_level = 2
    status = run.solve(model)
    if status == cp_model.INFEASIBLE and order is None:
        refuse(tour, watch)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        following = {here: there for here, there, arc in arcs if run.boolean_value(arc)}
        found = [0]
        while following[found[-1]]:
            found.append(following[found[-1]])
        bound = max(bound, int(-(-(run.best_objective_bound - 1e-6) // 1)))
        order = _better(tour, objective, order, found)
    return order, bound


def _model(
    tour: Tour, objective: Objective, order: list[int] | None
) -> tuple[CpModel, list[tuple[int, int, BoolVarT]]]:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    places = range(len(tour.windows))
    moments = [model.new_int_var(opens, closes, "") for opens, closes in tour.windows]
    model.add(moments[0] == tour.windows[0][0])
    end = model.new_int_var(tour.windows[0][0], tour.windows[0][1], "")
    arcs: list[tuple[int, int, BoolVarT]] = []
    taken = set(zip(order, [*order[1:], 0], strict=True)) if order else set()
    for here in places:
        for there in places:
            length = tour.durations[here][there]
            if here == there or tour.windows[here][0] + length > tour.windows[there][1]:
                continue
            arc = model.new_bool_var("")
            arcs.append((here, there, arc))
            arrival = moments[there] if there else end
            model.add(arrival >= moments[here] + length).only_enforce_if(arc)
            if order:
                model.add_hint(arc, (here, there) in taken)
    model.add_circuit(arcs)
    _order_known(model, tour, moments)
    travel = sum(tour.durations[here][there] * arc for here, there, arc in arcs)
    model.add(end >= tour.windows[0][0] + travel)
    model.minimize(end if objective == "makespan" else travel)
    return model, arcs


def _order_known(model: CpModel, tour: Tour, moments: list[IntVar]) -> None:
    """Say which of two places comes first wherever the windows leave no choice."""
    far = shortest(tour)
    for first in range(1, len(moments)):
        for second in range(1, len(moments)):
            if first != second and tour.windows[second][0] + far[second][first] > tour.windows[first][1]:
                model.add(moments[second] >= moments[first] + far[first][second])
