"""Why a tour is impossible: the fewest windows that cannot be kept together, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from filage.kernel.errors import BadInput, Problem
from filage.planning.schedule.answer import Stopped, Watch
from filage.planning.schedule.reading import shown
from filage.planning.schedule.tour import Tour, shortest
from filage.planning.schedule.tour_labels import build_tours

WIDTH = 5000
ADVICE = "élargissez une de ces fenêtres, ou retirez un lieu"


def refuse(tour: Tour, watch: Watch) -> NoReturn:
    """Refuse a tour that has no order, by what stands in the way."""
    raise BadInput(_alone(tour) or [_together(tour, watch)])


def _alone(tour: Tour) -> list[Problem]:
    """Places that cannot be reached in time, or from where one is back too late, even visited alone."""
    far, leave = shortest(tour), tour.windows[0][0]
    problems = []
    for place, (opens, closes) in enumerate(tour.windows):
        if not place:
            continue
        arrival = leave + far[0][place]
        back = max(arrival, opens) + far[place][0]
        path = f"windows[{place}]"
        if arrival > closes:
            when = f"avant {_time(tour, arrival)}, et ferme à {_time(tour, closes)}"
            problems.append(Problem(f"infaisable : le lieu {place} ne peut être atteint {when}", path))
        elif back > tour.windows[0][1]:
            when = f"au plus tôt à {_time(tour, back)}, après {_time(tour, tour.windows[0][1])}"
            problems.append(Problem(f"infaisable : après le lieu {place}, le retour se fait {when}", path))
    return problems


def _together(tour: Tour, watch: Watch) -> Problem:
    """The closing times that cannot all be kept: each one lifted in turn, and left out when that changes nothing."""
    never = sum(max(row) for row in tour.durations) + max(closes for _, closes in tour.windows)
    kept = list(range(len(tour.windows)))
    tried = tour
    for place in reversed(range(len(tour.windows))):
        windows = list(tried.windows)
        windows[place] = (windows[place][0], never)
        lifted = replace(tried, windows=tuple(windows))
        try:
            found = build_tours(lifted, "makespan", WIDTH, watch)
        except Stopped:
            break
        if found.order is None and found.complete:
            tried = lifted
            kept.remove(place)
    names = [f"lieu {place} avant {_time(tour, tour.windows[place][1])}" for place in kept]
    return Problem(
        f"infaisable : ces heures ne peuvent être tenues ensemble : {' ; '.join(names)}",
        "windows",
        suggestion=ADVICE,
    )


def _time(tour: Tour, moment: int) -> str:
    return f"{shown(moment, tour.scale)}".replace(".", ",")
