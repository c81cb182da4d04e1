"""The peer: LibreOffice opening, recalculating and saving the same budget lines."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.dossier import generated
from bench.size import NOMINAL, Size
from filage.budget.variables import variables_of
from filage.facts.budget import BudgetLine, Variable

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT_SECONDS = 300
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Recalculate on loading, always: the default keeps the values stored in the file and measures nothing."""


def program() -> str | None:
    """The path of LibreOffice, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def seconds(size: Size, *, times: int) -> list[float]:
    """How long each of so many runs took, from start to saved file; the first, unmeasured, makes the profile.

    RuntimeError when what LibreOffice saved is not the recalculated total.
    """
    soffice = program()
    if soffice is None:
        raise RuntimeError("LibreOffice is not here")
    with tempfile.TemporaryDirectory(prefix="filage-bench-") as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        expected = _workbook(folder / "budget.xlsx", size)
        runs = [_one_run(soffice, folder, expected) for _ in range(times + 1)]
    return runs[1:]


def _one_run(soffice: str, folder: Path, expected: Decimal) -> float:
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    command = [
        soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "xlsx", "--outdir", str(out), str(folder / "budget.xlsx"),
    ]  # fmt: skip
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, timeout=LIMIT_SECONDS, stdin=subprocess.DEVNULL)
    elapsed = time.perf_counter() - start
    _check(out / "budget.xlsx", expected)
    return elapsed


def _workbook(path: Path, size: Size) -> Decimal:
    """Write the variables and the lines with live formulas and no stored values; return the total they must give."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    dossier = generated(size)
    cells = _variables(book.create_sheet("Variables"), dossier.all(Variable))
    sheet = book.create_sheet("Budget")
    sheet.append(["Libellé", "Poste", "Quantité", "Prix unitaire", "Montant"])
    values, _ = variables_of(dossier)
    total = Decimal(0)
    lines = dossier.all(BudgetLine)
    for row, line in enumerate(lines, start=2):
        name, _, times = line.quantity.partition(" * ")
        formula = f"={cells[name]}*{times}" if times else int(line.quantity)
        price = Decimal(line.unit_price or "0")
        sheet.append([line.label, line.post, formula, float(price), f"=ROUND(C{row}*D{row},2)"])
        total += (values[name].value * int(times) if times else int(line.quantity)) * price
    posts = sorted({line.post for line in lines}, key=int)
    last = len(lines) + 1
    for post in posts:
        sheet.append(["Sous-total", post, None, None, f'=SUMIF(B2:B{last},"{post}",E2:E{last})'])
    sheet.append(["Total", None, None, None, f"=SUM(E{last + 1}:E{last + len(posts)})"])
    book.save(path)
    return total


def _variables(sheet: Any, variables: Sequence[Variable]) -> dict[str, str]:
    """Write each variable in a cell, as a formula when it follows from another; return the cell of each name."""
    cells: dict[str, str] = {}
    for row, one in enumerate(variables, start=1):
        name, plus, more = one.value.partition(" + ")
        sheet.append([one.name_text, f"={cells[name]}+{more}" if plus else float(one.value)])
        cells[one.name_text] = f"Variables!$B${row}"
    return cells


def _check(path: Path, expected: Decimal) -> None:
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Budget").to_python()
    found = Decimal(str(round(float(str(rows[-1][4])), 2)))
    if found != expected:
        raise RuntimeError(
            f"LibreOffice saved a total of {found}, the lines give {expected}: it did not recalculate"
        )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seconds(NOMINAL, times=5) if program() else None))
