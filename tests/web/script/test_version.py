"""A text given: read, compared scene by scene, accepted in one write or given up."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filage.facts.intent import Mark
from filage.facts.script import RunningOrder, Scene
from filage.kernel.changes import set_
from filage_web.store.changes import apply, undo
from filage_web.store.files import files_of
from filage_web.store.models import ChangeSet, File
from filage_web.store.queries import dossier_of

ONE = """Titre: La Gare

1. INT. GARE - NUIT

Une vieille voiture passe au loin, les phares éteints, sans un bruit.

ZOÉ
Tu viens, ou tu restes là ?

2. EXT. QUAI - JOUR

Rien ne bouge sur le quai désert, sinon un journal que le vent tourne page à page.

3. INT. BUFFET - SOIR

Le serveur retourne les chaises une à une et regarde l’horloge arrêtée.
"""
TWO = """Titre: La Gare

1. INT. GARE - NUIT

Une vieille voiture passe au loin, les phares allumés, sans un bruit.

ZOÉ
Tu viens, ou tu restes là ?

MAX
Je reste.

3. INT. BUFFET - SOIR

Le serveur retourne les chaises une à une et regarde l’horloge arrêtée.

4. EXT. PLACE - AUBE

Un manège tourne seul.
"""


def give(cast, name, text, who="alice"):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return cast.browser(who).post(cast.address("texte/fichier/joindre/"), {"file": file})


def hidden(answer):
    text = answer.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    return {name: html.unescape(value) for name, value in fields.items()}


def accept(cast, place, **more):
    alice = cast.browser("alice")
    sheet = alice.post(f"{place}adopter/", more)
    assert sheet.status_code == 200, sheet.content.decode()
    return alice.post(cast.address("effet/"), hidden(sheet))


def facts(cast):
    return dossier_of(cast.structure, "woyzeck")


def scenes(cast):
    dossier = facts(cast)
    return [one.scene.rpartition("/")[2] for one in dossier.find("running_order/texte", RunningOrder).scenes]


@pytest.fixture
def gare(cast):
    accept(cast, give(cast, "gare.fountain", ONE)["Location"])
    return cast


def test_a_first_text_is_shown_then_makes_scenes_roles_and_order(cast):
    given = give(cast, "gare.fountain", ONE)
    assert facts(cast).all(Scene) == ()
    page = cast.browser("alice").get(given["Location"]).content.decode()
    assert "3\N{NO-BREAK SPACE}scènes, 1\N{NO-BREAK SPACE}rôle" in page
    accept(cast, given["Location"])
    dossier = facts(cast)
    assert scenes(cast) == ["1", "2", "3"]
    assert dossier.production.running_order == "running_order/texte"
    assert dossier.find("running_order/texte", RunningOrder).script == "gare.fountain"
    assert "les phares éteints" in cast.browser("alice").get(cast.address("texte/scene/1/")).content.decode()


def test_one_version_of_a_text_that_holds_several_is_chosen(cast):
    from pathlib import Path

    path = Path(__file__).parents[3] / "examples" / "scripts" / "buechner-woyzeck.tei.xml"
    place = give(cast, "woyzeck.xml", path.read_bytes())["Location"]
    assert 'value="h4"' in cast.browser("alice").get(place).content.decode()
    accept(cast, place, version="h4")
    assert len(facts(cast).all(Scene)) == 17


def test_a_new_version_is_compared_side_by_side(gare):
    place = give(gare, "gare-2.fountain", TWO)["Location"]
    page = gare.browser("alice").get(place).content.decode()
    for word in ("changée", "coupée", "nouvelle", "inchangée"):
        assert f"<span>{word}" in page
    assert "<del>Une vieille voiture passe au loin, les phares éteints, sans un bruit.</del>" in page
    assert "<ins>Un manège tourne seul.</ins>" in page
    assert "MAX" in page.upper()
    assert scenes(gare) == ["1", "2", "3"]


def test_an_accepted_version_is_one_write_that_is_undone_with_its_file(gare):
    tag = {"passage": "vieille voiture", "category": "vehicle"}
    gare.browser("alice").post(gare.address("texte/scene/1/marquer/"), tag)
    before = ChangeSet.objects.count()
    place = give(gare, "gare-2.fountain", TWO)["Location"]
    accept(gare, place)
    assert ChangeSet.objects.count() == before + 1
    assert scenes(gare) == ["1", "3", "4"]
    (mark,) = facts(gare).all(Mark)
    page = gare.browser("alice").get(gare.address("texte/scene/1/")).content.decode()
    assert mark.passage == "vieille voiture"
    assert "les phares allumés" in page
    assert ">vieille voiture</span>" in page
    undo(ChangeSet.objects.latest("pk"), actor=gare.alice)
    assert scenes(gare) == ["1", "2", "3"]
    assert "les phares éteints" in gare.browser("alice").get(gare.address("texte/scene/1/")).content.decode()


def test_what_was_put_aside_in_a_scene_that_is_cut_goes_with_it(gare):
    page = gare.browser("alice").get(gare.address("texte/scene/2/")).content.decode()
    action = re.search(r'value="(dismiss:[^"]+)"', page)[1]
    gare.browser("alice").post(gare.address("texte/scene/2/propositions/"), {"action": action})
    assert len(facts(gare).all(Mark)) == 1
    accept(gare, give(gare, "gare-2.fountain", TWO)["Location"])
    assert facts(gare).find("scene/2", Scene) is None
    assert facts(gare).all(Mark) == ()


def test_a_title_corrected_by_hand_stays_unless_the_text_is_taken(gare):
    corrected = set_("scene/1", label="La salle des pas perdus")
    apply(gare.structure, "woyzeck", [corrected], actor=gare.alice)
    place = give(gare, "gare-2.fountain", TWO.replace("INT. GARE", "INT. HALL"))["Location"]
    page = gare.browser("alice").get(place).content.decode()
    assert 'value="scene/1.label"' in page
    accept(gare, place)
    assert facts(gare).find("scene/1", Scene).label == "La salle des pas perdus"
    undo(ChangeSet.objects.latest("pk"), actor=gare.alice)
    accept(gare, place, take="scene/1.label")
    assert facts(gare).find("scene/1", Scene).label == "INT. HALL - NUIT"


def test_a_file_of_the_same_name_is_kept_beside_the_first(gare):
    place = give(gare, "gare.fountain", TWO)["Location"]
    assert [file.name for file in files_of(gare.structure, "woyzeck")] == ["gare-2.fountain", "gare.fountain"]
    accept(gare, place)
    assert facts(gare).find("running_order/texte", RunningOrder).script == "gare-2.fountain"


def test_the_same_text_again_changes_nothing(gare):
    place = give(gare, "gare.fountain", ONE)["Location"]
    page = gare.browser("alice").get(place).content.decode()
    assert "il n’y a rien à accepter" in page
    assert File.objects.count() == 1


def test_a_version_given_up_is_not_kept_but_the_text_in_use_is(gare):
    place = give(gare, "gare-2.fountain", TWO)["Location"]
    gare.browser("alice").post(f"{place}renoncer/")
    assert [file.name for file in files_of(gare.structure, "woyzeck")] == ["gare.fountain"]
    kept = File.objects.get(name="gare.fountain").pk
    gare.browser("alice").post(gare.address(f"texte/version/{kept}/renoncer/"))
    assert File.objects.filter(pk=kept).exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.fdx", b"<FinalDraft><unfinished", "x.fdx"),
        ("x.fountain", "Titre: Été\n\nINT. CAFÉ - NUIT\n\nÀ\n".encode("latin-1"), "Latin-1"),
        ("x.pdf", b"%PDF-1.7", "un PDF"),
        ("x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><FinalDraft/>', "x.xml"),
        ("x.fountain", b"", "le fichier est vide"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason_and_nothing_is_lost(gare, name, data, said):
    answer = give(gare, name, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert File.objects.count() == 1
    assert scenes(gare) == ["1", "2", "3"]


def test_no_file_chosen_says_what_to_do(cast):
    answer = cast.browser("alice").post(cast.address("texte/fichier/joindre/"), {})
    assert answer.status_code == 422
    assert "choisissez un fichier" in answer.content.decode()


def test_a_text_named_but_not_attached_is_said(gare):
    File.objects.all().delete()
    page = gare.browser("alice").get(gare.address("texte/")).content.decode()
    assert "qui n’est pas joint" in page
    place = give(gare, "gare.fountain", ONE)["Location"]
    page = gare.browser("alice").get(place).content.decode()
    assert "il n’y a rien à accepter" in page


def test_a_file_of_another_production_is_not_found(gare):
    assert gare.browser("alice").get(gare.address("texte/version/999999/")).status_code == 404
    kept = File.objects.get().pk
    assert gare.browser("charlie").get(gare.address(f"texte/version/{kept}/")).status_code == 404
