"""What a retained offer brings and costs in the budget, when it is not a cession: rows of its contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.budget.cessions import sale_probability
from filage.budget.deals.corealisation import tickets_of
from filage.budget.deals.offer import offer_of
from filage.budget.deals.simulate import evening_of
from filage.budget.lines import EXPENSE, RECEIPT, BudgetRow
from filage.budget.posts import INCOME
from filage.budget.tickets import OURS, TICKETS_ACCOUNT
from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.deal import Deal, Ticketing
from filage.facts.funding import Funding
from filage.kernel import step as steps
from filage.kernel.errors import BadInput
from filage.kernel.finding import Finding

if TYPE_CHECKING:
    from datetime import date

    from filage.budget.deals.offer import Offer
    from filage.budget.deals.simulate import Evening
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.law import Law

SALE = "90"
RIGHTS_ACCOUNT, TAX_ACCOUNT, RENT_ACCOUNT, PROMOTION_ACCOUNT = "6516", "637", "6132", "623"
COPRODUCTION_ACCOUNT = "7588"


def deal_rows(dossier: Dossier, law: Law, today: date) -> tuple[list[BudgetRow], list[Finding]]:
    """Return the rows of contracts that keep an offer (`deal/id…`), without VAT; findings for those that cannot hold.

    A cession has its own rows. What an offer shares is one income; where the tickets are ours, they are the income
    (but for the dates a ticketing counts), and rights, tax and the promoter's share are expenses. Rent and promotion
    are expenses wherever they are ours; a co-producer's contribution is an income unless the plan holds it already.
    """
    rows: list[BudgetRow] = []
    findings: list[Finding] = []
    for contract in dossier.all(Contract):
        deal = dossier.find(contract.deal, Deal)
        if (
            deal is None
            or deal.type == "cession"
            or contract.type == "cession"
            or contract.state == "cancelled"
        ):
            continue
        findings += _sold_twice(contract, dossier)
        if contract.events:  # the dates sold are those of the contract
            if not _alive(contract, dossier):
                continue
            deal = deal.model_copy(update={"events": contract.events})
        offer = offer_of(deal, dossier, law, today, None)
        try:
            evening = evening_of(offer, tickets_of(offer.capacity, offer.fill))
        except BadInput as error:
            message = f"{contract.label} : {error.problems[0].message}."
            findings.append(Finding("deal.refused", "warning", contract.about, message))
            continue
        rows += _rows(contract, offer, evening, apart=_ticketed(contract, dossier))
        rows += _contribution(contract, offer, dossier)
    return rows, findings


def _sold_twice(contract: Contract, dossier: Dossier) -> list[Finding]:
    """The other live contracts that sell one of the same dates: their income counts twice."""
    return [
        Finding(
            "sale.sold_twice", "warning", contract.about,
            f"{contract.label} vend une date déjà vendue par {other.label} : elle compte deux fois.",
        )
        for other in dossier.all(Contract)
        if other.about != contract.about
        and other.state != "cancelled"
        and set(other.events) & set(contract.events)
        and (other.type == "cession" or (other.deal is not None and other.about < contract.about))
    ]  # fmt: skip


def _alive(contract: Contract, dossier: Dossier) -> frozenset[str]:
    """The dates it sells that are not cancelled."""
    return frozenset(
        event.about
        for event in dossier.all(Event)
        if event.about in contract.events and event.option != "cancelled"
    )


def _ticketed(contract: Contract, dossier: Dossier) -> int:
    """How many of its dates a ticketing already counts."""
    return len({one.event for one in dossier.all(Ticketing)} & _alive(contract, dossier))


def _contribution(contract: Contract, offer: Offer, dossier: Dossier) -> list[BudgetRow]:
    """What a co-producer brings in money, unless it is a source of the plan."""
    brought = offer.deal.contribution
    if offer.deal.type != "coproduction" or not brought or _in_plan(contract, offer, dossier):
        return []
    amount = steps.given(f"{contract.label}, apport", brought, by=offer.about)
    return [
        BudgetRow(
            id=f"deal/{contract.id}/contribution", label=amount.label, about=contract.about, side=RECEIPT,
            phase="production", post=INCOME, account=COPRODUCTION_ACCOUNT, amount=amount.value,
            computed=amount.value, basis="calculé", step=amount, probability=sale_probability(contract),
        )
    ]  # fmt: skip


def _in_plan(contract: Contract, offer: Offer, dossier: Dossier) -> bool:
    company = contract.company or offer.deal.company
    return any(
        one.nature == "coproduction" and one.state != "refused" and one.company == company
        for one in dossier.all(Funding)
        if company is not None
    )


def _rows(contract: Contract, offer: Offer, evening: Evening, *, apart: int) -> list[BudgetRow]:
    dates = steps.given("dates", offer.dates, unit="dates")

    def row(
        name: str, label: str, step: Step, account: str, side: str = EXPENSE, *, count: Step = dates
    ) -> BudgetRow:
        amount = steps.product(f"{contract.label}{label}", count, step)
        return BudgetRow(
            id=f"deal/{contract.id}{name}", label=amount.label, about=contract.about, side=side,
            phase="exploitation", post=INCOME if side == RECEIPT else SALE, account=account,
            amount=amount.value, computed=amount.value, basis="calculé", step=amount,
            probability=sale_probability(contract),
        )  # fmt: skip

    if offer.deal.type not in OURS:
        found = [row("", "", evening.income, contract.account or TICKETS_ACCOUNT, RECEIPT)]
    else:
        left = steps.given("dates sans billetterie", max(offer.dates - apart, 0), unit="dates")
        sold = dates if not apart else left
        found = [
            row("", ", billets", evening.box_office, TICKETS_ACCOUNT, RECEIPT, count=sold),
            row("/rights", ", droits d’auteur", evening.rights, RIGHTS_ACCOUNT),
            row("/tax", ", taxe sur les spectacles", evening.tax, TAX_ACCOUNT),
        ]
    if offer.deal.type == "promotion":
        found.append(row("/share", ", part du promoteur", evening.venue, PROMOTION_ACCOUNT))
    if offer.deal.rental:
        rent = steps.given("loyer par date", offer.deal.rental, by=offer.about)
        found.append(row("/rent", ", location de la salle", rent, RENT_ACCOUNT))
    if offer.deal.promotion:
        whole = steps.given("promotion", offer.deal.promotion, by=offer.about)
        once = steps.given("pour l’ensemble", 1, unit="")
        found.append(row("/promotion", ", promotion", whole, PROMOTION_ACCOUNT, count=once))
    return [one for one in found if one.amount]
