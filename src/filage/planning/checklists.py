"""Usual tasks of a kind of production, with what each waits for and how long before: laid back from one day.

They are usage of the profession, not law: each one is proposed, and kept or not (`data/tasks/*.yaml`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from filage.facts.calendar import Event
from filage.facts.task import Task
from filage.geo.working_days import last_from
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput, Problem
from filage.kernel.interval import later_day
from filage.kernel.text import fold
from filage.planning.fresh_ids import FreshIds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from filage.facts.dossier import Dossier

ANCHORS = {
    "premiere": ("la première", "performance"),
    "first_shoot": ("le premier jour de tournage", "shoot"),
    "first_event": ("le premier événement", ""),
}
"""What a list is laid back from: how it is called, and the nature of the event that is it."""


@dataclass(frozen=True, slots=True)
class UsualTask:
    """One task of a list: what, how many working days, how many calendar days before the day all is laid back from."""

    id: str
    label: str
    phase: str
    before: int
    days: int
    after: tuple[str, ...] = ()
    milestone: bool = False
    event: bool = False
    """Whether it is that day itself."""
    priority: str = "normal"
    department: str = ""
    checklist: tuple[str, ...] = ()

    def due_on(self, anchor: date) -> date:
        """The day it must be done by: a working one, unless it is the day itself."""
        day = later_day(anchor, -self.before)
        return day if self.event else last_from(day)


@dataclass(frozen=True, slots=True)
class UsualTasks:
    """A list of usual tasks, for some kinds of production."""

    name: str
    title: str
    forms: tuple[str, ...]
    anchor: str
    tasks: tuple[UsualTask, ...]

    @property
    def anchor_words(self) -> str:
        """What it is laid back from: « la première »."""
        return ANCHORS[self.anchor][0]


@cache
def usual_lists() -> tuple[UsualTasks, ...]:
    """Read every list, in the order of their titles."""
    folder = files("filage.data").joinpath("tasks")
    found = [
        _read(entry.name.removesuffix(".yaml"), yaml.safe_load(entry.read_text("utf-8")))
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    ]
    return tuple(sorted(found, key=lambda one: fold(one.title)))


def _read(name: str, data: Mapping[str, Any]) -> UsualTasks:
    rows: list[dict[str, Any]] = [
        {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        for row in data["tasks"]
    ]
    return UsualTasks(
        name, data["title"], tuple(data["forms"]), data["anchor"], tuple(UsualTask(**row) for row in rows)
    )


def usual_for(form: str) -> tuple[UsualTasks, ...]:
    """Return the lists, those of this kind of production first."""
    return tuple(sorted(usual_lists(), key=lambda one: form not in one.forms))


def list_named(name: str) -> UsualTasks:
    """Return the list of a name; BadInput when there is none."""
    found = next((one for one in usual_lists() if one.name == name), None)
    if found is None:
        known = ", ".join(one.name for one in usual_lists())
        raise BadInput(Problem(f"la liste de tâches « {name} » n’existe pas", expected=known))
    return found


def anchor_event(dossier: Dossier, anchor: str) -> Event | None:
    """The event a list is laid back from: the première that is named, else the first of its nature; None without."""
    nature = ANCHORS[anchor][1]
    events = [
        event
        for event in dossier.all(Event)
        if event.option != "cancelled" and (not nature or event.type == nature)
    ]
    named = [event for event in events if event.premiere and nature == "performance"]
    return min(named or events, key=lambda event: (event.day, str(event.start or "")), default=None)


def lay_tasks(
    dossier: Dossier,
    usual: UsualTasks,
    anchor: date,
    keep: Collection[str] | None = None,
    *,
    taken: Collection[str] = (),
) -> list[Change]:
    """Return the changes that add the usual tasks (those of `keep`, all without it), laid back from a day.

    A task left out is waited for by nobody: what it waited for is waited for instead. BadInput when nothing is kept.
    """
    kept = [task for task in usual.tasks if keep is None or task.id in keep]
    if not kept:
        raise BadInput(Problem("aucune tâche n’est choisie", suggestion="cochez au moins une tâche"))
    ids = FreshIds(dossier, taken)
    abouts = {task.id: ids.take("task", task.id) for task in kept}
    phases = {fold(phase.label): phase.id for phase in dossier.production.phases}
    held = anchor_event(dossier, usual.anchor)
    event = held.about if held is not None and held.day == anchor else None
    after = {task.id: tuple(abouts[one] for one in _waits(task, usual, abouts)) for task in kept}
    return [
        add(abouts[task.id], **_values(task, anchor, after[task.id], phases.get(fold(task.phase)), event))
        for task in kept
    ]


def _waits(task: UsualTask, usual: UsualTasks, kept: Collection[str]) -> Iterator[str]:
    """What a task waits for among those kept, through those left out."""
    by_id = {one.id: one for one in usual.tasks}
    found: dict[str, None] = {}
    stack = list(reversed(task.after))
    while stack:
        name = stack.pop()
        if name in kept:
            found[name] = None
        else:
            stack.extend(reversed(by_id[name].after))
    yield from found


def _values(
    task: UsualTask, anchor: date, after: tuple[str, ...], phase: str | None, event: str | None
) -> dict[str, Any]:
    values: dict[str, Any] = {"label": task.label, "days": str(task.days)}
    if task.milestone:
        values["milestone"] = "true"
    if task.event and event is not None:
        values["event"] = event
    else:
        values["due_on"] = task.due_on(anchor).isoformat()
    if task.priority != "normal":
        values["priority"] = task.priority
    optional = {"phase": phase, "department": task.department, "after": list(after)}
    values |= {name: value for name, value in optional.items() if value}
    if task.checklist:
        values["checklist"] = [{"label": label} for label in task.checklist]
    return values


def shift_tasks(dossier: Dossier, tasks: Iterable[str], days: int) -> list[Change]:
    """Move the days given to tasks not done by so many days; those held by an event follow it by themselves."""
    changes = []
    for about in dict.fromkeys(tasks):
        task = dossier.find(about, Task)
        if task is None or task.done_on is not None or not days:
            continue
        values: dict[str, Any] = {
            name: later_day(day, days).isoformat()
            for name in ("starts_on", "due_on")
            if (day := getattr(task, name))
        }
        if values:
            changes.append(set_(about, **values))
    return changes
