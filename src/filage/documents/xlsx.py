"""A workbook rendered to XLSX: live formulas, their values kept for viewers that do not compute, nothing executable."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from filage.documents.printable import printable
from filage.kernel import french

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filage.kernel.table import Cell, Formula, Row, Sheet, Workbook

HEAD_ROW = 4
INK, MUTED, SUNKEN, HAIRLINE = "1C1A17", "67625A", "F3F1EB", "E5E1D8"
SERIF, SANS = "Georgia", "Arial"
_NUMBERS = {
    "euro": "#,##0.00",
    "euro_unit": '#,##0.00\\ "€"',
    "rate": "0.00##%",
    "count": "#,##0",
    "number": "#,##0.00##",
    "day": "[$-40C]ddd\\ d\\ mmm\\ yyyy",
}
_FORMULA_CELL = re.compile(r'(<c r="([A-Z]+[0-9]+)"[^>]*>)(<f>[^<]*</f>)<v\s*(?:/>|></v>)')
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_MAX_TEXT = 32_000


def xlsx_bytes(book: Workbook, version: str) -> bytes:
    """Render a workbook; the same workbook gives the same bytes."""
    from openpyxl import Workbook as Book
    from openpyxl.workbook.defined_name import DefinedName
    from openpyxl.writer.excel import ExcelWriter

    places = dict(_places(book))
    made = Book()
    for empty in made.worksheets:
        made.remove(empty)
    for sheet in book.sheets:
        _write_sheet(made.create_sheet(sheet.title), sheet, book, places, version)
    for name, key in book.names.items():
        made.defined_names.add(DefinedName(name, attr_text=_absolute(places[key])))
    made.properties.title, made.properties.creator = printable(book.title), printable(book.author)
    made.properties.created = datetime(book.on.year, book.on.month, book.on.day)  # noqa: DTZ001 - a day
    made.calculation.fullCalcOnLoad = True
    raw = io.BytesIO()
    ExcelWriter(made, zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED)).save()  # compressed once, at the end
    return _finished(raw.getvalue(), book)


Place = tuple[str, int, int]
"""A cell's sheet, column and row, from 1."""


def _places(book: Workbook) -> Iterator[tuple[str, Place]]:
    for sheet in book.sheets:
        for number, row in enumerate(sheet.rows, start=HEAD_ROW + 1):
            for column, cell in enumerate(row.cells, start=1):
                if cell.key:
                    yield cell.key, (sheet.title, column, number)


def _absolute(place: Place) -> str:
    from openpyxl.utils import get_column_letter

    return f"'{place[0]}'!${get_column_letter(place[1])}${place[2]}"


def _formula_text(formula: Formula, here: str, places: Mapping[str, Place]) -> str:
    """Put addresses in a formula; neighbouring cells become one range, cells of the same sheet lose its name."""
    cells = {
        name: ",".join(_ranges([places[key] for key in ([keys] if isinstance(keys, str) else keys)], here))
        or "0"
        for name, keys in formula.cells.items()
    }
    return "=" + formula.text.format(**cells)


def _ranges(places: list[Place], here: str) -> Iterator[str]:
    from openpyxl.utils import get_column_letter

    runs: list[list[Place]] = []
    for place in places:
        if runs and _goes_on(runs[-1], place):
            runs[-1].append(place)
        else:
            runs.append([place])
    for run in runs:
        sheet, column, first = run[0]
        prefix = "" if sheet == here else f"'{sheet}'!"
        last = f":{get_column_letter(run[-1][1])}{run[-1][2]}" if len(run) > 1 else ""
        yield f"{prefix}{get_column_letter(column)}{first}{last}"


def _goes_on(run: list[Place], place: Place) -> bool:
    """Whether a cell is the next of a run, downwards or to the right."""
    steps = [(after[1] - before[1], after[2] - before[2]) for before, after in pairwise([*run[-2:], place])]
    return run[-1][0] == place[0] and steps in ([(0, 1)] * len(steps), [(1, 0)] * len(steps))


def _write_sheet(page: Any, sheet: Sheet, book: Workbook, places: Mapping[str, Place], version: str) -> None:
    looks = _Looks()
    page.sheet_view.showGridLines = False
    _put_text(page.cell(1, 1), f"{book.title} — {sheet.title}")
    looks.dress(page.cell(1, 1), "title")
    _put_text(page.cell(2, 1), f"{book.author} · {french.day(book.on)} · {sheet.context}")
    looks.dress(page.cell(2, 1), "context")
    for number, column in enumerate(sheet.columns, start=1):
        head = page.cell(HEAD_ROW, number)
        _put_text(head, column.title)
        looks.dress(head, "head", "count" if column.numeric else "text", inside=number > 1)
        page.column_dimensions[head.column_letter].width = column.width
    for number, row in enumerate(sheet.rows, start=HEAD_ROW + 1):
        _write_row(page, number, row, len(sheet.columns), places, looks)
    _set_up_print(page, sheet, version, book)


def _write_row(
    page: Any, number: int, row: Row, width: int, places: Mapping[str, Place], looks: _Looks
) -> None:
    if row.role == "section":
        page.row_dimensions[number].height = 24
    if row.role in ("note", "space"):
        width = len(row.cells)
    for column in range(1, width + 1):
        target = page.cell(number, column)
        cell = row.cells[column - 1] if column <= len(row.cells) else None
        if cell is not None:
            _put(target, cell, page.title, places)
        looks.dress(target, row.role, _look(cell), inside=column > 1)


def _look(cell: Cell | None) -> str:
    """How a cell is shown; a number takes two decimals only when it has some."""
    if cell is None:
        return "text"
    if cell.look != "number":
        return cell.look
    whole = isinstance(cell.value, Decimal) and cell.value == cell.value.to_integral_value()
    return "count" if whole else "number"


def _put(target: Any, cell: Cell, sheet: str, places: Mapping[str, Place]) -> None:
    if cell.formula is not None:
        target.value = _formula_text(cell.formula, sheet, places)
        target.data_type = "f"
    elif isinstance(cell.value, str):
        _put_text(target, cell.value)
    elif cell.value is not None:
        target.value = cell.value


def _put_text(target: Any, value: str) -> None:
    """Write text as text, whatever it begins with: a spreadsheet never takes it for a formula (D26)."""
    target.value = printable(value)[:_MAX_TEXT]
    target.data_type = "s"


class _Looks:
    """The styles of a sheet, each made once for a role and a look."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, bool, bool], Any] = {}

    def dress(self, target: Any, role: str, look: str = "text", *, inside: bool = False) -> None:
        """Give a cell its style: `inside` is not the first column, so that text stands off the number before it."""
        quoted = isinstance(target.value, str) and target.data_type == "s" and target.value.startswith(_RISKY)
        key = (role, look, quoted, inside)
        if key not in self._made:
            _style(target, role, look, 1 if inside else 0)
            target.quotePrefix = quoted  # a text that a spreadsheet might take for a formula stays one
            self._made[key] = target._style  # noqa: SLF001 - openpyxl offers no public way to share a style
        target._style = self._made[key]  # noqa: SLF001 - shared: a cell is dressed once, and last


def _style(target: Any, role: str, look: str, indent: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    size, bold, serif, colour = _FONTS.get(role, (10, False, False, INK))
    if look == "small" and role == "line":
        size, colour = 9, MUTED
    if role == "section" and look != "text":
        size, bold, serif = 10, True, False
    target.font = Font(name=SERIF if serif else SANS, size=size, bold=bold, color=colour)
    target.number_format = _NUMBERS.get(look, "General")
    is_number = look not in ("text", "small", "day")
    target.alignment = Alignment(
        horizontal="right" if is_number else "left",
        vertical="center",
        indent=0 if is_number else indent,
        wrap_text=role == "line" and look == "text",
    )
    if role == "group":
        target.fill = PatternFill("solid", fgColor=SUNKEN)
    if role in ("section", "total"):
        target.border = Border(top=Side("thin", color=INK), bottom=Side("thin", color=HAIRLINE))
    elif role in ("line", "group", "head"):
        target.border = Border(bottom=Side("thin", color=INK if role == "head" else HAIRLINE))


_FONTS = {
    "title": (18, False, True, INK),
    "context": (9, False, False, MUTED),
    "head": (9, False, False, MUTED),
    "section": (14, False, True, INK),
    "group": (10, True, False, INK),
    "total": (10, True, False, INK),
    "note": (9, False, False, MUTED),
}
"""Size, bold, serif and colour of each role; a line is plain."""


def _set_up_print(page: Any, sheet: Sheet, version: str, book: Workbook) -> None:
    from openpyxl.utils import get_column_letter

    page.freeze_panes = page.cell(HEAD_ROW + 1, 2)
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.5
    page.page_margins.top, page.page_margins.bottom = 0.6, 0.7
    last = max(number for number, column in enumerate(sheet.columns, start=1) if column.printed)
    page.print_area = f"A1:{get_column_letter(last)}{HEAD_ROW + max(len(sheet.rows), 1)}"
    page.oddFooter.left.text = _footer(f"{book.title} · {sheet.title}")
    page.oddFooter.center.text = _footer(f"Filage {version} · {french.day(book.on)}")
    page.oddFooter.right.text = "&P / &N"


def _footer(value: str) -> str:
    """A footer reads `&` as a command, and takes 255 characters in all."""
    return printable(value).replace("&", "&&")[:80]


def _finished(raw: bytes, book: Workbook) -> bytes:
    """Give each formula its value, and every member of the archive the day of the workbook."""
    values = [_values(sheet) for sheet in book.sheets]
    stamp = f"{book.on.isoformat()}T00:00:00Z"
    done = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            content = source.read(info)
            found = re.fullmatch(r"xl/worksheets/sheet([0-9]+)\.xml", info.filename)
            if found:
                content = _with_values(content, values[int(found.group(1)) - 1])
            elif info.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), content)
            member = zipfile.ZipInfo(
                info.filename, (max(book.on.year, 1980), book.on.month, book.on.day, 0, 0, 0)
            )
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, content)
    return done.getvalue()


def _values(sheet: Sheet) -> dict[str, str]:
    from openpyxl.utils import get_column_letter

    return {
        f"{get_column_letter(column)}{number}": f"{Decimal(cell.value):f}"
        for number, row in enumerate(sheet.rows, start=HEAD_ROW + 1)
        for column, cell in enumerate(row.cells, start=1)
        if cell.formula is not None and isinstance(cell.value, (Decimal, int))
    }


def _with_values(content: bytes, values: Mapping[str, str]) -> bytes:
    def fill(found: re.Match[str]) -> str:
        value = values.get(found.group(2))
        kept = f"<v>{value}</v>" if value is not None else ""
        return f"{found.group(1)}{found.group(3)}{kept}"

    return _FORMULA_CELL.sub(fill, content.decode()).encode()
