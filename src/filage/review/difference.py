"""What differs between two outcomes: facts, totals, lines, findings, documents. It is the impact preview."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.facts.changing import difference
from filage.facts.writing import values_of
from filage.kernel.money import ZERO
from filage.review.outcome import finding_json, money

if TYPE_CHECKING:
    from filage.kernel.changes import Change
    from filage.kernel.finding import Finding
    from filage.review.documents import Document
    from filage.review.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure before and after; None where it does not exist."""

    id: str
    label: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal:
        """After less before, what is absent counting zero."""
        return (self.after or ZERO) - (self.before or ZERO)


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs; `documents` are those whose content changed, with what that asks."""

    facts: tuple[Change, ...]
    before: Outcome
    after: Outcome
    totals: tuple[Moved, ...]
    lines: tuple[Moved, ...]
    new_findings: tuple[Finding, ...]
    gone_findings: tuple[Finding, ...]
    documents: tuple[tuple[Document, str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all differs."""
        return not (self.facts or self.lines or self.new_findings or self.gone_findings or self.documents)


def compare(before: Outcome, after: Outcome) -> Difference:
    """Return what differs between two outcomes."""
    old = {finding.key: finding for finding in before.findings}
    new = {finding.key: finding for finding in after.findings}
    return Difference(
        facts=difference(before.dossier, after.dossier),
        before=before,
        after=after,
        totals=tuple(_totals(before, after)),
        lines=tuple(_lines(before, after)),
        new_findings=tuple(finding for key, finding in new.items() if key not in old),
        gone_findings=tuple(finding for key, finding in old.items() if key not in new),
        documents=tuple(_documents(before, after)),
    )


def _totals(before: Outcome, after: Outcome) -> list[Moved]:
    return [
        Moved(ident, label, was, now)
        for (ident, label, was), (_, _, now) in zip(_figures(before), _figures(after), strict=True)
    ]


def _figures(outcome: Outcome) -> list[tuple[str, str, Decimal | None]]:
    first = outcome.price.prices[0] if outcome.price else None
    return [
        ("total/expense", "Charges", outcome.budget.expense),
        ("total/income", "Produits", outcome.budget.income),
        ("total/balance", "Solde", outcome.budget.balance),
        (
            "payroll/employer_cost",
            "Coût employeur",
            sum((c.employer_cost.value for c in outcome.costs), ZERO),
        ),
        ("funding/gap", "À trouver", outcome.plan.gap),
        ("price/first", "Prix de cession, première série", first.unit_price if first else None),
    ]


def _lines(before: Outcome, after: Outcome) -> list[Moved]:
    old, new = before.budget.by_id(), after.budget.by_id()
    moved = []
    for ident in {**old, **new}:
        was, now = old.get(ident), new.get(ident)
        amounts = (was.amount if was else None, now.amount if now else None)
        if amounts[0] != amounts[1]:
            row = now or was
            moved.append(Moved(ident, row.label if row else ident, *amounts))
    return moved


def _documents(before: Outcome, after: Outcome) -> list[tuple[Document, str]]:
    old = {document.about: document for document in before.documents}
    changed = []
    for document in after.documents:
        was = old.pop(document.about, None)
        if was is None:
            changed.append((document, "à faire"))
        elif was.digest != document.digest:
            changed.append((document, "avenant" if was.signed else "à refaire"))
    return [*changed, *((document, "sans objet") for document in old.values())]


def difference_json(found: Difference) -> dict[str, Any]:
    """Return the published shape of `filage diff`."""
    return {
        "facts": [_fact(found, change) for change in found.facts],
        "totals": [_moved(moved) for moved in found.totals],
        "lines": [_moved(moved) | {"label": moved.label} for moved in found.lines],
        "findings": {
            "new": [finding_json(finding) for finding in found.new_findings],
            "gone": [finding_json(finding) for finding in found.gone_findings],
        },
        "documents": [{"about": document.about, "state": state} for document, state in found.documents],
    }


def _fact(found: Difference, change: Change) -> dict[str, Any]:
    was, now = found.before.dossier.get(change.about), found.after.dossier.get(change.about)
    return {
        "op": change.op,
        "about": change.about,
        "before": values_of(was) if was else None,
        "after": values_of(now) if now else None,
    }


def _moved(moved: Moved) -> dict[str, Any]:
    return {
        "id": moved.id,
        "before": None if moved.before is None else money(moved.before),
        "after": None if moved.after is None else money(moved.after),
        "change": money(moved.change),
    }
