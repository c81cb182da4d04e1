"""A movement of the bank account: its day, its amount before tax and its VAT, how sure it is, and why it is there."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.calendar import Event
from filage.kernel.money import ONE, ZERO, round_half_up, share_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filage.facts.dossier import Dossier

FULL, WEIGHTED, CERTAIN = "full", "weighted", "certain"
READINGS = {FULL: "Plein", WEIGHTED: "Pondéré", CERTAIN: "Certain"}
"""Every receipt in full; each by its probability; those that nothing can take back. Money out always counts whole."""
CERTAINTIES = {"done": "fait", "certain": "certain", "probable": "probable"}
KINDS = {
    "funding": "Financement", "sale": "Vente", "income": "Autre produit", "pay": "Salaires nets",
    "contributions": "Cotisations", "purchase": "Achats et frais", "vat": "TVA", "cash": "Mouvement de banque",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Movement:
    """Money in (positive) or out (negative), in euros. `about` is where to correct it, `row` its budget line."""

    on: date
    label: str
    kind: str
    net: Decimal
    about: str
    why: str
    row: str = ""
    vat: Decimal = ZERO
    probability: Decimal = ONE
    planned_on: date | None = None
    """The day it was planned for, when that day has passed."""
    done: bool = False
    estimated: bool = False
    """Nobody ordered or signed it yet."""

    @property
    def amount(self) -> Decimal:
        """What the account sees, tax included."""
        return self.net + self.vat

    @property
    def certainty(self) -> str:
        """done, certain or probable."""
        if self.done:
            return "done"
        return "certain" if self.probability == ONE and not self.estimated else "probable"

    def read(self, reading: str) -> Movement | None:
        """The movement as one reading counts it; None when it does not."""
        if self.probability == ONE or reading == FULL or self.amount < 0:
            return self
        if reading == CERTAIN or self.probability == ZERO:
            return None
        return replace(
            self,
            net=round_half_up(self.net * self.probability),
            vat=round_half_up(self.vat * self.probability),
        )


Period = tuple[date, date]
"""The first and last day of a budget."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Today, and the first day the plan may still move: the day after the last known balance, or today."""

    today: date
    opens_on: date | None

    def done(self, on: date) -> date:
        """The day of what has already happened: never after today."""
        return min(on, self.today)

    @property
    def first(self) -> date:
        """The first day on which something may still happen."""
        if self.opens_on is not None and self.opens_on >= self.today:
            return self.opens_on + timedelta(days=1)
        return self.today

    def awaited(self, on: date) -> tuple[date, date | None]:
        """The day of what has not happened yet, and the day it was planned for when that has passed."""
        return (on, None) if on >= self.first else (self.first, on)


def month_end(day: date) -> date:
    """The last day of a month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_of(dossier: Dossier, phase: str) -> Period | None:
    """The first and last day of a budget by the phases of the production; None when no phase says.

    The production budget is spent by the phases that begin before the first performance (in a film, before the last
    event), not by those that settle it.
    """
    own = [p for p in dossier.production.phases if p.budget == phase] or list(dossier.production.phases)
    if phase == "production" and (events := dossier.all(Event)):
        played = [event.day for event in events if event.type == "performance"]
        limit = min(played) if played else max(event.day for event in events)
        own = [p for p in own if p.starts_on <= limit] or own
    return (min(p.starts_on for p in own), max(p.ends_on for p in own)) if own else None


def spread(amount: Decimal, period: Period | None, start: date) -> Iterator[tuple[date, Decimal]]:
    """Share an amount over the ends of the months of a period still to come; all at once when none is left."""
    ends = list(_month_ends(max(period[0], start), period[1])) if period else []
    yield from zip(ends or [start], share_out(amount, [ONE] * max(len(ends), 1)), strict=True)


def _month_ends(first: date, last: date) -> Iterator[date]:
    day = month_end(first)
    while day < last:
        yield day
        day = month_end(day + timedelta(days=1))
    if first <= last:
        yield last


def running(movements: Sequence[Movement], opening: Decimal) -> Iterator[tuple[date, Decimal]]:
    """The balance at the end of each day that moves."""
    balance, day = opening, None
    for movement in movements:
        if day is not None and movement.on != day:
            yield day, balance
        balance += movement.amount
        day = movement.on
    if day is not None:
        yield day, balance
