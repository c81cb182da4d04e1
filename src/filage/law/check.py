"""The state of the law data on a day: what is wrong, out of date, to ask of the structure, doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from datetime import date

    from filage.law.book import Law
    from filage.law.parameter import Parameter


@dataclass(frozen=True, slots=True)
class LawCheck:
    """What a person must know of the law data before relying on it on that day."""

    on: date
    parameters: int
    problems: tuple[Problem, ...]
    stale: tuple[Parameter, ...]
    to_ask: tuple[Parameter, ...]
    uncertain: tuple[Parameter, ...]
    checked_on_oldest: date | None


def check_law(law: Law, day: date) -> LawCheck:
    """Return the state of every parameter on a day; a file that cannot be read is told, not raised."""
    read: list[Parameter] = []
    problems: list[Problem] = []
    for parameter in law:
        try:
            read.append(law[parameter])
        except BadInput as error:
            problems.extend(error.problems)
    return LawCheck(
        on=day,
        parameters=len(read),
        problems=tuple(problems),
        stale=tuple(parameter for parameter in read if is_stale(parameter, day)),
        to_ask=tuple(parameter for parameter in read if parameter.is_null_on(day)),
        uncertain=tuple(parameter for parameter in read if is_uncertain(parameter, day)),
        checked_on_oldest=min((parameter.checked_on for parameter in read), default=None),
    )


def is_stale(parameter: Parameter, day: date) -> bool:
    """Tell whether a day is past what the data knows of a parameter still in force."""
    end = parameter.known_until
    past_end = end is not None and day > end
    return past_end and not parameter.is_repealed_on(day) and not parameter.is_null_on(day)


def is_uncertain(parameter: Parameter, day: date) -> bool:
    """Tell whether the value of that day is to be checked before use."""
    value = parameter.value_on(day)
    if value is None or value.value is None or parameter.is_repealed_on(day):
        return False
    return value.source.confidence == "uncertain"
