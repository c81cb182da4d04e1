"""The part of a dossier around some days: what a question about one date needs, and no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from filage.compliance.worktime import premiere_of, worktime_of
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.team import Engagement
from filage.facts.travel import Leg
from filage.planning.conflicts import Shift as Busy
from filage.worktime.check import Breach, check_worktime
from filage.worktime.shift import Shift

AROUND = 7
"""Days before and after: a rest, a week, six days at a stretch."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the structure's other productions hold of the same people, and their birth days."""

    busy: tuple[Busy, ...] = ()
    born: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """The shifts of some people over some days, and the limits they do not meet."""

    shifts: tuple[Shift, ...]
    breaches: tuple[Breach, ...]


def around(
    dossier: Dossier,
    days: Iterable[date],
    people: Iterable[str] | None = None,
    *,
    kept: str = "",
    apart: int = AROUND,
) -> Dossier:
    """Keep the events around some days (and the one named), with the parts of these people, everyone's without any."""
    wanted = {day + timedelta(days=step) for day in days for step in range(-apart, apart + 1)}
    if premiere := premiere_of(dossier):
        wanted.add(premiere)
    events = {event.id: event for event in dossier.all(Event) if event.day in wanted or event.about == kept}
    who = None if people is None else set(people)
    engaged = {one.about: one.person for one in dossier.all(Engagement)} if who is not None else {}
    parts = {
        part.id: part
        for part in dossier.all(Participation)
        if part.event.partition("/")[2] in events
        and (who is None or (part.person or engaged.get(part.engagement or "")) in who)
    }
    legs = {
        leg.id: leg for leg in dossier.all(Leg) if leg.event is None or leg.event.partition("/")[2] in events
    }
    return Dossier({**dossier.by_kind, "event": events, "participation": parts, "leg": legs})


def hours_of(dossier: Dossier, elsewhere: Elsewhere) -> Hours:
    """Measure the working time of everyone who takes part in something in a dossier."""
    seen = worktime_of(dossier, elsewhere.busy, elsewhere.born)
    report = check_worktime(seen.shifts, seen.workers, seen.setting)
    return Hours(seen.shifts, report.breaches)
