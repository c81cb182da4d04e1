"""The waterfall as its page draws it: each payment after the one before, and what each party gets at other scales."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from filage.facts.base import label_of
from filage.facts.dossier import Dossier
from filage.facts.recoupment import Corridor
from filage.funding.recoupment import Payment, Waterfall, at_scale, recouped_at
from filage.kernel import french
from filage.kernel.money import ONE, ZERO

SCALES: Final = (Decimal("0.5"), ONE, Decimal(2), Decimal(5))
FULL_WIDTH: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Drop:
    """One payment: its rule in words, the receipts that fill it, and its place in the drawing, in hundredths."""

    payment: Payment
    rule: str
    recouped_at: Decimal | None
    x: str
    width: str

    @property
    def is_full(self) -> bool:
        """Whether its ceiling is reached."""
        return self.payment.waits_for == ZERO


@dataclass(frozen=True, slots=True)
class Party:
    """What one beneficiary gets when receipts are multiplied, in the order of the scales."""

    name: str
    amounts: tuple[Decimal, ...]


def drops_of(dossier: Dossier, flow: Waterfall) -> tuple[Drop, ...]:
    """Return the payments in order, each drawn after those before it."""
    whole = flow.receipts or ONE
    found, before = [], ZERO
    for payment in flow.payments:
        x, width = (FULL_WIDTH * part / whole for part in (before, payment.amount))
        found.append(
            Drop(
                payment,
                rule_of(payment.corridor),
                recouped_at(dossier, payment.corridor),
                _short(x),
                _short(width),
            )
        )
        before += payment.amount
    return tuple(found)


def rule_of(corridor: Corridor) -> str:
    """Say what a corridor takes: « 30 % de ce qui arrive, jusqu’à 1 200,00 € »."""
    taken = (
        "tout ce qui arrive" if corridor.rate == ONE else f"{french.percent(corridor.rate)} de ce qui arrive"
    )
    limit = "" if corridor.ceiling is None else f", jusqu’à {french.euro(corridor.ceiling)}"
    only = f", sur {', '.join(corridor.sources)}" if corridor.sources else ""
    return f"{label_of(corridor, 'type').lower()} : {taken}{limit}{only}"


def parties_of(dossier: Dossier, scales: Sequence[Decimal] = SCALES) -> tuple[Party, ...]:
    """Return what each party gets at each scale; somebody paid at one scale is listed at all."""
    at_each = [dict(at_scale(dossier, times).by_party()) for times in scales]
    names = dict.fromkeys(name for found in at_each for name in found)
    return tuple(Party(name, tuple(found.get(name, ZERO) for found in at_each)) for name in names)


def _short(value: Decimal) -> str:
    """A length of the drawing, as SVG reads it whatever the language."""
    return f"{value:.2f}"
