"""Which scene on which day: the model that CP-SAT solves, its cost that of `laying_cost`, hours only as far as needed.

The hours of a day are held by what any order of its scenes takes; `laying_times` then orders them, and each set of
scenes it cannot order comes back as a `Cut`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from filage.planning.schedule.laying_cost import holding_runs
from filage.planning.schedule.laying_problem import (
    MINUTES_A_DAY,
    PAGES,
    PAUSES,
    REST,
    SPAN,
    WEEK,
    Called,
)
from filage.planning.schedule.laying_sets import Cut, Group, Linear, SetModel
from filage.planning.schedule.laying_windows import Windows

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

LATEST = 2 * MINUTES_A_DAY


class LayingModel(SetModel):
    """The model of one problem, with some rules set aside and some cuts added."""

    def __init__(
        self, windows: Windows, cuts: Iterable[Cut] = (), only: Mapping[int, Collection[int]] | None = None
    ) -> None:
        super().__init__(windows, only)
        self._days()
        for one in self.problem.people:
            self._person(one)
        for cut in cuts:
            self.cut(cut)
        self.model.minimize(sum(self.cost))

    def _days(self) -> None:
        """The hours of each slot: the crew’s day holds its scenes, set-ups, moves and meal."""
        crew = sum(one.cost for one in self.problem.crew)
        self.start: list[IntVar] = []
        self.end: list[IntVar] = []
        self.work: list[Linear] = []
        for at in self.slots:
            self._day(at)
            self.cost.append(self.used[at] * crew)
        clocks = [(self.start[at], self.end[at], self.used[at]) for at in self.slots]
        for one in self.problem.crew[:1]:
            self._rests(one, clocks)
        self._weeks(self.problem.crew[:1], self.work, self.used)

    def _day(self, at: int) -> None:
        problem, slot = self.problem, self.problem.slots[at]
        first, last = self.windows.bounds(at)
        start = self.model.new_int_var(min(first, slot.start), last, f"start {at}")
        end = self.model.new_int_var(min(first, slot.start), max(last, slot.end), f"end {at}")
        self.start.append(start)
        self.end.append(end)
        if slot.event:
            self.model.add(start == slot.start)
            self.model.add(end == slot.end)
            self.work.append(max(0, slot.end - slot.start - problem.lunch) * self.used[at])
            return
        there = self._there(at)
        setups = sum(var for (_group, where), var in self.groups.items() if where == at)
        takes = (
            sum(problem.scenes[scene].minutes * self.on[scene, at] for scene in there)
            + problem.setup * setups
            + problem.move * self._moves(at)
        )
        lunch = self._lunch(at, start, end)
        self.model.add(end - start >= takes + problem.lunch * lunch)
        self.model.add(end == start).only_enforce_if(self.used[at].negated())
        if PAGES not in self.windows.dropped and problem.eighths is not None:
            pages = sum(problem.scenes[scene].eighths * self.on[scene, at] for scene in there)
            self.model.add(pages <= problem.eighths)
        self._held_by_windows(at, there, start, end)
        self.work.append(end - start - problem.lunch * lunch)
        for one in self._strictest(at):
            self.model.add(end - start <= one.limits[at].span)
            self.model.add(end - start - problem.lunch * lunch <= one.limits[at].work)

    def _lunch(self, at: int, start: IntVar, end: IntVar) -> Linear:
        """Whether the day is long enough to need its meal."""
        if not self.problem.lunch or PAUSES in self.windows.dropped:
            return 0
        stretch = self._stretch(at)
        lunch = self.model.new_bool_var(f"lunch {at}")
        self.model.add(end - start <= stretch).only_enforce_if(lunch.negated())
        self.model.add_implication(lunch, self.used[at])
        return lunch

    def _strictest(self, at: int) -> list[Called]:
        """Of the crew, who has the shortest days: the others follow."""
        crew = self.problem.crew
        if not crew or SPAN in self.windows.dropped:
            return []
        return list(
            {min(crew, key=lambda one: one.limits[at].span), min(crew, key=lambda one: one.limits[at].work)}
        )

    def _held_by_windows(self, at: int, there: list[int], start: IntVar, end: IntVar) -> None:
        """What must lie between two hours fits between them, and the day holds it."""
        problem = self.problem
        classes: dict[tuple[int, int], list[int]] = defaultdict(list)
        for scene in there:
            windows = self.windows.of(scene, at)
            classes[windows[0][0], windows[-1][1]].append(scene)
        firsts, lasts = {one for one, _ in classes}, {one for _, one in classes}
        for first in firsts:
            for last in lasts:
                inside = [n for (a, b), own in classes.items() if first <= a and b <= last for n in own]
                if not inside or first >= last:
                    continue
                own = set(inside)
                groups = {
                    group: var
                    for (group, where), var in self.groups.items()
                    if where == at and all(n in own for n in self._groups[group] if (n, at) in self.on)
                }
                takes = (
                    sum(problem.scenes[n].minutes * self.on[n, at] for n in inside)
                    + problem.setup * sum(groups.values())
                    + problem.move * self._moves_among(at, groups)
                )
                some = self._any([self.on[n, at] for n in inside], f"some {at}")
                meal = self._meal_inside(at, takes)
                self.model.add(takes + meal - problem.setup <= last - first).only_enforce_if(some)
                self.model.add(start + takes + meal <= last).only_enforce_if(some)
                self.model.add(end >= first + takes + meal - problem.setup).only_enforce_if(some)

    def _moves_among(self, at: int, groups: Mapping[Group, IntVar]) -> Linear:
        """How many moves these sets ask for, wherever the company was before."""
        venues: dict[str, list[IntVar]] = defaultdict(list)
        for group, var in groups.items():
            if group[2]:
                venues[group[2]].append(var)
        if len(venues) <= 1 or not self.problem.move:
            return 0
        moves = self.model.new_int_var(0, len(venues), f"moves among {at}")
        self.model.add(moves >= sum(self._any(own, f"venue {at}") for own in venues.values()) - 1)
        return moves

    def _meal_inside(self, at: int, takes: Linear) -> Linear:
        """The meal, when what is done in a row is longer than a stretch."""
        if not self.problem.lunch or PAUSES in self.windows.dropped:
            return 0
        stretch = self._stretch(at)
        inside = self.model.new_bool_var(f"meal inside {at}")
        self.model.add(takes <= stretch).only_enforce_if(inside.negated())
        return inside * self.problem.lunch

    def _stretch(self, at: int) -> int:
        return min((one.limits[at].stretch for one in self.problem.crew), default=360)

    def _person(self, one: Called) -> None:
        """When somebody is present, what it costs, and what working time asks of them."""
        present: dict[int, IntVar] = {}
        for at in self.slots:
            there = [
                self.on[scene, at]
                for scene in self._there(at)
                if one.person in self.problem.scenes[scene].people
            ]
            if there and not one.crew:
                present[at] = self._any(there, f"{one.person} on {at}")
        if one.crew:
            return
        self.cost += [var * one.cost for var in present.values()]
        self._holding(one, present)
        if one.minor:
            self._clock(one, present)
        if self.problem.sort == "shoot":
            self._at_least(one, present)
        self._weeks([one], [0 for _ in self.slots], [present.get(at, 0) for at in self.slots])

    def _at_least(self, one: Called, present: dict[int, IntVar]) -> None:
        """Somebody’s scenes take so many days at least: no rule, but it lifts the bound."""
        mine = {n for n, scene in enumerate(self.problem.scenes) if one.person in scene.people}
        minutes = sum(self.problem.scenes[n].minutes for n in mine)
        longest = {at: self.longest(at) for at in present}
        if present and minutes > max(longest.values()) > 0:
            self.model.add(sum(present.values()) >= -(-minutes // max(longest.values())))
        for at, here in present.items():
            there = [n for n in mine if (n, at) in self.on]
            if not self.problem.slots[at].event and len(there) > 1:
                played = sum(self.problem.scenes[n].minutes * self.on[n, at] for n in there)
                self.model.add(played <= longest[at] * here)

    def longest(self, at: int) -> int:
        """The most minutes of scenes that a slot can hold."""
        first, last = self.windows.bounds(at)
        most = last - first - self.problem.setup
        if SPAN not in self.windows.dropped:
            most = min([most, *(one.limits[at].work - self.problem.setup for one in self.problem.crew)])
        return max(0, most)

    def _holding(self, one: Called, present: dict[int, IntVar]) -> None:
        """Days between the first and the last that somebody is not played: paid their share."""
        share = one.cost * self.problem.holding // 100
        if not share:
            return
        for run in holding_runs(self.problem):
            if sum(at in present for at in run) <= 1:
                continue
            begun = self._swept(run, present, f"begun {one.person}")
            left = self._swept(run[::-1], present, f"left {one.person}")
            for at in run:
                held = self.model.new_bool_var(f"held {one.person} {at}")
                here = present.get(at, 0)
                self.model.add(held >= begun[at] + left[at] - 1 - here)
                self.cost.append(held * share)

    def _swept(self, run: Sequence[int], present: dict[int, IntVar], name: str) -> dict[int, Linear]:
        """Whether somebody has been present at or before each slot of a run."""
        found: dict[int, Linear] = {}
        before: Linear = 0
        for at in run:
            var = self.model.new_bool_var(f"{name} {at}")
            self.model.add(var >= before)
            if at in present:
                self.model.add(var >= present[at])
            found[at] = before = var
        return found

    def _clock(self, one: Called, present: dict[int, IntVar]) -> None:
        """The hours of a minor, whose rest and day are shorter than the crew’s."""
        clocks = []
        for at, here in present.items():
            call = self.model.new_int_var(-MINUTES_A_DAY, LATEST, f"call {one.person} {at}")
            wrap = self.model.new_int_var(-MINUTES_A_DAY, LATEST, f"wrap {one.person} {at}")
            mine = [n for n in self._there(at) if one.person in self.problem.scenes[n].people]
            minutes = sum(self.problem.scenes[n].minutes * self.on[n, at] for n in mine)
            for n in mine:
                windows, takes = self.windows.of(n, at), self.problem.scenes[n].minutes
                self.model.add(call <= windows[-1][1] - takes - one.preparation).only_enforce_if(
                    self.on[n, at]
                )
                self.model.add(wrap >= windows[0][0] + takes).only_enforce_if(self.on[n, at])
            self.model.add(wrap - call >= minutes + one.preparation).only_enforce_if(here)
            limits = one.limits[at]
            if f"work/{one.person}" not in self.windows.dropped:
                self.model.add(minutes + one.preparation <= limits.work).only_enforce_if(here)
            clocks.append((call, wrap, here))
        order = dict(zip(present, clocks, strict=True))
        self._rests(one, [order.get(at) for at in self.slots])

    def _rests(self, one: Called, clocks: Sequence[tuple[IntVar, IntVar, IntVar] | None]) -> None:
        """The rest between two days that follow each other."""
        if REST in self.windows.dropped:
            return
        slots = self.problem.slots
        for early in self.slots:
            for late in range(early + 1, len(slots)):
                first, second = clocks[early], clocks[late]
                if (slots[late].day - slots[early].day).days != 1 or first is None or second is None:
                    continue
                if slots[early].event and slots[late].event:
                    continue
                gap = second[0] + MINUTES_A_DAY - first[1]
                self.model.add(gap >= one.limits[late].rest).only_enforce_if(first[2], second[2])

    def _weeks(self, people: Sequence[Called], work: Sequence[Linear], there: Sequence[Linear]) -> None:
        """The work and the days of each civil week."""
        if WEEK in self.windows.dropped:
            return
        weeks: dict[tuple[int, int], dict[object, list[int]]] = defaultdict(lambda: defaultdict(list))
        for at, slot in enumerate(self.problem.slots):
            year, week, _ = slot.day.isocalendar()
            weeks[year, week][slot.day].append(at)
        for one in people:
            for days in weeks.values():
                first = next(iter(days.values()))[0]
                self.model.add(sum(work[at] for own in days.values() for at in own) <= one.limits[first].week)
                if len(days) > one.limits[first].days:
                    self.model.add(
                        sum(self._day_worked(there, own) for own in days.values()) <= one.limits[first].days
                    )

    def _day_worked(self, there: Sequence[Linear], own: list[int]) -> Linear:
        if len(own) == 1:
            return there[own[0]]
        var = self.model.new_bool_var("")
        for at in own:
            self.model.add(var >= there[at])
        return var
