"""A good order of many scenes: descents from shuffled orders, every move of one scene tried at once.

The same seed walks the same way, however long it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.planning.schedule.talent_exact import Prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from filage.planning.schedule.talent import Talent

    Numbers = NDArray[np.int64]

LONGEST_KICK = 4


class Orders:
    """Counts what people wait, for many orders at once."""

    def __init__(self, talent: Talent) -> None:
        import numpy as np

        self._casts = np.array(talent.casts, dtype=np.int64)
        self._durations = np.array(talent.durations, dtype=np.int64)
        self._prices = Prices(talent.costs)

    def waiting(self, orders: Numbers) -> Numbers:
        """What people wait in each order, one a row."""
        import numpy as np

        casts = self._casts[orders]
        come = np.bitwise_or.accumulate(casts, axis=1)
        to_come = np.bitwise_or.accumulate(casts[:, ::-1], axis=1)[:, ::-1]
        priced = self._prices.of(come & to_come & ~casts) * self._durations[orders]
        total: Numbers = priced.sum(axis=1)
        return total


def _moves(scenes: int) -> Numbers:
    """Every order reached from 0, 1, 2… by moving one scene, or by turning a stretch around."""
    import numpy as np

    rows = []
    for start in range(scenes):
        for stop in range(scenes):
            if start != stop:
                row = [*range(start), *range(start + 1, scenes)]
                row.insert(stop, start)
                rows.append(row)
            if stop > start + 1:
                rows.append([*range(start), *range(stop, start - 1, -1), *range(stop + 1, scenes)])
    return np.array(rows, dtype=np.int64)


def better_orders(talent: Talent, seed: int) -> Iterator[tuple[list[int], int] | None]:
    """Better and better orders with what people wait in them; None after a descent that found nothing better."""
    import numpy as np

    scenes = len(talent.casts)
    if scenes <= 1:
        yield list(range(scenes)), 0
        return
    random = np.random.default_rng(seed)
    orders, moves = Orders(talent), _moves(scenes)
    here, waits = _descend(orders, moves, random.permutation(scenes))
    best = waits
    yield here.tolist(), best
    while True:
        kicked = moves[random.integers(len(moves), size=random.integers(2, LONGEST_KICK + 1))]
        start = here
        for move in kicked:
            start = start[move]
        there, found = _descend(orders, moves, start)
        # a little worse is kept now and then: it leaves a valley that a descent cannot
        if found <= waits or random.random() < np.exp((waits - found) / (0.01 * best + 1)):
            here, waits = there, found
        if found < best:
            best = found
            yield there.tolist(), best
        else:
            yield None


def _descend(orders: Orders, moves: Numbers, start: Numbers) -> tuple[Numbers, int]:
    """Take the best move until none gains."""
    import numpy as np

    here, waits = start, int(orders.waiting(start[np.newaxis, :])[0])
    while True:
        near = here[moves]
        found = orders.waiting(near)
        at = int(np.argmin(found))
        if found[at] >= waits:
            return here, waits
        here, waits = near[at], int(found[at])
