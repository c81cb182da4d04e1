"""Words cut by marks lose nothing, whatever the marks; French spaces move no place."""

from hypothesis import given
from hypothesis import strategies as st

from filage.facts.dossier import Dossier
from filage.facts.intent import Mark
from filage.facts.production import Production
from filage.facts.script import Element, Scene
from filage.script.draft import Printed
from filage.script.texts import laid_out
from filage_web.script.scenes import _paragraphs, _placed, bare, french

TEXT = laid_out([Printed("heading", "INT. GARE - NUIT"), Printed("action", "Une voiture passe : « vite » !")])
SPANS = st.tuples(st.integers(0, len(TEXT.text) - 1), st.integers(1, 30))


@given(st.lists(SPANS, max_size=6))
def test_pieces_say_the_whole_text_in_order(spans):
    element = Element(id="e", label="Voiture", category="vehicle")
    scene = Scene(id="s", label="Gare", elements=("element/e",))
    marks = [
        Mark(id=f"m{rank}", scene="scene/s", passage=passage, start=start, element="element/e")
        for rank, (start, length) in enumerate(spans)
        if (passage := TEXT.text[start : start + length]).strip()
    ]
    dossier = Dossier.of_facts([Production(id="p", label="P", form="fiction"), scene, element, *marks])
    placed, lost = _placed(dossier, TEXT, marks)
    assert lost == ()
    paragraphs = list(_paragraphs(TEXT, placed))
    assert ["".join(piece.text for piece in one.pieces) for one in paragraphs] == [
        french(block.text) for block in TEXT.blocks
    ]
    for one in paragraphs:
        for piece in one.pieces:
            assert french(TEXT.text)[piece.at : piece.at + len(piece.text)] == piece.text


@given(st.text(alphabet="a «»:;!?\n", max_size=40))
def test_french_spaces_keep_every_place(text):
    assert len(french(text)) == len(text)
    assert french(text).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == text


def test_a_name_without_its_article():
    assert [bare(name) for name in ("La Navette", "l’étang", "Des bougies", "Lecteur")] == [
        "navette",
        "etang",
        "bougies",
        "lecteur",
    ]
