"""Versions of a budget: amounts kept on the day it was approved, and what has moved since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE, BudgetRow, budget_of
from filage.facts.budget import BudgetVersion, FrozenLine, LineDetail
from filage.kernel import step as steps
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from filage.budget.lines import Budget
    from filage.facts.dossier import Dossier

APPROVED = "approved"
KEPT = "gardé"
ADDED, GONE, CHANGED = "added", "gone", "changed"


@dataclass(frozen=True, slots=True)
class LineMoved:
    """A line that two states of a budget do not give alike: `state` is added, gone or changed; amounts in euros."""

    line: str
    label: str
    side: str
    phase: str
    post: str
    before: Decimal | None
    after: Decimal | None
    reason: str = ""

    @property
    def state(self) -> str:
        """Whether the line is new, gone, or only moved."""
        if self.before is None:
            return ADDED
        return GONE if self.after is None else CHANGED

    @property
    def change(self) -> Decimal:
        """After less before, what is absent counting zero."""
        return (self.after or ZERO) - (self.before or ZERO)


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """Everything that two states of a budget do not give alike, and their totals in euros."""

    moved: tuple[LineMoved, ...]
    expense: tuple[Decimal, Decimal]
    income: tuple[Decimal, Decimal]

    @property
    def is_empty(self) -> bool:
        """Whether both states say the same."""
        return not self.moved

    def of(self, state: str) -> tuple[LineMoved, ...]:
        """The lines added, gone or changed."""
        return tuple(line for line in self.moved if line.state == state)


def frozen_lines(budget: Budget) -> tuple[FrozenLine, ...]:
    """Return every line of a budget as it stands, with what is already committed."""
    return tuple(
        FrozenLine(
            line=row.id,
            label=row.label,
            side=row.side,
            phase=row.phase,
            post=row.post,
            amount=row.amount,
            committed=row.committed,
        )
        for row in budget.rows
        if not row.off
    )


def freeze(
    budget: Budget, ident: str, label: str, on: date, *, by: str | None = None, purpose: str = APPROVED
) -> BudgetVersion:
    """Return the version that keeps a budget as it stands on a day."""
    return BudgetVersion(
        id=ident, label=label, purpose=purpose, on=on, by=by or None, lines=frozen_lines(budget)
    )


def approved_versions(dossier: Dossier) -> tuple[BudgetVersion, ...]:
    """Return the approved versions, the first one first; on one day, in the order given."""
    return tuple(sorted((v for v in dossier.all(BudgetVersion) if v.purpose == APPROVED), key=lambda v: v.on))


def initial_version(dossier: Dossier) -> BudgetVersion | None:
    """Return the first approved version: the initial budget; None before any approval."""
    return next(iter(approved_versions(dossier)), None)


def initial_amounts(dossier: Dossier) -> dict[str, Decimal]:
    """Return the initial amount of each line by row id, in euros; nothing before the first approval."""
    return amounts_of(initial_version(dossier))


def revised_amounts(dossier: Dossier) -> dict[str, Decimal]:
    """Return the amount of each line in the last approved version, by row id, in euros."""
    return amounts_of(next(reversed(approved_versions(dossier)), None))


def amounts_of(version: BudgetVersion | None) -> dict[str, Decimal]:
    """Return the amounts of a version by row id, in euros."""
    return {line.line: line.amount for line in version.lines} if version else {}


def compare_versions(
    before: Iterable[FrozenLine], after: Iterable[FrozenLine], reasons: Mapping[str, str] | None = None
) -> VersionDifference:
    """Return what moved from one state of a budget to another; `reasons` says why, by row id.

    A line that went from one side to the other is gone from the first and added to the second.
    """
    old, new = ({(line.line, line.side): line for line in lines} for lines in (tuple(before), tuple(after)))
    moved = []
    for ident, side in {**old, **new}:
        was, now = old.get((ident, side)), new.get((ident, side))
        shown = now or was
        if shown is None or (was and now and was.amount == now.amount):
            continue
        moved.append(
            LineMoved(
                ident, shown.label, shown.side, shown.phase, shown.post,
                was.amount if was else None, now.amount if now else None, (reasons or {}).get(ident, ""),
            )
        )  # fmt: skip
    totals = {
        expense: (_total(old.values(), expense=expense), _total(new.values(), expense=expense))
        for expense in (True, False)
    }
    return VersionDifference(tuple(moved), totals[True], totals[False])


def since(version: BudgetVersion, dossier: Dossier, budget: Budget) -> VersionDifference:
    """Return what has moved since a version, with the reasons people gave."""
    return compare_versions(version.lines, frozen_lines(budget), reasons_of(dossier, budget))


def budget_of_version(version: BudgetVersion, budget: Budget) -> Budget:
    """Return the budget a version kept, so that it can be laid out and compared like another.

    Its amounts, sides, budgets and posts are those kept; what the version does not hold (account) is that of today's
    line.
    """
    today = budget.by_id()
    return budget_of(_kept_row(line, today.get(line.line)) for line in version.lines)


def _kept_row(line: FrozenLine, row: BudgetRow | None) -> BudgetRow:
    amount = steps.given(line.label, line.amount, by=line.line)
    if row is None:
        return BudgetRow(
            id=line.line, label=line.label, about=line.line, side=line.side, phase=line.phase, post=line.post,
            account=None, amount=line.amount, computed=None, basis=KEPT, step=amount, committed=line.committed,
        )  # fmt: skip
    return replace(
        row, label=line.label, side=line.side, phase=line.phase, post=line.post, amount=line.amount, computed=None,
        basis=KEPT, step=amount, quantity=None, unit_price=None, override=None, off=False,
        valued=row.valued and not line.amount, aside=ZERO, committed=line.committed,
    )  # fmt: skip


def reasons_of(dossier: Dossier, budget: Budget) -> dict[str, str]:
    """Why lines are what they are, by row id: the reason of the variance, else that of the amount by hand."""
    found = {row.id: row.override for row in budget.rows if row.override}
    return found | {detail.line: detail.variance for detail in dossier.all(LineDetail) if detail.variance}


def _total(lines: Iterable[FrozenLine], *, expense: bool) -> Decimal:
    return sum((line.amount for line in lines if (line.side == EXPENSE) is expense), ZERO)
