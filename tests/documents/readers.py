"""Reading back what was built: workbooks recomputed by LibreOffice, the text of a PDF."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from filage.documents.xlsx import HEAD_ROW
from filage.kernel.table import Cell, Workbook
from support import machine

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
NO_POPPLER = "absent: pdftotext is not here (Debian: apt-get install poppler-utils)"


Read = dict[str, list[list[object]]]
"""A workbook read back: the rows of each sheet."""


def recomputed(contents: dict[str, bytes], folder: Path) -> dict[str, Read]:
    """Workbooks as LibreOffice computes them in one run, the values stored in them thrown away first."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    given = {name: folder / f"{name}.xlsx" for name in contents}
    for name, path in given.items():
        path.write_bytes(without_values(contents[name]))
    subprocess.run(
        [
            str(machine.libreoffice()), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "xlsx", "--outdir", str(folder / "out"), *map(str, given.values()),
        ],
        check=True, capture_output=True, timeout=240, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return {name: _rows(folder / "out" / path.name) for name, path in given.items()}


def _rows(path: Path) -> Read:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def without_values(content: bytes) -> bytes:
    """The same workbook, its formulas without their values."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            member = source.read(name)
            if name.startswith("xl/worksheets/"):
                member = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", member)
            target.writestr(name, member)
    return bare.getvalue()


def formula_cells(book: Workbook) -> dict[tuple[str, int, int], Cell]:
    """Every cell that has a formula, by sheet, row and column from 0."""
    return {
        (sheet.title, row_number, column): cell
        for sheet in book.sheets
        for row_number, row in enumerate(sheet.rows, start=HEAD_ROW)
        for column, cell in enumerate(row.cells)
        if cell.formula is not None
    }


def at(book: Read, place: tuple[str, int, int]) -> object:
    """What a workbook read back holds in a cell; None outside what is filled."""
    rows = book[place[0]]
    return rows[place[1]][place[2]] if place[1] < len(rows) and place[2] < len(rows[place[1]]) else None


def pdf_text(content: bytes, folder: Path, *, layout: bool = True) -> str:
    """The text of a PDF, as laid out or block by block; the test is skipped by name where nothing can read it."""
    if machine.shutil.which("pdftotext") is None:
        if machine.all_required():
            pytest.fail(NO_POPPLER, pytrace=False)
        pytest.skip(NO_POPPLER)
    (folder / "read.pdf").write_bytes(content)
    done = subprocess.run(
        ["pdftotext", *(["-layout"] if layout else []), str(folder / "read.pdf"), "-"],
        check=True,
        capture_output=True,
    )
    return done.stdout.decode()
