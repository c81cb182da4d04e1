"""VAT of movements, and VAT returned to the tax office: what is collected less what is deducted, month or quarter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.accounting.movement import Movement, months_later
from filage.facts.base import label_of
from filage.kernel import french
from filage.kernel.money import ZERO, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filage.accounting.ledger import Order
    from filage.budget.lines import BudgetRow
    from filage.facts.employer import Employer
    from filage.law import Law

NO_VAT_ROWS = ("pay/", "forecast/", "allowance/", "charge/", "leg/", "stay/", "meal/")
"""Pay, sums repaid, journeys of people and nights of the staff: no VAT to recover (CGI, annexe II, art. 206 IV)."""
NO_VAT_ACCOUNTS = ("616", "63", "64", "65", "66", "67", "68", "69")
RETURN_DAY = 24
"""The last day of the usual window of the return, from the 15th to the 24th according to the structure."""


@dataclass(frozen=True, slots=True)
class Vat:
    """The rates a plan applies when nothing else is said; none for a structure outside VAT."""

    normal: Decimal
    show: Decimal
    subject: bool

    def of_purchase(self, row: BudgetRow, order: Order | None = None) -> Decimal:
        """The rate that comes on top of what a line buys."""
        if not self.subject or row.vat_kept:
            return ZERO
        if order is not None and order.commitment.vat_rate is not None:
            return order.commitment.vat_rate
        if row.vat_rate is not None:
            return row.vat_rate
        untaxed = row.basis == "part" or row.id.startswith(NO_VAT_ROWS)
        return ZERO if untaxed or (row.account or "").startswith(NO_VAT_ACCOUNTS) else self.normal

    def of_income(self, row: BudgetRow, given: Decimal | None) -> Decimal:
        """The rate that comes on top of what a line sells: that of the show for sales, none for grants."""
        if not self.subject:
            return ZERO
        if given is not None:
            return given
        if row.vat_rate is not None:
            return row.vat_rate
        return self.show if (row.account or "").startswith("70") else ZERO


def vat_of(employer: Employer, law: Law, today: date) -> Vat:
    """Return the rates a structure applies."""
    return Vat(
        law["tva.normal"].forecast(today).value,
        law["tva.spectacle"].forecast(today).value,
        employer.vat_regime != "exempt",
    )


def taxed(net: Decimal, rate: Decimal) -> Decimal:
    """The VAT of an amount, to the cent."""
    return round_half_up(net * rate)


def vat_returns(movements: Iterable[Movement], employer: Employer) -> tuple[Movement, ...]:
    """Return what is paid to the tax office, and the credit left given back in the end: their sum is all VAT.

    Collected and deducted when the money moves; a credit is carried forward from one return to the next.
    """
    quarterly = employer.vat_period == "quarter"
    by_period: dict[date, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for movement in movements:
        if movement.vat:
            by_period[_period(movement.on, quarterly=quarterly)][movement.net < 0] += movement.vat
    return tuple(_returns(by_period, employer, length=3 if quarterly else 1))


def _period(on: date, *, quarterly: bool) -> date:
    return date(on.year, on.month - (on.month - 1) % 3 if quarterly else on.month, 1)


def _returns(by_period: dict[date, list[Decimal]], employer: Employer, *, length: int) -> Iterator[Movement]:
    carried = ZERO
    regime = label_of(employer, "vat_period").lower()
    for period in sorted(by_period):
        collected, deducted = by_period[period]
        due = collected + deducted + carried
        name = _name(period, length)
        why = (
            f"{french.euro(collected)} collectés, {french.euro(-deducted)} déduits"
            + (f", {french.euro(-carried)} de crédit reporté" if carried else "")
            + f" ; déclarée {regime}, au plus tard le {RETURN_DAY}"
        )
        carried = min(due, ZERO)
        if due > 0:
            on = months_later(period, length).replace(day=RETURN_DAY)
            yield Movement(on, f"TVA {name}", "vat", -due, employer.about, why)
    if carried:
        on = months_later(max(by_period), length + 1).replace(day=RETURN_DAY)
        why = (
            "crédit de TVA que rien n’absorbe : remboursement à demander, compté un mois après la déclaration"
        )
        yield Movement(on, "Remboursement du crédit de TVA", "vat", -carried, employer.about, why)


def _name(period: date, length: int) -> str:
    first = french.month(f"{period:%Y-%m}")
    if length == 1:
        return french.of(first)
    return f"du trimestre {french.of(first)}"
