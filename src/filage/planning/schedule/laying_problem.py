"""What is laid over days, as plain values: scenes, the days there are, the people, and every rule by name.

Times are minutes from the midnight that opens the day (1500 is 1 in the morning after); money is whole cents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

from filage.worktime.shift import Setting, Worker

MINUTES_A_DAY = 1_440
STEP = 5
"""Minutes: calls and starts are told to the five minutes."""
Window = tuple[int, int]
Sort = Literal["shoot", "rehearse"]
Kept = frozenset[str]
"""The rules set aside, by id; nothing is set aside but to explain what conflicts."""

DAY_HOURS, NIGHT_HOURS, PAGES, REST, SPAN, WEEK, SUN, PAUSES = (
    "hours/day", "hours/night", "plan/eighths", "worktime/rest", "worktime/span", "worktime/week", "sun",
    "worktime/pauses",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What working time asks of one person on one day, in minutes: at most `span`, `work`, `week`; at least `rest`.

    No more than `stretch` without a break of `pause`; at work only between the two `hours`; `days` worked a week.
    """

    span: int
    work: int
    week: int
    rest: int
    stretch: int
    pause: int
    hours: Window
    days: int


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody to call: what a day of theirs weighs, how long they prepare, and their limits on each slot.

    `crew` are there whatever is played; `minor` have hours of their own.
    """

    person: str
    name: str
    cost: int
    limits: tuple[Limits, ...]
    crew: bool = False
    minor: bool = False
    preparation: int = 0
    engagement: str = ""


@dataclass(frozen=True, slots=True)
class ToLay:
    """One scene, or one piece of a long one: how long it takes, where, with whom, at which moment of the day."""

    scene: str
    name: str
    minutes: int
    eighths: int
    set: str
    venue: str
    people: frozenset[str]
    period: Literal["day", "night", "any"] = "any"
    moment: Literal["", "dawn", "dusk", "evening", "dark"] = ""
    exterior: bool = False
    piece: str = ""

    @property
    def key(self) -> str:
        """What tells this piece apart."""
        return f"{self.scene}#{self.piece}" if self.piece else self.scene

    @property
    def group(self) -> tuple[str, str, str]:
        """Scenes shot without setting up again: one set, at one period, in one place."""
        return (self.set, self.period, self.venue)


@dataclass(frozen=True, slots=True)
class Slot:
    """A day of shooting, or a service of rehearsal; `closed` is the rule that keeps it shut.

    A slot with an `event` is what a locked event has already decided.
    """

    day: date
    start: int
    end: int
    closed: str = ""
    event: str = ""
    sun: Window | None = None

    @property
    def from_start(self) -> int:
        """Minutes from year one to the midnight that opens the day, so that slots are compared."""
        return self.day.toordinal() * MINUTES_A_DAY


@dataclass(frozen=True, slots=True)
class Lock:
    """A piece on a day or before another one, and who asks for it."""

    id: str
    scene: str
    day: date | None = None
    before: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who cannot be there between two minutes of a day."""

    id: str
    person: str
    day: date
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A scene of a locked event, at its slot."""

    scene: str
    slot: int


@dataclass(frozen=True, slots=True)
class LayingProblem:
    """Everything a plan must hold and what it costs; frozen, so that the same problem has the same answer."""

    plan: str
    sort: Sort
    scenes: tuple[ToLay, ...]
    slots: tuple[Slot, ...]
    people: tuple[Called, ...]
    locks: tuple[Lock, ...] = ()
    absences: tuple[Absence, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    day: Window = (540, 1140)
    night: Window = (1080, 1560)
    lunch: int = 60
    setup: int = 30
    move: int = 60
    eighths: int | None = None
    group_sets: bool = True
    holding: int = 100
    venue_costs: Mapping[str, int] = field(default_factory=dict)
    venue_ends: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    workers: tuple[Worker, ...] = ()
    setting: Setting = field(default_factory=Setting)

    @property
    def crew(self) -> tuple[Called, ...]:
        """Those who are there whatever is played."""
        return tuple(one for one in self.people if one.crew)

    @property
    def cast(self) -> tuple[Called, ...]:
        """Those who come for their scenes."""
        return tuple(one for one in self.people if not one.crew)

    @property
    def minute_cost(self) -> int:
        """Thousandths of a cent that a minute of the whole crew costs: what a set-up or a move is counted at."""
        usual = max(STEP, self.day[1] - self.day[0] - self.lunch)
        return sum(one.cost for one in self.crew) * 1_000 // usual

    @property
    def setup_cost(self) -> int:
        """Cents that setting up once more costs."""
        return self.minute_cost * self.setup // 1_000 if self.group_sets else 0

    @property
    def move_cost(self) -> int:
        """Cents that going to another place in the day costs."""
        return self.minute_cost * self.move // 1_000


def rounded_up(minutes: int) -> int:
    """Minutes to the five above."""
    return -(-minutes // STEP) * STEP


def minutes_of(wall: time) -> int:
    """Minutes since midnight."""
    return wall.hour * 60 + wall.minute


def wall_of(minutes: int) -> time:
    """The time of the clock; past midnight it starts again."""
    return time(minutes // 60 % 24, minutes % 60)


def clock(minutes: int) -> str:
    """Write `9 h`, `9 h 30`."""
    hours, rest = divmod(minutes % MINUTES_A_DAY, 60)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"
