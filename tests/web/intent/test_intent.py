"""The intention: answers saved one by one, writings read and marked, what they become tied to their words."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.facts.dossier import Dossier
from filage.facts.intent import Answer, Mark, Writing
from filage.facts.script import Element, Need
from filage.kernel.changes import Change, add
from filage.script.interview import questions_for
from filage_web import clock
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet, File
from filage_web.store.queries import load_production
from support.cast import Cast

TEXT = "Un brouillard bas vient de l’étang.\nLa danse est jouée à l’accordéon. Un couteau brille."


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 10, 12))


def write(cast: Cast, *changes: Change) -> None:
    apply(cast.structure, cast.production, changes, actor=cast.alice)


def dossier(cast: Cast) -> Dossier:
    return load_production(cast.structure, cast.production).dossier


def page(cast: Cast, path: str = "") -> str:
    answer = cast.browser("bob").get(cast.address(f"intention/{path}"))
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def page_at(cast: Cast, path: str) -> str:
    answer = cast.browser("bob").get(cast.address(path))
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def post(cast: Cast, path: str, **typed: Any) -> Any:
    return cast.browser("bob").post(cast.address(f"intention/{path}"), typed)


def noted(cast: Cast) -> Cast:
    write(cast, add("writing/note", label="Note", text=TEXT))
    return cast


def docx_of(text: str) -> SimpleUploadedFile:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    raw = io.BytesIO()
    document.save(raw)
    return SimpleUploadedFile("Note d’intention.docx", raw.getvalue())


def undo_last(cast: Cast) -> None:
    written = ChangeSet.objects.filter(production__slug=cast.production).latest("pk")
    assert cast.browser("bob").post(cast.address(f"effet/annuler/{written.pk}/")).status_code == 302


# --- the interview ------------------------------------------------------------------------------------------


def test_the_interview_opens_on_the_first_question_without_an_answer(cast: Cast) -> None:
    asked = questions_for("theatre")
    html = page(cast, "entretien/")
    assert all(one.text in html for one in asked)
    assert f'<li id="q-{asked[0].id}" class="open">' in html
    assert html.count("<textarea") == 1


def test_an_answer_is_saved_alone_dated_and_leads_to_the_next_question(cast: Cast) -> None:
    write(cast, add("person/lea", given_name="Léa", family_name="Tissot"))
    asked = questions_for("theatre")
    answer = post(
        cast, f"entretien/{asked[0].id}/", text="Une forêt.\r\nL’été.", person="person/lea", on="11/10/2026"
    )
    assert answer.status_code == 302
    assert f"question={asked[1].id}" in answer.url
    (found,) = dossier(cast).all(Answer)
    assert (found.topic, found.question, found.text, found.person, found.on, found.confirmed_on) == (
        asked[0].id, asked[0].text, "Une forêt.\nL’été.", "person/lea", date(2026, 10, 11), None,
    )  # fmt: skip
    assert "Léa Tissot" in page(cast, "entretien/")


def test_a_confirmed_answer_loses_its_confirmation_when_its_words_change(cast: Cast) -> None:
    first = questions_for("theatre")[0].id
    post(cast, f"entretien/{first}/", text="Une forêt.", confirmed="on")
    assert dossier(cast).all(Answer)[0].confirmed_on == date(2026, 10, 12)
    post(cast, f"entretien/{first}/", text="Une forêt.", on="11/10/2026")
    assert dossier(cast).all(Answer)[0].confirmed_on == date(2026, 10, 12)
    assert "checked" not in page(cast, f"entretien/?question={first}")
    post(cast, f"entretien/{first}/", text="Un étang.")
    (found,) = dossier(cast).all(Answer)
    assert (found.text, found.confirmed_on) == ("Un étang.", None)
    undo_last(cast)
    assert dossier(cast).all(Answer)[0].confirmed_on == date(2026, 10, 12)


def test_an_answer_opens_the_forms_its_question_leads_to_already_filled(cast: Cast) -> None:
    post(
        cast, "entretien/stage-enfants/", text="Oui, une fillette de dix ans, un soir sur deux, avec sa mère."
    )
    (answer,) = dossier(cast).all(Answer)
    html = page(cast, "entretien/?question=aucune")
    doors = re.findall(r'href="[^"]*/nouvelle/(\w+)/\?([^"]*)%23q-stage-enfants"', html)
    assert [kind for kind, _given in doors] == ["need", "element", "task"]
    assert f"source=answer%2F{answer.id}" in doors[0][1]
    form = page_at(cast, "fiche/nouvelle/need/?" + doors[0][1].partition("&retour")[0])
    assert "Oui, une fillette de dix ans, un soir" in form


def test_an_empty_answer_is_refused_and_says_so(cast: Cast) -> None:
    answer = post(cast, f"entretien/{questions_for('theatre')[0].id}/", text=" ")
    assert answer.status_code == 422
    assert "Écrivez la réponse" in unescape(answer.content.decode())


def test_a_question_of_ones_own_is_kept_with_the_others(cast: Cast) -> None:
    assert post(cast, "entretien/autre/", question="Et la neige ?", text="Du coton.").status_code == 302
    html = page(cast, "entretien/")
    assert "Autres questions" in html
    assert "Et la neige ?" in html
    own = dossier(cast).all(Answer)[0]
    assert post(cast, f"entretien/{own.id}/", text="De la mousse.").status_code == 302
    assert dossier(cast).all(Answer)[0].text == "De la mousse."
    assert post(cast, "entretien/inconnue/", text="x").status_code == 404


def test_an_answer_somebody_changed_meanwhile_is_shown_twice(cast: Cast) -> None:
    first = questions_for("theatre")[0].id
    post(cast, f"entretien/{first}/", text="Une forêt.")
    html = page(cast, f"entretien/?question={first}")
    seen = re.findall(r'name="_seen" value="(\d+)"', html)[0]
    post(cast, f"entretien/{first}/", text="Un étang.")
    assert post(cast, f"entretien/{first}/", text="Une lande.", _seen=seen).status_code == 409


# --- the writings -------------------------------------------------------------------------------------------


def test_a_docx_is_read_and_its_file_kept(cast: Cast) -> None:
    answer = post(cast, "ecrits/nouveau/", type="intent", file=docx_of(TEXT))
    assert answer.status_code == 302
    (found,) = dossier(cast).all(Writing)
    assert (found.label, found.text, found.file) == ("Note d’intention", TEXT, "Note d’intention.docx")
    assert [one.name for one in File.objects.all()] == ["Note d’intention.docx"]
    html = page(cast, f"ecrits/{found.id}/")
    assert TEXT in html
    assert "Note d’intention.docx" in html


def test_a_file_of_the_same_name_with_other_words_does_not_replace_the_first(cast: Cast) -> None:
    post(cast, "ecrits/nouveau/", type="intent", file=docx_of(TEXT))
    post(cast, "ecrits/nouveau/", type="intent", file=docx_of("Un autre texte."))
    assert sorted(File.objects.values_list("name", flat=True)) == [
        "Note d’intention (2).docx",
        "Note d’intention.docx",
    ]


def test_words_are_pasted(cast: Cast) -> None:
    post(cast, "ecrits/nouveau/", type="synopsis", pasted="Il marche.\r\nElle attend.", on="01/10/2026")
    (found,) = dossier(cast).all(Writing)
    assert (found.label, found.text, found.file, found.on) == (
        "Synopsis", "Il marche.\nElle attend.", None, date(2026, 10, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("note.docx", b"PK\x03\x04 rien", "Ce DOCX est abîmé"),
        ("note.pdf", b"%PDF-1.7 rien", "Ce PDF est abîmé"),
        ("note.txt", b"", "Ce fichier est vide"),
        ("note.txt", b"a" * 20_000_000, "15 au plus"),
    ],
)
def test_a_bad_file_is_refused_under_its_field_and_nothing_is_kept(
    cast: Cast, name: str, data: bytes, words: str
) -> None:
    answer = post(
        cast, "ecrits/nouveau/", type="intent", label="Ma note", file=SimpleUploadedFile(name, data)
    )
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert words in html
    assert 'value="Ma note"' in html
    assert not File.objects.exists()
    assert not dossier(cast).all(Writing)


def test_a_latin_1_text_is_read_and_said(cast: Cast) -> None:
    given = SimpleUploadedFile("note.txt", TEXT.encode("cp1252"))
    answer = cast.browser("bob").post(
        cast.address("intention/ecrits/nouveau/"), {"type": "intent", "file": given}, follow=True
    )
    assert "pas en UTF-8" in unescape(answer.content.decode())
    assert dossier(cast).all(Writing)[0].text == TEXT


def test_a_passage_becomes_a_need_that_keeps_its_source_as_one_write(cast: Cast) -> None:
    noted(cast)
    before = ChangeSet.objects.count()
    answer = post(cast, "ecrits/note/marquer/", passage="un COUTEAU brille", start="70", becomes="need",
                  label="Couteau factice", category="props")  # fmt: skip
    assert answer.status_code == 302
    assert ChangeSet.objects.count() == before + 1
    (mark,), (need,) = dossier(cast).all(Mark), dossier(cast).all(Need)
    assert (mark.passage, mark.start, mark.writing) == ("Un couteau brille", 70, "writing/note")
    assert (need.label, need.source, need.department) == ("Couteau factice", mark.about, "accessoires")
    html = page(cast, "ecrits/note/")
    assert f'<mark id="in-{mark.id}">Un couteau brille</mark>' in html
    assert "Besoin : Couteau factice, à trouver" in html
    undo_last(cast)
    assert not dossier(cast).all(Mark)
    assert not dossier(cast).all(Need)


def test_a_passage_becomes_an_element_with_the_precautions_its_name_calls_for(cast: Cast) -> None:
    noted(cast)
    post(
        cast,
        "ecrits/note/marquer/",
        passage="Un couteau brille",
        becomes="element",
        label="couteau",
        category="props",
    )
    (mark,), (element,) = dossier(cast).all(Mark), dossier(cast).all(Element)
    assert mark.element == element.about
    assert (element.label, element.category, element.risks) == ("couteau", "props", ("weapon",))


def test_a_passage_already_marked_becomes_one_thing_more(cast: Cast) -> None:
    noted(cast)
    typed = {"passage": "Un couteau brille", "category": "props", "label": "couteau"}
    post(cast, "ecrits/note/marquer/", becomes="nothing", **typed)
    post(cast, "ecrits/note/marquer/", becomes="need", **typed)
    post(cast, "ecrits/note/marquer/", becomes="element", **typed)
    (mark,) = dossier(cast).all(Mark)
    assert [need.source for need in dossier(cast).all(Need)] == [mark.about]
    assert mark.element == "element/couteau"


def test_words_that_are_not_in_the_text_are_refused(cast: Cast) -> None:
    noted(cast)
    answer = post(cast, "ecrits/note/marquer/", passage="une cloche sonne", becomes="need", category="props")
    assert answer.status_code == 422
    assert "Ces mots ne sont pas dans le texte" in unescape(answer.content.decode())


def test_a_new_version_keeps_the_passages_still_there_and_says_which_are_lost(cast: Cast) -> None:
    noted(cast)
    for words in ("brouillard bas", "Un couteau brille"):
        post(cast, "ecrits/note/marquer/", passage=words, becomes="need", category="props")
    answer = cast.browser("bob").post(
        cast.address("intention/ecrits/note/version/"), {"pasted": "Au loin, un brouillard bas."}, follow=True
    )
    html = unescape(answer.content.decode()).replace("\u00a0", " ")
    assert "1 passage n’est plus dans le texte : « Un couteau brille »" in html
    assert "N’est plus dans le texte" in html
    starts = {mark.passage: mark.start for mark in dossier(cast).all(Mark)}
    assert starts["brouillard bas"] == 12
    assert dossier(cast).all(Writing)[0].on == date(2026, 10, 12)
    assert len(dossier(cast).all(Need)) == 2
    undo_last(cast)
    assert dossier(cast).all(Writing)[0].text == TEXT


def test_a_passage_and_a_writing_are_forgotten_what_they_became_stays(cast: Cast) -> None:
    noted(cast)
    post(cast, "ecrits/note/marquer/", passage="Un couteau brille", becomes="need", category="props")
    (mark,) = dossier(cast).all(Mark)
    assert post(cast, f"passages/{mark.id}/retirer/").status_code == 302
    assert not dossier(cast).all(Mark)
    assert dossier(cast).all(Need)[0].source is None
    undo_last(cast)
    answer = post(cast, "ecrits/note/retirer/")
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    draft = {name: unescape(value) for name, value in reversed(hidden) if name != "csrfmiddlewaretoken"}
    assert cast.browser("bob").post(cast.address("effet/"), draft).status_code == 302
    assert not dossier(cast).all(Writing)
    assert len(dossier(cast).all(Need)) == 1


def test_what_the_text_says_is_shown_as_words_never_as_a_page(cast: Cast) -> None:
    write(cast, add("writing/note", label="Note", text="<script>alert(1)</script> & fin"))
    raw = cast.browser("bob").get(cast.address("intention/ecrits/note/")).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; fin" in raw


def test_the_front_page_says_how_far_one_is(cast: Cast) -> None:
    noted(cast)
    post(cast, f"entretien/{questions_for('theatre')[0].id}/", text="Une forêt.", confirmed="on")
    html = page(cast)
    assert f"1 sur {len(questions_for('theatre'))}, 1 confirmée" in html
    assert "Continuer l’entretien" in html


@pytest.mark.parametrize("path", ["", "entretien/", "ecrits/note/"])
def test_the_pages_ask_as_many_questions_for_one_as_for_three(cast: Cast, path: str) -> None:
    def asked() -> int:
        page(cast, path)
        with CaptureQueriesContext(connection) as found:
            page(cast, path)
        return len(found)

    noted(cast)
    one = asked()
    topics = [known.id for known in questions_for("theatre")]
    for rank, words in enumerate(("brouillard bas", "La danse", "couteau")):
        write(
            cast,
            add(f"writing/w{rank}", label="Note", text=TEXT),
            add(f"mark/m{rank}", writing="writing/note", passage=words),
            add(f"answer/a{rank}", question="?", topic=topics[rank], text="Oui."),
            add(f"need/n{rank}", label="Besoin", source=f"mark/m{rank}"),
        )
    assert asked() == one
