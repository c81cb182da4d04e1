"""The day-out-of-days (présences): who works on which day, from the scenes of the calendar and those called.

The marks are those of the trade, the same on every set: S starts, W works, F finishes, H holds, T travels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from filage.facts.calendar import Event, Participation
from filage.facts.script import Element
from filage.facts.team import Engagement
from filage.kernel import french
from filage.script.played import Holder, holders_of, played_scenes, role_numbers

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier

SHOOT = frozenset({"shoot", "recording"})
STAGE = frozenset({"rehearsal", "residency", "soundcheck", "performance"})
TRAVEL = "travel"
# Besides roles, what is booked by the day: it has a first day, a last one, and days it waits for nothing.
BOOKED = ("extras", "child", "animal", "vehicle", "stunt", "equipment")
START, WORK, FINISH, ONLY, HOLD, JOURNEY = "SW", "W", "WF", "SWF", "H", "T"
LEGEND: Mapping[str, str] = {
    START: "premier jour de travail",
    WORK: "travail",
    HOLD: "en attente entre deux jours de travail",
    JOURNEY: "voyage",
    FINISH: "dernier jour de travail",
    ONLY: "seul jour de travail",
    "*": "une scène du jour demande ce rôle et la personne n’est pas convoquée",
}


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One day of the table: its rank from 1 among the days of work (None when one only travels), its events."""

    day: date
    rank: int | None
    label: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """One cell: a mark of `LEGEND` or nothing; `missing` when a scene asks for somebody nobody called."""

    mark: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """One person with their roles, a role nobody holds yet, or an element booked by the day.

    `cells` follow the columns; `work`, `hold` and `travel` count days, `total` adds them.
    """

    about: str
    label: str
    category: str
    numbers: tuple[int, ...]
    roles: tuple[str, ...]
    held: bool
    cells: tuple[Presence, ...]
    starts_on: date | None
    ends_on: date | None
    work: int
    hold: int
    travel: int
    total: int


@dataclass(frozen=True, slots=True)
class DayOutOfDays:
    """The whole table: days, rows by category (the roles first), what the marks mean."""

    shoot: bool
    columns: tuple[DayColumn, ...]
    rows: tuple[PresenceRow, ...]
    legend: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """What these days are."""
        return "Présences au tournage" if self.shoot else "Présences aux répétitions et aux représentations"


def day_out_of_days(dossier: Dossier) -> DayOutOfDays:
    """Return who works on which day: of the shoot when there is one, else rehearsals and performances."""
    events = [event for event in dossier.all(Event) if event.option != "cancelled"]
    shoot = any(event.type in SHOOT for event in events)
    calendar = _Calendar(dossier, events, SHOOT if shoot else STAGE)
    rows = [*_people_rows(dossier, calendar), *_element_rows(dossier, calendar)]
    return DayOutOfDays(shoot, calendar.columns, tuple(rows), tuple(LEGEND.items()))


def days_of(event: Event) -> Iterator[date]:
    """Yield the days an event is on; one that ends in the night is on its first day only."""
    last = event.end_day or event.day
    night = event.start is not None and event.end is not None and event.end <= event.start
    if night and last == event.day + timedelta(days=1):
        last = event.day
    for rank in range((last - event.day).days + 1):
        yield event.day + timedelta(days=rank)


def _scenes(event: Event, played: Iterable[str]) -> Iterable[str]:
    """The scenes of an event; a performance that names none plays them all."""
    return played if event.type == "performance" and not event.scenes else event.scenes


class _Calendar:
    """The days of work, what each needs, and who is called."""

    def __init__(self, dossier: Dossier, events: list[Event], kinds: Collection[str]) -> None:
        people = {engagement.about: engagement.person for engagement in dossier.all(Engagement)}
        needed = {one.scene.about: frozenset(one.scene.elements) for one in played_scenes(dossier)}
        self.called: dict[str, set[str]] = defaultdict(set)
        for part in dossier.all(Participation):
            self.called[part.event].add(part.person or people.get(part.engagement or "", ""))
        self.by_day: dict[date, list[Event]] = defaultdict(list)
        self.travel: dict[date, set[str]] = defaultdict(set)
        for event in sorted(events, key=lambda one: (one.day, str(one.start or ""), one.about)):
            for day in days_of(event):
                if event.type in kinds:
                    self.by_day[day].append(event)
                elif event.type == TRAVEL:
                    self.travel[day] |= self.called[event.about]
        self.needs = {
            event.about: frozenset[str]().union(
                *(needed.get(scene, frozenset()) for scene in _scenes(event, needed))
            )
            for events_of_day in self.by_day.values()
            for event in events_of_day
        }
        self.columns = tuple(self._columns())

    def _columns(self) -> Iterator[DayColumn]:
        rank = 0
        for day in sorted({*self.by_day, *(day for day, people in self.travel.items() if people)}):
            events = self.by_day.get(day, [])
            rank += bool(events)
            label = f"J{rank}" if events else "voyage"
            yield DayColumn(day, rank if events else None, label, tuple(event.about for event in events))

    def person(self, day: date, person: str, roles: Mapping[str, tuple[Holder, ...]]) -> tuple[bool, bool]:
        """Whether a person works that day, and whether only a scene says so though others are called."""
        events = self.by_day.get(day, [])
        if any(person in self.called[event.about] for event in events):
            return True, False
        asked = [event for event in events if self._asks(event, roles)]
        return bool(asked), any(self.called[event.about] for event in asked)

    def _asks(self, event: Event, roles: Mapping[str, tuple[Holder, ...]]) -> bool:
        """Whether a scene of the event needs one of these roles, held by nobody who is called."""
        return any(
            role in self.needs[event.about]
            and self.called[event.about].isdisjoint(holder.person for holder in holders)
            for role, holders in roles.items()
        )

    def element(self, day: date, element: str) -> bool:
        """Whether a scene of the day needs an element."""
        return any(element in self.needs[event.about] for event in self.by_day.get(day, ()))


def _people_rows(dossier: Dossier, calendar: _Calendar) -> Iterator[PresenceRow]:
    """One row per person who holds a role, at the rank of their first role; then the roles nobody holds."""
    numbers, holders = role_numbers(dossier), holders_of(dossier)
    elements = {element.about: element for element in dossier.all(Element)}
    people: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for role in numbers:
        for holder in holders.get(role, ()) or (Holder("", elements[role].label, ""),):
            people.setdefault(holder.person or role, []).append(role)
            names[holder.person or role] = holder.name
    for about, roles in people.items():
        held = about not in elements
        own = {role: holders.get(role, ()) for role in roles}
        worked = {column.day: calendar.person(column.day, about, own) for column in calendar.columns}
        travelled = {day for day, people_moved in calendar.travel.items() if about in people_moved}
        who = _Who(
            about,
            names[about],
            "cast",
            tuple(numbers[role] for role in roles),
            tuple(elements[role].label for role in roles),
            held,
        )
        days = {day: missing and held for day, (works, missing) in worked.items() if works}
        yield _row(who, days, travelled, calendar.columns)


def _element_rows(dossier: Dossier, calendar: _Calendar) -> Iterator[PresenceRow]:
    for category in BOOKED:
        for element in dossier.all(Element):
            if element.category == category:
                worked = {
                    column.day: False
                    for column in calendar.columns
                    if calendar.element(column.day, element.about)
                }
                yield _row(_Who(element.about, element.label, category), worked, set(), calendar.columns)


@dataclass(frozen=True, slots=True)
class _Who:
    """Whose row it is."""

    about: str
    label: str
    category: str
    numbers: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    held: bool = True


def _row(
    who: _Who, worked: Mapping[date, bool], travelled: Collection[date], columns: tuple[DayColumn, ...]
) -> PresenceRow:
    """Count the days; `worked` says, for each day of work, whether somebody should have been called."""
    first, last = min(worked, default=None), max(worked, default=None)
    cells = tuple(_cell(column, worked, travelled, first, last) for column in columns)
    marks = [cell.mark for cell in cells]
    work, hold, travel = len(worked), marks.count(HOLD), marks.count(JOURNEY)
    return PresenceRow(
        about=who.about,
        label=who.label,
        category=who.category,
        numbers=who.numbers,
        roles=who.roles,
        held=who.held,
        cells=cells,
        starts_on=first,
        ends_on=last,
        work=work,
        hold=hold,
        travel=travel,
        total=work + hold + travel,
    )


def _cell(
    column: DayColumn,
    worked: Mapping[date, bool],
    travelled: Collection[date],
    first: date | None,
    last: date | None,
) -> Presence:
    day = column.day
    if day in worked:
        mark = ONLY if first == last else START if day == first else FINISH if day == last else WORK
        return Presence(mark, worked[day])
    if day in travelled:
        return Presence(JOURNEY)
    waits = first is not None and last is not None and first < day < last and column.rank is not None
    return Presence(HOLD if waits else "")


def period(row: PresenceRow) -> str:
    """Write the first and the last day of a row."""
    if row.starts_on is None or row.ends_on is None:
        return ""
    if row.starts_on == row.ends_on:
        return french.day(row.starts_on, year=False)
    return f"{french.day(row.starts_on, year=False)} – {french.day(row.ends_on, year=False)}"
