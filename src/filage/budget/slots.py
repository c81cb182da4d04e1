"""What each slot of a programme costs and brings: its lines, its people, its travel, its tickets; then day by day.

A line that serves several slots is shared equally between them; pay, by the parts its engagement has in each. What
serves no slot is kept apart, never spread silently.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE
from filage.budget.tickets import given_to, takings_of
from filage.facts.calendar import Event
from filage.facts.deal import Ticketing
from filage.facts.travel import Freight, Leg, Meal, Stay
from filage.facts.venue import Venue
from filage.kernel.money import ONE, ZERO, share_out
from filage.payroll.quantity import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from filage.budget.lines import Budget, BudgetRow
    from filage.budget.tickets import TicketTakings
    from filage.facts.dossier import Dossier
    from filage.law import Law

SLOTS = frozenset({"performance", "recording", "promotion", "mediation"})
"""Kinds of events a public comes to."""


@dataclass(frozen=True, slots=True)
class SlotCost:
    """The part of a budget line one slot bears, in euros."""

    row: BudgetRow
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Slot:
    """One event of the programme: what it costs, what its tickets bring, both before tax in euros."""

    event: Event
    label: str
    costs: tuple[SlotCost, ...]
    tickets: tuple[TicketTakings, ...]

    @property
    def cost(self) -> Decimal:
        """What its lines come to."""
        return sum((part.amount for part in self.costs), ZERO)

    @property
    def takings(self) -> Decimal:
        """Its box office, without VAT."""
        return sum((one.box_office.value for one in self.tickets), ZERO)

    @property
    def result(self) -> Decimal:
        """What it leaves: negative when it costs more than it brings."""
        return self.takings - self.cost


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """The slots of one day, and the tickets sold for the whole day."""

    day: date
    slots: tuple[Slot, ...]
    passes: tuple[TicketTakings, ...]

    @property
    def cost(self) -> Decimal:
        """What its slots cost."""
        return sum((slot.cost for slot in self.slots), ZERO)

    @property
    def takings(self) -> Decimal:
        """The box office of its slots and of its day passes, without VAT."""
        return sum((slot.takings for slot in self.slots), ZERO) + sum(
            (one.box_office.value for one in self.passes), ZERO
        )

    @property
    def seats(self) -> int:
        """The seats offered that day."""
        houses = [one.ticketing.capacity for slot in self.slots for one in slot.tickets]
        return sum(houses) + sum(one.ticketing.capacity for one in self.passes)


@dataclass(frozen=True, slots=True)
class Programme:
    """Every day with a slot, and the expenses that serve none: the two add up to the budget's expenses."""

    days: tuple[ProgrammeDay, ...]
    apart: tuple[SlotCost, ...]

    @property
    def cost(self) -> Decimal:
        """What the slots cost in all."""
        return sum((day.cost for day in self.days), ZERO)

    @property
    def takings(self) -> Decimal:
        """What tickets bring in all, without VAT."""
        return sum((day.takings for day in self.days), ZERO)

    @property
    def common(self) -> Decimal:
        """What serves no slot in particular."""
        return sum((part.amount for part in self.apart), ZERO)


def programme_of(dossier: Dossier, budget: Budget, law: Law, today: date) -> Programme:
    """Share the expenses of a budget over the slots of the calendar, and put their tickets beside."""
    alive = {
        event.about: event
        for event in dossier.all(Event)
        if event.type in SLOTS and event.option != "cancelled"
    }
    costs: dict[str, list[SlotCost]] = defaultdict(list)
    apart: list[SlotCost] = []
    calendar = Calendar(dossier)
    for row in budget.rows:
        if row.side != EXPENSE or not row.amount:
            continue
        weights = _served(row, dossier, calendar)
        shares = share_out(row.amount, list(weights.values()))
        for about, amount in zip(weights, shares, strict=True):
            (costs[about] if about in alive else apart).append(SlotCost(row, amount))
        if not weights:
            apart.append(SlotCost(row, row.amount))
    return Programme(_days(dossier, alive, costs, law, today), _gathered(apart))


def _served(row: BudgetRow, dossier: Dossier, calendar: Calendar) -> Mapping[str, Decimal]:
    """The events a line pays for, with their weights; empty when it serves no event in particular."""
    if row.detail is not None and row.detail.events:
        return dict.fromkeys(row.detail.events, ONE)
    fact = dossier.get(row.about)
    if isinstance(fact, (Stay, Meal)):
        return dict.fromkeys(fact.events, ONE)
    if isinstance(fact, (Leg, Freight)) and fact.event:
        return {fact.event: ONE}
    weights: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for event, part in calendar.by_engagement.get(row.about, ()):
        if calendar.phase_of(event) == row.phase and (part.units is None or part.units > 0):
            weights[event.about] += ONE
    return weights


def _days(
    dossier: Dossier,
    alive: Mapping[str, Event],
    costs: Mapping[str, list[SlotCost]],
    law: Law,
    today: date,
) -> tuple[ProgrammeDay, ...]:
    houses: dict[str, list[TicketTakings]] = defaultdict(list)
    passes: dict[date, list[TicketTakings]] = defaultdict(list)
    for ticketing in dossier.all(Ticketing):
        if given_to(ticketing, dossier) is not None:
            continue  # the tickets of a date sold are those of its buyer
        if ticketing.event and ticketing.event in alive:
            houses[ticketing.event].append(takings_of(ticketing, dossier, law, today))
        elif ticketing.event is None and ticketing.day is not None:
            passes[ticketing.day].append(takings_of(ticketing, dossier, law, today))
    by_day: dict[date, list[Slot]] = defaultdict(list)
    for event in sorted(alive.values(), key=lambda one: (one.day, str(one.start))):
        slot = Slot(event, _label(event, dossier), tuple(costs[event.about]), tuple(houses[event.about]))
        by_day[event.day].append(slot)
    return tuple(
        ProgrammeDay(day, tuple(by_day[day]), tuple(passes[day])) for day in sorted({*by_day, *passes})
    )


def _label(event: Event, dossier: Dossier) -> str:
    venue = dossier.find(event.venue, Venue)
    return event.label or (venue.label if venue else event.id)


def _gathered(parts: Iterable[SlotCost]) -> tuple[SlotCost, ...]:
    """One entry per line, the parts of one line added up."""
    sums: dict[int, SlotCost] = {}
    for part in parts:
        known = sums.get(id(part.row))
        sums[id(part.row)] = SlotCost(part.row, part.amount + (known.amount if known else ZERO))
    return tuple(sums.values())
