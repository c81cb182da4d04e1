"""Solving talent scheduling: exactly for few scenes, by search with a bound for more."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from filage.kernel.errors import BadInput, Problem
from filage.planning.schedule.answer import Status, Stopped, Watch
from filage.planning.schedule.talent import Talent, talent_cost
from filage.planning.schedule.talent_exact import MOST_SCENES, exact_order
from filage.planning.schedule.talent_layers import MOST_SCENES as MOST_IN_LAYERS
from filage.planning.schedule.talent_layers import layered_order
from filage.planning.schedule.talent_merge import merge
from filage.planning.schedule.talent_search import better_orders

MOST_PEOPLE = 62
"""People are the bits of a machine's whole number."""
ENOUGH = 150
"""Descents without anything better after which more are not worth their time."""
SEARCH_SHARE = 0.4
"""Of the time given, what the search may take before the bound is sought."""


@dataclass(frozen=True, slots=True)
class TalentPlan:
    """The order of scenes, what it costs in all, how much of it is waiting, and a cost no order can beat."""

    order: tuple[int, ...]
    cost: int
    holding: int
    bound: int

    @property
    def status(self) -> Status:
        """Optimal only when the bound is met."""
        return "optimal" if self.cost == self.bound else "feasible"


@dataclass(slots=True)
class _Best:
    """The best order met and the highest bound proved, in waiting only."""

    talent: Talent
    base: int
    watch: Watch
    order: list[int] = field(default_factory=list)
    waiting: int | None = None
    bound: int = 0

    def offer(self, order: Sequence[int]) -> None:
        """Keep an order when it is better."""
        waiting = talent_cost(self.talent, order) - self.talent.base
        if self.waiting is None or waiting < self.waiting:
            self.order, self.waiting = list(order), waiting
            self.watch.tell(self.base + waiting, self.base + self.bound)

    @property
    def is_proved(self) -> bool:
        """Whether nothing better can exist."""
        return self.waiting == self.bound


def plan_talent(talent: Talent, watch: Watch, *, seed: int = 0) -> TalentPlan:
    """The order that costs least among those found in the time given; BadInput beyond what can be counted."""
    merged = merge(talent)
    if len(merged.talent.costs) > MOST_PEOPLE:
        message = f"{len(merged.talent.costs)} personnes paraissent dans plusieurs groupes de scènes"
        advice = "regroupez celles qui paraissent toujours ensemble"
        raise BadInput(Problem(message, "appearances", expected=f"au plus {MOST_PEOPLE}", suggestion=advice))
    best = _Best(merged.talent, talent.base, watch)
    best.offer(range(len(merged.talent.casts)))
    with suppress(Stopped, KeyboardInterrupt):
        _improve(best, watch, seed)
    order = merged.expand(best.order)
    cost = talent_cost(talent, order)
    return TalentPlan(tuple(order), cost, cost - talent.base, talent.base + best.bound)


def _improve(best: _Best, watch: Watch, seed: int) -> None:
    """Search while it pays, then prove."""
    scenes = len(best.talent.casts)
    few = scenes <= MOST_SCENES
    left, idle = watch.left(), 0
    until = left * (1 - SEARCH_SHARE) if scenes <= MOST_IN_LAYERS else 0
    for found in better_orders(best.talent, seed):
        if found:
            best.offer(found[0])
        idle = 0 if found else idle + 1
        if best.is_proved or few or idle >= ENOUGH or watch.left() <= until:
            break
    if best.is_proved:
        return
    if few:
        best.offer(exact_order(best.talent, best.waiting or 0, watch))
        best.bound = best.waiting or 0
    elif scenes <= MOST_IN_LAYERS:
        assert best.waiting is not None
        for order, bound in layered_order(best.talent, best.waiting, watch):
            best.bound = max(best.bound, bound)
            if order:
                best.offer(order)
            watch.tell(best.base + best.waiting, best.base + best.bound)
