"""Plays in TEI: the two real ones against counts made another way, then each difficulty alone."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from lxml import etree

from filage.kernel.errors import BadInput
from filage.script.read import read_script
from filage.script.shape import Version
from script.texts import LEONCE, WOYZECK, read, tei, tei_bytes

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
LEAVES = "//t:div[@type='scene'][not(.//t:div[@type='scene'])]"
HEARD = ".//text()[not(ancestor::t:stage)][not(ancestor::t:speaker)]"


def counted(path, inside="") -> dict[str, dict[str, int]]:
    """Count cues, words and scenes by speaker with XPath and a regular expression only."""
    root = etree.parse(path)
    cues, words, scenes = Counter(), Counter(), Counter()
    for leaf in root.xpath(inside + LEAVES, namespaces=TEI):
        present = set()
        for speech in leaf.xpath("t:sp[@who]", namespaces=TEI):
            heard = len(re.findall(r"\S*\w\S*", " ".join(speech.xpath(HEARD, namespaces=TEI))))
            for who in speech.get("who").replace("#", "").split():
                cues[who] += 1
                words[who] += heard
                present.add(who)
        scenes.update(present)
    names = {
        person.get("{http://www.w3.org/XML/1998/namespace}id"): person.xpath("string(*[1])")
        for person in root.xpath("//t:person | //t:personGrp", namespaces=TEI)
    }
    return {
        names[who]: {"cues": cues[who], "words": words[who], "scenes": scenes[who]}
        for who in names
        if cues[who]
    }


def as_counts(script) -> dict[str, dict[str, int]]:
    return {
        one.name: {"cues": one.cues, "words": one.words, "scenes": one.scenes}
        for one in script.characters
        if not one.listed_only
    }


# -- Woyzeck --------------------------------------------------------------------------------------------


def test_woyzeck_holds_four_drafts_named_by_their_siglum() -> None:
    assert read(WOYZECK).versions == (
        Version("h1", "Erste Fassung. Szenengruppe 1 (H1)", 21),
        Version("h2", "Erste Fassung. Szenengruppe 2 (H2)", 9),
        Version("h3", "Verstreute Bruchstücke (H3)", 2),
        Version("h4", "Vorläufige Reinschrift (H4)", 17),
    )


def test_woyzeck_has_its_forty_nine_leaf_scenes_in_order() -> None:
    expected = [
        (f"h{draft}-{n}", str(n)) for draft, last in enumerate((21, 9, 2, 17), 1) for n in range(1, last + 1)
    ]
    assert [(scene.id, scene.number) for scene in read(WOYZECK).scenes] == expected


def test_woyzeck_counts_agree_with_an_independent_count() -> None:
    assert as_counts(read(WOYZECK)) == counted(str(WOYZECK))
    assert as_counts(read(WOYZECK))["Woyzeck"] == {"cues": 143, "words": 2507, "scenes": 36}


def test_the_words_of_a_scene_count_its_unsigned_speeches_too() -> None:
    by_id = {scene.id: scene.words for scene in read(WOYZECK).scenes}
    for leaf, scene in zip(
        etree.parse(str(WOYZECK)).xpath(LEAVES, namespaces=TEI), read(WOYZECK).scenes, strict=True
    ):
        texts = [
            text
            for speech in leaf.xpath("t:sp", namespaces=TEI)
            for text in speech.xpath(HEARD, namespaces=TEI)
        ]
        assert by_id[scene.id] == len(re.findall(r"\S*\w\S*", " ".join(texts))), scene.id


def test_the_four_unsigned_speeches_of_woyzeck_are_four_findings() -> None:
    findings = [finding for finding in read(WOYZECK).findings if finding.code == "script.speech_without_who"]
    assert [finding.about for finding in findings] == ["scene/h2-3"] * 3 + ["scene/h2-4"]
    assert findings[-1].message == (
        "[H2, Szene 4], ligne 1254 : réplique « [??] » sans personnage désigné : "
        "« S'is kei Ordnung! Was hat der Laternputzer vergesse mir… ». "
        "Ses 227 mots comptent pour la scène et pour personne."
    )


def test_one_version_keeps_its_scenes_and_who_speaks_there() -> None:
    script = read(WOYZECK, "h3")
    assert [scene.id for scene in script.scenes] == ["h3-1", "h3-2"]
    assert [one.name for one in script.characters] == ["Woyzeck", "Karl/Narr", "Doctor"]
    assert script.findings == ()
    assert len(script.versions) == 4


def test_the_versions_add_up_to_the_whole() -> None:
    parts = [read(WOYZECK, version) for version in ("h1", "h2", "h3", "h4")]
    assert [scene for part in parts for scene in part.scenes] == list(read(WOYZECK).scenes)
    for one in read(WOYZECK).characters:
        counts = [(c.scenes, c.cues, c.words) for part in parts for c in part.characters if c.id == one.id]
        assert tuple(map(sum, zip(*counts, strict=True))) == (one.scenes, one.cues, one.words)


def test_the_last_draft_is_found_though_it_is_itself_a_scene() -> None:
    scene = read(WOYZECK, "h4").scenes[0]
    assert (scene.heading, scene.version, scene.part, scene.act) == ("[H4, Szene 1]", "h4", None, None)
    assert scene.characters == ("Woyzeck", "Andres")
    assert scene.opening == (
        "Freies Feld. Die Stadt in der Ferne. Woyzeck und Andres schneiden Stöcke im Gebüsch."
    )


def test_a_scene_nobody_speaks_in_is_kept() -> None:
    scene = read(WOYZECK, "h4").scenes[2]
    assert (scene.id, scene.characters, scene.words, scene.opening) == (
        "h4-3",
        (),
        0,
        "Buden. Lichter. Volk.",
    )


@pytest.mark.parametrize("asked", ["H4", " h4 "])
def test_a_version_is_asked_in_capitals_too(asked) -> None:
    assert len(read(WOYZECK, asked).scenes) == 17


def test_an_unknown_version_is_refused_with_those_that_exist() -> None:
    with pytest.raises(BadInput) as refusal:
        read(WOYZECK, "h5")
    assert str(refusal.value).startswith(
        "buechner-woyzeck.tei.xml : version « h5 » inconnue ; attendu : h1 (Erste Fassung. Szene"
    )


def test_a_plain_play_has_no_version_to_ask_for() -> None:
    with pytest.raises(BadInput, match="ce texte n’a qu’une version : retirez --version"):
        read(LEONCE, "h1")


# -- Leonce und Lena ------------------------------------------------------------------------------------


def test_leonce_has_three_acts_of_numbered_scenes() -> None:
    assert [(scene.id, scene.number, scene.act) for scene in read(LEONCE).scenes] == [
        *((f"1-{n}", str(n), "Erster Akt") for n in range(1, 5)),
        *((f"2-{n}", str(n), "Zweiter Akt") for n in range(1, 5)),
        *((f"3-{n}", str(n), "Dritter Akt") for n in range(1, 4)),
    ]
    assert read(LEONCE).versions == ()


def test_leonce_counts_agree_with_an_independent_count() -> None:
    assert as_counts(read(LEONCE)) == counted(str(LEONCE))
    assert as_counts(read(LEONCE))["Leonce"] == {"cues": 85, "words": 3083, "scenes": 7}


def test_a_speech_of_four_counts_for_each_and_once_for_the_scene() -> None:
    crowd = read(LEONCE).scenes[-1]
    alone = sum(one.words for one in read(LEONCE).characters)
    assert "Vierter Diener" in crowd.characters
    assert sum(scene.words for scene in read(LEONCE).scenes) < alone


def test_the_printed_cast_list_of_leonce_adds_nobody() -> None:
    assert [one.name for one in read(LEONCE).characters if one.listed_only] == []
    assert len(read(LEONCE).characters) == 21


# -- one difficulty at a time ---------------------------------------------------------------------------

ANNA = '<person xml:id="anna"><persName>Anna</persName></person>'
SCENE = (
    '<div type="scene"><head>Scène I</head><sp who="#anna"><speaker>ANNA.</speaker><p>Bonjour.</p></sp></div>'
)


def test_what_is_not_said_is_not_counted() -> None:
    script = tei(
        '<div type="scene"><head>Scène II</head><sp who="#anna"><speaker>ANNA, riant.</speaker>'
        "<stage>Elle entre.</stage><p>Un<stage>Elle rit.</stage> deux <note>sic</note>– trois<lb/>quatre.</p>"
        "<l>cinq</l><l>six</l></sp></div>",
        people=ANNA,
    )
    assert script.characters[0].words == 6
    assert script.scenes[0].number == "2"


def test_a_page_break_inside_a_word_does_not_cut_it() -> None:
    script = tei(
        '<div type="scene"><sp who="#anna"><p>merveil<pb break="no"/>leux</p></sp></div>', people=ANNA
    )
    assert script.scenes[0].words == 1


def test_of_two_readings_the_corrected_one_is_counted() -> None:
    script = tei(
        '<div type="scene"><sp who="#anna"><p><choice><sic>un mot de trop</sic><corr>juste</corr></choice>'
        "</p></sp></div>",
        people=ANNA,
    )
    assert script.scenes[0].words == 1


def test_silent_and_merely_listed_characters_are_kept() -> None:
    script = tei(
        SCENE,
        people=ANNA + '<person xml:id="page"><persName>Le Page</persName></person>',
        front="<castList><castItem><role>Anna</role></castItem><castItem>Un page, muet</castItem>"
        "<castItem>Gardes.</castItem></castList>",
    )
    assert [(one.name, one.listed_only, one.cues) for one in script.characters] == [
        ("Anna", False, 1),
        ("Le Page", True, 0),
        ("Gardes", True, 0),
    ]


def test_listed_characters_stay_when_one_version_is_asked() -> None:
    body = f"<div><head>Version (A1)</head>{SCENE}</div><div><head>Version (A2)</head>{SCENE}</div>"
    data = tei_bytes(body, people=ANNA + '<person xml:id="page"><persName>Page</persName></person>')
    script = read_script(data, name="essai.xml", version="a2")
    assert [(one.name, one.cues, one.listed_only) for one in script.characters] == [
        ("Anna", 1, False),
        ("Page", 0, True),
    ]


def test_a_speaker_missing_from_the_list_is_added_and_said() -> None:
    script = tei('<div type="scene"><sp who="#inconnu"><speaker>LE FOU.</speaker><p>Oui.</p></sp></div>')
    assert [(one.name, one.id, one.words) for one in script.characters] == [("LE FOU", "inconnu", 1)]
    assert [finding.code for finding in script.findings] == ["script.unlisted_speaker"]


def test_two_characters_of_one_name_are_told_apart() -> None:
    script = tei(
        '<div type="scene"><sp who="#a #b"><p>Oui.</p></sp></div>',
        people='<person xml:id="a"><persName>Garde</persName></person>'
        '<person xml:id="b"><persName>Garde</persName></person>',
    )
    assert [(one.name, one.id) for one in script.characters] == [("Garde", "a"), ("Garde (2)", "b")]
    assert script.scenes[0].characters == ("Garde", "Garde (2)")


def test_a_version_without_siglum_takes_its_rank() -> None:
    script = tei(
        f"<div><head>Première version</head>{SCENE}</div>"
        f"<div><head>Version (B2)</head>{SCENE}</div>"
        f"<div><head>Troisième version</head>{SCENE}</div>"
    )
    assert [(version.id, version.scenes) for version in script.versions] == [("1", 1), ("b2", 1), ("3", 1)]
    assert [scene.id for scene in script.scenes] == ["1-1", "b2-1", "3-1"]


def test_parts_and_acts_are_kept_apart_from_versions() -> None:
    act = f'<div type="act"><head>Acte I</head>{SCENE}</div>'
    script = tei(f'<div type="part"><head>Première journée</head>{act}</div><div type="part">{act}</div>')
    assert script.versions == ()
    assert [(scene.id, scene.part, scene.act) for scene in script.scenes] == [
        ("p1-1-1", "Première journée", "Acte I"),
        ("p2-1-1", "Partie 2", "Acte I"),
    ]


def test_a_scene_without_title_or_number_takes_its_rank() -> None:
    script = tei('<div type="act"><div type="scene"><stage>Nuit.</stage></div><div type="scene"/></div>')
    assert [(s.id, s.number, s.heading) for s in script.scenes] == [
        ("1-1", None, "Scène 1"),
        ("1-2", None, "Scène 2"),
    ]
    assert [finding.about for finding in script.findings] == ["scene/1-2"]


def test_a_number_given_twice_is_said_and_both_scenes_kept() -> None:
    script = tei(SCENE + SCENE, people=ANNA)
    assert [scene.id for scene in script.scenes] == ["1", "1-2"]
    assert [finding.code for finding in script.findings] == ["script.repeated_number"]


def test_a_speech_outside_every_scene_is_said_and_not_counted() -> None:
    script = tei(
        f'<div type="prologue"><sp who="#anna"><speaker>ANNA.</speaker><p>Un deux.</p></sp></div>{SCENE}',
        people=ANNA,
    )
    assert [(finding.code, finding.about) for finding in script.findings] == [
        ("script.speech_outside_scene", "script/essai")
    ]
    assert script.characters[0].words == 1


def test_a_play_without_the_tei_namespace_is_read() -> None:
    data = tei_bytes(SCENE, people=ANNA).replace(b' xmlns="http://www.tei-c.org/ns/1.0"', b"")
    assert read_script(data, name="essai.xml").scenes[0].characters == ("Anna",)


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("SCÈNE PREMIÈRE", "1"),
        ("Scène XIV", "14"),
        ("Scène II. Orgon, Elmire", "2"),
        ("Dritte Szene", "3"),
        ("Auftritt 12", "12"),
        ("Scene the last", None),
        ("Un jardin", None),
    ],
)
def test_the_number_is_read_in_the_title(heading, number) -> None:
    assert tei(SCENE.replace("Scène I", heading)).scenes[0].number == number
