"""Which scenes cannot be together: the smallest part of a choice of days whose hours do not hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from filage.planning.schedule.laying_days import days_of
from filage.planning.schedule.laying_layout import LaidDay
from filage.planning.schedule.laying_sets import Cut
from filage.planning.schedule.laying_solver import solve
from filage.planning.schedule.laying_times import DayTimes
from filage.planning.schedule.laying_windows import Windows

SECONDS_A_DAY = 1.0
MOST_SHRUNK = 12
"""Scenes of a cut that are tried one by one: more would take longer than it saves."""


def culprits(windows: Windows, slots: Sequence[int], seed: int) -> tuple[bool, list[Cut]]:
    """The cuts that a choice of days without hours gives; False when time was too short to prove one of them."""
    used = sorted(set(slots))
    proved = True
    cuts: list[Cut] = []
    for at in used:
        status = _status(windows, slots, [at], seed)
        if status == "impossible":
            cuts += _shrunk(windows, slots, [at], seed)
        elif status == "unknown":
            proved = False
            cuts.append(_cut(slots, [at]))
    if cuts:
        return proved, cuts
    for early, late in pairwise(used):
        if (windows.problem.slots[late].day - windows.problem.slots[early].day).days > 1:
            continue
        status = _status(windows, slots, [early, late], seed)
        if status != "feasible":
            proved = proved and status == "impossible"
            cuts += (
                _shrunk(windows, slots, [early, late], seed)
                if status == "impossible"
                else [_cut(slots, [early, late])]
            )
    if cuts:
        return proved, cuts
    status = _status(windows, slots, used, seed)
    return status == "impossible", [_cut(slots, used)]


def times_of(
    windows: Windows, slots: Sequence[int], only: Collection[int], known: Iterable[LaidDay] = ()
) -> DayTimes:
    """The hours of some slots, their scenes known; `known` days stay as they are."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    sure = model.new_constant(1)
    literals = {(scene, at): sure for scene, at in enumerate(slots) if at in only}
    return DayTimes(model, windows, literals, known)


def hours_in_turn(windows: Windows, slots: Sequence[int], seed: int) -> tuple[LaidDay, ...] | None:
    """The hours of a choice of days, one day after the other; None when a day does not follow those before it.

    Quicker than all together, first with any hours, then with the earliest ends; None is no proof that there are none.
    """
    return _in_turn(windows, slots, seed, any_will_do=True) or _in_turn(
        windows, slots, seed, any_will_do=False
    )


def _in_turn(
    windows: Windows, slots: Sequence[int], seed: int, *, any_will_do: bool
) -> tuple[LaidDay, ...] | None:
    days: list[LaidDay] = []
    for at in sorted(set(slots)):
        times = times_of(windows, slots, {at}, days)
        times.model.minimize(times.wait + times.crew[at].wrap)
        solved = solve(times.model, seconds=SECONDS_A_DAY / 2, seed=seed, any_will_do=any_will_do)
        if not solved.found:
            return None
        days += days_of(times, solved.solver)
    return tuple(days)


def day_holds(windows: Windows, scenes: Collection[int], at: int, seed: int) -> bool:
    """Whether some hours hold for these scenes alone on a slot."""
    slots = [at if scene in scenes else -1 for scene in range(len(windows.problem.scenes))]
    return _status(windows, slots, [at], seed) == "feasible"


def _status(windows: Windows, slots: Sequence[int], only: Collection[int], seed: int) -> str:
    times = times_of(windows, slots, only)
    solved = solve(times.model, seconds=SECONDS_A_DAY * len(only), seed=seed)
    return "feasible" if solved.found else solved.status


def _cut(slots: Sequence[int], only: Sequence[int]) -> Cut:
    return Cut(tuple((scene, at) for scene, at in enumerate(slots) if at in only))


def _shrunk(windows: Windows, slots: Sequence[int], only: Sequence[int], seed: int) -> list[Cut]:
    """The same cut without the scenes it does not need, and its like on slots of the same rules."""
    kept = [scene for scene, at in enumerate(slots) if at in only]
    if len(kept) <= MOST_SHRUNK:
        for scene in list(kept):
            rest = [one for one in kept if one != scene]
            without = [at if n in rest else -1 for n, at in enumerate(slots)]
            if rest and _status(windows, without, only, seed) == "impossible":
                kept = rest
    cut = Cut(tuple((scene, slots[scene]) for scene in kept))
    return [cut, *_alike(windows, cut)] if len(only) == 1 else [cut]


def _alike(windows: Windows, cut: Cut) -> list[Cut]:
    """The same scenes on every other slot where they have the same windows, and people the same limits."""
    at = cut.pairs[0][1]
    found = []
    for other, slot in enumerate(windows.problem.slots):
        if other == at or slot.event:
            continue
        same = windows.bounds(other) == windows.bounds(at) and all(
            windows.of(scene, other) == windows.of(scene, at) for scene, _at in cut.pairs
        )
        if same and all(one.limits[other] == one.limits[at] for one in windows.problem.people):
            found.append(Cut(tuple((scene, other) for scene, _at in cut.pairs)))
    return found
