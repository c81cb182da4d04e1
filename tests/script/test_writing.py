"""Notes, synopses and pitches read from files: their words, or a reason in French."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.facts.intent import Writing
from filage.kernel.errors import BadInput
from filage.script.writing import MAX_BYTES, MAX_SIGNS, pasted, read_writing

WORDS = "Une forêt, l’été.\nWoyzeck taille des roseaux : « Ça court derrière nous. »"


def a_docx(*paragraphs: str, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    import docx

    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for row, texts in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("Après le tableau.")
    raw = io.BytesIO()
    document.save(raw)
    return raw.getvalue()


def a_pdf(*pages: str) -> bytes:
    """A PDF whose pages hold a text, or nothing."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else ""
        fonts = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {fonts} /Contents {number + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return (body + table + end).encode("latin-1")


def a_locked_pdf() -> bytes:
    """A PDF that asks for a password nobody gives."""
    plain = a_pdf("secret").decode("latin-1")
    key = "0" * 64
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >> /ID [<00><00>]"
    return plain.replace("/Root 1 0 R", f"/Root 1 0 R {lock}").encode("latin-1")


def _words_or_reason(data: bytes) -> str:
    try:
        return read_writing(data, "note.docx").text
    except BadInput as error:
        return str(error)


def why(data: bytes, name: str = "note.docx") -> str:
    with pytest.raises(BadInput) as refused:
        read_writing(data, name)
    assert all(problem.suggestion for problem in refused.value.problems)
    return str(refused.value)


def test_reads_the_paragraphs_of_a_docx_and_its_tables_in_order():
    found = read_writing(
        a_docx("Une forêt.", "L’été.", table=(("Lieu", "Rôle"), ("Pré", "Marie"))), "note.docx"
    )
    assert found.text == "Une forêt.\nL’été.\nLieu\tRôle\nPré\tMarie\nAprès le tableau."
    assert (found.format, found.pages, found.warnings) == ("docx", None, ())


def test_reads_the_text_of_a_pdf_and_names_a_page_without_any():
    found = read_writing(a_pdf("Une histoire de roseaux", "", "Puis la nuit tombe"), "note.pdf")
    assert found.text == "Une histoire de roseaux\n\nPuis la nuit tombe"
    assert (found.format, found.pages) == ("pdf", 3)
    assert found.warnings == ("page sans texte, peut-être une image : 2",)


def test_reads_utf_8_without_a_word():
    assert read_writing(WORDS.encode(), "note.txt").text == WORDS
    assert read_writing(WORDS.encode("utf-8-sig"), "note.txt").text == WORDS
    assert read_writing(WORDS.encode("utf-16"), "note.txt").text == WORDS


def test_reads_latin_1_and_says_it():
    found = read_writing(WORDS.encode("cp1252"), "note.txt")
    assert found.text == WORDS
    assert "pas en UTF-8" in found.warnings[0]


def test_ends_of_lines_and_accents_are_written_one_way():
    assert pasted("Fore\u0302t\r\nnoire\r\r\r\rfin \x07").text == "Forêt\nnoire\n\nfin"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b"x" * (MAX_BYTES + 1), "Mo, 15 au plus"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ancien fichier Word"),
        (b"{\\rtf1 bonjour}", "RTF"),
        (a_docx("Une forêt.")[:900], "abîmé"),
        (b"PK\x03\x04 pas un zip", "abîmé"),
        (b"%PDF-1.7 rien", "ce PDF est abîmé"),
        (a_pdf("", ""), "image (numérisé)"),
        (bytes(range(256)) * 40, "ni un texte"),
        (b" \n \t ", "aucun mot"),
        (("mot " * (MAX_SIGNS // 4 + 2)).encode(), "signes"),
    ],
)  # fmt: skip
def test_refuses_a_bad_file_saying_why_and_what_to_do(data: bytes, words: str):
    assert words in why(data)


def test_a_file_of_twenty_megabytes_is_refused_before_it_is_opened():
    assert "20 Mo" in why(a_docx("Une forêt.") + b"\0" * 20_000_000)


def test_a_pdf_with_a_password_says_it():
    assert "mot de passe" in why(a_locked_pdf(), "note.pdf")


def test_other_zips_are_named():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    assert "LibreOffice" in why(raw.getvalue())
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("a.txt", "bonjour")
    assert "pas un document Word" in why(empty.getvalue())


def test_a_docx_that_swells_when_opened_is_refused():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 130_000_000)
    assert "trop gros une fois ouvert" in why(raw.getvalue())


def test_a_docx_whose_xml_calls_a_file_of_the_machine_reads_nothing_of_it(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canari")
    raw, made = io.BytesIO(), a_docx("Une forêt.", "L’été.")
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(raw, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            if name == "word/document.xml":
                head = f'<!DOCTYPE x [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>'.encode()
                text = text.replace(b"?>", b"?>" + head, 1).replace("Une forêt.".encode(), b"&secret;")
            archive.writestr(name, text)
    assert "canari" not in _words_or_reason(raw.getvalue())


SEEDS = [
    a_docx("Une forêt.", "L’été."),
    a_pdf("Une histoire de roseaux"),
    WORDS.encode("cp1252"),
    WORDS.encode(),
]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_whatever_the_bytes_there_are_words_a_fact_can_hold_or_a_reason(data: st.DataObject):
    seed = data.draw(st.sampled_from([*SEEDS, data.draw(st.binary(max_size=400))]))
    cut = data.draw(st.integers(0, len(seed)))
    given_bytes = (
        seed[:cut] + data.draw(st.binary(max_size=12)) + seed[data.draw(st.integers(cut, len(seed))) :]
    )
    try:
        found = read_writing(given_bytes, "essai")
    except BadInput:
        return
    assert Writing(id="w", label="Essai", text=found.text).text == found.text


@given(st.text(max_size=300))
def test_whatever_is_pasted_a_fact_can_hold_it_or_it_is_refused(text: str):
    try:
        found = pasted(text)
    except BadInput:
        return
    assert Writing(id="w", label="Essai", text=found.text).text == found.text
