"""When people cannot come: what they answered, what they do elsewhere, and the other events of the production."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from filage.facts.calendar import Availability
from filage.kernel.interval import PARIS
from filage.planning.conflicts import Shift, shifts_of
from filage.planning.schedule.laying_problem import MINUTES_A_DAY, Absence, Called, clock, minutes_of
from filage.planning.schedule.laying_words import weekday

NIGHT_AFTER = MINUTES_A_DAY + 4 * 60
"""Somebody who is not free on a day is not called for the night that follows it."""

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier


def absences_of(
    dossier: Dossier,
    people: Iterable[Called],
    days: Sequence[date],
    busy: Iterable[Shift],
    theirs: Collection[str],
) -> tuple[Absence, ...]:
    """Every time one of these people cannot come on one of these days; `theirs` are the events being laid again."""
    if not days:
        return ()
    names = {one.person: one.name for one in people}
    first, last = days[0], days[-1] + timedelta(days=1)
    found = list(_answered(dossier, names, first, last))
    own, _findings = shifts_of(dossier)
    elsewhere = [shift for shift in own if shift.event not in theirs]
    for at, shift in enumerate((*elsewhere, *busy)):
        if shift.person in names and shift.event not in theirs:
            found += _taken(shift, names[shift.person], f"busy/{at}", first, last)
    return tuple(found)


def _answered(dossier: Dossier, names: dict[str, str], first: date, last: date) -> Iterable[Absence]:
    for one in dossier.all(Availability):
        if one.answer != "busy" or one.person not in names:
            continue
        start = minutes_of(one.start) if one.start else 0
        end = minutes_of(one.end) if one.end else NIGHT_AFTER
        end = end if end > start else NIGHT_AFTER
        day, until = max(one.starts_on, first), min(one.ends_on, last)
        words = f"{names[one.person]} n’est pas libre {_when(one)}"
        while day <= until:
            yield Absence(one.about, one.person, day, start, end, words)
            day += timedelta(days=1)


def _when(one: Availability) -> str:
    if one.ends_on > one.starts_on:
        return f"du {weekday(one.starts_on)} au {weekday(one.ends_on)}"
    if one.start and one.end:
        return f"le {weekday(one.starts_on)} de {clock(minutes_of(one.start))} à {clock(minutes_of(one.end))}"
    if one.start:
        return f"le {weekday(one.starts_on)} à partir de {clock(minutes_of(one.start))}"
    if one.end:
        return f"le {weekday(one.starts_on)} avant {clock(minutes_of(one.end))}"
    return f"le {weekday(one.starts_on)}"


def _taken(shift: Shift, name: str, rule: str, first: date, last: date) -> Iterable[Absence]:
    zone = ZoneInfo(PARIS)
    start, end = shift.interval.start.astimezone(zone), shift.interval.end.astimezone(zone)
    if end.date() < first or start.date() > last:
        return
    begin = start.hour * 60 + start.minute
    length = _minutes(start, end)
    words = f"{name} est déjà à « {shift.label} » le {weekday(start.date())}"
    yield Absence(rule, shift.person, start.date(), begin, begin + length, words)


def _minutes(start: datetime, end: datetime) -> int:
    return -(-int((end - start).total_seconds()) // 60)
