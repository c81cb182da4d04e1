"""Rights and tax on the tickets we sell ourselves: the lines they propose to the budget, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.budget.deals.rows import RIGHTS_ACCOUNT, SALE, TAX_ACCOUNT
from filage.budget.tickets import ticket_rows
from filage.facts.budget import BudgetLine
from filage.facts.contract import Contract
from filage.facts.deal import Deal, Ticketing
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.changes import add
from filage.rights.estimate import usual_rates
from filage.rights.tariffs import RIGHTS, TAX, Tariff, usual

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from filage.facts.dossier import Dossier
    from filage.kernel.changes import Change
    from filage.kernel.step import Step
    from filage.law import Law

ACCOUNTS = {RIGHTS: RIGHTS_ACCOUNT, TAX: TAX_ACCOUNT}


@dataclass(frozen=True, slots=True)
class ProposedRight:
    """A line to add: the tariff it comes from, its base and its amount in euros."""

    tariff: Tariff
    label: str
    base: Step
    amount: Step

    @property
    def rule(self) -> str:
        """What the line will say it was proposed by."""
        return f"rights/{self.tariff.id}"

    def change(self) -> Change:
        """The line added to the budget, its source in its note: an estimate until the organisation bills it."""
        rate = french.percent(self.amount.value / self.base.value) if self.base.value else ""
        note = f"{rate} de la billetterie HT, à vérifier : {self.tariff.source.title}."
        return add(
            f"budget_line/droits-{self.tariff.id.replace('_', '-')}", label=self.label, phase="exploitation",
            post=SALE, account=ACCOUNTS[self.tariff.kind], unit_price=f"{self.amount.value:f}",
            reliability="estimate", proposed_by=self.rule, note=note,
        )  # fmt: skip


def proposed_rights(dossier: Dossier, law: Law, today: date) -> tuple[ProposedRight, ...]:
    """Return rights and tax due on our own box office, the lines already accepted left out.

    Tickets of a contract that keeps an offer are left out: its rows count their rights and tax.
    """
    counted = {
        event
        for one in dossier.all(Contract)
        if dossier.find(one.deal, Deal) is not None
        for event in one.events
    }
    own = {one.about for one in dossier.all(Ticketing) if one.event not in counted}
    sold = [row for row in ticket_rows(dossier, law, today) if row.about in own]
    base = steps.total("Billetterie HT tenue par nous", [row.step for row in sold])
    done = {line.proposed_by for line in dossier.all(BudgetLine)}
    rates = dict(zip((RIGHTS, TAX), usual_rates(dossier), strict=True))
    found = []
    for kind, label in (
        (RIGHTS, "Droits d’auteur, billetterie"),
        (TAX, "Taxe sur les spectacles, billetterie"),
    ):
        tariff = next((one for one in usual(dossier.production.form) if one.kind == kind and one.rate), None)
        if tariff is None or not base.value or not rates[kind]:
            continue
        rate = _rate(tariff, rates[kind])
        proposed = ProposedRight(tariff, label, base, steps.rounded(steps.product(label, base, rate)))
        if proposed.rule not in done:
            found.append(proposed)
    return tuple(found)


def _rate(tariff: Tariff, rate: Decimal) -> Step:
    """The rate of the tariff with its source, or the one agreed for this production."""
    known = tariff.step()
    if known is not None and known.value == rate:
        return known
    return steps.given("taux convenu", rate, unit="rate", by="droits du dossier")
