"""Reads a text about the work (note of intent, synopsis, pitch) from DOCX, PDF or plain text into its words.

Nothing of a file but its words is kept; a file that holds none says why.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from filage.kernel.errors import BadInput, Problem

Format = Literal["docx", "pdf", "text"]
MAX_BYTES: Final = 15_000_000
MAX_UNZIPPED: Final = 120_000_000
MAX_SIGNS: Final = 200_000
MAX_PAGES: Final = 400
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]")
_HYPHEN: Final = re.compile(r"(?<=\w)[\x02\ufffe\u00ad]\s*\n?\s*(?=\w)")
_BLANK: Final = re.compile(r"\n{3,}")
_FEW: Final = 3
_ODD_SHARE: Final = 0.02


@dataclass(frozen=True, slots=True)
class WritingText:
    """The words of a text, the kind of file they come from, and what was doubtful in reading it."""

    text: str
    format: Format
    pages: int | None = None
    warnings: tuple[str, ...] = ()


def read_writing(data: bytes, name: str) -> WritingText:
    """Return the words of a DOCX, a PDF or a plain text; BadInput says what is wrong with the file and what to do."""
    if not data:
        raise _refused("ce fichier est vide", name, "vérifiez son envoi")
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1_000_000:.0f} Mo, {MAX_BYTES // 1_000_000} au plus"
        raise _refused(size, name, "enlevez ses images, ou collez le texte seul")
    head = data[:1024].lstrip()
    if data.startswith(_OLE):
        raise _refused("c’est un ancien fichier Word (.doc)", name, "enregistrez-le en .docx ou en PDF")
    if head.startswith(b"{\\rtf"):
        raise _refused("c’est un fichier RTF", name, "enregistrez-le en .docx, en PDF ou en texte")
    if b"%PDF-" in head:
        return _kept(name, "pdf", *_pdf(data, name))
    if data.startswith(b"PK"):
        return _kept(name, "docx", *_docx(data, name))
    return _kept(name, "text", *_plain(data, name))


def pasted(text: str) -> WritingText:
    """Return words pasted from elsewhere, cleaned as those of a file; BadInput when there are none."""
    return _kept("texte collé", "text", text, None, ())


def _kept(name: str, form: Format, text: str, pages: int | None, warnings: tuple[str, ...]) -> WritingText:
    """Clean the words, and refuse what would not be a text."""
    clean = _clean(text)
    if not any(sign.isalnum() for sign in clean):
        raise _refused("aucun mot dans ce fichier", name, "collez le texte")
    if len(clean) > MAX_SIGNS:
        size = f"{len(clean)} signes, {MAX_SIGNS} au plus"
        raise _refused(
            size, name, "un texte si long est un scénario ou un roman : importez-le par la page Texte"
        )
    return WritingText(clean, form, pages, warnings)


def _clean(text: str) -> str:
    """One spelling of each sign, one end of line, no control sign, at most one blank line at a time."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))
    text = text.replace("\f", "\n").replace("\u2028", "\n").replace("\u2029", "\n").replace("\u00ad", "")
    text = _CONTROLS.sub("", text)
    lines = (line.rstrip() for line in text.split("\n"))
    return _BLANK.sub("\n\n", "\n".join(lines)).strip()


# --- plain text ---------------------------------------------------------------------------------------------


def _plain(data: bytes, name: str) -> tuple[str, None, tuple[str, ...]]:
    """UTF-8 (or UTF-16 with its mark), else Windows Latin-1, which is said."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), None, ()
            except UnicodeDecodeError:
                break
    odd = sum(sign < 32 and sign not in b"\t\n\r\f\v" for sign in data[:20_000])  # noqa: PLR2004 - control signs
    if odd > _ODD_SHARE * min(len(data), 20_000):
        raise _refused("ce n’est ni un texte, ni un DOCX, ni un PDF", name, "enregistrez-le dans l’un d’eux")
    try:
        return data.decode("utf-8"), None, ()
    except UnicodeDecodeError:
        said = "le fichier n’est pas en UTF-8 : lu comme du Latin-1 (Windows). Vérifiez les accents."
        return data.decode("cp1252", errors="replace"), None, (said,)


# --- DOCX ---------------------------------------------------------------------------------------------------


def _docx(data: bytes, name: str) -> tuple[str, None, tuple[str, ...]]:
    """Paragraphs and cells of tables, in the order of the document."""
    broken = _refused(
        "ce DOCX est abîmé", name, "ouvrez-le dans votre traitement de texte et enregistrez-le de nouveau"
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {entry.filename for entry in archive.infolist()}
            unzipped = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        raise broken from None
    if unzipped > MAX_UNZIPPED:
        raise _refused(
            "ce DOCX est trop gros une fois ouvert", name, "enlevez ses images, ou collez le texte seul"
        )
    if "word/document.xml" not in parts:
        other = "content.xml" in parts and "mimetype" in parts
        what = "c’est un fichier LibreOffice (.odt)" if other else "ce n’est pas un document Word"
        raise _refused(what, name, "enregistrez-le en .docx, en PDF ou en texte")
    import docx

    try:
        return "\n".join(_paragraphs(docx.Document(io.BytesIO(data)))), None, ()
    except Exception:  # noqa: BLE001 - whatever a damaged file makes of the reader
        raise broken from None


def _paragraphs(holder: Any) -> Iterator[str]:
    """Yield the text of each paragraph; a table gives its rows, cells separated by tabs."""
    from docx.table import Table

    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells)
        else:
            yield str(block.text)


# --- PDF ----------------------------------------------------------------------------------------------------


def _pdf(data: bytes, name: str) -> tuple[str, int, tuple[str, ...]]:
    """The text of each page; a locked PDF and one made of pictures say so."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise _refused("ce PDF est protégé par un mot de passe", name, "enregistrez-le sans") from None
        raise _refused(
            "ce PDF est abîmé", name, "ouvrez-le et enregistrez-le de nouveau, ou collez le texte"
        ) from None
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise _refused(f"{count} pages, {MAX_PAGES} au plus", name, "gardez les pages utiles")
        pages = [_page_text(document, number) for number in range(count)]
    except pypdfium2.PdfiumError:
        raise _refused(
            "une page de ce PDF ne se lit pas", name, "enregistrez-le de nouveau, ou collez le texte"
        ) from None
    finally:
        document.close()
    empty = [number for number, page in enumerate(pages, start=1) if len(page.split()) < _FEW]
    if len(empty) == len(pages):
        why = "ce PDF est une image (numérisé) : il ne contient pas de texte"
        raise _refused(why, name, "passez-le par une reconnaissance de caractères, ou collez le texte")
    said = f"page sans texte, peut-être une image : {', '.join(map(str, empty))}" if empty else ""
    return "\n\n".join(pages), count, (said,) if said else ()


def _page_text(document: Any, number: int) -> str:
    page = document[number]
    words = page.get_textpage()
    try:
        return _HYPHEN.sub("", str(words.get_text_range()))
    finally:
        words.close()
        page.close()


def _refused(what: str, name: str, do: str) -> BadInput:
    return BadInput(Problem(what, file=name[:120], suggestion=do))
