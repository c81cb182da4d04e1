"""Tours built place by place: of two ways to have seen the same places and stand at the same one, keep the better.

Exact while few ways are kept apart; beyond `width` the least promising are dropped, and nothing is proved.
"""

from __future__ import annotations

from dataclasses import dataclass

from filage.planning.schedule.answer import Stopped, Watch
from filage.planning.schedule.tour import Objective, Tour, shortest


@dataclass(frozen=True, slots=True)
class Label:
    """One way to stand at a place: the hour, the travel so far, and where it came from."""

    moment: int
    travel: int
    place: int
    before: Label | None

    def order(self) -> list[int]:
        """The places seen, in order."""
        found: list[int] = []
        at: Label | None = self
        while at is not None:
            found.append(at.place)
            at = at.before
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Found:
    """The best order met, if any, and whether every other was looked at."""

    order: list[int] | None
    complete: bool


def build_tours(tour: Tour, objective: Objective, width: int, watch: Watch, *, whole: bool = False) -> Found:
    """The best tour among those that can be built keeping `width` ways a step; Stopped when time is over.

    With `whole`, it is all or nothing: no order as soon as one way must be dropped.
    """
    limits = _limits(tour)
    layer: dict[tuple[int, int], list[Label]] = {(1, 0): [Label(tour.windows[0][0], 0, 0, None)]}
    complete = True
    for _ in range(len(tour.windows) - 1):
        following: dict[tuple[int, int], list[Label]] = {}
        for (seen, _place), labels in layer.items():
            if watch.is_over():
                raise Stopped
            for label in labels:
                _leave(tour, seen, label, limits, following, single=objective == "makespan")
        layer, cut = _narrowed(following, width)
        complete = complete and not cut
        if cut and whole:
            return Found(None, complete=False)
    home = [_home(tour, label) for labels in layer.values() for label in labels]
    ends = [end for end in home if end.moment <= tour.windows[0][1]]
    best = min(ends, key=lambda end: _worth(end, objective), default=None)
    return Found(best.order()[:-1] if best else None, complete)


def _worth(end: Label, objective: Objective) -> tuple[int, int]:
    return (end.travel, end.moment) if objective == "travel" else (end.moment, end.travel)


def _home(tour: Tour, label: Label) -> Label:
    last = tour.durations[label.place][0]
    return Label(label.moment + last, label.travel + last, 0, label)


def _limits(tour: Tour) -> list[list[tuple[int, int]]]:
    """For each place, by when it must be left for each other to be reached in time, the tightest first."""
    least = shortest(tour)
    return [
        sorted((tour.windows[there][1] - least[here][there], 1 << there) for there in range(len(least)))
        for here in range(len(least))
    ]


def _leave(
    tour: Tour,
    seen: int,
    label: Label,
    limits: list[list[tuple[int, int]]],
    following: dict[tuple[int, int], list[Label]],
    *,
    single: bool,
) -> None:
    """Go from a label to every place not seen from where all the others, and the return, stay in reach."""
    row = tour.durations[label.place]
    for place, (opens, closes) in enumerate(tour.windows):
        bit = 1 << place
        if seen & bit:
            continue
        moment = max(label.moment + row[place], opens)
        if moment > closes:
            continue
        there = seen | bit
        # the depot is seen, but must still be reached again: its bit 1 counts as not seen
        late = next((limit for limit, other in limits[place] if other == 1 or not there & other), None)
        if late is not None and moment > late:
            continue
        _keep(
            following.setdefault((there, place), []),
            Label(moment, label.travel + row[place], place, label),
            single=single,
        )


def _keep(labels: list[Label], new: Label, *, single: bool) -> None:
    """Keep a label unless another is as good; drop those it beats."""
    if single:
        if not labels:
            labels.append(new)
        elif (new.moment, new.travel) < (labels[0].moment, labels[0].travel):
            labels[0] = new
        return
    if any(old.moment <= new.moment and old.travel <= new.travel for old in labels):
        return
    labels[:] = [old for old in labels if old.moment < new.moment or old.travel < new.travel]
    labels.append(new)


def _narrowed(
    layer: dict[tuple[int, int], list[Label]], width: int
) -> tuple[dict[tuple[int, int], list[Label]], bool]:
    """At most `width` labels, those that are earliest with the least travel, and whether some were dropped."""
    if sum(len(labels) for labels in layer.values()) <= width:
        return layer, False
    ranked = sorted(
        (
            (label.moment + label.travel, rank, key, label)
            for rank, (key, labels) in enumerate(layer.items())
            for label in labels
        ),
        key=lambda one: one[:2],
    )
    kept: dict[tuple[int, int], list[Label]] = {}
    for _, _, key, label in ranked[:width]:
        kept.setdefault(key, []).append(label)
    return kept, True
