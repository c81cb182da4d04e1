"""What has to be done before something else: tasks and milestones, planned and actual."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.scalars import Count, Day, Flag, Id, Text


class Check(Part):
    """One thing to tick."""

    label: Text = say("À faire")
    done: Flag = say("Fait", default=False)


class Task(Fact):
    """Something to do, or a milestone to hold: how long it takes, what it waits for, when it must end."""

    kind = "task"
    title = "Tâche"
    collection = "tasks"

    label: Text = say("Tâche")
    milestone: Flag = say("Jalon", default=False)
    phase: Id | None = maybe("Phase")
    owner: Annotated[str, RefTo("person")] | None = maybe("Responsable")
    priority: Annotated[str, Choice(high="Haute", normal="Normale", low="Basse")] = say(
        "Priorité", default="normal"
    )
    days: Count = say("Durée", "En jours ouvrés ; 0 pour un jalon.", unit="jours", default=1)
    after: tuple[Annotated[str, RefTo("task")], ...] = many(
        "Après", "Les tâches qui doivent être finies avant."
    )
    event: Annotated[str, RefTo("event")] | None = maybe("Avant l’événement", "Doit être finie la veille.")
    funding: Annotated[str, RefTo("funding")] | None = maybe("Pour le financement")
    starts_on: Day | None = maybe("Pas avant le")
    due_on: Day | None = maybe("Au plus tard le")
    started_on: Day | None = maybe("Commencée le")
    done_on: Day | None = maybe("Faite le")
    checklist: tuple[Check, ...] = many("Liste")
    department: Text | None = maybe("Service")
