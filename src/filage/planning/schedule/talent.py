"""Talent scheduling: in which order to take scenes so that people are paid the least to wait (CSPLib 039).

Everybody is paid from the first scene they appear in to the last, whether they play in between or wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from filage.planning.schedule.reading import Reader, scale_of

KEYS = ("name", "n_scenes", "n_actors", "appearances", "costs", "durations")
IGNORED = ("base_cost", "optimum_total", "optimum_hold", "optimum_source", "best_found", "status", "source")
MOST_SCENES = 400
MOST_MONEY = 10**17


@dataclass(frozen=True, slots=True)
class Talent:
    """Scenes and who appears in them: `casts[scene]` is the set of people as bits; costs per unit of duration."""

    casts: tuple[int, ...]
    durations: tuple[int, ...]
    costs: tuple[int, ...]
    scale: int = 1

    @property
    def base(self) -> int:
        """What is paid for scenes people appear in, whatever the order."""
        return sum(
            length * self.cost_of(cast) for cast, length in zip(self.casts, self.durations, strict=True)
        )

    def cost_of(self, people: int) -> int:
        """What a unit of time costs for a set of people."""
        return sum(cost for person, cost in enumerate(self.costs) if people >> person & 1)


def read_talent(content: Any) -> Talent:
    """Read an instance, people in rows and scenes in columns; BadInput says everything wrong with it."""
    read = Reader(content, keys=KEYS, ignored=IGNORED)
    read.name()
    durations = read.numbers("durations")
    costs = read.numbers("costs")
    rows = read.table("appearances", rows=len(costs), columns=len(durations))
    read.count("n_scenes", len(durations), of="durations")
    read.count("n_actors", len(costs), of="costs")
    for person, row in enumerate(rows):
        for scene, mark in enumerate(row):
            if mark not in (0, 1):
                read.wrong(
                    f"{mark} ne dit pas si la personne joue",
                    f"appearances[{person}][{scene}]",
                    expected="0 ou 1",
                )
    if not durations and read.has("durations") and not read.problems:
        read.wrong("aucune scène à ordonner", "durations")
    if len(durations) > MOST_SCENES:
        read.wrong(f"{len(durations)} scènes", "durations", expected=f"au plus {MOST_SCENES}")
    if sum(durations) * scale_of(durations) * sum(costs) * scale_of(costs) > MOST_MONEY:
        read.wrong("les coûts sont trop grands, ou trop précis, pour être comptés exactement", "costs")
    read.done()
    return _talent(rows, durations, costs)


def _talent(rows: list[list[int]], durations: list[Decimal], costs: list[Decimal]) -> Talent:
    length, price = scale_of(durations), scale_of(costs)
    casts = tuple(
        sum(1 << person for person, row in enumerate(rows) if row[scene]) for scene in range(len(durations))
    )
    return Talent(
        casts,
        tuple(int(value * length) for value in durations),
        tuple(int(value * price) for value in costs),
        length * price,
    )


def talent_cost(talent: Talent, order: Sequence[int]) -> int:
    """What an order costs in all, counted person by person; ValueError when it is not an order of all scenes.

    Independent of the searches on purpose: every answer is counted again by it.
    """
    if sorted(order) != list(range(len(talent.casts))):
        message = "not an order of all the scenes"
        raise ValueError(message)
    total = 0
    for person, cost in enumerate(talent.costs):
        places = [place for place, scene in enumerate(order) if talent.casts[scene] >> person & 1]
        if places:
            total += cost * sum(talent.durations[scene] for scene in order[places[0] : places[-1] + 1])
    return total
