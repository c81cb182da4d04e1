"""OR-Tools CP-SAT run beside whoever waits: told of progress, stopped at once, by time, by hand or by Ctrl+C."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver

POLL = 0.1
LEAST = 0.05
Tell = Callable[[int | None, int | None], bool]


@dataclass(frozen=True, slots=True)
class Solved:
    """How a run ended: `optimal`, `feasible`, `impossible` or `unknown`; the solver holds the values."""

    status: str
    solver: CpSolver
    bound: int
    objective: int
    stopped: bool = False

    @property
    def found(self) -> bool:
        """Whether there are values to read."""
        return self.status in ("optimal", "feasible")


def quiet(_best: int | None, _bound: int | None) -> bool:
    """Tell nobody, and go on."""
    return True


def solve(
    model: CpModel,
    *,
    seconds: float,
    seed: int,
    tell: Tell = quiet,
    workers: int = 1,
    any_will_do: bool = False,
) -> Solved:
    """Solve a model in the time given; `tell` hears of progress and answers False to stop with the best so far.

    Ctrl+C keeps the best so far where somebody listens; elsewhere it goes on to whoever asked.
    """
    from ortools.sat.python import cp_model

    run = cp_model.CpSolver()
    run.parameters.max_time_in_seconds = max(LEAST, seconds)
    run.parameters.random_seed = seed
    run.parameters.num_workers = workers
    run.parameters.interleave_search = workers > 1
    run.parameters.catch_sigint_signal = False
    run.parameters.stop_after_first_solution = any_will_do
    heard = _Heard()
    run.best_bound_callback = heard.hear_bound
    stopped = _beside(lambda: run.solve(model, heard.callback()), run, heard, tell)
    if stopped and tell is quiet:
        raise KeyboardInterrupt
    names = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "impossible"}
    status = names.get(heard.status, "unknown")
    has_values = status in ("optimal", "feasible")
    return Solved(
        status,
        run,
        bound=-int(-run.best_objective_bound // 1)
        if heard.status is not None and status != "impossible"
        else 0,
        objective=round(run.objective_value) if has_values else 0,
        stopped=stopped,
    )


class _Heard:
    """What the solver said last, from its own thread."""

    def __init__(self) -> None:
        self.best: int | None = None
        self.bound: int | None = None
        self.status: Any = None

    def hear_bound(self, bound: float) -> None:
        """Keep a bound that has just been raised."""
        self.bound = int(bound)

    def callback(self) -> Any:
        """What the solver calls at each solution."""
        from ortools.sat.python import cp_model

        heard = self

        class Callback(cp_model.CpSolverSolutionCallback):
            def on_solution_callback(self) -> None:
                heard.best = round(self.objective_value)
                heard.bound = int(self.best_objective_bound)

        return Callback()


def _beside(work: Callable[[], Any], run: CpSolver, heard: _Heard, tell: Tell) -> bool:
    """Run the solver in a thread, so that whoever waits can be told, stop it, or press Ctrl+C."""
    done = threading.Event()  # joining a thread is not safe from Ctrl+C: it may be taken for finished

    def solving() -> None:
        try:
            heard.status = work()
        finally:
            done.set()

    threading.Thread(target=solving, daemon=True).start()
    stopped = False
    while not done.is_set():
        try:
            if not done.wait(POLL) and not stopped and not tell(heard.best, heard.bound):
                stopped = True
                run.stop_search()
        except KeyboardInterrupt:
            stopped = True
            run.stop_search()
    return stopped
