"""Examples that do not age: their dates move by whole weeks, so that the première is always five weeks ahead (D22)."""

import re
from datetime import date, timedelta
from typing import Any, Final

from pydantic import BaseModel

from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.employer import OwnRate
from filage.facts.people import PersonPrivate

WEEKS_AHEAD: Final = 5
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_STAY: Final = (PersonPrivate, OwnRate)
"""What keeps its dates: births, and rates notified for a civil year."""


def weeks_to_shift(dossier: Dossier, today: date) -> int:
    """How many weeks bring the première into the fifth week after today's (backwards when negative).

    Without a première, the first performance counts, else the first shooting day, else the first event.
    """
    first = first_day(dossier)
    if first is None:
        return 0
    return (_monday(today) + timedelta(weeks=WEEKS_AHEAD) - _monday(first)).days // 7


def first_day(dossier: Dossier) -> date | None:
    """The day everything leads to."""
    events = dossier.all(Event)
    wanted = (
        [event.day for event in events if event.premiere],
        [event.day for event in events if event.type == "performance"],
        [event.day for event in events if event.type == "shoot"],
        [event.day for event in events],
    )
    return next((min(days) for days in wanted if days), None)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def shifted(dossier: Dossier, weeks: int) -> Dossier:
    """Move every date of a dossier by whole weeks; weekdays, times and everything else stay."""
    move = timedelta(weeks=weeks)
    return Dossier.of_facts(_part(fact, move) for fact in dossier)


def _part(value: Any, move: timedelta) -> Any:
    if isinstance(value, _STAY):
        return value
    if type(value) is date:
        return value + move
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: _part(inner, move) for name, inner in value})
    if isinstance(value, tuple):
        return tuple(_part(inner, move) for inner in value)
    return _raw(value, move)


def _raw(value: Any, move: timedelta) -> Any:
    """The values of a change are still text: what reads as a day is one."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return (date.fromisoformat(value) + move).isoformat()
    if isinstance(value, dict):
        return {name: _raw(inner, move) for name, inner in value.items()}
    if isinstance(value, list):
        return [_raw(inner, move) for inner in value]
    return value
