"""A presentation, or budgets side by side, as plain values: the published shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.budget.views.notes import branch_notes, entry_notes

if TYPE_CHECKING:
    from decimal import Decimal

    from filage.budget.views.laying import Branch, Entry, LaidOut, Part
    from filage.budget.views.side_by_side import SideBySide
    from filage.budget.views.view import BudgetView


def view_json(view: BudgetView) -> dict[str, Any]:
    """Return what a presentation is."""
    checked = view.source.checked_on
    return {
        "id": view.id,
        "label": view.label,
        "forms": list(view.forms),
        "whole_euros": view.whole_euros,
        "source": {
            "title": view.source.title,
            "url": view.source.url,
            "checked_on": checked.isoformat() if checked else None,
            "confidence": view.source.confidence,
        },
        "warnings": list(view.warnings),
    }


def laid_out_json(laid: LaidOut) -> dict[str, Any]:
    """Return a budget laid out: headings inside headings, amounts with two decimals."""
    return {
        "view": view_json(laid.view),
        "parts": [_part(part) for part in laid.parts],
        "balance": _money(laid.balance),
        "left_out": [row.id for row in laid.left_out],
        "notices": list(laid.notices),
    }


def side_by_side_json(found: SideBySide) -> dict[str, Any]:
    """Return budgets side by side: each amount, and its difference from the first."""
    return {
        "view": view_json(found.view),
        "names": list(found.names),
        "rows": [
            {
                "role": row.role,
                "code": row.code,
                "label": row.label,
                "depth": row.depth,
                "amounts": [None if amount is None else _money(amount) for amount in row.amounts],
                "changes": [_money(row.change(index)) for index in range(1, len(row.amounts))],
            }
            for row in found.rows
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "side": part.side,
        "valued": part.valued,
        "label": part.title,
        "amount": _money(part.shown),
        "counterpart": _money(part.counterpart),
        "nodes": [_branch(part, branch) for branch in part.branches],
        "unplaced": [_entry(entry) for entry in part.unplaced.entries] if part.unplaced else [],
    }


def _branch(part: Part, branch: Branch) -> dict[str, Any]:
    share = part.share(branch)
    return {
        "code": branch.node.code,
        "label": branch.node.label,
        "amount": _money(branch.shown),
        "share": None if share is None else f"{share:.4f}",
        "notes": list(branch_notes(branch)),
        "lines": [_entry(entry) for entry in branch.entries],
        "nodes": [_branch(part, child) for child in branch.children],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "line": entry.row.id,
        "part": entry.part,
        "label": entry.label,
        "amount": _money(entry.amount),
        "shown": _money(entry.amount if entry.whole is None else entry.whole),
        "placed": entry.how or None,
        "notes": list(entry_notes(entry)),
    }


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"
