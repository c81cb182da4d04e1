"""Why each figure of a follow-up: the tree of steps behind it, down to orders, invoices and months of pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.accounting.ledger import EXEMPT
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from filage.accounting.follow import FollowedLine
    from filage.accounting.ledger import Bill
    from filage.kernel.step import Step

FIGURES = {
    "initial": "Initial", "revised": "Révisé", "committed": "Engagé", "open": "Engagé, reste à facturer",
    "spent": "Dépensé", "paid": "Payé", "to_commit": "Disponible", "to_complete": "Reste à dépenser",
    "final": "Coût final estimé", "variance": "Écart",
}  # fmt: skip


def figure(line: FollowedLine, name: str, today: date) -> Step:
    """Return the reason of one figure of a line, in euros; KeyError for a name that is not one of `FIGURES`."""
    label = f"{line.row.label}, {FIGURES[name][0].lower()}{FIGURES[name][1:]}"
    return _MAKERS[name](line, label, today)


def _initial(line: FollowedLine, label: str, _today: date) -> Step:
    return steps.given(
        label, line.amounts.initial, by="la première version approuvée, sinon le montant du jour"
    )


def _revised(line: FollowedLine, label: str, _today: date) -> Step:
    if line.row.step.value == line.row.amount:
        return steps.relabelled(line.row.step, label)
    return steps.given(label, line.row.amount, by=line.row.override or line.row.id)


def _spent(line: FollowedLine, label: str, _today: date) -> Step:
    if line.bills:
        return steps.total(label, [_bill(bill) for bill in line.bills])
    return steps.total(
        label,
        [
            steps.given(f"Paie {french.of(french.month(m.month))}", m.cost, by=line.row.id)
            for m in line.months
        ],
    )


def _paid(line: FollowedLine, label: str, today: date) -> Step:
    if line.bills:
        return steps.total(label, [_bill(bill) for bill in line.bills if bill.is_paid(today)])
    parts = []
    for month in line.months:
        name = french.of(french.month(month.month))
        parts.append(steps.given(f"Net {name}", month.net, by=line.row.id))
        if month.due_on <= today:
            parts.append(steps.given(f"Cotisations {name}", month.contributions, by=line.row.id))
    return steps.total(label, parts)


def _open(line: FollowedLine, label: str, today: date) -> Step:
    ordered = steps.total(
        "Commandes à facturer",
        [steps.given(order.commitment.label, order.cost, by=order.commitment.about) for order in line.orders],
    )
    if not line.held:
        return steps.relabelled(ordered, label)
    held = steps.given("Engagé sans commande", line.held, by=line.row.id)
    used = steps.greatest("Déjà dépensé", figure(line, "spent", today), steps.given("zéro", ZERO))
    return steps.greatest(label, ordered, steps.difference("Encore dû", held, used))


def _committed(line: FollowedLine, label: str, today: date) -> Step:
    return steps.total(label, [figure(line, "spent", today), figure(line, "open", today)])


def _to_commit(line: FollowedLine, label: str, today: date) -> Step:
    return steps.difference(label, figure(line, "revised", today), figure(line, "committed", today))


def _to_complete(line: FollowedLine, label: str, today: date) -> Step:
    if line.by_hand is not None:
        return steps.given(label, line.by_hand, by="estimé à la main")
    left = steps.difference(
        "Révisé moins engagé", figure(line, "revised", today), figure(line, "committed", today)
    )
    bound = steps.greatest if line.amounts.revised >= 0 else steps.least
    return bound(label, left, steps.given("zéro", ZERO))


def _final(line: FollowedLine, label: str, today: date) -> Step:
    return steps.total(label, [figure(line, name, today) for name in ("spent", "open", "to_complete")])


def _variance(line: FollowedLine, label: str, today: date) -> Step:
    return steps.difference(label, figure(line, "revised", today), figure(line, "final", today))


def _bill(bill: Bill) -> Step:
    expense = bill.expense
    if bill.cost == expense.amount:
        return steps.given(expense.label, expense.amount, by=expense.about)
    vat = steps.given("TVA non récupérée", expense.vat or ZERO, by=EXEMPT)
    return steps.total(expense.label, [steps.given("hors taxes", expense.amount, by=expense.about), vat])


_MAKERS: dict[str, Callable[[FollowedLine, str, date], Step]] = {
    "initial": _initial, "revised": _revised, "committed": _committed, "open": _open, "spent": _spent, "paid": _paid,
    "to_commit": _to_commit, "to_complete": _to_complete, "final": _final, "variance": _variance,
}  # fmt: skip
