"""The décompte individuel rendered to PDF: one person a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.documents.typst import pdf_bytes
from filage.kernel import french

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

TEMPLATE = "hours_sheet.typ"


def hours_pdf(sheet: Mapping[str, Any], on: date, version: str) -> bytes:
    """Render a sheet of hours; the same sheet gives the same bytes."""
    return pdf_bytes(TEMPLATE, {**sheet, "on": french.day(on), "version": version}, on)
