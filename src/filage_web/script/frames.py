"""Images of a storyboard: checked, brought to a common size, the pages of a PDF drawn one by one."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES: Final = 20_000_000
MAX_PAGES: Final = 120
MAX_PIXELS: Final = 60_000_000
WIDEST: Final = 1_600
_SIGNS: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_EXPECTED: Final = "une image PNG ou JPEG, ou un PDF"


def frames_of(data: bytes, name: str) -> list[bytes]:
    """Return the frames of a file as JPEG images, at most 1600 pixels wide; BadInput says why there are none."""
    if not data:
        raise BadInput(Problem("ce fichier est vide", file=name, expected=_EXPECTED))
    if len(data) > MAX_BYTES:
        raise BadInput(Problem(f"fichier de {len(data) / 1e6:.0f} Mo", file=name, expected="20 Mo au plus"))
    if data.startswith(b"%PDF"):
        return list(_pages(data, name))
    if media_type(data) is None:
        raise BadInput(Problem("ce fichier n’est pas une image", file=name, expected=_EXPECTED))
    return [_image(data, name)]


def media_type(data: bytes) -> str | None:
    """Say what an image is by its first bytes; None when it is not one that a page may show."""
    return next((kind for sign, kind in _SIGNS.items() if data.startswith(sign)), None)


def _image(data: bytes, name: str) -> bytes:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                size = f"{opened.width} × {opened.height} points"
                raise BadInput(Problem(f"image de {size}", file=name, suggestion="réduisez-la de moitié"))
            return _jpeg(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        broken = Problem("cette image ne s’ouvre pas", file=name, suggestion="enregistrez-la de nouveau")
        raise BadInput(broken) from None


def _pages(data: bytes, name: str) -> Iterator[bytes]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        broken = Problem(
            "ce PDF ne s’ouvre pas", file=name, suggestion="enregistrez-le de nouveau, sans mot de passe"
        )
        raise BadInput(broken) from None
    try:
        if len(document) > MAX_PAGES:
            raise BadInput(
                Problem(f"PDF de {len(document)} pages", file=name, expected=f"{MAX_PAGES} pages au plus")
            )
        for page in document:
            width = max(page.get_width(), 1.0)
            height = max(page.get_height(), 1.0)
            scale = min(WIDEST / width, 2 * WIDEST / height, 4.0)
            yield _jpeg(page.render(scale=scale).to_pil())
    except pypdfium2.PdfiumError:
        raise BadInput(Problem("une page de ce PDF ne se dessine pas", file=name)) from None
    finally:
        document.close()


def _jpeg(image: "Image") -> bytes:
    """Write an image without what its camera added (place, date), on white where it was transparent."""
    from PIL import Image

    image.thumbnail((WIDEST, 2 * WIDEST))
    if image.mode in ("RGBA", "LA", "P"):
        see_through = image.convert("RGBA")
        flat = Image.new("RGB", see_through.size, "white")
        flat.paste(see_through, mask=see_through.getchannel("A"))
        image = flat
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
