"""Laying scenes over days: which day by one model, which hours by another, until both agree; then the rules of work."""

from __future__ import annotations

import time
from collections.abc import Sequence

from filage.planning.schedule.laying_bound import counted_bound, longest_day
from filage.planning.schedule.laying_conflict import conflict_of, is_possible
from filage.planning.schedule.laying_cost import LayingCost, cost_of
from filage.planning.schedule.laying_days import days_of
from filage.planning.schedule.laying_feasible import times_of
from filage.planning.schedule.laying_layout import LaidDay, Layout, NoneFound, PersonCost, Progress
from filage.planning.schedule.laying_model import LayingModel
from filage.planning.schedule.laying_near import Neighbours
from filage.planning.schedule.laying_problem import LayingProblem
from filage.planning.schedule.laying_solver import solve
from filage.planning.schedule.laying_start import Starting
from filage.planning.schedule.laying_state import HOURS_SECONDS, WORKERS, Watching, euros
from filage.planning.schedule.laying_whole import is_small, whole_model
from filage.planning.schedule.laying_work import broken_by

BOUND_SHARE = 0.25
"""Of the time given, what raising the bound may take at the end."""
DAY_SECONDS = 0.5
"""How long one day’s hours may be polished."""
SMALL_NEAR, SMALL_IDLE = 0.55, 30
"""A few days taken up again, in a short plan: share of the time, and handfuls without anything better."""
IDLE = 60
"""Handfuls of days in a row without anything better after which the search turns to the bound."""


def nobody(_progress: Progress) -> bool:
    """Watch nothing, and go on."""
    return True


def lay_out(
    problem: LayingProblem,
    *,
    seed: int = 0,
    seconds: float = 20,
    watch: Watching = nobody,
    start: Layout | None = None,
) -> Layout:
    """The cheapest plan found in the time given, with the cost none can beat; sought around `start` when it is given.

    `watch` hears of progress about ten times a second; False, or Ctrl+C, stops with the best so far. Raises
    `Impossible`, a BadInput whose `conflict` is a smallest set of rules that conflict, and `NoneFound` when time was
    too short to tell.
    """
    return _Laying(problem, seed, seconds, watch, start).run()


class _Laying(Starting):
    """One search from its first plan to its bound."""

    def run(self) -> Layout:
        try:
            self._seek()
        except KeyboardInterrupt:
            self.stopped = True
        if self.best is None:
            self._refuse()
        if not self.stopped:
            self._polish()
        return self._layout()

    def _seek(self) -> None:
        """A first plan, then better ones, then the bound: all in one go for a short plan."""
        small = is_small(self.problem)
        self.bound = counted_bound(
            self.problem, longest_day(LayingModel(self.windows)), lambda: 0.0, seed=self.seed
        )
        self._begin()
        if not small:
            while self.best is None and not self._over() and not self.impossible:
                self._first()
        if self.best is not None:
            self._better(SMALL_NEAR if small else 1 - BOUND_SHARE, SMALL_IDLE if small else IDLE)
        if small:
            self._whole()
        elif self.best is not None and not self._over():
            self._bound()

    def _better(self, share: float, idle: int) -> None:
        """A few days taken up again and again, for a share of the time, or until it no longer helps."""
        near, since = Neighbours(self.problem, self.seed), 0
        until = self.seconds * (1 - share)
        while self._left() > until and not self.stopped and since < idle:
            assert self.best is not None
            since = 0 if self._again(near.next(self.best)) else since + 1

    def _refuse(self) -> None:
        """Say why there is no plan."""
        if self.stopped:
            message = "recherche arrêtée avant qu’un plan soit trouvé"
            raise NoneFound(message)
        if not self.impossible:
            message = f"aucun plan trouvé en {self.seconds:g} secondes, sans preuve qu’il n’y en ait pas"
            raise NoneFound(message)
        if not self.exact and is_possible(self.problem, frozenset(), seed=self.seed):
            message = f"aucun plan trouvé qui tienne le temps de travail : {' ; '.join(self.refused)}"
            raise NoneFound(message)
        raise conflict_of(self.problem, seed=self.seed)

    def _whole(self) -> None:
        """Days and hours at once, again when a rule of work is broken."""
        while not self._over() and not self.impossible:
            whole = whole_model(self.windows, self.cuts)
            if self.best is not None:
                whole.model.hint(self.best)
            limit = max(0.1, self._left() - min(HOURS_SECONDS, self.seconds / 10))
            solved = solve(whole.model.model, seconds=limit, seed=self.seed, tell=self._tell, workers=WORKERS)
            self._heard(solved)
            if not solved.found:
                return
            slots = whole.model.chosen(solved.solver)
            if self._cost(slots) == self.best_cost or self._accept(
                slots, days_of(whole.times, solved.solver)
            ):
                return

    def _bound(self) -> None:
        """Raise the cost that no plan can beat: by counting, then by the model of days."""
        assert self.best is not None
        model = LayingModel(self.windows, self.cuts if self.exact else ())
        self.exact = True
        until = self._left() / 2
        known = counted_bound(self.problem, longest_day(model), lambda: self._left() - until, seed=self.seed)
        self.bound = max(self.bound, known)
        if not self._tell() or self._over():
            return
        model.hint(self.best)
        model.model.add(sum(model.cost) >= self.bound)
        limit = max(0.1, self._left() - HOURS_SECONDS / 2)
        self._heard(solve(model.model, seconds=limit, seed=self.seed, tell=self._only_bound, workers=WORKERS))

    def _polish(self) -> None:
        """The same days, each with the hours where people wait the least, the others staying as they are."""
        assert self.best is not None
        until = time.perf_counter() + max(1.0, min(HOURS_SECONDS, self._left()))
        for slot in [day.slot for day in self.days if not day.event]:
            left = until - time.perf_counter()
            if left <= 0 or self.stopped:
                break
            known = [day for day in self.days if day.slot != slot]
            times = times_of(self.windows, self.best, {slot}, known)
            times.model.minimize(times.wait)
            solved = solve(
                times.model, seconds=min(left, DAY_SECONDS), seed=self.seed, tell=self._nothing_new
            )
            if solved.found:
                self._rewrite(sorted([*known, *days_of(times, solved.solver)], key=lambda day: day.slot))

    def _rewrite(self, days: Sequence[LaidDay]) -> None:
        """Keep other hours for the same days, unless a rule of work minds."""
        assert self.best is not None
        broken, cuts = broken_by(self.problem, days, self.best)
        if not cuts and len(broken) <= len(self.findings):
            self.days, self.findings = tuple(days), broken

    def _layout(self) -> Layout:
        assert self.best is not None
        cost = cost_of(self.problem, self.best)
        bound = min(self.bound, cost.total)
        return layout_of(
            self.problem,
            self.days,
            cost,
            bound=bound,
            seed=self.seed,
            seconds=round(time.perf_counter() - self.started, 3),
            findings=self.findings,
        )


def layout_of(
    problem: LayingProblem,
    days: Sequence[LaidDay],
    cost: LayingCost,
    *,
    bound: int,
    seed: int,
    seconds: float,
    findings: tuple[str, ...] = (),
) -> Layout:
    """A plan with what it costs, counted."""
    used = {day.day for day in days}
    open_days = {slot.day for slot in problem.slots if not slot.closed and not slot.event}
    return Layout(
        days=tuple(days),
        cost=euros(cost.total),
        holding=euros(cost.held),
        bound=euros(bound),
        status="optimal" if bound == cost.total else "feasible",
        seed=seed,
        seconds=seconds,
        moves=cost.moves,
        setups=cost.setups,
        unused=tuple(sorted(open_days - used)),
        people=tuple(
            PersonCost(one.person.person, one.days, one.held, euros(one.cost(cost.holding)))
            for one in cost.people
        ),
        crew=euros(cost.crew),
        moving=euros(cost.moving),
        setting_up=euros(cost.setting_up),
        places=euros(cost.places),
        findings=findings,
    )
