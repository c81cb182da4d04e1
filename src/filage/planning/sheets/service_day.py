"""What every part of a call sheet looks at: the day, its events, who is called, where, until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest
from filage.planning.sheets.asked import day_of
from filage.planning.sheets.hours import is_late
from filage.planning.sheets.meals import is_meal, meals_of
from filage.planning.sheets.wall import wall

if TYPE_CHECKING:
    from datetime import date, time

    from filage.facts.calendar import Event
    from filage.facts.venue import Venue
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.calls import Called
    from filage.planning.sheets.index import Index

SHOOTING = ("shoot", "recording")


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """What every part of a call sheet looks at."""

    index: Index
    asked: Asked
    day: date
    events: list[Event]
    everybody: list[Called]
    venue: Venue | None
    shooting: bool


def events_on(index: Index, key: str) -> tuple[date, list[Event]]:
    """The day a key names and its events; BadInput when nothing happens that day."""
    day = day_of(key)
    events = index.by_day.get(day, [])
    if not events:
        near = closest(key, (known.isoformat() for known in index.by_day))
        raise BadInput(
            Problem(
                f"rien n’est prévu le {key}", suggestion=f"essayez {near}" if near else "ajoutez un événement"
            )
        )
    return day, events


def last_end(here: ServiceDay) -> time | None:
    """The end of the day: the last to leave, else the end of the last event."""
    ends = [(is_late(one.event, one.wrap), one.wrap) for one in here.index.there(here.events) if one.wrap]
    ends += [
        (
            is_late(event, event.end) or bool(event.start and wall(event.end) <= wall(event.start)),
            wall(event.end),
        )
        for event in here.events
        if event.end
    ]
    return max(ends)[1] if ends else None


def meal_break(here: ServiceDay) -> time | None:
    """The meal break: a moment that is one, a meal with an hour, else the break most people share."""
    moments = [moment.at for event in here.events for moment in event.moments if is_meal(moment.label)]
    meals = [meal.at for meal in meals_of(here.index, here.day) if meal.at]
    breaks = [pause.start for one in here.index.there(here.events) for pause in one.part.breaks]
    if moments or meals:
        return (moments or meals)[0]
    return max(set(breaks), key=breaks.count) if breaks else None
