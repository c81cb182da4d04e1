"""Every order tried: what the searches must find on instances small enough for it."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import permutations
from pathlib import Path

from filage.planning.schedule.answer import Watch
from filage.planning.schedule.talent import talent_cost
from filage.planning.schedule.tour import tour_times

INSTANCES = Path(__file__).parents[3] / "examples" / "schedule"
PLENTY = Watch(lambda: 60.0)
OVER = Watch(lambda: 0.0)


def instance(path: Path):
    """A published instance, numbers exactly as written."""
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def least_cost(talent) -> int:
    return min(talent_cost(talent, order) for order in permutations(range(len(talent.casts))))


def best_tour(tour, objective) -> int | None:
    """The best value; None when no order keeps every window."""
    values = []
    for rest in permutations(range(1, len(tour.windows))):
        try:
            values.append(tour_times(tour, (0, *rest)).value(objective))
        except ValueError:
            continue
    return min(values, default=None)
