"""What a row of the resources draws of working time: rests that are too short, two places at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from filage.worktime.check import Breach
from filage.worktime.message import amount, message
from filage.worktime.shift import Shift
from filage_web.planning.laying import Piece, pieces
from filage_web.planning.nearby import Hours

REST: Final = "daily_rest"


@dataclass(frozen=True, slots=True)
class RestGap:
    """The time between two days of work that is less than the rest due."""

    pieces: tuple[Piece, ...]
    words: str
    told: str


def rest_gaps(hours: Hours) -> dict[str, list[RestGap]]:
    """For each person, the rests that are too short: where they are, and « 8 h 30 < 9 h »."""
    rests = {(one.worker.id, one.on): one for one in hours.breaches if one.limit.asked.metric == REST}
    own: dict[str, list[Shift]] = defaultdict(list)
    for shift in hours.shifts:
        own[shift.person].append(shift)
    found: dict[str, list[RestGap]] = defaultdict(list)
    for person, shifts in own.items():
        shifts.sort(key=lambda shift: shift.interval)
        for before, after in pairwise(shifts):
            breach = rests.get((person, after.day))
            if breach and before.day < after.day and before.interval.gap_to(after.interval) == breach.actual:
                found[person].append(_gap(before, after, breach))
    return found


def _gap(before: Shift, after: Shift, breach: Breach) -> RestGap:
    ends = before.interval.end.astimezone(ZoneInfo(before.zone))
    begins = after.interval.start.astimezone(ZoneInfo(after.zone))
    rest, due = amount(breach.actual, breach.limit), amount(breach.threshold, breach.limit)
    span = pieces(ends.date(), ends.time(), begins.time(), begins.date())
    return RestGap(tuple(span), f"{rest} < {due}", message(breach))


def clashes_of(shifts: Iterable[Shift]) -> set[tuple[str, str]]:
    """The parts of a person that overlap another of the same person."""
    by_person: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        by_person[shift.person].append(shift)
    found: set[tuple[str, str]] = set()
    for person, own in by_person.items():
        own.sort(key=lambda shift: shift.interval)
        latest: Shift | None = None
        for shift in own:
            if latest and shift.event != latest.event and shift.interval.overlaps(latest.interval):
                found |= {(person, shift.event), (person, latest.event)}
            if latest is None or shift.interval.end > latest.interval.end:
                latest = shift
    return found
