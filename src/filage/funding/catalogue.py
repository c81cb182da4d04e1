"""Which schemes look possible for a production, and why: every condition computed, or left to be checked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.facts.funding import Funding, Scheme
from filage.funding.conditions import GENERAL, HELD, MISSING, TO_CHECK, answered
from filage.funding.scheme_amounts import AT_MOST, amount_of
from filage.funding.scheme_data import SchemeData, catalogue, own_scheme, scheme
from filage.funding.situation import Situation
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.funding.conditions import ConditionView
    from filage.funding.situation import Reviewed
    from filage.kernel.step import Step

POSSIBLE = "possible"
WORDS = {POSSIBLE: "semble possible", MISSING: "condition manquante", TO_CHECK: "à vérifier"}
_ORDER = (POSSIBLE, TO_CHECK, MISSING)


@dataclass(frozen=True, slots=True)
class SchemeView:
    """One scheme seen from a production: conditions, what it may give, next days of deposit, requests already made."""

    data: SchemeData
    conditions: tuple[ConditionView, ...]
    amount: Step | None
    deadlines: tuple[date, ...]
    fundings: tuple[Funding, ...]

    @property
    def state(self) -> str:
        """`missing` when a computed condition is not held; `possible` when one of the aid's own is."""
        if any(one.state == MISSING for one in self.conditions):
            return MISSING
        read = self.data.researched and self.data.confidence != "uncertain"
        own = any(one.state == HELD and one.check not in GENERAL for one in self.conditions)
        return POSSIBLE if read and own else TO_CHECK

    @property
    def words(self) -> str:
        """« semble possible », « condition manquante : … » or « à vérifier »: never that an aid is due."""
        lacking = [one for one in self.conditions if one.state == MISSING]
        if not lacking:
            return WORDS[self.state]
        first = lacking[0]
        more = f", et {len(lacking) - 1} autre{'s' if len(lacking) > 2 else ''}" if lacking[1:] else ""  # noqa: PLR2004
        return f"{WORDS[MISSING]} : {first.text.rstrip('.')} ({first.figures}){more}"

    @property
    def at_most(self) -> bool:
        """Whether the amount is the most the aid can be."""
        return self.data.formula.get("name") in AT_MOST

    @property
    def computed(self) -> tuple[ConditionView, ...]:
        """The conditions whose value is known."""
        return tuple(one for one in self.conditions if one.state != TO_CHECK)

    @property
    def by_hand(self) -> tuple[ConditionView, ...]:
        """The conditions somebody must check."""
        return tuple(one for one in self.conditions if one.state == TO_CHECK)


def possible_schemes(
    reviewed: Reviewed, today: date, own: Iterable[Scheme] = (), *, every: bool = False
) -> tuple[SchemeView, ...]:
    """The schemes that concern this kind of production, those that look possible first.

    `reviewed` is an outcome; `own` are the structure's schemes the dossier does not hold. With `every`, those of other
    kinds too.
    """
    situation = Situation.of(reviewed, today)
    known = catalogue([*own, *reviewed.dossier.all(Scheme)])
    found = [seen(data, situation) for data in known.values() if every or data.concerns(situation.form)]
    return tuple(
        sorted(found, key=lambda view: (_ORDER.index(view.state), fold(view.data.body), view.data.id))
    )


def seen(data: SchemeData, situation: Situation) -> SchemeView:
    """One scheme seen from a production."""
    return SchemeView(
        data,
        tuple(answered(condition, situation) for condition in data.conditions),
        amount_of(data, situation),
        data.next_deadlines(situation.today),
        tuple(one for one in situation.dossier.all(Funding) if one.catalogue == data.id),
    )


def scheme_of(funding: Funding, dossier: Dossier) -> SchemeData | None:
    """The scheme a source of the plan asks: the structure's own, else the catalogue's; None when it names none."""
    if not funding.catalogue:
        return None
    own = dossier.find(f"{Scheme.kind}/{funding.catalogue}", Scheme)
    return own_scheme(own) if own else scheme(funding.catalogue)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece a scheme asks for, and whether it was gathered."""

    label: str
    gathered: bool


def pieces_of(funding: Funding, dossier: Dossier) -> tuple[Piece, ...]:
    """The checklist of a request: what the scheme asks and what is written as missing or gathered, each once."""
    data = scheme_of(funding, dossier)
    asked = (*(data.pieces if data else ()), *funding.missing, *funding.gathered)
    held = {fold(one) for one in funding.gathered}
    labels: dict[str, str] = {}
    for one in asked:
        labels.setdefault(fold(one), one)
    return tuple(Piece(label, key in held) for key, label in labels.items())
