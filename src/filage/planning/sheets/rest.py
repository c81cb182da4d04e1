"""What comes after the day: the rest it leaves, computed in elapsed time, and the next day in two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from filage.planning.conflicts import zone_of
from filage.planning.sheets.calls import called, earliest, of_department
from filage.planning.sheets.hours import event_kind
from filage.planning.sheets.words import capital, small

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from filage.facts.calendar import Event
    from filage.planning.conflicts import Shift
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index

AGAIN = ", suite"
"""How a plan names the later parts of a day of several places."""


def rest_after(index: Index, asked: Asked, events: Sequence[Event]) -> str:
    """« ven. 6 nov. à 14:00, après 15 h 30 »: when work starts again, for the person or for whoever rests least.

    Empty when nobody works again. Elapsed hours: the night of summer time counts as it is.
    """
    here = {event.about for event in events}
    people = [asked.person] if asked.person else dict.fromkeys(one.person for one in index.there(events))
    rests = [rest for person in people if (rest := _rest(index.shifts.get(person or "", []), here))]
    if not rests:
        return ""
    last, following = min(
        rests, key=lambda pair: (pair[0].interval.gap_to(pair[1].interval), pair[1].interval.start)
    )
    zone = zone_of(index.events[following.event], index.venues)
    starts = following.interval.start.astimezone(ZoneInfo(zone))
    words = asked.words
    return words(
        "rest_until",
        day=words.day(starts.date(), year=False),
        at=words.hour(starts.time()),
        rest=words.hours(last.interval.gap_to(following.interval)),
    )


def _rest(shifts: Sequence[Shift], here: set[str]) -> tuple[Shift, Shift] | None:
    """The last shift of a person on these events, and the first one after it."""
    today = [shift for shift in shifts if shift.event in here]
    if not today:
        return None
    last = max(today, key=lambda shift: shift.interval.end)
    following = next(
        (shift for shift in shifts if shift.event not in here and shift.interval.start >= last.interval.end),
        None,
    )
    return (last, following) if following else None


def tomorrow_text(index: Index, asked: Asked, day: date) -> str:
    """The next day with something for the reader: what, when, and the calls."""
    words = asked.words
    found = next(
        (
            (later, own)
            for later, events in index.by_day.items()
            if later > day and (own := _own(index, asked, events))
        ),
        None,
    )
    if found is None:
        return ""
    later, events = found
    told = _told(index, asked, events)
    text = f"{capital(words.day(later, year=False))}, {', '.join(told)}."
    everybody = called(index, events)
    if asked.person:
        calls = [("next_yours", earliest(one for one in everybody if one.person == asked.person))]
    else:
        calls = [
            ("next_artists", earliest(of_department(everybody, "artistic"))),
            ("next_crew", earliest(of_department(everybody, "technical"))),
        ]
    return " ".join([text, *(words(key, at=words.hour(at)) for key, at in calls if at)])


def _told(index: Index, asked: Asked, events: Sequence[Event]) -> list[str]:
    """What happens on a day and when; parts of one day in several places are told together, each with its place."""
    words = asked.words
    named: dict[str, list[Event]] = {}
    for event in events:
        name = small(event.label or event_kind(index, asked, event)).removesuffix(AGAIN)
        named.setdefault(name, []).append(event)
    found = []
    for name, same in named.items():
        if len(same) == 1:
            found.append(_at(asked, name, same[0]))
            continue
        parts = [_at(asked, index.where(event), event) for event in same]
        found.append(words.colon(name, words.listed(parts)))
    return found


def _at(asked: Asked, what: str, event: Event) -> str:
    """« représentation à 20:00 »; the words alone when no hour is known."""
    if event.start is None:
        return what
    return asked.words("next_at", what=what, at=asked.words.hour(event.start)).strip()


def _own(index: Index, asked: Asked, events: Sequence[Event]) -> list[Event]:
    """The events of a day that concern the reader."""
    if asked.person is None:
        return list(events)
    return [
        event
        for event in events
        if asked.person in {one.person for one in index.presences.get(event.about, ())}
    ]
