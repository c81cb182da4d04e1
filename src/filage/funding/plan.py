"""The financing plan: one table that adds up to the expenses, gap included, at full, weighted and certain amounts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.budget.lines import RECEIPT, Budget, BudgetRow
from filage.budget.posts import INCOME
from filage.facts.base import label_of
from filage.facts.contract import Contract
from filage.facts.funding import CERTAIN_STATES, Funding
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.finding import Deadline, Finding
from filage.kernel.money import ONE, ZERO, round_half_up, share_out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step

TO_CONFIRM = "À confirmer"
"""The state of a typed income that is not certain."""
_STATE_PROBABILITY = dict.fromkeys(CERTAIN_STATES, ONE) | {"refused": ZERO}
_ACCOUNTS = {
    "public": "74", "private": "7541", "own": "789", "in_kind": "871", "presale": "7061", "coproduction": "7588",
    "tax_credit": "699", "collective": "7488", "crowdfunding": "7541",
    "patronage": "7542", "sponsorship": "7063",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """One source of money: a funding, a sale or a typed income."""

    line: str
    about: str
    label: str
    nature: str
    state: str
    phase: str
    amount: Decimal
    probability: Decimal
    weighted: Decimal
    received: Decimal

    @property
    def is_certain(self) -> bool:
        """Whether nothing can take it back any more."""
        return self.probability == 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The sources, the expenses they face, and the gap in three readings; negative means nothing is missing."""

    sources: tuple[Source, ...]
    expense: Decimal
    full: Decimal
    weighted: Decimal
    certain: Decimal
    public: Decimal
    valued: tuple[Source, ...] = ()
    """Contributions in kind (87), at their value, apart from the money."""

    @property
    def gap(self) -> Decimal:
        """What remains to be found when every source pays in full."""
        return self.expense - self.full

    @property
    def gap_weighted(self) -> Decimal:
        """What remains when each source counts by its probability."""
        return self.expense - self.weighted

    @property
    def gap_certain(self) -> Decimal:
        """What remains with certain sources only."""
        return self.expense - self.certain

    @property
    def public_share(self) -> Decimal | None:
        """Public money over expenses, a fraction; None without expenses."""
        return self.public / self.expense if self.expense else None


def probability_of(funding: Funding) -> Decimal:
    """How sure a funding is: as typed, else 1 once notified, 0 when refused, else one half."""
    if funding.probability is not None and funding.state not in (*CERTAIN_STATES, "refused"):
        return funding.probability
    return _STATE_PROBABILITY.get(funding.state, Decimal("0.5"))


def is_valued(funding: Funding) -> bool:
    """Whether it is given in kind: valued (87) and never counted as money."""
    return funding.nature == "in_kind" or funding.contribution == "in_kind"


def funding_rows(dossier: Dossier) -> list[BudgetRow]:
    """One income line per funding not refused."""
    rows = []
    for funding in dossier.all(Funding):
        if funding.state == "refused":
            continue
        valued = is_valued(funding)
        amount = steps.given(funding.label, funding.amount, by=funding.about)
        rows.append(
            BudgetRow(
                id=funding.about,
                label=funding.label,
                about=funding.about,
                side=RECEIPT,
                phase=funding.phase,
                post=INCOME,
                account=funding.account or ("871" if valued else _ACCOUNTS[funding.nature]),
                amount=ZERO if valued else funding.amount,
                computed=None,
                basis="saisi",
                step=amount,
                probability=probability_of(funding),
                aside=funding.amount if valued else ZERO,
                valued=valued,
                note=funding.note,
            )
        )
    return rows


def acquired_for_creation(dossier: Dossier, budget: Budget) -> Step:
    """The certain funding of production, which a price need not pay back, as it counts in the budget."""
    rows = budget.by_id()
    parts = [
        steps.given(funding.label, rows[funding.about].amount, by=funding.about)
        for funding in dossier.all(Funding)
        if funding.phase == "production"
        and funding.state in CERTAIN_STATES
        and funding.about in rows
        and rows[funding.about].counts
    ]
    return steps.total("Financements acquis", parts)


def plan_of(dossier: Dossier, budget: Budget) -> Plan:
    """Return the financing plan of a budget."""
    fundings = {funding.about: funding for funding in dossier.all(Funding)}
    contracts = {contract.about: contract for contract in dossier.all(Contract)}
    sources = []
    for row in budget.rows:
        if row.side != RECEIPT:
            continue
        funding, contract = fundings.get(row.about), contracts.get(row.about)
        if funding is not None:
            nature, state = label_of(funding, "nature"), label_of(funding, "state")
            received = sum((part.amount for part in funding.instalments if part.received), ZERO)
        elif contract is not None:
            nature, state = label_of(contract, "type"), label_of(contract, "state")
            first = (f"cession/{contract.id}", f"deal/{contract.id}")
            received = contract.received or ZERO if row.id in first else ZERO
        else:
            nature, state, received = "Recette", "" if row.probability == ONE else TO_CONFIRM, ZERO
        weighted = round_half_up(row.amount * row.probability)
        sources.append(
            Source(
                row.id,
                row.about,
                row.label,
                nature,
                state,
                row.phase,
                row.shown if row.valued else row.amount,
                row.probability,
                weighted,
                received,
            )
        )
    valued = {row.id for row in budget.rows if row.valued and row.side == RECEIPT} if budget.left_out else ()
    given_in_kind = tuple(source for source in sources if source.line in valued)
    sources = [source for source in sources if source.line not in valued]
    public = sum(
        (row.amount for row in budget.rows if (found := fundings.get(row.id)) and found.nature == "public"),
        ZERO,
    )
    return Plan(
        tuple(sorted(sources, key=lambda source: -source.probability)),
        budget.expense,
        budget.income,
        sum((source.weighted for source in sources), ZERO),
        sum((source.amount for source in sources if source.is_certain), ZERO),
        public,
        given_in_kind,
    )


def funding_findings(plan: Plan, dossier: Dossier, today: date) -> list[Finding]:
    """What the plan lacks: the gap, deadlines passed, instalments that do not add up."""
    findings = []
    about = dossier.production.about
    if plan.gap > 0:
        share = (
            f" ({french.percent(round_half_up(plan.gap / plan.expense, Decimal('0.001')))} des charges)"
            if plan.expense
            else ""
        )
        message = f"Il reste {french.euro(plan.gap)} à trouver{share}, chaque source à son montant plein."
        findings.append(Finding("funding.gap", "warning", about, message, subject="gap"))
    for funding in dossier.all(Funding):
        if funding.state == "to_ask" and funding.deadline_on is not None and funding.deadline_on < today:
            message = f"{funding.label} : le dépôt était attendu le {french.day(funding.deadline_on)}."
            findings.append(Finding("funding.deadline_passed", "blocking", funding.about, message))
        paid = sum((part.amount for part in funding.instalments), ZERO)
        if funding.instalments and paid != funding.amount:
            message = f"{funding.label} : les versements font {french.euro(paid)} pour {french.euro(funding.amount)}."
            findings.append(Finding("funding.instalments", "warning", funding.about, message))
    return findings


def funding_deadlines(dossier: Dossier) -> list[Deadline]:
    """What funders wait for, and when."""
    deadlines = []
    for funding in dossier.all(Funding):
        if funding.state == "refused":
            continue
        missing = f"manque : {', '.join(funding.missing)}" if funding.missing else ""
        if funding.deadline_on and funding.state == "to_ask":
            deadlines.append(
                Deadline(
                    funding.deadline_on, f"Dépôt : {funding.label}", funding.about, "financement", missing
                )
            )
        if funding.report_on:
            deadlines.append(
                Deadline(funding.report_on, f"Bilan : {funding.label}", funding.about, "financement")
            )
        deadlines.extend(
            Deadline(
                part.on,
                f"{part.label or 'Versement'} : {funding.label}",
                funding.about,
                "financement",
                french.euro(part.amount),
            )
            for part in funding.instalments
            if not part.received
        )
    return deadlines


def shares(plan: Plan) -> tuple[Decimal, ...]:
    """Certain, probable and missing parts of the expenses in per cent, one decimal, adding up to 100."""
    missing = max(plan.gap, ZERO)
    parts: Sequence[Decimal] = (plan.certain, plan.full - plan.certain, missing)
    if not any(parts):
        return (ZERO, ZERO, ZERO)
    return share_out(Decimal(100), parts, Decimal("0.1"))
