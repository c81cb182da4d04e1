"""The breakdown: sheets, elements, presences; an element corrected, merged, taken away in one write each."""

import html
import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.facts.intent import Mark
from filage.facts.script import Element, Need, Scene
from filage.facts.team import Position
from filage.kernel.changes import add
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.queries import dossier_of

FACTS = [
    add("element/marie", label="Marie", source="marie", words="120"),
    add("element/couteau", label="Couteau", category="props", risks=["weapon"], minutes="5"),
    add("element/canif", label="Le canif", category="props", minutes="10"),
    add("scene/s1", number="1", label="La rue", int_ext="EXT", set="Rue", time="nuit", eighths="14",
        elements=["element/marie", "element/couteau", "element/canif"]),
    add("scene/s2", number="2", label="L’étang", eighths="2", estimated="true", elements=["element/canif"]),
    add("mark/m1", scene="scene/s1", passage="un canif", element="element/canif"),
    add("need/n1", label="Trouver un canif", element="element/canif"),
    add("position/accessoires", label="Accessoiriste", roles=["element/canif"]),
    add("event/jour", type="shoot", day="2030-01-10", scenes=["scene/s1"]),
]  # fmt: skip


@pytest.fixture
def rue(cast):
    apply(cast.structure, "woyzeck", FACTS, actor=cast.alice)
    return cast


def get(cast, path, who="alice"):
    return cast.browser(who).get(cast.address(f"texte/{path}"))


def text(cast, path, who="alice"):
    return get(cast, path, who).content.decode()


def post(cast, path, who="alice", **values):
    return cast.browser(who).post(cast.address(f"texte/{path}"), values)


def facts(cast):
    return dossier_of(cast.structure, "woyzeck")


def confirm(cast, answer):
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode()))
    values = {name: html.unescape(value) for name, value in fields.items()}
    return cast.browser("alice").post(cast.address("effet/"), values)


def test_the_breakdown_lists_a_sheet_per_scene_and_adds_pages_up(rue):
    page = text(rue, "depouillement/")
    assert "≈ 2" in page
    assert "1 6/8" in page
    assert "≈ 2/8" in page
    assert "<span>Arme</span>" in page


def test_a_sheet_says_everything_its_scene_needs(rue):
    page = text(rue, "depouillement/scene/s1/")
    for word in ("Fiche 1 : La rue", "Couteau", "Le canif", "Trouver un canif", "Marie", "1 6/8", "nuit"):
        assert word in page
    assert 'rel="next"' in page


def test_a_scene_that_is_not_played_leads_to_its_text(rue):
    order = add("running_order/o", label="Ordre", scenes=[{"scene": "scene/s2"}])
    apply(rue.structure, "woyzeck", [order], actor=rue.alice)
    assert get(rue, "depouillement/scene/s1/")["Location"] == rue.address("texte/scene/s1/")
    assert get(rue, "depouillement/scene/inconnue/").status_code == 404


def test_the_breakdown_is_handed_over_as_pdf_and_workbook(rue):
    pdf, one_a_page = get(rue, "depouillement/pdf/"), get(rue, "depouillement/pdf/?page=1")
    assert pdf.content.startswith(b"%PDF")
    assert pdf.content != one_a_page.content
    assert pdf["Content-Disposition"] == 'attachment; filename="woyzeck-depouillement.pdf"'
    book = openpyxl.load_workbook(io.BytesIO(get(rue, "depouillement/xlsx/").content))
    assert "La rue" in {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row}


def test_the_days_say_who_works(rue):
    page = text(rue, "depouillement/presences/")
    assert "Présences au tournage" in page
    assert 'title="seul jour de travail">SWF</span>' in page


def test_elements_are_listed_with_their_scenes_and_needs(rue):
    page = text(rue, "elements/")
    assert page.index("Marie") < page.index("Couteau")
    assert 'id="element-canif"' in page
    assert "Trouver un canif" in page


def test_an_element_says_its_words_and_what_it_obliges(rue):
    assert "« un canif »" in text(rue, "elements/canif/")
    page = text(rue, "elements/couteau/")
    assert "Précaution : Arme" in page
    assert "avant le" in page


def test_an_element_is_corrected_in_one_write(rue):
    before = ChangeSet.objects.count()
    sent = {"label": "Coutelas", "category": "effect", "risks": ["weapon", "stunt"], "minutes": ""}
    assert post(rue, "elements/couteau/", **sent).status_code == 302
    element = facts(rue).find("element/couteau", Element)
    assert (element.label, element.category, element.risks, element.minutes) == (
        "Coutelas", "effect", ("weapon", "stunt"), None,
    )  # fmt: skip
    assert ChangeSet.objects.count() == before + 1


def test_an_element_without_a_name_is_refused(rue):
    answer = post(rue, "elements/couteau/", label="", category="props")
    assert answer.status_code == 422
    assert "Donnez un nom à cet élément" in answer.content.decode()


def test_two_elements_become_one_everywhere_in_one_write(rue):
    before = ChangeSet.objects.count()
    sheet = post(rue, "elements/canif/fondre/", into="couteau")
    assert "Fondre Le canif dans Couteau" in sheet.content.decode()
    assert facts(rue).find("element/canif", Element) is not None
    confirm(rue, sheet)
    dossier = facts(rue)
    assert dossier.find("element/canif", Element) is None
    assert dossier.find("scene/s1", Scene).elements == ("element/marie", "element/couteau")
    assert dossier.find("scene/s2", Scene).elements == ("element/couteau",)
    assert dossier.find("mark/m1", Mark).element == "element/couteau"
    assert dossier.find("need/n1", Need).element == "element/couteau"
    assert dossier.find("position/accessoires", Position).roles == ("element/couteau",)
    kept = dossier.find("element/couteau", Element)
    assert (kept.source, kept.minutes, kept.risks) == ("Le canif", 10, ("weapon",))
    assert ChangeSet.objects.count() == before + 1


def test_a_merge_never_overwrites_what_was_marked_meanwhile(rue):
    sheet = post(rue, "elements/canif/fondre/", into="couteau")
    post(rue, "scene/s2/marquer/", category="props", label="Lanterne")
    answer = confirm(rue, sheet)
    if answer.status_code == 200:  # the effect was computed again: it still concerns scenes that have moved
        answer = confirm(rue, answer)
    assert answer.status_code == 409
    assert facts(rue).find("scene/s2", Scene).elements == ("element/canif", "element/lanterne")


def test_an_element_is_not_merged_into_itself_nor_into_nothing(rue):
    for into in ("canif", "inconnu"):
        assert post(rue, "elements/canif/fondre/", into=into).status_code == 422


def test_an_element_taken_away_leaves_its_scenes_and_frees_its_needs(rue):
    confirm(rue, post(rue, "elements/canif/retirer/"))
    dossier = facts(rue)
    assert dossier.find("element/canif", Element) is None
    assert dossier.find("scene/s2", Scene).elements == ()
    assert dossier.all(Mark) == ()
    assert dossier.find("need/n1", Need).element is None


@pytest.mark.parametrize("path", ["depouillement/", "elements/", "depouillement/presences/"])
def test_as_many_queries_for_one_scene_as_for_four(rue, path):
    def asked():
        get(rue, path)
        with CaptureQueriesContext(connection) as queries:
            get(rue, path)
        return len(queries)

    one = asked()
    more = [add(f"scene/t{n}", label=f"Autre {n}", elements=["element/marie"]) for n in range(3)]
    apply(rue.structure, "woyzeck", more, actor=rue.alice)
    assert asked() == one


def test_a_reader_reads_and_corrects_nothing(rue):
    assert "Enregistrer" not in text(rue, "elements/couteau/", "rene")
    assert post(rue, "elements/couteau/", "rene", label="X", category="props").status_code == 403
    assert post(rue, "elements/couteau/retirer/", "rene").status_code == 403
    assert get(rue, "elements/couteau/", "charlie").status_code == 404
