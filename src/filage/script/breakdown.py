"""The breakdown (dépouillement): one sheet per scene with everything it needs, in the order played."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from filage.facts.base import choices, label_of
from filage.facts.calendar import Event
from filage.facts.people import Person
from filage.facts.plan import Plan
from filage.facts.script import Cue, Element, Need, Scene, Shot
from filage.facts.venue import Venue
from filage.script.duration import clock
from filage.script.page import pages
from filage.script.played import (
    Holder,
    PlayedScene,
    holders_of,
    played_scenes,
    role_numbers,
    running_order_of,
)
from filage.script.risks import risk_labels, risks_of

if TYPE_CHECKING:
    from datetime import date, time
    from decimal import Decimal

    from filage.facts.dossier import Dossier

Told = TypeVar("Told", Shot, Cue)


@dataclass(frozen=True, slots=True)
class SheetRole:
    """A role of a scene: its number, who holds it; `silent` never speaks."""

    about: str
    number: int
    label: str
    holders: tuple[Holder, ...]
    silent: bool


@dataclass(frozen=True, slots=True)
class SheetRisk:
    """A precaution a scene asks for, and the elements that ask for it."""

    risk: str
    label: str
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetNeed:
    """A need as a sheet shows it: its state, who looks after it, by when; amounts in euros."""

    about: str
    label: str
    state: str
    state_label: str
    department: str
    owner: str
    needed_on: date | None
    quantity: Decimal | None
    estimate: Decimal | None
    element: str | None


@dataclass(frozen=True, slots=True)
class SheetElement:
    """An element a scene needs: its risks (values of `Element.risks`), its preparation in minutes, its needs."""

    about: str
    label: str
    category: str
    risks: tuple[str, ...]
    minutes: int | None
    note: str
    needs: tuple[SheetNeed, ...]


@dataclass(frozen=True, slots=True)
class ElementGroup:
    """The elements of one category."""

    category: str
    label: str
    elements: tuple[SheetElement, ...]


@dataclass(frozen=True, slots=True)
class SheetEvent:
    """A day a scene is planned on."""

    about: str
    label: str
    type: str
    type_label: str
    day: date
    start: time | None
    venue: str
    option: str
    option_label: str


@dataclass(frozen=True, slots=True)
class BreakdownSheet:
    """Everything one scene needs. `length` is eighths as the trade writes them, « ≈ » when estimated.

    `minutes` is what it takes to shoot or rehearse; `minutes_from` says where that comes from: given, shots,
    length (eighths × the plan's minutes), or nothing. `seconds` is its length on stage or on air.
    """

    about: str
    rank: int
    number: str
    heading: str
    part: str
    spare: bool
    version: str
    int_ext: str
    set: str
    time: str
    eighths: int | None
    estimated: bool
    length: str
    minutes: int | None
    minutes_from: str
    seconds: int | None
    duration: str
    words: int | None
    summary: str
    note: str
    cast: tuple[SheetRole, ...]
    groups: tuple[ElementGroup, ...]
    shots: tuple[Shot, ...]
    cues: tuple[Cue, ...]
    needs: tuple[SheetNeed, ...]
    risks: tuple[SheetRisk, ...]
    events: tuple[SheetEvent, ...]


def breakdown_sheets(dossier: Dossier) -> tuple[BreakdownSheet, ...]:
    """Return one sheet per scene in the order played; scenes cut have none."""
    book = _Book(dossier)
    return tuple(book.sheet(played) for played in played_scenes(dossier))


def breakdown_sheet(dossier: Dossier, scene: str) -> BreakdownSheet | None:
    """Return the sheet of one scene (`scene/id`), or None when it is not played."""
    found = next((played for played in played_scenes(dossier) if played.scene.about == scene), None)
    return _Book(dossier).sheet(found) if found else None


def minutes_of(scene: Scene, shots: Iterable[Shot], plan: Plan | None) -> tuple[int | None, str]:
    """Return how long a scene takes to shoot or rehearse, in minutes, and where that comes from.

    What is given wins, then the sum of its shots, then its eighths at the plan's pace.
    """
    if scene.minutes is not None:
        return scene.minutes, "given"
    timed = [shot.minutes for shot in shots if shot.minutes is not None]
    if timed:
        return sum(timed), "shots"
    if scene.eighths and plan is not None:
        return scene.eighths * plan.minutes_per_eighth, "length"
    return None, ""


def length_of(scene: Scene) -> str:
    """Write the length of a scene: « 1 6/8 », « ≈ 1 6/8 » when estimated, nothing when unknown."""
    if scene.eighths is None:
        return ""
    return f"≈ {pages(scene.eighths)}" if scene.estimated else pages(scene.eighths)


def needs_by_element(dossier: Dossier) -> Mapping[str, tuple[SheetNeed, ...]]:
    """Return the needs of each element, by `element/id`."""
    people = {person.about: person.name() for person in dossier.all(Person)}
    found: dict[str, list[SheetNeed]] = defaultdict(list)
    for need in dossier.all(Need):
        if need.element is not None:
            found[need.element].append(_need(need, people))
    return {element: tuple(needs) for element, needs in found.items()}


def _need(need: Need, people: Mapping[str, str]) -> SheetNeed:
    return SheetNeed(
        about=need.about,
        label=need.label,
        state=need.state,
        state_label=label_of(need, "state"),
        department=need.department or "",
        owner=people.get(need.owner or "", ""),
        needed_on=need.needed_on,
        quantity=need.quantity,
        estimate=need.estimate,
        element=need.element,
    )


class Elements:
    """The elements of a dossier as sheets and lists show them."""

    def __init__(self, dossier: Dossier) -> None:
        self.by_about = {element.about: element for element in dossier.all(Element)}
        self._needs = needs_by_element(dossier)

    def shown(self, element: Element) -> SheetElement:
        """Return one element with its risks and its needs."""
        return SheetElement(
            about=element.about,
            label=element.label,
            category=element.category,
            risks=risks_of(element),
            minutes=element.minutes,
            note=element.note or "",
            needs=self._needs.get(element.about, ()),
        )


class _Book:
    """What every sheet looks up, read once."""

    def __init__(self, dossier: Dossier) -> None:
        self._elements = Elements(dossier)
        self._numbers = role_numbers(dossier)
        self._holders = holders_of(dossier)
        order = running_order_of(dossier)
        self._version = order.label if order else ""
        self._plan = next(iter(dossier.all(Plan)), None)
        self._venues = {venue.about: venue.label for venue in dossier.all(Venue)}
        self._shots = _by_scene(dossier.all(Shot))
        self._cues = _by_scene(dossier.all(Cue))
        self._events: dict[str, list[SheetEvent]] = defaultdict(list)
        for event in sorted(dossier.all(Event), key=lambda one: (one.day, str(one.start or ""))):
            for scene in event.scenes if event.option != "cancelled" else ():
                self._events[scene].append(self._event(event))

    def sheet(self, played: PlayedScene) -> BreakdownSheet:
        """Return the sheet of one scene."""
        scene = played.scene
        held = [self._elements.by_about[one] for one in scene.elements if one in self._elements.by_about]
        shown = [self._elements.shown(element) for element in held]
        minutes, minutes_from = minutes_of(scene, self._shots.get(scene.about, ()), self._plan)
        return BreakdownSheet(
            about=scene.about,
            rank=played.rank,
            number=scene.number or str(played.rank),
            heading=played.title,
            part=played.part or "",
            spare=played.spare,
            version=self._version,
            int_ext=scene.int_ext or "",
            set=scene.set or "",
            time=scene.time or "",
            eighths=scene.eighths,
            estimated=scene.estimated,
            length=length_of(scene),
            minutes=minutes,
            minutes_from=minutes_from,
            seconds=scene.seconds,
            duration="" if scene.seconds is None else clock(scene.seconds),
            words=scene.words,
            summary=scene.summary or "",
            note=scene.note or "",
            cast=self._cast(held),
            groups=_groups(shown),
            shots=self._shots.get(scene.about, ()),
            cues=self._cues.get(scene.about, ()),
            needs=tuple(need for element in shown for need in element.needs),
            risks=_risks(shown),
            events=tuple(self._events.get(scene.about, ())),
        )

    def _cast(self, held: list[Element]) -> tuple[SheetRole, ...]:
        roles = [
            SheetRole(
                element.about,
                self._numbers[element.about],
                element.label,
                self._holders.get(element.about, ()),
                element.silent,
            )
            for element in held
            if element.category == "cast"
        ]
        return tuple(sorted(roles, key=lambda role: role.number))

    def _event(self, event: Event) -> SheetEvent:
        return SheetEvent(
            about=event.about,
            label=event.label or label_of(event, "type"),
            type=event.type,
            type_label=label_of(event, "type"),
            day=event.day,
            start=event.start,
            venue=self._venues.get(event.venue or "", ""),
            option=event.option,
            option_label=label_of(event, "option"),
        )


def _by_scene(facts: Iterable[Told]) -> dict[str, tuple[Told, ...]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for fact in facts:
        found[fact.scene].append(fact)
    return {scene: tuple(held) for scene, held in found.items()}


def _groups(shown: list[SheetElement]) -> tuple[ElementGroup, ...]:
    """The elements by category, in the order of the trade; roles have their own list."""
    labels = choices(Element, "category")
    groups = [
        ElementGroup(category, label, tuple(one for one in shown if one.category == category))
        for category, label in labels.items()
        if category != "cast"
    ]
    return tuple(group for group in groups if group.elements)


def _risks(shown: list[SheetElement]) -> tuple[SheetRisk, ...]:
    found = [
        SheetRisk(risk, label, tuple(one.label for one in shown if risk in one.risks))
        for risk, label in risk_labels().items()
    ]
    return tuple(risk for risk in found if risk.elements)
