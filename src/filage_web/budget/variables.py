"""The variables above the grid: what the calendar counts, what was typed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from filage.budget.variables import COMPUTED
from filage.facts.budget import Variable
from filage.kernel.expression import ExpressionError, constant
from filage_web.scenarios.chosen import Chosen

SHOWN: Final = 16
"""Variables shown above the grid."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A variable as its chip shows it."""

    name: str
    label: str
    value: Decimal | None
    unit: str
    status: str
    """calc, hand, or breach when it cannot be computed."""
    ident: str = ""
    """The id of its fact; empty for one that the calendar gives."""
    expression: str = ""


@dataclass(frozen=True, slots=True)
class Chips:
    """The variables shown above the grid, and how many more there are."""

    shown: tuple[Chip, ...]
    more: int


def few_chips(found: Chosen) -> Chips:
    """Those that fit above the grid, what cannot be computed first; the others are in their own list."""
    chips = chips_of(found)
    broken = [chip for chip in chips if chip.status == "breach"]
    shown = (
        chips if len(chips) <= SHOWN else [*broken, *(chip for chip in chips if chip not in broken)][:SHOWN]
    )
    return Chips(tuple(shown), len(chips) - len(shown))


def chips_of(found: Chosen) -> list[Chip]:
    """List the variables: those of the calendar that count something, then the typed ones in their order."""
    values = found.opened.outcome.variables
    typed = found.dossier.all(Variable)
    own = {variable.name_text for variable in typed}
    chips = [
        Chip(name, label, values[name].value, "", "calc")
        for name, label in COMPUTED.items()
        if name in values and values[name].value and name not in own
    ]
    return chips + [_typed(variable, found) for variable in typed]


def _typed(variable: Variable, found: Chosen) -> Chip:
    step = found.opened.outcome.variables.get(variable.name_text)
    plain = _is_plain(variable.value)
    status = "breach" if step is None else "hand" if plain else "calc"
    return Chip(
        variable.name_text,
        variable.label or variable.name_text,
        step.value if step else None,
        variable.unit or "",
        status,
        variable.id,
        "" if plain else variable.value,
    )


def _is_plain(text: str) -> bool:
    try:
        return constant(text) is not None
    except ExpressionError:
        return False
