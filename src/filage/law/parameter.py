"""One legal parameter: its dated values, what is known on a day, what may be assumed beyond."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from filage.kernel import french
from filage.kernel.errors import LawNotCovered
from filage.kernel.money import ONE
from filage.kernel.step import Source, Step, assumed, given, product
from filage.kernel.step import law as legal

if TYPE_CHECKING:
    from collections.abc import Sequence

UNITS = ("EUR", "rate", "hours", "ratio", "count", "flag")
"""Units of a value; a `rate` is a fraction (0.13 for 13 %), a `flag` is 1 or 0."""

REVISIONS = ("yearly-01-01", "yearly-04-01", "on_text", "never")
"""How a parameter lives: revised every year on a day, when a text changes it, or never again."""

_UNIT_SHOWN = {"flag": "", "count": ""}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Value:
    """A value from a day to another (included; None: no end written); no value is to ask of the structure."""

    starts_on: date
    ends_on: date | None
    value: Decimal | None
    source: Source
    warning: str = ""
    own_formula: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A legal value over time: its name, unit, how it is revised, its values in order of date."""

    id: str
    label: str
    unit: str
    revised: str
    checked_on: date
    values: tuple[Value, ...]
    part: str = ""
    base: str = ""
    applies_to: tuple[str, ...] = ()
    note: str = ""
    expectation: Decimal | None = None
    _known: dict[date, Step] = field(default_factory=dict, init=False, repr=False, compare=False)
    _forecast: dict[date, Step] = field(default_factory=dict, init=False, repr=False, compare=False)

    def on(self, day: date) -> Step:
        """Return the value in force on `day`; LawNotCovered when it is not known (DECISIONS D4)."""
        step = self._known.get(day)
        if step is None:
            step = self._known[day] = self._in_force(day)
        return step

    def forecast(self, day: date) -> Step:
        """Return the value on `day`, or past the known period the last one, said as assumed.

        The change the structure expects, when it set one, is applied to the assumed value. LawNotCovered
        before the first value, when the value is to ask of the structure, and once it is repealed.
        """
        step = self._forecast.get(day)
        if step is None:
            value = self._started(day)
            step = self.on(day) if self._covers(value, day) else self._assumed(value, day)
            self._forecast[day] = step
        return step

    def value_on(self, day: date) -> Value | None:
        """Return the last value begun on `day` (known or to be assumed), None before the first."""
        for value in reversed(self.values):
            if value.starts_on <= day:
                return value
        return None

    def is_null_on(self, day: date) -> bool:
        """Tell whether the value of that day must be asked of the structure."""
        value = self.value_on(day)
        return value is not None and value.value is None

    def is_repealed_on(self, day: date) -> bool:
        """Tell whether nothing replaces, on `day`, the last value, which has ended."""
        last = self.values[-1]
        return self.revised == "never" and last.ends_on is not None and day > last.ends_on

    @property
    def known_until(self) -> date | None:
        """Return the last day the law data covers, None when no end is scheduled."""
        return self.known_end(self.values[-1])

    def known_end(self, value: Value) -> date | None:
        """Return the last day a value is known for: its end, or the eve of the revision after its check."""
        if value.ends_on is not None:
            return value.ends_on
        read_on = max(value.starts_on, value.source.checked_on or value.starts_on)
        revision = next_revision(self.revised, read_on)
        return revision - _ONE_DAY if revision else None

    def breaks(self) -> tuple[date, ...]:
        """Return the days on which what is said changes: each value's first, and the first one no longer known.

        Between two of them the forecast is one, except that what is assumed names its year.
        """
        ends = [end for value in self.values if (end := self.known_end(value))]
        return (*(value.starts_on for value in self.values), *(end + _ONE_DAY for end in ends))

    def overridden(self, own: Sequence[Value], expectation: Decimal | None = None) -> Parameter:
        """Return the parameter where a structure's `own` values, in order of date, hold."""
        theirs = (
            [replace(value, ends_on=self.known_end(value)) for value in self.values] if own else self.values
        )
        kept = [piece for value in theirs for piece in _outside(value, own)]
        values = tuple(sorted([*kept, *own], key=lambda value: value.starts_on))
        return replace(
            self, values=values, expectation=expectation if expectation is not None else self.expectation
        )

    def _started(self, day: date) -> Value:
        value = self.value_on(day)
        if value is None:
            first = french.day(self.values[0].starts_on)
            why = f"aucune valeur connue avant le {first} ; donnez celle de la structure avec sa source"
            raise LawNotCovered(self.id, day, why)
        return value

    def _covers(self, value: Value, day: date) -> bool:
        end = self.known_end(value)
        return end is None or day <= end

    def _in_force(self, day: date) -> Step:
        value = self._started(day)
        if not self._covers(value, day):
            raise LawNotCovered(self.id, day, self._past_end(value, day))
        return legal(self.label, self._asked(value, day), value.source, unit=self._step_unit)

    def _assumed(self, value: Value, day: date) -> Step:
        if self.is_repealed_on(day):
            raise LawNotCovered(self.id, day, self._past_end(value, day))
        taken, why = self._asked(value, day), self._assumption(value, day)
        step = assumed(self.label, taken, value.source, why, unit=self._step_unit)
        if self.expectation is None:
            return step
        factor = given("évolution attendue", ONE + self.expectation, unit="ratio", by="structure")
        return product(self.label, step, factor, unit=self._step_unit, rule=why)

    def _asked(self, value: Value, day: date) -> Decimal:
        if value.value is None:
            why = "valeur propre à chaque employeur ; saisissez celle de la structure avec sa source"
            raise LawNotCovered(self.id, day, why)
        return value.value

    def _assumption(self, value: Value, day: date) -> str:
        end = self.known_end(value) or value.starts_on
        name = self.label if self.label[1:2].isupper() else self.label[:1].lower() + self.label[1:]
        if end.year < day.year:
            return f"{name} : valeur {end.year} reprise pour {day.year}"
        return f"{name} : valeur connue jusqu’au {french.day(end)} reprise ensuite"

    def _past_end(self, value: Value, day: date) -> str:
        end = self.known_end(value) or value.starts_on
        if self.is_repealed_on(day):
            return f"supprimé depuis le {french.day(end + _ONE_DAY)}"
        return f"connu seulement jusqu’au {french.day(end)} ; donnez la valeur de la structure avec sa source"

    @property
    def _step_unit(self) -> str:
        return _UNIT_SHOWN.get(self.unit, self.unit)


@lru_cache(maxsize=4_096)
def next_revision(revised: str, after: date) -> date | None:
    """Return the first scheduled revision strictly after a day, None when none is scheduled."""
    if not revised.startswith("yearly-"):
        return None
    revision = date.fromisoformat(f"{after.year}-{revised.removeprefix('yearly-')}")
    return revision if revision > after else revision.replace(year=after.year + 1)


def _outside(value: Value, own: Sequence[Value]) -> list[Value]:
    """Return what is left of a value out of the periods of `own`; an open one takes all that follows."""
    pieces = [value]
    for taken in own:
        pieces = [part for piece in pieces for part in _without(piece, taken)]
    return pieces


def _without(piece: Value, taken: Value) -> list[Value]:
    starts_after = piece.ends_on is not None and taken.starts_on > piece.ends_on
    ended_before = taken.ends_on is not None and taken.ends_on < piece.starts_on
    if starts_after or ended_before:
        return [piece]
    left = []
    if piece.starts_on < taken.starts_on:
        left.append(replace(piece, ends_on=taken.starts_on - _ONE_DAY))
    if taken.ends_on is not None and (piece.ends_on is None or piece.ends_on > taken.ends_on):
        left.append(replace(piece, starts_on=taken.ends_on + _ONE_DAY))
    return left
