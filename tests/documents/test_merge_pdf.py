"""One PDF out of many: pages in order, numbers on all, what cannot be joined named with its reason."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from filage.documents.merge_pdf import MOST_PAGES, STAMPS, assemble, piece_of
from filage.documents.typst import pdf_bytes

ON = date(2026, 1, 1)


def blank(*sizes, rotate=0, password=""):
    writer = PdfWriter()
    for width, height in sizes:
        writer.add_blank_page(width, height)
    if rotate:
        writer.pages[0].rotate(rotate)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(mode="RGB", form="PNG", size=(30, 20)):
    out = io.BytesIO()
    Image.new(mode, size).save(out, form)
    return out.getvalue()


def own(_placed, total):
    stamps = [{"width": 595, "height": 842, "name": "nous", "number": f"1 / {total}"}]
    return pdf_bytes(STAMPS, {"title": "t", "stamps": stamps}, ON)


def test_pages_follow_in_order_each_with_its_number_and_its_bookmark():
    pieces = [piece_of("a.pdf", blank((400, 300), (300, 400))), piece_of("b.png", picture())]
    made = assemble(own, pieces, ON, "Titre")
    reader = PdfReader(io.BytesIO(made.data))
    assert (made.pages, len(reader.pages)) == (4, 4)
    assert [(one.name, one.first, one.last) for one in made.pieces] == [("a.pdf", 2, 3), ("b.png", 4, 4)]
    assert [page.extract_text().split("\n")[-1].strip()[-5:] for page in reader.pages] == [
        f"{number} / 4" for number in range(1, 5)
    ]
    parent, children = reader.outline
    assert (parent["/Title"], [one["/Title"] for one in children]) == ("Pièces jointes", ["a.pdf", "b.png"])


def test_a_turned_page_is_stamped_at_the_foot_that_is_seen():
    made = assemble(own, [piece_of("a.pdf", blank((400, 300), rotate=90))], ON, "T")
    page = PdfReader(io.BytesIO(made.data)).pages[1]
    assert page.rotation == 0
    assert (float(page.cropbox.width), float(page.cropbox.height)) == (300, 400)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", None, "fichier introuvable"),
        ("a.pdf", b"", "fichier vide"),
        ("a.pdf", b"%PDF-1.4 rien", "PDF illisible"),
        ("a.docx", b"PK\x03\x04", "ni un PDF ni une image"),
        ("a.jpg", b"non", "image illisible"),
    ],
)
def test_what_cannot_be_joined_is_named_with_its_reason(name, data, why):
    piece = piece_of(name, data)
    assert (piece.name, piece.joined, piece.apart) == (name, False, why)


def test_a_locked_or_endless_pdf_goes_apart_and_the_rest_is_made():
    locked = piece_of("a.pdf", blank((10, 10), password="x"))
    endless = piece_of("b.pdf", blank(*[(10, 10)] * (MOST_PAGES + 1)))
    assert (locked.apart, endless.apart) == ("PDF protégé par un mot de passe", "301 pages : 300 au plus")
    made = assemble(own, [locked, endless], ON, "T")
    assert (made.pages, [one.first for one in made.pieces]) == (1, [0, 0])


@pytest.mark.parametrize(("mode", "form"), [("RGBA", "PNG"), ("L", "JPEG"), ("P", "GIF"), ("CMYK", "JPEG")])
def test_a_picture_of_any_kind_is_a_page(mode, form):
    piece = piece_of(f"a.{form.lower()}", picture(mode, form))
    assert (piece.joined, piece.pages) == (True, 1)
