"""Budget lines: computed from engagements, travel and contracts, or typed; production and exploitation apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from filage.budget.posts import INCOME, pay_post, travel_post
from filage.facts.budget import BudgetLine, BudgetPost, LineOverride
from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.team import Position
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.expression import ExpressionError, evaluate, names_in
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO, round_half_up
from filage.kernel.text import sentence
from filage.payroll.allowances import total_exempt
from filage.payroll.quantity import FORECAST, shown_units, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.logistics.travel import TravelCost
    from filage.payroll.engagement import PayCost
    from filage.payroll.structure_charges import StructureCharge

EXPENSE, RECEIPT = "expense", "income"
PAY_ACCOUNT, TRAVEL_ACCOUNT, LODGING_ACCOUNT, CESSION_ACCOUNT = "641", "6251", "6256", "7062"


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One line of the outcome: `amount` counts, `computed` is what follows from facts (None for a typed line)."""

    id: str
    label: str
    about: str
    side: str
    phase: str
    post: str
    account: str | None
    amount: Decimal
    computed: Decimal | None
    basis: str
    step: Step
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    committed: Decimal | None = None
    in_price: str = "no"
    complete: bool = True
    probability: Decimal = Decimal(1)
    override: str | None = None

    @property
    def confidence(self) -> str:
        """How sure the amount is: that of its weakest leaf."""
        return self.step.confidence


@dataclass(frozen=True, slots=True)
class Budget:
    """Every line, and their totals in euros."""

    rows: tuple[BudgetRow, ...]
    expense: Decimal
    income: Decimal
    complete: bool

    @property
    def balance(self) -> Decimal:
        """Income less expense: negative is what remains to be found."""
        return self.income - self.expense

    def by_id(self) -> dict[str, BudgetRow]:
        """The lines by id."""
        return {row.id: row for row in self.rows}

    def total(self, side: str, phase: str | None = None) -> Decimal:
        """The total of one side, of one phase or both."""
        return sum((r.amount for r in self.rows if r.side == side and phase in (None, r.phase)), ZERO)


def budget_of(rows: Iterable[BudgetRow]) -> Budget:
    """Add lines up: a displayed total is the sum of displayed lines."""
    rows = tuple(rows)
    sums = {side: sum((row.amount for row in rows if row.side == side), ZERO) for side in (EXPENSE, RECEIPT)}
    return Budget(rows, sums[EXPENSE], sums[RECEIPT], all(row.complete for row in rows))


def pay_rows(costs: Iterable[PayCost], dossier: Dossier) -> list[BudgetRow]:
    """One line per engagement (or unfilled position) and budget phase, and what each engagement is repaid."""
    rows: list[BudgetRow] = []
    met: dict[str, int] = defaultdict(int)
    for cost in costs:
        position = dossier.find(cost.position, Position)
        for phase, amount in cost.by_phase:
            own = _position_post(position, phase)
            rule = "forecast" if cost.basis == FORECAST else "pay"
            ident = f"{rule}/{cost.about.partition('/')[2]}/{phase}"
            met[ident] += 1
            rows.append(
                BudgetRow(
                    id=ident if met[ident] == 1 else f"{ident}/{met[ident]}",
                    label=cost.label,
                    about=cost.about,
                    side=EXPENSE,
                    phase=phase,
                    post=pay_post(cost.department, phase, own),
                    account=PAY_ACCOUNT,
                    amount=amount.value,
                    computed=amount.value,
                    basis=cost.basis,
                    step=amount,
                    quantity=_phase_units(cost, phase),
                    unit=unit_name(cost.unit),
                    unit_price=cost.unit_pay,
                    committed=None if cost.basis == FORECAST else amount.value,
                    complete=cost.complete,
                )
            )
        for phase in sorted({repaid.phase for repaid in cost.repaid}):
            own = _position_post(position, phase) if dossier.all(BudgetPost) else None
            rows.append(_allowance_row(cost, phase, travel_post(phase, own)))
    return rows


def _position_post(position: Position | None, phase: str) -> str | None:
    """The chapter a position names for the pay of a phase."""
    if position is None:
        return None
    return (position.post if phase == "production" else position.post_exploitation) or None


def _phase_units(cost: PayCost, phase: str) -> Decimal:
    units = sum((u for slip in cost.slips for p, u in slip.by_phase if p == phase), ZERO)
    return shown_units(units * cost.people)


def _allowance_row(cost: PayCost, phase: str, post: str) -> BudgetRow:
    """What an engagement is repaid outside contributions in one phase; on tour, it is part of the plateau."""
    own = [repaid for repaid in cost.repaid if repaid.phase == phase]
    alone = own[0] if len(own) == 1 and own[0].taxable is None else None
    amount = total_exempt(own)
    return BudgetRow(
        id=f"allowance/{cost.about.partition('/')[2]}/{phase}", label=f"{cost.label}, indemnités", about=cost.about,
        side=EXPENSE, phase=phase, post=post, account=TRAVEL_ACCOUNT, amount=amount.value,
        computed=amount.value, basis="calculé", step=amount, quantity=alone.quantity if alone else None,
        unit_price=alone.unit_amount if alone else None, committed=amount.value,
        in_price="plateau" if phase == "exploitation" else "no",
    )  # fmt: skip


CHARGE_ACCOUNTS = {"fixed": "647", "salary_tax": "6311"}
"""The account of a structure charge: other social charges; tax on salaries."""


def charge_rows(
    charges: Iterable[StructureCharge], paid: Sequence[BudgetRow], dossier: Dossier
) -> list[BudgetRow]:
    """One line per sum the structure pays for its people, or is given back, and budget phase.

    Its chapter is that of production; in a budget with chapters of its own, the one that holds most of the pay.
    """
    posts = {phase: _charge_post(phase, paid, dossier) for phase in ("production", "exploitation")}
    return [
        BudgetRow(
            id=f"{charge.id}/{phase}", label=charge.label, about=charge.about, side=EXPENSE, phase=phase,
            post=posts[phase], account=CHARGE_ACCOUNTS[charge.kind], amount=amount.value,
            computed=amount.value, basis="calculé", step=amount,
            in_price="plateau" if phase == "exploitation" and charge.in_plateau else "no",
        )
        for charge in charges
        for phase, amount in charge.by_phase
    ]  # fmt: skip


def _charge_post(phase: str, paid: Sequence[BudgetRow], dossier: Dossier) -> str:
    held: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in paid if dossier.all(BudgetPost) else ():
        if row.phase == phase:
            held[row.post] += row.amount
    own = max(held, key=lambda post: (held[post], post)) if held else None
    return pay_post("production", phase, own)


def travel_rows(costs: Iterable[TravelCost]) -> list[BudgetRow]:
    """One line per journey, stay, meal and freight."""
    return [
        BudgetRow(
            id=cost.about, label=cost.label, about=cost.about, side=EXPENSE, phase=cost.phase,
            post=travel_post(cost.phase, cost.post),
            account=LODGING_ACCOUNT if cost.unit in ("nuits", "repas") else TRAVEL_ACCOUNT, amount=cost.amount.value,
            computed=cost.amount.value, basis="calculé", step=cost.amount, quantity=cost.quantity.value, unit=cost.unit,
            unit_price=cost.unit_price.value,
        )
        for cost in costs
    ]  # fmt: skip


def cession_rows(dossier: Dossier, travel: Sequence[TravelCost]) -> list[BudgetRow]:
    """The income of each cession: its dates at their price, and the travel re-billed to the buyer at cost."""
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
                cost for cost in travel if cost.phase == "exploitation" and _serves(cost, venues, events)
            ]
            if served:
                amount = steps.total(
                    f"{contract.label}, voyages refacturés", [cost.amount for cost in served]
                )
                rows.append(_income(f"rebilled/{contract.id}", contract, amount, None, None))
    return rows


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


def typed_rows(
    dossier: Dossier, variables: Mapping[str, Step]
) -> tuple[list[BudgetRow], list[BudgetLine], list[Finding]]:
    """Return typed lines, the lines that are a share of posts (computed after the others), and findings."""
    rows, shares, findings = [], [], []
    for line in dossier.all(BudgetLine):
        if line.share_of:
            shares.append(line)
            continue
        try:
            is_constant = not names_in(line.quantity) and not names_in(line.unit_price or "0")
            rows.append(_constant_row(line) if is_constant else _quantity_times_price(line, variables))
        except ExpressionError as error:
            findings.append(
                Finding("budget.expression", "blocking", line.about, sentence(f"{line.label} : {error}"))
            )
    return rows, shares, findings


@lru_cache(maxsize=20_000)
def _constant_row(line: BudgetLine) -> BudgetRow:
    """The row of a line that uses no variable: kept, since it changes only with the line."""
    return _quantity_times_price(line, {})


def _quantity_times_price(line: BudgetLine, variables: Mapping[str, Step]) -> BudgetRow:
    quantity = evaluate(line.quantity, variables, label="quantité", unit=line.unit or "")
    price = evaluate(line.unit_price or "0", variables, label="prix unitaire", unit="EUR")
    amount = steps.rounded(steps.product(line.label, quantity, price))
    return _typed(line, amount, quantity.value, price.value)


def _typed(line: BudgetLine, amount: Step, quantity: Decimal | None, price: Decimal | None) -> BudgetRow:
    return BudgetRow(
        id=f"line/{line.id}", label=line.label, about=line.about, side=line.side, phase=line.phase, post=line.post,
        account=line.account, amount=amount.value, computed=amount.value if line.share_of else None,
        basis="part" if line.share_of else "saisi", step=amount, quantity=quantity, unit=line.unit or "",
        unit_price=price, committed=line.committed, in_price=line.per_performance,
    )  # fmt: skip


def share_rows(shares: Iterable[BudgetLine], rows: Sequence[BudgetRow]) -> list[BudgetRow]:
    """Lines that are a rate of the expenses of some posts (overhead, contingency)."""
    by_post: dict[str, list[BudgetRow]] = defaultdict(list)
    for row in rows:
        if row.side == EXPENSE:
            by_post[row.post].append(row)
    found = []
    for line in shares:
        parts = [
            steps.total(
                f"poste {post}", [steps.given(row.label, row.amount, by=row.id) for row in by_post[post]]
            )
            for post in line.share_of
        ]
        base = steps.total("postes " + ", ".join(line.share_of), parts)
        rate = steps.given("taux", line.rate or ZERO, unit="rate", by=line.about)
        amount = steps.rounded(steps.product(line.label, base, rate))
        found.append(_typed(line, amount, base.value, line.rate))
    return found


def share_findings(shares: Iterable[BudgetLine], rows: Sequence[BudgetRow]) -> list[Finding]:
    """What makes a share count for nothing: no rate, or a post without any expense of its own."""
    posts = {row.post for row in rows if row.side == EXPENSE}
    findings = []
    for line in shares:
        lacks = [] if line.rate is not None else ["il manque son taux"]
        lacks += [
            f"le poste {post} n’a aucune charge à compter (les parts d’autres postes n’y comptent pas)"
            for post in line.share_of
            if post not in posts
        ]
        findings += [
            Finding("budget.share_empty", "warning", line.about, f"{line.label} : {lack}.") for lack in lacks
        ]
    return findings


def with_overrides(rows: Sequence[BudgetRow], dossier: Dossier) -> tuple[list[BudgetRow], list[Finding]]:
    """Replace by hand the lines that were overridden; drift and orphans are findings (D9)."""
    found: list[BudgetRow] = []
    overrides, findings = _overrides_by_line(dossier)
    for row in rows:
        override = overrides.pop(row.id, None)
        if override is None:
            found.append(row)
            continue
        amount = _overridden(row, override)
        found.append(replace(row, amount=amount, computed=row.step.value, override=override.reason))
        was = override.computed_when_set
        if was is not None and was != row.step.value:
            message = (
                f"{row.label} : remplacé à {french.euro(amount)} quand le calcul donnait {french.euro(was)} ; "
                f"il donne maintenant {french.euro(row.step.value)}."
            )
            findings.append(Finding("budget.override_drift", "warning", override.about, message))
    for line, override in overrides.items():
        message = f"Le remplacement vise {line}, qui n’existe plus : il n’a aucun effet."
        findings.append(Finding("budget.override_orphan", "warning", override.about, message))
    return found, findings


def _overrides_by_line(dossier: Dossier) -> tuple[dict[str, LineOverride], list[Finding]]:
    """The override of each line; the first counts when there are two, and the second is said."""
    kept: dict[str, LineOverride] = {}
    findings: list[Finding] = []
    for override in dossier.all(LineOverride):
        first = kept.setdefault(override.line, override)
        if first is not override:
            message = (
                f"{override.line} est déjà remplacée par {first.about}, qui compte : gardez l’un des deux."
            )
            findings.append(Finding("budget.override_twice", "warning", override.about, message))
    return kept, findings


def _overridden(row: BudgetRow, override: LineOverride) -> Decimal:
    """The amount by hand; another quantity or unit price changes the computed amount in proportion."""
    if override.amount is not None:
        return override.amount
    amount = row.step.value
    if override.quantity is not None and row.quantity:
        amount = amount * override.quantity / row.quantity
    if override.unit_price is not None and row.unit_price:
        amount = amount * override.unit_price / row.unit_price
    return round_half_up(amount)
