"""The published shape of a preparation of pay; no private data in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.facts.scalars import canonical_decimal

if TYPE_CHECKING:
    from decimal import Decimal

    from filage.payroll.preparation import PayRow, Preparation


def preparation_json(prepared: Preparation) -> dict[str, Any]:
    """Return rows, findings and control totals; amounts are text with two decimals, quantities plain decimals."""
    totals = prepared.totals
    return {
        "company": prepared.company,
        "month": prepared.month,
        "rows": [_row(row) for row in prepared.rows],
        "ready": prepared.ready,
        "totals": {
            "rows": totals.rows,
            "people": totals.people,
            "refused": totals.refused,
            "gross": f"{totals.gross:.2f}",
            "cachets": canonical_decimal(totals.cachets),
            "hours": canonical_decimal(totals.hours),
            "per_diem": f"{totals.per_diem:.2f}",
            "other_allowances": f"{totals.other_allowances:.2f}",
            "premiums": f"{totals.premiums:.2f}",
        },
    }


def _row(row: PayRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "production": row.production,
        "engagement": row.engagement.about,
        "person": row.person.about,
        "status": row.position.status,
        "annexe": row.annexe or None,
        "dates": [day.isoformat() for day in row.dates],
        "unit": row.engagement.unit,
        "units": _number(row.units),
        "isolated": _number(row.isolated),
        "grouped": _number(row.grouped),
        "hours_paid": _number(row.hours_paid),
        "hours_planned": _number(row.hours_planned),
        "hours_done": _number(row.hours_held),
        "hours_validated": _number(row.hours_validated),
        "gross": _money(row.gross),
        "per_diem": _money(row.per_diem),
        "other_allowances": _money(row.other_allowances),
        "taxed_allowances": _money(row.taxed_allowances),
        "premiums": _money(row.premium_pay),
        "premium_allowances": _money(row.premium_allowances),
        "at_rate": _number(row.at_rate),
        "basis": row.basis,
        "refused": row.refused or None,
        "findings": [
            {"code": finding.code, "severity": finding.severity, "message": finding.message}
            for finding in row.findings
        ],
    }


def _money(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _number(value: Decimal | None) -> str | None:
    return None if value is None else canonical_decimal(round(value, 4))
