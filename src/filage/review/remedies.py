"""What each way out of a finding would cost: the same production, paid and moved again with its changes made."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.changing import apply_change
from filage.kernel.errors import FilageError
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from filage.facts.dossier import Dossier
    from filage.kernel.finding import Finding, Remedy

SMALLEST = Decimal(1)
"""Under one euro, a difference is the rounding of lines."""
PRICED_AT_MOST = 40
"""Remedies priced in one review; a dossier full of faults keeps its later ones without a price."""


def priced(
    findings: Iterable[Finding], dossier: Dossier, spending: Callable[[Dossier], Decimal]
) -> list[Finding]:
    """Give each remedy made of changes what it adds to the spending, in euros; negative when it saves.

    A remedy whose changes do not apply keeps no price. `spending` is what a dossier pays and moves for.
    """
    prices: dict[tuple[str, ...], Decimal | None] = {}
    before: list[Decimal] = []

    def price(remedy: Remedy) -> Remedy:
        if not remedy.changes or remedy.cost is not None:
            return remedy
        same = tuple(change.model_dump_json() for change in remedy.changes)
        if same not in prices and len(prices) < PRICED_AT_MOST:
            if not before:
                before.append(spending(dossier))
            prices[same] = _spent_more(remedy, dossier, spending, before[0])
        return replace(remedy, cost=prices.get(same))

    return [
        replace(finding, remedies=tuple(price(remedy) for remedy in finding.remedies))
        if finding.remedies
        else finding
        for finding in findings
    ]


def _spent_more(
    remedy: Remedy, dossier: Dossier, spending: Callable[[Dossier], Decimal], before: Decimal
) -> Decimal | None:
    try:
        for change in remedy.changes:
            dossier = apply_change(dossier, change)
        more = spending(dossier) - before
        return more if abs(more) >= SMALLEST else ZERO
    except FilageError:
        return None
