"""Days and hours in one model: exact for a short plan, and for a few days of a long one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from filage.planning.schedule.laying_layout import LaidDay
from filage.planning.schedule.laying_model import LayingModel
from filage.planning.schedule.laying_problem import LayingProblem
from filage.planning.schedule.laying_sets import Cut
from filage.planning.schedule.laying_times import DayTimes
from filage.planning.schedule.laying_windows import Windows

SMALL = 320
"""Scenes times open slots up to which days and hours are sought at once."""


@dataclass(frozen=True)
class Whole:
    """Which scene on which slot, and when."""

    model: LayingModel
    times: DayTimes


def is_small(problem: LayingProblem) -> bool:
    """Whether a plan is short enough to be sought in one go."""
    return len(problem.scenes) * sum(1 for slot in problem.slots if not slot.closed) <= SMALL


def whole_model(
    windows: Windows,
    cuts: Iterable[Cut] = (),
    *,
    only: Mapping[int, Collection[int]] | None = None,
    slots: Collection[int] | None = None,
    known: Iterable[LaidDay] = (),
) -> Whole:
    """The model of days and hours together: of some `slots` only, the others being `known` days."""
    model = LayingModel(windows, cuts, only)
    literals = {pair: var for pair, var in model.on.items() if slots is None or pair[1] in slots}
    times = DayTimes(model.model, windows, literals, known)
    return Whole(model, times)
