"""The tasks as the page shows them: in time, grouped, filtered; nothing is read but the dossier."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filage.facts.base import choices
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.production import Phase
from filage.facts.task import Task
from filage.kernel import french
from filage.kernel.text import fold
from filage.planning.retro import PlannedTask, TaskPlan, plan_tasks_of

PRIORITIES: Final = choices(Task, "priority")
GROUPINGS: Final = {
    "phase": gettext_lazy("Phase"),
    "responsable": gettext_lazy("Responsable"),
    "priorite": gettext_lazy("Priorité"),
}
STATES: Final = {
    "ouvertes": gettext_lazy("À faire"),
    "retard": gettext_lazy("En retard"),
    "chemin": gettext_lazy("Chemin critique"),
    "faites": gettext_lazy("Faites"),
    "toutes": gettext_lazy("Toutes"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks for."""

    state: str = "ouvertes"
    owner: str = ""
    """`person/id`, or nobody for `aucun`."""
    grouping: str = "phase"


@dataclass(frozen=True, slots=True)
class Row:
    """One task ready to draw."""

    planned: PlannedTask
    owner: str
    phase: str
    waits: tuple[str, ...]
    revision: int

    @property
    def task(self) -> Task:
        """The fact."""
        return self.planned.task

    @property
    def ticked(self) -> int:
        """How many lines of its list are ticked."""
        return sum(check.done for check in self.task.checklist)

    @property
    def status(self) -> str:
        """What its tag says: done, breach when late, doubt on the critical path without a day to spare."""
        if self.planned.state == "done":
            return "done"
        if self.planned.is_late:
            return "breach"
        return "doubt" if self.planned.critical and not self.planned.float_days else ""

    @property
    def words(self) -> str:
        """What its tag says in words."""
        planned = self.planned
        if planned.state == "done":
            return _("faite")
        if planned.overdue:
            return _("en retard de %(n)s j") % {"n": planned.overdue}
        if planned.is_late:
            return _("impossible à temps")
        states = {"running": _("commencée"), "ready": _("à commencer"), "waiting": _("en attente")}
        return str(states[planned.state])

    @property
    def margin(self) -> str:
        """Its float as written: `5 j`, `−2 j`."""
        days = self.planned.float_days
        return "" if days is None else f"{french.number(Decimal(days))}{french.NBSP}j"

    @property
    def due(self) -> date | None:
        """The day it is held by, else the last day it may end on the critical path."""
        if self.planned.fixed is not None:
            return self.planned.fixed.on
        return self.planned.latest_end


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks under one title."""

    label: str
    rows: tuple[Row, ...]


def rows_of(dossier: Dossier, plan: TaskPlan, revisions: dict[str, int]) -> list[Row]:
    """Draw every task up, in the order of time."""
    people = {person.about: person.name() for person in dossier.all(Person)}
    phases = {phase.id: phase.label for phase in dossier.production.phases}
    names = {task.about: task.task.label for task in plan.tasks}
    rows = [
        Row(
            planned,
            people.get(planned.task.owner or "", ""),
            phases.get(planned.task.phase or "", ""),
            tuple(names[about] for about in planned.blocked_by),
            revisions.get(planned.about, 0),
        )
        for planned in plan.tasks
    ]
    return sorted(rows, key=_order)


def _order(row: Row) -> tuple[date, date, str]:
    planned = row.planned
    return (row.due or planned.earliest_end, planned.earliest_start, fold(row.task.label))


def kept(rows: Iterable[Row], chosen: Filter) -> list[Row]:
    """Keep what the address asks for."""
    return [row for row in rows if _is_in(row, chosen.state) and _is_for(row, chosen.owner)]


def _is_in(row: Row, state: str) -> bool:
    done = row.planned.state == "done"
    match state:
        case "retard":
            return row.planned.is_late
        case "chemin":
            return row.planned.critical
        case "faites":
            return done
        case "toutes":
            return True
        case _:
            return not done


def _is_for(row: Row, owner: str) -> bool:
    if owner == "aucun":
        return row.task.owner is None
    return not owner or row.task.owner == owner


def counts_of(rows: Iterable[Row]) -> dict[str, int]:
    """How many tasks each state shows."""
    listed = list(rows)
    return {state: sum(_is_in(row, state) for row in listed) for state in STATES}


def groups_of(rows: Iterable[Row], dossier: Dossier, grouping: str) -> list[Group]:
    """Group tasks: by phase in the order of phases, by owner by name, by priority the highest first."""
    phases = {phase.id: rank for rank, phase in enumerate(_in_order(dossier.production.phases))}
    ranks = {name: rank for rank, name in enumerate(PRIORITIES)}

    def key(row: Row) -> tuple[int, str, str]:
        if grouping == "responsable":
            return (not row.owner, fold(row.owner), row.owner or _("Sans responsable"))
        if grouping == "priorite":
            return (ranks[row.task.priority], "", PRIORITIES[row.task.priority])
        return (phases.get(row.task.phase or "", len(phases)), "", row.phase or _("Sans phase"))

    ordered = sorted(rows, key=lambda row: (*key(row), *_order(row)))
    return [Group(label[2], tuple(found)) for label, found in groupby(ordered, key=key)]


def _in_order(phases: Iterable[Phase]) -> list[Phase]:
    return sorted(phases, key=lambda phase: (phase.starts_on, phase.ends_on))


def owners_of(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """Who is in charge of something, by name."""
    found = {row.task.owner: row.owner for row in rows if row.task.owner}
    return sorted(found.items(), key=lambda pair: fold(pair[1]))


def tightest_chain(plan: TaskPlan) -> list[PlannedTask]:
    """The critical tasks tied to the one with least to spare, in the order of time."""
    critical = {task.about: task for task in plan.critical}
    if not critical:
        return []
    first = min(critical.values(), key=lambda task: (task.float_days or 0, task.earliest_start))
    ties: dict[str, set[str]] = {about: set() for about in critical}
    for task in critical.values():
        for about in task.task.after:
            if about in critical:
                ties[about].add(task.about)
                ties[task.about].add(about)
    reached, stack = {first.about}, [first.about]
    while stack:
        fresh = ties[stack.pop()] - reached
        reached |= fresh
        stack.extend(fresh)
    return [task for task in plan.critical if task.about in reached]


def margin_of(chain: Iterable[PlannedTask]) -> int | None:
    """Working days a chain has to spare; a milestone held on its day by an event has none of its own to tell."""
    spare = [task for task in chain if task.float_days is not None]
    free = [task for task in spare if not (task.task.milestone and task.task.event)] or spare
    return min((task.float_days or 0 for task in free), default=None)


def mine_of(dossier: Dossier, email: str, today: date) -> list[Row]:
    """The tasks a member has to do, by their e-mail address; none when they are nobody here, or have nothing to do."""
    me = person_of(dossier, email)
    if me is None or not any(task.owner == me.about and task.done_on is None for task in dossier.all(Task)):
        return []
    return kept(rows_of(dossier, plan_tasks_of(dossier, today), {}), Filter(owner=me.about))


def person_of(dossier: Dossier, email: str) -> Person | None:
    """The person a member is, by their e-mail address; None when nobody or several bear it."""
    wanted = email.strip().casefold()
    found = [one for one in dossier.all(Person) if one.email and one.email.strip().casefold() == wanted]
    return found[0] if wanted and len(found) == 1 else None
