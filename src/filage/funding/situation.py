"""What the rules of funders look at: a production reviewed, and what it counts of it once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from filage.budget.lines import EXPENSE
from filage.budget.posts import posts_of
from filage.facts.calendar import Event, Participation
from filage.facts.contract import Contract
from filage.facts.funding import Funding
from filage.facts.team import Engagement, Position
from filage.facts.venue import Venue
from filage.kernel import step as steps
from filage.kernel.interval import later_day
from filage.kernel.text import fold

if TYPE_CHECKING:
    from filage.budget.lines import Budget, BudgetRow
    from filage.facts.dossier import Dossier
    from filage.funding.plan import Plan
    from filage.kernel.step import Step
    from filage.payroll.engagement import PayCost

SURE = ("confirmed", "signed")
PERFORMERS = ("artiste", "figurant")
STRUCTURE_WORDS = ("structure", "frais generaux")
_MONTH = 30.4375


class Reviewed(Protocol):
    """What a review knows of a production; an `Outcome` is one."""

    @property
    def dossier(self) -> Dossier:
        """The facts reviewed."""

    @property
    def variables(self) -> Mapping[str, Step]:
        """The named numbers."""

    @property
    def costs(self) -> tuple[PayCost, ...]:
        """What people cost."""

    @property
    def budget(self) -> Budget:
        """The lines and their totals."""

    @property
    def plan(self) -> Plan:
        """The financing plan."""


@dataclass(frozen=True)
class Situation:
    """A production on a day, as a funder's rule sees it; `reviewed` is the outcome it is read from."""

    dossier: Dossier
    budget: Budget
    plan: Plan
    costs: tuple[PayCost, ...]
    today: date

    @classmethod
    def of(cls, reviewed: Reviewed, today: date) -> Situation:
        """Read a review."""
        return cls(reviewed.dossier, reviewed.budget, reviewed.plan, reviewed.costs, today)

    @property
    def form(self) -> str:
        """The kind of production."""
        return self.dossier.production.form

    @cached_property
    def performances(self) -> tuple[Event, ...]:
        """The performances not cancelled, by day."""
        return self.dated("performance")

    def dated(self, kind: str) -> tuple[Event, ...]:
        """The events of a nature, not cancelled, by day."""
        found = [e for e in self.dossier.all(Event) if e.type == kind and e.option != "cancelled"]
        return tuple(sorted(found, key=lambda event: event.day))

    def within(self, events: tuple[Event, ...], months: int) -> tuple[Event, ...]:
        """The largest number of these events that fit in so many months."""
        best: tuple[Event, ...] = ()
        span = int(months * _MONTH)
        for first, event in enumerate(events):
            last = later_day(event.day, span)
            held = tuple(one for one in events[first:] if one.day <= last)
            best = held if len(held) > len(best) else best
        return best

    @cached_property
    def expense(self) -> Step:
        """What the production costs, in euros."""
        return steps.given("Charges", self.budget.expense, by="total/expense")

    @cached_property
    def charges(self) -> tuple[BudgetRow, ...]:
        """The lines of expense that count."""
        return tuple(row for row in self.budget.rows if row.side == EXPENSE and row.counts)

    @cached_property
    def structure_costs(self) -> Step:
        """What goes to the structure: the lines of chapters so named, the unforeseen apart, in euros."""
        named = {
            post.code
            for post in posts_of(self.dossier)
            if any(word in fold(post.label) for word in STRUCTURE_WORDS)
        }
        return steps.total(
            "Frais de structure",
            [
                steps.given(row.label, row.amount, by=row.id)
                for row in self.charges
                if row.post in named and "imprevu" not in fold(row.label)
            ],
        )

    @cached_property
    def fundings(self) -> tuple[Funding, ...]:
        """The sources of the plan, refused ones apart."""
        return tuple(one for one in self.dossier.all(Funding) if one.state != "refused")

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """The production partners: who co-produces, pre-buys or shares, each once, by name."""
        found: dict[str, str] = {}
        for one in self.fundings:
            if one.nature in ("coproduction", "presale") or one.contribution == "industry":
                found.setdefault(one.company or one.label, one.label)
        for contract in self.dossier.all(Contract):
            if (
                contract.type in ("coproduction", "corealisation", "presale")
                and contract.state != "cancelled"
            ):
                found.setdefault(contract.company or contract.label, contract.label)
        return tuple(found.values())

    @cached_property
    def performers(self) -> tuple[PayCost, ...]:
        """The performers paid, engaged or forecast."""
        return tuple(cost for cost in self.costs if cost.status in PERFORMERS)

    @cached_property
    def fewest_performers(self) -> int | None:
        """How many performers are paid on the date that has the fewest; None without anybody on a date."""
        held = {
            engagement.about
            for engagement in self.dossier.all(Engagement)
            if (found := self.dossier.find(engagement.position, Position)) and found.status in PERFORMERS
        }
        by_event: dict[str, set[str]] = {event.about: set() for event in self.performances}
        for part in self.dossier.all(Participation):
            if part.event in by_event and part.engagement in held:
                by_event[part.event].add(part.engagement)
        if not any(by_event.values()):
            return None
        return min(len(found) for found in by_event.values())

    @cached_property
    def venues(self) -> tuple[str, ...]:
        """The places where it plays, each once."""
        return tuple(dict.fromkeys(event.venue for event in self.performances if event.venue))

    def country(self, event: Event) -> str | None:
        """The country where an event takes place; None when its place is not known."""
        venue = self.dossier.find(event.venue, Venue)
        return venue.country if venue else None

    def amount_of(self, natures: tuple[str, ...]) -> Step:
        """The money of these natures in the plan, refused and in kind apart, in euros."""
        wanted = {one.about: one.label for one in self.fundings if one.nature in natures}
        return steps.total(
            "Sources comptées",
            [
                steps.given(wanted[row.id], row.amount, by=row.id)
                for row in self.budget.rows
                if row.id in wanted and row.counts
            ],
        )
