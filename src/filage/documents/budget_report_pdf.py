"""The budget report rendered to PDF: one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.documents.typst import pdf_bytes
from filage.kernel import french

if TYPE_CHECKING:
    from decimal import Decimal

    from filage.reporting.budget_report import BudgetReport, ReportLine

TEMPLATE = "budget_report.typ"
LONGEST = 120
"""Signs of a reason or a label that one page can hold."""


def budget_report_pdf(report: BudgetReport, version: str) -> bytes:
    """Render the report; the same report gives the same bytes."""
    return pdf_bytes(TEMPLATE, _data(report, version), report.on)


def _data(report: BudgetReport, version: str) -> dict[str, Any]:
    approved, expected, certain, received = report.income
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "company": report.company,
        "on": french.day(report.on),
        "version": version,
        "baseline": report.baseline,
        "lines": [_line(line) for line in (*report.lines, report.total)],
        "income": [
            {"label": "Approuvés", "value": _whole(approved)},
            {"label": "Attendus", "value": _whole(expected)},
            {"label": "Certains", "value": _whole(certain)},
            {"label": "Reçus", "value": _whole(received)},
        ],
        "gaps": [
            {"label": "Montant plein", "value": _gap(report.gap)},
            {"label": "Pondéré", "value": _gap(report.gap_weighted)},
            {"label": "Certain seul", "value": _gap(report.gap_certain)},
        ],
        "contingency": french.euro(report.contingency),
        "lowest": "" if report.lowest is None else french.euro(report.lowest),
        "lowest_on": french.day(report.lowest_on) if report.lowest_on else "",
        "bridge": french.euro(report.bridge) if report.bridge else "",
        "variances": [
            {
                "label": _short(one.label),
                "amount": french.signed_euro(one.amount),
                "reason": _short(one.reason),
            }
            for one in report.variances
        ],
        "decisions": [
            {"what": _short(one.what), "why": _short(one.why), "on": french.day(one.on) if one.on else ""}
            for one in report.decisions
        ],
    }


def _line(line: ReportLine) -> dict[str, Any]:
    names = ("initial", "revised", "committed", "spent", "paid", "final")
    cells = [french.number(getattr(line, name), 0) for name in names]
    return {
        "label": _short(line.label),
        "strong": line.strong,
        "lacks": line.variance < 0,
        "cells": [*cells, f"{'+' if line.variance > 0 else ''}{french.number(line.variance, 0)}"],
    }


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"


def _whole(value: Decimal) -> str:
    return f"{french.number(value, 0)}{french.NBSP}€"


def _gap(value: Decimal) -> str:
    return _whole(value) if value > 0 else f"couvert, {_whole(-value)} de plus" if value else "couvert"
