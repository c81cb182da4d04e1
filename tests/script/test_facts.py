"""A text becomes the roles, scenes and running order of a new production."""

from __future__ import annotations

from filage.facts.script import Element, RunningOrder, Scene
from filage.kernel.changes import add
from filage.script.facts import facts_of
from script.texts import LEONCE, WOYZECK, fountain, read, tei

KINDS = {"element": Element, "scene": Scene, "running_order": RunningOrder}


def facts(script, **options):
    return [KINDS[change.kind](id=change.id, **change.values) for change in facts_of(script, **options)]


def test_a_short_text_gives_these_changes() -> None:
    script = fountain("Titre: Essai\n\n1. INT. BUS - NUIT\n\nIl pleut.\n\nZOÉ\nOui, merci.\n")
    assert facts_of(script, file="essai.fountain") == [
        add("element/zoe", label="ZOÉ", category="cast", source="ZOÉ", words="2"),
        add(
            "scene/1",
            number="1",
            label="INT. BUS - NUIT",
            source="1",
            int_ext="INT",
            set="BUS",
            time="NUIT",
            eighths="1",
            estimated="true",
            words="2",
            elements=["element/zoe"],
            note="Il pleut.",
        ),
        add("running_order/texte", label="Essai", script="essai.fountain", scenes=[{"scene": "scene/1"}]),
    ]


def test_every_fact_of_woyzeck_is_valid_and_refers_to_the_others() -> None:
    made = facts(read(WOYZECK, "h4"), file="woyzeck.xml", running_order="h4")
    known = {fact.about for fact in made}
    assert len(known) == len(made) == 14 + 17 + 1
    scenes = [fact for fact in made if isinstance(fact, Scene)]
    assert {role for scene in scenes for role in scene.elements} <= known
    order = made[-1]
    assert (order.about, order.versions) == ("running_order/h4", ("h4",))
    assert [played.scene for played in order.scenes] == [scene.about for scene in scenes]
    assert {played.part for played in order.scenes} == {"Vorläufige Reinschrift (H4)"}


def test_a_stage_play_has_acts_as_parts_and_no_eighths() -> None:
    made = facts(read(LEONCE))
    assert [played.part for played in made[-1].scenes][3:5] == ["Erster Akt", "Zweiter Akt"]
    assert {scene.eighths for scene in made if isinstance(scene, Scene)} == {None}


def test_a_character_who_says_nothing_is_a_silent_role() -> None:
    people = '<person xml:id="page"><persName>Page</persName></person>'
    made = facts(tei('<div type="scene"><stage>Nuit.</stage></div>', people=people))
    assert made[0] == Element(id="page", label="Page", category="cast", source="Page", silent=True)
