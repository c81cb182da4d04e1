"""What a person should read again: values past what the data knows, checks grown old, doubtful values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.law.check import is_stale, is_uncertain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from filage.law.book import Law
    from filage.law.parameter import Parameter

ENDED, OLD, UNCERTAIN = "ended", "old_check", "uncertain"
_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class ToReview:
    """A parameter to read again, and why: `ended`, `old_check` or `uncertain`."""

    parameter: Parameter
    reasons: tuple[str, ...]


def to_review(law: Law, day: date) -> tuple[ToReview, ...]:
    """Return what to read again on a day, in the order of ids; a value repealed or asked of the structure is not."""
    found = (ToReview(parameter, tuple(_reasons(parameter, day))) for parameter in law.parameters())
    return tuple(one for one in found if one.reasons)


def _reasons(parameter: Parameter, day: date) -> Iterator[str]:
    if parameter.is_repealed_on(day) or parameter.is_null_on(day):
        return
    if is_stale(parameter, day):
        yield ENDED
    value = parameter.value_on(day)
    if value is None:
        return
    if (day - (value.source.checked_on or parameter.checked_on)).days > _A_YEAR:
        yield OLD
    if is_uncertain(parameter, day):
        yield UNCERTAIN
