"""A first plan by hand: scene after scene, set after set, each on the day where it costs least among those it fits."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from filage.planning.schedule.laying_cost import cost_of
from filage.planning.schedule.laying_problem import MINUTES_A_DAY, LayingProblem
from filage.planning.schedule.laying_windows import Windows

NOWHERE = -1
MOST_TURNS = 200
MINOR_SHARES = (80, 60, 70, 90)
"""Per cent of a minor’s hours that are filled, in turn: the rest goes to waiting between two scenes."""


def first_plans(windows: Windows, seed: int, left: Callable[[], float]) -> list[tuple[int, ...]]:
    """Choices of a slot for each scene, the cheapest first, made in as many orders of the sets as time allows.

    They rest on estimates: hours are to be sought, and may not hold.
    """
    shuffle = random.Random(seed)  # noqa: S311 - a search, not a secret
    found: dict[tuple[int, ...], int] = {}
    for turn in range(MOST_TURNS):
        if turn and left() <= 0:
            break
        share = MINOR_SHARES[turn % len(MINOR_SHARES)]
        slots = _Filling(windows, shuffle if turn else None, share).run()
        if slots is not None:
            found[slots] = cost_of(windows.problem, slots).total
    return sorted(found, key=lambda slots: (found[slots], slots))


def careful_plan(
    windows: Windows, turn: int, seed: int, holds: Callable[[list[int], int], bool]
) -> tuple[int, ...] | None:
    """A choice of slots where the hours of each day hold by themselves; None when a scene fits nowhere."""
    shuffle = random.Random(seed + turn) if turn else None  # noqa: S311 - a search, not a secret
    return _Filling(windows, shuffle, MINOR_SHARES[-1], holds).run()


@dataclass
class _Filling:
    """Slots being filled."""

    windows: Windows
    shuffle: random.Random | None = None
    minor_share: int = MINOR_SHARES[0]
    holds: Callable[[list[int], int], bool] | None = None

    def __post_init__(self) -> None:
        self.problem: LayingProblem = self.windows.problem
        self.on: dict[int, list[int]] = {at: [] for at in range(len(self.problem.slots))}
        self.slots = [NOWHERE] * len(self.problem.scenes)
        self.people = {one.person: one for one in self.problem.people}

    def run(self) -> tuple[int, ...] | None:
        for scene in self._order():
            fits = [at for at in self.on if self._fits(scene, at)]
            at = self._chosen(scene, fits)
            if at is None:
                return None
            self.on[at].append(scene)
            self.slots[scene] = at
        return tuple(self.slots)

    def _chosen(self, scene: int, fits: list[int]) -> int | None:
        """The slot where a scene costs least, its hours sought first when nothing else is sure."""
        costs = {at: (self._costs(scene, at), at) for at in fits}
        for at in sorted(fits, key=costs.__getitem__):
            if self.holds is None or self.problem.slots[at].event or self.holds([*self.on[at], scene], at):
                return at
        return None

    def _order(self) -> list[int]:
        """Decided scenes, then those that must come first, then set by set, the longest sets first."""
        scenes = self.problem.scenes
        length: dict[tuple[str, str, str], int] = {}
        for one in scenes:
            length[one.group] = length.get(one.group, 0) + one.minutes
        if self.shuffle is not None:
            length = {group: self.shuffle.randrange(1_000) for group in length}
        fixed = {one.scene for one in self.problem.fixed}
        waits = self._waits()

        def rank(n: int) -> tuple[object, ...]:
            one = scenes[n]
            choices = sum(1 for at in self.on if self.windows.of(n, at))
            return (
                one.scene not in fixed,
                waits.get(one.scene, len(waits)),
                choices > len(self.on) // 2,
                -length[one.group],
                one.group,
                n,
            )

        return sorted(range(len(scenes)), key=rank)

    def _waits(self) -> dict[str, int]:
        """The scenes of locks, each after those it must follow."""
        pairs = [(lock.scene, lock.before) for lock in self.problem.locks if lock.before is not None]
        depth = {name: 0 for pair in pairs for name in pair}
        for _round in pairs:
            for first, then in pairs:
                depth[then] = max(depth[then], depth[first] + 1)
        return depth

    def _costs(self, scene: int, at: int) -> int:
        """What the scenes laid so far cost with this one there."""
        known = [n for n, slot in enumerate(self.slots) if slot != NOWHERE]
        part = _part(self.problem, [*known, scene])
        return cost_of(part, [self.slots[n] for n in known] + [at]).total

    def _fits(self, scene: int, at: int) -> bool:
        if not self.windows.of(scene, at):
            return False
        if self.problem.slots[at].event:
            return True
        there = [*self.on[at], scene]
        return (
            self._in_order(scene, at)
            and self._pages(there)
            and self._hours(there, at)
            and self._rested(there, at)
        )

    def _in_order(self, scene: int, at: int) -> bool:
        """Locks and pieces, against what is laid."""
        scenes = self.problem.scenes
        for lock in self.problem.locks:
            for other, slot in enumerate(self.slots):
                if slot == NOWHERE or lock.before is None:
                    continue
                if scenes[scene].scene == lock.scene and scenes[other].scene == lock.before and at >= slot:
                    return False
                if scenes[scene].scene == lock.before and scenes[other].scene == lock.scene and at <= slot:
                    return False
        return all(
            (slot <= at) == (other < scene) or slot == at
            for other, slot in enumerate(self.slots)
            if slot != NOWHERE and scenes[other].scene == scenes[scene].scene
        )

    def _pages(self, there: list[int]) -> bool:
        limit = self.problem.eighths
        return limit is None or sum(self.problem.scenes[n].eighths for n in there) <= limit

    def _hours(self, there: list[int], at: int) -> bool:
        """Whether each group of windows, and the whole day, holds what it must; minors with some room to spare."""
        first, last = self.windows.bounds(at)
        takes = self._takes(there, at)
        crew = self.problem.crew
        work = min((one.limits[at].work + self.problem.lunch for one in crew), default=last - first)
        span = min((one.limits[at].span for one in crew), default=last - first)
        start, end = self._span(there, at)
        if takes > min(last - first, work, span) or end - start > min(span, work) or end > last:
            return False
        for lo, hi in {self._window(n, at) for n in there}:
            inside = [n for n in there if lo <= self._window(n, at)[0] and self._window(n, at)[1] <= hi]
            if self._takes(inside, at) - self.problem.setup > hi - lo:
                return False
            if first + self._takes(inside, at) > hi:
                return False
        return all(
            sum(self.problem.scenes[n].minutes for n in there if person in self.problem.scenes[n].people)
            <= one.limits[at].work * self.minor_share // 100
            for person, one in self.people.items()
            if one.minor
        )

    def _window(self, scene: int, at: int) -> tuple[int, int]:
        windows = self.windows.of(scene, at)
        return windows[0][0], windows[-1][1]

    def _takes(self, there: list[int], at: int) -> int:
        """Scenes, set-ups, moves and the meal of some scenes in a row."""
        problem = self.problem
        scenes = [problem.scenes[n] for n in there]
        venues = {one.venue for one in scenes} - {""}
        takes = sum(one.minutes for one in scenes)
        takes += problem.setup * len({one.group for one in scenes}) + problem.move * max(0, len(venues) - 1)
        stretch = min((one.limits[at].stretch for one in problem.crew), default=360)
        return takes + (problem.lunch if takes > stretch else 0)

    def _span(self, there: list[int], at: int) -> tuple[int, int]:
        """From when to when the crew would be there, at the shortest."""
        first, _last = self.windows.bounds(at)
        if not there:
            return first, first
        end = first + self._takes(there, at)
        for lo in {self._window(n, at)[0] for n in there}:
            late = [n for n in there if self._window(n, at)[0] >= lo]
            end = max(end, lo + self._takes(late, at) - self.problem.setup)
        start = min(
            min(hi for _lo, hi in [self._window(n, at) for n in there]) - self.problem.setup,
            end - self._takes(there, at),
        )
        return max(first, start), end

    def _rested(self, there: list[int], at: int) -> bool:
        """Whether the nights before and after leave the crew its rest."""
        slots = self.problem.slots
        start, end = self._span(there, at)
        rest = max((one.limits[at].rest for one in self.problem.crew), default=0)
        for other, scenes in self.on.items():
            apart = (slots[other].day - slots[at].day).days
            if not scenes or abs(apart) != 1:
                continue
            begins, ends = self._span(scenes, other)
            gap = begins + MINUTES_A_DAY - end if apart == 1 else start + MINUTES_A_DAY - ends
            if gap < rest:
                return False
        return True


def _part(problem: LayingProblem, scenes: list[int]) -> LayingProblem:
    """The same problem with some of its scenes."""
    return replace(problem, scenes=tuple(problem.scenes[n] for n in scenes))
