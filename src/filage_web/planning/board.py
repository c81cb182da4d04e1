"""Who, where and with what, day by day: venues, people and vehicles over one week or two."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from filage.facts.calendar import Event, Participation, Vehicle
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.team import Engagement
from filage.facts.travel import Leg
from filage.facts.venue import Venue
from filage.kernel import french
from filage.worktime.check import Breach
from filage.worktime.message import amount
from filage.worktime.shift import Shift
from filage_web.planning.entries import Entry
from filage_web.planning.laying import DAY, QUARTERS, Laid, Piece, hours_shown, pieces, side_by_side
from filage_web.planning.nearby import Hours

WEEK: Final = 7
FORTNIGHT: Final = 14
READABLE: Final = {WEEK: 22, FORTNIGHT: 30}
"""Quarter hours a box takes at least, to hold « 20:00 »."""
NAMED: Final = {WEEK: 34, FORTNIGHT: 48}
"""The same, for a box that also says what: « Repr. 20:00 »."""
REST: Final = "daily_rest"
LANES: Final = 6
"""Lines in a day at most: what is beyond shares the last."""


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


@dataclass(slots=True)
class Resource:
    """A venue, a person or a vehicle, and its days."""

    about: str
    name: str
    note: str
    squares: list[Square]
    found: dict[date, list[tuple[tuple[Entry, str, bool], Piece]]] = field(
        default_factory=lambda: defaultdict(list)
    )

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
    for group, least in zip(groups, (NAMED, READABLE, READABLE), strict=True):
        for resource in group:
            _lay(resource, first, last, least[len(days)], gaps.get(resource.about, ()))
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
            _put(found[entry.place], wanted, entry, entry.start, _span(entry, entry.begins, entry.ends))
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
    clashes = _clashes(hours.shifts)
    for part in dossier.all(Participation):
        about = part.person or engaged.get(part.engagement or "", "")
        entry = shown.get(part.event)
        if entry is None or about not in found:
            continue
        start = (part.call and part.call.replace(tzinfo=None)) or entry.begins
        end = (part.wrap and part.wrap.replace(tzinfo=None)) or entry.ends
        words = _told(start, end) if part.wrap else (f"{start:%H:%M}" if start else "")
        span = _span(entry, start, end, own_end=bool(part.wrap))
        _put(found[about], wanted, entry, words, span, clash=(about, part.event) in clashes)
    return [resource for resource in found.values() if resource.busy]


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


def _lay(resource: Resource, first: int, last: int, least: int, gaps: Iterable["RestGap"]) -> None:
    """Place what each day of a resource holds in the hours shown."""
    start, width = first * QUARTERS, (last - first) * QUARTERS
    for square in resource.squares:
        laid = side_by_side(resource.found.get(square.day, ()), 1)
        square.slots = [_slot(one, start, width, least) for one in _spread(laid, least)]
    told = False
    by_day = {square.day: square for square in resource.squares}
    for gap in gaps:
        for piece in gap.pieces:
            touched = by_day.get(piece.day)
            column, until = max(piece.start - start, 0), min(piece.end - start, width)
            if touched is not None and until > column:
                touched.gaps.append(Gap(column, until - column, "" if told else gap.words, gap.told))
                told = True
        told = False


def _spread(laid: list[Laid[tuple[Entry, str, bool]]], least: int) -> list[Laid[tuple[Entry, str, bool]]]:
    """Lay again what would not be readable side by side: each in a line of its own."""
    things = [(one.thing, one.piece) for one in laid]
    return side_by_side(things, least) if len(things) > 1 else laid


def _slot(laid: Laid[tuple[Entry, str, bool]], start: int, width: int, least: int) -> Slot:
    entry, hours, clash = laid.thing
    column = laid.piece.start - start
    columns = max(laid.piece.end - start, column + 1) - column
    short = columns < least
    if short and column + least > width:  # near the end of the day, it is held by its end
        end = column + columns
        column, columns = max(end - least, 0), min(least, end)
    elif short:
        columns = least
    return Slot(entry, hours, column, columns, laid.lane, clash)


# --- rests ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RestGap:
    """The time between two days of work that is less than the rest due."""

    pieces: tuple[Piece, ...]
    words: str
    told: str


def rest_gaps(hours: Hours) -> dict[str, list[RestGap]]:
    """For each person, the rests that are too short: where they are, and « 8 h 30 < 9 h »."""
    own: dict[str, list[tuple[date, time, date, time, date]]] = defaultdict(list)
    for shift in hours.shifts:
        zone = ZoneInfo(shift.zone)
        begins, ends = shift.interval.start.astimezone(zone), shift.interval.end.astimezone(zone)
        own[shift.person].append((begins.date(), begins.time(), ends.date(), ends.time(), shift.day))
    found: dict[str, list[RestGap]] = defaultdict(list)
    for breach in hours.breaches:
        if breach.limit.asked.metric == REST and (gap := _gap(breach, sorted(own[breach.worker.id]))):
            found[breach.worker.id].append(gap)
    return found


def _gap(breach: Breach, shifts: list[tuple[date, time, date, time, date]]) -> RestGap | None:
    before = [one for one in shifts if one[4] < breach.on]
    after = [one for one in shifts if one[4] == breach.on]
    if not before or not after:
        return None
    last = max(before, key=lambda one: (one[2], one[3]))
    first = after[0]
    if (last[2], last[3]) >= (first[0], first[1]):
        return None
    span = pieces(last[2], last[3], first[1], first[0])
    rest, due = amount(breach.actual, breach.limit), amount(breach.threshold, breach.limit)
    words, told = f"{rest} < {due}", f"Repos de {rest}, il en faut {due}"
    return RestGap(tuple(span), words, f"{told} ({breach.limit.row.legal_basis})")


# --- two places at once -------------------------------------------------------------------------------------------


def _clashes(shifts: Iterable[Shift]) -> set[tuple[str, str]]:
    """The parts of a person that overlap another of the same person."""
    by_person: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        by_person[shift.person].append(shift)
    found: set[tuple[str, str]] = set()
    for person, own in by_person.items():
        own.sort(key=lambda shift: shift.interval)
        latest: Shift | None = None
        for shift in own:
            if latest and shift.event != latest.event and shift.interval.overlaps(latest.interval):
                found |= {(person, shift.event), (person, latest.event)}
            if latest is None or shift.interval.end > latest.interval.end:
                latest = shift
    return found


def days_from(first: date, count: int) -> list[date]:
    """So many days from one."""
    return [first + timedelta(days=rank) for rank in range(count)]
