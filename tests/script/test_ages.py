"""The age a text writes after a name, and nothing that only looks like one."""

from __future__ import annotations

import pytest

from filage.kernel.changes import add
from filage.script.ages import ages_named
from filage.script.facts import facts_of
from script.texts import fountain


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("ZOÉ, 9 ans, dessine.", {"Zoé": 9}),
        ("Zoé (9) dessine.", {"Zoé": 9}),
        ("ZOE, aged 9, draws.", {"Zoé": 9}),
        ("ZOÉ, âgée de 9 ans, dessine.", {"Zoé": 9}),
        ("Zoé, 9 ans plus tard, dessine.", {}),
        ("Le chien de Zoé a 9 ans.", {}),
        ("CHLOZOÉ, 9 ans.", {}),
    ],
)
def test_an_age_stands_right_after_its_name(text: str, ages: dict[str, int]) -> None:
    assert ages_named(text, ["Zoé", "Gaspard"]) == ages


def test_a_role_under_sixteen_comes_in_as_a_child() -> None:
    script = fountain("1. INT. BUS - NUIT\n\nZOÉ, 9 ans. GASPARD, 60 ans.\n\nZOÉ\nOui.\n\nGASPARD\nNon.\n")
    assert facts_of(script)[:2] == [
        add("element/zoe", label="ZOÉ", category="cast", source="ZOÉ", words="1", risks=["child"],
            note="9 ans, d’après le texte."),
        add("element/gaspard", label="GASPARD", category="cast", source="GASPARD", words="1"),
    ]  # fmt: skip
