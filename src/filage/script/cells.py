"""Rows of a table one has received, from CSV or from a workbook, as text, each with the line it stands on."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from filage.kernel.errors import BadInput, Problem
from filage.script.words import squeeze

MAX_ROWS = 5_000
_MAX_COLUMNS = 100
_MAX_UNPACKED = 100_000_000
_DELIMITERS = (";", "\t", ",", "|")
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: its line in the file, its cells without spaces around."""

    line: int
    texts: tuple[str, ...]


def csv_rows(text: str, *, name: str) -> list[Cells]:
    """Return the rows of a CSV text, whatever separates its columns."""
    sample = text.splitlines()[:_LOOKED_AT]
    delimiter = max(_DELIMITERS, key=lambda mark: max((line.count(mark) for line in sample), default=0))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Cells] = []
    start = 1
    try:
        for row in reader:
            _keep(rows, start, row, name)
            start = reader.line_num + 1
    except csv.Error:
        raise BadInput(
            Problem(
                "une cellule n’est pas lisible",
                file=name,
                line=start,
                expected="moins de 100 000 signes par cellule et des guillemets refermés",
            )
        ) from None
    return rows


def workbook_rows(data: bytes, *, name: str) -> list[list[Cells]]:
    """Return the rows of each sheet of a workbook, as they are shown."""
    _refuse_dangerous(data, name)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [_sheet_rows(sheet, name) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except BadInput:
        raise
    except Exception:  # noqa: BLE001  (a damaged workbook fails in as many ways as its reader has lines)
        raise BadInput(_damaged(name)) from None


def _sheet_rows(sheet: Any, name: str) -> list[Cells]:
    rows: list[Cells] = []
    for line, row in enumerate(sheet.iter_rows(max_col=_MAX_COLUMNS), start=1):
        _keep(rows, line, (_shown(cell) for cell in row), name)
    return rows


def _shown(cell: Any) -> str:
    """A time typed « 3:45 » is kept by workbooks as a quarter to four: it is read as it is shown."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, timedelta):
        return _of_seconds(round(value.total_seconds()))
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        if "s" in str(cell.number_format).lower():
            return _of_seconds(value.hour * 3600 + value.minute * 60 + value.second)
        return f"{value.hour}:{value.minute:02}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _of_seconds(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _keep(rows: list[Cells], line: int, cells: Iterable[str], name: str) -> None:
    """Add a row that says something; more of them than a running order has are refused."""
    row = Cells(line, tuple(squeeze(cell) for cell in cells)[:_MAX_COLUMNS])
    if any(row.texts):
        rows.append(row)
    if len(rows) > MAX_ROWS:
        raise BadInput(
            Problem(
                f"tableau de plus de {MAX_ROWS} lignes",
                file=name,
                expected="une conduite, une ligne par élément",
                suggestion="gardez la feuille de la conduite seule, sans lignes vides à la fin",
            )
        )


def _refuse_dangerous(data: bytes, name: str) -> None:
    """Refuse a workbook that would swell when opened, or that declares a document type."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
                raise BadInput(
                    Problem("ce classeur dépasse 100 Mo une fois ouvert", file=name, suggestion=_ALONE)
                )
            if any(b"<!DOCTYPE" in content or b"<!ENTITY" in content for content in _parts(archive)):
                raise BadInput(
                    Problem(
                        "ce classeur déclare un type de document (<!DOCTYPE …>) ou des entités : refusé par sécurité",
                        file=name,
                        suggestion=_AGAIN,
                    )
                )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise BadInput(_damaged(name)) from None


def _parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """The beginning of each part, where a document type must stand."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                yield stream.read(4_096).replace(b"\x00", b"")


_AGAIN = "enregistrez de nouveau le classeur en .xlsx, ou exportez la feuille en CSV"
_ALONE = "gardez la feuille de la conduite seule"


def _damaged(name: str) -> Problem:
    return Problem("ce classeur est abîmé ou protégé : il ne s’ouvre pas", file=name, suggestion=_AGAIN)
