"""What the day needs: the elements of its scenes by category, the needs of its events by department, and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.base import choices
from filage.facts.script import Element
from filage.facts.task import Task
from filage.kernel import french
from filage.planning.needs import OPEN
from filage.planning.sheets.pairs import pairs
from filage.planning.sheets.scenes import scenes_of
from filage.planning.sheets.words import capital

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from filage.facts.calendar import Event
    from filage.facts.script import Need
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index
    from filage.planning.sheets.shape import Section

PLAYED = ("cast", "extras")
"""Categories that are called, not brought."""


def needs_section(index: Index, asked: Asked, events: Sequence[Event]) -> Section | None:
    """The needs of a day, one line by category or department; what is still to find says so."""
    words = asked.words
    lines: dict[str, dict[str, str]] = {}
    for category in choices(Element, "category"):
        if category in PLAYED:
            continue
        for element in day_elements(index, events, category):
            lines.setdefault(words(f"category_{category}"), {})[element.about] = element.label
    for need in day_needs(index, events):
        label = _label(index, asked, need)
        told = lines.setdefault(label, {})
        told[need.element or need.about] = _told(asked, need)
    return pairs(
        "needs",
        words("needs"),
        ((label.casefold(), label, ", ".join(told.values())) for label, told in lines.items()),
    )


def day_elements(index: Index, events: Sequence[Event], category: str) -> list[Element]:
    """The elements of a category in the scenes of a day, each once."""
    found = dict.fromkeys(
        about
        for _event, scene in scenes_of(index, events)
        for about in scene.elements
        if about in index.elements
    )
    return [index.elements[about] for about in found if index.elements[about].category == category]


def day_needs(index: Index, events: Sequence[Event]) -> list[Need]:
    """The needs the events of a day name, each once."""
    return [
        index.needs[about]
        for about in dict.fromkeys(about for event in events for about in event.needs)
        if about in index.needs
    ]


def _label(index: Index, asked: Asked, need: Need) -> str:
    """The category of what is needed, else the department, else « Besoins »."""
    element = index.elements.get(need.element or "")
    if element and element.category not in PLAYED:
        return asked.words(f"category_{element.category}")
    return capital(need.department or asked.words("category_equipment"))


def _told(asked: Asked, need: Need) -> str:
    quantity = f" ({french.number(need.quantity)})" if need.quantity else ""
    state = f" – {asked.words(need.state)}" if need.state in OPEN else ""
    return f"{need.label}{quantity}{state}"


def tasks_section(index: Index, asked: Asked, day: date, events: Sequence[Event]) -> Section | None:
    """What must be done before the day: the tasks tied to its events, or due that day."""
    here = {event.about for event in events}
    told = [
        (task.id, index.short(task.owner or "") or capital(task.department or "") or "–", task.label)
        for task in index.dossier.all(Task)
        if task.done_on is None
        and not task.milestone
        and (task.event in here or task.due_on == day)
        and (asked.person is None or task.owner == asked.person)
    ]
    return pairs("tasks", asked.words("tasks"), told)
