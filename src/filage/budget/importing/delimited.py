"""A table kept as text: its encoding, what separates its columns, its quotes."""

from __future__ import annotations

import csv
import io

from filage.budget.importing.grid import Row, Sheet, Value
from filage.kernel.errors import BadInput, Problem

_DELIMITERS = (";", "\t", ",", "|")
_LOOKED_AT = 50
_MAX_COLUMNS = 60


def text_sheet(data: bytes, *, name: str, most: int) -> Sheet:
    """Return the one sheet of a CSV or TSV file; BadInput when it is no text or has no columns."""
    text, note = _decoded(data, name)
    sample = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    delimiter = _delimiter(sample)
    if delimiter is None:
        message = "ce fichier n’a pas de colonnes : ni point-virgule, ni tabulation, ni virgule"
        raise BadInput(Problem(message, file=name, suggestion="déposez un XLSX, XLS, ODS ou CSV"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    start = 1
    try:
        for cells in reader:
            if len(rows) >= most:
                message = f"le fichier a plus de {most} lignes"
                raise BadInput(Problem(message, file=name, suggestion="gardez les lignes du budget seules"))
            if row := _row(start, cells):
                rows.append(row)
            start = reader.line_num + 1
    except csv.Error:
        message = (
            "une cellule n’est pas lisible : guillemet jamais refermé ou texte de plus de 100 000 signes"
        )
        raise BadInput(Problem(message, file=name, line=start)) from None
    return Sheet(name.rpartition("/")[2], tuple(rows), notes=(note,) if note else ())


def _row(number: int, cells: list[str]) -> Row | None:
    values: list[Value] = [text.strip() or None for text in cells[:_MAX_COLUMNS]]
    while values and values[-1] is None:
        values.pop()
    return Row(number, tuple(values)) if values else None


def _delimiter(sample: list[str]) -> str | None:
    """The mark that cuts most lines in the same number of columns."""

    def score(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in sample]
        cut = [count for count in counts if count]
        usual = max(set(cut), key=cut.count) if cut else 0
        return (sum(count == usual for count in cut), usual)

    best = max(_DELIMITERS, key=score)
    return best if score(best)[0] else None


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """Read the text: UTF-8, with or without its mark, UTF-16 with it, else the encoding of Windows, which is told."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ""
    if b"\x00" in data[:4_096]:
        message = "ce fichier n’est ni un tableur ni un texte"
        raise BadInput(Problem(message, file=name, suggestion="déposez un XLSX, XLS, ODS ou CSV"))
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "texte lu dans l’encodage de Windows (cp1252)"
