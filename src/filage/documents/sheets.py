"""Sheets rendered to PDF: A4, one page where the trade expects one, tagged, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from filage.documents.sheets_layout import page_data
from filage.documents.typst import pdf_bytes
from filage.kernel import french
from filage.kernel.interval import PARIS
from filage.planning.sheets.words import Words, words_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.planning.sheets import Sheet

TEMPLATE = "sheet.typ"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What issuing adds to a sheet: its number, its version, when, which version it replaces, what changed in short."""

    number: str = ""
    version: int = 1
    issued_at: datetime | None = None
    replaces: int | None = None
    changed: str = ""


def sheet_pdf(
    sheet: Sheet, stamp: Stamp | None = None, address: str | None = None, was: Mapping[str, str] | None = None
) -> bytes:
    """Render a sheet; the same sheet, stamp and address give the same bytes.

    `address` becomes the code in the corner. `was` tells beside some rows, by id, what they were (« était à 15:00 »).
    Without a stamp the sheet says that it is not issued.
    """
    words = words_in(sheet.language)
    pages = sheet.pages or (sheet,)
    cover = [page_data(sheet, was or {})] if sheet.pages else []
    data: dict[str, Any] = {
        "language": sheet.language,
        "title": " · ".join(part for part in (sheet.production, sheet.name, sheet.when) if part),
        "stamp": stamp_lines(words, stamp),
        "changed": words("changed", what=stamp.changed, nbsp=french.NBSP) if stamp and stamp.changed else "",
        "qr": code(address) if address else "",
        "qr_label": words("qr_label"),
        "by_code": words("by_code") if address else "",
        "landscape": sheet.landscape,
        "pages": [*cover, *(page_data(page, was or {}) for page in pages)],
    }
    issued = stamp.issued_at if stamp else None
    return pdf_bytes(TEMPLATE, data, issued.date() if issued else sheet.day or date(2000, 1, 1))


def stamp_lines(words: Words, stamp: Stamp | None) -> list[str]:
    """The lines in the corner: version, when it was issued, which it replaces."""
    if stamp is None:
        return [words("not_issued")]
    key = "numbered_version" if stamp.number else "version"
    lines = [words(key, version=stamp.version, number=stamp.number)]
    if stamp.issued_at:
        local = stamp.issued_at.astimezone(ZoneInfo(PARIS))
        lines.append(words("issued", day=words.day(local.date(), year=False), at=words.hour(local.time())))
    if stamp.replaces:
        lines.append(words("replaces_version", version=stamp.replaces))
    return lines


def code(address: str) -> str:
    """The QR code of an address, as a drawing (SVG)."""
    import segno

    return segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True)
