"""What is asked of a sheet: which document, for which key, for whom, in which language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from filage.facts.base import choices
from filage.facts.script import Cue
from filage.facts.team import Position
from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest

if TYPE_CHECKING:
    from filage.planning.sheets.index import Index
    from filage.planning.sheets.words import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """A sheet to make: `person` is a reference, `public` leaves out all that is private."""

    document: str
    key: str
    today: date
    words: Words
    person: str | None = None
    department: str | None = None
    public: bool = True

    @property
    def own(self) -> bool:
        """Whether it is one person's own version, with what is private to them."""
        return self.person is not None and not self.public

    def for_all(self, people: tuple[str, ...]) -> bool:
        """Whether a line about these people (everybody when empty) is on this sheet."""
        return self.person is None or not people or self.person in people


def checked(index: Index, asked: Asked) -> Asked:
    """The same, its person written as a reference; BadInput lists all that does not exist (person, department)."""
    problems: list[Problem] = []
    person = asked.person
    if person is not None and "/" not in person:
        person = f"person/{person}"
    if person is not None and person not in index.people:
        near = closest(person, index.people)
        suggestion = f"vouliez-vous {near} ?" if near else ""
        problems.append(
            Problem(f"{person} n’est pas une personne de cette production", suggestion=suggestion)
        )
    known = departments(asked.document)
    if asked.department is not None and asked.department not in known:
        problems.append(Problem(f"« {asked.department} » n’est pas un service", expected=", ".join(known)))
    if problems:
        raise BadInput(problems)
    return replace(asked, person=person)


def departments(document: str) -> dict[str, str]:
    """The departments a document can be filtered by, with their French labels."""
    return choices(Cue, "department") if document == "running_sheet" else choices(Position, "department")


def day_of(key: str) -> date:
    """Read a key that is a day; BadInput when it is not AAAA-MM-JJ."""
    try:
        day = date.fromisoformat(key)
    except ValueError:
        day = None
    if day is None or day.isoformat() != key:
        raise BadInput(Problem(f"« {key} » n’est pas un jour", expected="AAAA-MM-JJ, par exemple 2026-03-14"))
    return day


def week_of(key: str) -> tuple[date, date]:
    """Read a key that is a week, `2026-W45`; its Monday and its Sunday. BadInput when it is not one."""
    try:
        year, week = key.split("-W")
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        raise BadInput(
            Problem(f"« {key} » n’est pas une semaine", expected="année et numéro, par exemple 2026-W45")
        ) from None
    return monday, monday + timedelta(days=6)


def week_key(day: date) -> str:
    """The key of the week of a day: `2026-W45`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
