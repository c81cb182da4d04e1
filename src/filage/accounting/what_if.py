"""What may go wrong with money, as real changes: an aid late, a date cancelled, a source refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.accounting.cash_in import due_of, is_money, schedule_of_funding, schedule_of_sale
from filage.accounting.movement import Clock, months_later
from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.funding import Funding
from filage.facts.spending import Invoice
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import ZERO
from filage.kernel.text import closest

if TYPE_CHECKING:
    from datetime import date

    from filage.accounting.cash import CashPlan
    from filage.accounting.cash_in import Awaited
    from filage.accounting.reviewed import Reviewed

LATE_MONTHS = 3
"""How late an aid is imagined to be when nobody says."""


def late(reviewed: Reviewed, about: str, months: int, today: date) -> tuple[Change, ...]:
    """The changes that delay what a funding or a sale still owes; BadInput names the closest when there is none."""
    dossier = reviewed.dossier
    funding, contract = dossier.find(about, Funding), dossier.find(about, Contract)
    amount = sum(
        (row.amount for row in reviewed.budget.rows if row.about == about and is_money(row, dossier)), ZERO
    )
    if funding is None and contract is None:
        raise _unknown(reviewed, about, (Funding.kind, Contract.kind))
    if funding is not None:
        schedule = schedule_of_funding(funding, amount, dossier, today)
    else:
        assert contract is not None
        schedule = schedule_of_sale(contract, amount, dossier, today)
    clock = Clock(today, None)
    label = funding.label if funding is not None else contract.label if contract is not None else ""
    billed = [
        set_(one.about, due_on=_postponed(due_of(one), months, clock))
        for one in dossier.all(Invoice)
        if one.contract == about and one.paid_on is None
    ]
    return (set_(about, instalments=[_instalment(one, label, months, clock) for one in schedule]), *billed)


def _postponed(on: date, months: int, clock: Clock) -> str:
    return months_later(clock.awaited(on)[0], months).isoformat()


def _instalment(one: Awaited, label: str, months: int, clock: Clock) -> dict[str, Any]:
    own = one.label.removeprefix(label).removeprefix(", ")
    return {
        **({"label": own} if own else {}),
        "on": one.on.isoformat() if one.done else _postponed(one.on, months, clock),
        "amount": str(one.amount),
        "received": str(one.done).lower(),
    }


def cancelled(reviewed: Reviewed, about: str) -> tuple[Change, ...]:
    """The changes that cancel a date, or a whole sale; BadInput names the closest when there is none."""
    dossier = reviewed.dossier
    if dossier.find(about, Event) is not None:
        return (set_(about, option="cancelled"),)
    if dossier.find(about, Contract) is not None:
        return (set_(about, state="cancelled"),)
    raise _unknown(reviewed, about, (Event.kind, Contract.kind))


def refused(reviewed: Reviewed, about: str) -> tuple[Change, ...]:
    """The changes that refuse a source of money; BadInput names the closest when there is none."""
    if reviewed.dossier.find(about, Funding) is not None:
        return (set_(about, state="refused"),)
    if reviewed.dossier.find(about, Contract) is not None:
        return (set_(about, state="cancelled"),)
    raise _unknown(reviewed, about, (Funding.kind, Contract.kind))


def awaited_sources(plan: CashPlan) -> dict[str, str]:
    """The sources that still owe money, by `kind/id`, with their names: what may be late or refused."""
    return {
        one.about: one.label.split(",")[0]
        for one in plan.movements
        if one.kind in ("funding", "sale") and not one.done
    }


def _unknown(reviewed: Reviewed, about: str, kinds: tuple[str, ...]) -> BadInput:
    known = [fact.about for fact in reviewed.dossier if fact.kind in kinds]
    near = closest(about, known)
    hint = f"vouliez-vous {near} ?" if near else f"donnez {' ou '.join(f'{kind}/…' for kind in kinds)}"
    return BadInput(Problem(f"{about} n’existe pas ici", suggestion=hint))
