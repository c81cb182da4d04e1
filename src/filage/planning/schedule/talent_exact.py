"""The best order of few scenes, by dynamic programming over the sets of scenes already taken.

What a beginning costs depends only on which scenes it holds, and an order read backwards costs the same. Any order is
therefore a beginning that costs at most half, one scene, and an end that costs at most half: only sets of scenes that
cost up to half of the best order known are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from filage.planning.schedule.answer import Stopped, Watch
from filage.planning.schedule.talent import Talent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

MOST_SCENES = 25
"""Beyond, the table of sets no longer fits the memory of an ordinary machine."""
TABLE_BITS = 12
NOT_MET = 1 << 60


def exact_order(talent: Talent, known: int, watch: Watch) -> list[int]:
    """A best order, proved, given the waiting of a known one; Stopped when the time is over first."""
    import numpy as np

    if not talent.casts:
        return []
    search = _Search(talent, known, watch, np.full(1 << len(talent.casts), NOT_MET, dtype=np.int64))
    search.best[0] = 0
    layers = [np.zeros(1, dtype=np.int64)]
    while len(layers[-1]):
        layers.append(search.extend(layers[-1]))
    first, scene = search.join(layers)
    last = search.everything & ~(first | 1 << scene)
    return [*search.beginning(first), scene, *reversed(search.beginning(last))]


class Prices:
    """What a unit of time costs for sets of people, by tables of a few people each."""

    def __init__(self, costs: tuple[int, ...]) -> None:
        import numpy as np

        self._tables: list[Numbers] = []
        for start in range(0, len(costs), TABLE_BITS):
            table = np.zeros(1, dtype=np.int64)
            for cost in costs[start : start + TABLE_BITS]:
                table = np.concatenate((table, table + cost))
            self._tables.append(table)

    def of(self, members: Numbers) -> Numbers:
        """What each set costs."""
        import numpy as np

        total = np.zeros(members.shape, dtype=np.int64)
        for rank, table in enumerate(self._tables):
            total += table[(members >> (rank * TABLE_BITS)) & (len(table) - 1)]
        return total


class People:
    """Who appears in sets of scenes, by tables of a few scenes each."""

    def __init__(self, casts: tuple[int, ...]) -> None:
        import numpy as np

        self._tables: list[Numbers] = []
        for start in range(0, len(casts), TABLE_BITS):
            table = np.zeros(1, dtype=np.int64)
            for cast in casts[start : start + TABLE_BITS]:
                table = np.concatenate((table, table | cast))
            self._tables.append(table)

    def of(self, scenes: Numbers) -> Numbers:
        """Who appears in each set."""
        import numpy as np

        found = np.zeros(scenes.shape, dtype=np.int64)
        for rank, table in enumerate(self._tables):
            found |= table[(scenes >> (rank * TABLE_BITS)) & (len(table) - 1)]
        return found


@dataclass(slots=True)
class _Search:
    """The least waiting of every beginning met so far."""

    talent: Talent
    known: int
    watch: Watch
    best: Numbers
    prices: Prices = field(init=False)
    people: People = field(init=False)
    everything: int = field(init=False)

    def __post_init__(self) -> None:
        self.prices, self.people = Prices(self.talent.costs), People(self.talent.casts)
        self.everything = (1 << len(self.talent.casts)) - 1

    def extend(self, sets: Numbers) -> Numbers:
        """Take each scene after each of these sets; the sets met for the first time."""
        import numpy as np

        came = self.people.of(sets)
        met = []
        for scene in range(len(self.talent.casts)):
            if self.watch.is_over():
                raise Stopped
            which = np.flatnonzero((sets >> scene) & 1 == 0)
            after = sets[which] | (1 << scene)
            waiting = came[which] & self.people.of(self.everything & ~after) & ~self.talent.casts[scene]
            reached = self.best[sets[which]] + self.prices.of(waiting) * self.talent.durations[scene]
            within = np.flatnonzero(2 * reached <= self.known)
            after, reached = after[within], reached[within]
            before = self.best[after]
            met.append(after[before == NOT_MET])
            self.best[after] = np.minimum(before, reached)
        return np.concatenate(met)

    def join(self, layers: list[Numbers]) -> tuple[int, int]:
        """The beginning and the scene after it which, with the best end for the others, wait least in all."""
        import numpy as np

        least, found = NOT_MET, (0, 0)
        for sets in layers:
            for scene in range(len(self.talent.casts)):
                before = sets[(sets >> scene) & 1 == 0]
                ends = self.best[self.everything & ~(before | (1 << scene))]
                before, ends = before[ends < NOT_MET], ends[ends < NOT_MET]
                if not len(before):
                    continue
                total = self.best[before] + ends + self.waiting(before, scene)
                at = int(np.argmin(total))
                if total[at] < least:
                    least, found = int(total[at]), (int(before[at]), scene)
        return found

    def waiting(self, before: Numbers, scene: int) -> Numbers:
        """What people wait during a scene taken after each of these sets and before all others."""
        later = self.everything & ~(before | (1 << scene))
        people = self.people.of(before) & self.people.of(later) & ~self.talent.casts[scene]
        return self.prices.of(people) * self.talent.durations[scene]

    def beginning(self, scenes: int) -> list[int]:
        """A best order of these scenes, taken first."""
        import numpy as np

        order: list[int] = []
        while scenes:
            scene = next(
                scene
                for scene in range(len(self.talent.casts))
                if scenes >> scene & 1
                and self.best[scenes & ~(1 << scene)]
                + self.waiting(np.array([scenes & ~(1 << scene)]), scene)[0]
                == self.best[scenes]
            )
            order.append(scene)
            scenes &= ~(1 << scene)
        return order[::-1]
