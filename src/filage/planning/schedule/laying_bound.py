"""A cost that no plan can beat, by counting: days, set-ups, and how long people wait whatever the order.

A plan is an order of its scenes. Over any order, talent scheduling bounds the minutes people are paid from their first
scene to their last; a day holds so many minutes of scenes at most, so that many days, at least, are paid.
"""

from __future__ import annotations

from collections.abc import Callable

from filage.kernel.errors import BadInput
from filage.planning.schedule.answer import Watch
from filage.planning.schedule.laying_model import LayingModel
from filage.planning.schedule.laying_problem import STEP, LayingProblem
from filage.planning.schedule.talent import Talent
from filage.planning.schedule.talent_plan import plan_talent

WHOLE = 100
"""Per cent: a day held is paid like a day played."""


def counted_bound(problem: LayingProblem, longest: int, left: Callable[[], float], *, seed: int = 0) -> int:
    """Cents that every plan costs at least, when `longest` minutes of scenes fit in a day; 0: nothing can be said."""
    if problem.sort != "shoot" or longest <= 0 or not problem.scenes:
        return 0
    minutes = sum(scene.minutes for scene in problem.scenes)
    sets = len({scene.group for scene in problem.scenes}) if problem.setup else 0
    days = -(-minutes // longest)
    crew = sum(one.cost for one in problem.crew) * days
    return _people(problem, longest, left, seed) + crew + sets * problem.setup_cost


def longest_day(model: LayingModel) -> int:
    """The most minutes of scenes that any slot can hold, by its hours and by its pages; locked ones hold theirs."""
    problem = model.problem
    most = max((model.longest(at) for at, slot in enumerate(problem.slots) if not slot.event), default=0)
    if problem.eighths is not None:
        per_eighth = [one.minutes / one.eighths for one in problem.scenes if one.eighths]
        if len(per_eighth) == len(problem.scenes):
            most = min(most, int(problem.eighths * max(per_eighth)))
    fixed: dict[int, int] = {}
    for one in problem.fixed:
        scene = next(scene for scene in problem.scenes if scene.scene == one.scene)
        fixed[one.slot] = fixed.get(one.slot, 0) + scene.minutes
    return max([most, *fixed.values()])


def _people(problem: LayingProblem, longest: int, left: Callable[[], float], seed: int) -> int:
    """What the cast is paid at least, from the first scene of each to the last."""
    cast = [one for one in problem.cast if one.cost]
    if problem.holding < WHOLE or not cast:
        return 0
    casts = tuple(
        sum(1 << rank for rank, one in enumerate(cast) if one.person in scene.people)
        for scene in problem.scenes
    )
    talent = Talent(
        casts, tuple(scene.minutes // STEP for scene in problem.scenes), tuple(one.cost for one in cast)
    )
    try:
        plan = plan_talent(talent, Watch(left), seed=seed)
    except BadInput:
        bound = talent.base
    else:
        bound = plan.bound
    return -(-bound * STEP // longest)
