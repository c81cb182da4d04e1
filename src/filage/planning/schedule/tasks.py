"""Tasks that share limited means: when each starts so that all end soonest (RCPSP, as in PSPLIB)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from filage.kernel.errors import BadInput, Problem
from filage.planning.schedule.reading import Reader

KEYS = ("name", "capacities", "durations", "demands", "successors")
IGNORED = ("best_known", "lower_bound", "proven", "source")
MOST_TASKS = 2000
LONGEST = 10**7


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks by position: how long, how much of each resource, which tasks come after."""

    capacities: tuple[int, ...]
    durations: tuple[int, ...]
    demands: tuple[tuple[int, ...], ...]
    successors: tuple[tuple[int, ...], ...]


def read_tasks(content: Any) -> Tasks:
    """Read an instance; BadInput says everything wrong with it, a circle of tasks and an impossible demand included."""
    read = Reader(content, keys=KEYS, ignored=IGNORED)
    read.name()
    capacities = read.wholes("capacities")
    durations = read.wholes("durations")
    count = len(durations)
    demands = read.table("demands", rows=count, columns=len(capacities))
    successors = [
        _after(read, row, f"successors[{at}]", count)
        for at, row in enumerate(read.rows("successors", size=count))
    ]
    if not durations and read.has("durations") and not read.problems:
        read.wrong("aucune tâche à placer", "durations")
    if count > MOST_TASKS:
        read.wrong(f"{count} tâches", "durations", expected=f"au plus {MOST_TASKS}")
    if sum(durations) > LONGEST:
        read.wrong("les durées sont trop longues", "durations", expected=f"une somme d’au plus {LONGEST}")
    _check_demands(read, demands, capacities, durations)
    read.done()
    tasks = Tasks(
        tuple(capacities),
        tuple(durations),
        tuple(tuple(row) for row in demands),
        tuple(tuple(row) for row in successors),
    )
    _refuse_circle(tasks)
    return tasks


def _after(read: Reader, row: Any, path: str, count: int) -> list[int]:
    found = [read.whole(value, f"{path}[{at}]") for at, value in enumerate(read.listed(row, path))]
    for value in found:
        if value >= count:
            read.wrong(f"il n’y a pas de tâche {value}", path, expected=f"de 0 à {count - 1}")
    return found


def _check_demands(
    read: Reader, demands: list[list[int]], capacities: list[int], durations: list[int]
) -> None:
    for task, (row, length) in enumerate(zip(demands, durations, strict=False)):
        for resource, (wanted, held) in enumerate(zip(row, capacities, strict=False)):
            if length and wanted > held:
                read.wrong(
                    f"infaisable : la tâche {task} demande {wanted} de la ressource {resource}, qui n’en a que {held}",
                    f"demands[{task}][{resource}]",
                )


def in_order(tasks: Tasks) -> list[int]:
    """The tasks, each after those it waits for; short when some wait for each other in a circle."""
    waits = [0] * len(tasks.durations)
    for row in tasks.successors:
        for task in row:
            waits[task] += 1
    ready = [task for task, count in enumerate(waits) if count == 0]
    found: list[int] = []
    while ready:
        task = ready.pop()
        found.append(task)
        for after in tasks.successors[task]:
            waits[after] -= 1
            if waits[after] == 0:
                ready.append(after)
    return found


def _refuse_circle(tasks: Tasks) -> None:
    stuck = set(range(len(tasks.durations))) - set(in_order(tasks))
    if not stuck:
        return
    # every stuck task waits for a stuck one: walking back from any of them must come round
    before = {task: next(one for one in sorted(stuck) if task in tasks.successors[one]) for task in stuck}
    seen: list[int] = []
    task = min(stuck)
    while task not in seen:
        seen.append(task)
        task = before[task]
    circle = [task, *reversed(seen[seen.index(task) :])]
    told = " avant ".join(f"la tâche {one}" for one in circle)
    raise BadInput(Problem(f"infaisable : les tâches s’attendent en rond ({told})", "successors"))


def tails(tasks: Tasks) -> list[int]:
    """For each task, the least time from its start to the end of everything, means aside."""
    found = [0] * len(tasks.durations)
    for task in reversed(in_order(tasks)):
        found[task] = tasks.durations[task] + max(
            (found[after] for after in tasks.successors[task]), default=0
        )
    return found


def least_makespan(tasks: Tasks) -> int:
    """A time no plan can beat: the longest chain, or the busiest resource at full use."""
    work = [
        -(
            -sum(length * row[resource] for length, row in zip(tasks.durations, tasks.demands, strict=True))
            // held
        )
        for resource, held in enumerate(tasks.capacities)
        if held
    ]
    return max([*tails(tasks), *work], default=0)


def tasks_makespan(tasks: Tasks, starts: Sequence[int]) -> int:
    """When everything is done; ValueError when a task starts too early or a resource is overdrawn.

    Independent of the searches on purpose: every answer is checked again by it.
    """
    if len(starts) != len(tasks.durations) or min(starts, default=0) < 0:
        message = "a start is missing or negative"
        raise ValueError(message)
    ends = [start + length for start, length in zip(starts, tasks.durations, strict=True)]
    for task, row in enumerate(tasks.successors):
        for after in row:
            if starts[after] < ends[task]:
                message = f"task {after} starts before task {task} ends"
                raise ValueError(message)
    for resource, held in enumerate(tasks.capacities):
        for moment in set(starts):
            used = sum(
                tasks.demands[task][resource] for task, end in enumerate(ends) if starts[task] <= moment < end
            )
            if used > held:
                message = f"resource {resource} is overdrawn at {moment}"
                raise ValueError(message)
    return max(ends, default=0)
