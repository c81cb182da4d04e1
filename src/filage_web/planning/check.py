"""The conflicts a date would have somewhere else, said while it is dragged: the days around, the people concerned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from filage.facts.calendar import Event
from filage.facts.changing import apply_change
from filage.facts.dossier import Dossier
from filage.kernel import french
from filage.kernel.errors import BadInput
from filage.planning.conflicts import conflicts
from filage.review import Outcome
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


def checked(outcome: Outcome, event: Event, there: Candidate, elsewhere: Elsewhere) -> Said:
    """Say what is new when a date goes somewhere; BadInput when it may not go at all.

    Only what its people, its venue and its vehicles do over the days around is looked at: a rest, a day, a week. What
    runs over months and what it costs come with the effect. What was wrong before is what the review of today says.
    """
    dossier, day = outcome.dossier, there.day or event.day
    people = people_by_event(dossier).get(event.about, set())
    near = around(dossier, [day], people, kept=event.about)
    for change in moved(near, event, day=there.day, start=there.start, venue=there.venue):
        near = apply_change(near, change)
    mine = Elsewhere(tuple(one for one in elsewhere.busy if one.person in people), elsewhere.born)
    new = [*_clashes(near, outcome, mine), *_hours(near, outcome, mine, event.day, day)]
    marks = _marks(dossier, day) if day != event.day else []
    return Said(tuple(sorted([*new, *marks], key=lambda one: RANK[one.severity])))


def _clashes(near: Dossier, outcome: Outcome, elsewhere: Elsewhere) -> Iterator[Told]:
    """Who and what is taken twice, too far, too late or without light, that was not."""
    known = {one.key for one in outcome.findings if one.code.startswith("calendar.")}
    for one in conflicts(near, elsewhere.busy):
        if one.code not in TOLD_BY_THE_DAY and one.key not in known:
            yield Told(one.severity, one.message)


def _hours(near: Dossier, outcome: Outcome, elsewhere: Elsewhere, old: date, new: date) -> Iterator[Told]:
    """The limits of working time not met that were; what a date carries wherever it goes is not new."""
    known = {(one.about, one.subject) for one in outcome.findings if one.code == "worktime.limit"}
    said = {one.message for one in outcome.findings if one.code == "worktime.limit"}
    try:
        breaches = hours_of(near, elsewhere).breaches
    except BadInput:  # a time that cannot be: among the clashes
        return
    for one in breaches:
        if (one.worker.id, f"{one.rule} {one.on.isoformat()} {one.limit.asked.metric}") in known:
            continue
        words = message(one)
        carried = words.replace(french.day(new), french.day(old)) if one.on == new else words
        if carried not in said:
            yield Told(one.severity, words)


def _marks(dossier: Dossier, day: date) -> Iterator[Told]:
    """What the day itself says: a public holiday, school holidays."""
    mark = marks_of([day], dossier.employer.holiday_zone).get(day)
    if mark and mark.holiday:
        yield Told("info", f"Jour férié : {mark.holiday}.")
    if mark and mark.school:
        yield Told("info", "Vacances scolaires.")
