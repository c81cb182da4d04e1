"""From a net wanted, or from an employer's budget, back to gross (D6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import CENT, ZERO

if TYPE_CHECKING:
    from collections.abc import Callable

    from filage.payroll.slip import Slip

LARGEST_GROSS = Decimal(1_000_000)
_NEAR = 400


@dataclass(frozen=True, slots=True)
class Inverse:
    """The lowest gross that reaches the target, or the two nearest; `others` also reach it exactly."""

    exact: bool
    slip: Slip
    neighbours: tuple[Slip, ...] = ()
    others: tuple[Decimal, ...] = ()


def lowest_gross(
    target: Decimal, cost: Callable[[Decimal], Slip], read: Callable[[Slip], Decimal]
) -> Inverse:
    """Find the lowest gross, to the cent, whose `read` value is `target`.

    `read` grows with gross but for cent roundings and named thresholds; a bisection finds the neighbourhood, a scan of
    the cents around it decides. When no gross reaches the target, the neighbours are the last below and the first
    above, and `exact` is false. BadInput for a target out of reach.
    """
    if target <= ZERO:
        raise BadInput(Problem("le montant visé doit être positif"))
    low, high = ZERO, _upper_bound(target, cost, read)
    while high - low > CENT:
        middle = ((low + high) / 2).quantize(CENT)
        if read(cost(middle)) < target:
            low = middle
        else:
            high = middle
    around = [high + CENT * offset for offset in range(-_NEAR, _NEAR + 1) if high + CENT * offset > 0]
    reaching = [gross for gross in around if read(cost(gross)) == target]
    if reaching:
        return Inverse(True, cost(reaching[0]), others=tuple(reaching[1:]))
    below = [gross for gross in around if read(cost(gross)) < target]
    above = [gross for gross in around if read(cost(gross)) > target]
    neighbours = (*(cost(gross) for gross in below[-1:]), *(cost(gross) for gross in above[:1]))
    return Inverse(False, neighbours[-1], neighbours)


def _upper_bound(
    target: Decimal, cost: Callable[[Decimal], Slip], read: Callable[[Slip], Decimal]
) -> Decimal:
    high = target
    while read(cost(high)) < target:
        high *= 2
        if high > LARGEST_GROSS:
            raise BadInput(Problem(f"aucun brut jusqu’à {LARGEST_GROSS} € n’atteint {target} €"))
    return high
