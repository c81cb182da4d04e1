"""Many scenes from both ends: the first, the last, the second, the last but one… with a bound on what is left.

Beginnings and ends with the same scenes are one state; a state that cannot lead below a target is dropped. When none
is left, no order waits less than the target: it is a bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from filage.planning.schedule.answer import Stopped, Watch
from filage.planning.schedule.talent import Talent
from filage.planning.schedule.talent_exact import People, Prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

MOST_SCENES = 62
WIDTH = 300_000
"""How many states as many scenes may leave, for the memory of an ordinary machine."""
STEPS = 16


@dataclass(frozen=True, slots=True)
class _Layer:
    """States of as many scenes placed: those taken first, those taken last, what is paid, the least still to pay."""

    near: Numbers
    far: Numbers
    paid: Numbers
    least: Numbers
    parent: Numbers
    scene: Numbers

    def take(self, which: Numbers) -> _Layer:
        """Some of the states."""
        return _Layer(
            self.near[which],
            self.far[which],
            self.paid[which],
            self.least[which],
            self.parent[which],
            self.scene[which],
        )

    def __len__(self) -> int:
        return len(self.near)


def layered_order(talent: Talent, known: int, watch: Watch) -> Iterator[tuple[list[int] | None, int]]:
    """Higher and higher bounds on waiting, and an order below `known` if there is one.

    Each pass asks whether an order can wait less than a target, a little above the bound; a target too high for the
    memory allowed is brought nearer. Ends when proved, when no nearer target is left, or when the time is over.
    """
    bound, step = 0, max(1, known // STEPS)
    while bound < known and step and not watch.is_over():
        target = min(known, bound + step)
        order, proved = _Pass(talent, target, watch).run()
        if order is not None:
            known = _waiting(talent, order)
        if proved < target and order is None:
            step //= 2
        bound = max(bound, proved)
        yield order, bound


def _waiting(talent: Talent, order: list[int]) -> int:
    from filage.planning.schedule.talent import talent_cost

    return talent_cost(talent, order) - talent.base


class _Pass:
    """One search for an order that waits less than a target."""

    def __init__(self, talent: Talent, target: int, watch: Watch) -> None:
        self.talent, self.target, self.watch = talent, target, watch
        self.prices, self.people = Prices(talent.costs), People(talent.casts)
        self.everything = (1 << len(talent.casts)) - 1
        people = range(len(talent.costs))
        self.scenes_of = [
            sum(1 << scene for scene, cast in enumerate(talent.casts) if cast >> person & 1)
            for person in people
        ]
        self.lengths = Prices(talent.durations)
        self.pairs = self._pairs()

    def run(self) -> tuple[list[int] | None, int]:
        """The best order below the target, none if there is none, and the bound proved, at most the target."""
        import numpy as np

        zero = np.zeros(1, dtype=np.int64)
        layers = [_Layer(zero, zero, zero, zero, zero, zero)]
        for _ in self.talent.casts:
            try:
                layer = self._promised(self._distinct(self._children(layers[-1])))
            except Stopped:
                return None, int(np.min(layers[-1].paid + layers[-1].least))
            if not len(layer):
                return None, self.target
            if len(layer) > WIDTH:
                return None, int(np.min(layer.paid + layer.least))
            layers.append(layer)
        last = int(np.argmin(layers[-1].paid))
        return self._order(layers, last), int(layers[-1].paid[last])

    def _children(self, layer: _Layer) -> _Layer:
        """Each state with each scene still to be placed taken next to its first ones."""
        import numpy as np

        came, went = self.people.of(layer.near), self.people.of(layer.far)
        to_place = self.everything & ~(layer.near | layer.far)
        parts = []
        for scene, cast in enumerate(self.talent.casts):
            if self.watch.is_over():
                raise Stopped
            which = np.flatnonzero((to_place >> scene) & 1)
            left = to_place[which] & ~(1 << scene)
            waiting = came[which] & (went[which] | self.people.of(left)) & ~cast
            paid = layer.paid[which] + self.prices.of(waiting) * self.talent.durations[scene]
            kept = np.flatnonzero(paid < self.target)
            which, paid, left = which[kept], paid[kept], left[kept]
            least = self._least(came[which] | cast, went[which], left)
            near = layer.near[which] | (1 << scene)
            made = _Layer(
                layer.far[which], near, paid, least, which, np.full(len(which), scene, dtype=np.int64)
            )
            parts.append(made.take(np.flatnonzero(paid + least < self.target)))
        return _Layer(
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in ("near", "far", "paid", "least", "parent", "scene")
            )
        )

    def _least(self, came: Numbers, went: Numbers, left: Numbers) -> Numbers:
        """The least still paid: who is there before and after waits through every scene left without them."""
        import numpy as np

        total = np.zeros(left.shape, dtype=np.int64)
        both = came & went
        for person, own in enumerate(self.scenes_of):
            stays = ((both >> person) & 1).astype(bool)
            if stays.any():
                total[stays] += self.talent.costs[person] * self.lengths.of(left[stays] & ~own)
        return total

    def _promised(self, layer: _Layer) -> _Layer:
        """The states that may still lead below the target, once those who are there to leave are counted.

        Of two people who came and have yet to leave for good, the last to leave waits through the other's scenes.
        """
        import numpy as np

        left = self.everything & ~(layer.near | layer.far)
        came, went, still = self.people.of(layer.near), self.people.of(layer.far), self.people.of(left)
        least = (
            layer.least
            + self._leaving(came & still & ~went, left)
            + self._leaving(went & still & ~came, left)
        )
        return replace(layer, least=least).take(np.flatnonzero(layer.paid + least < self.target))

    def _leaving(self, there: Numbers, left: Numbers) -> Numbers:
        """The least people wait to leave, two by two."""
        import numpy as np

        total = np.zeros(left.shape, dtype=np.int64)
        for one, other in self.pairs:
            if self.watch.is_over():
                raise Stopped
            both = 1 << one | 1 << other
            which = np.flatnonzero(there & both == both)
            if not len(which):
                continue
            scenes = left[which]
            first = self.lengths.of(scenes & self.scenes_of[one] & ~self.scenes_of[other])
            second = self.lengths.of(scenes & self.scenes_of[other] & ~self.scenes_of[one])
            waits = np.minimum(first * self.talent.costs[other], second * self.talent.costs[one])
            total[which] += waits
            there[which[waits > 0]] &= ~both
        return total

    def _pairs(self) -> list[tuple[int, int]]:
        """People two by two, those who may wait most for each other first."""
        costs, found = self.talent.costs, []
        for one, other in combinations(range(len(costs)), 2):
            first = sum(
                length
                for scene, length in enumerate(self.talent.durations)
                if self.scenes_of[one] & ~self.scenes_of[other] & 1 << scene
            )
            second = sum(
                length
                for scene, length in enumerate(self.talent.durations)
                if self.scenes_of[other] & ~self.scenes_of[one] & 1 << scene
            )
            found.append((min(first * costs[other], second * costs[one]), one, other))
        return [(one, other) for worth, one, other in sorted(found, reverse=True) if worth]

    def _distinct(self, layer: _Layer) -> _Layer:
        """One state for each pair of sets, the one that paid least."""
        import numpy as np

        if not len(layer):
            return layer
        ranks = np.lexsort((layer.paid, layer.far, layer.near))
        near, far = layer.near[ranks], layer.far[ranks]
        first = np.ones(len(ranks), dtype=bool)
        first[1:] = (near[1:] != near[:-1]) | (far[1:] != far[:-1])
        return layer.take(ranks[first])

    def _order(self, layers: list[_Layer], at: int) -> list[int]:
        """The order that led to a last state, read back from scene to scene."""
        placed: list[int] = []
        for layer in reversed(layers[1:]):
            placed.append(int(layer.scene[at]))
            at = int(layer.parent[at])
        placed.reverse()
        return placed[::2] + placed[1::2][::-1]
