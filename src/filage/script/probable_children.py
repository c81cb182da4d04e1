"""People who hold the role of a child and whose birth date nobody gave: their hours cannot be checked as a child’s."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.facts.people import PersonPrivate
from filage.facts.script import Element
from filage.script.played import holders_of

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier


@dataclass(frozen=True, slots=True)
class ProbableChild:
    """Somebody engaged for a child’s role: references of the role, the person and the engagement, and their names."""

    role: str
    label: str
    person: str
    name: str
    engagement: str


def probable_children(dossier: Dossier, born: Iterable[tuple[str, date]] = ()) -> tuple[ProbableChild, ...]:
    """Return who holds a role marked « enfant » without a known birth date.

    `born` gives birth days known elsewhere, by `person/id`; those of the dossier are used too.
    """
    known = {person for person, _day in born}
    known |= {one.person for one in dossier.all(PersonPrivate) if one.born_on}
    holders = holders_of(dossier)
    return tuple(
        ProbableChild(role.about, role.label, holder.person, holder.name, holder.engagement)
        for role in dossier.all(Element)
        if is_child(role)
        for holder in holders.get(role.about, ())
        if holder.person not in known
    )


def is_child(role: Element) -> bool:
    """Whether a role is that of a child, as the text or somebody said."""
    return role.category == "cast" and "child" in role.risks
