"""The breakdown on paper and in a workbook: everything is there, totals are recomputed, nothing is executed."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from documents.readers import pdf_text
from filage.documents.breakdown_pdf import breakdown_pdf
from filage.documents.breakdown_xlsx import breakdown_xlsx
from filage.facts.reading import read_dossier
from filage.kernel.changes import add, set_
from filage.script.breakdown_file import breakdown_of
from script.breakdowns import shoot
from script.texts import ROOT

DAY = date(2026, 10, 12)


def made(*changes):
    return breakdown_of(shoot(*changes), DAY)


def rows(book, name: str) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(book))[name].iter_rows(values_only=True)][
        3:
    ]


def test_the_same_breakdown_gives_the_same_bytes() -> None:
    assert breakdown_pdf(made(), "0") == breakdown_pdf(made(), "0")
    assert breakdown_xlsx(made(), "0") == breakdown_xlsx(made(), "0")


def test_the_pdf_tells_each_scene_its_needs_its_precautions_and_the_presences(tmp_path) -> None:
    text = " ".join(pdf_text(breakdown_pdf(made(), "0"), tmp_path, layout=False).split())
    for words in (
        "Le Film", "Version 1", "Dans la cour", "≈ 3/8 · 35 min d’après les plans",
        "1 6/8 · 2 h 20 d’après la longueur",
        "2. Zoé (Dana Morel)", "1. Marc (à distribuer)", "une bougie [feu ou flamme]", "Devis reçu", "Accord du lieu",
        "de secours", "Jour 1, mar. 20 oct., La Ferme", "Présences au tournage", "SWF : seul jour de travail",
    ):  # fmt: skip
        assert words in text, words
    assert "Coupée" not in text


def test_a_scene_a_page_when_asked(tmp_path) -> None:
    pages = {
        layout: pdf_text(breakdown_pdf(made(), "0", layout), tmp_path).count("\f")
        for layout in ("compact", "page")
    }
    assert pages["page"] == pages["compact"] + 3


def test_a_production_without_a_text_still_gives_its_files(tmp_path) -> None:
    bare = breakdown_of(
        read_dossier(
            b"schema: filage/1\nemployer: {id: a, label: A, idcc: 1285}\n"
            b"production: {id: b, label: B, form: theatre}\n",
            file="bare",
        ),
        DAY,
    )
    assert "attachez un texte" in pdf_text(breakdown_pdf(bare, "0"), tmp_path)
    assert rows(breakdown_xlsx(bare, "0"), "Scènes")[1:] == []


def test_the_workbook_holds_scenes_elements_and_presences_with_live_totals() -> None:
    book = breakdown_xlsx(made(), "0")
    scenes = rows(book, "Scènes")
    assert [row[1] for row in scenes] == [
        "Scène", "Dans la cour", "La cuisine", "Le toit (de secours)", "Total des scènes jouées",
    ]  # fmt: skip
    assert scenes[-1][6] == "=SUM(G5:G6)"
    assert [row[0] for row in rows(book, "Éléments")][1:4] == ["Rôles", "Marc", "Zoé"]
    presences = rows(book, "Présences")
    assert presences[2][:5] == ["Marc", "1. Marc, à distribuer", None, "SW", "WF"]
    assert presences[2][6] == '=COUNTIF(C6:E6,"*W*")'


def test_the_totals_are_those_of_the_content() -> None:
    data = openpyxl.load_workbook(io.BytesIO(breakdown_xlsx(made(), "0")), data_only=True)
    assert [cell.value for cell in data["Scènes"][8]][6] == 17
    dana = [cell.value for cell in data["Présences"][7]]
    assert (dana[0], dana[-4:]) == ("Dana Morel", [2, 1, 0, 3])


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "-12", "@SUM(A1)"])
def test_a_text_that_looks_like_a_formula_stays_a_text(text) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(
            breakdown_xlsx(
                made(
                    set_("scene/1", label=text, summary=text, set=text),
                    set_("element/bougie", label=text),
                    set_("person/dana", stage_name=text),
                    add("need/n", label=text, element="element/chien"),
                ),
                "0",
            )
        )
    )
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert cells
    assert all(cell.value.startswith(("=SUM(", "=COUNTIF(")) for cell in cells)
    held = [cell for page in book for row in page.iter_rows() for cell in row if cell.value == text]
    assert len(held) == 6
    assert all(cell.quotePrefix for cell in held)


@pytest.mark.parametrize("name", ["court-metrage", "woyzeck"])
def test_nothing_private_is_in_the_files_of_the_examples(name, tmp_path) -> None:
    dossier = read_dossier((ROOT / "examples" / f"{name}.filage.yaml").read_bytes(), file=name)
    breakdown = breakdown_of(dossier, DAY)
    assert breakdown == breakdown_of(dossier.without_private(), DAY)
    shown = pdf_text(breakdown_pdf(breakdown, "0"), tmp_path)
    assert "2015-03-21" not in shown
    assert "21 mars 2015" not in shown
