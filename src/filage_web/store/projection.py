"""The columns of a row that follow from its fact: name, sorting, search, day, and UTC instants."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from filage.facts.base import Fact
from filage.facts.base import label_of as choice_label
from filage.facts.calendar import Event, Participation
from filage.facts.people import PersonPrivate
from filage.facts.venue import Venue
from filage.kernel.errors import BadInput, Problem
from filage.kernel.interval import PARIS, Interval, instant, span
from filage.kernel.text import fold

LABEL: Final = 200
SEARCH: Final = 2000
DAYS: Final = (
    "day", "starts_on", "on", "due_on", "needed_on", "deadline_on", "sign_by", "until",
)  # fmt: skip
"""The fields that date a fact, the first present wins."""


@dataclass(frozen=True, slots=True)
class Place:
    """When something happens, wherever: the event and its zone."""

    event: Event
    zone: str


def label_of(fact: Fact) -> str:
    """Name a fact in a list: a private one by its kind alone, an event without a title by its nature."""
    if isinstance(fact, Event):
        return (fact.label or choice_label(fact, "type"))[:LABEL]
    return (fact.title if fact.private else fact.name())[:LABEL]


def search_of(fact: Fact) -> str:
    """Give the folded words a fact is found by; nothing of a private fact."""
    if fact.private:
        return ""
    words = [fact.id, fact.name(), *(value for _, value in fact if isinstance(value, str))]
    return fold(" ".join(dict.fromkeys(words)))[:SEARCH]


def day_of(fact: Fact) -> date | None:
    """Give the day a fact is listed under; private facts have none."""
    if isinstance(fact, PersonPrivate):
        return None
    return next((day for field in DAYS if isinstance(day := getattr(fact, field, None), date)), None)


def zone_of(event: Event, venue: Venue | None) -> str:
    """Name the time zone of an event: its own, else its venue's, else Paris."""
    return event.zone or (venue.zone if venue else None) or PARIS


def checked_zone(zone: str | None, where: str) -> None:
    """Refuse a time zone nobody knows, at its field."""
    try:
        ZoneInfo(zone or PARIS)
    except (KeyError, ValueError, OSError):
        problem = Problem(f"fuseau horaire « {zone} » inconnu", where, suggestion="par exemple Europe/Paris")
        raise BadInput(problem) from None


def interval_of(place: Place, part: Participation | None = None) -> Interval | None:
    """Give the UTC instants of an event, or of somebody's part in it; BadInput when a time does not exist.

    None for what is cancelled, and for a part without both times: being somewhere all day occupies nobody.
    """
    event = place.event
    if event.option == "cancelled":
        return None
    start = (part.call if part else None) or event.start
    end = (part.wrap if part else None) or event.end
    about = part.about if part else event.about
    if part and (start is None or end is None):
        return None
    checked_zone(place.zone, f"{event.about}.zone")
    try:
        return _interval(event, place.zone, start, end, own_end=bool(part and part.wrap))
    except BadInput as error:
        raise BadInput(Problem(error.problems[0].message, about)) from None


def _interval(event: Event, zone: str, start: time | None, end: time | None, *, own_end: bool) -> Interval:
    midnight = time()
    if start is None:
        last = event.end_day or event.day
        return span(event.day, midnight, midnight, zone, last + timedelta(days=1))
    if end is None:
        # no end said: lists and searches need one after the start
        begin = instant(event.day, start, zone)
        return Interval(begin, begin + timedelta(minutes=1))
    return span(event.day, start, end, zone, None if own_end else event.end_day)


@dataclass(frozen=True, slots=True)
class Columns:
    """What a row keeps beside the body."""

    label: str
    sort: str
    search: str
    day: date | None
    starts: datetime | None
    ends: datetime | None


def columns_of(fact: Fact, place: Place | None = None) -> Columns:
    """Project a fact; `place` is the event of an event or of a participation."""
    if isinstance(fact, Venue):
        checked_zone(fact.zone, f"{fact.about}.zone")
    when = interval_of(place, fact if isinstance(fact, Participation) else None) if place else None
    label = label_of(fact)
    return Columns(
        label=label,
        sort=fold(label)[:LABEL],
        search=search_of(fact),
        day=place.event.day if place else day_of(fact),
        starts=when.start if when else None,
        ends=when.end if when else None,
    )
