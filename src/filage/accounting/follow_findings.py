"""What the follow-up asks somebody to look at: overspent lines, variances without reason, expenses without line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.accounting.duplicates import duplicates
from filage.accounting.follow import lines_touched
from filage.facts.spending import Commitment, Expense
from filage.kernel import french
from filage.kernel.finding import Deadline, Finding
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from filage.accounting.follow import FollowedLine
    from filage.accounting.ledger import Ledger
    from filage.accounting.reviewed import Reviewed
    from filage.facts.dossier import Dossier


def follow_findings(reviewed: Reviewed, today: date) -> list[Finding]:
    """Return the findings of the follow-up; none before the first order or expense."""
    dossier = reviewed.dossier
    if not dossier.all(Expense) and not dossier.all(Commitment):
        return []
    lines, ledger = lines_touched(reviewed, today)
    return [*_lines(lines), *_waiting(ledger, dossier.production.about), *_orders(lines), *_twice(dossier)]


def payment_deadlines(dossier: Dossier) -> list[Deadline]:
    """Return what suppliers wait for and when: unpaid expenses that say their day."""
    return [
        Deadline(e.due_on, f"Payer : {e.label}", e.about, "suivi", french.euro(e.amount + (e.vat or 0)))
        for e in dossier.all(Expense)
        if e.due_on is not None and e.paid_on is None and e.amount > 0
    ]


def _lines(lines: Iterable[FollowedLine]) -> Iterator[Finding]:
    for line in lines:
        amounts = line.amounts
        if amounts.committed > amounts.revised and amounts.committed > 0 and not line.reason:
            over = french.euro(amounts.committed - amounts.revised)
            message = f"{line.row.label} : engagé pour {over} de plus que son budget : dites pourquoi."
            yield Finding("follow.over_budget", "warning", line.row.about, message, subject=line.row.id)
        elif line.needs_reason:
            message = (
                f"{line.row.label} : écart de {french.signed_euro(amounts.variance)} sans raison écrite."
            )
            yield Finding("follow.no_reason", "warning", line.row.about, message, subject=line.row.id)


def _waiting(ledger: Ledger, about: str) -> Iterator[Finding]:
    """What waits for a line: told one by one when there is one, together when there are several."""
    bills, orders = ledger.unassigned, ledger.adrift
    if len(bills) == 1:
        expense = bills[0].expense
        message = f"{expense.label}, {french.euro(bills[0].cost)} : dépense sans ligne ({bills[0].why})."
        yield Finding("follow.unassigned", "warning", expense.about, message)
    elif bills:
        sum_ = french.euro(sum((bill.cost for bill in bills), ZERO))
        message = f"{len(bills)} dépenses sans ligne, {sum_} : confirmez celles qui sont proposées."
        yield Finding("follow.unassigned", "warning", about, message, subject="unassigned")
    for order in orders:
        commitment = order.commitment
        message = f"{commitment.label}, {french.euro(commitment.amount)} : commande sans ligne ({order.why})."
        yield Finding("follow.order_unassigned", "warning", commitment.about, message)


def _orders(lines: Iterable[FollowedLine]) -> Iterator[Finding]:
    for line in lines:
        for order in line.orders:
            if order.exceeded > 0:
                message = f"{order.commitment.label} : facturé {french.euro(order.exceeded)} de plus que la commande."
                yield Finding("follow.order_exceeded", "warning", order.commitment.about, message)


def _twice(dossier: Dossier) -> Iterator[Finding]:
    for one in duplicates(dossier):
        message = f"{one.second.label} : peut-être déjà saisie ({one.first.about}) : {one.why}."
        yield Finding("follow.duplicate", "warning", one.second.about, message)
