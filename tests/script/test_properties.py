"""Whatever is given, a script or a refusal comes back, never a crash."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.kernel.errors import BadInput
from filage.script.elements import suggest_elements
from filage.script.facts import facts_of
from filage.script.match import match_scenes
from filage.script.read import read_script
from filage.script.shape import Script
from filage.script.texts import scene_texts
from script.texts import fdx_bytes, tei_bytes

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
PIECES = [
    *("INT. CUISINE - NUIT", "12. EXT. RUE – JOUR #12#", "I/E. BUS", ".RÊVE", ".", "int. a", "EST. B", "#1#"),
    *(
        "ZOÉ",
        "M. DUPONT (OFF)",
        "@McAvoy ^",
        "@",
        "ZOÉ (",
        "(bas)",
        "(",
        "~La la",
        "Bonjour – toi.",
        "BOUM !",
    ),
    *("# ACTE I", "## Suite", "= résumé", "===", "> FONDU", ">fin<", "!crié", "FONDU AU NOIR :", "Titre: X"),
    *("/*", "*/", "[[", "]]", "", "", "  ", "\t", "*gras*", "_", "\x0b", "\u2028", "é" * 300, "(a)" * 50),
]
LINES = st.lists(
    st.sampled_from(PIECES) | st.text(max_size=12).filter(lambda text: "\x00" not in text), max_size=40
)
NAMES = st.sampled_from(["a", "b", "zoé", "a b", "", "#", "x_y"])
INSIDE = st.recursive(
    st.text(alphabet="abé –.", max_size=8),
    lambda inner: st.builds(
        lambda tag, who, texts: f'<{tag} who="{who}" type="scene" n="{who}">{"".join(texts)}</{tag}>',
        st.sampled_from(
            ["div", "div", "sp", "sp", "p", "stage", "speaker", "head", "choice", "lb", "castList", "role"]
        ),
        NAMES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


PARAGRAPHS = st.recursive(
    st.builds(
        lambda kind, number, length, tag, text: (
            f'<Paragraph Type="{kind}" Number="{number}"><SceneProperties Length="{length}"/>'
            f'<Text TagNumber="{tag}">{text}</Text></Paragraph>'
        ),
        st.sampled_from(
            [
                "Scene Heading",
                "Scene Heading",
                "Action",
                "Character",
                "Dialogue",
                "Parenthetical",
                "Shot",
                "Z",
                "",
            ]
        ),
        st.sampled_from(["", "1", "1A", "1", "é", " "]),
        st.sampled_from(["", "1 6/8", "0", "x", "99999/8", "-1/8"]),
        st.sampled_from(["", "1", "2", "1,2", "x"]),
        st.sampled_from(["INT. A - JOUR", "ZOÉ (OFF)", "(bas) un chien", "CUT TO:", "", "@", "8 ans"]),
    ),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["DualDialogue", "Paragraph", "ScriptNote", "Text"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)
TAGS = (
    '<Cast><Member Character="ZOÉ"/><Member Character=""/><Member/></Cast><TagData><TagCategory Id="c" Name="Props"/>'
    '<TagCategory Id="d" Name="?"/><TagDefinition CatId="c" Id="1" Label="Zoé" Number="1"/>'
    '<TagDefinition CatId="d" Id="2" Number="2"/><Tag Number="2"/><Tag/></TagData>'
)
ROWS = st.lists(
    st.lists(
        st.sampled_from(
            ["", "1", "Titre", "Durée", "3:45", "Zoé, Marc", "Total", "ACTE I", "n°", '"', "é" * 400]
        ),
        max_size=5,
    ),
    max_size=12,
)


def check(script: Script) -> None:
    ids = [scene.id for scene in script.scenes]
    assert len(set(ids)) == len(ids) > 0
    assert all(ID.fullmatch(ident) for ident in [*ids, *(one.id for one in script.characters)])
    shortest = 0 if script.format == "running_order" else 1
    assert all(scene.words >= 0 and scene.eighths >= shortest for scene in script.scenes)
    names = [one.name for one in script.characters]
    assert len(set(names)) == len(names)
    assert all(set(scene.characters) <= set(names) for scene in script.scenes)
    for one in script.characters:
        assert one.scenes == sum(one.name in scene.characters for scene in script.scenes)
        assert one.words >= 0
        assert one.cues >= one.scenes or script.format == "running_order"
        assert not (one.listed_only and one.cues)
    assert len({finding.key for finding in script.findings}) == len(script.findings)
    marked = {element for scene in script.scenes for element in scene.elements}
    passages = [passage for scene in script.scenes for passage in scene.passages]
    assert {passage.element for passage in passages} <= marked
    facts = [change.about for change in facts_of(script)]
    assert len(set(facts)) == len(facts)
    assert len(ids) + len(names) < len(facts) <= len(ids) + len(names) + len(marked) + len(passages) + 1
    for scene in script.scenes:
        assert all(one.passage and one.times > 0 for one in suggest_elements(scene))
    assert len(match_scenes(script.scenes, script.scenes).same) == len(ids)


def read_or_refuse(data: bytes, name: str) -> None:
    try:
        script = read_script(data, name=name)
    except BadInput:
        return
    check(script)
    texts = scene_texts(data, name)
    assert list(texts) == [scene.id for scene in script.scenes]
    for passage in [one for scene in script.scenes for one in scene.passages if one.start is not None]:
        assert any(text.text[passage.start :].startswith(passage.text) for text in texts.values())
    for text in texts.values():
        assert all(block.text for block in text.blocks)
        assert [text.text[block.start : block.end] for block in text.blocks] == [
            one.text for one in text.blocks
        ]


@given(LINES)
def test_any_fountain_text_gives_a_script_or_a_refusal(lines) -> None:
    read_or_refuse("\n".join(lines).encode("utf-8", errors="replace"), "essai.fountain")


@given(LINES)
def test_nothing_added_after_a_text_hides_its_first_scene(lines) -> None:
    start = "INT. DÉPART - JOUR #999#\n\nZOÉ\nUn deux trois.\n\nElle sort.\n\n"
    script = read_script((start + "\n".join(lines)).encode("utf-8", errors="replace"), name="essai.fountain")
    check(script)
    assert (script.scenes[0].id, script.scenes[0].characters[0]) == ("999", "ZOÉ")


@given(st.binary(max_size=200), st.sampled_from([b"", b"<TEI>", b"<?xml", b"\xff\xfe<", b"INT. A\n\n"]))
def test_any_bytes_give_a_script_or_a_refusal(data, start) -> None:
    read_or_refuse(start + data, "essai")


@given(INSIDE)
def test_any_tree_of_elements_gives_a_script_or_a_refusal(body) -> None:
    read_or_refuse(tei_bytes(body, people='<person xml:id="a"/>', front=body), "essai.xml")


@given(st.integers(min_value=0, max_value=400))
def test_a_play_cut_anywhere_gives_a_refusal(cut) -> None:
    whole = tei_bytes('<div type="scene"><sp who="#a"><p>Oui.</p></sp></div>')
    read_or_refuse(whole[: len(whole) - 1 - cut], "essai.xml")


@given(st.lists(PARAGRAPHS, max_size=12))
def test_any_final_draft_file_gives_a_script_or_a_refusal(paragraphs) -> None:
    read_or_refuse(fdx_bytes("".join(paragraphs), after=TAGS), "essai.fdx")


@given(st.lists(PARAGRAPHS, min_size=1, max_size=4), st.integers(min_value=1, max_value=400))
def test_a_final_draft_file_cut_anywhere_gives_a_refusal(paragraphs, cut) -> None:
    whole = fdx_bytes("".join(paragraphs)).rstrip()
    with pytest.raises(BadInput) as refusal:
        read_script(whole[: len(whole) - cut], name="essai.fdx")
    assert all(problem.message and problem.file for problem in refusal.value.problems)


@given(ROWS, st.sampled_from(";,\t"), st.booleans())
def test_any_table_gives_a_script_or_a_refusal(rows, mark, headed) -> None:
    lines = [mark.join(["n°", "Titre", "Durée", "Artistes"])] * headed + [mark.join(row) for row in rows]
    read_or_refuse("\n".join(lines).encode(), "essai.csv")


@given(st.binary(max_size=300))
def test_any_workbook_gives_a_script_or_a_refusal(data) -> None:
    read_or_refuse(b"PK\x03\x04" + data, "essai.xlsx")
