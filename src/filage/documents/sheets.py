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
    from collections.abc import Mapping, Sequence

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
    cover = (sheet,) if sheet.pages else ()
    title = " · ".join(part for part in (sheet.production, sheet.name, sheet.when) if part)
    issued = stamp.issued_at if stamp else None
    day = issued.date() if issued else sheet.day or date(2000, 1, 1)
    return _pdf((*cover, *(sheet.pages or (sheet,))), title, day, stamp, address, was or {})


def sheets_pdf(sheets: Sequence[Sheet], title: str, on: date) -> bytes:
    """Render several sheets that are not issued, one after the other, in one file dated `on`."""
    return _pdf(sheets, title, on, None, None, {})


def _pdf(
    sheets: Sequence[Sheet],
    title: str,
    on: date,
    stamp: Stamp | None,
    address: str | None,
    was: Mapping[str, str],
) -> bytes:
    words = words_in(sheets[0].language)
    data: dict[str, Any] = {
        "language": words.language,
        "title": title,
        "stamp": stamp_lines(words, stamp),
        "changed": words("changed", what=stamp.changed, nbsp=french.NBSP) if stamp and stamp.changed else "",
        "qr": code(address) if address else "",
        "qr_label": words("qr_label"),
        "by_code": words("by_code") if address else "",
        "landscape": sheets[0].landscape,
        "pages": [page_data(sheet, was) for sheet in sheets],
    }
    return pdf_bytes(TEMPLATE, data, on)


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
