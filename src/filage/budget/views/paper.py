"""What stands at the head of a budget on paper: whose it is, of which day, in which state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Paper:
    """The head: production, structure, day, and the scenario or version when it is not the reference."""

    title: str
    company: str
    on: date
    state: str = ""


def paper_of(dossier: Dossier, on: date, state: str = "") -> Paper:
    """Return the head of a dossier's budget."""
    return Paper(dossier.production.label, dossier.employer.label, on, state)
