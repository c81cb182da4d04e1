"""Working time of a production: its calendar against the limits, and the formalities the texts ask for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from filage.compliance.worktime_calendar import Worktime, premiere_of, worktime_of
from filage.compliance.worktime_papers import formalities
from filage.compliance.worktime_remedies import remedies
from filage.facts.calendar import Event
from filage.facts.travel import Leg
from filage.kernel.finding import Deadline, Finding, NotChecked
from filage.kernel.text import fold
from filage.payroll.hours import shifts_of
from filage.worktime.asked import undescribed
from filage.worktime.check import Breach, Missing, check_worktime, names
from filage.worktime.message import message
from filage.worktime.metrics import AVERAGED_WEEKS, METRICS
from filage.worktime.shift import Shift

__all__ = ["Worktime", "premiere_of", "worktime_findings", "worktime_of"]

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.payroll.hours import Shift as Presence
    from filage.planning.conflicts import Shift as Busy

KEY = re.compile(r" \([a-z]+_?[a-z]+\)")
"""The key of a file beside a missing fact: of use on the command line, not in a production."""


def worktime_findings(
    dossier: Dossier, today: date, busy: Iterable[Busy] = (), born: Iterable[tuple[str, date]] = ()
) -> tuple[list[Finding], list[NotChecked], list[Deadline]]:
    """Return the limits a production does not meet, what could not be checked, and the formalities to come.

    A finding is about `person/id`, its source the article, its remedies changes of the calendar where one would do it.
    Two presences at once are told by `planning.conflicts`. Limits broken only by other productions are theirs.
    """
    seen = worktime_of(dossier, busy, born)
    report = check_worktime(seen.shifts, seen.workers, seen.setting)
    days = _days_by_person(seen.presences)
    findings = [
        _finding(breach, seen, dossier, today)
        for breach in report.breaches
        if _concerns(breach, days[breach.worker.id])
    ]
    papers, deadlines, told = formalities(dossier, seen.workers, seen.presences, seen.setting, today)
    missing = _together(one for one in report.missing if one.rule not in told)
    return [*findings, *papers], [*undescribed(seen.setting), *missing, *_untimed(dossier)], deadlines


def _days_by_person(presences: Mapping[Shift, Presence]) -> Mapping[str, set[date]]:
    days: dict[str, set[date]] = defaultdict(set)
    for shift in presences:
        days[shift.person].add(shift.day)
    return days


def _concerns(breach: Breach, days: set[date]) -> bool:
    """Whether the production has its share in a breach that other productions may make."""
    metric = METRICS[breach.limit.asked.metric]
    if not metric.week:
        return not days.isdisjoint({breach.on + timedelta(days=shift) for shift in (-1, 0, 1)})
    weeks = AVERAGED_WEEKS if breach.limit.asked.metric.startswith("avg_") else 1
    first = breach.on - timedelta(weeks=weeks - 1)
    return any(first <= day < breach.on + timedelta(days=7) for day in days)


def _finding(breach: Breach, seen: Worktime, dossier: Dossier, today: date) -> Finding:
    return Finding(
        "worktime.limit",
        breach.severity,
        breach.worker.id,
        message(breach),
        breach.limit.row.source,
        remedies(breach, seen, dossier, today),
        subject=f"{breach.rule} {breach.on.isoformat()} {breach.limit.asked.metric}",
    )


def _together(missing: Iterable[Missing]) -> list[NotChecked]:
    """One line a missing fact, naming the rules it keeps from being checked and the people it is missing for."""
    rules: dict[str, dict[str, None]] = {}
    people: dict[str, dict[str, None]] = {}
    for one in missing:
        needs = KEY.sub("", one.needs)
        rules.setdefault(needs, {})[one.rule] = None
        people.setdefault(needs, {}).update(dict.fromkeys(one.people))
    return [
        NotChecked(", ".join(found), f"{needs} : {names(sorted(people[needs], key=fold))}")
        for needs, found in rules.items()
    ]


def _untimed(dossier: Dossier) -> list[NotChecked]:
    """What has no hours cannot be checked: presences without times, journeys without duration."""
    found = []
    without = sum(1 for one in shifts_of(dossier) if one.held is None)
    if without:
        found.append(
            NotChecked("temps de travail", f"les horaires de {without} présence{'s' if without > 1 else ''}")
        )
    if dossier.all(Leg) and not any(event.type == "travel" for event in dossier.all(Event)):
        needs = "la durée des voyages : les inscrire au calendrier, comme événements avec leurs heures"
        found.append(NotChecked("temps de voyage", needs))
    return found
