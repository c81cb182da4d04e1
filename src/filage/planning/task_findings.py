"""What the tasks ask for: late ones, those that cannot be done in time, circles, nobody in charge; and their days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from filage.facts.people import Person
from filage.facts.task import Task
from filage.kernel import french
from filage.kernel.changes import set_
from filage.kernel.finding import Deadline, Finding, Remedy
from filage.planning.retro import plan_tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.planning.retro import PlannedTask, TaskPlan

SOON = timedelta(days=14)
"""From how long before its start a task wants somebody in charge."""
AHEAD = timedelta(days=30)
"""How far ahead the dashboard tells of a task."""
AREA = "taches"


def task_findings(dossier: Dossier, plan: TaskPlan) -> list[Finding]:
    """Return what is wrong with the tasks, each said where it is held and not again along its chain."""
    names = {task.about: task.label for task in dossier.all(Task)}
    found = [_circle(circle, names, dossier) for circle in plan.circles]
    dragged = _dragged(plan)
    for task in plan.tasks:
        if task.state == "done":
            continue
        if task.overdue:
            found.append(_late(task))
        elif _is_short(task) and task.about not in dragged:
            after = sum(task.about in causes for causes in dragged.values())
            found.append(_impossible(task, after))
        found += _without_owner(task, plan.on)
    return found


def _is_short(task: PlannedTask) -> bool:
    """Whether it is held by a day it cannot meet."""
    return task.fixed is not None and task.float_days is not None and task.float_days < 0


def _dragged(plan: TaskPlan) -> dict[str, set[str]]:
    """The tasks that cannot meet their day because of others that come before them and cannot either: which ones."""
    short = {task.about for task in plan.tasks if task.state != "done" and (_is_short(task) or task.overdue)}
    waits = {task.about: task.blocked_by for task in plan.tasks}
    found: dict[str, set[str]] = {}
    for about in short:
        reached, stack = {about}, [about]
        while stack:
            fresh = [one for one in waits[stack.pop()] if one not in reached]
            reached.update(fresh)
            stack.extend(fresh)
        causes = (reached & short) - {about}
        if causes:
            found[about] = causes
    return found


def _circle(circle: tuple[str, ...], names: dict[str, str], dossier: Dossier) -> Finding:
    told = " → ".join(f"« {names[about]} »" for about in circle)
    if len(circle) == 1:
        message = f"{told} s’attend elle-même : elle ne peut pas commencer."
    else:
        message = f"{told} s’attendent l’une l’autre : aucune ne peut commencer."
    remedies = tuple(_without(about, circle, names, dossier) for about in circle)
    return Finding("task.circle", "blocking", circle[0], message, remedies=remedies)


def _without(about: str, circle: tuple[str, ...], names: dict[str, str], dossier: Dossier) -> Remedy:
    task = dossier.find(about, Task)
    kept = [one for one in task.after if one not in circle] if task else []
    change = set_(about, after=kept) if kept else set_(about, clear=("after",))
    return Remedy(f"Ne plus faire attendre « {names[about]} »", changes=(change,))


def _late(task: PlannedTask) -> Finding:
    assert task.fixed is not None
    days = f"{task.overdue} jour{'s' if task.overdue > 1 else ''}"
    message = (
        f"{_called(task)} devait être {_done(task)} le {french.day(task.fixed.on)} ({task.fixed.why}) : "
        f"{days} de retard."
    )
    return Finding("task.late", "warning", task.about, message, subject="late")


def _impossible(task: PlannedTask, after: int) -> Finding:
    assert task.fixed is not None
    spare = task.float_days or 0
    short = f"{-spare} jour{'s' if spare < -1 else ''} ouvré{'s' if spare < -1 else ''}"
    message = (
        f"{_called(task)} ne peut pas être {_done(task)} pour le {french.day(task.fixed.on)} "
        f"({task.fixed.why}) : au plus tôt le {french.day(task.earliest_end)}, il manque {short}."
    )
    if after:
        several = "s" if after > 1 else ""
        message += f" {after} tâche{several} en retard avec elle."
    remedies = (
        Remedy("Raccourcir ou mener de front les tâches qui la précèdent"),
        Remedy("Repousser le jour qui la tient"),
    )
    return Finding("task.impossible", "warning", task.about, message, remedies=remedies, subject="impossible")


def _without_owner(task: PlannedTask, today: date) -> Iterator[Finding]:
    if task.task.owner is not None or task.task.milestone or task.latest_start is None:
        return
    if task.fixed is None and not task.critical:
        return
    if task.latest_start <= today + SOON:
        message = (
            f"Personne n’est chargé de « {task.task.label} », à commencer au plus tard le "
            f"{french.day(task.latest_start)}."
        )
        yield Finding("task.no_owner", "warning", task.about, message, subject="no_owner")


def _called(task: PlannedTask) -> str:
    return f"{'Le jalon' if task.task.milestone else 'La tâche'} « {task.task.label} »"


def _done(task: PlannedTask) -> str:
    return "tenu" if task.task.milestone else "finie"


def task_deadlines(dossier: Dossier, plan: TaskPlan) -> list[Deadline]:
    """What is to be done within thirty days, or is late: tasks held by a day, or on the critical path."""
    people = {person.about: person.name() for person in dossier.all(Person)}
    found = []
    for task in plan.tasks:
        if task.state == "done" or task.latest_end is None:
            continue
        on = task.fixed.on if task.fixed is not None else task.latest_end if task.critical else None
        if on is not None and on <= plan.on + AHEAD:
            owner = people.get(task.task.owner or "", "")
            found.append(Deadline(on, task.task.label, task.about, AREA, owner))
    return found


def tasks_reviewed(dossier: Dossier, today: date) -> tuple[list[Finding], list[Deadline]]:
    """What a review says of the tasks: findings and deadlines; nothing is planned when there is no task."""
    if not dossier.all(Task):
        return [], []
    plan = plan_tasks_of(dossier, today)
    return task_findings(dossier, plan), task_deadlines(dossier, plan)
