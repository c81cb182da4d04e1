"""Solving tasks: a plan built and pushed about, then OR-Tools CP-SAT to improve it and prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.planning.schedule.answer import Status, Watch
from filage.planning.schedule.solver import solver
from filage.planning.schedule.tasks import Tasks, least_makespan, tasks_makespan
from filage.planning.schedule.tasks_build import most_urgent_first, pushed

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar


@dataclass(frozen=True, slots=True)
class TasksPlan:
    """When each task starts, when all is done, and a time no plan can beat."""

    starts: tuple[int, ...]
    makespan: int
    bound: int

    @property
    def status(self) -> Status:
        """Optimal only when the bound is met."""
        return "optimal" if self.makespan == self.bound else "feasible"


def plan_tasks(tasks: Tasks, watch: Watch, *, seed: int = 0) -> TasksPlan:
    """The plan that ends soonest among those found in the time given; it can always be built."""
    bound = least_makespan(tasks)
    starts = pushed(tasks, most_urgent_first(tasks), bound, watch, seed=seed)
    best = tasks_makespan(tasks, starts)
    watch.tell(best, bound)
    if best > bound and not watch.is_over():
        found, proved = _solved(tasks, starts, watch, seed)
        bound = max(bound, proved)
        if found is not None and tasks_makespan(tasks, found) < best:
            starts, best = found, tasks_makespan(tasks, found)
    return TasksPlan(tuple(starts), best, min(bound, best))


def _solved(tasks: Tasks, hint: list[int], watch: Watch, seed: int) -> tuple[list[int] | None, int]:
    """The solver's plan, none when it found no better one, and the bound it proved."""
    from ortools.sat.python import cp_model

    model, starts = _model(tasks, hint)
    run = solver(watch, seed)
    status = run.solve(model)
    bound = int(-(-run.best_objective_bound // 1))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, 0
    return [int(run.value(start)) for start in starts], bound


def _model(tasks: Tasks, hint: list[int]) -> tuple[CpModel, list[IntVar]]:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    horizon = tasks_makespan(tasks, hint)
    starts = [model.new_int_var(0, horizon - length, "") for length in tasks.durations]
    end = model.new_int_var(least_makespan(tasks), horizon, "")
    pieces = [
        model.new_fixed_size_interval_var(start, length, "")
        for start, length in zip(starts, tasks.durations, strict=True)
    ]
    for resource, held in enumerate(tasks.capacities):
        model.add_cumulative(pieces, [row[resource] for row in tasks.demands], held)
    for task, row in enumerate(tasks.successors):
        model.add(end >= starts[task] + tasks.durations[task])
        for after in row:
            model.add(starts[after] >= starts[task] + tasks.durations[task])
        model.add_hint(starts[task], hint[task])
    model.minimize(end)
    return model, starts
