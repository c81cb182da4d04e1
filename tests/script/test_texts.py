"""The words of each scene, and where a marked passage stands when the text has changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.facts.intent import Mark
from filage.facts.reading import read_dossier
from filage.facts.script import Scene
from filage.script.read import read_script
from filage.script.texts import find_mark, find_passage, scene_texts, text_of
from script.texts import FIXTURES, LEONCE, NAVETTE, PLAYS, ROOT, WOYZECK, fdx_bytes, said, tei_bytes

FILES = [WOYZECK, LEONCE, NAVETTE, PLAYS / "conduite-concert.csv", *sorted(FIXTURES.glob("*.f*"))]
PAGE = """1. INT. CUISINE - NUIT

La *radio* grésille.
Elle s’arrête.

ZOÉ (OFF) ^
(bas)
Tu dors ?
Dis.
(un temps, et
la porte)
Bon.

> FONDU AU NOIR

[[une note]] Un chat passe.

> CENTRÉ <
"""


def shown(data: bytes | str, name: str = "essai.fountain") -> list[tuple[str, str]]:
    """The paragraphs of the only scene."""
    (text,) = scene_texts(data.encode() if isinstance(data, str) else data, name).values()
    return [(block.kind, block.text) for block in text.blocks]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_scene_that_is_read_has_its_text(path) -> None:
    data = path.read_bytes()
    texts = scene_texts(data, path.name)
    assert list(texts) == [scene.id for scene in read_script(data, name=path.name).scenes]
    for text in texts.values():
        assert text.blocks[0].kind == "heading"
        assert [text.text[block.start : block.end] for block in text.blocks] == [
            one.text for one in text.blocks
        ]


def test_a_fountain_page_paragraph_by_paragraph() -> None:
    assert shown(PAGE) == [
        ("heading", "INT. CUISINE - NUIT"),
        ("action", "La radio grésille. Elle s’arrête."),
        ("cue", "ZOÉ (OFF)"),
        ("parenthetical", "(bas)"),
        ("speech", "Tu dors ? Dis."),
        ("parenthetical", "(un temps, et la porte)"),
        ("speech", "Bon."),
        ("transition", "FONDU AU NOIR"),
        ("action", "Un chat passe."),
        ("action", "CENTRÉ"),
    ]


def test_a_final_draft_page_paragraph_by_paragraph() -> None:
    together = "<DualDialogue>" + said("Character", "MARC") + said("Dialogue", "Oui.") + "</DualDialogue>"
    page = [
        said("Scene Heading", "INT. BUS - NUIT", Number="7"),
        said("Action", "Il pleut."),
        said("Character", "ZOÉ (CONT’D)"),
        said("Parenthetical", "(bas)"),
        said("Dialogue", "Tu dors ?"),
        f"<Paragraph>{together}</Paragraph>",
        said("Transition", "CUT TO:"),
    ]
    assert shown(fdx_bytes("".join(page)), "essai.fdx") == [
        ("heading", "INT. BUS - NUIT"),
        ("action", "Il pleut."),
        ("cue", "ZOÉ (CONT’D)"),
        ("parenthetical", "(bas)"),
        ("speech", "Tu dors ?"),
        ("cue", "MARC"),
        ("speech", "Oui."),
        ("transition", "CUT TO:"),
    ]


def test_a_play_paragraph_by_paragraph_verses_line_by_line() -> None:
    body = (
        '<div type="scene"><head>Scène I</head><stage>Un jardin.</stage>'
        '<sp who="#z"><speaker>ZOÉ.</speaker><p>Voici <stage>elle montre</stage> l’arbre.</p>'
        "<lg><l>Il était un roi</l><l>de Thulé</l></lg></sp></div>"
    )
    assert shown(tei_bytes(body), "essai.xml") == [
        ("heading", "Scène I"),
        ("stage", "Un jardin."),
        ("cue", "ZOÉ."),
        ("speech", "Voici"),
        ("stage", "elle montre"),
        ("speech", "l’arbre.\nIl était un roi\nde Thulé"),
    ]


def test_the_scenes_of_woyzeck_find_their_text_in_the_file_of_drafts() -> None:
    dossier = read_dossier((ROOT / "examples" / "woyzeck.filage.yaml").read_bytes(), file="woyzeck")
    texts = scene_texts(WOYZECK.read_bytes(), WOYZECK.name)
    assert [scene.id for scene in dossier.all(Scene) if text_of(texts, scene) is None] == []


def mark(passage: str, start: int | None = None) -> Mark:
    return Mark(id="m", scene="scene/1", passage=passage, start=start)


TEXT = "Zoé pose le verre.\nMarc pose le verre, puis l’autre.\nZoé sort."


@pytest.mark.parametrize(
    ("passage", "start", "found"),
    [
        ("pose le verre", 0, "4"),
        ("pose le verre", 30, "24"),
        ("pose le verre", None, "4"),
        ("POSE LE VERRE. marc", 0, "4"),
        ("verre puis l'autre", 0, "32"),
        ("zoe sort", 0, "53"),
        ("pose l’assiette", 0, None),
        ("…", 0, None),
    ],
)
def test_a_passage_is_found_at_its_nearest_place_or_not_at_all(passage, start, found) -> None:
    place = find_mark(TEXT, mark(passage, start))
    assert (None if place is None else str(place[0])) == found


@given(st.text(max_size=60), st.text(min_size=1, max_size=12), st.text(max_size=60))
def test_a_passage_that_is_there_is_found(before, passage, after) -> None:
    text = before + passage + after
    place = find_passage(text, passage, near=len(before))
    assert place == (len(before), len(before) + len(passage))
