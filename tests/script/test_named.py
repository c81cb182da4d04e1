"""Who is named in the action of a scene is proposed for it; who is spoken of is not."""

from __future__ import annotations

from filage.facts.script import Element
from filage.script.draft import Printed
from filage.script.named import roles_named
from filage.script.texts import laid_out

ZOE = Element(id="zoe", label="ZOÉ")
OFFICER = Element(id="adjudante", label="L’ADJUDANTE")


def named(*paragraphs: Printed) -> list[tuple[str, str]]:
    text = laid_out(paragraphs)
    return [(one.role.id, text.text[one.start : one.end]) for one in roles_named(text, [ZOE, OFFICER])]


def test_a_name_in_the_action_is_found_whatever_its_case_and_accents() -> None:
    heading = Printed("heading", "INT. GRANGE – NUIT")
    action = Printed("action", "Une échelle. L’adjudante observe. Zoe grimpe.")
    assert named(heading, action) == [("adjudante", "adjudante"), ("zoe", "Zoe")]


def test_a_name_in_a_speech_a_cue_or_a_heading_says_nothing() -> None:
    paragraphs = [
        Printed("heading", "INT. CHAMBRE DE ZOÉ – AUBE"),
        Printed("action", "Le lit est vide."),
        Printed("cue", "L’ADJUDANTE"),
        Printed("speech", "Zoé !"),
    ]
    assert named(*paragraphs) == []


def test_part_of_a_word_is_no_name() -> None:
    assert named(Printed("action", "Un zoéthrope et des adjudantes.")) == []
