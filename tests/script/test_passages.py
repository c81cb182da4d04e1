"""Passages marked in a writing: found again, cut into the text, followed or lost in a new version."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from filage.facts.intent import Mark, Writing
from filage.script.passages import new_version, standing, stretches, suggested

TEXT = "Un brouillard bas vient de l’étang. La danse est jouée à l’accordéon. Un couteau brille."


def mark(ident: str, passage: str, start: int | None = None) -> Mark:
    return Mark(id=ident, writing="writing/note", passage=passage, start=start)


def test_marks_come_in_the_order_of_the_text_those_gone_apart():
    marks = [mark("knife", "Un couteau brille"), mark("gone", "une cloche"), mark("fog", "brouillard bas")]
    found, lost = standing(TEXT, marks)
    assert [(one.mark.id, TEXT[one.start : one.end]) for one in found] == [
        ("fog", "brouillard bas"),
        ("knife", "Un couteau brille"),
    ]
    assert [one.id for one in lost] == ["gone"]


def test_a_text_is_cut_where_passages_begin_and_end_even_one_inside_another():
    found, _lost = standing(TEXT, [mark("long", "brouillard bas vient"), mark("short", "bas")])
    cut = [(piece.text, [one.id for one in piece.marks], [one.id for one in piece.opens])
           for piece in stretches(TEXT, found)]  # fmt: skip
    assert cut[:4] == [
        ("Un ", [], []),
        ("brouillard ", ["long"], ["long"]),
        ("bas", ["long", "short"], ["short"]),
        (" vient", ["long"], []),
    ]


def test_a_new_version_moves_the_passages_that_are_still_there_and_says_which_are_lost():
    writing = Writing(id="note", label="Note", text=TEXT)
    marks = [mark("fog", "brouillard bas", 3), mark("knife", "Un couteau brille", 70)]
    changes, kept, lost = new_version(writing, "Au matin, un BROUILLARD bas.", marks)
    assert [(one.about, dict(one.values)) for one in changes] == [
        ("writing/note", {"text": "Au matin, un BROUILLARD bas."}),
        ("mark/fog", {"start": 13}),
    ]
    assert [one.id for one in kept] == ["fog"]
    assert [one.id for one in lost] == ["knife"]


def test_what_the_words_suggest_is_proposed():
    assert "couteau" in {one.label for one in suggested(TEXT)}
    assert (
        suggested("Der Wald ist schwarz und der Mond scheint auf das Wasser und wir gehen nach Hause") == ()
    )


@given(st.text("ab c", max_size=60), st.lists(st.text("ab c", min_size=1, max_size=6), max_size=4))
def test_the_pieces_put_together_are_the_text(text: str, passages: list[str]):
    marks = [mark(f"m{rank}", passage) for rank, passage in enumerate(passages) if passage.strip()]
    found, lost = standing(text, marks)
    assert "".join(piece.text for piece in stretches(text, found)) == text
    assert len(found) + len(lost) == len(marks)
