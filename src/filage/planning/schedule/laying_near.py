"""A few days of a plan taken up again: which ones, chosen in turn by four habits, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from filage.planning.schedule.laying_problem import LayingProblem

FEWEST, MOST = 2, 4
MOST_SCENES = 16
"""Scenes that are moved at once: more would take the solver too long."""


class Neighbours:
    """The slots to take up again, one handful after another."""

    def __init__(self, problem: LayingProblem, seed: int) -> None:
        self.problem = problem
        self.random = random.Random(seed)  # noqa: S311 - a search, not a secret
        self.open = [at for at, slot in enumerate(problem.slots) if not slot.closed and not slot.event]
        self.turn = 0

    def next(self, slots: Sequence[int]) -> frozenset[int]:
        """Some slots, of which not too many scenes depend."""
        self.turn += 1
        habits = (self._anywhere, self._of_somebody, self._in_a_row, self._of_a_set)
        wanted = habits[self.turn % len(habits)](slots)
        self.random.shuffle(wanted)
        size = self.random.randint(FEWEST, MOST)
        chosen: list[int] = []
        scenes = 0
        for at in dict.fromkeys([*wanted, *self._anywhere(slots)]):
            there = sum(1 for one in slots if one == at)
            if len(chosen) < size and (scenes + there <= MOST_SCENES or len(chosen) < FEWEST):
                chosen.append(at)
                scenes += there
        return frozenset(chosen)

    def _anywhere(self, _slots: Sequence[int]) -> list[int]:
        return self.random.sample(self.open, min(MOST, len(self.open)))

    def _of_somebody(self, slots: Sequence[int]) -> list[int]:
        cast = self.problem.cast
        if not cast:
            return []
        one = self.random.choice(cast)
        found = {slots[n] for n, scene in enumerate(self.problem.scenes) if one.person in scene.people}
        return sorted(found & set(self.open))

    def _in_a_row(self, _slots: Sequence[int]) -> list[int]:
        if len(self.open) <= MOST:
            return list(self.open)
        first = self.random.randrange(len(self.open) - MOST + 1)
        return self.open[first : first + MOST]

    def _of_a_set(self, slots: Sequence[int]) -> list[int]:
        one = self.random.choice(self.problem.scenes)
        found = {slots[n] for n, scene in enumerate(self.problem.scenes) if scene.set == one.set}
        return sorted(found & set(self.open))
