"""A first plan: around the one given, by hand, or by the model of days, mended until its hours hold."""

from __future__ import annotations

from filage.planning.schedule.laying_days import days_of
from filage.planning.schedule.laying_feasible import culprits, day_holds, hours_in_turn, times_of
from filage.planning.schedule.laying_greedy import careful_plan, first_plans
from filage.planning.schedule.laying_layout import Layout
from filage.planning.schedule.laying_model import LayingModel
from filage.planning.schedule.laying_near import Neighbours
from filage.planning.schedule.laying_problem import LayingProblem
from filage.planning.schedule.laying_solver import solve
from filage.planning.schedule.laying_state import HOURS_SECONDS, WORKERS, Search
from filage.planning.schedule.laying_whole import is_small, whole_model

MEND_SECONDS = 3.0
"""How long the days of a first plan whose hours do not hold may be sought."""
FIRST_SHARE, MOST_TRIED, MOST_CAREFUL = 0.06, 4, 3
"""Of the time given, what plans by hand may take; how many have their hours sought; how many are made day by day."""
REPAIRS = 6
"""How many times more days are taken up to make room for one more rule."""


class Starting(Search):
    """A search that has no plan yet."""

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
            self.stopped = self.stopped or solved.stopped
            if solved.found:
                self._accept(
                    whole.model.chosen(solved.solver), days_of(whole.times, solved.solver), repair=False
                )
                return
            taken |= near.next(slots)


def slots_of(problem: LayingProblem, layout: Layout) -> tuple[int, ...] | None:
    """The slot of each scene in a plan; None when it does not lay the same scenes."""
    at = {(one.scene, one.piece): day.slot for day in layout.days for one in day.scenes}
    found = [at.get((scene.scene, scene.piece)) for scene in problem.scenes]
    known = tuple(slot for slot in found if slot is not None and slot < len(problem.slots))
    return known if len(known) == len(found) else None
