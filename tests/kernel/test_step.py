"""Steps: each verb computes and records, and the leaves alone give the root again."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.kernel import explain
from filage.kernel import step as steps
from filage.kernel.money import share_out
from filage.kernel.step import Source, Step, recompute

SURE = Source("paie.smic", "Décret", "https://example.org/smic", date(2026, 11, 1), "confirmed")
DOUBTFUL = Source("paie.at", "Article", "https://example.org/at", None, "uncertain", "à remplacer")


def number(value: str | int, label: str = "n") -> Step:
    return steps.given(label, value)


@st.composite
def trees(draw, depth: int = 3) -> Step:
    """Any tree the verbs can make, small enough to be rounded to the cent."""
    if depth == 0 or draw(st.booleans()):
        value = draw(st.decimals(-500, 500, places=2))
        leaf = draw(st.sampled_from(["given", "law", "assumed"]))
        if leaf == "given":
            return steps.given("saisi", value)
        if leaf == "law":
            return steps.law("droit", value, draw(st.sampled_from([SURE, DOUBTFUL])))
        return steps.assumed("repris", value, SURE, "2027 inconnu")
    parts = draw(st.lists(trees(depth - 1), min_size=1, max_size=3))
    first = parts[0]
    made = {
        "product": lambda: steps.product("×", *parts),
        "total": lambda: steps.total("+", parts),
        "difference": lambda: steps.difference("−", *parts),
        "quotient": lambda: steps.quotient("÷", first, parts[-1] if parts[-1].value else number(3)),
        "least": lambda: steps.least("min", *parts),
        "greatest": lambda: steps.greatest("max", *parts),
        "rounded": lambda: steps.rounded(steps.least("borné", first, number(10**12))),
        "negative": lambda: steps.negative(first),
        "relabelled": lambda: steps.relabelled(first, "autre nom"),
        "empty": lambda: steps.total("rien", []),
    }
    return made[draw(st.sampled_from(sorted(made)))]()


@given(trees())
def test_the_leaves_alone_give_the_root_again(tree) -> None:
    assert recompute(tree) == tree.value


@given(trees())
def test_the_doubt_of_a_step_is_that_of_its_worst_leaf(tree) -> None:
    assert tree.certainty == max((leaf.certainty for leaf in tree.leaves()), default=0)


@given(trees())
def test_every_value_of_law_has_its_source(tree) -> None:
    for leaf in tree.leaves():
        assert bool(leaf.sources) == (leaf.how in ("law", "assumed"))
        assert {source.id for source in leaf.sources} <= set(tree.all_sources())


@given(trees())
def test_the_explanation_of_a_tree_gives_its_value_and_its_sources(tree) -> None:
    shown = explain.as_json(tree)
    assert Decimal(shown["value"]) == tree.value
    assert next(explain.outline(tree)).startswith(f"{tree.label} = ")


@pytest.mark.parametrize(
    ("made", "value"),
    [
        (steps.product("p", number(3), number("1.5"), number(2)), "9.0"),
        (steps.total("t", [number(1), number(2), number(3)]), "6"),
        (steps.total("t", []), "0"),
        (steps.difference("d", number(10), number(3), number(4)), "3"),
        (steps.quotient("q", number(10), number(4)), "2.5"),
        (steps.power("w", number(4), number("0.5")), "2.0"),
        (steps.least("l", number(3), number(2)), "2"),
        (steps.greatest("g", number(3), number(2)), "3"),
        (steps.rounded(number("1.005")), "1.01"),
        (steps.rounded(number("0.05985"), "rate4"), "0.0599"),
        (steps.negative(number(5)), "-5"),
        (steps.relabelled(number(5), "autre"), "5"),
    ],
    ids=lambda made: made.how if isinstance(made, Step) else "",
)
def test_each_verb_computes_and_records(made, value) -> None:
    assert (made.value, recompute(made)) == (Decimal(value), Decimal(value))


@given(st.decimals(0, 100_000, places=2), st.lists(st.decimals(1, 50, places=2), min_size=1, max_size=5))
def test_shares_of_a_whole_are_recomputed_to_the_cent(amount, weights) -> None:
    whole = number(str(amount))
    for part in share_out(amount, weights):
        assert recompute(steps.share("part", part, whole)) == part


def test_dividing_by_zero_is_refused() -> None:
    with pytest.raises(ZeroDivisionError, match="division par zéro"):
        steps.quotient("q", number(1), number(0))


@pytest.mark.parametrize("value", [0.1, True])
def test_a_float_never_becomes_a_step(value) -> None:
    with pytest.raises(TypeError):
        steps.given("n", value)


def test_a_confidence_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        steps.law("n", Decimal(1), Source("a", "b", "c", None, "sure"))


def test_an_assumed_value_is_uncertain_even_from_a_confirmed_source() -> None:
    assert steps.assumed("n", Decimal(1), SURE, "2027 inconnu").confidence == "uncertain"
    assert steps.law("n", Decimal(1), SURE).confidence == "confirmed"


def test_a_step_cannot_be_altered() -> None:
    with pytest.raises(FrozenInstanceError):
        number(1).value = Decimal(2)


def test_the_outline_shows_signs_units_sources_and_doubts() -> None:
    rate = steps.law("taux", Decimal("0.0112"), DOUBTFUL, unit="rate")
    amount = steps.rounded(steps.product("Accident du travail", steps.given("brut", "160", by="saisi"), rate))
    assert list(explain.outline(amount)) == [
        "Accident du travail = 1,79\u00a0€",
        "  Accident du travail = 1,79\u00a0€   (×)",
        "    brut = 160,00\u00a0€",
        "      · saisi",
        "    taux = 1,12\u00a0%  [à vérifier]",
        "      · Article — https://example.org/at",
        "      · à remplacer",
    ]


def test_a_rounding_that_changes_nothing_is_not_told() -> None:
    amount = steps.rounded(steps.product("Décor", number(2, "quantité"), number(10, "prix")))
    assert next(explain.outline(amount)) == "Décor = 20,00\u00a0€   (×)"


def test_json_of_a_step_names_its_sources_and_keeps_numbers_as_text() -> None:
    tree = steps.product(
        "Coût", steps.given("n", 2, unit="cachets"), steps.law("taux", Decimal("0.5"), SURE, unit="rate")
    )
    assert explain.as_json(tree) == {
        "label": "Coût",
        "value": "1.0",
        "unit": "EUR",
        "how": "product",
        "confidence": "confirmed",
        "parts": [
            {"label": "n", "value": "2", "unit": "cachets", "how": "given", "confidence": "confirmed"},
            {
                "label": "taux",
                "value": "0.5",
                "unit": "rate",
                "how": "law",
                "confidence": "confirmed",
                "sources": ["paie.smic"],
            },
        ],
    }


def test_a_total_whose_parts_come_later_is_the_total_of_its_parts():
    parts = (number("1.50", "a"), number(2, "b"))
    built = []
    late = steps.total_later("somme", Decimal("3.50"), lambda: built.append(1) or parts, certainty=0)
    assert (late.value, late.how, built) == (Decimal("3.50"), "total", [])
    assert (late.parts, late.parts, len(built)) == (parts, parts, 1)
    assert recompute(late) == late.value
    assert [leaf.label for leaf in late.leaves()] == ["a", "b"]
