"""What a budget line is, computed or typed, and the budget that lines add up to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel.finding import Finding
from filage.kernel.french import euro
from filage.kernel.money import ONE, ZERO, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filage.facts.budget import LineDetail
    from filage.kernel.step import Step

EXPENSE, RECEIPT = "expense", "income"
SIDES = {EXPENSE: "Charges", RECEIPT: "Produits"}


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One line of the outcome: `amount` counts, `computed` is what follows from facts (None for a typed line).

    A line that is left out (`off`: its group is switched off) or `valued` (a contribution in kind, accounts 86 and 87)
    counts for nothing: `amount` is zero, `aside` what it is worth, `shown` what a reader must see.
    """

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
    probability: Decimal = ONE
    override: str | None = None
    aside: Decimal = ZERO
    off: bool = False
    valued: bool = False
    vat_rate: Decimal | None = None
    vat_kept: bool = False
    note: str | None = None
    detail: LineDetail | None = None

    @property
    def confidence(self) -> str:
        """How sure the amount is: that of its weakest leaf."""
        return self.step.confidence

    @property
    def shown(self) -> Decimal:
        """What the line is worth, whether it counts in totals or not."""
        return self.amount + self.aside

    @property
    def worth(self) -> Decimal:
        """What the line adds to its own section: nothing when it is left out, its value when it is in kind."""
        return self.aside if self.valued and not self.off else self.amount

    @property
    def counts(self) -> bool:
        """Whether the line counts in totals."""
        return not (self.off or self.valued)

    @property
    def vat(self) -> Decimal | None:
        """VAT in euros: inside `shown` when it cannot be recovered, on top of it otherwise; None without a rate."""
        if self.vat_rate is None:
            return None
        if self.vat_kept:
            return self.shown - round_half_up(self.shown / (ONE + self.vat_rate))
        return round_half_up(self.shown * self.vat_rate)

    @property
    def group(self) -> str | None:
        """The group it is counted or left out with: `budget_group/id`."""
        return self.detail.group if self.detail else None

    @property
    def grouped(self) -> bool:
        """Whether it belongs to a group."""
        return self.group is not None

    @property
    def places(self) -> tuple[str, ...]:
        """Its places in presentations chosen by hand: `view:code`."""
        return self.detail.places if self.detail else ()

    @property
    def low(self) -> Decimal | None:
        """The least it may cost, in euros."""
        return self.detail.low if self.detail else None

    @property
    def high(self) -> Decimal | None:
        """The most it may cost, in euros."""
        return self.detail.high if self.detail else None

    @property
    def owner(self) -> str | None:
        """Who answers for it: `person/id`."""
        return self.detail.owner if self.detail else None

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its attachments."""
        return self.detail.files if self.detail else ()


@dataclass(frozen=True, slots=True)
class Budget:
    """Every line, and their totals in euros; contributions in kind are totalled apart."""

    rows: tuple[BudgetRow, ...]
    expense: Decimal
    income: Decimal
    complete: bool
    valued_expense: Decimal = ZERO
    valued_income: Decimal = ZERO
    left_out: frozenset[str] = frozenset()
    """The ids of the lines that count for nothing: switched off, or in kind."""

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
    """Add lines up: a displayed total is the sum of displayed lines that count."""
    rows = tuple(rows)
    sums, valued = {EXPENSE: ZERO, RECEIPT: ZERO}, {EXPENSE: ZERO, RECEIPT: ZERO}
    complete, left_out = True, []
    for row in rows:
        if row.off or row.valued:
            left_out.append(row.id)
            if not row.off:
                valued[row.side] += row.aside
            continue
        sums[row.side] += row.amount
        complete = complete and row.complete
    return Budget(
        rows, sums[EXPENSE], sums[RECEIPT], complete, valued[EXPENSE], valued[RECEIPT], frozenset(left_out)
    )


def valued_findings(budget: Budget, about: str) -> list[Finding]:
    """Contributions in kind whose use (86) and origin (87) differ: what is given is used, to the cent."""
    used, origin = budget.valued_expense, budget.valued_income
    if used == origin:
        return []
    message = (
        f"Contributions en nature : {euro(used)} d’emplois (86) pour {euro(origin)} de ressources (87). "
        "Les deux se lisent en miroir : ce qui est apporté est employé."
    )
    return [Finding("budget.valued_unbalanced", "warning", about, message, subject="valued")]
