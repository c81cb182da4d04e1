"""Ids from words: readable, and never twice the same."""

from __future__ import annotations

import pytest

from filage.script.ids import Unique, slug


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("INT. CHAMBRE D’ÉLÉONORE – NUIT", "int-chambre-d-eleonore-nuit"),
        ("Großmutter", "grossmutter"),
        ("CHŒUR", "choeur"),
        ("И", "scene"),
        ("", "scene"),
        ("a" * 47 + " b", "a" * 47),
    ],
)
def test_a_slug_keeps_letters_and_figures(text, made) -> None:
    assert slug(text, "scene") == made


def test_a_name_already_made_is_not_made_again() -> None:
    unique = Unique()
    assert [unique.take(name) for name in ("a", "a", "a-2", "a", "a-2")] == [
        "a",
        "a-2",
        "a-2-2",
        "a-3",
        "a-2-3",
    ]
