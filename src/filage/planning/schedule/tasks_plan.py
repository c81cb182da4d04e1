"""Solving tasks: a plan built by priority, then OR-Tools CP-SAT to improve it and prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.planning.schedule.answer import Status, Watch
from filage.planning.schedule.solver import solver
from filage.planning.schedule.tasks import Tasks, in_order, least_makespan, tails, tasks_makespan

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
    starts = by_priority(tasks)
    best, bound = tasks_makespan(tasks, starts), least_makespan(tasks)
    watch.tell(best, bound)
    if best > bound and not watch.is_over():
        found, proved = _solved(tasks, starts, watch, seed)
        bound = max(bound, proved)
        if found is not None and tasks_makespan(tasks, found) < best:
            starts, best = found, tasks_makespan(tasks, found)
    return TasksPlan(tuple(starts), best, min(bound, best))


def by_priority(tasks: Tasks) -> list[int]:
    """A plan where each task, the most urgent first, starts as soon as its turn and the means allow."""
    urgency = tails(tasks)
    place = {task: at for at, task in enumerate(in_order(tasks))}
    horizon = sum(tasks.durations) + 1
    used = [[0] * horizon for _ in tasks.capacities]
    earliest, starts = [0] * len(tasks.durations), [0] * len(tasks.durations)
    # a task that others wait for has at least their urgency: sorted so, it comes before them
    for task in sorted(place, key=lambda one: (-urgency[one], place[one])):
        start, length = earliest[task], tasks.durations[task]
        wanted = [
            (row, need, held)
            for row, need, held in zip(used, tasks.demands[task], tasks.capacities, strict=True)
            if need
        ]
        moment = start
        while moment < start + length:
            if any(row[moment] + need > held for row, need, held in wanted):
                start = moment + 1
            moment += 1
        for row, need, _ in wanted:
            for at in range(start, start + length):
                row[at] += need
        starts[task] = start
        for after in tasks.successors[task]:
            earliest[after] = max(earliest[after], start + length)
    return starts


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
