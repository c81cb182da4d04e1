"""Lines that follow from facts: pay and its allowances, charges of the structure, journeys, nights and meals."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE, BudgetRow
from filage.budget.posts import pay_post, travel_post
from filage.facts.budget import BudgetPost
from filage.facts.team import Position
from filage.kernel.money import ZERO
from filage.payroll.allowances import total_exempt
from filage.payroll.quantity import FORECAST, shown_units, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from filage.facts.dossier import Dossier
    from filage.logistics.travel import TravelCost
    from filage.payroll.engagement import PayCost
    from filage.payroll.structure_charges import StructureCharge

PAY_ACCOUNT, TRAVEL_ACCOUNT, LODGING_ACCOUNT = "641", "6251", "6256"


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
