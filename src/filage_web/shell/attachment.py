"""A file handed over by an answer: to keep, or shown in the browser; never kept by a cache."""

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF: Final = "application/pdf"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA: Final = {"pdf": PDF, "xlsx": XLSX}
"""What a file is, by its suffix."""


def attachment(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Hand over a file to keep, never shown inside a page of ours."""
    return _file(data, name, media_type, kept=True)


def shown_pdf(data: bytes, name: str) -> HttpResponse:
    """Show a PDF in the browser, under the name it would be kept by."""
    return _file(data, name, PDF, kept=False)


def _file(data: bytes, name: str, media_type: str, *, kept: bool) -> HttpResponse:
    answer = HttpResponse(data, content_type=media_type)
    header = content_disposition_header(as_attachment=kept, filename=name)
    answer.headers["Content-Disposition"] = header or ""
    answer.headers["Cache-Control"] = "no-store"
    return answer
