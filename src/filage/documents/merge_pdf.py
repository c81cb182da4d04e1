"""One PDF made of our pages and of the files joined to them: bookmarks for all, « n / N » on every page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filage.documents.typst import pdf_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from pypdf import PageObject, PdfReader, PdfWriter

STAMPS = "stamps.typ"
PICTURES = frozenset({"jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "bmp"})
MOST_PAGES = 300
LONGEST_SIDE = 2200
"""Pixels of the longest side of a picture once it is a page: sharp at arm's length on A4."""
A4 = (595.28, 841.89)
MARGIN = 42.0
BOOKMARK = "Pièces jointes"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file joined to a document: its pages, or why it has none and goes apart."""

    name: str
    pages: int
    apart: str
    pdf: bytes = b""

    @property
    def joined(self) -> bool:
        """Whether its pages are in the document."""
        return not self.apart


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a piece stands in the document: its first and last pages, 0 when it goes apart."""

    name: str
    first: int
    last: int
    apart: str


@dataclass(frozen=True, slots=True)
class Assembled:
    """The whole document: its bytes, its pages, where each piece stands."""

    data: bytes
    pages: int
    pieces: tuple[Placed, ...]


def piece_of(name: str, data: bytes | None) -> Piece:
    """Read a file to be joined; one that cannot become pages is kept by name, with the reason."""
    if data is None:
        return Piece(name, 0, "fichier introuvable")
    if not data:
        return Piece(name, 0, "fichier vide")
    kind = name.rpartition(".")[2].lower()
    if data[:1024].lstrip().startswith(b"%PDF"):
        return _of_pdf(name, data)
    if kind in PICTURES:
        return _of_picture(name, data)
    return Piece(name, 0, "ni un PDF ni une image")


def assemble(
    draw: Callable[[tuple[Placed, ...], int], bytes], pieces: Sequence[Piece], on: date, title: str
) -> Assembled:
    """Draw our pages, knowing where each piece will stand and how many pages there are in all, then join the pieces.

    `draw` is given the places and the total, and may be called again while its own number of pages moves.
    """
    from pypdf import PdfReader

    own = 1
    for _attempt in range(4):
        placed, total = _places(pieces, own), own + sum(piece.pages for piece in pieces)
        data = draw(placed, total)
        counted = len(PdfReader(io.BytesIO(data)).pages)
        if counted == own:
            break
        own = counted
    if total == own:
        return Assembled(data, total, placed)
    return Assembled(_joined(data, pieces, placed, total, on, title), total, placed)


def _places(pieces: Sequence[Piece], own: int) -> tuple[Placed, ...]:
    placed, after = [], own
    for piece in pieces:
        if piece.joined:
            placed.append(Placed(piece.name, after + 1, after + piece.pages, ""))
            after += piece.pages
        else:
            placed.append(Placed(piece.name, 0, 0, piece.apart))
    return tuple(placed)


def _joined(
    own: bytes, pieces: Sequence[Piece], placed: Sequence[Placed], total: int, on: date, title: str
) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(own)), import_outline=True)
    first_joined = len(writer.pages)
    for piece in pieces:
        if piece.joined:
            writer.append(PdfReader(io.BytesIO(piece.pdf)), import_outline=False)
    _stamp(writer, pieces, first_joined, total, on)
    parent = writer.add_outline_item(BOOKMARK, first_joined)
    for place in placed:
        if place.first:
            writer.add_outline_item(place.name, place.first - 1, parent=parent)
    writer.add_metadata({"/Title": title})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _stamp(writer: PdfWriter, pieces: Sequence[Piece], start: int, total: int, on: date) -> None:
    """Write on each joined page, small and at its foot, its number and the piece it belongs to."""
    from pypdf import PdfReader, Transformation

    names = [piece.name for piece in pieces if piece.joined for _page in range(piece.pages)]
    stamps = []
    for offset, name in enumerate(names):
        page = writer.pages[start + offset]
        if page.rotation:
            page.transfer_rotation_to_content()
        box = page.cropbox
        number = f"{start + offset + 1} / {total}"
        stamps.append(
            {"width": float(box.width), "height": float(box.height), "name": name, "number": number}
        )
    given = {"title": BOOKMARK, "stamps": stamps}
    made = PdfReader(io.BytesIO(pdf_bytes(STAMPS, given, on)))
    for offset, stamp in enumerate(made.pages):
        page = writer.pages[start + offset]
        shift = Transformation().translate(float(page.cropbox.left), float(page.cropbox.bottom))
        page.merge_transformed_page(stamp, shift)


# --- what a file becomes ----------------------------------------------------------------------------------------------


def _of_pdf(name: str, data: bytes) -> Piece:
    """The pages of a PDF, each tried once: what strangers write breaks anywhere."""
    from pypdf import PdfReader, PdfWriter

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not _opens(reader):
            return Piece(name, 0, "PDF protégé par un mot de passe")
        pages = len(reader.pages)
        if pages > MOST_PAGES:
            return Piece(name, 0, f"{pages} pages : {MOST_PAGES} au plus")
        writer = PdfWriter()
        for page in reader.pages:
            _tried(page)
        writer.append(reader, import_outline=False)
        out = io.BytesIO()
        writer.write(out)
    except Exception:  # noqa: BLE001 - whatever is wrong in it, the rest of the document is made
        return Piece(name, 0, "PDF illisible")
    return Piece(name, pages, "", out.getvalue()) if pages else Piece(name, 0, "PDF sans page")


def _opens(reader: PdfReader) -> bool:
    """Whether a PDF that forbids changes can still be read by anybody."""
    return bool(reader.decrypt(""))


def _tried(page: PageObject) -> None:
    _contents: Any = page.get_contents()
    if float(page.cropbox.width) <= 0 or float(page.cropbox.height) <= 0:
        message = "empty page"
        raise ValueError(message)


def _of_picture(name: str, data: bytes) -> Piece:
    """A picture in the middle of an A4 page, upright or lying as it is."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image = ImageOps.exif_transpose(opened)
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            flat = Image.new("RGB", image.size, "white")
            flat.paste(image.convert("RGBA"), mask=image.convert("RGBA").getchannel("A"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return Piece(name, 0, "image illisible")
    return Piece(name, 1, "", _page_of(flat))


def _page_of(image: Any) -> bytes:
    from pypdf import PdfReader, PdfWriter, Transformation

    width, height = A4 if image.height >= image.width else A4[::-1]
    drawn = io.BytesIO()
    image.save(drawn, "PDF", resolution=72.0, quality=85)
    scale = min((width - 2 * MARGIN) / image.width, (height - 2 * MARGIN) / image.height)
    left, bottom = (width - image.width * scale) / 2, (height - image.height * scale) / 2
    writer = PdfWriter()
    page = writer.add_blank_page(width, height)
    picture = PdfReader(drawn).pages[0]
    page.merge_transformed_page(picture, Transformation().scale(scale).translate(left, bottom))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
