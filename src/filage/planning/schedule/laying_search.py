"""Laying scenes over days: which day by one model, which hours by another, until both agree; then the rules of work."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from filage.planning.schedule.laying_bound import counted_bound, longest_day
from filage.planning.schedule.laying_conflict import conflict_of
from filage.planning.schedule.laying_cost import LayingCost, cost_of
from filage.planning.schedule.laying_days import days_of
from filage.planning.schedule.laying_feasible import culprits, day_holds, hours_in_turn, times_of
from filage.planning.schedule.laying_greedy import careful_plan, first_plans
from filage.planning.schedule.laying_layout import LaidDay, Layout, NoneFound, PersonCost, Progress
from filage.planning.schedule.laying_model import Cut, LayingModel
from filage.planning.schedule.laying_near import Neighbours
from filage.planning.schedule.laying_problem import LayingProblem
from filage.planning.schedule.laying_solver import Solved, solve
from filage.planning.schedule.laying_whole import is_small, whole_model
from filage.planning.schedule.laying_windows import NOTHING, Windows
from filage.planning.schedule.laying_work import broken_by

BOUND_SHARE = 0.25
"""Of the time given, what raising the bound may take at the end."""
HOURS_SECONDS = 2.0
"""How long the hours of a plan may be polished: who waits the least."""
DAY_SECONDS = 0.5
"""How long one day’s hours may be polished."""
NEAR_SECONDS = 1.5
"""How long a few days taken up again may take."""
SMALL_NEAR, SMALL_IDLE = 0.55, 30
"""The same for a short plan: share of the time, and handfuls without anything better."""
IDLE = 60
"""Handfuls of days in a row without anything better after which the search turns to the bound."""
MEND_SECONDS = 3.0
"""How long the days of a first plan whose hours do not hold may be sought."""
FIRST_SHARE, MOST_TRIED, MOST_CAREFUL = 0.06, 4, 3
"""Of the time given, what plans by hand may take; how many have their hours sought; how many are made day by day."""
REPAIRS = 6
"""How many times more days are taken up to make room for one more rule."""
WORKERS = 4
"""Strategies of the solver that take turns, in a fixed order: the same seed gives the same answer."""
Watching = Callable[[Progress], bool]


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
    return _Search(problem, seed, seconds, watch, start).run()


@dataclass
class _Search:
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

    def run(self) -> Layout:
        small = is_small(self.problem)
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
        if self.best is None:
            self._refuse()
        self._polish()
        return self._layout()

    def _begin(self) -> None:
        """A first plan, near the one given or by hand."""
        if self.start is not None:
            self._around(self.start)
        if self.best is not None:
            return
        until = self._left() - FIRST_SHARE * self.seconds
        guesses = first_plans(self.windows, self.seed, lambda: self._left() - until)
        self._tell()
        self.guess = guesses[0] if guesses else None
        for slots in guesses[:MOST_TRIED]:
            days = hours_in_turn(self.windows, slots, self.seed)
            if self._over() or (days is not None and self._accept(slots, days, repair=False)):
                return
        for turn in range(MOST_CAREFUL):
            careful = careful_plan(self.windows, turn, self.seed, self._day_holds)
            days = hours_in_turn(self.windows, careful, self.seed) if careful else None
            if self._over() or (careful and days and self._accept(careful, days, repair=False)):
                return
        if guesses and not is_small(self.problem):
            self._try(guesses[0])

    def _day_holds(self, scenes: list[int], at: int) -> bool:
        return not self._over() and day_holds(self.windows, scenes, at, self.seed)

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
        raise conflict_of(self.problem, seed=self.seed)

    def _left(self) -> float:
        return self.seconds - (time.perf_counter() - self.started)

    def _over(self) -> bool:
        return self.stopped or self._left() <= 0

    def _tell(self, best: int | None = None, bound: int | None = None) -> bool:
        """Tell whoever watches the best plan whose hours hold, and the bound."""
        known = max(self.bound, bound or 0) if self.exact else self.bound
        found = min((one for one in (best, self.best_cost) if one is not None), default=None)
        progress = Progress(
            _euros(found) if found is not None else None,
            _euros(min(known, found) if found is not None else known),
            time.perf_counter() - self.started,
        )
        self.stopped = self.stopped or not self.watch(progress)
        return not self.stopped

    def _only_bound(self, _best: int | None, bound: int | None) -> bool:
        """Tell the bound of a model that knows nothing of hours: what it finds is no plan yet."""
        return self._tell(None, bound)

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

    def _cost(self, slots: Sequence[int]) -> int:
        return cost_of(self.problem, slots).total

    def _around(self, start: Layout) -> None:
        """A plan that does not hold one more rule, repaired by as few days as will do."""
        slots = slots_of(self.problem, start)
        if slots is None:
            return
        wrong = {at for scene, at in enumerate(slots) if not self.windows.of(scene, at)}
        for lock in self.problem.locks:
            ranks = [n for n, one in enumerate(self.problem.scenes) if one.scene in (lock.scene, lock.before)]
            days = [
                at for at, slot in enumerate(self.problem.slots) if slot.day == lock.day and not slot.event
            ]
            if lock is self.problem.locks[-1]:
                wrong |= {slots[n] for n in ranks} | set(days)
        near = Neighbours(self.problem, self.seed)
        taken = frozenset(at for at in wrong if not self.problem.slots[at].event)
        for _round in range(REPAIRS):
            if self._over() or self._again(taken, slots, start.days):
                return
            taken |= near.next(slots)

    def _first(self) -> None:
        """Any days whose hours hold: what does not becomes a cut."""
        model = LayingModel(self.windows, self.cuts)
        if self.guess is not None:
            model.hint(self.guess)
        solved = solve(
            model.model,
            seconds=self._left(),
            seed=self.seed,
            tell=self._only_bound,
            workers=WORKERS,
            any_will_do=True,
        )
        self._heard(solved)
        if not solved.found:
            return
        self._try(model.chosen(solved.solver))

    def _try(self, slots: tuple[int, ...]) -> None:
        """Seek the hours of a choice of days; when there are none, what cannot be together becomes a cut."""
        times = times_of(self.windows, slots, set(slots))
        hours = solve(times.model, seconds=max(1.0, min(HOURS_SECONDS, self._left())), seed=self.seed)
        if hours.found:
            self._accept(slots, days_of(times, hours.solver))
            return
        proved, cuts = culprits(self.windows, slots, self.seed)
        self.exact = self.exact and proved
        self.cuts += cuts
        self._mend(slots, {at for cut in cuts for scene, at in cut.pairs if slots[scene] == at})

    def _mend(self, slots: tuple[int, ...], wrong: set[int]) -> None:
        """Move the scenes of the days whose hours do not hold, then of more days, the other scenes staying put."""
        near, taken = Neighbours(self.problem, self.seed), frozenset(wrong)
        for _round in range(REPAIRS):
            if self._over():
                return
            only = {scene: (at,) for scene, at in enumerate(slots) if at not in taken}
            whole = whole_model(self.windows, only=only)
            solved = solve(
                whole.model.model,
                seconds=min(MEND_SECONDS, self._left()),
                seed=self.seed,
                tell=self._nothing_new,
                any_will_do=True,
            )
            if solved.found:
                self._accept(
                    whole.model.chosen(solved.solver), days_of(whole.times, solved.solver), repair=False
                )
                return
            taken |= near.next(slots)

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

    def _nothing_new(self, _best: int | None, _bound: int | None) -> bool:
        return self._tell()

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

    def _heard(self, solved: Solved) -> None:
        """Keep the bound that was proved, unless a cut that is not a proof was in the model."""
        self.stopped = self.stopped or solved.stopped
        if solved.status == "impossible":
            self.impossible = True
        elif self.exact:
            self.bound = max(self.bound, solved.bound)

    def _accept(self, slots: tuple[int, ...], days: tuple[LaidDay, ...], *, repair: bool = True) -> bool:
        """Keep a plan that is cheaper and that the rules of working time let be; what breaks them becomes a cut."""
        broken, cuts = broken_by(self.problem, days, slots)
        if cuts:
            self.exact = self.exact and not repair
            self.cuts += cuts if repair else []
            return False
        cost = self._cost(slots)
        if self.best_cost is not None and cost >= self.best_cost:
            return False
        self.best, self.best_cost, self.days, self.findings = slots, cost, days, broken
        self._tell()
        return True

    def _polish(self) -> None:
        """The same days, each with the hours where people wait the least, the others staying as they are."""
        assert self.best is not None
        until = time.perf_counter() + max(1.0, min(HOURS_SECONDS, self._left()))
        for slot in [day.slot for day in self.days if not day.event]:
            left = until - time.perf_counter()
            if left <= 0:
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


def slots_of(problem: LayingProblem, layout: Layout) -> tuple[int, ...] | None:
    """The slot of each scene in a plan; None when it does not lay the same scenes."""
    at = {(one.scene, one.piece): day.slot for day in layout.days for one in day.scenes}
    found = [at.get((scene.scene, scene.piece)) for scene in problem.scenes]
    known = tuple(slot for slot in found if slot is not None and slot < len(problem.slots))
    return known if len(known) == len(found) else None


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
        cost=_euros(cost.total),
        holding=_euros(cost.held),
        bound=_euros(bound),
        status="optimal" if bound == cost.total else "feasible",
        seed=seed,
        seconds=seconds,
        moves=cost.moves,
        setups=cost.setups,
        unused=tuple(sorted(open_days - used)),
        people=tuple(
            PersonCost(one.person.person, one.days, one.held, _euros(one.cost(cost.holding)))
            for one in cost.people
        ),
        crew=_euros(cost.crew),
        moving=_euros(cost.moving),
        setting_up=_euros(cost.setting_up),
        places=_euros(cost.places),
        findings=findings,
    )


def _euros(cents: int) -> Decimal:
    return Decimal(cents) / 100
