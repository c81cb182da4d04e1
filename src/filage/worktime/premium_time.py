"""Stretches of worked time, cut exactly: at a break, at an hour of the clock, after so many hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache

from filage.kernel.errors import BadInput
from filage.kernel.interval import Interval, instant, local_day
from filage.kernel.money import ONE, ZERO
from filage.worktime.shift import Shift

NOT_WORK = ("travel", "standby")
"""Kinds that are not effective work by themselves; a convention may count travel, in whole or in part."""
REST_BETWEEN_DAYS = 9 * 3600
"""Seconds free that end a working day."""
CivilDay = tuple[date, str]
"""A day and the zone it is lived in."""
_ONE_DAY = timedelta(days=1)
_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time without a break, doing one thing; `weight` is the share of it that counts as work."""

    interval: Interval
    kind: str
    zone: str
    weight: Decimal = ONE

    @property
    def seconds(self) -> Decimal:
        """Seconds that count: whole seconds, so that a limit met exactly is met."""
        return self.interval.seconds * self.weight

    def part(self, start: datetime, end: datetime) -> Stretch:
        """The same work between two instants."""
        return Stretch(Interval(start, end), self.kind, self.zone, self.weight)


@dataclass(frozen=True)
class WorkingDay:
    """From a first call to the next rest of nine hours, dated by its start."""

    on: date
    shifts: tuple[Shift, ...]
    stretches: tuple[Stretch, ...]

    @cached_property
    def span(self) -> Interval:
        """From the first call to the end of the last."""
        return Interval(
            min(shift.interval.start for shift in self.shifts),
            max(shift.interval.end for shift in self.shifts),
        )

    @cached_property
    def civil_days(self) -> tuple[CivilDay, ...]:
        """The civil days in which its work falls."""
        return days_touched(self.stretches)

    @cached_property
    def evenings(self) -> tuple[CivilDay, ...]:
        """The civil days of its work, and their eves: whose night may reach it."""
        return with_eves(self.civil_days)


def stretches_of(shift: Shift) -> Iterator[Stretch]:
    """Yield what is left of a shift once its breaks are taken out."""
    start = shift.interval.start
    for pause in sorted(shift.breaks):
        if pause.start > start:
            yield Stretch(Interval(start, min(pause.start, shift.interval.end)), shift.kind, shift.zone)
        start = max(start, pause.end)
    if start < shift.interval.end:
        yield Stretch(Interval(start, shift.interval.end), shift.kind, shift.zone)


def worked(shifts: Iterable[Shift]) -> tuple[Stretch, ...]:
    """Return the effective work in order of time, each instant once even where two shifts overlap."""
    pieces = sorted(
        (piece for shift in shifts if shift.kind not in NOT_WORK for piece in stretches_of(shift)),
        key=when,
    )
    kept: list[Stretch] = []
    for piece in pieces:
        start = max(piece.interval.start, kept[-1].interval.end) if kept else piece.interval.start
        if start < piece.interval.end:
            kept.append(piece.part(start, piece.interval.end))
    return tuple(kept)


def working_days(shifts: Sequence[Shift]) -> tuple[WorkingDay, ...]:
    """Group one person's shifts between rests of nine hours or more (DECISIONS D3)."""
    groups: list[list[Shift]] = []
    end: datetime | None = None
    for shift in sorted(shifts, key=when):
        if end is None or Interval(end, shift.interval.start).seconds >= REST_BETWEEN_DAYS:
            groups.append([])
        groups[-1].append(shift)
        end = shift.interval.end if end is None else max(end, shift.interval.end)
    return tuple(WorkingDay(group[0].day, tuple(group), worked(group)) for group in groups)


def when(one: Shift | Stretch) -> tuple[datetime, datetime]:
    """When it starts, then ends: the order of time."""
    return one.interval.start, one.interval.end


def hours_of(stretches: Iterable[Stretch]) -> Decimal:
    """Hours that count in all."""
    return sum((piece.seconds for piece in stretches), ZERO) / _SECONDS


def beyond(stretches: Sequence[Stretch], after: Decimal, up_to: Decimal | None = None) -> tuple[Stretch, ...]:
    """Return the work done after the first `after` hours, up to the `up_to`-th one."""
    low, high = after * _SECONDS, None if up_to is None else up_to * _SECONDS
    kept: list[Stretch] = []
    done = ZERO
    for piece in stretches:
        first, last = done, done + piece.seconds
        done = last
        start, end = max(low, first), last if high is None else min(high, last)
        if start < end:
            kept.append(
                piece.part(
                    _later(piece, (start - first) / piece.weight), _later(piece, (end - first) / piece.weight)
                )
            )
    return tuple(kept)


def _later(piece: Stretch, seconds: Decimal) -> datetime:
    return piece.interval.start + timedelta(seconds=int(seconds))


def within(stretches: Iterable[Stretch], windows: Sequence[Interval]) -> tuple[Stretch, ...]:
    """Return the work done inside windows that do not overlap."""
    return tuple(
        piece.part(max(piece.interval.start, window.start), min(piece.interval.end, window.end))
        for piece in stretches
        for window in windows
        if piece.interval.overlaps(window)
    )


@lru_cache(maxsize=20_000)
def clock_window(day: date, start: time, end: time, zone: str) -> Interval:
    """Return the elapsed span between two hours of the clock from a day on; an hour skipped in spring is the next."""
    last = day if end > start else day + _ONE_DAY
    return Interval(moment(day, start, zone), moment(last, end, zone))


def moment(day: date, wall: time, zone: str) -> datetime:
    """Return the instant of an hour of the clock, or of the one that follows when summer time skips it."""
    try:
        return instant(day, wall, zone)
    except BadInput:
        return instant(day, wall.replace(hour=(wall.hour + 1) % 24, minute=0), zone)


@lru_cache(maxsize=20_000)
def civil_day(day: date, zone: str) -> Interval:
    """Return a civil day: 23, 24 or 25 hours."""
    return Interval(moment(day, time(0), zone), moment(day + _ONE_DAY, time(0), zone))


def days_touched(stretches: Iterable[Stretch]) -> tuple[CivilDay, ...]:
    """Return the civil days, with their zone, in which work falls."""
    found: set[CivilDay] = set()
    for piece in stretches:
        day, last = local_day(piece.interval.start, piece.zone), local_day(piece.interval.end, piece.zone)
        while day <= last:
            found.add((day, piece.zone))
            day += _ONE_DAY
    return tuple(sorted(found))


def with_eves(days: Iterable[CivilDay]) -> tuple[CivilDay, ...]:
    """Return civil days and the day before each."""
    return tuple(sorted({eve for day, zone in days for eve in ((day, zone), (day - _ONE_DAY, zone))}))


def by_week(stretches: Iterable[Stretch]) -> dict[date, tuple[Stretch, ...]]:
    """Cut work into civil weeks, from Monday 0 h, where it takes place; the key is the Monday."""
    weeks: dict[date, list[Stretch]] = {}
    for piece in stretches:
        for monday, part in _cut_at_mondays(piece):
            weeks.setdefault(monday, []).append(part)
    return {monday: tuple(sorted(parts, key=when)) for monday, parts in sorted(weeks.items())}


def _cut_at_mondays(piece: Stretch) -> Iterator[tuple[date, Stretch]]:
    start = piece.interval.start
    while start < piece.interval.end:
        day = local_day(start, piece.zone)
        monday = day - timedelta(days=day.weekday())
        border = moment(monday + timedelta(days=7), time(0), piece.zone)
        whole = start == piece.interval.start and piece.interval.end <= border
        end = min(piece.interval.end, border)
        yield monday, piece if whole else piece.part(start, end)
        start = end
