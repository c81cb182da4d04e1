"""The files of a month's pay: a workbook, CSV files that payroll programs and spreadsheets read, hours in PDF."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from filage.documents.hours_sheet import hours_pdf
from filage.documents.printable import printable
from filage.documents.xlsx import xlsx_bytes
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from filage.kernel.table import Value
    from filage.review.pay_contents import PayContents

WORKBOOK, HOURS = "paie", "decomptes"
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def pay_files(contents: PayContents, version: str) -> dict[str, bytes]:
    """Render every file of a month, by name."""
    return {name: pay_file(contents, name, version) for name in pay_names(contents)}


def pay_names(contents: PayContents) -> tuple[str, ...]:
    """Name the files of a month: `paie-2026-11.xlsx`, `aem-2026-11.csv`, `decomptes-2026-11.pdf`."""
    month = contents.month
    tables = [f"{stem}-{month}.csv" for stem in contents.tables]
    hours = [f"{HOURS}-{month}.pdf"] if contents.hours["records"] else []
    return (f"{WORKBOOK}-{month}.xlsx", *tables, *hours)


def pay_file(contents: PayContents, name: str, version: str) -> bytes:
    """Render one of the files of a month; the same contents give the same bytes. BadInput for another name."""
    names = pay_names(contents)
    if name not in names:
        raise BadInput(Problem(f"« {name} » n’est pas un fichier de cette paie", expected=", ".join(names)))
    if name.endswith(".xlsx"):
        return xlsx_bytes(contents.workbook, version)
    if name.endswith(".pdf"):
        return hours_pdf(contents.hours, contents.on, version)
    return csv_bytes(contents.tables[name.removesuffix(f"-{contents.month}.csv")])


def write_files(made: Mapping[str, bytes], folder: Path) -> tuple[str, ...]:
    """Write files beside, then move each into place; BadInput when the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".filage-") as beside:
            for name, content in made.items():
                (Path(beside) / name).write_bytes(content)
            for name in made:
                (Path(beside) / name).replace(folder / name)
    except OSError as error:
        raise BadInput(Problem(f"impossible d’y écrire ({error.strerror})", path=str(folder))) from error
    return tuple(made)


def csv_bytes(lines: Iterable[Sequence[Value]]) -> bytes:
    """Render a table: UTF-8 with its mark, semicolons, decimal commas, days as JJ/MM/AAAA."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for line in lines:
        writer.writerow([_text(value) for value in line])
    return written.getvalue().encode("utf-8-sig")


def _text(value: Value) -> str:
    """Write a value; what a user typed never becomes a formula (D26)."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, int):
        return str(value)
    shown = printable(value)
    return f"'{shown}" if shown.startswith(_RISKY) else shown
