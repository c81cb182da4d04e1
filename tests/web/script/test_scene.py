"""A scene's page: its words laid out, what they become, what the text proposes."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.facts.intent import Mark
from filage.facts.script import Element, Scene
from filage.kernel.changes import add, set_
from filage_web.script.texts import attached_to
from filage_web.store.changes import apply, undo
from filage_web.store.files import GivenFile, keep_file
from filage_web.store.models import ChangeSet, Production
from filage_web.store.queries import dossier_of

TEXT = """Titre: La Gare

1. INT. GARE DE NUIT - NUIT

Une vieille voiture passe. ZOÉ, 8 ans, tient un couteau et un chien.

ZOÉ
(bas)
Tu viens ?

2. EXT. QUAI - JOUR

Rien ne bouge.
"""


@pytest.fixture
def gare(cast):
    production = Production.objects.get(structure=cast.structure, slug="woyzeck")
    keep_file(cast.structure, production, GivenFile("gare.fountain", TEXT.encode()), actor=cast.alice)
    zoe = ["element/zoe"]
    changes = [
        add("element/zoe", label="Zoé", source="ZOÉ"),
        add("scene/1", number="1", label="Gare de nuit", source="1", eighths="5", estimated="true", elements=zoe),
        add("scene/2", number="2", label="Quai", source="2"),
        add("running_order/ordre", label="Version 1", script="scripts/gare.fountain",
            scenes=[{"scene": "scene/1", "title": "La gare"}, {"scene": "scene/2"}]),
    ]  # fmt: skip
    apply(cast.structure, "woyzeck", changes, actor=cast.alice)
    return cast


def page(cast, ident="1", who="alice"):
    return cast.browser(who).get(cast.address(f"texte/scene/{ident}/")).content.decode()


def post(cast, verb, who="alice", **values):
    return cast.browser(who).post(cast.address(f"texte/scene/1/{verb}/"), values)


def facts(cast):
    return dossier_of(cast.structure, "woyzeck")


def test_the_words_are_laid_out_as_a_script(gare):
    text = page(gare)
    assert '<p class="cue"><span data-at="' in text
    assert "Tu viens\N{NARROW NO-BREAK SPACE}?" in text
    assert "La gare" in text
    assert "≈ 5/8" in text
    assert 'rel="next"' in text
    assert 'rel="prev"' not in text


def test_words_become_an_element_in_one_write_that_is_undone_at_once(gare):
    before = ChangeSet.objects.count()
    assert (
        post(gare, "marquer", passage="vieille voiture", category="vehicle", label="La 4L").status_code == 302
    )
    dossier = facts(gare)
    element = dossier.find("element/la-4l", Element)
    (mark,) = dossier.all(Mark)
    assert (element.label, element.category) == ("La 4L", "vehicle")
    assert (mark.passage, mark.element, mark.scene) == ("vieille voiture", "element/la-4l", "scene/1")
    assert dossier.find("scene/1", Scene).elements == ("element/zoe", "element/la-4l")
    assert ChangeSet.objects.count() == before + 1
    text = page(gare)
    assert ">vieille voiture</span>" in text
    assert "<span>véhicule</span>" in text
    undo(ChangeSet.objects.latest("pk"), actor=gare.alice)
    assert facts(gare).all(Mark) == ()
    assert facts(gare).find("element/la-4l", Element) is None


def test_the_places_the_page_sends_are_those_of_the_words(gare):
    page_text = page(gare)
    at = int(page_text.split('<p class="action"><span data-at="')[1].split('"')[0])
    where = {"start": at + 4, "end": at + 19, "passage": "ce que le navigateur dit"}
    post(gare, "marquer", category="vehicle", **where)
    (mark,) = facts(gare).all(Mark)
    assert (mark.passage, mark.start) == ("vieille voiture", at + 4)
    assert facts(gare).find(mark.element, Element).label == "vieille voiture"


def test_an_element_already_known_is_not_made_twice(gare):
    apply(
        gare.structure,
        "woyzeck",
        [add("element/auto", label="La Voiture", category="vehicle")],
        actor=gare.alice,
    )
    post(gare, "marquer", passage="voiture", category="vehicle", label="voiture")
    assert facts(gare).find("scene/1", Scene).elements == ("element/zoe", "element/auto")


def test_words_marked_by_hand_bring_the_precaution_they_call_for(gare):
    post(gare, "marquer", passage="couteau", category="props", label="Le couteau")
    assert facts(gare).find("element/le-couteau", Element).risks == ("weapon",)


def test_everything_wrong_with_a_mark_is_said_and_kept(gare):
    answer = post(gare, "marquer", passage="un éléphant rose", category="")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "choisissez une catégorie" in text
    assert "ces mots ne se suivent pas dans le texte de la scène" in text
    assert 'value="un éléphant rose"' in text
    assert facts(gare).all(Mark) == ()


def test_propositions_are_accepted_and_put_aside_several_at_once(gare):
    text = page(gare)
    assert 'value="animal.chien"' in text
    assert 'value="accept:props.couteau"' in text
    post(gare, "propositions", action="accept", proposed=["animal.chien", "props.couteau"])
    dossier = facts(gare)
    held = [dossier.find(about, Element) for about in dossier.find("scene/1", Scene).elements]
    assert {(one.label, one.category) for one in held} == {
        ("Zoé", "cast"),
        ("chien", "animal"),
        ("couteau", "props"),
    }
    assert dossier.find("element/couteau", Element).risks == ("weapon",)
    assert {mark.passage for mark in dossier.all(Mark)} == {"chien", "couteau"}
    assert 'value="animal.chien"' not in page(gare)


def test_what_is_put_aside_is_proposed_no_more_until_taken_up_again(gare):
    post(gare, "propositions", action="dismiss:animal.chien")
    text = page(gare)
    assert 'value="animal.chien"' not in text
    assert "1\N{NO-BREAK SPACE}proposition écartée" in text
    assert facts(gare).find("scene/1", Scene).elements == ("element/zoe",)
    post(gare, "oter", again="1")
    assert 'value="animal.chien"' in page(gare)


def test_the_last_mark_taken_off_takes_the_element_out_of_the_scene(gare):
    post(gare, "marquer", passage="couteau", category="props")
    (mark,) = facts(gare).all(Mark)
    post(gare, "oter", mark=mark.id)
    assert facts(gare).find("scene/1", Scene).elements == ("element/zoe",)
    assert facts(gare).find(mark.element, Element) is not None
    post(gare, "oter", element="zoe")
    assert facts(gare).find("scene/1", Scene).elements == ()


def test_a_length_typed_is_no_longer_an_estimate(gare):
    sent = {"label": "Gare", "number": "1", "eighths": "1 6/8", "seconds": "1:30"}
    assert post(gare, "fiche", **sent).status_code == 200
    confirm(gare, post(gare, "fiche", **sent))
    scene = facts(gare).find("scene/1", Scene)
    assert (scene.eighths, scene.estimated, scene.seconds, scene.label) == (14, False, 90, "Gare")


def confirm(cast, answer):
    text = answer.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    values = {name: html.unescape(value) for name, value in fields.items()}
    return cast.browser("alice").post(cast.address("effet/"), values)


def test_a_length_that_is_none_says_how_to_write_it(gare):
    answer = post(gare, "fiche", label="Gare", eighths="un peu")
    assert answer.status_code == 422
    assert "« un peu » n’est pas une longueur. Écrivez 1 6/8" in answer.content.decode()


def test_a_scene_without_its_text_still_takes_elements_by_name(cast):
    apply(cast.structure, "woyzeck", [add("scene/1", label="Gare")], actor=cast.alice)
    assert "Le texte n’est pas joint" in page(cast)
    post(cast, "marquer", category="props", label="valise")
    assert facts(cast).find("scene/1", Scene).elements == ("element/valise",)
    assert facts(cast).all(Mark) == ()


def test_a_mark_whose_words_are_gone_is_said(gare):
    apply(
        gare.structure,
        "woyzeck",
        [add("mark/m", scene="scene/1", passage="un tramway", element="element/zoe")],
        actor=gare.alice,
    )
    assert "Marques dont les mots ne sont plus dans le texte" in page(gare)


def test_a_scene_the_file_does_not_hold_says_so(gare):
    apply(gare.structure, "woyzeck", [set_("scene/2", source="99")], actor=gare.alice)
    assert "gare.fountain ne contient pas cette scène" in page(gare, "2")


def queries(cast):
    page(cast)
    with CaptureQueriesContext(connection) as asked:
        page(cast)
    return len(asked)


def test_as_many_queries_with_one_mark_as_with_three(gare):
    post(gare, "marquer", passage="couteau", category="props")
    one = queries(gare)
    post(gare, "marquer", passage="chien", category="animal")
    post(gare, "marquer", passage="voiture", category="vehicle")
    assert queries(gare) == one


@pytest.mark.parametrize("who", ["rene", "charlie"])
def test_who_may_not_edit_marks_nothing(gare, who):
    for action in ("marquer", "propositions", "oter", "fiche"):
        assert post(gare, action, who, passage="couteau", category="props").status_code in (403, 404)
    assert facts(gare).all(Mark) == ()


def test_a_role_named_without_a_cue_is_proposed_and_taken_in_one_click(gare):
    hidden = [set_("scene/1", elements=[]), add("element/femme", label="La femme", source="FEMME")]
    apply(gare.structure, "woyzeck", hidden, actor=gare.alice)
    assert 'value="accept:cast.Zoé"' in page(gare)
    assert 'value="accept:cast.La femme"' not in page(gare)
    assert "1\N{NO-BREAK SPACE}présence sans réplique est à confirmer" in overview(gare)
    post(gare, "propositions", action="accept:cast.Zoé")
    assert facts(gare).find("scene/1", Scene).elements == ("element/zoe",)
    assert "présence sans réplique" not in overview(gare)


def overview(cast):
    return cast.browser("alice").get(cast.address("texte/")).content.decode()


def breakdown(cast):
    return cast.browser("alice").get(cast.address("texte/depouillement/")).content.decode()


def test_the_breakdown_says_what_each_scene_has_left_to_sort(gare):
    text = breakdown(gare)
    (found,) = re.findall(r"texte/scene/1/#propositions\">(\d+) à trier", text)
    assert int(found) == page(gare).count('name="proposed"')
    assert "texte/scene/2/#propositions" not in text


def test_a_suggestion_of_several_scenes_is_kept_everywhere_in_one_write(gare):
    again = TEXT.replace("Rien ne bouge.", "Le chien attend. Zoé passe.")
    production = Production.objects.get(structure=gare.structure, slug="woyzeck")
    keep_file(gare.structure, production, GivenFile("gare2.fountain", again.encode()), actor=gare.alice)
    apply(gare.structure, "woyzeck", [set_("running_order/ordre", script="gare2.fountain")], actor=gare.alice)
    before = ChangeSet.objects.count()
    address = gare.address("texte/depouillement/partout/")
    assert 'value="accept:animal.chien"' in breakdown(gare)
    assert gare.browser("alice").post(address, {"action": "accept:animal.chien"}).status_code == 302
    assert ChangeSet.objects.count() == before + 1
    dossier = facts(gare)
    (dog,) = [one for one in dossier.all(Element) if one.category == "animal"]
    assert all(dog.about in dossier.find(f"scene/{n}", Scene).elements for n in (1, 2))
    assert {mark.scene for mark in dossier.all(Mark)} == {"scene/1", "scene/2"}
    undo(ChangeSet.objects.latest("pk"), actor=gare.alice)
    gare.browser("alice").post(address, {"action": "dismiss:animal.chien"})
    assert 'value="accept:animal.chien"' not in breakdown(gare) + page(gare)


def test_an_age_written_after_a_role_makes_it_a_childs(gare):
    text = page(gare)
    assert 'value="accept:cast.Zoé"' in text
    assert "enfant de 8 ans" not in text
    post(gare, "propositions", action="accept:cast.Zoé")
    assert facts(gare).find("element/zoe", Element).risks == ("child",)
    assert 'value="accept:cast.Zoé"' not in page(gare)


def test_who_holds_a_childs_role_without_a_birth_date_is_asked_for_it(gare):
    held = [
        set_("element/zoe", risks=["child"]),
        add("position/zoe", label="Zoé", roles=["element/zoe"]),
        add("person/lison", given_name="Lison", family_name="Petit"),
        add("engagement/lison", position="position/zoe", person="person/lison", starts_on="2026-12-01",
            ends_on="2026-12-02", unit="cachet", unit_pay="120", quantity="1"),
    ]  # fmt: skip
    apply(gare.structure, "woyzeck", held, actor=gare.alice)
    assert "Donnez la date de naissance" in overview(gare)
    team = gare.browser("alice").get(gare.address("equipe/")).content.decode()
    assert "âge à donner" in team
    born = add("person_private/lison", person="person/lison", born_on="2017-03-02")
    apply(gare.structure, "woyzeck", [born], actor=gare.alice)
    assert "Donnez la date de naissance" not in overview(gare)


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [("ieille voi", "vieille voiture"), ("vieille voiture p", "vieille voiture"), ("couteau", "couteau")],
)
def test_words_chosen_with_the_mouse_are_whole(gare, chosen, kept):
    text = attached_to(gare.structure, facts(gare)).texts["1"].text
    start = text.index(chosen)
    post(gare, "marquer", passage=chosen, category="props", start=start, end=start + len(chosen))
    (mark,) = facts(gare).all(Mark)
    assert mark.passage == kept
