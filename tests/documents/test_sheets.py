"""Sheets on paper: one page where the trade expects one, everything on it, tagged, in the reader's language."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest

from documents.readers import pdf_text
from filage.documents.sheets import Stamp, code, sheet_pdf
from filage.documents.sheets_layout import columns, runs
from filage.kernel.changes import add, set_
from filage.planning.sheets import Column, Row, Section, content_of
from support.dossiers import TODAY
from support.sheets import OWN, PERSONAL, PRIVATE, shoot, tour

STAMP = Stamp("", 3, datetime(2026, 11, 2, 17, 20, tzinfo=UTC), 2, "raccord 16:00")
ADDRESS = "https://filage.example/p/abcdef"
HOSTILE = '#panic("x") *gras* _it_ @ref $x^2$ `code` <label> \\ "quote" ] } #import "/etc/passwd" // fin'
EVERY = [("call_sheet", "2026-11-05"), ("day_sheet", "2026-11-06"), ("tour_booklet", "tour"),
         ("rehearsal_schedule", "2026-W44"), ("running_sheet", "jeu")]  # fmt: skip


def made(document="call_sheet", key="2026-11-05", dossier=None, **asked):
    """A sheet of the tour."""
    return content_of(dossier or tour(), document, key, TODAY, **asked)


def pages(content: bytes) -> list[tuple[int, int, str]]:
    """Each page of a PDF: width and height in millimetres, and its text."""
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return [
        (
            round(page.get_width() / 72 * 25.4),
            round(page.get_height() / 72 * 25.4),
            page.get_textpage().get_text_bounded(),
        )
        for page in document
    ]


def squeezed(text: str) -> str:
    """A text without its spaces, as no two readers set them alike."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(("document", "key"), EVERY)
@pytest.mark.parametrize("public", [True, False])
def test_everything_in_the_content_is_on_the_paper(document, key, public):
    sheet = made(document, key, public=public)
    text = squeezed("".join(page for _, _, page in pages(sheet_pdf(sheet, STAMP, ADDRESS))))
    wanted = [
        cell
        for one in (sheet, *sheet.pages)
        for section in one.sections
        for row in section.rows
        for cell in (section.title, *row.cells, one.title, one.when, one.name, one.footer)
    ]
    assert [cell for cell in wanted if squeezed(cell) not in text] == []


def test_a_day_is_one_page_of_a4():
    [(width, height, text)] = pages(sheet_pdf(made(), STAMP, ADDRESS))
    assert (width, height) == (210, 297)
    assert [
        line
        for line in ("version 3", "émise lun. 2 nov., 18:20", "remplace la version 2")
        if line not in text
    ] == []
    assert "changé" in text


def test_a_shoot_is_one_page_too():
    sheet = made(dossier=shoot(), key="2026-10-29")
    assert len(pages(sheet_pdf(sheet))) == 1


def test_a_running_sheet_lies_on_its_side():
    [(width, height, _text)] = pages(sheet_pdf(made("running_sheet", "jeu")))
    assert (width, height) == (297, 210)


def crowd(number: int):
    """A shoot with so many more technicians."""
    facts = []
    for rank in range(number):
        facts += [
            add(f"person/p{rank}", given_name=f"Prénom{rank}", family_name="Delongue"),
            add(f"position/q{rank}", label=f"Poste {rank}", department="technical", status="technicien"),
            add(
                f"engagement/e{rank}", position=f"position/q{rank}", person=f"person/p{rank}", starts_on="2026-10-29",
                ends_on="2026-10-29", unit="day", unit_pay="200",
            ),
            add(f"participation/x{rank}", event="event/j1", engagement=f"engagement/e{rank}"),
        ]  # fmt: skip
    return shoot(*facts)


def test_a_longer_day_is_set_tighter_then_goes_on_with_its_head_repeated():
    assert len(pages(sheet_pdf(made(dossier=crowd(15), key="2026-10-29")))) == 1
    long = pages(sheet_pdf(made(dossier=crowd(90), key="2026-10-29"), STAMP))
    assert len(long) > 1
    text = squeezed("".join(page for _, _, page in long))
    assert [rank for rank in range(90) if f"Prénom{rank}Delongue" not in text] == []
    again = "Le Grand Virage · La Navette · feuille de service, jour 1 sur 2 · jeu. 29 oct. 2026, jour de tournage"
    assert [again in page for _, _, page in long] == [False] + [True] * (len(long) - 1)
    assert [f"{rank} / {len(long)}" in page for rank, (_, _, page) in enumerate(long, 1)] == [True] * len(
        long
    )


@pytest.mark.parametrize(("language", "told"), [("fr", b"/Lang (fr"), ("en", b"/Lang (en")])
def test_it_is_tagged_and_says_its_language(language, told):
    content = sheet_pdf(made(language=language), STAMP, ADDRESS)
    assert [part for part in (b"/MarkInfo", b"pdfuaid:part") if part not in content] == []
    assert told in content or told.replace(b" (", b"(") in content


def test_an_english_sheet_has_english_words_in_its_corner():
    [(_, _, text)] = pages(sheet_pdf(made(language="en"), STAMP, ADDRESS))
    assert [
        line
        for line in ("issued Mon 2 Nov, 18:20", "replaces version 2", "changed: raccord")
        if line not in text
    ] == []


def test_a_sheet_that_is_not_issued_says_so():
    assert "projet, non émis" in pages(sheet_pdf(made()))[0][2]


def test_the_same_sheet_gives_the_same_bytes():
    assert sheet_pdf(made(), STAMP, ADDRESS) == sheet_pdf(made(), STAMP, ADDRESS)


def test_what_was_is_told_beside_what_is():
    row = made().section("hours").rows[1]
    text = pages(sheet_pdf(made(), STAMP, ADDRESS, {row.id: "était à 15:00"}))[0][2]
    assert "toute l’équipe" in text
    assert "était à 15:00" in text


def test_what_users_write_is_shown_and_never_executed(tmp_path):
    dossier = tour(
        set_("production/petite", label=HOSTILE, safety=HOSTILE), set_("venue/ecluse", label=HOSTILE, access=HOSTILE),
        set_("person/dana", stage_name=HOSTILE), set_("element/marie", label=HOSTILE),
        set_("event/dole", label=HOSTILE),
    )  # fmt: skip
    shown = squeezed(pdf_text(sheet_pdf(made(dossier=dossier), STAMP), tmp_path, layout=False))
    assert shown.count(squeezed(HOSTILE)) >= 4


def test_a_public_paper_holds_nothing_private():
    for document, key in EVERY:
        text = squeezed("".join(page for _, _, page in pages(sheet_pdf(made(document, key)))))
        assert [canary for canary in (*PERSONAL, *PRIVATE, *OWN) if canary in text] == []


def test_a_very_long_word_stays_on_the_page():
    sheet = made(dossier=tour(set_("person/dana", stage_name="D" * 60), set_("need/presse", label="x" * 90)))
    document = pypdfium2.PdfDocument(io.BytesIO(sheet_pdf(sheet)))
    page = document[0]
    letters = page.get_textpage()
    boxes = [letters.get_charbox(rank) for rank in range(letters.count_chars())]
    assert max(right for _left, _bottom, right, _top in boxes) <= page.get_width()


def test_the_contents_of_a_booklet_lead_to_its_pages():
    cover = pages(sheet_pdf(made("tour_booklet", "tour")))[0][2]
    assert re.search(r"Dole\s+La Fabrique\s+2 / 2\s+3", cover)


def test_half_sections_share_the_width_and_others_have_it_all():
    sheet = replace(
        made(),
        sections=tuple(
            Section(str(rank), "", "pairs", (), half=half) for rank, half in enumerate([0, 1, 1, 0, 1])
        ),
    )
    assert [[section.id for section in run] for run in runs(sheet)] == [["0"], ["1", "2"], ["3"], ["4"]]


def test_the_columns_that_stretch_are_those_with_words():
    section = Section(
        "t", "", "table", (Row("1", ("Dana Morel", "un rôle plus long que seize", "15:45")),),
        (Column("name", "", "name"), Column("role", ""), Column("call", "", "time")),
    )  # fmt: skip
    assert [column["share"] for column in columns(section)] == [0, 27, 0]


def test_a_code_is_a_drawing_that_no_address_can_break():
    assert code("https://a/<&\">'").startswith("<svg")
    assert date(2026, 11, 5) == made().day
