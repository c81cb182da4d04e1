"""Who, where and with what, day by day: venues, people and vehicles over one week or two."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Final

from filage.facts.base import label_of
from filage.facts.calendar import Availability, Event, Participation, Vehicle
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.team import Engagement
from filage.facts.travel import Leg
from filage.facts.venue import Venue
from filage.kernel import french
from filage_web.planning.entries import Entry
from filage_web.planning.laying import DAY, QUARTERS, Laid, Piece, hours_shown, pieces, side_by_side
from filage_web.planning.nearby import Hours
from filage_web.planning.rests import RestGap, clashes_of, rest_gaps

WEEK: Final = 7
FORTNIGHT: Final = 14
LETTER: Final = {WEEK: 3, FORTNIGHT: 4}
"""Quarter hours a letter of a box takes, so that « 20:00 » can be read."""
AWAY: Final = frozenset({"busy", "maybe"})
LANES: Final = 6
"""Lines in a day at most: what is beyond shares the last."""


Held = tuple[Entry, str, bool]
"""An event, what its box says, whether it clashes."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Something a resource has on a day: from which column to which, in which lane."""

    entry: Entry
    hours: str
    column: int
    columns: int
    lane: int
    clash: bool = False

    @property
    def where(self) -> str:
        """The classes that place it."""
        return f"from-{self.column} for-{self.columns} lane-{min(self.lane, LANES)}"


@dataclass(frozen=True, slots=True)
class Gap:
    """A rest too short, drawn where it is missing; its words stand in one of the days it touches."""

    column: int
    columns: int
    words: str
    told: str


@dataclass(slots=True)
class Square:
    """One day of one resource."""

    day: date
    slots: list[Slot] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    away: str = ""
    """What the person answered for that day, when it is not yes."""


@dataclass(slots=True)
class Resource:
    """A venue, a person or a vehicle, and its days."""

    about: str
    name: str
    note: str
    squares: list[Square]
    found: dict[date, list[tuple[Held, Piece]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def busy(self) -> bool:
        """Whether something happens in the days shown."""
        return any(self.found.values())


@dataclass(slots=True)
class Board:
    """The resources over some days."""

    days: list[date]
    first_hour: int
    last_hour: int
    venues: list[Resource]
    people: list[Resource]
    vehicles: list[Resource]

    @property
    def width(self) -> int:
        """Columns of the heading and of each row."""
        return len(self.days) + 1

    @property
    def hours(self) -> int:
        """How many hours a day is wide."""
        return self.last_hour - self.first_hour


def board_of(
    dossier: Dossier,
    entries: Iterable[Entry],
    days: list[date],
    hours: Hours,
    *,
    only: set[str] | None = None,
    used: Container[str] = (),
) -> Board:
    """Lay out who and where is taken; `only` keeps some people, `used` names venues shown even when free."""
    shown = {f"event/{entry.id}": entry for entry in entries if not entry.cancelled}
    venues = _venues(dossier, shown, days, used)
    people = _people(dossier, shown, days, hours, only)
    vehicles = _vehicles(dossier, shown, days)
    groups = (venues, people, vehicles)
    gaps = rest_gaps(hours)
    taken = [piece for group in groups for one in group for day in one.found.values() for _, piece in day]
    first, last = hours_shown(taken, 8, 24)
    for group in groups:
        for resource in group:
            _lay(resource, first, last, LETTER[len(days)], gaps.get(resource.about, ()))
    return Board(days, first, last, venues, people, vehicles)


def _resource(about: str, name: str, note: str, days: list[date]) -> Resource:
    return Resource(about, name, note, [Square(day) for day in days])


def _put(
    resource: Resource, days: set[date], entry: Entry, hours: str, span: list[Piece], *, clash: bool = False
) -> None:
    for piece in span:
        if piece.day in days:
            resource.found[piece.day].append(((entry, hours, clash), piece))


def _span(entry: Entry, start: time | None, end: time | None, *, own_end: bool = False) -> list[Piece]:
    if start is None:
        return [Piece(entry.day, 0, DAY)]
    return pieces(entry.day, start, end, None if own_end else entry.end_day)


def _venues(
    dossier: Dossier, shown: Mapping[str, Entry], days: list[date], used: Container[str]
) -> list[Resource]:
    wanted = set(days)
    found = {
        venue.about: _resource(venue.about, venue.label, venue.city or "", days)
        for venue in dossier.all(Venue)
    }
    for entry in shown.values():
        if entry.place in found:
            words = f"{entry.short} {entry.start}".strip()
            _put(found[entry.place], wanted, entry, words, _span(entry, entry.begins, entry.ends))
    return [resource for resource in found.values() if resource.busy or resource.about in used]


def _people(
    dossier: Dossier, shown: Mapping[str, Entry], days: list[date], hours: Hours, only: set[str] | None
) -> list[Resource]:
    wanted = set(days)
    engaged = {engagement.about: engagement.person for engagement in dossier.all(Engagement)}
    found = {
        person.about: _resource(person.about, person.name(), "", days)
        for person in dossier.all(Person)
        if only is None or person.about in only
    }
    clashes = clashes_of(hours.shifts)
    for part in dossier.all(Participation):
        about = part.person or engaged.get(part.engagement or "", "")
        entry = shown.get(part.event)
        if entry is None or about not in found:
            continue
        start = (part.call and part.call.replace(tzinfo=None)) or entry.begins
        end = (part.wrap and part.wrap.replace(tzinfo=None)) or entry.ends
        words = _told(start, end) if part.wrap and len(days) == WEEK else (f"{start:%H:%M}" if start else "")
        span = _span(entry, start, end, own_end=bool(part.wrap))
        _put(found[about], wanted, entry, words, span, clash=(about, part.event) in clashes)
    _mark_away(dossier, found)
    return [resource for resource in found.values() if resource.busy or (only and resource.about in only)]


def _mark_away(dossier: Dossier, people: Mapping[str, Resource]) -> None:
    """Write who said not to be free, on which days."""
    for one in dossier.all(Availability):
        if one.person in people and one.answer in AWAY:
            said = label_of(one, "answer").lower()
            hours = f", {one.start:%H:%M} – {one.end:%H:%M}" if one.start and one.end else ""
            for square in people[one.person].squares:
                if one.starts_on <= square.day <= one.ends_on:
                    square.away = said + hours


def _told(start: time | None, end: time | None) -> str:
    """From when to when, as short as can be: `13 – 22`, `13:30 – 22`."""
    return " – ".join(f"{one:%H:%M}".removesuffix(":00") for one in (start, end) if one)


def _vehicles(dossier: Dossier, shown: Mapping[str, Entry], days: list[date]) -> list[Resource]:
    wanted = set(days)
    found = {one.about: _resource(one.about, one.label, _size(one), days) for one in dossier.all(Vehicle)}
    for event in dossier.all(Event):
        entry = shown.get(event.about)
        for about in event.vehicles if entry else ():
            if about in found:
                _put(found[about], wanted, entry, entry.start, _span(entry, entry.begins, entry.ends))  # type: ignore[arg-type, union-attr]
    for leg in dossier.all(Leg):
        entry = shown.get(leg.event or "")
        if entry is None or leg.vehicle not in found:
            continue
        day = leg.day or entry.day
        span = pieces(day, leg.departs, leg.arrives) if leg.departs else [Piece(day, 0, DAY)]
        _put(found[leg.vehicle], wanted, entry, f"{leg.departs:%H:%M}" if leg.departs else "", span)
    return [resource for resource in found.values() if resource.busy]


def _size(vehicle: Vehicle) -> str:
    if vehicle.volume:
        return french.quantity(vehicle.volume, "m³")
    return f"{vehicle.seats} places" if vehicle.seats else ""


def _lay(resource: Resource, first: int, last: int, letter: int, gaps: Iterable[RestGap]) -> None:
    """Place what each day of a resource holds in the hours shown."""
    start, width = first * QUARTERS, (last - first) * QUARTERS
    for square in resource.squares:
        held = resource.found.get(square.day, ())
        seen = [(thing, _readable(thing, piece, start, width, letter)) for thing, piece in held]
        square.slots = [_slot(one) for one in side_by_side(seen)]
    by_day = {square.day: square for square in resource.squares}
    for gap in gaps:
        words = gap.words
        for piece in gap.pieces:
            touched = by_day.get(piece.day)
            column, until = max(piece.start - start, 0), min(piece.end - start, width)
            if touched is not None and until > column:
                touched.gaps.append(Gap(column, until - column, words, gap.told))
                words = ""


def _readable(thing: Held, piece: Piece, start: int, width: int, letter: int) -> Piece:
    """The columns of a box: its hours, or what its words take; near the end of the day it is held by its end."""
    entry, words, _clash = thing
    needed = min(letter * (len(words or entry.short) + 1), width)
    column, end = piece.start - start, min(max(piece.end, piece.start + 1) - start, width)
    if end - column < needed:
        column = max(end - needed, 0) if column + needed > width else column
        end = column + needed
    return Piece(piece.day, column, end, piece.begins, piece.ends)


def _slot(laid: Laid[Held]) -> Slot:
    entry, words, clash = laid.thing
    return Slot(entry, words, laid.piece.start, laid.piece.end - laid.piece.start, laid.lane, clash)


def days_from(first: date, count: int) -> list[date]:
    """So many days from one."""
    return [first + timedelta(days=rank) for rank in range(count)]
