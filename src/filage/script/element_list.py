"""Lists by element: each role, prop, costume or vehicle, the scenes that need it, who holds it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.facts.base import choices
from filage.facts.calendar import Event
from filage.facts.script import Element
from filage.script.breakdown import Elements, SheetElement
from filage.script.played import Holder, holders_of, played_scenes, role_numbers

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier


@dataclass(frozen=True, slots=True)
class InScene:
    """A scene an element is in: `scene/id`, its number, its title."""

    about: str
    number: str
    heading: str


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One element over the whole text: `number` is that of a role, `eighths` the length of its scenes.

    `days` are those its scenes are planned on, cancelled dates apart.
    """

    element: SheetElement
    number: int | None
    scenes: tuple[InScene, ...]
    eighths: int
    words: int | None
    silent: bool
    holders: tuple[Holder, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ElementList:
    """The elements of one category: roles by number, the others as they appear."""

    category: str
    label: str
    rows: tuple[ElementRow, ...]


def element_lists(dossier: Dossier) -> tuple[ElementList, ...]:
    """Return the elements by category, those no scene needs included; an empty category is left out."""
    elements, numbers, holders = Elements(dossier), role_numbers(dossier), holders_of(dossier)
    played = played_scenes(dossier)
    days: dict[str, set[date]] = defaultdict(set)
    for event in dossier.all(Event):
        for scene in event.scenes if event.option != "cancelled" else ():
            days[scene].add(event.day)
    held: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(played):
        for about in dict.fromkeys(one.scene.elements):
            held[about].append(index)
    rows: dict[str, list[tuple[tuple[int, int], ElementRow]]] = defaultdict(list)
    for rank, element in enumerate(elements.by_about.values()):
        scenes = [played[index] for index in held[element.about]]
        row = ElementRow(
            element=elements.shown(element),
            number=numbers.get(element.about),
            scenes=tuple(
                InScene(one.scene.about, one.scene.number or str(one.rank), one.title) for one in scenes
            ),
            eighths=sum(one.scene.eighths or 0 for one in scenes),
            words=element.words,
            silent=element.silent,
            holders=holders.get(element.about, ()),
            days=tuple(sorted({day for one in scenes for day in days[one.scene.about]})),
        )
        first = row.number or (held[element.about][0] if scenes else len(played))
        rows[element.category].append(((first, rank), row))
    return tuple(
        ElementList(category, label, tuple(row for _, row in sorted(rows[category], key=lambda one: one[0])))
        for category, label in choices(Element, "category").items()
        if rows[category]
    )
