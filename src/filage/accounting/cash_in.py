"""Money in: grants by their instalments, sales by their contract, other income over its phase, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING

from filage.accounting.cash_tax import taxed
from filage.accounting.movement import Movement, months_later, period_of, spread
from filage.budget.lines import RECEIPT
from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.funding import Funding
from filage.facts.spending import Invoice
from filage.kernel import french
from filage.kernel.money import ZERO, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filage.accounting.cash_tax import Vat
    from filage.accounting.movement import Clock, Period
    from filage.accounting.reviewed import Reviewed
    from filage.budget.lines import BudgetRow
    from filage.facts.dossier import Dossier
    from filage.facts.funding import Instalment

DEPOSIT, DEPOSIT_MONTHS, BALANCE_DAYS = Decimal("0.3"), 1, 30
"""Without instalments: 30 % a month before the first date, the rest thirty days after the last."""
AFTER_DECISION, AFTER_DEADLINE = 2, 5
"""Months a grant takes after the decision, or after the deposit when no decision is dated."""
NO_CASH = "un apport en nature ou en industrie : aucun mouvement de banque"


@dataclass(frozen=True, slots=True)
class Awaited:
    """One payment expected: before tax, in euros; `done` when it came."""

    on: date
    amount: Decimal
    label: str
    why: str
    done: bool = False


def money_in(reviewed: Reviewed, vat: Vat, clock: Clock) -> Iterator[Movement]:
    """Yield every receipt of the budget's income; their sum before tax is the income that is money."""
    dossier = reviewed.dossier
    seen: set[str] = set()
    rows = [row for row in reviewed.budget.rows if is_money(row, dossier)]
    period = cache(partial(period_of, dossier))
    sums: dict[str, Decimal] = {}
    for row in rows:
        sums[row.about] = sums.get(row.about, ZERO) + row.amount
    for row in rows:
        contract, funding = dossier.find(row.about, Contract), dossier.find(row.about, Funding)
        if funding is not None:
            rate = vat.of_income(row, None) if funding.nature != "sponsorship" else vat.of_purchase(row)
            awaited = schedule_of_funding(funding, row.amount, dossier, clock.today)
            yield from _movements(awaited, row, "funding", rate, clock)
        elif contract is not None:
            if row.about in seen:
                continue
            seen.add(row.about)
            rate = vat.of_income(row, contract.vat_rate)
            yield from _movements(
                schedule_of_sale(contract, sums[row.about], dossier, clock.today), row, "sale", rate, clock
            )
        else:
            yield from _movements(
                _over_phase(row, period(row.phase), clock), row, "income", vat.of_income(row, None), clock
            )


def is_money(row: BudgetRow, dossier: Dossier) -> bool:
    """Whether an income line is paid: not a contribution in kind."""
    if row.side != RECEIPT or not row.counts:
        return False
    funding = dossier.find(row.about, Funding)
    return funding is None or (funding.nature != "in_kind" and funding.contribution == "cash")


def schedule_of_funding(
    funding: Funding, amount: Decimal, dossier: Dossier, today: date
) -> tuple[Awaited, ...]:
    """Return the payments of a grant: its instalments, then what they leave at a stated day."""
    found = [*_instalments(funding.instalments, amount, funding.label)]
    rest = amount - sum((one.amount for one in found), ZERO)
    if rest > 0:
        on, why = _grant_day(funding, dossier, today)
        whole = rest == amount
        label = funding.label if whole else f"{funding.label}, reste"
        paid = funding.state == "paid" and whole
        found.append(Awaited(on, rest, label, why if not paid else "versé", paid))
    return tuple(found)


def _grant_day(funding: Funding, dossier: Dossier, today: date) -> tuple[date, str]:
    if funding.decision_on:
        on = months_later(funding.decision_on, AFTER_DECISION)
        return (
            on,
            f"sans échéancier : {AFTER_DECISION} mois après la décision du {french.day(funding.decision_on)}",
        )
    if funding.deadline_on:
        on = months_later(funding.deadline_on, AFTER_DEADLINE)
        return (
            on,
            f"sans échéancier : {AFTER_DEADLINE} mois après le dépôt du {french.day(funding.deadline_on)}",
        )
    period = period_of(dossier, funding.phase)
    if period is None:
        return today, "sans échéancier ni phase : dès que possible"
    if funding.nature == "own":
        return period[0], "fonds propres : au premier jour du budget"
    return period[1], "sans échéancier : à la fin de la phase"


def schedule_of_sale(
    contract: Contract, amount: Decimal, dossier: Dossier, today: date
) -> tuple[Awaited, ...]:
    """Return the payments of a sale: invoices, then the instalments they leave, else a deposit; then the balance."""
    first, last = _dates_of(contract, dossier, today)
    invoices = [one for one in dossier.all(Invoice) if one.contract == contract.about]
    if invoices:
        found = [_invoiced(one) for one in invoices]
        billed = sum((one.amount for one in found), ZERO)
        found += _beyond(_instalments(contract.instalments, amount, contract.label), billed)
    elif contract.instalments:
        found = [*_instalments(contract.instalments, amount, contract.label)]
    elif contract.received:
        on = contract.signed_on or months_later(first, -DEPOSIT_MONTHS)
        why = "déjà reçu, noté au contrat"
        found = [Awaited(on, min(contract.received, amount), f"{contract.label}, acompte", why, done=True)]
    else:
        on = months_later(first, -DEPOSIT_MONTHS)
        why = f"sans échéancier : {french.percent(DEPOSIT)} un mois avant la première date"
        found = [Awaited(on, round_half_up(amount * DEPOSIT), f"{contract.label}, acompte", why)]
    rest = amount - sum((one.amount for one in found), ZERO)
    if rest > 0:
        why = f"solde, {BALANCE_DAYS} jours après la dernière date, voyages refacturés compris"
        found.append(Awaited(last + timedelta(days=BALANCE_DAYS), rest, f"{contract.label}, solde", why))
    return tuple(found)


def _beyond(awaited: Iterable[Awaited], billed: Decimal) -> Iterator[Awaited]:
    """What a schedule holds beyond what is already billed, the first payments first."""
    for one in awaited:
        taken = min(one.amount, billed)
        billed -= taken
        if one.amount > taken:
            yield replace(one, amount=one.amount - taken)


def due_of(invoice: Invoice) -> date:
    """The day an invoice is to be paid: its own, else thirty days after it."""
    return invoice.due_on or invoice.on + timedelta(days=BALANCE_DAYS)


def _invoiced(invoice: Invoice) -> Awaited:
    if invoice.paid_on is not None:
        return Awaited(invoice.paid_on, invoice.amount, invoice.label, "facture payée", done=True)
    on = due_of(invoice)
    return Awaited(on, invoice.amount, invoice.label, "facture envoyée, à son échéance")


def _dates_of(contract: Contract, dossier: Dossier, today: date) -> tuple[date, date]:
    days = [event.day for about in contract.events if (event := dossier.find(about, Event)) is not None]
    if not days:
        period = period_of(dossier, "exploitation")
        days = list(period) if period else [contract.signed_on or today]
    return min(days), max(days)


def _instalments(instalments: Iterable[Instalment], amount: Decimal, label: str) -> Iterator[Awaited]:
    """The instalments as typed, up to the amount: what they hold beyond it is not in the budget."""
    left = amount
    for part in instalments:
        counted = min(part.amount, left)
        left -= counted
        if counted > 0:
            why = (
                "reçu" if part.received else "échéancier" + (f" : {part.condition}" if part.condition else "")
            )
            named = f"{label}, {part.label[:1].lower()}{part.label[1:]}" if part.label else label
            yield Awaited(part.on, counted, named, why, part.received)


def _over_phase(row: BudgetRow, period: Period | None, clock: Clock) -> Iterator[Awaited]:
    if row.detail and row.detail.due:
        due = tuple(_instalments(row.detail.due, row.amount, row.label))
        yield from due
        rest = row.amount - sum((one.amount for one in due), ZERO)
    else:
        rest = row.amount
    if rest:
        for on, part in spread(rest, period, clock.first):
            yield Awaited(on, part, row.label, "sans date : en parts égales, à la fin des mois de sa phase")


def _movements(
    awaited: Iterable[Awaited], row: BudgetRow, kind: str, rate: Decimal, clock: Clock
) -> Iterator[Movement]:
    for one in awaited:
        on, planned = (clock.done(one.on), None) if one.done else clock.awaited(one.on)
        why = (
            one.why
            if planned is None or planned.year == 1
            else f"{one.why} ; prévu le {french.day(planned)}, jour passé"
        )
        yield Movement(
            on, one.label, kind, one.amount, row.about, why, row.id, taxed(one.amount, rate),
            row.probability, planned, one.done,
        )  # fmt: skip
