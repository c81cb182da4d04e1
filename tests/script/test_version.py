"""A new version of a script against a dossier: what it does, and what accepting it writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.facts.changing import apply_changes
from filage.facts.dossier import Dossier
from filage.facts.intent import Mark
from filage.facts.reading import dossier_of_tree, read_dossier
from filage.facts.script import Element, RunningOrder, Scene
from filage.kernel.changes import add, set_
from filage.script.facts import facts_of
from filage.script.read import read_script
from filage.script.shape import Script
from filage.script.texts import scene_texts
from filage.script.version import new_version
from script.texts import NAVETTE, ROOT, WOYZECK, fdx_bytes, read, said

FIRST = """Titre: Le Dépôt

1. INT. CUISINE - JOUR

Zoé range les verres un par un dans le buffet, sans faire de bruit.

ZOÉ
Tu as vu le couteau à pain ?

MARC
Non.

2. EXT. COUR - NUIT

Un chien traverse la cour vide et s’assoit devant la grille fermée.

3. INT. BUREAU - NUIT

Marc compte les tickets, le carnet ouvert sur ses genoux, une lampe derrière lui.

MARC
Il en manque douze.
"""
# 2 is cut, a new scene comes first, 1 gains words, 3 is numbered 2, a role appears.
SECOND = """Titre: Le Dépôt

0. EXT. ROUTE - AUBE

Une bicyclette descend la côte à toute allure, sans lumière ni casque.

1. INT. CUISINE - JOUR

La radio grésille. Zoé range les verres un par un dans le buffet, sans faire de bruit.

ZOÉ
Tu as vu le couteau à pain, celui de mamie ?

MARC
Non.

INÈS (OFF)
Dans l’évier !

2. INT. BUREAU - NUIT

Marc compte les tickets, le carnet ouvert sur ses genoux, une lampe derrière lui.

MARC
Il en manque douze.
"""
TODAY = date(2026, 10, 12)


def dossier(text: str = FIRST, *more) -> Dossier:
    return dossier_of(read_script(text.encode(), name="v1.fountain"), *more)


def dossier_of(script: Script, *more) -> Dossier:
    base = dossier_of_tree(
        {
            "schema": "filage/1",
            "employer": {"id": "fil", "label": "Le Fil", "idcc": "3097"},
            "production": {
                "id": "depot",
                "label": "Le Dépôt",
                "form": "short_film",
                "running_order": "running_order/texte",
            },
            "running_orders": [{"id": "texte", "label": "Texte"}],
        }
    )
    changes = [change for change in facts_of(script, file="v1.fountain") if change.kind != "running_order"]
    order = next(change for change in facts_of(script, file="v1.fountain") if change.kind == "running_order")
    return apply_changes(base, [*changes, set_(order.about, **order.values), *more])


def plan(found: Dossier, *, former: str | None = FIRST, new: str = SECOND, **options):
    before = None if former is None else read_script(former.encode(), name="v1.fountain")
    data = new.encode()
    return new_version(
        found,
        before,
        read_script(data, name="v2.fountain"),
        file="v2.fountain",
        today=TODAY,
        texts=scene_texts(data, "v2.fountain"),
        **options,
    )


def fates(made) -> dict[str, str]:
    return {scene.about: scene.fate for scene in made.scenes}


def order(found: Dossier) -> list[str]:
    return [
        f"{one.scene}{'' if one.state == 'kept' else ' ' + one.state}"
        for one in found.all(RunningOrder)[0].scenes
    ]


def test_each_scene_is_said_and_accepting_gives_the_new_text() -> None:
    found = dossier()
    made = plan(found)
    assert fates(made) == {
        "scene/0": "new",
        "scene/1": "changed",
        "scene/3": "kept",
        "scene/2": "cut",
    }
    after = apply_changes(found, made.changes)
    assert order(after) == ["scene/0", "scene/1", "scene/3"]
    assert [(one.id, one.number, one.source, one.words) for one in after.all(Scene)] == [
        ("1", "1", "1", 13),
        ("3", "2", "2", 4),
        ("0", "0", "0", 0),
    ]
    assert after.find("element/ines", Element) == Element(
        id="ines", label="INÈS", category="cast", source="INÈS", words=2
    )
    assert after.find("scene/1", Scene).elements == ("element/zoe", "element/marc", "element/ines")
    assert after.all(RunningOrder)[0].script == "v2.fountain"


def test_accepting_twice_changes_nothing_more() -> None:
    after = apply_changes(dossier(), plan(dossier()).changes)
    again = plan(after, former=SECOND)
    assert {scene.fate for scene in again.scenes} == {"kept"}
    assert apply_changes(after, again.changes) == after
    assert (again.roles, again.marks, again.events) == ((), (), ())


def test_a_title_and_a_summary_typed_by_hand_stay_and_the_text_is_told() -> None:
    new = SECOND.replace("1. INT. CUISINE - JOUR", "1. INT. CUISINE DE ZOÉ - JOUR")
    found = dossier(FIRST, set_("scene/1", label="La cuisine", summary="Ils cherchent.", minutes="45"))
    made = plan(found, new=new)
    told = next(scene for scene in made.scenes if scene.about == "scene/1")
    assert [(one.field, one.ours, one.theirs) for one in told.by_hand] == [
        ("label", "La cuisine", "INT. CUISINE DE ZOÉ - JOUR")
    ]
    scene = apply_changes(found, made.changes).find("scene/1", Scene)
    assert (scene.label, scene.summary, scene.minutes, scene.set) == (
        "La cuisine", "Ils cherchent.", 45, "CUISINE DE ZOÉ",
    )  # fmt: skip


def test_a_correction_the_new_text_does_not_contradict_is_not_told() -> None:
    made = plan(dossier(FIRST, set_("scene/1", label="La cuisine", time="matin")))
    assert [scene.by_hand for scene in made.scenes] == [(), (), (), ()]


def test_a_length_corrected_by_hand_stays_until_the_text_is_longer() -> None:
    found = dossier(
        FIRST, set_("scene/3", eighths="5", minutes="40"), set_("scene/1", eighths="6", minutes="30")
    )
    longer = SECOND.replace(
        "Non.\n", "Non.\n\n" + "Il fouille tous les tiroirs, un à un, sans rien dire.\n\n" * 6
    )
    made = plan(found, new=longer)
    after = apply_changes(found, made.changes)
    assert (after.find("scene/3", Scene).eighths, after.find("scene/3", Scene).minutes) == (5, 40)
    grown = after.find("scene/1", Scene)
    assert (grown.eighths, grown.minutes) == (4, 30)
    told = next(scene for scene in made.scenes if scene.about == "scene/1")
    assert told.remarks == ("la scène passe de 2/8 à 4/8 ; le temps de 30 min reste à revoir",)


def event(ident: str, day: str, scenes: list[str], **values: str):
    return add(f"event/{ident}", type="shoot", day=day, scenes=scenes, **values)


def test_a_scene_cut_leaves_the_dates_to_come_and_the_dossier() -> None:
    found = dossier(FIRST, event("j1", "2026-10-20", ["scene/1", "scene/2"]))
    made = plan(found)
    assert [(one.about, one.scenes, one.cut) for one in made.events] == [
        ("event/j1", ("scene/1",), ("scene/2",))
    ]
    after = apply_changes(found, made.changes)
    assert after.get("event/j1").scenes == ("scene/1",)
    assert after.get("scene/2") is None


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (event("j1", "2026-10-01", ["scene/2"]), "a day already shot"),
        (event("j1", "2026-10-20", ["scene/2"], locked="true"), "a locked day"),
        (add("shot/s1", scene="scene/2"), "a frame of the storyboard"),
    ],
)
def test_a_scene_cut_that_something_refers_to_is_kept_and_marked_cut(held, why) -> None:
    found = dossier(FIRST, held)
    made = plan(found)
    cut = next(scene for scene in made.scenes if scene.fate == "cut")
    assert (cut.about, cut.stays) == ("scene/2", True), why
    after = apply_changes(found, made.changes)
    assert order(after) == ["scene/0", "scene/1", "scene/2 cut", "scene/3"]
    assert after.get(held.about) == found.get(held.about)


def test_a_scene_cut_that_stays_is_no_scene_of_the_new_text_and_comes_back_as_itself() -> None:
    found = dossier(FIRST, add("shot/s1", scene="scene/2"))
    second = apply_changes(found, plan(found).changes)
    assert second.find("scene/2", Scene).source == "2 (hors du texte)"
    assert [one.id for one in second.all(Scene) if one.source == "2"] == ["3"]
    again = plan(second, former=SECOND, new=SECOND)
    assert ({scene.about for scene in again.scenes}, again.of("cut")) == (
        {"scene/0", "scene/1", "scene/3"},
        (),
    )

    for former in (SECOND, None):
        made = plan(second, former=former, new=FIRST)
        told = {scene.about: (scene.fate, scene.remarks) for scene in made.scenes if scene.about == "scene/2"}
        assert told == {"scene/2": ("new", ("coupée d’une version d’avant, elle revient",))}
        third = apply_changes(second, made.changes)
        assert order(third) == ["scene/1", "scene/2", "scene/3"]
        assert third.find("scene/2", Scene).source == "2"


def test_an_identifier_is_never_given_twice() -> None:
    found = dossier(FIRST.replace("1. INT", "0. INT", 1))
    made = plan(found, former=FIRST.replace("1. INT", "0. INT", 1), used=["scene/0-2", "scene/9"])
    assert {scene.about for scene in made.of("new")} == {"scene/0-3"}


def test_an_order_changed_by_hand_is_kept_and_a_new_scene_comes_after_its_neighbour() -> None:
    scenes = [{"scene": f"scene/{one}", "title": f"Titre {one}"} for one in (3, 1, 2)]
    found = dossier(FIRST, set_("running_order/texte", scenes=scenes))
    new = SECOND.replace("2. INT. BUREAU", "1A. EXT. TOIT - NUIT\n\nPersonne, le vent.\n\n2. INT. BUREAU")
    after = apply_changes(found, plan(found, new=new).changes)
    assert order(after) == ["scene/0", "scene/3", "scene/1", "scene/1a"]
    assert [one.title for one in after.all(RunningOrder)[0].scenes] == [None, "Titre 3", "Titre 1", None]


def test_a_mark_follows_its_words() -> None:
    passage = "range les verres un par un"
    at = scene_texts(FIRST.encode(), "v1.fountain")["1"].text.index(passage)
    found = dossier(FIRST, add("mark/verres", scene="scene/1", passage=passage, start=str(at)))
    after = apply_changes(found, plan(found).changes)
    mark = after.find("mark/verres", Mark)
    text = scene_texts(SECOND.encode(), "v2.fountain")["1"].text
    assert text[mark.start :].startswith(passage)
    assert mark.start == at + len("La radio grésille. ")


def test_a_mark_whose_words_went_to_another_scene_goes_with_them() -> None:
    moved = SECOND.replace("Une bicyclette", "Un chien traverse la cour vide. Une bicyclette")
    found = dossier(FIRST, add("mark/chien", scene="scene/2", passage="Un chien traverse la cour vide"))
    made = plan(found, new=moved)
    assert [(one.about, one.scene_before, one.scene_after) for one in made.marks] == [
        ("mark/chien", "scene/2", "scene/0")
    ]
    after = apply_changes(found, made.changes)
    assert (after.find("mark/chien", Mark).scene, after.get("scene/2")) == ("scene/0", None)


def test_a_mark_whose_words_are_gone_is_said_and_kept() -> None:
    found = dossier(FIRST, add("mark/chien", scene="scene/2", passage="Un chien traverse la cour vide"))
    made = plan(found)
    assert [one.about for one in made.lost_marks] == ["mark/chien"]
    after = apply_changes(found, made.changes)
    assert after.find("mark/chien", Mark) == found.find("mark/chien", Mark)
    assert order(after) == ["scene/0", "scene/1", "scene/2 cut", "scene/3"]


def test_what_the_author_marked_in_the_new_text_is_marked_once() -> None:
    def film(*paragraphs: str) -> bytes:
        tags = (
            '<TagData><TagCategories><TagCategory Id="p" Name="Props"/></TagCategories><TagDefinitions>'
            '<TagDefinition CatId="p" Id="1" Label="Pistolet" Number="1"/></TagDefinitions></TagData>'
        )
        heading = said("Scene Heading", "INT. BUS - NUIT", Number="1")
        return fdx_bytes(heading + "".join(paragraphs), after=tags)

    old = film(said("Action", "Elle cache le pistolet."))
    new = film(
        '<Paragraph Type="Action"><Text>Elle cache le </Text><Text TagNumber="1">pistolet</Text></Paragraph>'
    )
    former, text = read_script(old, name="a.fdx"), read_script(new, name="b.fdx")
    found = dossier_of(former)
    made = new_version(found, former, text, file="b.fdx", today=TODAY, texts=scene_texts(new, "b.fdx"))
    after = apply_changes(found, made.changes)
    (mark,) = after.all(Mark)
    assert (mark.scene, mark.passage, mark.element) == ("scene/1", "pistolet", "element/pistolet")
    assert after.find("element/pistolet", Element).risks == ("weapon",)
    again = new_version(after, None, text, file="b.fdx", today=TODAY, texts=scene_texts(new, "b.fdx"))
    assert apply_changes(after, again.changes).all(Mark) == (mark,)


def test_roles_with_more_or_less_to_do_are_told() -> None:
    told = {
        one.label: (one.scenes_before, one.scenes_after, one.words_before, one.words_after)
        for one in plan(dossier()).roles
    }
    assert told == {"ZOÉ": (1, 1, 7, 10), "INÈS": (0, 1, 0, 2)}


def test_an_element_added_by_hand_stays_in_its_scene() -> None:
    found = dossier(
        FIRST,
        add("element/buffet", label="le buffet", category="set"),
        set_("scene/1", elements=["element/zoe", "element/buffet"]),
    )
    after = apply_changes(found, plan(found).changes)
    assert after.find("scene/1", Scene).elements == ("element/zoe", "element/buffet", "element/ines")


def test_without_the_former_text_the_dossier_stands_for_it() -> None:
    found = dossier()
    made = plan(found, former=None)
    assert fates(made)["scene/1"] == "changed"
    assert {scene.about for scene in made.of("new")} == {"scene/0"}
    after = apply_changes(found, made.changes)
    assert order(after)[:2] == ["scene/0", "scene/1"]


def test_the_short_film_read_again_from_its_own_file_asks_for_nothing() -> None:
    found = read_dossier((ROOT / "examples" / "court-metrage.filage.yaml").read_bytes(), file="court-metrage")
    script = read(NAVETTE)
    made = new_version(found, script, script, file="scripts/la-derniere-navette.fountain", today=TODAY)
    assert {scene.fate for scene in made.scenes} == {"kept"}
    assert apply_changes(found, made.changes) == found


def test_woyzeck_keeps_the_order_of_the_company_whatever_the_drafts_hold() -> None:
    found = read_dossier((ROOT / "examples" / "woyzeck.filage.yaml").read_bytes(), file="woyzeck")
    script = read(WOYZECK)
    for before in (script, None):
        made = new_version(
            found, before, script, file=Path(found.all(RunningOrder)[0].script).as_posix(), today=TODAY
        )
        assert made.of("cut") == ()
        assert order(apply_changes(found, made.changes)) == order(found)
        if before:
            assert (len(made.left_out), made.of("new")) == (len(script.scenes) - len(found.all(Scene)), ())
            assert apply_changes(found, made.changes) == found


PARAGRAPHS = (
    "Zoé range les verres.",
    "Un chien traverse la cour vide.",
    "ZOÉ\nTu as vu le couteau ?",
    "MARC\nNon, jamais.",
    "INÈS\n(bas)\nIl pleut encore.",
    "La porte claque, la lampe tombe et roule sous le lit.",
    "Marc compte les tickets, le carnet ouvert sur ses genoux.",
)
HEADINGS = ("INT. CUISINE - JOUR", "EXT. COUR - NUIT", "INT. BUREAU - SOIR", "EXT. TOIT - AUBE")
SCENES = st.lists(
    st.tuples(
        st.sampled_from(["", "1. ", "2. ", "3A. ", "4. "]),
        st.sampled_from(HEADINGS),
        st.lists(st.sampled_from(PARAGRAPHS), max_size=4),
    ),
    min_size=1,
    max_size=7,
)


def written(scenes) -> str:
    return "\n\n".join("\n\n".join([number + heading, *told]) for number, heading, told in scenes) + "\n"


@settings(deadline=None, max_examples=60)
@given(SCENES, SCENES)
def test_whatever_changed_accepting_gives_the_scenes_of_the_new_text_in_its_order(old, new) -> None:
    former, text = written(old), written(new)
    found = dossier(former, event("j1", "2026-10-20", [f"scene/{read_id(former)}"]))
    made = plan(found, former=former, new=text)
    after = apply_changes(found, made.changes)
    sources = {scene.about: scene.source for scene in after.all(Scene)}
    played = [sources[one.scene] for one in after.all(RunningOrder)[0].scenes if one.state == "kept"]
    assert played == [scene.id for scene in read_script(text.encode(), name="v2.fountain").scenes]
    again = plan(after, former=text, new=text)
    assert {scene.fate for scene in again.scenes} <= {"kept"}
    assert apply_changes(after, again.changes) == after
    assert apply_changes(found, plan(found, former=None, new=text).changes)


def read_id(text: str) -> str:
    return read_script(text.encode(), name="v1.fountain").scenes[0].id
