"""The conflicts a date would have somewhere else, said while it is dragged: the days around, the people concerned."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from filage.facts.calendar import Event
from filage.facts.changing import apply_change
from filage.facts.dossier import Dossier
from filage.kernel.errors import BadInput
from filage.kernel.finding import Finding
from filage.planning.conflicts import conflicts
from filage.worktime.check import Breach
from filage.worktime.message import message
from filage_web.planning.entries import people_by_event
from filage_web.planning.marks import marks_of
from filage_web.planning.moving import moved
from filage_web.planning.nearby import Elsewhere, around, hours_of

SHOWN = 3
TOLD_BY_THE_DAY = frozenset({"calendar.public_holiday", "calendar.sunday"})
"""What the review says of the whole calendar at once: here, the day says it of itself."""
RANK = {"blocking": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a date might go; None leaves it as it is."""

    day: date | None = None
    start: time | None = None
    venue: str | None = None


class Told(NamedTuple):
    """One thing said of a place."""

    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a place: the conflicts it would make, the worst first."""

    findings: tuple[Told, ...]

    @property
    def blocking(self) -> int:
        """How many of them break a rule."""
        return sum(one.severity == "blocking" for one in self.findings)

    @property
    def words(self) -> str:
        """All of it in a few sentences."""
        if not self.findings:
            return "Aucun conflit."
        told = " ".join(one.message for one in self.findings[:SHOWN])
        more = len(self.findings) - SHOWN
        return f"{told} Et {more} autre{'s' if more > 1 else ''}." if more > 0 else told


def checked(dossier: Dossier, event: Event, there: Candidate, elsewhere: Elsewhere) -> Said:
    """Say what is new when a date goes somewhere; BadInput when it may not go at all.

    Only what its people, its venue and its vehicles do over the days around is looked at: a rest, a day, a week. What
    runs over months and what it costs come with the effect.
    """
    day = there.day or event.day
    people = people_by_event(dossier).get(event.about, set())
    near = around(dossier, (event.day, day), people)
    after = near
    for change in moved(near, event, day=there.day, start=there.start, venue=there.venue):
        after = apply_change(after, change)
    mine = Elsewhere(tuple(one for one in elsewhere.busy if one.person in people), elsewhere.born)
    was, then = _found(near, mine, event.day), _found(after, mine, day)
    new = [Told(one.severity, one.message) for key, one in then.clashes.items() if key not in was.clashes]
    new += [Told(one.severity, message(one)) for key, one in then.hours.items() if key not in was.hours]
    marks = _marks(dossier, day) if day != event.day else []
    return Said(tuple(sorted([*new, *marks], key=lambda one: RANK[one.severity])))


class _Found(NamedTuple):
    """Everything wrong over some days, each by what makes it the same one before and after."""

    clashes: dict[Hashable, Finding]
    hours: dict[Hashable, Breach]


def _found(dossier: Dossier, elsewhere: Elsewhere, here: date) -> _Found:
    """What is wrong; of the date’s own day, what it carries wherever it goes is the same thing on any day."""
    clashes: dict[Hashable, Finding] = {
        one.key: one for one in conflicts(dossier, elsewhere.busy) if one.code not in TOLD_BY_THE_DAY
    }
    try:
        breaches = hours_of(dossier, elsewhere).breaches
    except BadInput:  # a time that cannot be: among the clashes
        breaches = ()
    return _Found(
        clashes,
        {
            (one.worker.id, one.rule, one.limit.asked.metric, one.actual, one.on != here and one.on): one
            for one in breaches
        },
    )


def _marks(dossier: Dossier, day: date) -> Iterator[Told]:
    """What the day itself says: a public holiday, school holidays."""
    mark = marks_of([day], dossier.employer.holiday_zone).get(day)
    if mark and mark.holiday:
        yield Told("info", f"Jour férié : {mark.holiday}.")
    if mark and mark.school:
        yield Told("info", "Vacances scolaires.")
