"""What somebody can read in an answer: a page, a PDF, a workbook, an archive."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile


def read_whole(answer: Any) -> str:
    """The text of an answer, its spaces left out: « 2 85 05 » and « 28505 » are the same number."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return read_text(data)


def read_text(data: bytes) -> str:
    """The text of a file, its spaces left out."""
    return "".join(_text(data).split())


def _text(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        from pypdf import PdfReader

        return " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as archive:
            return " ".join(_text(archive.read(name)) for name in archive.namelist())
    return data.decode("utf-8", errors="replace")
