"""What the words of a scene suggest, in French and in English, and what they must not."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from filage.facts.base import choices
from filage.facts.script import Element
from filage.script.elements import LANGUAGES, Suggestion, _form, language_of, suggest_elements
from filage.script.risks import risk_labels
from script.texts import FIXTURES, NAVETTE, ROOT, fountain, read

WORDS = yaml.safe_load((ROOT / "src/filage/data/script/elements.yaml").read_text(encoding="utf-8"))


def suggested(shown: str, *, heading: str = "INT. PIÈCE - JOUR") -> list[tuple[str, str, str | None]]:
    scene = fountain(f"{heading}\n\n{shown}\n").scenes[0]
    return [(one.category, one.label, one.risk) for one in suggest_elements(scene)]


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("Elle pose un PISTOLET sur la table.", [("props", "pistolet", "weapon")]),
        ("Les voitures passent dans la rue.", [("vehicle", "voiture", None)]),
        ("Deux chevaux et un chien entrent.", [("animal", "cheval", None), ("animal", "chien", None)]),
        ("Il se jette du haut de la falaise.", [("stunt", "saut", "height"), ("stunt", "falaise", "height")]),
        ("Ils s’embrassent.", [("intimacy", "baiser", None)]),
        ("La maison est en feu.", [("effect", "incendie", "fire")]),
        ("Un feu brûle dans la cour.", [("effect", "feu", "fire")]),
        ("Un coup de feu.", [("effect", "coup de feu", "weapon")]),
        ("Il joue de la guitare dans la cour.", [("music", "guitare", None)]),
        ("Une fillette avec sa poupée.", [("child", "petite fille", None), ("props", "poupée", None)]),
        ("La foule applaudit.", [("extras", "foule", None)]),
        ("Il pleut dans la cour.", [("effect", "pluie", None)]),
        ("Elle saute à l’eau.", [("stunt", "plongeon", "water")]),
        ("Ils se battent dans la cour.", [("stunt", "bagarre", None)]),
        ("NOÉ, 11 ans, attend avec son sac.", [("child", "enfant de 11 ans", None)]),
        ("SAMIRA (58 ans) attend.", []),
        ("Un garçon âgé de 7 ans la regarde.", [("child", "enfant de 7 ans", None)]),
        ("Le gun est dans la boîte de la voiture.", [("vehicle", "voiture", None)]),
    ],
)
def test_french_words_suggest(shown, found) -> None:
    assert suggested(shown) == found


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("She puts the gun on the table.", [("props", "gun", "weapon")]),
        ("The two dogs run to the car.", [("animal", "dog", None), ("vehicle", "car", None)]),
        ("He jumps off the cliff.", [("stunt", "jump", "height"), ("stunt", "cliff", "height")]),
        ("They kiss in the rain.", [("intimacy", "kiss", None), ("effect", "rain", None)]),
        (
            "ZOE (8) is at the door with a candle.",
            [("child", "child aged 8", None), ("props", "candle", "fire")],
        ),
        ("A 9-year-old and MARK (45) wait at the gate.", [("child", "child aged 9", None)]),
        ("The singe of the coin and the chat.", []),
    ],
)
def test_english_words_suggest(shown, found) -> None:
    assert suggested(shown) == found


@pytest.mark.parametrize(
    "shown",
    [
        "Le feu rouge passe au vert. Elle démarre dans la rue.",
        "Entre chien et loup, la place est vide.",
        "Il marche pieds nus dans la cour.",
        "Elle est en train de lire la suite.",
        "Il ferme la porte à clé.",
        "Elle le salue comme on salue un cheval.",
        "Ses yeux sont clairs comme ceux d’un chat.",
        "Il a une queue de cheval et de la patience.",
        "La nuit tombe sur la ville.",
        "Dix secondes. Il reste debout, 8 ans plus tard, dans la cour.",
        "The bus stop is empty in the morning.",
        "She storms out of the room and falls asleep at the desk.",
    ],
)
def test_words_that_mean_something_else_suggest_nothing(shown) -> None:
    assert suggested(shown) == []


def test_a_comparison_ends_with_its_breath() -> None:
    assert suggested("Il court comme un fou, le chien derrière lui dans la rue.") == [
        ("animal", "chien", None)
    ]


def test_the_set_suggests_and_speeches_do_not() -> None:
    scene = fountain(
        "INT. CARAVANE - NUIT\n\nElle dort dans la pièce.\n\nZOÉ\nUn chien ! Un fusil !\n"
    ).scenes[0]
    assert suggest_elements(scene) == (Suggestion("vehicle", "caravane", None, "CARAVANE"),)


def test_the_passage_is_the_sentence_as_written_and_repeats_are_counted() -> None:
    scene = fountain(
        "INT. A - JOUR\n\nIl entre. Un CŒUR d’or et un ÉPAGNEUL : son chien dort. Le chien rêve.\n"
    )
    assert suggest_elements(scene.scenes[0]) == (
        Suggestion("animal", "chien", None, "Un CŒUR d’or et un ÉPAGNEUL : son chien dort.", 2),
    )


def test_a_long_sentence_is_shortened_around_the_word() -> None:
    shown = "dans la cour " * 30 + "un fusil " + "dans la cour " * 30
    passage = suggest_elements(fountain(f"INT. A - JOUR\n\n{shown}\n").scenes[0])[0].passage
    assert len(passage) <= 142
    assert passage.startswith("…")
    assert passage.endswith("…")
    assert "un fusil" in passage


def test_what_the_author_marked_is_said_marked_and_keeps_its_risk() -> None:
    scenes = read(FIXTURES / "fdx_synth.fdx").scenes
    assert [(one.label, one.risk, one.marked) for one in suggest_elements(scenes[0])] == [
        ("fusil", "weapon", True),
        ("chien", None, True),
    ]


def test_the_example_is_broken_down() -> None:
    found = Counter(
        (one.category, one.label) for scene in read(NAVETTE).scenes for one in suggest_elements(scene)
    )
    assert found[("vehicle", "navette")] > 8
    assert found[("props", "gâteau")] == 2
    assert found[("props", "bougie")] == 2
    assert found[("child", "enfant de 11 ans")] == 1
    assert not {label for category, label in found if category in ("animal", "stunt", "intimacy")}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Elle est dans la cour", "fr"),
        ("She is in the yard", "en"),
        ("", "fr"),
        ("Zoé ! Marc !", "fr"),
        ("Der Rat sitzt am Tisch und " * 8, None),
    ],
)
def test_the_language_is_told_by_the_small_words(text, language) -> None:
    assert language_of(text) == language


def test_a_text_in_another_language_suggests_nothing() -> None:
    assert suggested("Der Rat geht langsam durch den Garten, und niemand spricht. " * 5) == []


def test_the_words_are_well_kept() -> None:
    assert set(choices(Element, "category")) >= {listed["category"] for listed in WORDS["lists"]}
    assert {listed["risk"] for listed in WORDS["lists"]} <= {None, *risk_labels()}
    assert all(source["what"] and source["url"].startswith("http") for source in WORDS["sources"])
    for language in LANGUAGES:
        written = [entry for listed in WORDS["lists"] for entry in listed[language]]
        forms = [part.strip() for entry in written for part in entry.rpartition(" = ")[2].split("|")]
        times = Counter(_form(form) for form in forms)
        assert {form for form, count in times.items() if count > 1} == set()
        assert {_form(form) for form in WORDS["never"][language]} & set(times) == set()


def test_a_ladder_is_a_prop_that_asks_for_care_and_no_scaffolding() -> None:
    (scene,) = fountain("INT. GRANGE - NUIT\n\nUne échelle est posée dans la grange.\n").scenes
    assert [(one.category, one.label, one.risk) for one in suggest_elements(scene)] == [
        ("props", "échelle", "height")
    ]
