"""The days of a plan read from a solver: scenes in order, calls kept as short as the scenes allow, breaks, meal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from filage.planning.schedule.laying_layout import LaidCall, LaidDay, LaidScene
from filage.planning.schedule.laying_problem import STEP, Called, Window

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver

    from filage.planning.schedule.laying_times import DayTimes


def days_of(times: DayTimes, solver: CpSolver) -> tuple[LaidDay, ...]:
    """The days that have scenes, as the solver ordered them."""
    days = []
    for at in times.slots:
        scenes = [n for n in times.there(at) if solver.boolean_value(times.literals[n, at])]
        if scenes:
            days.append(_day(times, solver, at, scenes))
    return tuple(days)


def _day(times: DayTimes, solver: CpSolver, at: int, there: Sequence[int]) -> LaidDay:
    slot = times.problem.slots[at]
    scenes = [_scene(times, solver, n, at) for n in there]
    if not slot.event:
        scenes.sort(key=lambda one: one.start)
    hours = times.crew[at]
    start, end = (solver.value(hour) * STEP for hour in (hours.call, hours.wrap))
    lunch = _lunch(times, solver, at)
    if not slot.event:  # the solver may leave slack at both ends: a shorter day holds the same rules
        end = max(one.end for one in scenes)
        lunch = lunch if lunch is not None and lunch[0] < end else None
        first = min(one.start for one in scenes)
        if (
            lunch is not None and lunch[1] + times.problem.setup <= first
        ):  # a meal before anything: come after it
            lunch = None
        start = (min(first, lunch[0]) if lunch else first) - times.problem.setup
    people = []
    for one in times.problem.people:
        mine = [n for n in there if one.person in times.problem.scenes[n].people]
        if one.crew or (mine and slot.event):
            people.append(_called(times, solver, one, at, (start, end), lunch))
        elif mine:
            own = [scene for scene in scenes if _rank(times, scene) in mine]
            call = min(scene.start for scene in own) - one.preparation
            wrap = max(scene.end for scene in own)
            people.append(_called(times, solver, one, at, (call, wrap), lunch))
    return LaidDay(at, slot.day, start, end, tuple(scenes), tuple(people), lunch, slot.event)


def _scene(times: DayTimes, solver: CpSolver, scene: int, at: int) -> LaidScene:
    one = times.problem.scenes[scene]
    start = solver.value(times.starts[scene, at]) * STEP
    return LaidScene(one.scene, start, start + one.minutes, one.piece)


def _rank(times: DayTimes, laid: LaidScene) -> int:
    return next(
        n for n, one in enumerate(times.problem.scenes) if one.scene == laid.scene and one.piece == laid.piece
    )


def _lunch(times: DayTimes, solver: CpSolver, at: int) -> Window | None:
    if at not in times.lunch or not solver.boolean_value(times.lunch[at][1]):
        return None
    opens = solver.value(times.lunch[at][0]) * STEP
    return opens, opens + times.problem.lunch


def _called(
    times: DayTimes, solver: CpSolver, one: Called, at: int, hours: Window, lunch: Window | None
) -> LaidCall:
    call, wrap = hours
    pieces = times.breaks.get((one.person, at), ())
    found = [(solver.value(start) * STEP, solver.value(end) * STEP) for start, end in pieces]
    inside = [(max(start, call), min(end, wrap)) for start, end in found]
    if lunch is not None and call < lunch[0] and lunch[1] < wrap:
        inside.append(lunch)
    return LaidCall(one.person, call, wrap, _joined(inside))


def _joined(pieces: Iterable[Window]) -> tuple[Window, ...]:
    """Breaks in order, those that touch made one."""
    found: list[Window] = []
    for start, end in sorted(pieces):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
