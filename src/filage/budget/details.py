"""What people decided of a line beside its computation: the amount by hand, its group, owner, range and places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from filage.budget.groups import off_groups
from filage.budget.overrides import drift, overridden, override_orphan, overrides_by_line
from filage.facts.budget import LineDetail
from filage.kernel import french
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filage.budget.lines import BudgetRow
    from filage.facts.dossier import Dossier


class Settling:
    """The overrides and details of a dossier, laid over its lines as they come; what meets no line is an orphan."""

    def __init__(self, dossier: Dossier) -> None:
        self._overrides, self._findings = overrides_by_line(dossier)
        self._details, twice = _details_by_line(dossier)
        self._findings += twice
        self._off = off_groups(dossier) if self._details else frozenset()

    def settle(self, rows: Sequence[BudgetRow]) -> list[BudgetRow]:
        """Return the lines with what was decided of each."""
        if not self._overrides and not self._details:
            return list(rows)
        decided = self._overrides.keys() | self._details.keys()
        return [self._settled(row) if row.id in decided else row for row in rows]

    def findings(self) -> list[Finding]:
        """Two decisions on one line, computed amounts that moved, decisions whose line is gone, once all is settled."""
        gone = [override_orphan(line, override) for line, override in self._overrides.items()]
        return [*self._findings, *gone, *(_detail_orphan(detail) for detail in self._details.values())]

    def _settled(self, row: BudgetRow) -> BudgetRow:
        override = self._overrides.pop(row.id, None)
        detail = self._details.pop(row.id, None)
        shown, computed, reason = row.shown, row.computed, row.override
        if override is not None:
            shown, computed, reason = overridden(row, override), row.step.value, override.reason
            self._findings += drift(row, override, shown)
        off = detail is not None and detail.group in self._off
        if off and row.committed:
            self._findings.append(_still_committed(row))
        counts = not (off or row.valued)
        note = detail.note if detail is not None and detail.note else row.note
        return replace(
            row, amount=shown if counts else ZERO, aside=ZERO if counts else shown, computed=computed,
            override=reason, off=off, detail=detail, note=note,
        )  # fmt: skip


def _details_by_line(dossier: Dossier) -> tuple[dict[str, LineDetail], list[Finding]]:
    """The details of each line; the first count when there are two, and the second are said."""
    kept: dict[str, LineDetail] = {}
    findings: list[Finding] = []
    for detail in dossier.all(LineDetail):
        first = kept.setdefault(detail.line, detail)
        if first is not detail:
            message = (
                f"{detail.line} a déjà ses précisions ({first.about}), qui comptent : gardez l’une des deux."
            )
            findings.append(Finding("budget.detail_twice", "warning", detail.about, message))
    return kept, findings


def _detail_orphan(detail: LineDetail) -> Finding:
    message = f"Des précisions visent {detail.line}, qui n’existe plus : elles n’ont aucun effet."
    return Finding("budget.detail_orphan", "warning", detail.about, message)


def _still_committed(row: BudgetRow) -> Finding:
    message = f"{row.label} est écartée avec son groupe, et {french.euro(row.committed or ZERO)} y sont déjà engagés."
    return Finding("budget.off_committed", "warning", row.about, message, subject=row.id)
