"""A tour: in which order to visit places, each within its window, and come back (TSPTW).

It leaves place 0 when its window opens; arriving early somewhere means waiting. Times of service are in the durations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from filage.planning.schedule.reading import Reader

KEYS = ("name", "n", "scale", "durations", "windows")
IGNORED = (
    "set", "known_makespan", "known_source", "travel_time_best", "travel_time_lb", "travel_time_proven_here",
    "makespan_best_here", "makespan_proven_here", "source",
)  # fmt: skip
MOST_PLACES = 200

Objective = Literal["makespan", "travel"]
OBJECTIVES: tuple[Objective, ...] = ("makespan", "travel")


@dataclass(frozen=True, slots=True)
class Tour:
    """Durations between places and when each may be reached, in units of which `scale` make one of the file's."""

    durations: tuple[tuple[int, ...], ...]
    windows: tuple[tuple[int, int], ...]
    scale: int = 1


@dataclass(frozen=True, slots=True)
class TourTimes:
    """What an order gives: time spent between places, and the hour of return."""

    travel: int
    makespan: int

    def value(self, objective: Objective) -> int:
        """The one that is sought."""
        return self.travel if objective == "travel" else self.makespan


def read_tour(content: Any) -> Tour:
    """Read an instance; BadInput says everything wrong with it."""
    read = Reader(content, keys=KEYS, ignored=IGNORED)
    read.name()
    count = len(read.rows("windows"))
    durations = read.table("durations", rows=count, columns=count)
    windows = read.table("windows", rows=count, columns=2)
    read.count("n", count, of="windows")
    scale = read.one("scale", 1)
    if scale < 1:
        read.wrong("doit être au moins 1", "scale")
    if count <= 1 and read.has("windows"):
        read.wrong("il faut le départ et au moins un lieu", "windows")
    if count > MOST_PLACES:
        read.wrong(f"{count} lieux", "windows", expected=f"au plus {MOST_PLACES}")
    for place, window in enumerate(windows):
        if window and window[0] > window[-1]:
            read.wrong(f"ouvre à {window[0]}, après sa fermeture à {window[-1]}", f"windows[{place}]")
    read.done()
    return Tour(
        tuple(tuple(row) for row in durations), tuple((opens, closes) for opens, closes in windows), scale
    )


def tour_times(tour: Tour, order: Sequence[int]) -> TourTimes:
    """What an order gives; ValueError when it leaves a place out or reaches one too late.

    Independent of the searches on purpose: every answer is checked again by it.
    """
    if sorted(order) != list(range(len(tour.windows))) or order[0] != 0:
        message = "not an order of all the places from place 0"
        raise ValueError(message)
    moment, travel = tour.windows[0][0], 0
    for here, there in zip(order, [*order[1:], 0], strict=True):
        travel += tour.durations[here][there]
        moment += tour.durations[here][there]
        opens, closes = tour.windows[there]
        if there:
            moment = max(moment, opens)
        if moment > closes:
            message = f"place {there} is reached at {moment}, after {closes}"
            raise ValueError(message)
    return TourTimes(travel, moment)


def shortest(tour: Tour) -> list[list[int]]:
    """The least time from each place to each other, through any places."""
    found = [list(row) for row in tour.durations]
    places = range(len(found))
    for place in places:
        found[place][place] = 0
    for through in places:
        for start in places:
            first = found[start][through]
            for stop in places:
                found[start][stop] = min(found[start][stop], first + found[through][stop])
    return found
