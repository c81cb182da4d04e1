"""OR-Tools CP-SAT, set once: one worker, so that the same seed gives the same answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver

    from filage.planning.schedule.answer import Watch

LEAST_SECONDS = 0.05


def solver(watch: Watch, seed: int) -> CpSolver:
    """A solver that stops in time, and at Ctrl+C, with the best it has."""
    from ortools.sat.python import cp_model

    run = cp_model.CpSolver()
    run.parameters.max_time_in_seconds = max(LEAST_SECONDS, watch.left())
    run.parameters.random_seed = seed
    run.parameters.num_workers = 1
    return run
