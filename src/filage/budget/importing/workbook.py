"""A spreadsheet file opened: XLSX, XLSM, XLS, ODS, CSV or TSV, told by its content and never by its name."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.budget.importing.delimited import text_sheet
from filage.budget.importing.grid import Flaw, Row, Sheet, Value
from filage.budget.importing.inside import Inside, inside_ods, inside_xlsx
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_BYTES = 20_000_000
"""The largest file read, in bytes."""
MAX_ROWS = 50_000
MAX_COLUMNS = 60
_MAX_UNPACKED = 300_000_000
_MAX_RATIO = 400
_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "enregistrez-le de nouveau en .xlsx, ou exportez la feuille du budget en CSV"
_OTHERS = {
    b"%PDF": "un PDF : demandez le tableur dont il vient",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une photo",
    b"{\\rtf": "un texte mis en forme (RTF)",
}
_XLS_NOTE = (
    "format XLS ancien : une cellule en erreur (#REF!) y paraît vide et les lignes masquées ne se distinguent pas ; "
    "enregistré en .xlsx, le fichier les dirait"
)


def read_workbook(data: bytes, *, name: str) -> tuple[Sheet, ...]:
    """Return the sheets of a file, hidden ones included and marked; BadInput says why it cannot be opened."""
    if not data:
        raise _refusal(name, "le fichier est vide", "choisissez le fichier du budget")
    if len(data) > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise _refusal(
            name, f"le fichier dépasse {most} Mo", "gardez la feuille du budget seule, sans images"
        )
    for head, what in _OTHERS.items():
        if data.startswith(head):
            raise _refusal(name, f"ce fichier est {what}", "déposez un XLSX, XLS, ODS ou CSV")
    if data.startswith(b"PK"):
        return _from_zip(data, name)
    if data.startswith(_XLS):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _protected(name)
        return _from_calamine(data, name, {}, _XLS_NOTE)
    return (text_sheet(data, name=name, most=MAX_ROWS),)


def _from_zip(data: bytes, name: str) -> tuple[Sheet, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bomb(archive, name)
            _refuse_encrypted(archive, name)
            parts = set(archive.namelist())
            if "xl/workbook.xml" in parts:
                return _from_calamine(data, name, inside_xlsx(archive))
            if "content.xml" in parts:
                return _from_calamine(data, name, inside_ods(archive))
    except BadInput:
        raise
    except Exception:  # noqa: BLE001  (a damaged archive fails in as many ways as its readers have lines)
        raise _damaged(name) from None
    what = "un texte (Word, Writer)" if "word/document.xml" in parts else "une archive sans tableur"
    raise _refusal(name, f"ce fichier est {what}", "déposez un XLSX, XLS, ODS ou CSV")


def _refuse_encrypted(archive: zipfile.ZipFile, name: str) -> None:
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""
    if b"encryption-data" in manifest or any(part.flag_bits & 1 for part in archive.infolist()):
        raise _protected(name)


def _refuse_bomb(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse what would swell when opened, before anything is opened."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unpacked > _MAX_UNPACKED or (unpacked > MAX_BYTES and unpacked / packed > _MAX_RATIO):
        raise _refusal(
            name, "ce classeur enfle démesurément une fois ouvert : refusé par sécurité",
            "gardez la feuille du budget seule, sans lignes ni colonnes vides mises en forme",
        )  # fmt: skip


def _from_calamine(data: bytes, name: str, inside: dict[str, Inside], note: str = "") -> tuple[Sheet, ...]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        kept = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
        return tuple(
            _sheet(
                book.get_sheet_by_name(one.name),
                hidden=one.visible != calamine.SheetVisibleEnum.Visible,
                inside=inside.get(one.name, Inside()),
                note=note,
                name=name,
            )
            for one in kept
        )
    except calamine.PasswordError:
        raise _protected(name) from None
    except BadInput:
        raise
    except (calamine.CalamineError, ValueError, OSError) as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise _protected(name) from None
        raise _damaged(name) from None


def _sheet(sheet: Any, *, hidden: bool, inside: Inside, note: str, name: str) -> Sheet:
    if sheet.height > MAX_ROWS:
        raise _refusal(
            name, f"la feuille « {sheet.name} » a plus de {MAX_ROWS} lignes",
            "gardez les lignes du budget seules ; supprimez les lignes vides mises en forme",
        )  # fmt: skip
    rows = [
        row
        for number, values in enumerate(_read(sheet), start=1)
        if (row := _row(number, values, inside)) is not None
    ]
    merged = len(sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, tuple(rows), hidden, merged, (note,) if note else ())


def _read(sheet: Any) -> Iterable[list[Any]]:
    return sheet.to_python(skip_empty_area=False) if sheet.height else ()


def _row(number: int, values: list[Any], inside: Inside) -> Row | None:
    flaws = inside.flaws.get(number)
    read: list[Value] = [_value(value) for value in values[:MAX_COLUMNS]]
    for column, flaw in (flaws or {}).items():
        if column < MAX_COLUMNS and (read[column] if column < len(read) else None) is None:
            read += [None] * (column + 1 - len(read))
            read[column] = flaw
    while read and read[-1] is None:
        read.pop()
    return Row(number, tuple(read), number in inside.hidden) if read else None


def _value(value: Any) -> Value:  # noqa: PLR0911 - one line per kind of cell
    if isinstance(value, str):
        text = value.strip()
        return (Flaw(text, "erreur de calcul du tableur") if text in _ERRORS else text) if text else None
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return Decimal(f"{value:.15g}")
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, timedelta) else None


_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#NOM?", "#VALEUR!"})


def _refusal(name: str, message: str, suggestion: str) -> BadInput:
    return BadInput(Problem(message, file=name, suggestion=suggestion))


def _protected(name: str) -> BadInput:
    return _refusal(
        name, "ce classeur est protégé par un mot de passe", "retirez-le et enregistrez de nouveau"
    )


def _damaged(name: str) -> BadInput:
    return _refusal(name, "ce classeur est abîmé : il ne s’ouvre pas", _AGAIN)
