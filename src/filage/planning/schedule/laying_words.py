"""The rules of a plan in French: what is told when they conflict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from filage.planning.schedule.laying_problem import (
    DAY_HOURS,
    NIGHT_HOURS,
    PAGES,
    PAUSES,
    REST,
    SPAN,
    SUN,
    WEEK,
    LayingProblem,
    clock,
)

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def weekday(day: date) -> str:
    """Write `mardi 27 octobre`."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number} {MONTHS[day.month - 1]}"


def told_minute(minute: int) -> str:
    """Write an hour of the plan: `9 h 30`."""
    return clock(minute)


def rules_in_words(problem: LayingProblem) -> LayingProblem:
    """The same problem, with a sentence for each rule that may be named in a conflict."""
    rules: dict[str, str] = {}
    for slot in problem.slots:
        if slot.closed:
            rules[slot.closed] = _closed(problem, slot.closed, slot.day)
        if slot.event:
            rules[slot.event] = (
                f"« {problem.names.get(slot.event, slot.event)} » est verrouillé le {weekday(slot.day)}"
            )
    rules |= {lock.id: lock.words for lock in problem.locks}
    rules |= {absence.id: absence.words for absence in problem.absences}
    for one in problem.people:
        if one.minor and one.limits:
            hours = one.limits[0].hours
            rules[f"hours/{one.person}"] = (
                f"{one.name}, mineur, travaille entre {clock(hours[0])} et {clock(hours[1])}"
            )
            most = max(limits.work for limits in one.limits)
            rules[f"work/{one.person}"] = f"{one.name}, mineur, travaille {_duration(most)} par jour au plus"
    if problem.sort == "shoot":
        rules |= _shooting(problem)
    rules |= _worktime(problem)
    return replace(problem, rules=rules)


def _closed(problem: LayingProblem, rule: str, day: date) -> str:
    if rule.startswith("plan/off/"):
        return f"on ne travaille pas le {DAYS[day.weekday()]}"
    if rule.startswith("plan/excluded/"):
        return f"le {weekday(day)} est exclu du plan"
    return f"le lieu est pris le {weekday(day)} par « {problem.names.get(rule, rule.partition('/')[2])} »"


def _shooting(problem: LayingProblem) -> dict[str, str]:
    rules = {
        DAY_HOURS: f"les scènes de jour se tournent de {clock(problem.day[0])} à {clock(problem.day[1])}",
        NIGHT_HOURS: f"les scènes de nuit se tournent de {clock(problem.night[0])} à {clock(problem.night[1])}",
    }
    if problem.eighths is not None:
        rules[PAGES] = f"une journée prend {problem.eighths} huitièmes au plus"
    if any(slot.sun for slot in problem.slots):
        rules[SUN] = "les extérieurs suivent le soleil"
    return rules


def _worktime(problem: LayingProblem) -> dict[str, str]:
    limits = [one.limits[0] for one in problem.people if one.limits]
    if not limits:
        return {}
    rest, span = max(one.rest for one in limits), min(one.span for one in limits)
    week = min(one.week for one in limits)
    return {
        REST: f"il faut jusqu’à {_duration(rest)} de repos entre deux jours de travail",
        SPAN: f"une journée ne dépasse pas {_duration(span)} de la convocation à la fin",
        WEEK: f"une semaine compte {_duration(week)} de travail au plus, et son repos",
        PAUSES: "les journées longues ont leurs pauses et leur repas",
    }


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"
