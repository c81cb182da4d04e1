"""Asking people when they are free, and writing what they answer, day by day, as few facts as it takes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from filage.facts.calendar import Availability, Event, Participation
from filage.facts.people import Person
from filage.facts.team import Engagement
from filage.kernel import french
from filage.kernel.changes import Change, add, remove, set_
from filage.kernel.errors import BadInput, Problem
from filage.planning.availability import days_of
from filage.planning.fresh_ids import FreshIds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from filage.facts.dossier import Dossier

Said = Literal["free", "maybe", "busy"]
LONGEST = 120
"""Days one question may cover."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is held of one day: the answer, its words, when it was given."""

    answer: str
    said: str | None
    on: date | None


def asked(
    dossier: Dossier, people: Iterable[str], days: Iterable[date], *, taken: Collection[str] = ()
) -> list[Change]:
    """Ask people (`person/id`) about days: those nobody asked them about yet, in as few questions as possible.

    BadInput when nobody or no day is given, or too many days.
    """
    wanted, named = sorted(set(days)), list(dict.fromkeys(people))
    problems = []
    if not named:
        problems.append(Problem("personne n’est choisi", suggestion="cochez au moins une personne"))
    if not wanted:
        problems.append(Problem("aucun jour n’est donné", suggestion="donnez le premier et le dernier jour"))
    if len(wanted) > LONGEST:
        message = f"{len(wanted)} jours en une fois, c’est trop : {LONGEST} au plus"
        problems.append(Problem(message, suggestion="demandez en plusieurs fois"))
    if problems:
        raise BadInput(problems)
    ids = FreshIds(dossier, taken)
    known = _held(dossier)
    changes = []
    for person in named:
        fresh = [day for day in wanted if day not in known[person]]
        for first, last in _runs(fresh):
            changes.append(_question(ids, person, first, last))
    return changes


def _question(ids: FreshIds, person: str, first: date, last: date) -> Change:
    about = ids.take("availability", f"{person.rpartition('/')[2]}-{first.isoformat()}")
    return add(about, person=person, starts_on=first.isoformat(), ends_on=last.isoformat(), answer="asked")


def answered(
    dossier: Dossier,
    person: str,
    answers: Mapping[date, tuple[Said, str]],
    today: date,
    *,
    taken: Collection[str] = (),
) -> list[Change]:
    """Write what somebody answers of days they were asked about, with their words; other days stay as they are.

    BadInput names each day they were not asked about, or that is past.
    """
    held = _held(dossier)[person]
    problems = [
        Problem(f"le {french.day(day)} n’est pas demandé") for day in sorted(answers) if day not in held
    ]
    problems += [Problem(f"le {french.day(day)} est passé") for day in sorted(answers) if day < today]
    if problems:
        raise BadInput(problems)
    told = dict(held)
    for day, (answer, said) in answers.items():
        words = said.strip() or None
        was = held[day]
        if (was.answer, was.said) != (answer, words):
            told[day] = _Told(answer, words, today)
    return _rewritten(dossier, person, told, FreshIds(dossier, taken))


def _rewritten(dossier: Dossier, person: str, told: Mapping[date, _Told], ids: FreshIds) -> list[Change]:
    """The facts that say this and no more: one for each run of days told the same; old ones kept where they can be."""
    old = {fact.starts_on: fact for fact in _whole_days(dossier, person)}
    kept: set[str] = set()
    changes: list[Change] = []
    for first, last in _runs(told, told):
        what = told[first]
        values: dict[str, Any] = {"ends_on": last.isoformat(), "answer": what.answer}
        values |= {"said": what.said} if what.said else {}
        values |= {"answered_on": what.on.isoformat()} if what.on else {}
        fact = old.get(first)
        if fact is None:
            about = ids.take("availability", f"{person.rpartition('/')[2]}-{first.isoformat()}")
            changes.append(add(about, person=person, starts_on=first.isoformat(), **values))
            continue
        kept.add(fact.about)
        clear = tuple(name for name in ("said", "answered_on") if getattr(fact, name) and name not in values)
        if (fact.ends_on, fact.answer, fact.said, fact.answered_on) != (
            last,
            what.answer,
            what.said,
            what.on,
        ):
            changes.append(set_(fact.about, clear=clear, **values))
    gone = [remove(fact.about) for fact in _whole_days(dossier, person) if fact.about not in kept]
    return [*changes, *gone]


def withdrawn(dossier: Dossier, people: Collection[str], days: Collection[date]) -> list[Change]:
    """Stop asking people about days nobody answered; what was answered stays."""
    changes: list[Change] = []
    ids = FreshIds(dossier)
    for person, held in _held(dossier).items():
        if person in people:
            told = {day: what for day, what in held.items() if what.answer != "asked" or day not in days}
            changes += _rewritten(dossier, person, told, ids)
    return changes


def _held(dossier: Dossier) -> dict[str, dict[date, _Told]]:
    """What is held of each person and day, over whole days; the latest answer counts."""
    found: dict[str, dict[date, _Told]] = defaultdict(dict)
    for fact in sorted(_whole_days(dossier), key=lambda fact: (fact.answered_on or date.min, fact.id)):
        for day in days_of(fact):
            found[fact.person][day] = _Told(fact.answer, fact.said, fact.answered_on)
    return found


def _whole_days(dossier: Dossier, person: str | None = None) -> list[Availability]:
    return [
        fact
        for fact in dossier.all(Availability)
        if fact.start is None and fact.end is None and (person is None or fact.person == person)
    ]


def _runs(days: Iterable[date], told: Mapping[date, _Told] | None = None) -> list[tuple[date, date]]:
    """Stretches of days that follow each other and, where told, are told the same."""
    ordered = sorted(days)
    if not ordered:
        return []
    starts = [ordered[0]]
    ends = []
    for before, day in pairwise(ordered):
        if day - before != _ONE_DAY or (told is not None and told[day] != told[before]):
            ends.append(before)
            starts.append(day)
    return list(zip(starts, [*ends, ordered[-1]], strict=True))


def people_to_ask(dossier: Dossier) -> list[Person]:
    """Who may be asked: whoever is engaged, takes part in something or was asked already, by family name."""
    found = {one.person for one in dossier.all(Engagement)}
    found |= {part.person for part in dossier.all(Participation) if part.person}
    found |= {fact.person for fact in dossier.all(Availability)}
    people = [person for person in dossier.all(Person) if person.about in found]
    return sorted(people, key=lambda one: (one.family_name, one.given_name, one.id))


def days_worked(dossier: Dossier, first: date, last: date) -> list[date]:
    """The days of the calendar on which something happens, cancelled events aside."""
    return sorted({e.day for e in dossier.all(Event) if e.option != "cancelled" and first <= e.day <= last})
