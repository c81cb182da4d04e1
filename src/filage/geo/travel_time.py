"""How long a journey takes from door to door: an estimate with its assumptions, never a promise.

Nothing here knows today’s traffic or timetables. Distances are great circles stretched to roads or rails; speeds are
those of usual French journeys, stops included. The real time is within the bounds about nine times in ten.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from filage.geo.cities import nearest_station
from filage.geo.distance import ROAD_FACTOR, Point, crow_km
from filage.kernel import french

if TYPE_CHECKING:
    from collections.abc import Mapping

Mode = Literal["van", "car", "train"]
RAIL_FACTOR: Final = 1.2
STATION_AT_MOST_KM: Final = 15.0
"""Farther from a station, the train is not proposed."""
SAME_PLACE_KM: Final = 0.3
STEP: Final = 5
"""Minutes an estimate is rounded up to."""
PAUSE_EVERY, PAUSE = 120, 15
"""A quarter of an hour’s pause every two hours at the wheel: what road safety advises."""
ROAD_SPEEDS: Final[Mapping[str, tuple[tuple[float, float], ...]]] = {
    "car": ((10, 32), (50, 65), (float("inf"), 112)),
    "van": ((10, 28), (50, 57), (float("inf"), 95)),
}
"""Kilometres an hour of the first ten kilometres, up to fifty, and beyond."""
DOORS: Final = {"car": 10, "van": 20, "train": 45}
"""Minutes spent neither driving nor riding: to park or load; to reach the station, wait, and leave the other one."""
RAIL_SPEEDS: Final = ((100.0, 80.0), (float("inf"), 200.0))
"""Kilometres an hour of the first hundred kilometres by rail, and beyond, where lines are fast."""
SPREAD: Final = {"car": (0.75, 1.4), "van": (0.75, 1.4), "train": (0.6, 1.5)}
"""What the estimate is multiplied by to bound the real time; high-speed lines are far quicker than usual ones."""
WORDS: Final = {"car": "en voiture", "van": "en fourgon", "train": "en train"}


class TravelTime(NamedTuple):
    """A journey from door to door, in minutes: likely, at best, at worst; kilometres travelled; what was assumed."""

    mode: Mode
    minutes: int
    at_best: int
    at_worst: int
    km: int
    assumptions: tuple[str, ...]

    @property
    def told(self) -> str:
        """« 1 h 15 en voiture (de 1 h à 1 h 40) »."""
        bounds = f"de {french.minutes(self.at_best)} à {french.minutes(self.at_worst)}"
        return f"{french.minutes(self.minutes)} {WORDS[self.mode]} ({bounds})"


@lru_cache(maxsize=8_192)
def travel_time(one: Point, other: Point, mode: Mode) -> TravelTime | None:
    """Estimate a journey; None by train when a station is too far from one end, or when both ends have the same one."""
    crow = crow_km(one, other)
    if crow < SAME_PLACE_KM:
        return TravelTime(mode, 0, 0, 0, 0, ("les deux lieux se touchent",))
    return _by_train(one, other) if mode == "train" else _by_road(crow, mode)


def quickest(one: Point, other: Point) -> TravelTime:
    """The shorter of car and train: what somebody needs at the very least to go from one place to the other."""
    found = [time for mode in ("car", "train") if (time := travel_time(one, other, mode)) is not None]
    return min(found, key=lambda time: (time.minutes, time.mode))


def _by_road(crow: float, mode: Mode) -> TravelTime:
    km = crow * ROAD_FACTOR
    driving = _along(km, ROAD_SPEEDS[mode])
    pauses = int(max(driving - 1, 0) // PAUSE_EVERY) * PAUSE
    told = (
        f"{km:.0f} km par la route, estimés à vol d’oiseau × {french.number(Decimal(str(ROAD_FACTOR)))}",
        f"{DOORS[mode]} min pour charger, se garer et rejoindre"
        if mode == "van"
        else f"{DOORS[mode]} min pour se garer",
        "une pause d’un quart d’heure toutes les deux heures" if pauses else "sans pause",
        "ni embouteillage ni météo",
    )
    return _rounded(mode, driving + pauses + DOORS[mode], km, told)


def _by_train(one: Point, other: Point) -> TravelTime | None:
    (leaves, before), (arrives, after) = nearest_station(one), nearest_station(other)
    if max(before, after) > STATION_AT_MOST_KM or leaves == arrives:
        return None
    km = crow_km(leaves.point, arrives.point) * RAIL_FACTOR
    reaching = _along((before + after) * ROAD_FACTOR, ROAD_SPEEDS["car"])
    told = (
        f"gares les plus proches : {leaves.name}, {arrives.name}",
        f"{DOORS['train']} min pour rejoindre les gares et attendre, plus la route jusqu’à elles",
        "vitesses usuelles, correspondances comprises ; les horaires ne sont pas consultés",
    )
    return _rounded("train", _along(km, RAIL_SPEEDS) + DOORS["train"] + reaching, km, told)


def _along(km: float, speeds: tuple[tuple[float, float], ...]) -> float:
    """Minutes to cover kilometres, each stretch at its speed."""
    minutes, done = 0.0, 0.0
    for until, speed in speeds:
        stretch = min(km, until) - done
        if stretch <= 0:
            break
        minutes += stretch / speed * 60
        done = min(km, until)
    return minutes


def _rounded(mode: Mode, minutes: float, km: float, told: tuple[str, ...]) -> TravelTime:
    low, high = SPREAD[mode]
    return TravelTime(mode, _up(minutes), _up(minutes * low), _up(minutes * high), round(km), told)


def _up(minutes: float) -> int:
    steps = (Decimal(minutes) / STEP).to_integral_value(ROUND_CEILING)
    return int(steps) * STEP
