"""The three doors to a new production: what comes in, what is refused, what is asked."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filage.facts.script import RunningOrder
from filage_web.creation.services import free_id
from filage_web.navigation import production_address
from filage_web.store.files import bytes_of, files_of
from filage_web.store.models import Production
from filage_web.store.queries import dossier_of
from support.dossiers import SMALL, small

SCRIPTS = Path(__file__).parents[3] / "examples" / "scripts"


@pytest.fixture
def alice(cast):
    return cast.browser("alice")


def brought_in(alice):
    """Import the small production; the structure's own sheet, made from its name, gives way to the file's."""
    alice.post("/s/le-fil/nouvelle/dossier/", upload("petite.filage.yaml", SMALL.encode()))
    return alice.post("/s/le-fil/nouvelle/dossier/choisir/", {"fait:employer/le-fil": "theirs"})


def upload(name, data, **values):
    return {"file": SimpleUploadedFile(name, data), **values}


def test_a_title_is_enough(cast, alice):
    answer = alice.post("/s/le-fil/nouvelle/vide/", {"label": "Œdipe à la plage", "form": "theatre"})
    assert (answer.status_code, answer["Location"]) == (
        302,
        production_address("le-fil", "oedipe-a-la-plage"),
    )
    dossier = dossier_of(cast.structure, "oedipe-a-la-plage")
    assert (dossier.production.label, dossier.employer.label) == ("Œdipe à la plage", "Compagnie Le Fil")


def test_without_a_title_nothing_is_created_and_what_to_do_is_said(cast, alice):
    before = Production.objects.count()
    answer = alice.post("/s/le-fil/nouvelle/vide/", {"label": " ", "form": "theatre"})
    assert answer.status_code == 422
    assert "Donnez un titre" in answer.content.decode()
    assert Production.objects.count() == before


def test_two_productions_of_one_title_have_two_ids(cast):
    assert free_id(cast.structure, "Woyzeck") == "woyzeck-2"
    assert free_id(cast.structure, "???") == "production"


def test_a_dossier_comes_in_whole(cast, alice):
    assert brought_in(alice).status_code == 302
    assert dossier_of(cast.structure, "petite") == small()


def test_a_wrong_dossier_is_refused_with_every_line(cast, alice):
    wrong = SMALL.replace("form: theatre", "form: theater").replace(
        "unit_pay: 160", "unit_pay: cent soixante"
    )
    answer = alice.post("/s/le-fil/nouvelle/dossier/", upload("petite.filage.yaml", wrong.encode()))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ligne 14" in page
    assert "2 choses à corriger" in page
    assert not Production.objects.filter(slug="petite").exists()


def test_a_fact_known_otherwise_is_asked_then_decided(cast, alice):
    brought_in(alice)
    other = SMALL.replace("id: petite", "id: autre").replace(
        "family_name: Vasseur", "family_name: Vasseur-Roy"
    )
    asked = alice.post("/s/le-fil/nouvelle/dossier/", upload("autre.filage.yaml", other.encode()))
    assert asked.status_code == 409
    assert "Vasseur-Roy" in asked.content.decode()
    assert not Production.objects.filter(slug="autre").exists()
    decided = alice.post("/s/le-fil/nouvelle/dossier/choisir/", {"fait:person/elie": "mine"})
    assert decided.status_code == 302
    assert dossier_of(cast.structure, "autre").get("person/elie").family_name == "Vasseur"


def test_deciding_without_a_file_says_it_waits_no_more(cast, alice):
    answer = alice.post("/s/le-fil/nouvelle/dossier/choisir/", {}, follow=True)
    assert "déposez-le de nouveau" in answer.content.decode()


def test_a_text_with_versions_is_shown_before_anything_is_created(cast, alice):
    data = (SCRIPTS / "buechner-woyzeck.tei.xml").read_bytes()
    before = Production.objects.count()
    page = alice.post("/s/le-fil/nouvelle/texte/", upload("woyzeck.tei.xml", data))
    assert page.status_code == 200
    assert 'value="h4"' in page.content.decode()
    assert '<option value="theatre" selected>' in page.content.decode()
    assert Production.objects.count() == before
    made = alice.post("/s/le-fil/nouvelle/texte/creer/", {"version": "h4", "form": "theatre"})
    assert made["Location"] == production_address("le-fil", "woyzeck-2")
    dossier = dossier_of(cast.structure, "woyzeck-2")
    assert len(dossier.by_kind["scene"]) == 17
    assert dossier.production.running_order == "running_order/texte"
    (kept,) = files_of(cast.structure, "woyzeck-2")
    assert (kept.name, bytes_of(kept)) == (dossier.find("running_order/texte", RunningOrder).script, data)


def test_a_file_that_is_no_text_is_refused(cast, alice):
    answer = alice.post("/s/le-fil/nouvelle/texte/", upload("x.tei.xml", b"<TEI><unfinished"))
    assert answer.status_code == 422
    assert "une chose à corriger, rien n’a été créé" in answer.content.decode()


@pytest.mark.parametrize("who", ["rene", "charlie", "dana"])
def test_who_may_not_create_creates_nothing(cast, who):
    before = Production.objects.count()
    cast.browser(who).post("/s/le-fil/nouvelle/vide/", {"label": "X", "form": "theatre"})
    assert Production.objects.count() == before


def test_a_screenplay_is_proposed_as_a_film(alice):
    data = (SCRIPTS / "la-derniere-navette.fountain").read_bytes()
    page = alice.post("/s/le-fil/nouvelle/texte/", upload("navette.fountain", data)).content.decode()
    assert '<option value="fiction" selected>' in page


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (SCRIPTS / "conduite-concert.csv", "concert"),
        (SCRIPTS / "la-derniere-navette.fountain", "fiction"),
        (Path(__file__).parents[2] / "fixtures" / "scripts" / "fdx_synth.fdx", "fiction"),
    ],
)
def test_the_kind_proposed_follows_the_format_of_the_text(alice, path, kind):
    page = alice.post("/s/le-fil/nouvelle/texte/", upload(path.name, path.read_bytes())).content.decode()
    assert f'<option value="{kind}" selected>' in page


def test_the_team_starts_from_the_cast(cast, alice):
    script = b"Title: Essai\n\nINT. BUS - NUIT\n\nIl pleut.\n\nZOE\nOui, merci.\n"
    alice.post("/s/le-fil/nouvelle/texte/", upload("essai.fountain", script))
    alice.post("/s/le-fil/nouvelle/texte/creer/", {"form": "short_film"})
    assert [one.label for one in dossier_of(cast.structure, "essai").by_kind["scene"].values()] == ["Bus"]
    (position,) = dossier_of(cast.structure, "essai").by_kind["position"].values()
    assert (position.label, position.roles, position.job_group) == ("ZOE", ("element/zoe",), "interpreter")
    assert "1 à pourvoir" in alice.get("/s/le-fil/p/essai/equipe/besoins/").content.decode().replace(
        "\u00a0", " "
    )


def test_a_text_of_an_old_windows_is_read_when_one_says_so(alice):
    script = "Title: Essai\n\nINT. GRANGE - NUIT\n\nIl grêle.\n\nZOÉ\nOui.\n".encode("cp1252")
    refused = alice.post("/s/le-fil/nouvelle/texte/", upload("essai.fountain", script)).content.decode()
    assert 'name="latin"' in refused
    answer = alice.post("/s/le-fil/nouvelle/texte/", upload("essai.fountain", script, latin="1"))
    assert answer.status_code == 200
    assert "ZOÉ" in answer.content.decode()
