"""A number that carries its reason.

A `Step` is made only by the verbs of this module: each computes *and* records, so that the explanation cannot drift
from the arithmetic. `recompute` rebuilds a tree from its leaves; it must give the same root (tested as a property).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.kernel.money import ROUNDINGS, ZERO, exact, round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

CERTAINTIES = ("confirmed", "one_source", "uncertain")
"""From best to worst: text in force read; secondary sources; to check before use."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: its id in outcomes, title, address, day of last check and confidence."""

    id: str
    title: str
    url: str
    checked_on: date | None
    confidence: str = "one_source"
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A value and how it was obtained.

    `how` is the verb; `rule` names a rounding or says who gave or why it was assumed; `unit` is for display only:
    `EUR`, `rate` (a fraction shown in %), `hours`, `days` or a counted thing. `certainty` is the worst of all leaves.
    """

    label: str
    value: Decimal
    how: str
    parts: tuple[Step, ...] = ()
    sources: tuple[Source, ...] = ()
    unit: str = "EUR"
    rule: str = ""
    certainty: int = 0

    @property
    def confidence(self) -> str:
        """Return the confidence of the weakest leaf: confirmed, one_source or uncertain."""
        return CERTAINTIES[self.certainty]

    def leaves(self) -> Iterator[Step]:
        """Yield the steps that were not computed from others, left to right."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def all_sources(self) -> dict[str, Source]:
        """Return every source in the tree, by id."""
        found = {source.id: source for source in self.sources}
        for part in self.parts:
            found.update(part.all_sources())
        return found


class _Later(Step):
    """A step whose parts are not built yet: most reasons are never opened."""

    __slots__ = ("_make",)
    _make: Callable[[], tuple[Step, ...]]

    def __init__(
        self, label: str, value: Decimal, make: Callable[[], tuple[Step, ...]], certainty: int, unit: str
    ) -> None:
        known = {"label": label, "value": value, "how": "total", "sources": (), "unit": unit, "rule": "",
                 "certainty": certainty, "_make": make}  # fmt: skip
        for name, held in known.items():
            object.__setattr__(self, name, held)

    @property
    def parts(self) -> tuple[Step, ...]:
        """Build the parts the first time, keep them after."""
        try:
            built: tuple[Step, ...] = _PARTS.__get__(self)
        except AttributeError:
            built = self._make()
            _PARTS.__set__(self, built)
        return built


_PARTS: Any = Step.__dict__["parts"]


def given(label: str, value: Decimal | int | str, *, unit: str = "EUR", by: str = "") -> Step:
    """A value a person decided: typed in a fact (`by` says which)."""
    return Step(label, exact(value), "given", unit=unit, rule=by)


def law(label: str, value: Decimal, source: Source, *, unit: str = "EUR", rule: str = "") -> Step:
    """A value of the law data on a day it covers."""
    certainty = CERTAINTIES.index(source.confidence)
    return Step(label, exact(value), "law", sources=(source,), unit=unit, rule=rule, certainty=certainty)


def assumed(label: str, value: Decimal, source: Source, why: str, *, unit: str = "EUR") -> Step:
    """A value taken although the law data does not cover the day; always uncertain, `why` says so."""
    return Step(label, exact(value), "assumed", sources=(source,), unit=unit, rule=why, certainty=2)


def product(label: str, *parts: Step, unit: str = "EUR", rule: str = "") -> Step:
    """The parts multiplied together."""
    value = parts[0].value
    for part in parts[1:]:
        value *= part.value
    return Step(label, value, "product", parts, unit=unit, rule=rule, certainty=_worst(parts))


def total(label: str, parts: Sequence[Step], *, unit: str = "EUR", rule: str = "") -> Step:
    """The parts added up; an empty list gives zero."""
    return Step(
        label, sum((part.value for part in parts), ZERO), "total", tuple(parts), (), unit, rule, _worst(parts)
    )


def total_later(
    label: str, value: Decimal, parts: Callable[[], tuple[Step, ...]], *, certainty: int, unit: str = "EUR"
) -> Step:
    """A total already added up, whose parts are built when somebody asks; `value` and `certainty` must be theirs."""
    return _Later(label, value, parts, certainty, unit)


def difference(label: str, whole: Step, *taken: Step, unit: str = "EUR") -> Step:
    """The first part less the others."""
    value = whole.value - sum((part.value for part in taken), ZERO)
    parts = (whole, *taken)
    return Step(label, value, "difference", parts, unit=unit, certainty=_worst(parts))


def quotient(label: str, dividend: Step, divisor: Step, *, unit: str = "EUR") -> Step:
    """The first part divided by the second; ZeroDivisionError when that is zero."""
    parts = (dividend, divisor)
    return Step(
        label, _divide(dividend.value, divisor.value), "quotient", parts, unit=unit, certainty=_worst(parts)
    )


def power(label: str, base: Step, exponent: Step, *, unit: str = "ratio") -> Step:
    """The first part raised to the second."""
    parts = (base, exponent)
    return Step(label, _power(base.value, exponent.value), "power", parts, unit=unit, certainty=_worst(parts))


def least(label: str, *parts: Step, unit: str = "EUR") -> Step:
    """The smallest part."""
    return Step(label, min(p.value for p in parts), "least", parts, unit=unit, certainty=_worst(parts))


def greatest(label: str, *parts: Step, unit: str = "EUR") -> Step:
    """The largest part."""
    return Step(label, max(p.value for p in parts), "greatest", parts, unit=unit, certainty=_worst(parts))


def rounded(step: Step, rule: str = "cent") -> Step:
    """The step rounded half-up by a named rule of `money.ROUNDINGS`, under the same label."""
    value = round_half_up(step.value, ROUNDINGS[rule])
    return Step(step.label, value, "rounded", (step,), (), step.unit, rule, step.certainty)


def negative(step: Step) -> Step:
    """The step with its sign changed: what reduces."""
    return Step(step.label, -step.value, "negative", (step,), (), step.unit, "", step.certainty)


def relabelled(step: Step, label: str, unit: str | None = None) -> Step:
    """The same value under another name, its reason one level down."""
    return Step(label, step.value, "same", (step,), (), unit or step.unit, "", step.certainty)


def share(label: str, value: Decimal, whole: Step, *, rule: str = "plus fort reste") -> Step:
    """A part of a whole split by largest remainder (`money.share_out`): kept as it fell, its sisters decide it too."""
    weight = given("part", value / whole.value if whole.value else ZERO, unit="ratio")
    return Step(label, value, "share", (whole, weight), (), whole.unit, rule, whole.certainty)


def recompute(step: Step) -> Decimal:
    """Return the value rebuilt from the leaves alone; equal to `step.value` for every step the verbs made."""
    if not step.parts and step.how != "total":
        return step.value
    return _RECIPES[step.how]([recompute(part) for part in step.parts], step.rule)


def _divide(dividend: Decimal, divisor: Decimal) -> Decimal:
    if divisor == 0:
        message = "division par zéro"
        raise ZeroDivisionError(message)
    return dividend / divisor


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    """Raise to a power; by square roots when it is in quarters, as RGDU's 1.75: twenty times as fast."""
    quarters = exponent * 4
    if base >= 0 and quarters >= 0 and quarters == quarters.to_integral_value():
        return (base ** int(quarters)).sqrt().sqrt()
    return base**exponent


def _worst(parts: Sequence[Step]) -> int:
    worst = 0
    for part in parts:
        if part.certainty > worst:  # noqa: PLR1730 - half the time of max(), on every step made
            worst = part.certainty
    return worst


def _multiply(values: Sequence[Decimal]) -> Decimal:
    value = values[0]
    for other in values[1:]:
        value *= other
    return value


_RECIPES: dict[str, Callable[[list[Decimal], str], Decimal]] = {
    "product": lambda values, _rule: _multiply(values),
    "total": lambda values, _rule: sum(values, ZERO),
    "difference": lambda values, _rule: values[0] - sum(values[1:], ZERO),
    "quotient": lambda values, _rule: _divide(values[0], values[1]),
    "power": lambda values, _rule: _power(values[0], values[1]),
    "least": lambda values, _rule: min(values),
    "greatest": lambda values, _rule: max(values),
    "rounded": lambda values, rule: round_half_up(values[0], ROUNDINGS[rule]),
    "negative": lambda values, _rule: -values[0],
    "share": lambda values, _rule: round_half_up(values[0] * values[1]),
    "same": lambda values, _rule: values[0],
}
