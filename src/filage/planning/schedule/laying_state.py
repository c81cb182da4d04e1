"""Where a search stands: the best plan whose hours hold, the highest bound proved, what was cut, who is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from filage.planning.schedule.laying_cost import cost_of
from filage.planning.schedule.laying_days import days_of
from filage.planning.schedule.laying_layout import LaidDay, Layout, Progress
from filage.planning.schedule.laying_problem import LayingProblem
from filage.planning.schedule.laying_sets import Cut
from filage.planning.schedule.laying_solver import Solved, solve
from filage.planning.schedule.laying_whole import whole_model
from filage.planning.schedule.laying_windows import NOTHING, Windows
from filage.planning.schedule.laying_work import broken_by

HOURS_SECONDS = 2.0
"""How long the hours of a plan may be polished: who waits the least."""
NEAR_SECONDS = 1.5
"""How long a few days taken up again may take."""
WORKERS = 4
"""Strategies of the solver that take turns, in a fixed order: the same seed gives the same answer."""
Watching = Callable[[Progress], bool]


@dataclass
class Search:
    """One search: the best plan whose hours hold, and the highest bound proved."""

    problem: LayingProblem
    seed: int
    seconds: float
    watch: Watching
    start: Layout | None = None
    windows: Windows = field(init=False)
    started: float = field(init=False)
    cuts: list[Cut] = field(default_factory=list)
    exact: bool = True
    refused: tuple[str, ...] = ()
    bound: int = 0
    best: tuple[int, ...] | None = None
    best_cost: int | None = None
    days: tuple[LaidDay, ...] = ()
    findings: tuple[str, ...] = ()
    stopped: bool = False
    impossible: bool = False
    guess: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        import ortools.sat.python.cp_model  # noqa: F401 - imported before the search starts: `seconds` are its own

        self.windows = Windows(self.problem, NOTHING)
        self.started = time.perf_counter()

    def _left(self) -> float:
        return self.seconds - (time.perf_counter() - self.started)

    def _over(self) -> bool:
        return self.stopped or self._left() <= 0

    def _tell(self, best: int | None = None, bound: int | None = None) -> bool:
        """Tell whoever watches the best plan whose hours hold, and the bound."""
        known = max(self.bound, bound or 0) if self.exact else self.bound
        found = min((one for one in (best, self.best_cost) if one is not None), default=None)
        progress = Progress(
            euros(found) if found is not None else None,
            euros(min(known, found) if found is not None else known),
            time.perf_counter() - self.started,
        )
        self.stopped = self.stopped or not self.watch(progress)
        return not self.stopped

    def _only_bound(self, _best: int | None, bound: int | None) -> bool:
        """Tell the bound of a model that knows nothing of hours: what it finds is no plan yet."""
        return self._tell(None, bound)

    def _nothing_new(self, _best: int | None, _bound: int | None) -> bool:
        return self._tell()

    def _cost(self, slots: Sequence[int]) -> int:
        return cost_of(self.problem, slots).total

    def _heard(self, solved: Solved) -> None:
        """Keep the bound that was proved, unless a cut that is not a proof was in the model."""
        self.stopped = self.stopped or solved.stopped
        if solved.status == "impossible":
            self.impossible = True
        elif self.exact:
            self.bound = max(self.bound, solved.bound)

    def _again(
        self, taken: frozenset[int], slots: Sequence[int] | None = None, days: Sequence[LaidDay] | None = None
    ) -> bool:
        """A few days laid again, the others as they are; True when it is cheaper, or the first plan that holds."""
        slots, days = slots or self.best, days or self.days
        assert slots is not None
        only = {scene: taken if at in taken else (at,) for scene, at in enumerate(slots)}
        known = [day for day in days if day.slot not in taken]
        whole = whole_model(self.windows, only=only, slots=taken, known=known)
        if self.best_cost is not None:
            whole.model.model.add(sum(whole.model.cost) <= self.best_cost - 1)
        limit = min(NEAR_SECONDS, max(0.1, self._left()))
        solved = solve(whole.model.model, seconds=limit, seed=self.seed, tell=self._nothing_new)
        self.stopped = self.stopped or solved.stopped
        if not solved.found:
            return False
        laid = sorted([*known, *days_of(whole.times, solved.solver)], key=lambda day: day.slot)
        return self._accept(whole.model.chosen(solved.solver), tuple(laid), repair=False)

    def _accept(self, slots: tuple[int, ...], days: tuple[LaidDay, ...], *, repair: bool = True) -> bool:
        """Keep a plan that is cheaper and that the rules of working time let be; what breaks them becomes a cut."""
        broken, cuts = broken_by(self.problem, days, slots)
        if cuts:
            self.exact = self.exact and not repair
            self.cuts += cuts if repair else []
            self.refused = broken
            return False
        cost = self._cost(slots)
        if self.best_cost is not None and cost >= self.best_cost:
            return False
        self.best, self.best_cost, self.days, self.findings = slots, cost, days, broken
        self._tell()
        return True


def euros(cents: int) -> Decimal:
    """Cents in euros."""
    return Decimal(cents) / 100
