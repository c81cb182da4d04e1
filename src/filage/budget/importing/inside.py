"""What a reader of values does not tell: cells in error, formulas never computed, hidden rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from filage.budget.importing.grid import Flaw, column_of

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW_HIDDEN = re.compile(rb'<row r="(\d+)"[^>]*? hidden="(?:1|true)"')
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*>.*?<v>([^<]*)</v>')
_UNCOMPUTED = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MOST_REPEATED = 60_000
UNCOMPUTED = "formule sans valeur enregistrée : ouvrez le fichier dans votre tableur et enregistrez-le"


@dataclass(frozen=True, slots=True)
class Inside:
    """For one sheet: cells without a usable value by row and column, and its hidden rows."""

    flaws: dict[int, dict[int, Flaw]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()


def inside_xlsx(archive: zipfile.ZipFile) -> dict[str, Inside]:
    """Look into each sheet of an XLSX."""
    rels = {
        one.get("Id"): one.get("Target", "") for one in _parse(archive.read("xl/_rels/workbook.xml.rels"))
    }
    found = {}
    for sheet in _parse(archive.read("xl/workbook.xml")).iter():
        target = rels.get(sheet.get(_REL)) if str(sheet.tag).endswith("}sheet") else None
        part = (target or "").removeprefix("/xl/").removeprefix("xl/")
        if part and f"xl/{part}" in archive.namelist():
            found[sheet.get("name", "")] = _of_xml(archive.read(f"xl/{part}"))
    return found


def _of_xml(raw: bytes) -> Inside:
    flaws: dict[int, dict[int, Flaw]] = {}
    for letters, row, shown in _ERROR.findall(raw) if b't="e"' in raw else ():
        _put(flaws, letters, row, Flaw(shown.decode("utf-8", "replace"), "erreur de calcul du tableur"))
    for letters, row in _UNCOMPUTED.findall(raw) if b"<f" in raw else ():
        _put(flaws, letters, row, Flaw("formule", UNCOMPUTED))
    return Inside(flaws, frozenset(int(row) for row in _ROW_HIDDEN.findall(raw)))


def _put(flaws: dict[int, dict[int, Flaw]], letters: bytes, row: bytes, flaw: Flaw) -> None:
    flaws.setdefault(int(row), {})[column_of(letters.decode())] = flaw


def inside_ods(archive: zipfile.ZipFile) -> dict[str, Inside]:
    """Look into each sheet of an ODS."""
    root = _parse(archive.read("content.xml"))
    return {table.get(f"{_TABLE}name", ""): _of_table(table) for table in root.iter(f"{_TABLE}table")}


def _of_table(table: Element) -> Inside:
    flaws: dict[int, dict[int, Flaw]] = {}
    hidden: set[int] = set()
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        times = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        if row.get(f"{_TABLE}visibility") in ("collapse", "filter") and times < _MOST_REPEATED:
            hidden.update(range(number, number + times))
        for column, cell in _cells(row):
            if flaw := _flaw(cell):
                for rank in range(number, number + min(times, _MOST_REPEATED)):
                    flaws.setdefault(rank, {})[column] = flaw
        number += times
    return Inside(flaws, frozenset(hidden))


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    column = 0
    for cell in row:
        yield column, cell
        column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))


def _flaw(cell: Element) -> Flaw | None:
    text = "".join(part.text or "" for part in cell.iter(f"{_TEXT}p")) if len(cell) else ""
    if text.startswith("#") and text.rstrip("!?").isupper():
        return Flaw(text, "erreur de calcul du tableur")
    if text.startswith("Err:") and cell.get(f"{_TABLE}formula"):
        return Flaw(text, "erreur de calcul du tableur")
    return None


def _parse(raw: bytes) -> Element:
    """Parse without entities nor network."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
    root: Element = etree.fromstring(raw, parser)  # type: ignore[assignment]
    return root
