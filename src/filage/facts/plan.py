"""What a schedule must hold: the days there are, how much a day takes, what is locked."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.scalars import Count, Day, Flag, Text, WallTime


class Lock(Part):
    """A scene that must be on a day, or before another."""

    scene: Annotated[str, RefTo("scene")] = say("Scène")
    day: Day | None = maybe("Le", "Exactement ce jour.")
    before: Annotated[str, RefTo("scene")] | None = maybe("Avant la scène")
    reason: Text | None = maybe("Pourquoi")


class Service(Part):
    """A stretch of a working day: a rehearsal call."""

    start: WallTime = say("De")
    end: WallTime = say("À")


class Plan(Fact):
    """How the scenes are to be laid over days: shooting or rehearsing, from when to when, under which limits."""

    kind = "plan"
    title = "Plan de travail"
    collection = "plans"

    label: Text = say("Nom")
    type: Annotated[str, Choice(shoot="Tournage", rehearse="Répétitions")] = say("Nature", default="shoot")
    starts_on: Day = say("Du")
    ends_on: Day = say("Au")
    days_off: tuple[Annotated[str, Choice(
        monday="lundi", tuesday="mardi", wednesday="mercredi", thursday="jeudi", friday="vendredi",
        saturday="samedi", sunday="dimanche",
    )], ...] = say("Jours sans travail", default=("sunday",))  # fmt: skip
    excluded: tuple[Day, ...] = many("Jours exclus")
    day_start: WallTime = say("Journée de", default=time(9))
    day_end: WallTime = say("Journée jusqu’à", default=time(19))
    night_start: WallTime = say("Nuit de", default=time(18))
    night_end: WallTime = say("Nuit jusqu’à", default=time(2))
    lunch: Count = say("Pause repas", unit="min", default=60)
    setup: Count = say("Mise en place d’un décor", unit="min", default=30)
    move: Count = say("Changement de lieu", unit="min", default=60)
    minutes_per_eighth: Count = say("Minutes par huitième", default=12)
    eighths_per_day: Count | None = maybe("Huitièmes par jour, au plus")
    services: tuple[Service, ...] = many("Services", "Répétitions : les services d’une journée.")
    venue: Annotated[str, RefTo("venue")] | None = maybe("Lieu", "Répétitions : où elles se font.")
    group_sets: Flag = say("Grouper les décors", default=True)
    locks: tuple[Lock, ...] = many("Verrous")
