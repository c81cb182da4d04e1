"""Files made, exported, given and handed over."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filage.facts.reading import read_dossier
from filage.kernel.changes import add
from filage_web.store.changes import apply
from filage_web.store.imports import import_dossier
from filage_web.store.models import File
from support.dossiers import SMALL

NIR = "299122505600138"


@pytest.fixture
def small(cast):
    import_dossier(
        cast.structure,
        read_dossier(SMALL.encode()),
        actor=cast.alice,
        decisions={"employer/le-fil": "theirs"},
    )
    private = add("person_private/dana", person="person/dana", nir=NIR)
    apply(cast.structure, "petite", [private], actor=cast.alice)
    return cast


def get(cast, path, who="alice"):
    return cast.browser(who).get(f"/s/le-fil/p/petite/fichiers/{path}")


@pytest.mark.parametrize(
    ("document", "start"),
    [("dossier", b"%PDF"), ("budget", b"PK"), ("calendrier", b"BEGIN:VCALENDAR"), ("resultat", b"{")],
)
def test_every_document_is_made_and_handed_over_under_its_name(small, document, start):
    answer = get(small, f"document/{document}/")
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert answer["Content-Disposition"].startswith(f'attachment; filename="petite-{document}.')
    assert NIR.encode() not in answer.content


def test_the_result_is_that_of_the_review(small):
    assert json.loads(get(small, "document/resultat/").content)["production"] == "petite"


def test_an_export_has_no_private_data_unless_asked_by_who_may(small):
    assert NIR not in get(small, "dossier/yaml/").content.decode()
    assert NIR in get(small, "dossier/yaml/?prive=1").content.decode()
    assert get(small, "dossier/yaml/?prive=1", "bob").status_code == 403
    assert get(small, "dossier/yaml/?prive=1", "rene").status_code == 403


def test_an_export_comes_back_equal(small):
    assert len(read_dossier(get(small, "dossier/json/").content)) == len(read_dossier(SMALL.encode()))


def test_a_file_is_kept_handed_over_as_it_was_and_forgotten(small):
    alice = small.browser("alice")
    page = alice.post(
        "/s/le-fil/p/petite/fichiers/deposer/",
        {"file": SimpleUploadedFile("été.html", b"<script>1</script>")},
        follow=True,
    ).content.decode()
    assert "été.html" in page
    number = File.objects.get(name="été.html").pk
    answer = get(small, f"{number}/")
    assert (answer.content, answer["Content-Type"]) == (b"<script>1</script>", "application/octet-stream")
    alice.post(f"/s/le-fil/p/petite/fichiers/{number}/retirer/")
    assert get(small, f"{number}/").status_code == 404


def test_nothing_chosen_says_what_to_do(small):
    page = (
        small.browser("alice").post("/s/le-fil/p/petite/fichiers/deposer/", {}, follow=True).content.decode()
    )
    assert "Choisissez un fichier" in page


@pytest.mark.parametrize("path", ["document/rien/", "dossier/docx/", "999/"])
def test_what_does_not_exist_is_not_found(small, path):
    assert get(small, path).status_code == 404
