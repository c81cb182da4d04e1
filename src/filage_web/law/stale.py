"""What should be read again: values past what is known, doubtful ones, old checks; with what rests on each here."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from filage.kernel.money import ZERO
from filage.law import Parameter, load_law, to_review
from filage.law.to_review import ENDED, OLD, UNCERTAIN
from filage.payroll.law_use import uses_of_law
from filage.review import Outcome, law_of_structure
from filage_web.law.parameters import Shown, shown_one

WORDS: Final = {ENDED: "période connue finie", OLD: "vérifiée il y a plus d’un an", UNCERTAIN: "à vérifier"}


@dataclass(frozen=True, slots=True)
class Stale:
    """A value to read again, why, and the euros that rest on it here."""

    shown: Shown
    reasons: tuple[str, ...]
    used: bool

    @property
    def words(self) -> list[tuple[str, str]]:
        """The reasons as statuses and words."""
        return [("doubt" if reason == UNCERTAIN else "stale", WORDS[reason]) for reason in self.reasons]

    @property
    def amount(self) -> Decimal:
        """The euros of the lines that read it in this production."""
        return self.shown.use.amount if self.shown.use else ZERO


@dataclass(frozen=True, slots=True)
class Asked:
    """A value only the structure knows, and how many engagements wait for it."""

    parameter: Parameter
    engagements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToRead:
    """Everything to read again, what this production uses first."""

    here: tuple[Stale, ...]
    elsewhere: tuple[Stale, ...]
    asked: tuple[Asked, ...]


def to_read(outcome: Outcome) -> ToRead:
    """Gather what to read again on the day of an outcome, the heaviest first."""
    law = law_of_structure(outcome.dossier.employer, load_law())
    uses = uses_of_law(outcome.costs)
    cited = {ident.partition("@")[0] for ident in outcome.sources()} | set(uses)
    found = [
        Stale(shown_one(one.parameter, outcome.on, uses), one.reasons, one.parameter.id in cited)
        for one in to_review(law, outcome.on)
    ]
    found.sort(key=lambda one: (-one.amount, one.shown.parameter.label))
    return ToRead(
        here=tuple(one for one in found if one.used),
        elsewhere=tuple(one for one in found if not one.used),
        asked=_asked(outcome),
    )


def _asked(outcome: Outcome) -> tuple[Asked, ...]:
    law = load_law()
    waiting: dict[str, list[str]] = {}
    for cost in outcome.costs:
        for name in cost.missing:
            waiting.setdefault(name, []).append(cost.label)
    return tuple(Asked(law[name], tuple(labels)) for name, labels in waiting.items() if name in law)
