"""How each parameter stands on a day, and what stands otherwise on another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.kernel.errors import LawNotCovered

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from filage.kernel.step import Source, Step
    from filage.law.book import Law
    from filage.law.parameter import Parameter, Value

KNOWN, ASSUMED, TO_ASK, REPEALED, NOT_COVERED = "known", "assumed", "to_ask", "repealed", "not_covered"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a parameter answers on a day: known, assumed, to ask of the structure, repealed or not covered.

    `step` is the value and its reason, None unless known or assumed.
    """

    parameter: Parameter
    day: date
    status: str
    step: Step | None

    @property
    def value(self) -> Decimal | None:
        """The value of that day, in the unit of the parameter (a fraction for a rate)."""
        return self.step.value if self.step else None

    @property
    def dated(self) -> Value | None:
        """The dated value it rests on, None before the first."""
        return self.parameter.value_on(self.day)

    @property
    def source(self) -> Source | None:
        """Where it comes from."""
        return self.dated.source if self.dated else None

    @property
    def said(self) -> tuple[str, Decimal | None]:
        """What two days must share to say the same: an assumed value says what a known one would."""
        return ("known" if self.status == ASSUMED else self.status, self.value)


@dataclass(frozen=True, slots=True)
class Moved:
    """A parameter that does not answer the same on two days."""

    before: Standing
    after: Standing

    @property
    def parameter(self) -> Parameter:
        """The parameter itself."""
        return self.after.parameter

    @property
    def change(self) -> Decimal | None:
        """The difference, None when one side has no value."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


def standing(parameter: Parameter, day: date) -> Standing:
    """Return how a parameter stands on a day; never raises for a day the law data does not cover."""
    try:
        step = parameter.forecast(day)
    except LawNotCovered:
        if parameter.is_repealed_on(day):
            return Standing(parameter, day, REPEALED, None)
        return Standing(parameter, day, TO_ASK if parameter.is_null_on(day) else NOT_COVERED, None)
    return Standing(parameter, day, KNOWN if step.how == "law" else ASSUMED, step)


def moved_between(law: Law, before: date, after: date) -> tuple[Moved, ...]:
    """Return the parameters that do not answer the same on two days, in the order of ids."""
    pairs = (Moved(standing(p, before), standing(p, after)) for p in law.parameters())
    return tuple(pair for pair in pairs if pair.before.said != pair.after.said)


def same_day(day: date, year: int) -> date:
    """Return the same day of another year, the 28th for a 29 February that year does not have."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
