"""Two versions of one fact, side by side, field by field."""

from dataclasses import dataclass

from filage.facts.base import Fact
from filage.facts.kinds import BY_KIND
from filage.facts.writing import values_of
from filage_web.shell.values import shown
from filage_web.store.errors import Question


@dataclass(frozen=True, slots=True)
class Side:
    """One field that differs."""

    title: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact known otherwise: what it is, and every field that differs."""

    about: str
    kind: str
    name: str
    sides: tuple[Side, ...]


def sides_of(question: Question) -> Asked:
    """Lay out the two versions of a question."""
    return sides_between(question.about, question.mine, question.theirs)


def sides_between(about: str, mine: Fact | None, theirs: Fact | None) -> Asked:
    """Lay out two versions of a fact; an absent one has every field empty."""
    model = BY_KIND[about.partition("/")[0]]
    left, right = (values_of(fact) if fact else {} for fact in (mine, theirs))
    sides = tuple(
        Side(
            info.title or name,
            shown(left.get(name), model.kind, name),
            shown(right.get(name), model.kind, name),
        )
        for name, info in model.model_fields.items()
        if left.get(name) != right.get(name)
    )
    known = mine or theirs
    return Asked(about, model.title, known.name() if known else about, sides)
