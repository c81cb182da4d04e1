"""Screenplays in Final Draft: numbers, lengths, speeches, cast and marks."""

from __future__ import annotations

import pytest

from filage.facts.intent import Mark
from filage.facts.script import Element, RunningOrder, Scene
from filage.kernel.errors import BadInput
from filage.script.draft import Place
from filage.script.facts import facts_of
from filage.script.fdx import draft_fdx
from filage.script.read import read_script
from filage.script.shape import Tagged
from filage.script.texts import scene_texts
from filage.script.xml import parse_xml
from script.texts import FIXTURES, fdx, fdx_bytes, read, said

SYNTH = FIXTURES / "fdx_synth.fdx"
HEADING = said("Scene Heading", "INT. A - JOUR")


def test_reads_the_fixture() -> None:
    script = read(SYNTH)
    assert (script.title, script.format) == ("La Caravane", "fdx")
    assert [(s.id, s.number, s.int_ext, s.set, s.time, s.eighths, s.estimated) for s in script.scenes] == [
        ("1", "1", "INT", "CUISINE DE LA FERME", "NUIT", 14, False),
        ("1a", "1A", "EXT", "ROUTE", "AUBE", 4, False),
        ("2", "2", "INT/EXT", "VOITURE", "JOUR", 1, True),
    ]
    assert [(c.name, c.scenes, c.cues, c.words, c.listed_only) for c in script.characters] == [
        ("Éléonore", 2, 2, 5, False),
        ("MARC", 2, 2, 3, False),
        ("LE FACTEUR", 0, 0, 0, True),
    ]
    assert [(s.words, s.opening, s.act) for s in script.scenes] == [
        (5, "Éléonore pose un fusil de chasse sur la table. Un chien dort.", "ACTE I"),
        (3, "PLAN LARGE", "ACTE I"),
        (0, "La voiture cale. Le figurant du pont passe, sans électricien.", "ACTE I"),
    ]


def test_marks_of_the_author_are_kept_by_category() -> None:
    script = read(SYNTH)
    assert [scene.elements for scene in script.scenes] == [
        (Tagged("props", "Fusil"), Tagged("animal", "Chien de ferme")),
        (),
        (Tagged("vehicle", "Voiture"), Tagged("extras", "Le figurant du pont")),
    ]
    message = (
        "Ligne 97 : la catégorie d’étiquettes « Additional Labor » n’a pas d’équivalent dans Filage ; "
        "passages marqués et non repris : 1."
    )
    assert [(one.code, one.message) for one in script.findings] == [("script.unknown_tag", message)]


def test_marks_become_elements_of_the_production() -> None:
    kinds = {"element": Element, "scene": Scene, "mark": Mark, "running_order": RunningOrder}
    made = [kinds[change.kind](id=change.id, **change.values) for change in facts_of(read(SYNTH))]
    assert [(fact.id, fact.category) for fact in made if isinstance(fact, Element)] == [
        ("eleonore", "cast"),
        ("marc", "cast"),
        ("le-facteur", "cast"),
        ("fusil", "props"),
        ("chien-de-ferme", "animal"),
        ("voiture", "vehicle"),
        ("le-figurant-du-pont", "extras"),
    ]
    scenes = {fact.id: fact for fact in made if isinstance(fact, Scene)}
    assert scenes["1"].elements == (
        "element/eleonore",
        "element/marc",
        "element/fusil",
        "element/chien-de-ferme",
    )
    assert scenes["1"].eighths == 14
    texts = scene_texts(SYNTH.read_bytes(), SYNTH.name)
    marks = [fact for fact in made if isinstance(fact, Mark)]
    assert [(mark.id, mark.element, mark.passage) for mark in marks] == [
        ("1-fusil", "element/fusil", "fusil de chasse"),
        ("1-chien-de-ferme", "element/chien-de-ferme", "chien"),
        ("2-voiture", "element/voiture", "La voiture"),
        ("2-le-figurant-du-pont", "element/le-figurant-du-pont", "Le figurant du pont"),
    ]
    for mark in marks:
        assert texts[mark.scene.removeprefix("scene/")].text[mark.start :].startswith(mark.passage)


def test_words_marked_in_two_styles_are_one_passage() -> None:
    tags = (
        '<TagData><TagCategories><TagCategory Id="p" Name="Props"/></TagCategories>'
        '<TagDefinitions><TagDefinition CatId="p" Id="1" Label="" Number="1"/></TagDefinitions></TagData>'
    )
    marked = (
        '<Paragraph Type="Action"><Text>La lampe. </Text><Text TagNumber="1">La </Text>'
        '<Text TagNumber="1" Style="Bold">lampe</Text><Text> tombe.</Text></Paragraph>'
    )
    (scene,) = fdx(HEADING + marked, after=tags).scenes
    assert scene.elements == (Tagged("props", "La lampe"),)
    assert [(one.text, one.start) for one in scene.passages] == [("La lampe", 24)]


def test_a_role_that_is_marked_is_one_element() -> None:
    tags = (
        '<TagData><TagCategories><TagCategory Id="c" Name="Cast"/><TagCategory Id="p" Name="Props"/>'
        '</TagCategories><TagDefinitions><TagDefinition CatId="c" Id="1" Label="Zoé" Number="1"/>'
        '<TagDefinition CatId="p" Id="2" Label="Zoé" Number="2"/></TagDefinitions></TagData>'
    )
    marked = '<Paragraph Type="Action"><Text TagNumber="1,2">Zoé</Text></Paragraph>'
    script = fdx(HEADING + marked + said("Character", "ZOÉ") + said("Dialogue", "Oui."), after=tags)
    made = facts_of(script)
    assert [change.about for change in made][:2] == ["element/zoe", "element/zoe-2"]
    assert made[2].values["elements"] == ["element/zoe", "element/zoe-2"]


@pytest.mark.parametrize(
    ("length", "eighths", "estimated"),
    [
        ("1 6/8", 14, False),
        ("3/8", 3, False),
        ("2", 16, False),
        (" 12 1/8 ", 97, False),
        ("0/8", 1, True),
        ("", 1, True),
        ("environ deux", 1, True),
    ],
)
def test_the_length_of_the_file_comes_before_an_estimate(length, eighths, estimated) -> None:
    inside = f'<SceneProperties Length="{length}" Page="1"/>'
    script = fdx(said("Scene Heading", "INT. A - JOUR", inside=inside) + said("Action", "Rien."))
    assert (script.scenes[0].eighths, script.scenes[0].estimated) == (eighths, estimated)
    told = [finding.code for finding in script.findings]
    assert told == (["script.unread_length"] if length == "environ deux" else [])


def test_a_speech_cut_by_a_parenthetical_is_one_cue() -> None:
    script = fdx(
        HEADING
        + said("Character", "ZOÉ")
        + said("Dialogue", "Un deux.")
        + said("Parenthetical", "(elle rit)")
        + said("Dialogue", "(bas) Trois.")
        + said("Action", "Noir.")
    )
    assert [(one.cues, one.words) for one in script.characters] == [(1, 3)]


def test_a_dialogue_without_a_name_is_said() -> None:
    script = fdx(HEADING + said("Action", "Noir.") + said("Dialogue", "Qui parle ici ?"))
    assert [finding.code for finding in script.findings] == ["script.speech_without_who"]
    assert script.scenes[0].words == 3


def test_what_comes_before_the_first_scene_is_not_counted() -> None:
    script = fdx(said("Action", "FONDU") + said("Character", "ZOÉ") + said("Dialogue", "Oui.") + HEADING)
    assert [finding.code for finding in script.findings] == [
        "script.speech_outside_scene",
        "script.empty_scene",
    ]
    assert script.scenes[0].words == 0


def test_french_and_unknown_styles_are_read() -> None:
    script = fdx(
        said("En-tête de scène", "INT. A - JOUR")
        + said("Personnage", "ZOÉ")
        + said("Réplique", "Oui.")
        + said("Carton", "Trois ans plus tard")
        + said("Carton", "Encore")
    )
    assert [(one.name, one.words) for one in script.characters] == [("ZOÉ", 1)]
    assert [finding.code for finding in script.findings] == ["script.unknown_paragraph"]
    assert "« Carton » inconnu" in script.findings[0].message


def test_an_empty_heading_is_a_scene_only_when_it_has_a_number() -> None:
    empty = '<Paragraph Type="Scene Heading"/>'
    numbered = '<Paragraph Type="Scene Heading" Number="7"/>'
    assert [scene.heading for scene in fdx(HEADING + empty + numbered).scenes] == [
        "INT. A - JOUR",
        "Scène 7",
    ]


def test_the_number_of_the_file_comes_before_the_one_written() -> None:
    script = fdx(said("Scene Heading", "12. INT. A - JOUR", Number="3"))
    assert (script.scenes[0].number, script.scenes[0].heading) == ("3", "INT. A - JOUR")


def test_a_file_in_another_encoding_and_with_a_namespace_is_read() -> None:
    whole = fdx_bytes(said("Scene Heading", "INT. ÉTÉ - JOUR")).decode()
    utf16 = whole.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    latin = whole.replace("UTF-8", "ISO-8859-1").encode("latin-1")
    spaced = whole.replace("<FinalDraft", '<FinalDraft xmlns="urn:x"').encode()
    places = [read_script(data, name="a.fdx").scenes[0].set for data in (utf16, latin, spaced)]
    assert places == ["ÉTÉ", "ÉTÉ", "ÉTÉ"]


def test_a_file_without_a_scene_is_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        fdx(said("Action", "Rien."))
    assert str(refusal.value) == (
        "essai.fdx : aucune scène dans ce fichier Final Draft ; attendu : des paragraphes de type "
        "« Scene Heading » ; dans Final Draft, donnez le style « Scene Heading » aux titres de scène"
    )


def test_a_truncated_file_names_the_line_where_it_stops() -> None:
    whole = SYNTH.read_bytes()
    with pytest.raises(BadInput) as refusal:
        read_script(whole[:2000], name="film.fdx")
    assert [(problem.message, problem.line) for problem in refusal.value.problems] == [
        ("le fichier s’arrête avant la fin du texte XML", whole[:2000].count(b"\n") + 1)
    ]


def test_entities_that_grow_or_reach_outside_are_refused(tmp_path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>\n<FinalDraft>&l9;</FinalDraft>'
    outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{tmp_path.as_uri()}">]>\n<FinalDraft>&e;</FinalDraft>'
    for data, line in ((bomb, 2), (outside, 1)):
        with pytest.raises(BadInput) as refusal:
            read_script(data.encode(), name="film.fdx")
        assert [(problem.line, problem.message) for problem in refusal.value.problems] == [
            (
                line,
                "ce fichier déclare un type de document (<!DOCTYPE …>) ou des entités : refusé par sécurité",
            )
        ]


def test_the_place_of_a_heading_without_int_or_ext_is_its_text() -> None:
    root = parse_xml(fdx_bytes(said("Scene Heading", "LE RÊVE")), name="a.fdx")
    assert draft_fdx(root, name="a.fdx", stem="a").scenes[0].place == Place(None, "LE RÊVE", None)
