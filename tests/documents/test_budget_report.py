"""The budget report holds on one page, whatever people wrote."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

from pypdf import PdfReader

from filage.documents.budget_report_pdf import budget_report_pdf
from filage.reporting.budget_report import (
    MOST_DECISIONS,
    MOST_POSTS,
    MOST_VARIANCES,
    BudgetReport,
    Decision,
    ReportLine,
    Variance,
)

LONG = "une raison qui n’en finit pas " * 20
BIG = Decimal("-1234567.89")


def line(label: str, *, strong: bool = False) -> ReportLine:
    return ReportLine(label, *[abs(BIG)] * 6, BIG, strong)


def report() -> BudgetReport:
    return BudgetReport(
        "Un titre bien long pour une production", "", "Compagnie Le Fil", date(2026, 12, 1), "« Votée », 1er sept.",
        (line("Production", strong=True), line("Exploitation", strong=True), *[line(LONG[:60])] * MOST_POSTS),
        line("Total", strong=True), (BIG, BIG, BIG, BIG), -BIG, -BIG, -BIG, abs(BIG),
        tuple(Variance(LONG, BIG, LONG) for _n in range(MOST_VARIANCES)), BIG, date(2026, 12, 24), -BIG,
        tuple(Decision(LONG, LONG, date(2026, 12, 24), "budget") for _n in range(MOST_DECISIONS)),
    )  # fmt: skip


def test_the_longest_report_is_one_page_and_the_same_one_gives_the_same_bytes() -> None:
    made = budget_report_pdf(report(), "1.0")
    assert len(PdfReader(io.BytesIO(made)).pages) == 1
    assert made == budget_report_pdf(report(), "1.0")
