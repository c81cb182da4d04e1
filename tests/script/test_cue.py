"""Who speaks: one person however the cue is written."""

from __future__ import annotations

import pytest

from filage.script.cue import cue_name, speaker_key


@pytest.mark.parametrize(
    "written",
    [
        "ZOÉ",
        "ZOE",
        "ZOÉ (OFF)",
        "ZOÉ OFF",
        "ZOÉ VOIX OFF",
        "ZOÉ, OFF",
        "ZOÉ - SUITE",
        "ZOÉ (V.O.) (SUITE)",
        "ZOÉ V.O.",
        "ZOÉ (CONT’D) ^",
        "ZOÉ (au téléphone",
        "@Zoé (hors champ)",
        "*ZOÉ* :",
    ],
)
def test_is_zoe(written) -> None:
    name = cue_name(written)
    assert name is not None
    assert speaker_key(name) == "zoe"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("VOIX OFF", "VOIX OFF"),
        ("UNE VOIX OFF", "UNE VOIX OFF"),
        ("L’HOMME À LA VALISE", "L’HOMME À LA VALISE"),
        ("M. DUPONT, OFF", "M. DUPONT"),
        ("3 HOMMES", "3 HOMMES"),
        ("N°5", "N°5"),
        ("Mme LEROY", "Mme LEROY"),
        ("LA SUITE", "LA SUITE"),
        ("BOUM !", None),
        ("ET PUIS...", None),
        ("FONDU AU NOIR :", None),
        ("(bas)", None),
        ("12", None),
        ("Zoé", None),
    ],
)
def test_the_name_is_kept_as_written(written, name) -> None:
    assert cue_name(written) == name
