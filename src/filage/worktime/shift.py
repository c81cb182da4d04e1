"""What working time is computed from: who works, when, doing what, with which pauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from filage.kernel.interval import PARIS, Interval, local_day
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

KINDS = (
    "rehearsal", "performance", "shoot", "setup", "travel", "meeting", "driving", "soundcheck", "standby",
)  # fmt: skip
"""What one does during a shift; every kind of event maps to one of them."""
PREPARATION = "preparation"
"""Work around a performance, between the call and the show, or after it: plain work, that is not the show itself."""


@dataclass(frozen=True)
class Shift:
    """One stretch of one person's day, in elapsed time; its breaks lie inside it and are not work."""

    person: str
    interval: Interval
    kind: str
    breaks: tuple[Interval, ...] = ()
    zone: str = PARIS
    event: str = ""

    @cached_property
    def day(self) -> date:
        """The civil day it starts on, where it takes place."""
        return local_day(self.interval.start, self.zone)

    @property
    def hours(self) -> Decimal:
        """Hours of effective work: elapsed time, breaks taken off."""
        return self.interval.hours - sum((pause.hours for pause in self.breaks), ZERO)


@dataclass(frozen=True, slots=True)
class Worker:
    """Who works, reduced to what the rules ask: never a birth date where an age is enough."""

    id: str
    name: str = ""
    status: str = ""
    job: str = ""
    job_group: str = ""
    born_on: date | None = None
    permanent: bool = False
    full_time: bool = False
    authorised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Days in which other limits may apply: `tour`, `festival`, `setup_period` or `before_premiere`."""

    kind: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Setting:
    """What the employer and the production decide about the rules: convention, annex, agreements, circumstances."""

    idcc: str | None = None
    annex: str | None = None
    circumstances: tuple[Circumstance, ...] = ()
    premiere_on: date | None = None
    holiday_zone: str | None = None
    agreements: tuple[str, ...] = field(default=())
