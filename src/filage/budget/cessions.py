"""The income of cessions: dates sold, and journeys re-billed to the buyer."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from filage.budget.lines import RECEIPT, BudgetRow
from filage.budget.posts import INCOME
from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.kernel import step as steps
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.logistics.travel import TravelCost

CESSION_ACCOUNT = "7061"


def cession_rows(
    dossier: Dossier, travel: Sequence[TravelCost], lines: Mapping[str, BudgetRow]
) -> list[BudgetRow]:
    """The income of each cession: its dates at their price, and the travel re-billed to the buyer at cost.

    `lines` are those of the budget, by id: journeys, nights and meals are re-billed as they count there.
    """
    events = {event.about: event for event in dossier.all(Event)}
    rows = []
    for contract in dossier.all(Contract):
        if contract.type != "cession" or contract.state == "cancelled":
            continue
        dates = [
            e
            for about in dict.fromkeys(contract.events)
            if (e := events.get(about)) and e.option != "cancelled"
        ]
        if not dates:
            continue
        if contract.unit_price is not None:
            count = steps.given("dates vendues", len(dates), unit="dates")
            price = steps.given("prix de cession HT", contract.unit_price, by=contract.about)
            amount = steps.product(contract.label, count, price)
            rows.append(
                _income(f"cession/{contract.id}", contract, amount, Decimal(len(dates)), contract.unit_price)
            )
        if contract.bills_travel:
            venues = {event.venue for event in dates} | {contract.venue}
            served = [
                step
                for cost in travel
                if cost.phase == "exploitation"
                and _serves(cost, venues, events)
                and (step := _counted(cost, lines.get(cost.about))) is not None
            ]
            if served:
                amount = steps.total(f"{contract.label}, voyages refacturés", served)
                rows.append(_income(f"rebilled/{contract.id}", contract, amount, None, None))
    return rows


def _counted(cost: TravelCost, row: BudgetRow | None) -> Step | None:
    """What counts of a journey, a night or a meal: as computed, else as replaced by hand; None when it is left out."""
    if row is None or row.override is None:
        return cost.amount if row is None or row.counts else None
    return steps.given(row.label, row.amount, by=row.id) if row.counts else None


def sold_twice(dossier: Dossier) -> list[Finding]:
    """A date that two live cessions sell: its income counts twice."""
    sellers: dict[str, Contract] = {}
    findings = []
    for contract in dossier.all(Contract):
        if contract.type != "cession" or contract.state == "cancelled":
            continue
        for about in contract.events:
            first = sellers.setdefault(about, contract)
            if first is not contract:
                sold = f"{contract.label} vend une date déjà vendue par {first.label} :"
                message = f"{sold} elle compte deux fois ({about})."
                findings.append(Finding("sale.sold_twice", "warning", contract.about, message))
    return findings


def _serves(cost: TravelCost, venues: set[str | None], events: Mapping[str, Event]) -> bool:
    return any(events[about].venue in venues for about in cost.events)


SALE_PROBABILITY = {
    "signed": Decimal(1), "to_sign": Decimal("0.9"), "confirmed": Decimal("0.9"), "option_1": Decimal("0.6"),
    "option_2": Decimal("0.4"), "draft": Decimal("0.3"),
}  # fmt: skip


def sale_probability(contract: Contract) -> Decimal:
    """How sure a sale is: as typed, else by its state."""
    return (
        contract.probability
        if contract.probability is not None
        else SALE_PROBABILITY.get(contract.state, ZERO)
    )


def _income(
    ident: str, contract: Contract, amount: Step, quantity: Decimal | None, price: Decimal | None
) -> BudgetRow:
    return BudgetRow(
        id=ident, label=amount.label, about=contract.about, side=RECEIPT, phase="exploitation", post=INCOME,
        account=contract.account or CESSION_ACCOUNT, amount=amount.value, computed=amount.value, basis="calculé",
        step=amount,
        quantity=quantity, unit="dates" if quantity is not None else "", unit_price=price,
        probability=sale_probability(contract),
    )  # fmt: skip
