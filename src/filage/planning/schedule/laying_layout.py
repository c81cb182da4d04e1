"""A plan found: days, scenes in order with their hours, calls, what it costs, and how far from the best it can be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from filage.kernel.errors import BadInput, Problem
from filage.planning.schedule.answer import Status
from filage.planning.schedule.laying_problem import Window


@dataclass(frozen=True, slots=True)
class Progress:
    """What a search has so far: euros of the best plan and of what none can beat, seconds since its start."""

    best: Decimal | None
    bound: Decimal | None
    elapsed: float


@dataclass(frozen=True, slots=True)
class LaidScene:
    """One scene of a day, in minutes from its midnight."""

    scene: str
    start: int
    end: int
    piece: str = ""


@dataclass(frozen=True, slots=True)
class LaidCall:
    """Somebody called on a day: from when to when, with which breaks."""

    person: str
    call: int
    wrap: int
    breaks: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidDay:
    """One day of shooting, or one service: its hours, its scenes in order, who is called; `event` when locked."""

    slot: int
    day: date
    start: int
    end: int
    scenes: tuple[LaidScene, ...]
    people: tuple[LaidCall, ...]
    lunch: Window | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class PersonCost:
    """What one person weighs in a plan: days present, days held in between, euros."""

    person: str
    days: int
    held: int
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole plan; `bound` is the euros no plan can beat, `findings` what the check of working time says of it."""

    days: tuple[LaidDay, ...]
    cost: Decimal
    holding: Decimal
    bound: Decimal
    status: Status
    seed: int
    seconds: float
    moves: int = 0
    setups: int = 0
    unused: tuple[date, ...] = ()
    people: tuple[PersonCost, ...] = ()
    crew: Decimal = Decimal(0)
    moving: Decimal = Decimal(0)
    setting_up: Decimal = Decimal(0)
    places: Decimal = Decimal(0)
    findings: tuple[str, ...] = ()
    objective: str = field(default="cost")

    def at(self, scene: str) -> tuple[LaidDay, LaidScene] | None:
        """Where a scene was laid; the first piece of one cut in several."""
        for day in self.days:
            for laid in day.scenes:
                if laid.scene == scene:
                    return day, laid
        return None


class Impossible(BadInput):
    """No plan holds every rule; `conflict` is a smallest set of rules that conflict, in words, `rules` their ids."""

    def __init__(
        self, rules: tuple[str, ...], conflict: tuple[str, ...], context: tuple[str, ...] = ()
    ) -> None:
        self.rules, self.conflict, self.context = rules, conflict, context
        told = " ; ".join((*conflict, *context))
        advice = "relâchez l’une quelconque de ces règles" if len(conflict) > 1 else "relâchez cette règle"
        super().__init__(Problem(f"aucun plan ne tient tout : {told}", suggestion=advice))


class NoneFound(BadInput):
    """No plan was found in the time given, and none was proved impossible."""
