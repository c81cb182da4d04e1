"""What the precautions of an element oblige: who must be there, what must be prepared, by when, where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from filage.compliance.risk_data import Preparation, risk, risks
from filage.compliance.risks import Asked, preparations_asked
from filage.facts.base import label_of
from filage.facts.dossier import Dossier
from filage.facts.script import Element
from filage.script.risks import risk_labels, risks_of


@dataclass(frozen=True, slots=True)
class Line:
    """One preparation: when it must be asked for (None until a date is laid), where it stands."""

    preparation: Preparation
    due_on: date | None
    late: bool
    done: bool
    state: str

    @property
    def doubtful(self) -> bool:
        """Whether its source was not read in the text in force."""
        return self.preparation.source.confidence != "confirmed"


@dataclass(frozen=True, slots=True)
class Obliged:
    """One precaution of an element."""

    label: str
    present: tuple[str, ...]
    lines: tuple[Line, ...]
    planned: bool
    """Whether a date to come says what is asked; otherwise everything that may be asked is listed."""


def obliged_by(dossier: Dossier, element: Element, today: date) -> tuple[Obliged, ...]:
    """List what an element obliges, precaution by precaution."""
    asked: dict[str, list[Asked]] = {}
    for one in preparations_asked(dossier, today):
        if one.element.about == element.about:
            asked.setdefault(one.risk, []).append(one)
    return tuple(_obliged(name, asked.get(name, []), today) for name in risks_of(element) if name in risks())


def _obliged(name: str, asked: list[Asked], today: date) -> Obliged:
    lines = [_asked(one, today) for one in asked] or list(_possible(name))
    return Obliged(risk_labels()[name], risk(name).present, tuple(lines), bool(asked))


def _asked(one: Asked, today: date) -> Line:
    state = label_of(one.need, "state") if one.need else ""
    return Line(one.preparation, one.due_on, one.is_late(today) and not one.is_done, one.is_done, state)


def _possible(name: str) -> Iterator[Line]:
    for preparation in risk(name).preparations:
        yield Line(preparation, None, late=False, done=False, state="")
