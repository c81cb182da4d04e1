"""Making a talent instance smaller without changing its best order.

Scenes with the same people go together in some best order; somebody who appears once never waits; a scene where
nobody left can wait goes last for nothing (de la Banda, Stuckey and Chu, 2011).
"""

from __future__ import annotations

from dataclasses import dataclass

from filage.planning.schedule.talent import Talent


@dataclass(frozen=True, slots=True)
class Merged:
    """The smaller instance, the scenes each of its own stands for, and those that may go anywhere at the end."""

    talent: Talent
    groups: tuple[tuple[int, ...], ...]
    free: tuple[int, ...]

    def expand(self, order: list[int]) -> list[int]:
        """The order of the first instance for an order of the smaller one."""
        return [scene for group in order for scene in self.groups[group]] + list(self.free)


def merge(talent: Talent) -> Merged:
    """Merge until nothing changes."""
    casts, groups = list(talent.casts), [[scene] for scene in range(len(talent.casts))]
    free: list[int] = []
    while True:
        together: dict[int, list[int]] = {}
        for cast, group in zip(casts, groups, strict=True):
            together.setdefault(cast, []).extend(group)
        free += together.pop(0, [])
        casts, groups = list(together), list(together.values())
        waiting = sum(
            1 << person
            for person, cost in enumerate(talent.costs)
            if cost and sum(cast >> person & 1 for cast in casts) > 1
        )
        if all(cast & waiting == cast for cast in casts):
            return Merged(_smaller(talent, casts, groups), tuple(map(tuple, groups)), tuple(free))
        casts = [cast & waiting for cast in casts]


def _smaller(talent: Talent, casts: list[int], groups: list[list[int]]) -> Talent:
    people = [person for person in range(len(talent.costs)) if any(cast >> person & 1 for cast in casts)]
    fewer = tuple(sum(1 << at for at, person in enumerate(people) if cast >> person & 1) for cast in casts)
    durations = tuple(sum(talent.durations[scene] for scene in group) for group in groups)
    return Talent(fewer, durations, tuple(talent.costs[person] for person in people), talent.scale)
