"""One date moved to another day, hour or place: the changes that make it so, with what follows its hours."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from filage.facts.calendar import Event, Moment, Participation
from filage.facts.dossier import Dossier
from filage.facts.venue import Space
from filage.facts.writing import values_of
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput, Problem
from filage.planning.blocks import left_out, shift_block

DAY_MINUTES = 24 * 60
CALLS = ("call", "wrap", "pickup", "dressing", "ready")
"""The times of a person that follow the start of their event."""


def moved(
    dossier: Dossier,
    event: Event,
    *,
    day: date | None = None,
    start: time | None = None,
    venue: str | None = None,
) -> tuple[Change, ...]:
    """Move an event; its end, its schedule and everyone's times keep their distance to its start.

    BadInput when it is locked.
    """
    if event.locked:
        raise BadInput(
            Problem(
                "cette date est verrouillée",
                event.about,
                suggestion="déverrouillez-la sur sa fiche pour la déplacer",
            )
        )
    own, others = _to_day(dossier, event, (day - event.day).days if day else 0)
    if start is not None and start != event.start:
        own |= hours_after(event, start, date.fromisoformat(own.get("day", event.day.isoformat())))
        others = [*others, *times_moved(dossier, event, start)]
    clear: tuple[str, ...] = ()
    if venue is not None and venue != event.venue:
        own["venue"] = venue
        space = dossier.find(event.space, Space)
        clear = ("space",) if space and space.venue != venue else ()
    return (set_(event.about, clear, **own), *others) if own else ()


def _to_day(dossier: Dossier, event: Event, days: int) -> tuple[dict[str, Any], list[Change]]:
    """The new day of an event, and the journeys that come along."""
    if not days:
        return {}, []
    changes = shift_block(dossier, [event.about], days) if not left_out(dossier, [event.about]) else []
    own = [change for change in changes if change.about == event.about]
    if own:
        return dict(own[0].values), [change for change in changes if change.about != event.about]
    by = timedelta(days=days)
    values = {"day": (event.day + by).isoformat()}
    return values | ({"end_day": (event.end_day + by).isoformat()} if event.end_day else {}), []


def hours_after(event: Event, start: time, day: date) -> dict[str, Any]:
    """The hours of an event that begins at `start` on a day: its end and its schedule keep their distance to it."""
    values: dict[str, Any] = {"start": f"{start:%H:%M}"}
    if event.start is None:
        return values
    later = minutes_of(start) - minutes_of(event.start)
    if event.end is not None:
        values["end"] = later_by(event.end, later)
        if event.end_day is not None:
            end = datetime.combine(day + (event.end_day - event.day), event.end.replace(tzinfo=None))
            values["end_day"] = (end + timedelta(minutes=later)).date().isoformat()
    if event.moments:
        values["moments"] = [_moment(moment, later) for moment in event.moments]
    return values


def _moment(moment: Moment, later: int) -> dict[str, Any]:
    values = dict(values_of(moment))  # type: ignore[arg-type]
    return values | {
        name: later_by(at, later) for name in ("at", "until") if (at := getattr(moment, name)) is not None
    }


def times_moved(dossier: Dossier, event: Event, start: time, gone: Collection[str] = ()) -> list[Change]:
    """Move each person's times and breaks by as much as the start of their event."""
    if event.start is None:
        return []
    later = minutes_of(start) - minutes_of(event.start)
    parts: Iterable[Participation] = dossier.all(Participation) if later else ()
    found = []
    for part in parts:
        if part.event != event.about or part.about in gone:
            continue
        times: dict[str, Any] = {name: later_by(at, later) for name in CALLS if (at := getattr(part, name))}
        if part.breaks:
            times["breaks"] = [
                {"start": later_by(pause.start, later), "end": later_by(pause.end, later)}
                for pause in part.breaks
            ]
        found += [set_(part.about, **times)] if times else []
    return found


def minutes_of(moment: time) -> int:
    """Minutes since midnight, by the clock."""
    return moment.hour * 60 + moment.minute


def later_by(moment: time, minutes: int) -> str:
    """A time some minutes later by the clock, as a file writes it."""
    total = (minutes_of(moment) + minutes) % DAY_MINUTES
    return f"{total // 60:02d}:{total % 60:02d}"
