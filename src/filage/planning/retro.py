"""Retro-planning: when each task may start and must end, what is late, and the chain that holds everything.

A critical path in working days (weekends and public holidays out): forward from today and what is started or done,
backward from what is fixed, the eve of an event, a day given, the deadline of a funding file. Tasks that wait for each
other in a circle are named, and planned as if they did not.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from filage.facts.calendar import Event
from filage.facts.funding import Funding
from filage.facts.task import Task
from filage.geo.working_days import day_of, rank_after, rank_of
from filage.kernel import french
from filage.planning.shifts import event_name
from filage.planning.task_order import circles_of, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filage.facts.dossier import Dossier

State = Literal["done", "running", "ready", "waiting"]
_ONE_DAY = timedelta(days=1)
_OPEN = ("to_ask", "asked")


class Fixed(NamedTuple):
    """A day a task is held by, and by what: « veille de « Première » »."""

    on: date
    why: str
    about: str


class PlannedTask(NamedTuple):
    """One task in time: at the earliest and at the latest, its float in working days, what it waits for.

    Days are the first and last worked ones, both included. `latest_start`, `latest_end` and `float_days` are None once
    it is done. A negative float says how many working days are missing.
    """

    task: Task
    state: State
    earliest_start: date
    earliest_end: date
    latest_start: date | None
    latest_end: date | None
    float_days: int | None
    critical: bool
    fixed: Fixed | None
    blocked_by: tuple[str, ...]
    overdue: int
    """Days passed since the day it is held by, when it is not done; else 0."""

    @property
    def about(self) -> str:
        """The task’s reference."""
        return self.task.about

    @property
    def is_late(self) -> bool:
        """Whether it cannot be done in time any more, or should have been done."""
        return self.overdue > 0 or (self.float_days is not None and self.float_days < 0)


class TaskPlan(NamedTuple):
    """Every task in time, in the order given, and the circles of tasks that wait for each other."""

    tasks: tuple[PlannedTask, ...]
    circles: tuple[tuple[str, ...], ...]
    on: date

    def of(self, about: str) -> PlannedTask | None:
        """The task of a reference, planned."""
        return next((task for task in self.tasks if task.about == about), None)

    @property
    def critical(self) -> tuple[PlannedTask, ...]:
        """The critical path: what delays the end, or misses a day, as soon as it slips; in order of time."""
        return tuple(
            sorted((t for t in self.tasks if t.critical), key=lambda t: (t.earliest_start, t.earliest_end))
        )


def plan_tasks_of(dossier: Dossier, today: date) -> TaskPlan:
    """Plan the tasks of a production as seen on a day."""
    return _Network(dossier, today).plan()


def fixed_of(task: Task, dossier: Dossier) -> Fixed | None:
    """What holds a task to a day, the first one when several do; None when nothing does."""
    found = []
    if task.due_on is not None:
        found.append(Fixed(task.due_on, "échéance fixée", task.about))
    event = dossier.find(task.event, Event)
    if event is not None and event.option != "cancelled":
        on = event.day if task.milestone or event.day == date.min else event.day - _ONE_DAY
        held = "jour de" if task.milestone else "veille de"
        found.append(Fixed(on, f"{held} « {event_name(event)} »", event.about))
    funding = dossier.find(task.funding, Funding)
    if funding is not None and funding.deadline_on is not None and funding.state in _OPEN:
        found.append(Fixed(funding.deadline_on, f"dépôt « {funding.label} »", funding.about))
    return min(found, key=lambda one: one.on, default=None)


class _Network:
    """The tasks of a production as positions on a line of working days: a task covers `[start, end[`."""

    def __init__(self, dossier: Dossier, today: date) -> None:
        self.today = today
        self.tasks = {task.about: task for task in dossier.all(Task)}
        edges = {about: tuple(a for a in task.after if a in self.tasks) for about, task in self.tasks.items()}
        self.circles = circles_of(edges)
        ring = {about: rank for rank, circle in enumerate(self.circles) for about in circle}
        self.after = {
            about: tuple(a for a in waits if a not in ring or ring[a] != ring.get(about))
            for about, waits in edges.items()
        }
        self.order = in_order(self.after)
        self.fixed = {about: fixed_of(task, dossier) for about, task in self.tasks.items()}

    @cached_property
    def then(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for about, waits in self.after.items():
            for one in waits:
                found[one].append(about)
        return found

    @cached_property
    def early(self) -> Mapping[str, tuple[int, int]]:
        """Start and end of each task at the earliest."""
        found: dict[str, tuple[int, int]] = {}
        for about in self.order:
            found[about] = self._early(about, max((found[one][1] for one in self.after[about]), default=None))
        return found

    def _early(self, about: str, ready: int | None) -> tuple[int, int]:
        task, now = self.tasks[about], rank_of(self.today)
        length = 0 if task.milestone else task.days
        if task.done_on is not None:
            end = rank_after(task.done_on)
            start = rank_of(task.started_on) if task.started_on else end - length
            return min(start, end), end
        if self._is_begun(task):
            start = rank_of(task.started_on or self.today)
            return start, max(start + length, rank_after(self.today))
        start = now if ready is None else max(ready, now)
        for day in (task.starts_on, task.started_on):  # a start said ahead is one planned
            start = max(start, rank_of(day)) if day is not None else start
        fixed = self.fixed[about]
        if fixed is not None and self._is_held(about):
            start = max(start, rank_after(fixed.on))  # it takes place that day, not before
        return start, start + length

    def _is_begun(self, task: Task) -> bool:
        return task.started_on is not None and task.started_on <= self.today

    @cached_property
    def late(self) -> Mapping[str, int]:
        """The end of each task at the latest, done ones left out."""
        last = max((end for _start, end in self.early.values()), default=0)
        found: dict[str, int] = {}
        for about in reversed(self.order):
            if self.tasks[about].done_on is not None:
                continue
            bounds = [found[one] - self._length(one) for one in self.then.get(about, ()) if one in found]
            fixed = self.fixed[about]
            if fixed is not None:
                bounds.append(rank_after(fixed.on))
            found[about] = min(bounds, default=last)
        return found

    def _length(self, about: str) -> int:
        """What is left of a task: for a started one, from its start; it can no longer move."""
        start, end = self.early[about]
        return end - start

    @cached_property
    def tightest(self) -> Mapping[str, int]:
        """For each task, the smallest float among those tied to it, however far: what its chain has to spare."""
        found: dict[str, int] = {}
        for about in self.late:
            if about in found:
                continue
            group, reached = [about], {about}
            for one in group:
                near = [*self.after[one], *self.then.get(one, ())]
                fresh = [other for other in near if other in self.late and other not in reached]
                reached.update(fresh)
                group.extend(fresh)
            spare = [self._float(one) for one in group if not self._is_held(one)]
            found |= dict.fromkeys(group, min(spare, default=0) if len(group) > 1 else 0)
        return found

    @cached_property
    def critical(self) -> set[str]:
        """What has no more to spare than the tightest of its chain; a day held by an event, when that leads to it."""
        found: set[str] = set()
        for about in self.order:
            if about not in self.late:
                continue
            if self._is_held(about):
                is_critical = self._float(about) < 0 or any(one in found for one in self.after[about])
            else:
                is_critical = self._float(about) <= max(self.tightest[about], 0)
            if is_critical:
                found.add(about)
        return found

    def _is_held(self, about: str) -> bool:
        """Whether it is the milestone of an event: it takes place that day, neither before nor after."""
        task, fixed = self.tasks[about], self.fixed[about]
        return task.milestone and fixed is not None and fixed.about == task.event

    def _float(self, about: str) -> int:
        return self.late[about] - self.early[about][1]

    def plan(self) -> TaskPlan:
        """The tasks in time, in the order given."""
        return TaskPlan(tuple(self._planned(about) for about in self.tasks), self.circles, self.today)

    def _planned(self, about: str) -> PlannedTask:
        task, (start, end), fixed = self.tasks[about], self.early[about], self.fixed[about]
        done = task.done_on is not None
        waits = tuple(one for one in self.after[about] if self.tasks[one].done_on is None)
        late = None if done else self.late[about]
        spare = None if late is None else late - end
        first, last = self._days(task, start, end)
        if not done and task.milestone:
            first = last = max(last, self.today)
        latest = None if late is None else self._days(task, late - (end - start), late)
        return PlannedTask(
            task=task,
            state="done" if done else "running" if self._is_begun(task) else "waiting" if waits else "ready",
            earliest_start=first,
            earliest_end=last,
            latest_start=latest[0] if latest else None,
            latest_end=latest[1] if latest else None,
            float_days=spare,
            critical=about in self.critical,
            fixed=fixed,
            blocked_by=() if done else waits,
            overdue=0 if done or fixed is None else max((self.today - fixed.on).days, 0),
        )

    def _days(self, task: Task, start: int, end: int) -> tuple[date, date]:
        """The first and last days of a stretch; a milestone is on one day, its event’s when it is held there."""
        if task.done_on is not None:
            return task.started_on or day_of(start), task.done_on
        if task.milestone or end <= start:
            fixed = self.fixed[task.about]
            if fixed is not None and rank_after(fixed.on) == end:
                return fixed.on, fixed.on
            return day_of(end - 1), day_of(end - 1)
        begun = task.started_on if self._is_begun(task) else None
        return begun or day_of(start), day_of(end - 1)


# --- what follows -------------------------------------------------------------------------------------------


class Follows(NamedTuple):
    """A task that another’s move moves: its end before and after, and whether it is late now."""

    task: Task
    before: date
    after: date
    is_late: bool
    was_late: bool

    @property
    def days(self) -> int:
        """By how many days, later when positive."""
        return (self.after - self.before).days

    @property
    def told(self) -> str:
        """« Filage technique finit le ven. 13 nov. au lieu du mer. 11 nov. »."""
        now, was = french.day(self.after), french.day(self.before)
        return f"« {self.task.label} » finit au plus tôt le {now} au lieu du {was}"


def what_follows(before: TaskPlan, after: TaskPlan, moved: Iterable[str] = ()) -> tuple[Follows, ...]:
    """The tasks of both plans whose earliest end moved, or that became late, those moved by hand left out."""
    old, by_hand = {task.about: task for task in before.tasks}, set(moved)
    found = []
    for task in after.tasks:
        was = old.get(task.about)
        if was is None or task.about in by_hand:
            continue
        if was.earliest_end != task.earliest_end or was.is_late != task.is_late:
            found.append(Follows(task.task, was.earliest_end, task.earliest_end, task.is_late, was.is_late))
    return tuple(found)
