"""What a plan costs, counted from which scene is on which slot and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from filage.planning.schedule.laying_problem import Called, LayingProblem


@dataclass(frozen=True, slots=True)
class PersonDays:
    """The days somebody is present, and those they are held in between."""

    person: Called
    days: int
    held: int

    def cost(self, holding: int) -> int:
        """Cents: a day present counts whole, a day held its share."""
        return self.person.cost * self.days + self.person.cost * holding * self.held // 100


@dataclass(frozen=True, slots=True)
class LayingCost:
    """The parts of a plan’s cost, in cents."""

    people: tuple[PersonDays, ...]
    holding: int
    crew: int
    crew_days: int
    moves: int
    moving: int
    setups: int
    setting_up: int
    places: int

    @property
    def held(self) -> int:
        """Cents paid for days held."""
        return sum(one.person.cost * self.holding * one.held // 100 for one in self.people)

    @property
    def total(self) -> int:
        """Everything."""
        cast = sum(one.cost(self.holding) for one in self.people)
        return cast + self.crew + self.moving + self.setting_up + self.places


def cost_of(problem: LayingProblem, slots: Sequence[int]) -> LayingCost:
    """What it costs to put each scene, in order, on these slots: counted apart from any search, on purpose."""
    used = sorted(set(slots))
    on: dict[int, list[int]] = {at: [] for at in used}
    for scene, at in enumerate(slots):
        on[at].append(scene)
    places = {at: {problem.scenes[n].venue for n in on[at]} - {""} for at in used}
    setups = {at: len({problem.scenes[n].group for n in on[at]}) for at in used} if problem.setup else {}
    moves = sum(max(0, len(found) - 1) for found in places.values())
    return LayingCost(
        people=tuple(_days(problem, one, on) for one in problem.cast),
        holding=problem.holding,
        crew=sum(one.cost for one in problem.crew) * len(used),
        crew_days=len(used),
        moves=moves,
        moving=moves * problem.move_cost,
        setups=sum(setups.values()),
        setting_up=sum(setups.values()) * problem.setup_cost,
        places=sum(problem.venue_costs.get(venue, 0) for found in places.values() for venue in found),
    )


def _days(problem: LayingProblem, one: Called, on: dict[int, list[int]]) -> PersonDays:
    present = [at for at, scenes in on.items() if any(one.person in problem.scenes[n].people for n in scenes)]
    held = 0
    for run in holding_runs(problem):
        inside = [at for at in present if at in run]
        if inside:
            held += sum(1 for at in run if min(inside) <= at <= max(inside)) - len(inside)
    return PersonDays(one, len(present), held)


def holding_runs(problem: LayingProblem) -> list[list[int]]:
    """The slots over which waiting counts: all the open days of a shoot, the services of one day of rehearsal."""
    open_slots = [at for at, slot in enumerate(problem.slots) if slot.event or not slot.closed]
    if problem.sort == "shoot":
        return [open_slots]
    return [list(run) for _day, run in groupby(open_slots, key=lambda at: problem.slots[at].day)]
