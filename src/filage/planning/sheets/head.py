"""What the head and foot of sheets share: the day with what it is, who it is for, who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.planning.sheets.hours import event_kind
from filage.planning.sheets.travel import legs_of, travellers
from filage.planning.sheets.words import small

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from filage.facts.calendar import Event
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index

_MAIN = ("performance", "shoot", "recording", "rehearsal", "soundcheck", "setup", "strike")


def named_day(index: Index, asked: Asked, day: date, events: Sequence[Event]) -> str:
    """« jeu. 5 nov. 2026, première »: the day, and the most telling thing of it."""
    words = asked.words
    told = ""
    if any(event.premiere for event in events):
        told = words("premiere")
    elif events:
        first = min(events, key=lambda event: _MAIN.index(event.type) if event.type in _MAIN else len(_MAIN))
        told = small(first.label or event_kind(index, asked, first))
    return words.listed([words.day(day), told])


def person_name(index: Index, asked: Asked) -> str:
    """Whose version it is; empty on everybody's."""
    return index.name(asked.person) if asked.person else ""


def footer_of(index: Index, asked: Asked) -> str:
    """Who may read it."""
    words = asked.words
    if asked.person:
        return words("footer_person", name=index.name(asked.person))
    return words("footer_public") if asked.public else words("footer_team")


def sheet_people(index: Index, asked: Asked, events: Sequence[Event]) -> tuple[str, ...]:
    """Everybody a day concerns: who takes part, who travels, who is named by a moment."""
    found = [one.person for one in index.there(events) if asked.department in (None, one.department)]
    if asked.department is None:
        found += [
            who for event in events for moment in event.moments for who in moment.who if who in index.people
        ]
        days = {event.day for event in events}
        found += [
            who for day in days for leg in legs_of(index, day) for who in travellers(index, leg, events)
        ]
    return tuple(dict.fromkeys(found))
