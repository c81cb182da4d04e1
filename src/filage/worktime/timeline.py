"""One person's work laid out in time: stretches, working days, civil weeks; overlaps counted once.

Instants are whole seconds of UTC, so that a limit met exactly is met, whatever summer time does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from filage.kernel.interval import PARIS
from filage.worktime.premium_time import NOT_WORK, moment
from filage.worktime.shift import Shift

MINUTE, HOUR, DAY = 60, 3600, 86_400
HALF_HOUR = 1800
SUNDAY = 6
MIDNIGHT, SEVEN = time(0), time(7)
BETWEEN_DAYS = 9 * HOUR
"""A rest of nine hours ends a working day (DECISIONS D3)."""
SHORTEST_NIGHT = 4 * HOUR
"""A free night shorter than nine hours but not than this is a rest too short, not a break."""
EARLY = 6
STANDBY, TRAVEL = "standby", "travel"
ONE_DAY = timedelta(days=1)
Piece = tuple[int, int]


class Block:
    """A stretch of presence doing one thing, its breaks inside it."""

    __slots__ = ("breaks", "day", "end", "event", "kind", "pieces", "start", "work", "zone")

    def __init__(
        self, start: int, end: int, kind: str, breaks: tuple[Piece, ...], shift: Shift, day: date
    ) -> None:
        self.start, self.end, self.kind, self.breaks = start, end, kind, breaks
        self.zone, self.event, self.day = shift.zone, shift.event, day
        self.work = 0 if kind in NOT_WORK else end - start - sum(b - a for a, b in breaks)
        self.pieces = tuple(_between(breaks, start, end))


def _between(breaks: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """What is left of a span once the breaks are taken out."""
    for first, last in breaks:
        if first > start:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end


class Overlap(NamedTuple):
    """Two shifts of one person at the same time: on which day, how many seconds."""

    on: date
    seconds: int


class WorkDay:
    """From a first call to the next rest of nine hours, dated by its start."""

    __slots__ = ("blocks", "end", "on", "start", "work")

    def __init__(self, block: Block) -> None:
        self.on, self.start, self.end = block.day, block.start, block.end
        self.blocks = [block]
        self.work = block.work

    def add(self, block: Block) -> None:
        """Go on with the same day."""
        self.blocks.append(block)
        self.end = max(self.end, block.end)
        self.work += block.work

    @property
    def zone(self) -> str:
        """Where it starts."""
        return self.blocks[0].zone

    def of(self, *kinds: str) -> list[Block]:
        """The blocks of some kinds, in order."""
        return [block for block in self.blocks if block.kind in kinds]

    def has(self, *kinds: str) -> bool:
        """Whether something of these kinds is done that day."""
        return any(block.kind in kinds for block in self.blocks)

    def seconds(self, *kinds: str) -> int:
        """Seconds spent doing these kinds of things, breaks taken off."""
        return sum(b - a for block in self.of(*kinds) for a, b in block.pieces)

    def parts(self) -> list[WorkDay]:
        """The day cut by the nights it holds, too short to end it; nothing when it holds none."""
        return self._cut(lambda part, block: _is_night(part.end, block))

    def civil_parts(self) -> list[WorkDay]:
        """The day cut by the civil days its blocks start on; nothing when there is only one."""
        return self._cut(lambda part, block: part.on != block.day)

    def _cut(self, between: Callable[[WorkDay, Block], bool]) -> list[WorkDay]:
        if len(self.blocks) == 1:
            return []
        parts = [WorkDay(self.blocks[0])]
        for block in self.blocks[1:]:
            if between(parts[-1], block):
                parts.append(WorkDay(block))
            else:
                parts[-1].add(block)
        return parts if len(parts) > 1 else []

    def pauses(self) -> Iterator[int]:
        """Every stretch of the day without work, from the first call to the last."""
        for block in self.blocks:
            yield from (b - a for a, b in block.breaks)
        for one, other in pairwise(self.blocks):
            if other.start > one.end:
                yield other.start - one.end

    def services(self) -> list[list[Piece]]:
        """Rehearsals of the day, in services: free half-hours make two of one."""
        return self.stretches(HALF_HOUR, ("rehearsal",))

    def stretches(self, pause: int, kinds: tuple[str, ...] = ()) -> list[list[Piece]]:
        """Work gathered in stretches that no pause of that length interrupts."""
        found: list[list[Piece]] = []
        for block in self.blocks:
            if (block.kind in kinds) if kinds else block.work:
                for piece in block.pieces:
                    if found and piece[0] - found[-1][-1][1] < pause:
                        found[-1].append(piece)
                    else:
                        found.append([piece])
        return found


class Timeline:
    """Everything one person does, in order; what is not presence (standby at home) is left out of it."""

    def __init__(self, shifts: Iterable[Shift]) -> None:
        self.blocks, self.overlaps = _blocks(shifts)

    @cached_property
    def days(self) -> list[WorkDay]:
        """Working days, in order."""
        days: list[WorkDay] = []
        for block in self.blocks:
            if days and block.start - days[-1].end < BETWEEN_DAYS:
                days[-1].add(block)
            else:
                days.append(WorkDay(block))
        return days

    @cached_property
    def days_and_parts(self) -> list[WorkDay]:
        """Working days, each followed by what a night too short cuts it into: a limit holds for both."""
        return [one for day in self.days for one in (day, *day.parts())]

    @cached_property
    def rests(self) -> list[tuple[int, Block, WorkDay, WorkDay]]:
        """Each rest between two days: seconds, what follows it, the day before and the day after.

        A night of four to nine hours does not end the working day, but it is a rest, and too short.
        """
        found = []
        for before, after in pairwise(self.days):
            found.append((after.start - before.end, after.blocks[0], before, after))
        for day in self.days:
            end = day.blocks[0].end
            for one, other in pairwise(day.blocks):
                end = max(end, one.end)
                if _is_night(end, other):
                    found.append((other.start - end, other, day, day))
        return found

    @cached_property
    def day_of(self) -> dict[int, WorkDay]:
        """The working day of each block, by its start."""
        return {block.start: day for day in self.days for block in day.blocks}

    @cached_property
    def worked_days(self) -> list[date]:
        """Civil days on which some work starts, in order."""
        return sorted({block.day for block in self.blocks if block.work})

    @cached_property
    def weeks(self) -> dict[date, int]:
        """Seconds of work of each civil week, by its Monday."""
        return _by_week(block for block in self.blocks if block.work)

    @cached_property
    def driving_weeks(self) -> dict[date, int]:
        """Seconds of driving of each civil week, by its Monday."""
        return _by_week(block for block in self.blocks if block.kind == "driving")

    @cached_property
    def days_of_week(self) -> dict[date, list[date]]:
        """The civil days worked in each civil week, by its Monday."""
        found: dict[date, list[date]] = defaultdict(list)
        for day in self.worked_days:
            found[monday(day)].append(day)
        return found

    @cached_property
    def by_day(self) -> dict[date, list[Block]]:
        """What starts on each civil day."""
        found: dict[date, list[Block]] = defaultdict(list)
        for block in self.blocks:
            found[block.day].append(block)
        return found

    @cached_property
    def nights(self) -> list[tuple[date, int]]:
        """Seconds worked between midnight and 7 a.m., day by day (C. trav. L3122-2, L3122-20: shows and films)."""
        found: dict[date, int] = defaultdict(int)
        for block in self.blocks:
            if block.work:
                for day, start, end in around(block.day, MIDNIGHT, SEVEN, block.zone)[1:]:
                    if block.start < end and start < block.end:
                        found[day] += overlap(block.pieces, start, end)
        return sorted(found.items())

    def night_seconds(self, on: date) -> int:
        """Seconds worked at night over the year that ends on a day."""
        return sum(seconds for day, seconds in self.nights if on - timedelta(days=365) < day <= on)

    @cached_property
    def shows(self) -> list[date]:
        """The civil days with a performance, in order."""
        return sorted({block.day for block in self.blocks if block.kind == "performance"})


@lru_cache(maxsize=65_536)
def at(day: date, wall: time, zone: str = PARIS) -> int:
    """The instant of an hour of the clock, in seconds; an hour skipped in spring is the next one."""
    return seconds_of(moment(day, wall, zone))


@lru_cache(maxsize=65_536)
def around(day: date, start: time, end: time, zone: str) -> tuple[tuple[date, int, int], ...]:
    """The same hours of the clock on the eve of a day, on it and the day after: the day, its first and last second."""
    later = ONE_DAY if end <= start else timedelta(0)
    return tuple(
        (on, at(on, start, zone), at(on + later, end, zone)) for on in (day - ONE_DAY, day, day + ONE_DAY)
    )


def seconds_of(instant: datetime) -> int:
    """An instant in whole seconds."""
    return round(instant.timestamp())


@lru_cache(maxsize=4_096)
def monday(day: date) -> date:
    """The first day of its civil week."""
    return day - timedelta(days=day.weekday())


def overlap(pieces: Iterable[Piece], start: int, end: int) -> int:
    """Seconds of some pieces that fall between two instants."""
    return sum(max(0, min(b, end) - max(a, start)) for a, b in pieces)


def _is_night(end: int, after: Block) -> bool:
    """Whether a free stretch of four hours or more runs over a night: past midnight, or begun before six."""
    if after.start - end < SHORTEST_NIGHT:
        return False
    local = datetime.fromtimestamp(end, tz=ZoneInfo(after.zone))
    return local.date() != after.day or local.hour < EARLY


def _by_week(blocks: Iterable[Block]) -> dict[date, int]:
    weeks: dict[date, int] = defaultdict(int)
    for block in blocks:
        week = monday(block.day)
        if block.day.weekday() < SUNDAY:
            weeks[week] += block.work
            continue
        border = at(block.day + ONE_DAY, time(0), block.zone)
        inside = block.work if block.end <= border else overlap(block.pieces, block.start, border)
        weeks[week] += inside
        if inside < block.work:
            weeks[week + timedelta(days=7)] += block.work - inside
    return dict(sorted(weeks.items()))


def _blocks(shifts: Iterable[Shift]) -> tuple[list[Block], list[Overlap]]:
    """Lay shifts out in order, each instant once; say where two of them overlap.

    Standby is left out: one may be called to work during it, and rests all the same (C. trav. L3121-9, L3121-10).
    """
    spans = sorted(
        (
            (seconds_of(one.interval.start), seconds_of(one.interval.end), one)
            for one in shifts
            if one.kind != STANDBY
        ),
        key=lambda span: (span[0], span[1], span[2].kind, span[2].event),
    )
    blocks: list[Block] = []
    overlaps: list[Overlap] = []
    cluster: list[tuple[int, int, Shift]] = []
    latest = 0
    for start, end, shift in spans:
        if cluster and start >= latest:
            blocks += _counted_once(cluster)
            cluster = []
        elif cluster:
            overlaps.append(Overlap(shift.day, min(end, latest) - start))
        latest = max(latest, end) if cluster else end
        cluster.append((start, end, shift))
    if cluster:
        blocks += _counted_once(cluster)
    return blocks, overlaps


def _counted_once(cluster: list[tuple[int, int, Shift]]) -> list[Block]:
    """The blocks of shifts that overlap, cut so that no instant counts twice, work before travel."""
    if len(cluster) == 1:
        return [_block(*cluster[0])]
    taken: list[Piece] = []
    blocks: list[Block] = []
    for start, end, shift in sorted(cluster, key=lambda span: (span[2].kind == TRAVEL, span[0])):
        for first, last in _block(start, end, shift).pieces:
            for free in _free_of(first, last, taken):
                taken.append(free)
                blocks.append(Block(*free, shift.kind, (), shift, _day(shift, free[0])))
    return sorted(blocks, key=lambda block: block.start)


def _block(start: int, end: int, shift: Shift) -> Block:
    breaks = tuple(sorted((seconds_of(one.start), seconds_of(one.end)) for one in shift.breaks))
    return Block(start, end, shift.kind, breaks, shift, shift.day)


def _free_of(start: int, end: int, taken: list[Piece]) -> list[Piece]:
    """The parts of a span that nothing takes yet."""
    free = []
    for first, last in sorted(taken):
        if first > start and first < end:
            free.append((start, first))
        if last > start:
            start = min(max(start, last), end) if first < end else start
    if start < end:
        free.append((start, end))
    return free


def _day(shift: Shift, start: int) -> date:
    return datetime.fromtimestamp(start, tz=ZoneInfo(shift.zone)).date()
