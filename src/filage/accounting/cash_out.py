"""Money out: invoices, orders, pay and contributions, and what each line still has to spend; each with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING

from filage.accounting.cash_tax import taxed
from filage.accounting.movement import Movement, period_of, spread
from filage.accounting.pay_months import pay_months
from filage.facts.calendar import Event
from filage.kernel import french
from filage.kernel.money import ZERO, round_half_up, share_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from filage.accounting.cash_tax import Vat
    from filage.accounting.follow import FollowedLine, FollowUp
    from filage.accounting.ledger import Bill, Order
    from filage.accounting.movement import Clock, Period
    from filage.accounting.pay_months import PayMonth
    from filage.accounting.reviewed import Reviewed
    from filage.budget.lines import BudgetRow

DAYS = 30
"""An invoice or an order without a day to pay is paid thirty days after."""


def money_out(reviewed: Reviewed, found: FollowUp, vat: Vat, clock: Clock) -> Iterator[Movement]:
    """Yield every payment; before tax their sum is the final estimated cost, and what waits for a line."""
    months = pay_months(reviewed)
    days, period = _travel_days(reviewed), cache(partial(period_of, reviewed.dossier))
    for line in found.lines:
        row = line.row
        for bill in line.bills:
            yield _bill(bill, clock, row)
        ordered = ZERO
        for order in line.orders:
            if order.open:
                ordered += order.cost
                yield _order_payment(order, row, vat.of_purchase(row, order), clock)
        rest = line.amounts.open + line.amounts.to_complete - ordered
        own = months.get(row.id, ())
        if own:
            yield from _pay(line, own, rest, clock)
        elif rest:
            rate = vat.of_purchase(row)
            yield from _rest(row, rest, rate, days.get(row.id), period(row.phase), clock)
    for bill in found.unassigned:
        yield _bill(bill, clock, None)


def _bill(bill: Bill, clock: Clock, row: BudgetRow | None) -> Movement:
    expense = bill.expense
    vat = expense.amount + (expense.vat or ZERO) - bill.cost
    about, ident = expense.about, row.id if row else ""
    if expense.paid_on is not None and expense.paid_on <= clock.today:
        return Movement(
            expense.paid_on, expense.label, "purchase", -bill.cost, about, "payée", ident, -vat, done=True
        )
    wanted = expense.paid_on or expense.due_on or expense.on + timedelta(days=DAYS)
    on, planned = clock.awaited(wanted)
    why = (
        "facture à payer, à son échéance"
        if expense.due_on
        else f"facture à payer, {DAYS} jours après sa date"
    )
    if planned is not None:
        why = f"{why} ; due le {french.day(planned)}, en retard"
    return Movement(on, expense.label, "purchase", -bill.cost, about, why, ident, -vat, planned_on=planned)


def _order_payment(order: Order, row: BudgetRow, rate: Decimal, clock: Clock) -> Movement:
    commitment = order.commitment
    on, planned = clock.awaited(commitment.due_on or commitment.on + timedelta(days=DAYS))
    why = "commande à payer, à son échéance" if commitment.due_on else f"commande, {DAYS} jours après sa date"
    return Movement(
        on, commitment.label, "purchase", -order.cost, commitment.about, why, row.id, -taxed(order.open, rate),
        planned_on=planned,
    )  # fmt: skip


def _pay(line: FollowedLine, months: Sequence[PayMonth], rest: Decimal, clock: Clock) -> Iterator[Movement]:
    """Months over as they were paid; what is left over the months to come, net then contributions."""
    row = line.row
    for month in line.months:
        yield from _month(row, month, month.cost, clock, done=True)
    left = [month for month in months if month not in line.months]
    coming = [month for month in left if month.paid_on >= clock.today] or left or list(months[-1:])
    if rest:
        for month, cost in zip(coming, share_out(rest, [month.cost for month in coming]), strict=True):
            yield from _month(row, month, cost, clock, done=False, estimated=not line.amounts.open)


def _month(
    row: BudgetRow, month: PayMonth, cost: Decimal, clock: Clock, *, done: bool, estimated: bool = False
) -> Iterator[Movement]:
    net = round_half_up(month.net * cost / month.cost) if month.cost else cost
    name = french.of(french.month(month.month))
    about = row.about
    for on, amount, kind, label, why in (
        (month.paid_on, net, "pay", f"{row.label}, net {name}", "net versé en fin de mois, impôt compris"),
        (month.due_on, cost - net, "contributions", f"{row.label}, cotisations {name}",
         "cotisations du mois, déclarées le mois suivant"),
    ):  # fmt: skip
        if not amount:
            continue
        paid = done and on <= clock.today
        day, planned = (on, None) if paid else clock.awaited(on)
        yield Movement(
            day, label, kind, -amount, about, why, row.id, planned_on=planned, done=paid, estimated=estimated
        )


def _rest(
    row: BudgetRow, rest: Decimal, rate: Decimal, event_day: date | None, period: Period | None, clock: Clock
) -> Iterator[Movement]:
    """What nobody ordered yet: as typed in the line, else at its event, else over the months of its phase."""
    left = rest
    for part in row.detail.due if row.detail else ():
        amount = min(part.amount, left) if not part.received else ZERO
        if amount > 0:
            left -= amount
            label = f"{row.label}, {part.label[:1].lower()}{part.label[1:]}" if part.label else row.label
            yield _estimated(row, amount, part.on, label, "paiement prévu à la ligne", rate, clock)
    if not left:
        return
    if event_day is not None:
        on = event_day + timedelta(days=DAYS)
        yield _estimated(row, left, on, row.label, f"{DAYS} jours après la date servie", rate, clock)
        return
    why = "à dépenser, sans date : en parts égales, à la fin des mois de sa phase"
    for on, amount in spread(left, period, clock.first):
        yield _estimated(row, amount, on, row.label, why, rate, clock)


def _estimated(
    row: BudgetRow, amount: Decimal, wanted: date, label: str, why: str, rate: Decimal, clock: Clock
) -> Movement:
    on, planned = clock.awaited(wanted)
    return Movement(
        on, label, "purchase", -amount, row.about, why, row.id, -taxed(amount, rate), planned_on=planned,
        estimated=True,
    )  # fmt: skip


def _travel_days(reviewed: Reviewed) -> Mapping[str, date]:
    """The last day each journey, night or meal serves."""
    found: dict[str, date] = {}
    for cost in reviewed.travel:
        days = [e.day for about in cost.events if (e := reviewed.dossier.find(about, Event)) is not None]
        if days:
            found[cost.about] = max(days)
    return found
