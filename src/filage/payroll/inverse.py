"""From a net wanted, or from an employer's budget, back to gross (D6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, TypeVar

from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import CENT, ZERO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Costed = TypeVar("Costed")
"""What a gross gives: a slip, or a whole contract."""

LARGEST_GROSS = Decimal(1_000_000)
_NEAR = 400


@dataclass(frozen=True, slots=True)
class Inverse(Generic[Costed]):
    """The lowest gross that reaches the target, or the two nearest; `others` also reach it exactly."""

    exact: bool
    slip: Costed
    neighbours: tuple[Costed, ...] = ()
    others: tuple[Decimal, ...] = ()


def lowest_gross(
    target: Decimal,
    cost: Callable[[Decimal], Costed],
    read: Callable[[Costed], Decimal],
    thresholds: Iterable[Decimal] = (),
) -> Inverse[Costed]:
    """Find the lowest gross, to the cent, whose `read` value is `target`.

    Between two thresholds (`slip.thresholds`), `read` grows with gross but for cent roundings: in each such range a
    bisection finds the neighbourhood and a scan of the cents around it decides. When no gross reaches the target, the
    neighbours are the last below and the first above, and `exact` is false. BadInput for a target out of reach.
    """
    if target <= ZERO:
        raise BadInput(Problem("le montant visé doit être positif"))

    def value(gross: Decimal) -> Decimal:
        return read(cost(gross))

    top = _upper_bound(target, value)
    ends = [*sorted(end for end in thresholds if ZERO < end < top), top]
    crossings = [
        _crossing(target, value, start, end)
        for start, end in zip([ZERO, *ends], ends, strict=False)
        if value(end) >= target
    ]
    scans = [_around(crossing) for crossing in crossings]
    reaching = sorted({gross for scan in scans for gross in scan if value(gross) == target})
    if reaching:
        return Inverse(True, cost(reaching[0]), others=tuple(reaching[1:]))
    below = [gross for gross in scans[0] if value(gross) < target]
    above = [gross for gross in scans[0] if value(gross) > target]
    neighbours = (*(cost(gross) for gross in below[-1:]), *(cost(gross) for gross in above[:1]))
    return Inverse(False, neighbours[-1], neighbours)


def _crossing(target: Decimal, value: Callable[[Decimal], Decimal], start: Decimal, end: Decimal) -> Decimal:
    """The gross, within a range whose end reaches the target, from which it does, give or take a few cents."""
    low, high = start, end
    while high - low > CENT:
        middle = ((low + high) / 2).quantize(CENT)
        if value(middle) < target:
            low = middle
        else:
            high = middle
    return high


def _around(gross: Decimal) -> list[Decimal]:
    return [near for offset in range(-_NEAR, _NEAR + 1) if (near := gross + CENT * offset) > ZERO]


def _upper_bound(target: Decimal, value: Callable[[Decimal], Decimal]) -> Decimal:
    high = target
    while value(high) < target:
        high *= 2
        if high > LARGEST_GROSS:
            raise BadInput(Problem(f"aucun brut jusqu’à {LARGEST_GROSS} € n’atteint {target} €"))
    return high
