"""Which legal values the pay of a team rests on, and for how many euros."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from filage.kernel.step import Step
    from filage.payroll.engagement import PayCost


@dataclass(frozen=True, slots=True)
class LawUse:
    """The use of one parameter: euros of the lines that read it (reductions counted without sign), and which."""

    parameter: str
    amount: Decimal
    lines: tuple[str, ...]
    engagements: tuple[str, ...]


def uses_of_law(costs: Iterable[PayCost]) -> Mapping[str, LawUse]:
    """Return the use of every parameter that a line of the slips reads, in its rate or in its base, by its id."""
    amounts: dict[str, Decimal] = {}
    lines: dict[str, dict[str, None]] = {}
    engagements: dict[str, dict[str, None]] = {}
    known: dict[int, tuple[Step, frozenset[str]]] = {}
    for cost in costs:
        for monthly in cost.slips:
            for line in monthly.slip.lines:
                read = _parameters(line.basis, known)
                if line.planned.rate is not None:
                    read |= _parameters(line.planned.rate, known)
                for name in read:
                    amounts[name] = amounts.get(name, ZERO) + abs(line.amount) * cost.people
                    lines.setdefault(name, {})[line.label] = None
                    engagements.setdefault(name, {})[cost.label] = None
    return {
        name: LawUse(name, amount, tuple(lines[name]), tuple(engagements[name]))
        for name, amount in amounts.items()
    }


def _parameters(step: Step, known: dict[int, tuple[Step, frozenset[str]]]) -> frozenset[str]:
    """The ids of the parameters under a step, remembered: most lines share their rate and their base."""
    found = known.get(id(step))
    if found is None:
        read = frozenset(source.id.partition("@")[0] for leaf in step.leaves() for source in leaf.sources)
        found = known[id(step)] = (step, read)
    return found[1]
