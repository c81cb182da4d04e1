"""The parameters of the law as the page shows them: by subject, on a day, beside the year before."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from filage.kernel import french
from filage.kernel.step import Source
from filage.kernel.text import fold
from filage.law import (
    OWN_PREFIX,
    TITLES,
    Law,
    Parameter,
    Standing,
    Value,
    load_law,
    same_day,
    standing,
    subject_of,
)
from filage.payroll.contribution import contributions
from filage.payroll.law_use import LawUse, uses_of_law
from filage.review import Outcome, law_of_structure

REVISED: Final = {
    "yearly-01-01": "chaque 1er janvier",
    "yearly-04-01": "chaque 1er avril",
    "on_text": "quand un texte la change",
    "never": "jamais",
}
UNSAID: Final = {"to_ask": "à saisir", "repealed": "supprimée", "not_covered": "inconnue"}
PAYERS: Final = {"employer": "employeur", "employee": "salarié"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A parameter on a day and a year before."""

    now: Standing
    before: Standing
    own: bool
    """Whether the structure gave the value of that day."""
    use: LawUse | None

    @property
    def parameter(self) -> Parameter:
        """The parameter itself."""
        return self.now.parameter

    @property
    def dated(self) -> Value | None:
        """The dated value of that day, None where nothing holds any longer."""
        return self.now.dated if self.now.status != "repealed" else None

    @property
    def value(self) -> str:
        """The value of that day in its unit, or why there is none."""
        return value_words(self.now)

    @property
    def year_before(self) -> str:
        """The value a year before."""
        return value_words(self.before)

    @property
    def change(self) -> str:
        """The difference over the year, empty when nothing moved or a side has no value."""
        if self.now.value is None or self.before.value is None or self.now.value == self.before.value:
            return ""
        return difference_words(self.now.value - self.before.value, self.parameter.unit)

    @property
    def known_until(self) -> date | None:
        """The last day the value of that day is known for."""
        return self.parameter.known_end(self.dated) if self.dated else None

    @property
    def is_doubtful(self) -> bool:
        """Whether the value must be checked before use."""
        return bool(self.now.step and self.now.status == "known" and self.now.step.confidence == "uncertain")

    @property
    def assumption(self) -> str:
        """Why the value is only assumed; empty when it is known."""
        return self.now.step.rule if self.now.step and self.now.status == "assumed" else ""


@dataclass(frozen=True, slots=True)
class Reader:
    """A line of the slip that reads a parameter."""

    label: str
    payer: str
    tranche: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything said of one parameter."""

    shown: Shown
    legal: Standing
    """What the law data says without the structure's own values."""
    values: tuple[Value, ...]
    readers: tuple[Reader, ...]

    @property
    def revised(self) -> str:
        """How it is revised, in words."""
        return REVISED[self.shown.parameter.revised]


def value_words(found: Standing) -> str:
    """Write what a parameter answers on a day: its value in its unit, or why there is none."""
    if found.value is None:
        return UNSAID[found.status]
    return unit_words(found.value, found.parameter.unit)


def unit_words(value: Decimal | None, unit: str) -> str:
    """Write a value in the unit of a parameter."""
    if value is None:
        return UNSAID["to_ask"]
    if unit == "flag":
        return "oui" if value else "non"
    return french.number(value) if unit in ("ratio", "count") else french.quantity(value, unit)


def difference_words(change: Decimal, unit: str) -> str:
    """Write a difference with its sign; rates differ by points."""
    sign = "+" if change > 0 else ""
    if unit == "rate":
        return f"{sign}{french.number(change * 100)}{french.NBSP}pt"
    if unit == "flag":
        return ""
    return f"{sign}{unit_words(change, unit)}"


def is_own(source: Source | None) -> bool:
    """Say whether a value is one the structure gave."""
    return source is not None and source.title.startswith(OWN_PREFIX)


def shown_of(law: Law, day: date, uses: Mapping[str, LawUse]) -> Iterator[Shown]:
    """Go through the parameters of a law on a day."""
    for parameter in law.parameters():
        yield shown_one(parameter, day, uses)


def shown_one(parameter: Parameter, day: date, uses: Mapping[str, LawUse]) -> Shown:
    """Show one parameter on a day."""
    now = standing(parameter, day)
    before = standing(parameter, same_day(day, day.year - 1))
    return Shown(now, before, is_own(now.source), uses.get(parameter.id))


KEPT: Final[Mapping[str, Callable[[Shown], bool]]] = {
    "doutes": lambda one: one.is_doubtful,
    "supposees": lambda one: bool(one.assumption),
    "structure": lambda one: one.own,
    "changements": lambda one: one.now.said != one.before.said,
}
"""The parameters one may ask alone: doubtful, assumed, the structure's own, changed over the year."""


def matching(found: Iterable[Shown], words: str) -> list[Shown]:
    """Keep the parameters all the words speak of, whatever their case and accents."""
    wanted = fold(words).split()
    return [one for one in found if not wanted or all(word in _text(one) for word in wanted)]


def _text(one: Shown) -> str:
    parameter = one.parameter
    source = one.now.source.title if one.now.source else ""
    subject = subject_of(parameter.id)
    said = (parameter.label, parameter.id, parameter.part, parameter.base, parameter.note, subject, source)
    return fold(" ".join((*said, *parameter.applies_to)))


def by_subject(found: Iterable[Shown]) -> list[tuple[str, list[Shown]]]:
    """Gather parameters under their subjects, in the order of a pay slip."""
    groups: dict[str, list[Shown]] = {title: [] for title in TITLES}
    for one in found:
        groups[subject_of(one.parameter.id)].append(one)
    return [(title, group) for title, group in groups.items() if group]


def sheet_of(outcome: Outcome, ident: str, day: date) -> Sheet | None:
    """Gather what is said of one parameter; None when there is none of that id."""
    law = law_of_structure(outcome.dossier.employer, load_law())
    if ident not in law:
        return None
    parameter = law[ident]
    return Sheet(
        shown=shown_one(parameter, day, uses_of_law(outcome.costs)),
        legal=standing(load_law()[ident], day),
        values=tuple(reversed(parameter.values)),
        readers=tuple(_readers(ident)),
    )


def _readers(ident: str) -> Iterator[Reader]:
    for contribution in contributions():
        for rule in contribution.rules:
            if ident in (*rule.rates, rule.increased_by):
                yield Reader(contribution.label, PAYERS[rule.payer], rule.tranche or "")
