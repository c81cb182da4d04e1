"""Who else takes part in a project: co-producers, buyers, givers, what each brings and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from filage.facts.base import choices, label_of
from filage.facts.contract import Contract
from filage.facts.deal import Approach
from filage.facts.funding import Funding
from filage.facts.people import Company

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.budget.lines import Budget
    from filage.facts.dossier import Dossier

PARTNERS: Final = frozenset({"coproduction", "presale", "in_kind", "patronage", "sponsorship", "private"})
"""Natures of money that make a partner of who gives it."""


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner: who, as what, what they bring in words, how much in euros when it is money, in which state."""

    name: str
    city: str
    role: str
    brings: str
    amount: Decimal | None
    state: str


def partners_of(dossier: Dossier, budget: Budget) -> Iterator[Partner]:
    """Yield the partners of the plan, then the buyers of dates, then those who agreed to help otherwise."""
    sold = {row.about: row.amount for row in budget.rows if row.id.startswith("cession/")}
    seen: set[str] = set()
    for funding in dossier.all(Funding):
        if funding.nature in PARTNERS and funding.state != "refused":
            seen.add(funding.company or "")
            company = dossier.find(funding.company, Company)
            yield Partner(
                company.label if company else funding.label, (company.city or "") if company else "",
                label_of(funding, "nature"), _brought(funding), funding.amount, label_of(funding, "state").lower(),
            )  # fmt: skip
    for contract in dossier.all(Contract):
        if contract.type not in ("rights", "service", "rental") and contract.state != "cancelled":
            seen.add(contract.company or "")
            company = dossier.find(contract.company, Company)
            count = len(contract.events)
            dates = f"{count} dates" if count > 1 else "une date" if count else ""
            yield Partner(
                company.label if company else contract.label, (company.city or "") if company else "",
                label_of(contract, "type"), dates, sold.get(contract.about), label_of(contract, "state").lower(),
            )  # fmt: skip
    for about, approach in _agreed(dossier).items():
        company = dossier.find(about, Company)
        if company is not None and about not in seen:
            resources = choices(Company, "brings")
            asks = ", ".join(resources[one].lower() for one in approach.asks)
            yield Partner(
                company.label, company.city or "", label_of(company, "role"), asks, None, "d’accord"
            )


def _brought(funding: Funding) -> str:
    parts = [
        funding.scheme or "",
        label_of(funding, "contribution").lower() if funding.contribution != "cash" else "",
    ]
    return ", ".join(part for part in parts if part)


def _agreed(dossier: Dossier) -> dict[str, Approach]:
    """The last exchange with each organisation, when it says yes."""
    last: dict[str, Approach] = {}
    for approach in sorted(dossier.all(Approach), key=lambda one: (one.on, one.id)):
        last[approach.company] = approach
    return {about: approach for about, approach in last.items() if approach.answer == "agreed"}
