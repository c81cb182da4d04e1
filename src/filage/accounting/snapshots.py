"""Weekly snapshots: where every line stood, and how the final estimated cost moves from one week to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE
from filage.facts.budget import BudgetVersion, FrozenLine
from filage.kernel import french
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from decimal import Decimal

    from filage.accounting.follow import FollowUp
    from filage.facts.dossier import Dossier

SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True)
class Week:
    """The expenses of one snapshot, in euros."""

    on: date
    about: str
    revised: Decimal
    committed: Decimal
    spent: Decimal
    paid: Decimal
    final: Decimal


def snapshot(found: FollowUp) -> BudgetVersion:
    """Return the version that keeps every line of expense as it stands, under the day it is taken."""
    lines = tuple(
        FrozenLine(
            line=line.row.id, label=line.row.label, side=EXPENSE, phase=line.row.phase, post=line.row.post,
            amount=line.amounts.revised, committed=line.amounts.committed, spent=line.amounts.spent,
            paid=line.amounts.paid, final=line.amounts.final,
        )
        for line in found.lines
    )  # fmt: skip
    label = f"Relevé du {french.day(found.on)}"
    return BudgetVersion(id=ident_on(found.on), label=label, purpose=SNAPSHOT, on=found.on, lines=lines)


def ident_on(day: date) -> str:
    """The id of the snapshot of a day: one a day at most."""
    return f"suivi-{day.isoformat()}"


def is_due(dossier: Dossier, today: date) -> bool:
    """Whether the week of that day, from Monday, has no snapshot yet."""
    monday = today - timedelta(days=today.weekday())
    return not any(
        version.purpose == SNAPSHOT and monday <= version.on <= today
        for version in dossier.all(BudgetVersion)
    )


def evolution(dossier: Dossier, found: FollowUp | None = None) -> tuple[Week, ...]:
    """Return the snapshots in order, then today's figures when given: how the final cost moved."""
    weeks = [_week(version) for version in dossier.all(BudgetVersion) if version.purpose == SNAPSHOT]
    weeks.sort(key=lambda week: week.on)
    if found is not None:
        now = found.amounts
        weeks = [week for week in weeks if week.on < found.on]
        weeks.append(Week(found.on, "", now.revised, now.committed, now.spent, now.paid, now.final))
    return tuple(weeks)


def _week(version: BudgetVersion) -> Week:
    def total(name: str) -> Decimal:
        return sum((getattr(line, name) or ZERO for line in version.lines if line.side == EXPENSE), ZERO)

    return Week(
        version.on, version.about, total("amount"), total("committed"), total("spent"), total("paid"),
        total("final"),
    )  # fmt: skip
