"""The only place where times are subtracted: always in UTC, so that summer time counts as elapsed time.

Python subtracts two times of one zone as wall-clock times, which is wrong twice a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from filage.kernel.errors import BadInput

PARIS = "Europe/Paris"
_OUTSIDE = "ce jour sort du calendrier : vérifiez l’année"


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A span of elapsed time between two UTC instants, the end not included."""

    start: datetime
    end: datetime

    @property
    def hours(self) -> Decimal:
        """Elapsed hours."""
        return elapsed_hours(self.start, self.end)

    @property
    def seconds(self) -> int:
        """Whole seconds elapsed."""
        elapsed = self.end.astimezone(UTC) - self.start.astimezone(UTC)
        return elapsed.days * 86_400 + elapsed.seconds

    def overlaps(self, other: Interval) -> bool:
        """Whether both spans share some time; touching ends do not."""
        return self.start < other.end and other.start < self.end

    def gap_to(self, later: Interval) -> Decimal:
        """Elapsed hours between this end and a later start; negative when they overlap."""
        return elapsed_hours(self.end, later.start)


def elapsed_hours(start: datetime, end: datetime) -> Decimal:
    """Hours that really pass between two instants that know their offset."""
    delta = end.astimezone(UTC) - start.astimezone(UTC)
    return Decimal(delta.days * 24) + Decimal(delta.seconds) / 3600


def instant(day: date, wall: time, zone: str = PARIS) -> datetime:
    """Return the UTC instant of a wall-clock time on a day in a zone.

    A time that does not exist (spring) or an unknown zone is a BadInput; an ambiguous time (autumn) is the first,
    unless `wall` carries its offset.
    """
    if wall.tzinfo is not None:
        _zone(zone)  # refused even where the offset makes it useless
        return datetime.combine(day, wall).astimezone(UTC)
    return _instant_of_wall_time(day, wall, zone)


@lru_cache(maxsize=20_000)
def _instant_of_wall_time(day: date, wall: time, zone: str) -> datetime:
    local = datetime.combine(day, wall, tzinfo=_zone(zone))
    try:
        moment = local.astimezone(UTC)
    except OverflowError:
        raise BadInput(_OUTSIDE) from None
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        message = f"{wall:%H:%M} n’existe pas le {day.isoformat()} ({zone}) : passage à l’heure d’été"
        raise BadInput(message)
    return moment


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"fuseau horaire « {name} » inconnu : écrivez par exemple {PARIS}"
        raise BadInput(message) from None


@lru_cache(maxsize=20_000)
def span(day: date, start: time, end: time, zone: str = PARIS, end_day: date | None = None) -> Interval:
    """Return the interval from `start` to `end`; an end not after its start falls on the next day."""
    if end_day is None:
        end_day = day if end.replace(tzinfo=None) > start.replace(tzinfo=None) else later_day(day, 1)
    begin, finish = instant(day, start, zone), instant(end_day, end, zone)
    if finish <= begin:
        message = (
            f"la fin ({end_day.isoformat()} {end:%H:%M}) précède le début ({day.isoformat()} {start:%H:%M})"
        )
        raise BadInput(message)
    return Interval(begin, finish)


def later_day(day: date, days: int) -> date:
    """Return a day some days later (earlier when negative); BadInput beyond the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise BadInput(_OUTSIDE) from None


@lru_cache(maxsize=65_536)
def local_day(moment: datetime, zone: str = PARIS) -> date:
    """Return the civil day of an instant in a zone."""
    return moment.astimezone(_zone(zone)).date()


def days_between(first: date, last: date) -> int:
    """Count calendar days from first to last, both included."""
    return (last - first).days + 1


def month_key(day: date) -> str:
    """Return `2026-11`."""
    return f"{day.year:04d}-{day.month:02d}"


def months_between(first: date, last: date) -> tuple[tuple[date, date], ...]:
    """Cut a period into its calendar months: (first day, last day) of each part, both included."""
    parts: list[tuple[date, date]] = []
    start = first
    while start <= last:
        next_month = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        parts.append((start, min(last, next_month - timedelta(days=1))))
        start = next_month
    return tuple(parts)


def is_full_month(first: date, last: date) -> bool:
    """Whether both ends are the ends of one calendar month."""
    return first.day == 1 and (last + timedelta(days=1)).day == 1 and month_key(first) == month_key(last)
