"""The order played and its cues: moved, timed, cut and written, as one write each."""

import pytest

from filage.facts.script import Cue, RunningOrder, Scene
from filage.kernel.changes import add, set_
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.queries import dossier_of

PLAYED = [
    {"scene": "scene/s1", "seconds_done": "200"},
    {"scene": "scene/s2", "part": "Un"},
    {"scene": "scene/s3"},
]


@pytest.fixture
def concert(cast):
    scenes = [add(f"scene/s{n}", label=f"Chanson {n}", seconds=f"{n}00") for n in range(1, 5)]
    order = add("running_order/soir", label="Ce soir", starts_at="20:00", scenes=PLAYED)
    apply(cast.structure, "woyzeck", [*scenes, order], actor=cast.alice)
    return cast


def sent(cast, *rows, who="alice", **more):
    return cast.browser(who).post(
        cast.address("texte/ordre/ranger/"), {"row": rows, "starts_at": "20:00", **more}
    )


def order(cast):
    return dossier_of(cast.structure, "woyzeck").find("running_order/soir", RunningOrder)


def played(cast):
    return [one.scene.rpartition("/")[2] for one in order(cast).scenes]


def test_the_page_adds_the_times_up(concert):
    text = concert.browser("alice").get(concert.address("texte/ordre/")).content.decode()
    assert "20:01:40" in text
    assert "10:00" in text
    assert "20:10:00" in text


def test_rows_sent_in_another_order_are_played_in_it_and_keep_what_they_held(concert):
    assert sent(concert, 2, 0, 1).status_code == 302
    assert played(concert) == ["s3", "s1", "s2"]
    assert order(concert).scenes[1].seconds_done == 200
    assert order(concert).scenes[2].part == "Un"


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("up:1", ["s2", "s1", "s3"]),
        ("down:1", ["s1", "s3", "s2"]),
        ("up:0", ["s1", "s2", "s3"]),
        ("remove:1", ["s1", "s3"]),
        ("add:s4", ["s1", "s2", "s3", "s4"]),
        ("add:inconnue", ["s1", "s2", "s3"]),
    ],
)
def test_one_button_does_one_thing_without_javascript(concert, action, expected):
    sent(concert, 0, 1, 2, action=action)
    assert played(concert) == expected


def test_a_title_a_part_a_state_and_a_length_are_one_write(concert):
    before = ChangeSet.objects.count()
    typed = {"title-0": "Ouverture", "part-0": "Un", "state-0": "spare", "length-0": "3:45"}
    sent(concert, 0, 1, 2, **typed)
    one = order(concert).scenes[0]
    assert (one.title, one.part, one.state) == ("Ouverture", "Un", "spare")
    assert dossier_of(concert.structure, "woyzeck").find("scene/s1", Scene).seconds == 225
    assert ChangeSet.objects.count() == before + 1


def test_an_emptied_length_and_start_are_cleared(concert):
    sent(concert, 0, 1, 2, **{"title-0": "", "length-0": "", "starts_at": ""})
    assert dossier_of(concert.structure, "woyzeck").find("scene/s1", Scene).seconds is None
    assert order(concert).starts_at is None


def test_every_wrong_length_is_said_and_nothing_is_written(concert):
    before = ChangeSet.objects.count()
    typed = {
        "title-0": "Ouverture",
        "length-0": "bientôt",
        "title-1": "",
        "length-1": "99:00:00",
        "starts_at": "tard",
    }
    answer = sent(concert, 2, 0, 1, **typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "« bientôt » n’est pas une durée" in text
    assert "« 99:00:00 » dépasse 24 heures" in text
    assert "« tard »" in text
    assert 'value="Ouverture"' in text
    assert ChangeSet.objects.count() == before


def test_the_second_of_two_people_sees_both_versions(concert):
    apply(concert.structure, "woyzeck", [set_("running_order/soir", label="Demain")], actor=concert.bob)
    assert sent(concert, 2, 1, 0, revision="1").status_code == 409
    assert played(concert) == ["s1", "s2", "s3"]


def test_a_first_order_holds_every_scene(cast):
    apply(cast.structure, "woyzeck", [add("scene/a", label="A"), add("scene/b", label="B")], actor=cast.alice)
    cast.browser("alice").post(cast.address("texte/ordre/composer/"))
    dossier = dossier_of(cast.structure, "woyzeck")
    made = dossier.find(dossier.production.running_order, RunningOrder)
    assert [one.scene for one in made.scenes] == ["scene/a", "scene/b"]


def cue(cast, who="alice", **values):
    told = {"scene": "scene/s1", "department": "light", "label": "Noir", **values}
    return cast.browser(who).post(cast.address("texte/tops/ecrire/"), told)


def test_a_cue_is_written_corrected_and_taken_away(concert):
    cue(concert, number="L1", at="0:45", mark="« la lune »")
    made = dossier_of(concert.structure, "woyzeck").find("cue/s1-l1", Cue)
    assert (made.at, made.mark, made.label) == (45, "« la lune »", "Noir")
    cue(concert, top="s1-l1", label="Plein feu")
    corrected = dossier_of(concert.structure, "woyzeck").find("cue/s1-l1", Cue)
    assert (corrected.label, corrected.at, corrected.number) == ("Plein feu", None, None)
    concert.browser("alice").post(concert.address("texte/tops/s1-l1/retirer/"))
    assert dossier_of(concert.structure, "woyzeck").find("cue/s1-l1", Cue) is None


def test_a_cue_without_action_says_so_and_keeps_what_was_typed(concert):
    answer = cue(concert, label="", at="vite", mark="la porte")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Dites ce qui se passe à ce top" in text
    assert "« vite » n’est pas une durée" in text
    assert "la porte" in text


@pytest.mark.parametrize("who", ["rene", "charlie"])
def test_who_may_not_edit_orders_nothing(concert, who):
    assert sent(concert, 2, 1, 0, who=who).status_code in (403, 404)
    assert cue(concert, who=who).status_code in (403, 404)
    assert played(concert) == ["s1", "s2", "s3"]
