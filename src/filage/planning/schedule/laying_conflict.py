"""Why no plan holds everything: a smallest set of rules that conflict, in words.

A rule is set aside, and everything else tried again: when the rest still holds no plan, the rule was not needed to
explain why (a deletion filter). What is left is minimal: without any one of them, there is a plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from filage.planning.schedule.laying_feasible import culprits, times_of
from filage.planning.schedule.laying_layout import Impossible
from filage.planning.schedule.laying_model import LayingModel
from filage.planning.schedule.laying_problem import Kept, LayingProblem
from filage.planning.schedule.laying_sets import Cut
from filage.planning.schedule.laying_solver import solve
from filage.planning.schedule.laying_whole import is_small, whole_model
from filage.planning.schedule.laying_windows import Windows

SECONDS = 5.0
MOST_ROUNDS = 40
PERIOD = "les jours du plan ne suffisent pas à ses scènes"


def is_possible(problem: LayingProblem, dropped: Kept, *, seed: int = 0) -> bool | None:
    """Whether some plan holds every rule but those set aside; None when time was too short to tell."""
    problem = _freed(problem, dropped)
    windows = Windows(problem, dropped)
    if any(
        not any(windows.of(scene, at) for at in range(len(problem.slots)))
        for scene in range(len(problem.scenes))
    ):
        return False
    if is_small(problem):
        whole = whole_model(windows)
        solved = solve(whole.model.model, seconds=SECONDS, seed=seed, any_will_do=True)
        return solved.found if solved.found or solved.status == "impossible" else None
    return _in_turns(windows, seed)


def _freed(problem: LayingProblem, dropped: Kept) -> LayingProblem:
    """The same problem, the day of each locked event set aside open again: what is set aside never takes room away."""
    freed = {slot.event for slot in problem.slots if slot.event in dropped and slot.event}
    if not freed:
        return problem
    first, last = min(problem.day[0], problem.night[0]), max(problem.day[1], problem.night[1])
    slots = []
    for slot in problem.slots:
        if slot.event not in freed:
            slots.append(slot)
        elif problem.sort == "shoot":
            slots.append(replace(slot, event="", start=first, end=last))
        else:
            slots.append(replace(slot, event=""))
    fixed = tuple(one for one in problem.fixed if problem.slots[one.slot].event not in freed)
    return replace(problem, slots=tuple(slots), fixed=fixed)


def _in_turns(windows: Windows, seed: int) -> bool | None:
    """The same for a long plan: days first, then hours, until both agree."""
    cuts: list[Cut] = []
    for _round in range(MOST_ROUNDS):
        model = LayingModel(windows, cuts)
        solved = solve(model.model, seconds=SECONDS, seed=seed, any_will_do=True)
        if not solved.found:
            return False if solved.status == "impossible" else None
        slots = model.chosen(solved.solver)
        times = times_of(windows, slots, set(slots))
        if solve(times.model, seconds=SECONDS, seed=seed, any_will_do=True).found:
            return True
        proved, more = culprits(windows, slots, seed)
        if not proved:
            return None
        cuts += more
    return None


def conflict_of(problem: LayingProblem, *, seed: int = 0) -> Impossible:
    """A smallest set of rules that conflict; when even none of them leaves a plan, the days themselves are too few."""
    rules = list(problem.rules)
    if is_possible(problem, frozenset(rules), seed=seed) is not True:
        return Impossible((), (PERIOD,))
    kept = smallest(problem, rules, seed)
    return Impossible(tuple(kept), tuple(problem.rules[rule] for rule in kept), context_of(problem, kept))


def smallest(problem: LayingProblem, rules: Iterable[str], seed: int) -> list[str]:
    """The rules of which none can be left out of the conflict."""
    everything = list(rules)
    kept = list(everything)
    for chunk in _chunks(everything):
        without = [rule for rule in kept if rule not in chunk]
        if without != kept and is_possible(problem, frozenset(everything) - set(without), seed=seed) is False:
            kept = without
    for rule in list(kept):
        without = [one for one in kept if one != rule]
        if is_possible(problem, frozenset(everything) - set(without), seed=seed) is False:
            kept = without
    return kept


def _chunks(rules: list[str], size: int = 8) -> Iterable[set[str]]:
    """Rules by eights: most have nothing to do with a conflict."""
    return (set(rules[at : at + size]) for at in range(0, len(rules), size)) if len(rules) > size else ()


def context_of(problem: LayingProblem, rules: Iterable[str]) -> tuple[str, ...]:
    """Who plays what, for the scenes and the people that a conflict names."""
    named = set(rules)
    people = {one.person for one in problem.absences if one.id in named}
    people |= {rule.partition("/")[2] for rule in named if rule.startswith(("hours/", "work/"))}
    locked = {
        name for lock in problem.locks if lock.id in named for name in (lock.scene, lock.before) if name
    }
    told: dict[str, None] = {}
    for scene in problem.scenes:
        for one in problem.cast:
            if one.person in people & scene.people and (scene.scene in locked or not locked):
                told[f"{one.name} joue dans la scène {scene.name}"] = None
    return tuple(told)[:6]
