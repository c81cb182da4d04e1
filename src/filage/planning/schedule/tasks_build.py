"""Building plans of tasks: by priority, then pushed to the right and back to the left, again and again."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from random import Random

from filage.planning.schedule.answer import Watch
from filage.planning.schedule.tasks import Tasks, in_order, tails, tasks_makespan

ROUNDS = 200
"""Rounds of pushing; more gain less than the solver does in the same time."""


def by_priority(tasks: Tasks, priorities: Sequence[float]) -> list[int]:
    """A plan where each task, lowest priority number first, starts as soon as its turn and the means allow."""
    waits = [0] * len(tasks.durations)
    for row in tasks.successors:
        for after in row:
            waits[after] += 1
    ready = [(priorities[task], task) for task, count in enumerate(waits) if not count]
    heapify(ready)
    used = [[0] * (sum(tasks.durations) + 1) for _ in tasks.capacities]
    starts = [0] * len(tasks.durations)
    while ready:
        _, task = heappop(ready)
        starts[task] = _place(tasks, used, task, starts[task])
        for after in tasks.successors[task]:
            starts[after] = max(starts[after], starts[task] + tasks.durations[task])
            waits[after] -= 1
            if not waits[after]:
                heappush(ready, (priorities[after], after))
    return starts


def _place(tasks: Tasks, used: list[list[int]], task: int, start: int) -> int:
    """Take the means of a task from the first moment they are free throughout, and say which."""
    length = tasks.durations[task]
    wanted = [
        (row, need, held - need)
        for row, need, held in zip(used, tasks.demands[task], tasks.capacities, strict=True)
        if need
    ]
    moment = start
    while moment < start + length:
        if any(row[moment] > most for row, _, most in wanted):
            start = moment + 1
        moment += 1
    for row, need, _ in wanted:
        for at in range(start, start + length):
            row[at] += need
    return start


def most_urgent_first(tasks: Tasks) -> list[int]:
    """The plan that serves first what the longest chain waits for."""
    return by_priority(tasks, [-urgency for urgency in tails(tasks)])


def pushed(tasks: Tasks, starts: list[int], bound: int, watch: Watch, *, seed: int) -> list[int]:
    """A plan at least as good: tasks pushed as late, then as early as they go, from orders shaken a little more."""
    random, mirror = Random(seed), mirrored(tasks)  # noqa: S311 - a search, not a secret
    best, least = starts, tasks_makespan(tasks, starts)
    for turn in range(ROUNDS):
        if least <= bound or watch.is_over():
            break
        shake = least * (0.05 + 0.25 * (turn % 10) / 10)
        tried = by_priority(tasks, [start + random.uniform(0, shake) for start in best]) if turn else best
        late = by_priority(mirror, [-start - tasks.durations[task] for task, start in enumerate(tried)])
        early = by_priority(tasks, [-start - tasks.durations[task] for task, start in enumerate(late)])
        found = tasks_makespan(tasks, early)
        if found <= least:
            best, least = early, found
    return best


def mirrored(tasks: Tasks) -> Tasks:
    """The same tasks with time running backwards."""
    before: list[list[int]] = [[] for _ in tasks.durations]
    for task in in_order(tasks):
        for after in tasks.successors[task]:
            before[after].append(task)
    return Tasks(tasks.capacities, tasks.durations, tasks.demands, tuple(map(tuple, before)))
