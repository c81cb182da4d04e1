"""Which scene on which day, set by set and place by place: the first half of the model that CP-SAT solves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from filage.planning.schedule.laying_windows import Windows

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar

Linear = Any
"""A sum of variables of CP-SAT, or a number."""
Group = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Cut:
    """Scenes that cannot all be on these slots: pairs of a scene and a slot."""

    pairs: tuple[tuple[int, int], ...]


class SetModel:
    """Which scene on which slot, the sets and places that takes, and the locks; people and hours come on top."""

    def __init__(self, windows: Windows, only: Mapping[int, Collection[int]] | None = None) -> None:
        from ortools.sat.python import cp_model

        self.windows, self.problem, self.only = windows, windows.problem, only or {}
        self.model: CpModel = cp_model.CpModel()
        self.slots = range(len(self.problem.slots))
        self.scenes = range(len(self.problem.scenes))
        self.on: dict[tuple[int, int], IntVar] = {}
        self.used = [self.model.new_bool_var(f"used {at}") for at in self.slots]
        self.cost: list[Linear] = []
        self._lay()
        self._locks()
        self._sets()

    def chosen(self, solver: CpSolver) -> tuple[int, ...]:
        """The slot of each scene, in order."""
        found = {scene: at for (scene, at), var in self.on.items() if solver.boolean_value(var)}
        return tuple(found[scene] for scene in self.scenes)

    def hint(self, slots: Sequence[int]) -> None:
        """Start from a plan."""
        for (scene, at), var in self.on.items():
            self.model.add_hint(var, slots[scene] == at)

    def cut(self, cut: Cut) -> None:
        """Forbid these scenes on these slots together."""
        known = [self.on[pair] for pair in cut.pairs if pair in self.on]
        if len(known) == len(cut.pairs):
            self.model.add(sum(known) <= len(known) - 1)

    def _lay(self) -> None:
        """Each scene on one slot where it has a window."""
        for scene in self.scenes:
            for at in self.slots:
                if self.windows.of(scene, at) and at in self.only.get(scene, self.slots):
                    self.on[scene, at] = self.model.new_bool_var(f"{scene} on {at}")
            self.model.add_exactly_one(self.on[scene, at] for at in self.slots if (scene, at) in self.on)
        for at in self.slots:
            there = self._there(at)
            if self.problem.slots[at].event:
                self.model.add(self.used[at] == bool(there))
            else:
                for scene in there:
                    self.model.add_implication(self.on[scene, at], self.used[at])
                self.model.add(sum(self.on[scene, at] for scene in there) >= self.used[at])

    def _there(self, at: int) -> list[int]:
        """The scenes that may be on a slot."""
        return [scene for scene in self.scenes if (scene, at) in self.on]

    def _locks(self) -> None:
        ranks = defaultdict(list)
        for rank, scene in enumerate(self.problem.scenes):
            ranks[scene.scene].append(rank)
        for lock in self.problem.locks:
            if lock.before is None or lock.id in self.windows.dropped:
                continue
            for one in ranks[lock.scene]:
                for other in ranks[lock.before]:
                    self.model.add(self._slot_of(one) <= self._slot_of(other))
                    for at in self.slots:
                        self._in_order(one, other, at)
        for pieces in ranks.values():
            for one, other in pairwise(pieces):
                self.model.add(self._slot_of(one) <= self._slot_of(other))

    def _in_order(self, one: int, other: int, at: int) -> None:
        """Two scenes share a slot only where the first can end before the second starts."""
        if (one, at) not in self.on or (other, at) not in self.on or self.problem.slots[at].event:
            return
        ends = self.windows.of(one, at)[0][0] + self.problem.scenes[one].minutes
        starts = self.windows.of(other, at)[-1][1] - self.problem.scenes[other].minutes
        if ends > starts:
            self.model.add_bool_or([self.on[one, at].negated(), self.on[other, at].negated()])

    def _slot_of(self, scene: int) -> Linear:
        return sum(at * self.on[scene, at] for at in self.slots if (scene, at) in self.on)

    @cached_property
    def _groups(self) -> dict[Group, list[int]]:
        found: dict[Group, list[int]] = defaultdict(list)
        for rank, scene in enumerate(self.problem.scenes):
            found[scene.group].append(rank)
        return found

    def _sets(self) -> None:
        """Where each set is set up, which places are gone to, and what both cost."""
        self.groups: dict[tuple[Group, int], IntVar] = {}
        self.places: dict[tuple[str, int], IntVar] = {}
        for at in self.slots:
            for group, ranks in self._groups.items():
                there = [self.on[rank, at] for rank in ranks if (rank, at) in self.on]
                if not there:
                    continue
                self.groups[group, at] = self._any(there, f"set {at}")
            for venue in {group[2] for group in self._groups} - {""}:
                there = [
                    var for (group, slot), var in self.groups.items() if slot == at and group[2] == venue
                ]
                if there:
                    self.places[venue, at] = self._any(there, f"place {at}")
        if self.problem.setup:
            self.cost += [var * self.problem.setup_cost for var in self.groups.values()]
        self.cost += [
            var * self.problem.venue_costs.get(venue, 0)
            for (venue, _at), var in self.places.items()
            if self.problem.venue_costs.get(venue, 0)
        ]

    def _any(self, there: Sequence[IntVar], name: str) -> IntVar:
        if len(there) == 1:
            return there[0]
        var = self.model.new_bool_var(name)
        self.model.add_max_equality(var, there)
        return var

    def _moves(self, at: int) -> Linear:
        """How many times the company goes to another place on a slot."""
        there = [var for (_venue, slot), var in self.places.items() if slot == at]
        if not there:
            return 0
        moves = self.model.new_int_var(0, len(there), f"moves {at}")
        self.model.add(moves >= sum(there) - 1)
        self.cost.append(moves * self.problem.move_cost)
        return moves
