"""What cannot be read says what, where and what to do."""

from __future__ import annotations

import pytest

from filage.kernel.errors import BadInput
from filage.script.read import MAX_BYTES, read_script
from script.texts import WOYZECK, tei_bytes

PLAY = tei_bytes('<div type="scene"><head>Scène I</head><stage>Nuit.</stage></div>')
TYPED = b'<?xml version="1.0"?>\n<!DOCTYPE TEI [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<TEI>&b;</TEI>'
OUTSIDE = b'<?xml version="1.0"?>\n\n<!DOCTYPE TEI SYSTEM "http://example.org/tei.dtd">\n<TEI/>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "essai.xml : le fichier est vide"),
        (b" \n\t ", "essai.xml : le fichier est vide"),
        (b"<TEI><text></TEI>", "essai.xml:1 : une balise est fermée sous un autre nom qu’à l’ouverture"),
        (b"<TEI>&nbsp;</TEI>", "essai.xml:1 : une entité (&nom;) n’est pas définie"),
        (TYPED, "essai.xml:2 : ce fichier déclare un type de document"),
        (OUTSIDE, "essai.xml:3 : ce fichier déclare un type de document"),
        (TYPED.decode().encode("utf-16"), "essai.xml:2 : ce fichier déclare un type de document"),
        (tei_bytes("<p>Rien.</p>"), "essai.xml : aucune scène dans ce texte TEI"),
        (b"<html/>", "essai.xml : ce fichier XML n’est ni un scénario Final Draft ni une pièce en TEI"),
        (b"<FinalDraft/>", "essai.xml : aucune scène dans ce fichier Final Draft"),
        (b"%PDF-1.7 \x00", "essai.xml : ce fichier est un PDF, pas un texte"),
        (b"PK\x03\x04 \x00", "essai.xml : ce fichier est un document Word ou une archive"),
        (b"\x00\x01\x02", "essai.xml : ce fichier n’est pas un texte (octets nuls)"),
        (b"abc\x01\xff", "essai.xml:1 : ce fichier n’est pas un texte"),
        ("INT. A - JOUR".encode("utf-16"), "essai.xml : ce texte est en UTF-16"),
        ("Bonjour à tous.".encode(), "essai.xml : aucune scène dans ce texte"),
    ],
)
def test_is_refused_in_plain_french(data, says) -> None:
    with pytest.raises(BadInput) as refusal:
        read_script(data, name="essai.xml")
    assert str(refusal.value).startswith(says)
    assert all(problem.expected or problem.suggestion for problem in refusal.value.problems)


def test_a_truncated_play_names_the_line_where_it_stops() -> None:
    whole = WOYZECK.read_bytes()
    half = whole[: len(whole) // 2]
    with pytest.raises(BadInput) as refusal:
        read_script(half, name="woyzeck.xml")
    assert [(problem.message, problem.line) for problem in refusal.value.problems] == [
        ("le fichier s’arrête avant la fin du texte XML", 1377)
    ]
    assert half.count(b"\n") + 1 == 1377


def test_a_document_type_is_refused_in_an_encoding_one_parser_alone_knows() -> None:
    data = (
        '<?xml version="1.0" encoding="euc-jp"?>\n<!DOCTYPE TEI [<!ENTITY a "東">]>\n<TEI>&a;</TEI>'.encode(
            "euc-jp"
        )
    )
    with pytest.raises(BadInput, match="ce fichier déclare un type de document"):
        read_script(data, name="essai.xml")


def test_a_refusal_says_nothing_of_the_files_read_before() -> None:
    for _ in range(2):
        with pytest.raises(BadInput) as refusal:
            read_script(b"<TEI>\n&nbsp;</TEI>", name="essai.xml")
        assert [(problem.line, problem.message) for problem in refusal.value.problems] == [
            (2, "une entité (&nom;) n’est pas définie")
        ]


def test_a_fountain_text_in_latin_1_names_the_line_and_shows_it() -> None:
    with pytest.raises(BadInput) as refusal:
        read_script("INT. A - JOUR\n\nZOÉ\nOui.\n".encode("latin-1"), name="film.fountain")
    assert str(refusal.value) == (
        "film.fountain:3 : ce texte n’est pas en UTF-8, sans doute en Latin-1 (Windows) : « ZOÉ » ; "
        "attendu : un texte en UTF-8 ; enregistrez-le de nouveau en choisissant l’encodage UTF-8"
    )


def test_a_file_of_twenty_megabytes_is_refused_and_one_byte_less_is_read() -> None:
    text = b"INT. A - JOUR\n\nRien.\n\n"
    with pytest.raises(BadInput, match="fichier de 20 Mo ; attendu : moins de 20 Mo"):
        read_script(text.ljust(MAX_BYTES), name="film.fountain")
    assert len(read_script(text.ljust(MAX_BYTES - 1), name="film.fountain").scenes) == 1


def test_a_play_nested_beyond_reason_is_refused() -> None:
    with pytest.raises(BadInput):
        read_script(b"<TEI>" + b"<div>" * 5_000 + b"</div>" * 5_000 + b"</TEI>", name="essai.xml")


def test_nothing_outside_the_file_is_fetched(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    data = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}">]><TEI>&x;</TEI>'.encode()
    with pytest.raises(BadInput) as refusal:
        read_script(data, name="essai.xml")
    assert "secret" not in str(refusal.value)


def test_a_play_with_a_comment_and_a_stylesheet_is_read() -> None:
    data = PLAY.replace(b"<TEI", b'<?xml-stylesheet href="a.css"?><!-- vu -->\n<TEI', 1)
    assert len(read_script(data, name="essai.xml").scenes) == 1
