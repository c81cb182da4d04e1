"""Opens a script whatever its format: looks at what is inside first, at the name second."""

from __future__ import annotations

from pathlib import PurePath

from filage.kernel.errors import BadInput, Problem
from filage.script.assemble import assemble
from filage.script.draft import Draft, Remark
from filage.script.fdx import draft_fdx
from filage.script.fountain import draft_fountain
from filage.script.running_order import draft_csv, draft_workbook, is_running_order
from filage.script.shape import Script
from filage.script.tei import draft_tei
from filage.script.xml import local, parse_xml

MAX_BYTES = 20_000_000
_TABLES = (".csv", ".tsv")
_WORKBOOK = b"xl/workbook.xml"
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_KNOWN_BINARIES = {
    b"%PDF": "un PDF",
    b"PK\x03\x04": "un document Word ou une archive",
    b"\xd0\xcf\x11\xe0": "un ancien document Word ou Excel",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une photo",
}
_CONTROL = set(range(32)) - set(b"\t\n\r\f\v")
_READABLE = (
    "un texte Fountain (.fountain), un scénario Final Draft (.fdx), une pièce en TEI (.xml) "
    "ou une conduite (.csv, .xlsx)"
)


def read_script(data: bytes, *, name: str, version: str | None = None) -> Script:
    """Read a play or a screenplay; `version` keeps one version of a text that holds several.

    `name` is the file's name, for messages. Raises BadInput, with file and line, when nothing can be read.
    """
    return assemble(draft_of(data, name), name=name, version=version)


def draft_of(data: bytes, name: str) -> Draft:
    """Return what a file holds before anything is counted; BadInput when nothing can be read."""
    if len(data) >= MAX_BYTES:
        raise BadInput(
            Problem(
                f"fichier de {len(data) / 1e6:.0f} Mo",
                file=name,
                expected="moins de 20 Mo",
                suggestion="gardez le texte seul, sans images",
            )
        )
    if not data.strip():
        raise BadInput(Problem("le fichier est vide", file=name, expected=_READABLE))
    stem = PurePath(name).name.partition(".")[0] or "Sans titre"
    if _is_xml(data):
        return _draft_xml(data, name, stem)
    workbook = _WORKBOOK in data or PurePath(name).suffix.lower() == ".xlsx"
    if data.startswith(b"PK") and workbook:
        return draft_workbook(data, name=name, stem=stem)
    named = PurePath(name).suffix.lower() in _TABLES
    text, remarks = _table_text(data, name) if named else (_text(data, name), [])
    if named or is_running_order(text):
        draft = draft_csv(text, name=name, stem=stem)
        draft.remarks += remarks
        return draft
    return draft_fountain(text.replace("\t", "    "), name=name, stem=stem)


def _table_text(data: bytes, name: str) -> tuple[str, list[Remark]]:
    """Spreadsheets on Windows still write the old encoding: read it, and say so."""
    try:
        return _text(data, name), []
    except BadInput:
        if b"\x00" in data or any(byte in _CONTROL for byte in data[:4096]):
            raise
    message = "ce tableau n’est pas en UTF-8 ; lu comme un fichier de Windows : vérifiez les accents."
    text = data.decode("cp1252", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return text, [Remark("script.old_encoding", message, 1, severe=False)]


def _is_xml(data: bytes) -> bool:
    if data.startswith(_UTF16_BOMS):
        return b"<" in data[2:4]
    return data.removeprefix(_UTF8_BOM).lstrip()[:1] == b"<"


def _draft_xml(data: bytes, name: str, stem: str) -> Draft:
    root = parse_xml(data.removeprefix(_UTF8_BOM).lstrip(), name=name)
    kind = local(root)
    if kind in ("TEI", "TEI.2", "teiCorpus"):
        return draft_tei(root, name=name, stem=stem)
    if kind == "FinalDraft":
        return draft_fdx(root, name=name, stem=stem)
    raise BadInput(
        Problem(
            f"ce fichier XML n’est ni un scénario Final Draft ni une pièce en TEI : il commence par <{kind}>",
            file=name,
            expected="un élément <FinalDraft> ou <TEI> à la racine",
        )
    )


def _text(data: bytes, name: str) -> str:
    for start, what in _KNOWN_BINARIES.items():
        if data.startswith(start):
            raise BadInput(
                Problem(
                    f"ce fichier est {what}, pas un texte",
                    file=name,
                    expected=_READABLE,
                    suggestion="exportez le scénario en Fountain ou en texte (UTF-8)",
                )
            )
    if b"\x00" in data:
        raise _unreadable(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start, name) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unreadable(data: bytes, name: str) -> BadInput:
    if data.startswith(_UTF16_BOMS):
        return BadInput(
            Problem(
                "ce texte est en UTF-16",
                file=name,
                expected="un texte en UTF-8",
                suggestion="enregistrez-le de nouveau en choisissant l’encodage UTF-8",
            )
        )
    return BadInput(Problem("ce fichier n’est pas un texte (octets nuls)", file=name, expected=_READABLE))


def _not_utf8(data: bytes, at: int, name: str) -> BadInput:
    line = data.count(b"\n", 0, at) + 1
    if any(byte in _CONTROL for byte in data[:4096]):
        return BadInput(Problem("ce fichier n’est pas un texte", file=name, line=line, expected=_READABLE))
    near = data[max(0, data.rfind(b"\n", 0, at) + 1, at - 30) : at + 30].partition(b"\n")[0]
    shown = near.decode("cp1252", errors="replace").strip()
    message = f"ce texte n’est pas en UTF-8, sans doute en Latin-1 (Windows) : « {shown} »"
    return BadInput(
        Problem(
            message,
            file=name,
            line=line,
            expected="un texte en UTF-8",
            suggestion="enregistrez-le de nouveau en choisissant l’encodage UTF-8",
        )
    )
