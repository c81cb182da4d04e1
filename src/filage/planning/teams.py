"""Who makes the work, as may be told to anybody: each person once with every job, then what is still to be filled."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.facts.base import choices
from filage.facts.people import Person
from filage.facts.script import Element
from filage.facts.team import Engagement, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.facts.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody engaged, or a position still open; never what they are paid."""

    name: str
    job: str
    roles: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Team:
    """The members of one department."""

    label: str
    members: tuple[Member, ...]


def teams_of(dossier: Dossier) -> Iterator[Team]:
    """Each person once, with every job and role; then what is still to be filled."""
    for department, label in choices(Position, "department").items():
        jobs: dict[str, list[Position]] = defaultdict(list)
        states: dict[str, set[str]] = defaultdict(set)
        for engagement in dossier.all(Engagement):
            position = dossier.find(engagement.position, Position)
            if position is not None and position.department == department:
                jobs[engagement.person].append(position)
                states[engagement.person].add(engagement.contract)
        members = [_member(dossier, person, held, states[person]) for person, held in jobs.items()]
        members += _open(dossier, department)
        if members:
            yield Team(label, tuple(members))


def _member(dossier: Dossier, about: str, positions: list[Position], states: set[str]) -> Member:
    person = dossier.find(about, Person)
    order = list(choices(Engagement, "contract"))
    worst = min(states, key=order.index)
    jobs = dict.fromkeys(position.label for position in positions)
    return Member(
        person.name() if person else about,
        ", ".join(jobs),
        tuple(dict.fromkeys(role for position in positions for role in _roles(dossier, position))),
        choices(Engagement, "contract")[worst],
    )


def _roles(dossier: Dossier, position: Position) -> list[str]:
    elements = (dossier.find(about, Element) for about in position.roles)
    return [element.label for element in elements if element is not None]


def _open(dossier: Dossier, department: str) -> list[Member]:
    found = []
    for position in dossier.all(Position):
        if position.department != department:
            continue
        filled = {e.person for e in dossier.all(Engagement) if e.position == position.about}
        if position.people > len(filled):
            count = position.people - len(filled)
            name = "à engager" if count == 1 else f"{count} personnes à engager"
            found.append(Member(name, position.label, tuple(_roles(dossier, position)), ""))
    return found
