"""A real tour: performances with their dates and places, what lies between them, and what may still move.

A date confirmed, signed or locked stays; an option may move within the days given. Between two dates the company sleeps
on the road, or goes home when it has more than three days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from filage.kernel.errors import BadInput, Problem
from filage.planning.schedule.answer import Status

HOME = ""
NEAR_KM = 40
"""A place so near the base that one sleeps at home."""
HOME_AFTER = 4
"""Days between two dates from which the company goes home in between."""
SETTLED = ("confirmed", "signed")
EARLIEST = 7 * 60
"""Nobody leaves before seven in the morning."""
SETTLE = 4 * 60
"""From arriving to playing: setting up, sound, meal, rest."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One performance: its place, its day, the first and last it may have, its hours in minutes of the day."""

    event: str
    name: str
    venue: str
    day: date
    first: date
    last: date
    start: int
    end: int
    option: str = "confirmed"
    option_until: date | None = None

    @property
    def is_settled(self) -> bool:
        """Whether its day can no longer change."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Road:
    """The stops of a tour, kilometres and minutes from place to place (`HOME` is the base), and the rests to keep.

    `apart` is the fewest days from one stop to the next, by the rest after the show, the journey, and the rest before
    the next one.
    """

    stops: tuple[Stop, ...]
    km: Mapping[tuple[str, str], int]
    minutes: Mapping[tuple[str, str], int]
    apart: Mapping[tuple[int, int], int]
    warnings: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def between(self, one: str, other: str, days: int) -> tuple[int, bool]:
        """Kilometres from one place to the next, and whether the company goes home in between."""
        direct = self.km[one, other]
        home = self.km[one, HOME] + self.km[HOME, other]
        return (home, True) if days >= HOME_AFTER and one != other else (direct, False)


@dataclass(frozen=True, slots=True)
class RoadStop:
    """One stop as laid: on which day, after how many kilometres and minutes, how many nights since the one before."""

    event: str
    day: date
    was: date
    km: int
    minutes: int
    nights: int
    by_home: bool


@dataclass(frozen=True, slots=True)
class RoadPlan:
    """A tour in order: kilometres, nights away, the kilometres no order can beat, and those of the calendar today."""

    stops: tuple[RoadStop, ...]
    km: int
    nights: int
    bound: int
    status: Status
    seed: int
    seconds: float
    km_now: int | None
    back_km: int
    findings: tuple[str, ...] = ()
    objective: str = "km"


def road_totals(road: Road, days: Mapping[str, date]) -> tuple[list[RoadStop], int, int, int]:
    """The stops in order of their days with what precedes each; kilometres and nights in all, kilometres back.

    Counted apart from any search: BadInput when two stops share a day.
    """
    order = sorted(road.stops, key=lambda stop: (days[stop.event], stop.start, stop.event))
    if not order:
        return [], 0, 0, 0
    first = order[0]
    out = road.km[HOME, first.venue]
    before_day = _night_before(road, first)
    stops = [
        RoadStop(
            first.event,
            days[first.event],
            first.day,
            out,
            road.minutes[HOME, first.venue],
            before_day,
            by_home=False,
        )
    ]
    for one, other in pairwise(order):
        apart = (days[other.event] - days[one.event]).days
        if apart == 0 and one.venue != other.venue:
            message = f"{one.name} et {other.name} sont le même jour dans deux lieux"
            raise BadInput(Problem(message, other.event))
        km, home = road.between(one.venue, other.venue, apart)
        minutes = _minutes(road, one, other, home=home)
        nights = _nights(road, one, other, apart, home=home)
        stops.append(RoadStop(other.event, days[other.event], other.day, km, minutes, nights, home))
    back = road.km[order[-1].venue, HOME]
    nights = sum(stop.nights for stop in stops) + (1 if back > NEAR_KM else 0)
    return stops, sum(stop.km for stop in stops) + back, nights, back


def _nights(road: Road, one: Stop, other: Stop, apart: int, *, home: bool) -> int:
    """Nights away between two dates: none for a place near enough to sleep at home."""
    after = 1 if road.km[one.venue, HOME] > NEAR_KM else 0
    before = _night_before(road, other) if road.km[HOME, other.venue] > NEAR_KM else 0
    if home or not after:
        return after + before
    return apart


def _night_before(road: Road, stop: Stop) -> int:
    """A night before the first date when one cannot leave in the morning."""
    leaves = stop.start - road.minutes[HOME, stop.venue] - SETTLE
    return 1 if leaves < EARLIEST else 0


def _minutes(road: Road, one: Stop, other: Stop, *, home: bool) -> int:
    if home:
        return road.minutes[one.venue, HOME] + road.minutes[HOME, other.venue]
    return road.minutes[one.venue, other.venue]


def check_road(road: Road, plan: RoadPlan) -> list[str]:
    """Everything a tour does not hold, in French; empty when it holds everything."""
    days = {stop.event: stop.day for stop in plan.stops}
    wrong: list[str] = []
    if sorted(days) != sorted(stop.event for stop in road.stops) or len(days) != len(plan.stops):
        return ["chaque date doit y être une fois"]
    wrong += [
        f"{stop.name} sort des jours où elle peut être"
        for stop in road.stops
        if not stop.first <= days[stop.event] <= stop.last
    ]
    rank = {stop.event: at for at, stop in enumerate(road.stops)}
    order = sorted(plan.stops, key=lambda stop: stop.day)
    for one, other in pairwise(order):
        early, late = road.stops[rank[one.event]], road.stops[rank[other.event]]
        if early.is_settled and late.is_settled:
            continue
        if other.day < one.day + timedelta(days=road.apart[rank[one.event], rank[other.event]]):
            wrong.append(f"le repos manque entre {early.name} et {late.name}")
    if not wrong:
        _stops, km, nights, _back = road_totals(road, days)
        if (km, nights) != (plan.km, plan.nights):
            wrong.append(f"{plan.km} km et {plan.nights} nuits annoncés, {km} et {nights} comptés")
    if plan.bound > plan.km:
        wrong.append("la borne dépasse les kilomètres")
    return wrong
