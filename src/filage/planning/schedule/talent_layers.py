"""Many scenes from both ends: the first, the last, the second, the last but one… with a bound on what is left.

Beginnings and ends with the same scenes are one state; a state that cannot lead below the best order known is dropped.
When more states are left than memory allows the least promising go too: what they could have led to at best is then
the bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.planning.schedule.answer import Watch
from filage.planning.schedule.talent import Talent
from filage.planning.schedule.talent_exact import People, Prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

MOST_SCENES = 62
WIDTHS = (2_000, 20_000, 100_000)


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
    """Better orders, if any, with bounds on waiting, wider and wider; ends when proved or when the time is over."""
    for width in WIDTHS:
        if watch.is_over():
            return
        order, bound = _Pass(talent, known, width, watch).run()
        yield order, bound
        if order is not None:
            known = min(known, _waiting(talent, order))
        if bound >= known:
            return


def _waiting(talent: Talent, order: list[int]) -> int:
    from filage.planning.schedule.talent import talent_cost

    return talent_cost(talent, order) - talent.base


class _Pass:
    """One search at a given width."""

    def __init__(self, talent: Talent, known: int, width: int, watch: Watch) -> None:
        self.talent, self.known, self.width, self.watch = talent, known, width, watch
        self.prices, self.people = Prices(talent.costs), People(talent.casts)
        self.everything = (1 << len(talent.casts)) - 1
        self.dropped = known
        people = range(len(talent.costs))
        self.scenes_of = [
            sum(1 << scene for scene, cast in enumerate(talent.casts) if cast >> person & 1)
            for person in people
        ]
        self.lengths = Prices(talent.durations)

    def run(self) -> tuple[list[int] | None, int]:
        """The best order below the one known, none if there is none, and the bound proved."""
        import numpy as np

        zero = np.zeros(1, dtype=np.int64)
        layers = [_Layer(zero, zero, zero, zero, zero, zero)]
        for _ in self.talent.casts:
            if self.watch.is_over():
                return None, min(self.dropped, int(np.min(layers[-1].paid + layers[-1].least)))
            layer = self._distinct(self._children(layers[-1]))
            if not len(layer):
                return None, self.dropped
            layers.append(self._narrowed(layer))
        last = int(np.argmin(layers[-1].paid))
        return self._order(layers, last), min(self.dropped, int(layers[-1].paid[last]))

    def _children(self, layer: _Layer) -> _Layer:
        """Each state with each scene still to be placed taken next to its first ones."""
        import numpy as np

        came, went = self.people.of(layer.near), self.people.of(layer.far)
        to_place = self.everything & ~(layer.near | layer.far)
        parts = []
        for scene, cast in enumerate(self.talent.casts):
            which = np.flatnonzero((to_place >> scene) & 1)
            left = to_place[which] & ~(1 << scene)
            waiting = came[which] & (went[which] | self.people.of(left)) & ~cast
            paid = layer.paid[which] + self.prices.of(waiting) * self.talent.durations[scene]
            kept = np.flatnonzero(paid < self.known)
            which, paid, left = which[kept], paid[kept], left[kept]
            least = self._least(came[which] | cast, went[which], left)
            near = layer.near[which] | (1 << scene)
            made = _Layer(
                layer.far[which], near, paid, least, which, np.full(len(which), scene, dtype=np.int64)
            )
            parts.append(made.take(np.flatnonzero(paid + least < self.known)))
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

    def _narrowed(self, layer: _Layer) -> _Layer:
        """At most `width` states, the most promising; what the others promised is kept as a bound."""
        import numpy as np

        if len(layer) <= self.width:
            return layer
        promised = layer.paid + layer.least
        ranks = np.argsort(promised, kind="stable")
        self.dropped = min(self.dropped, int(promised[ranks[self.width]]))
        return layer.take(ranks[: self.width])

    def _order(self, layers: list[_Layer], at: int) -> list[int]:
        """The order that led to a last state, read back from scene to scene."""
        placed: list[int] = []
        for layer in reversed(layers[1:]):
            placed.append(int(layer.scene[at]))
            at = int(layer.parent[at])
        placed.reverse()
        return placed[::2] + placed[1::2][::-1]
