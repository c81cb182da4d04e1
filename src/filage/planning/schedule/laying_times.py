"""The hours of some days: order of the scenes, set-ups, meal, calls, breaks and rests, as constraints of CP-SAT.

Scenes may be known to be on a slot, or only perhaps: then each constraint holds when they are. Among the orders that
hold every rule, `wait` counts how long people are there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filage.planning.schedule.laying_layout import LaidDay
from filage.planning.schedule.laying_problem import (
    MINUTES_A_DAY,
    PAUSES,
    REST,
    SPAN,
    STEP,
    WEEK,
    Called,
)
from filage.planning.schedule.laying_windows import Windows

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntervalVar, IntVar

LATEST = 2 * MINUTES_A_DAY // STEP
MINOR_BREAKS = 2
NOON_MEAL, HALF_DAY = 12 * 60 // STEP, 4 * 60 // STEP
"""A meal is taken at noon, or four hours into a day that starts later, when nothing else is at stake."""
Linear = Any
Literals = Mapping[tuple[int, int], Any]


@dataclass(frozen=True, slots=True)
class Presence:
    """When somebody, or the crew, is there on a slot; `here` says whether they are."""

    call: Linear
    wrap: Linear
    rest: Linear
    here: Linear


class DayTimes:
    """The hours of the slots of some literals; `known` days have the hours they were laid with."""

    def __init__(
        self, model: CpModel, windows: Windows, literals: Literals, known: Iterable[LaidDay] = ()
    ) -> None:
        self.model, self.windows, self.problem = model, windows, windows.problem
        self.literals = literals
        self.slots = sorted({at for _scene, at in literals})
        self.starts: dict[tuple[int, int], IntVar] = {}
        self.pieces: dict[tuple[int, int], IntervalVar] = {}
        self.crew: dict[int, Presence] = {}
        self.cast: dict[tuple[str, int], Presence] = {}
        self.breaks: dict[tuple[str, int], list[tuple[IntVar, IntVar]]] = {}
        self.lunch: dict[int, tuple[IntVar, IntVar]] = {}
        self.meals: dict[int, IntervalVar] = {}
        self.wait: Linear = 0
        for day in known:
            self._known(day)
        for at in self.slots:
            self._slot(at)
        self._locks()
        for one in self.problem.people:
            self._rests(one)
            self._week(one)

    def there(self, at: int) -> list[int]:
        """The scenes that are, or may be, on a slot."""
        return [scene for scene, slot in self.literals if slot == at]

    def takes(self, scene: int) -> int:
        """How long a scene is, in steps."""
        return self.problem.scenes[scene].minutes // STEP

    def of(self, one: Called, at: int) -> Presence | None:
        """When somebody is there on a slot; None when they never are."""
        return self.crew.get(at) if one.crew else self.cast.get((one.person, at))

    def _known(self, day: LaidDay) -> None:
        """A day that stays as it was laid."""
        meal = (day.lunch[1] - day.lunch[0]) // STEP if day.lunch else 0
        self.crew[day.slot] = Presence(day.start // STEP, day.end // STEP, meal, 1)
        for called in day.people:
            rest = sum(end - start for start, end in called.breaks) // STEP
            self.cast[called.person, day.slot] = Presence(called.call // STEP, called.wrap // STEP, rest, 1)

    def _slot(self, at: int) -> None:
        slot = self.problem.slots[at]
        first, last = (hour // STEP for hour in self.windows.bounds(at))
        for scene in self.there(at):
            self._scene(scene, at)
        here = self._any([self.literals[scene, at] for scene in self.there(at)], f"played {at}")
        if slot.event:
            decided = Presence(slot.start // STEP, slot.end // STEP, 0, here)
            self.crew[at] = decided
            for one in self.problem.cast:
                if self._plays(one, at):
                    self.cast[one.person, at] = decided
            return
        start = self.model.new_int_var(first, last, f"from {at}")
        end = self.model.new_int_var(first, last, f"to {at}")
        rest = self._lunch(at, start, end)
        self.crew[at] = Presence(start, end, rest, here)
        busy = [self.pieces[scene, at] for scene in self.there(at)]
        busy += [self.meals[at]] if at in self.meals else []
        busy += self._sets(at)
        self.model.add_no_overlap(busy)
        for scene in self.there(at):
            literal = self.literals[scene, at]
            self.model.add(start <= self.starts[scene, at]).only_enforce_if(literal)
            self.model.add(end >= self.starts[scene, at] + self.takes(scene)).only_enforce_if(literal)
        self._crew(at)
        for one in self.problem.cast:
            self._person(one, at)

    def _any(self, literals: Sequence[Any], name: str) -> Any:
        if len(literals) == 1:
            return literals[0]
        var = self.model.new_bool_var(name)
        self.model.add_max_equality(var, literals)
        return var

    def _scene(self, scene: int, at: int) -> None:
        from ortools.sat.python import cp_model

        takes = self.takes(scene)
        allowed = [
            [-(-first // STEP), last // STEP - takes]
            for first, last in self.windows.of(scene, at)
            if last // STEP - takes >= -(-first // STEP)
        ]
        if not allowed:
            self.model.add_bool_or([self.literals[scene, at].negated()])
            allowed = [[0, LATEST]]
        start = self.model.new_int_var_from_domain(
            cp_model.Domain.from_intervals(allowed), f"scene {scene} at {at}"
        )
        self.starts[scene, at] = start
        self.pieces[scene, at] = self.model.new_optional_fixed_size_interval_var(
            start, takes, self.literals[scene, at], f"piece {scene} {at}"
        )

    def _plays(self, one: Called, at: int) -> list[int]:
        return [n for n in self.there(at) if one.person in self.problem.scenes[n].people]

    @property
    def _crew_weight(self) -> int:
        """What a step of the whole crew’s time weighs beside a person’s."""
        return max(1, sum(one.cost for one in self.problem.crew) // 1_000)

    @property
    def _lunch_takes(self) -> int:
        return -(-self.problem.lunch // STEP)

    def _lunch(self, at: int, start: IntVar, end: IntVar) -> Linear:
        """The meal of a day that needs one, no stretch of the crew’s being too long on either side; its length."""
        if not self.problem.lunch or PAUSES in self.windows.dropped:
            return 0
        takes = self._lunch_takes
        taken = self.model.new_bool_var(f"lunch {at}")
        opens = self.model.new_int_var(0, LATEST, f"lunch at {at}")
        piece = self.model.new_optional_fixed_size_interval_var(opens, takes, taken, f"meal {at}")
        stretch = min((one.limits[at].stretch for one in self.problem.crew), default=360) // STEP
        self.model.add(end - start <= stretch).only_enforce_if(taken.negated())
        self.model.add(opens - start <= stretch).only_enforce_if(taken)
        self.model.add(end - opens - takes <= stretch).only_enforce_if(taken)
        self.model.add(opens > start).only_enforce_if(taken)
        self.model.add(opens + takes < end).only_enforce_if(taken)
        usual = self.model.new_int_var(0, 2 * LATEST, f"usual lunch {at}")
        self.model.add_max_equality(usual, [NOON_MEAL, start + HALF_DAY])
        off = self.model.new_int_var(0, LATEST, f"lunch off its hour {at}")
        self.model.add(off >= opens - usual).only_enforce_if(taken)
        self.model.add(off >= usual - opens).only_enforce_if(taken)
        self.wait += off * self._crew_weight
        self.lunch[at] = (opens, taken)
        self.meals[at] = piece
        return taken * takes

    def _sets(self, at: int) -> list[IntervalVar]:
        """Each set’s scenes in a row after its set-up, each place’s sets in a row after its move."""
        if not self.problem.setup and not self.problem.move:
            return []
        groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for scene in self.there(at):
            groups[self.problem.scenes[scene].group].append(scene)
        blocks: dict[str, list[tuple[IntVar, IntVar, Any]]] = defaultdict(list)
        found: list[IntervalVar] = []
        rows: list[IntervalVar] = []
        setup = self.problem.setup // STEP
        for group, scenes in groups.items():
            here = self._any([self.literals[scene, at] for scene in scenes], f"set {group} {at}")
            opens, closes = self._row(f"{group} {at}", rows, here)
            for scene in scenes:
                start, literal = self.starts[scene, at], self.literals[scene, at]
                self.model.add(start >= opens + setup).only_enforce_if(literal)
                self.model.add(closes >= start + self.takes(scene)).only_enforce_if(literal)
            self.model.add(self.crew[at].call <= opens).only_enforce_if(here)
            if setup:
                name = f"set up {group} {at}"
                found.append(self.model.new_optional_fixed_size_interval_var(opens, setup, here, name))
            if group[2]:
                blocks[group[2]].append((opens, closes, here))
        self.model.add_no_overlap(rows)
        if len(blocks) > 1 and self.problem.move:
            found += self._places(at, blocks)
        return found

    def _row(self, name: str, rows: list[IntervalVar], here: Any, low: int = 0) -> tuple[IntVar, IntVar]:
        opens = self.model.new_int_var(low, LATEST, f"opens {name}")
        closes = self.model.new_int_var(low, LATEST, f"closes {name}")
        size = self.model.new_int_var(0, LATEST - low, f"size {name}")
        rows.append(self.model.new_optional_interval_var(opens, size, closes, here, f"row {name}"))
        return opens, closes

    def _places(self, at: int, blocks: Mapping[str, list[tuple[IntVar, IntVar, Any]]]) -> list[IntervalVar]:
        move = self.problem.move // STEP
        rows: list[IntervalVar] = []
        moves = []
        for venue, own in blocks.items():
            here = self._any([literal for _opens, _closes, literal in own], f"place {venue} {at}")
            opens, closes = self._row(f"{venue} {at}", rows, here, -move)
            for start, end, literal in own:
                self.model.add(opens + move <= start).only_enforce_if(literal)
                self.model.add(closes >= end).only_enforce_if(literal)
            name = f"move {venue} {at}"
            moves.append(self.model.new_optional_fixed_size_interval_var(opens, move, here, name))
        self.model.add_no_overlap(rows)
        return moves

    def _crew(self, at: int) -> None:
        hours = self.crew[at]
        self.wait += (hours.wrap - hours.call) * self._crew_weight
        if SPAN in self.windows.dropped:
            return
        for span, work in {(one.limits[at].span, one.limits[at].work) for one in self.problem.crew}:
            self.model.add(hours.wrap - hours.call <= span // STEP)
            self.model.add(hours.wrap - hours.call - hours.rest <= work // STEP)

    def _person(self, one: Called, at: int) -> None:
        """When somebody is called, with the breaks their hours ask for."""
        mine = self._plays(one, at)
        if not mine:
            return
        ready = one.preparation // STEP
        here = self._any([self.literals[n, at] for n in mine], f"{one.person} at {at}")
        call = self.model.new_int_var(-LATEST, LATEST, f"call {one.person} {at}")
        wrap = self.model.new_int_var(-LATEST, LATEST, f"wrap {one.person} {at}")
        for n in mine:
            literal = self.literals[n, at]
            self.model.add(call <= self.starts[n, at] - ready).only_enforce_if(literal)
            self.model.add(wrap >= self.starts[n, at] + self.takes(n)).only_enforce_if(literal)
        self.model.add(wrap >= call)
        self._tight(mine, at, (call, wrap), ready, here)
        self.wait += (wrap - call) * max(1, one.cost // 1_000)
        limits = one.limits[at]
        rested = self._breaks(one, at, call, wrap)
        self.cast[one.person, at] = Presence(call, wrap, rested, here)
        if SPAN not in self.windows.dropped:
            self.model.add(wrap - call <= limits.span // STEP)
        if (f"work/{one.person}" if one.minor else SPAN) not in self.windows.dropped:
            self.model.add(wrap - call - rested <= limits.work // STEP)

    def _tight(
        self, mine: Sequence[int], at: int, hours: tuple[IntVar, IntVar], ready: int, here: Any
    ) -> None:
        """Nobody is called before their first scene asks, nor kept after the last: a break lies between two scenes."""
        call, wrap = hours
        first, last = [], []
        for n in mine:
            opens, closes = (self.model.new_bool_var(f"{end} {n} {at}") for end in ("first", "last"))
            self.model.add_implication(opens, self.literals[n, at])
            self.model.add_implication(closes, self.literals[n, at])
            self.model.add(call >= self.starts[n, at] - ready).only_enforce_if(opens)
            self.model.add(wrap <= self.starts[n, at] + self.takes(n)).only_enforce_if(closes)
            first.append(opens)
            last.append(closes)
        self.model.add_bool_or(first).only_enforce_if(here)
        self.model.add_bool_or(last).only_enforce_if(here)

    def _breaks(self, one: Called, at: int, call: IntVar, wrap: IntVar) -> Linear:
        """Breaks that cut somebody’s presence into stretches they may work; their sum."""
        limits = one.limits[at]
        stretch, pause = limits.stretch // STEP, -(-limits.pause // STEP)
        if PAUSES in self.windows.dropped or not pause:
            return 0
        count = max(MINOR_BREAKS if one.minor else 1, -(-limits.work // max(1, limits.stretch)) - 1)
        longest = max(pause, self._lunch_takes)
        before, found, sizes = call, [], []
        busy = [self.pieces[n, at] for n in self._plays(one, at)]
        for rank in range(count):
            name = f"{one.person} {at} {rank}"
            taken = self.model.new_bool_var(f"break {name}")
            size = self.model.new_int_var(0, longest, f"length {name}")
            opens = self.model.new_int_var(-LATEST, LATEST, f"break at {name}")
            closes = self.model.new_int_var(-LATEST, LATEST, f"break to {name}")
            busy.append(self.model.new_optional_interval_var(opens, size, closes, taken, f"pause {name}"))
            self.model.add(closes == opens + size)
            self.model.add(size >= pause).only_enforce_if(taken)
            self.model.add(size == 0).only_enforce_if(taken.negated())
            self.model.add(opens >= before)
            self.model.add(opens >= call + one.preparation // STEP)
            self.model.add(opens - before <= stretch)
            self.model.add(closes <= wrap)
            before = closes
            found.append((opens, closes))
            sizes.append(size)
        self.model.add(wrap - before <= stretch)
        self.model.add_no_overlap(busy)
        self.breaks[one.person, at] = found
        return sum(sizes)

    def _locks(self) -> None:
        for lock in self.problem.locks:
            if lock.before is None or lock.id in self.windows.dropped:
                continue
            for one, at in self.literals:
                for other in self.there(at):
                    scenes = (self.problem.scenes[one].scene, self.problem.scenes[other].scene)
                    if scenes == (lock.scene, lock.before) and not self.problem.slots[at].event:
                        both = [self.literals[one, at], self.literals[other, at]]
                        ends = self.starts[one, at] + self.takes(one)
                        self.model.add(ends <= self.starts[other, at]).only_enforce_if(both)

    def _rests(self, one: Called) -> None:
        if REST in self.windows.dropped:
            return
        slots = self.problem.slots
        mine = [(at, hours) for at in range(len(slots)) if (hours := self.of(one, at)) is not None]
        for early, first in mine:
            for late, second in mine:
                if (slots[late].day - slots[early].day).days != 1 or not {early, late} & set(self.slots):
                    continue
                if slots[early].event and slots[late].event:
                    continue
                gap = second.call + MINUTES_A_DAY // STEP - first.wrap
                both = [hours.here for hours in (first, second) if not isinstance(hours.here, int)]
                self.model.add(gap >= -(-one.limits[late].rest // STEP)).only_enforce_if(both)

    def _week(self, one: Called) -> None:
        """The work of one civil week, breaks taken off."""
        if WEEK in self.windows.dropped:
            return
        weeks: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, slot in enumerate(self.problem.slots):
            if self.of(one, at) is not None:
                year, week, _ = slot.day.isocalendar()
                weeks[year, week].append(at)
        for slots in weeks.values():
            if set(slots) & set(self.slots):
                hours = [present for at in slots if (present := self.of(one, at)) is not None]
                worked = sum(each.wrap - each.call - each.rest for each in hours)
                self.model.add(worked <= one.limits[slots[0]].week // STEP)
