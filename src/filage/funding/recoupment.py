"""Receipts shared down corridors: rank after rank, each beneficiary takes its rate of what arrives, up to its ceiling.

Rates of one rank that add up to one or more share everything that arrives there, in proportion; what a beneficiary that
has recouped frees goes to the others of its rank. Rates below one leave the rest to the next rank. What no corridor
takes stays with the producer. Ceilings count every source together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.facts.recoupment import Corridor, Receipt
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.finding import Finding
from filage.kernel.money import ONE, ZERO, share_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step

REST = "Reste au producteur"
PRODUCER = "Production"
MOST_TIMES = 1_000
"""Receipts are not looked at beyond so many times what is expected."""
CLOSE_ENOUGH = Decimal("0.0000001")

Pools = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Payment:
    """What one corridor takes, in euros: what arrived at its rank, its amount, what it still waits for."""

    corridor: Corridor
    party: str
    arrives: Decimal
    amount: Decimal
    step: Step

    @property
    def waits_for(self) -> Decimal | None:
        """What its ceiling leaves to recoup; None without a ceiling."""
        return None if self.corridor.ceiling is None else self.corridor.ceiling - self.amount


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Receipts by source, payments in order, and what is left; the amounts add up to the receipts."""

    sources: tuple[tuple[str, Decimal], ...]
    payments: tuple[Payment, ...]
    rest: Decimal

    @property
    def receipts(self) -> Decimal:
        """Every receipt, in euros."""
        return sum((amount for _, amount in self.sources), ZERO)

    def by_party(self) -> tuple[tuple[str, Decimal], ...]:
        """What each beneficiary receives in all, in the order they are first served; the rest goes to the producer."""
        sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for payment in self.payments:
            sums[payment.party] += payment.amount
        sums[PRODUCER] += self.rest
        return tuple(sums.items())


def waterfall_of(dossier: Dossier) -> Waterfall:
    """Share the receipts of a dossier down its corridors."""
    return _waterfall(dossier, dossier.all(Receipt))


def at_scale(dossier: Dossier, times: Decimal) -> Waterfall:
    """Share the same receipts multiplied: half of them, twice as many."""
    scaled = [
        receipt.model_copy(update={"amount": receipt.amount * times}) for receipt in dossier.all(Receipt)
    ]
    return _waterfall(dossier, scaled)


def recouped_at(dossier: Dossier, corridor: Corridor) -> Decimal | None:
    """Return the receipts, in whole euros and in the same mix, from which a corridor is full; None if never."""
    pools = _pools(dossier.all(Receipt))
    whole = sum(pools.values(), ZERO)
    if corridor.ceiling is None or not whole:
        return None
    corridors = dossier.all(Corridor)

    def full(times: Decimal) -> bool:
        taken = dict(_shared({name: held * times for name, held in pools.items()}, corridors)[0])
        return taken.get(corridor.id, ZERO) >= (corridor.ceiling or ZERO) - CLOSE_ENOUGH

    low, high = ZERO, Decimal(MOST_TIMES)
    if not full(high):
        return None
    while (high - low) * whole > CLOSE_ENOUGH:
        middle = (low + high) / 2
        low, high = (low, middle) if full(middle) else (middle, high)
    return (whole * high - CLOSE_ENOUGH).to_integral_value(ROUND_CEILING)


def recoupment_findings(dossier: Dossier) -> list[Finding]:
    """What makes a waterfall say something else than was meant."""
    findings = []
    receipts, corridors = dossier.all(Receipt), dossier.all(Corridor)
    known = {receipt.source for receipt in receipts}
    for corridor in corridors:
        findings += [
            Finding(
                "receipts.unknown_source", "warning", corridor.about,
                f"{corridor.label} : aucune recette ne vient de « {name} », ce couloir n’en reçoit rien.",
            )
            for name in corridor.sources
            if receipts and name not in known
        ]  # fmt: skip
        if corridor.type in ("minimum_guarantee", "recoupment", "expenses") and corridor.ceiling is None:
            message = (
                f"{corridor.label} : {label_of(corridor, 'type').lower()} sans plafond, il prend sans fin."
            )
            findings.append(Finding("receipts.no_ceiling", "warning", corridor.about, message))
    return findings


def _waterfall(dossier: Dossier, receipts: Iterable[Receipt]) -> Waterfall:
    pools = _pools(receipts)
    corridors = _in_order(dossier.all(Corridor))
    exact, arrived = _shared(pools, corridors)
    taken = [exact[corridor.id] for corridor in corridors]
    whole = sum(pools.values(), ZERO)
    *amounts, rest = share_out(whole, [*taken, max(whole - sum(taken, ZERO), ZERO)])
    payments = tuple(
        _payment(dossier, corridor, arrived[corridor.id], amount)
        for corridor, amount in zip(corridors, amounts, strict=True)
    )
    return Waterfall(tuple(pools.items()), payments, rest)


def _payment(dossier: Dossier, corridor: Corridor, arrives: Decimal, amount: Decimal) -> Payment:
    full = corridor.ceiling is not None and amount >= corridor.ceiling
    rule = (
        f"plafond de {french.euro(corridor.ceiling)} atteint"
        if full and corridor.ceiling is not None
        else f"{french.percent(corridor.rate)} de ce qui arrive au rang {corridor.rank}"
    )
    whole = steps.given(f"arrive au rang {corridor.rank}", arrives, by=corridor.about)
    step = steps.share(corridor.label, amount, whole, rule=rule)
    return Payment(corridor, _party(dossier, corridor), arrives, amount, step)


def _party(dossier: Dossier, corridor: Corridor) -> str:
    fact = dossier.get(corridor.party) if corridor.party else None
    return fact.name() if fact is not None else PRODUCER


def _pools(receipts: Iterable[Receipt]) -> Pools:
    pools: Pools = defaultdict(lambda: ZERO)
    for receipt in receipts:
        pools[receipt.source] += receipt.amount
    return dict(pools)


def _in_order(corridors: Sequence[Corridor]) -> tuple[Corridor, ...]:
    return tuple(sorted(corridors, key=lambda corridor: corridor.rank))


def _shared(pools: Pools, corridors: Sequence[Corridor]) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """What each corridor takes, not rounded, and what arrived at its rank from the sources it looks at."""
    left, taken, arrived = dict(pools), {}, {}
    for rank in sorted({corridor.rank for corridor in corridors}):
        here = [corridor for corridor in corridors if corridor.rank == rank]
        for corridor in here:
            arrived[corridor.id] = sum((left[name] for name in _looked_at(corridor, left)), ZERO)
        for ident, by_source in _rank(here, left).items():
            taken[ident] = sum(by_source.values(), ZERO)
            for name, amount in by_source.items():
                left[name] = max(left[name] - amount, ZERO)
    return taken, arrived


def _looked_at(corridor: Corridor, pools: Mapping[str, Decimal]) -> list[str]:
    return [name for name in pools if not corridor.sources or name in corridor.sources]


def _rank(corridors: Sequence[Corridor], pools: Pools) -> dict[str, Pools]:
    """What each corridor of one rank takes from each source; the full ones are set aside until none fills up."""
    rates = {name: _rate(corridors, name, pools) for name in pools}
    full: dict[str, Pools] = {}
    while True:
        waiting = [corridor for corridor in corridors if corridor.id not in full]
        wanted = {corridor.id: _wanted(corridor, waiting, pools, rates, full) for corridor in waiting}
        filled = [
            corridor
            for corridor in waiting
            if corridor.ceiling is not None and sum(wanted[corridor.id].values(), ZERO) > corridor.ceiling
        ]
        if not filled:
            return full | wanted
        for corridor in filled:
            whole = sum(wanted[corridor.id].values(), ZERO)
            ceiling = corridor.ceiling or ZERO
            full[corridor.id] = {
                name: amount * ceiling / whole for name, amount in wanted[corridor.id].items()
            }


def _rate(corridors: Iterable[Corridor], source: str, pools: Pools) -> Decimal:
    return sum((c.rate for c in corridors if source in _looked_at(c, pools)), ZERO)


def _wanted(
    corridor: Corridor,
    waiting: Sequence[Corridor],
    pools: Pools,
    rates: Mapping[str, Decimal],
    full: Mapping[str, Pools],
) -> Pools:
    """Its rate of what arrives; where a rank shares everything, its part of what the full ones leave."""
    found = {}
    for name in _looked_at(corridor, pools):
        if rates[name] < ONE:
            found[name] = corridor.rate * pools[name]
            continue
        open_ = pools[name] - sum((one.get(name, ZERO) for one in full.values()), ZERO)
        among = _rate(waiting, name, pools)
        found[name] = corridor.rate * max(open_, ZERO) / among if among else ZERO
    return found
