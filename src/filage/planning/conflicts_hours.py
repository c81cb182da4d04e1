"""The hours of one person on one day, in order: picked up, called, dressed, ready, gone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from filage.facts.calendar import Event, Participation
from filage.facts.people import Person
from filage.facts.team import Engagement
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.changes import set_
from filage.kernel.errors import BadInput
from filage.kernel.finding import Finding, Remedy
from filage.kernel.interval import instant, later_day
from filage.planning.shifts import zone_of

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier

NAMES = {
    "pickup": ("prise en charge", "la prise en charge"),
    "call": ("convocation", "la convocation"),
    "dressing": ("loges", "les loges"),
    "ready": ("prêt", "l’heure de prêt"),
    "wrap": ("fin", "la fin"),
}
"""The hours of a day in the order they come, each as it is named first and as it is named after « avant »."""
SPAN = timedelta(hours=18)
"""A day that would last longer is one whose end stands before its call."""
_HALF_DAY = timedelta(hours=12)


def hours_findings(dossier: Dossier) -> list[Finding]:
    """Name each person whose hours of a day are out of order; the hours of who is called are those of the event's zone.

    The remedy clears the hours that contradict the call or the end; there is none when these two contradict each other.
    """
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    events = {event.about: event for event in dossier.all(Event) if event.option != "cancelled"}
    people = {person.about: person.name() for person in dossier.all(Person)}
    engaged = {engagement.about: engagement.person for engagement in dossier.all(Engagement)}
    found = []
    for part in dossier.all(Participation):
        event = events.get(part.event)
        if event is None or not (part.pickup or part.dressing or part.ready or part.wrap):
            continue
        who = part.person or engaged.get(part.engagement or "", "")
        try:
            hours = hours_of(part, event, zone_of(event, venues))
        except BadInput:  # told as a time that does not exist
            continue
        if finding := _finding(part, event, people.get(who, who), hours):
            found.append(finding)
    return found


def hours_of(part: Participation, event: Event, zone: str) -> dict[str, tuple[time, datetime]]:
    """Each hour somebody has on a day, as the clock shows it and as an instant (UTC), in the order it should come.

    An hour is the nearest to the call, so that one past midnight is on the next day. BadInput when one does not exist.
    """
    told = {
        "pickup": part.pickup, "call": part.call or event.start, "dressing": part.dressing, "ready": part.ready,
        "wrap": part.wrap or (event.end if event.end_day is None else None),
    }  # fmt: skip
    anchor_at = told["call"] or next((at for at in told.values() if at is not None), None)
    if anchor_at is None:
        return {}
    anchor = instant(event.day, anchor_at, zone)
    found = {}
    for name, at in told.items():
        if at is not None:
            limits = (timedelta(hours=24) - SPAN, SPAN) if name == "wrap" else (_HALF_DAY, _HALF_DAY)
            found[name] = (at, _near(event, at, zone, anchor, *limits))
    return found


def _near(
    event: Event, at: time, zone: str, anchor: datetime, before: timedelta, after: timedelta
) -> datetime:
    """The instant a clock shows an hour, from some time before the call to some time after it."""
    for days in (0, 1, -1):
        try:
            found = instant(later_day(event.day, days), at, zone)
        except BadInput:
            if days == 0:
                raise
            continue
        if -before < found - anchor <= after:
            return found
    return instant(event.day, at, zone).astimezone(UTC)


def _finding(
    part: Participation, event: Event, who: str, hours: dict[str, tuple[time, datetime]]
) -> Finding | None:
    names = list(hours)
    wrong = [
        (late, early)
        for rank, early in enumerate(names)
        for late in names[rank + 1 :]
        if hours[late][1] < hours[early][1]
    ]
    if not wrong:
        return None
    against: dict[str, str] = {}
    for late, early in wrong:  # each hour once, before the call where it is
        if against.get(late) != "call":
            against[late] = early
    told = [
        f"{NAMES[late][0]} à {hours[late][0]:%H:%M}, avant {NAMES[early][1]} ({hours[early][0]:%H:%M})"
        for late, early in against.items()
    ]
    message = f"{who}, {french.day(event.day, year=False)} : {' ; '.join(told)}."
    return Finding(
        "calendar.hours_order",
        "warning",
        part.about,
        message,
        remedies=_remedies(part, wrong),
        subject="hours",
    )


def _remedies(part: Participation, wrong: list[tuple[str, str]]) -> tuple[Remedy, ...]:
    """Clear the hours that contradict the call or the end, where these two agree."""
    held = {"call", "wrap"}
    if any(held == {*pair} for pair in wrong):
        return ()
    lost = [name for pair in wrong if held & {*pair} for name in pair if name not in held]
    names = tuple(name for name in NAMES if name in lost)
    if not names:
        return ()
    told = ", ".join(f"{NAMES[name][0]} ({getattr(part, name):%H:%M})" for name in names)
    return (Remedy(f"Effacer ce qui ne tient plus : {told}", changes=(set_(part.about, names),)),)
