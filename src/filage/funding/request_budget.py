"""The budget of a request in the lines of the form: whole euros, what is asked for and its weight in clear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.budget.lines import budget_of
from filage.budget.views import lay_out, view_named
from filage.kernel import french
from filage.kernel.money import ONE, ZERO, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filage.budget.lines import Budget
    from filage.budget.views import Branch, LaidOut, Part
    from filage.facts.dossier import Dossier
    from filage.facts.funding import Funding
    from filage.payroll.engagement import PayCost

VIEW = "cerfa_12156"
CHAPTER, LINE, SOURCE = 0, 1, 2
TENTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of the form: its code, its words, its whole euros; `level` 0 for a chapter, 2 for a named source."""

    code: str
    label: str
    amount: Decimal
    level: int
    asked: bool = False
    """Whether it is the grant that the request asks for."""


@dataclass(frozen=True, slots=True)
class FormBudget:
    """The two sides of the form, contributions in kind apart; `gap` is what income lacks, in whole euros."""

    expense: tuple[FormRow, ...]
    income: tuple[FormRow, ...]
    valued_expense: tuple[FormRow, ...]
    valued_income: tuple[FormRow, ...]
    expense_total: Decimal
    income_total: Decimal
    valued_expense_total: Decimal
    valued_income_total: Decimal
    asked: Decimal | None
    weight: Decimal | None
    """What is asked for over the total of income, a fraction."""
    source: str
    confidence: str
    warnings: tuple[str, ...]

    @property
    def gap(self) -> Decimal:
        """Charges less income: what the form wants at zero."""
        return self.expense_total - self.income_total

    @property
    def sentence(self) -> str:
        """The sentence the form asks for under its table; empty when nothing is asked for."""
        if self.asked is None or self.weight is None:
            return ""
        return (
            f"La subvention sollicitée de {euros(self.asked)}, objet de la présente demande, représente "
            f"{french.percent(round_half_up(self.weight, TENTH))} du total des produits."
        )

    @property
    def balance(self) -> str:
        """What the form would refuse, in clear; empty when charges and income are equal."""
        if self.gap > 0:
            return (
                f"Il manque {euros(self.gap)} de produits : le formulaire veut que leur total "
                f"({euros(self.income_total)}) soit celui des charges ({euros(self.expense_total)})."
            )
        if self.gap < 0:
            return (
                f"Les produits dépassent les charges de {euros(-self.gap)} : le formulaire veut que leur total "
                f"({euros(self.income_total)}) soit celui des charges ({euros(self.expense_total)})."
            )
        return ""


def euros(value: Decimal) -> str:
    """Write whole euros: `18 000 €`."""
    return f"{french.number(round_half_up(value, ONE))}{french.NBSP}€"


def asked_of(funding: Funding) -> Decimal:
    """What is asked of a funder: the amount asked for, else the one expected."""
    return funding.amount if funding.asked is None else funding.asked


def form_budget(
    dossier: Dossier, budget: Budget, costs: Sequence[PayCost], funding: Funding | None = None
) -> FormBudget:
    """Lay the budget out as CERFA 12156, the funding of the request counted at what is asked.

    Lines without a place are shown under a heading that says so: the totals are those of the budget.
    """
    budget = asking(budget, funding)
    laid = lay_out(view_named(VIEW), dossier, budget, costs)
    about = funding.about if funding else ""
    expense, income = laid.expense.shown, laid.income.shown
    if abs(laid.income.amount - laid.expense.amount) < ONE:
        income = expense  # less than a euro apart: the cents that were dropped, not a gap
    counted = funding is not None and any(row.id == about and row.counts for row in budget.rows)
    asked = asked_of(funding) if funding is not None and counted else None
    weight = asked / laid.income.amount if asked is not None and laid.income.amount else None
    return FormBudget(
        tuple(_rows(laid.expense, about)), tuple(_rows(laid.income, about)),
        tuple(_rows(laid.valued_expense, about)), tuple(_rows(laid.valued_income, about)),
        expense, income, laid.valued_expense.shown, laid.valued_income.shown,
        asked, weight, laid.view.source.title, laid.view.source.confidence, _warnings(laid),
    )  # fmt: skip


def asking(budget: Budget, funding: Funding | None) -> Budget:
    """The same budget, the funding of a request counted at what is asked; one in kind counts for nothing still."""
    about, asked = (funding.about, asked_of(funding)) if funding else ("", ZERO)
    moved = {row.id for row in budget.rows if row.id == about and row.counts and row.amount != asked}
    if not moved:
        return budget
    return budget_of(replace(row, amount=asked) if row.id in moved else row for row in budget.rows)


def _rows(part: Part, about: str) -> Iterator[FormRow]:
    for branch in part.branches:
        yield from _branch(branch, CHAPTER, about)
    if part.counterpart:
        label = "Contrepartie à préciser, pour que 86 et 87 soient égaux"
        yield FormRow("", label, part.counterpart, LINE)
    if part.unplaced is not None:
        yield from _branch(part.unplaced, CHAPTER, about)


def _branch(branch: Branch, level: int, about: str) -> Iterator[FormRow]:
    yield FormRow(branch.node.code, branch.node.label, branch.shown, level)
    listed = (
        branch.node.lists or not branch.node.code or any(entry.row.id == about for entry in branch.entries)
    )
    for entry in branch.entries if listed else ():
        asked = bool(about) and entry.row.id == about
        if branch.node.lists or not branch.node.code or asked:
            whole = round_half_up(entry.amount, ONE) if entry.whole is None else entry.whole
            yield FormRow("", entry.label, whole, SOURCE, asked)
    for child in branch.children:
        yield from _branch(child, LINE, about)


def _warnings(laid: LaidOut) -> tuple[str, ...]:
    found = [*laid.notices]
    if laid.unplaced:
        names = ", ".join(dict.fromkeys(entry.row.label for entry in laid.unplaced))
        found.append(f"Sans place au formulaire, comptées à part : {names}.")
    if laid.guessed:
        word = "ligne est placée" if laid.guessed == 1 else "lignes sont placées"
        found.append(f"{laid.guessed} {word} d’après leur libellé : à relire.")
    return tuple(found)


def row_total(rows: Sequence[FormRow]) -> Decimal:
    """What the chapters of one side come to, in whole euros."""
    return sum((row.amount for row in rows if row.level == CHAPTER), ZERO)
