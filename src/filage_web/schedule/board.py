"""The strips of a plan, day by day: what was found, or what the calendar holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from filage.facts.base import label_of
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.plan import Plan
from filage.facts.script import Element, Scene
from filage.facts.team import Engagement
from filage.facts.venue import Venue
from filage.planning.schedule.laying import LayingProblem, Layout
from filage.planning.schedule.laying_layout import LaidDay
from filage.planning.schedule.laying_problem import wall_of
from filage.script.breakdown import length_of
from filage.script.page import pages
from filage.script.played import played_scenes

TYPES: Mapping[str, str] = {"shoot": "shoot", "rehearse": "rehearsal"}


@dataclass(frozen=True, slots=True)
class Strip:
    """One scene on one day."""

    scene: str
    """Its id."""
    number: str
    label: str
    effect: str
    """INT jour, EXT nuit…"""
    length: str
    hours: str
    cast: tuple[str, ...]
    night: bool
    lock: int | None
    """The rank of the lock that keeps it on this day."""
    first: bool = True
    """Whether it is the first piece of the scene."""


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody's hours of a day."""

    name: str
    call: str
    wrap: str


@dataclass(frozen=True, slots=True)
class Column:
    """One day, or one service."""

    day: date
    hours: str
    place: str
    event: str
    """The id of its event, when it is one."""
    locked: bool
    strips: tuple[Strip, ...]
    calls: tuple[Call, ...]
    eighths: int
    lunch: str = ""

    @property
    def length(self) -> str:
        """Its eighths, as pages are told."""
        return pages(self.eighths) if self.eighths else "–"


class Strips:
    """Draws the strips of a production’s scenes."""

    def __init__(self, dossier: Dossier, plan: Plan) -> None:
        self._dossier = dossier
        self._plan = plan
        self._roles = {one.about: one.label for one in dossier.all(Element) if one.category == "cast"}

    def strip(self, about: str, day: date, hours: str = "", *, first: bool = True) -> Strip | None:
        """Draw one scene on one day."""
        scene = self._dossier.find(about, Scene)
        if scene is None:
            return None
        locks = (
            rank for rank, lock in enumerate(self._plan.locks) if lock.scene == about and lock.day == day
        )
        return Strip(
            scene=scene.id,
            number=scene.number or scene.id,
            label=scene.set or scene.label,
            effect=" ".join(word for word in (scene.int_ext, (scene.time or "").lower()) if word),
            length=length_of(scene),
            hours=hours,
            cast=tuple(self._roles[one] for one in scene.elements if one in self._roles),
            night="nuit" in (scene.time or "").lower(),
            lock=next(locks, None),
            first=first,
        )

    def eighths(self, scenes: Iterable[str]) -> int:
        """Count the eighths of some scenes, each once."""
        found = (self._dossier.find(about, Scene) for about in dict.fromkeys(scenes))
        return sum(scene.eighths or 0 for scene in found if scene)


def columns_found(dossier: Dossier, plan: Plan, problem: LayingProblem, layout: Layout) -> list[Column]:
    """Draw the days of a plan that was found."""
    strips = Strips(dossier, plan)
    people = {person.about: person.name() for person in dossier.all(Person)}
    venues = {scene.key: scene.venue for scene in problem.scenes}
    return [_laid(day, dossier, strips, people, venues) for day in layout.days]


def _laid(
    day: LaidDay, dossier: Dossier, strips: Strips, people: Mapping[str, str], venues: Mapping[str, str]
) -> Column:
    keys = [f"{one.scene}#{one.piece}" if one.piece else one.scene for one in day.scenes]
    places = (dossier.find(venues.get(key), Venue) for key in keys)
    seen: set[str] = set()
    drawn = []
    for one in day.scenes:
        drawn.append(
            strips.strip(one.scene, day.day, _hours(one.start, one.end), first=one.scene not in seen)
        )
        seen.add(one.scene)
    return Column(
        day=day.day,
        hours=_hours(day.start, day.end),
        place=", ".join(dict.fromkeys(place.label for place in places if place)),
        event=day.event.partition("/")[2],
        locked=bool(day.event),
        strips=tuple(strip for strip in drawn if strip),
        calls=tuple(
            Call(people.get(one.person, one.person), _clock(one.call), _clock(one.wrap))
            for one in sorted(day.people, key=lambda one: (one.call, people.get(one.person, "")))
        ),
        eighths=strips.eighths(one.scene for one in day.scenes),
        lunch=_hours(*day.lunch) if day.lunch else "",
    )


def _hours(start: int, end: int) -> str:
    return f"{_clock(start)} – {_clock(end)}"


def _clock(minute: int) -> str:
    return f"{wall_of(minute):%H:%M}"


def columns_now(dossier: Dossier, plan: Plan) -> list[Column]:
    """Draw the days of a plan as the calendar holds them."""
    strips = Strips(dossier, plan)
    events = [
        event
        for event in dossier.all(Event)
        if event.type == TYPES[plan.type]
        and event.option != "cancelled"
        and plan.starts_on <= event.day <= plan.ends_on
    ]
    parts: dict[str, list[Participation]] = {}
    for part in dossier.all(Participation):
        parts.setdefault(part.event, []).append(part)
    return [
        _held(event, dossier, strips, parts.get(event.about, []))
        for event in sorted(events, key=lambda event: (event.day, str(event.start or ""), event.id))
    ]


def _held(event: Event, dossier: Dossier, strips: Strips, parts: list[Participation]) -> Column:
    venue = dossier.find(event.venue, Venue)
    calls = []
    for part in parts:
        engagement = dossier.find(part.engagement, Engagement)
        person = dossier.find(part.person or (engagement.person if engagement else None), Person)
        call, wrap = part.call or event.start, part.wrap or event.end
        if person:
            calls.append(
                Call(person.name(), f"{call:%H:%M}" if call else "", f"{wrap:%H:%M}" if wrap else "")
            )
    return Column(
        day=event.day,
        hours=f"{event.start:%H:%M} – {event.end:%H:%M}"
        if event.start and event.end
        else label_of(event, "type"),
        place=venue.label if venue else "",
        event=event.id,
        locked=event.locked,
        strips=tuple(strip for about in event.scenes if (strip := strips.strip(about, event.day))),
        calls=tuple(sorted(calls, key=lambda one: (one.call, one.name))),
        eighths=strips.eighths(event.scenes),
    )


def unplaced(dossier: Dossier, columns: Iterable[Column]) -> list[Scene]:
    """List the scenes played that no day of these holds."""
    placed = {strip.scene for column in columns for strip in column.strips}
    return [played.scene for played in played_scenes(dossier) if played.scene.id not in placed]
