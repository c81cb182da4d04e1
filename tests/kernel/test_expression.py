"""Expressions: read as a person would, computed exactly, and refused with the culprit's name."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.kernel import explain
from filage.kernel import step as steps
from filage.kernel.expression import ExpressionError, constant, evaluate, names_in
from filage.kernel.step import recompute

VARIABLES = {
    name: steps.given(name, value, unit="") for name, value in [("nb_dates", 14), ("km", 1460), ("nuit", 68)]
}


def value(text: str) -> Decimal:
    return evaluate(text, VARIABLES).value


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("14", "14"),
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("10 - 3 - 4", "3"),
        ("8 / 2 / 2", "2"),
        ("8 / (2 / 2)", "8"),
        ("2 - -3", "5"),
        ("-2 * 3", "-6"),
        ("--2", "2"),
        ("2 × 3 ÷ 4 − 1", "0.5"),
        ("nb_dates * 60", "840"),
        ("2 * (50 + 120 + 180 + 150 + 230)", "1460"),
        ("min(nb_dates, 10) + max(1, 2, 3)", "13"),
        ("ceil(7 / 2) + floor(7 / 2)", "7"),
        ("ceil(-7 / 2)", "-3"),
        ("0.1 + 0.2", "0.3"),
        (" nb_dates ", "14"),
    ],
)
def test_reads_as_a_person_would(text, result) -> None:
    assert value(text) == Decimal(result)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nb_date * 6", "« nb_date » inconnu. Vouliez-vous nb_dates ?"),
        ("zzz", "« zzz » inconnu"),
        ("1 / 0", "division par zéro dans « 1 ÷ 0 »"),
        ("km / (nb_dates - 14)", "division par zéro dans « km ÷ (nb_dates − 14) »"),
        ("", "« » : un nombre ou une variable attendu, la fin trouvé"),
        ("2 +", "« 2 + » : un nombre ou une variable attendu, la fin trouvé"),
        ("(2 + 3", "« (2 + 3 » : « ) » attendu, la fin trouvé"),
        ("2 + 3)", "« 2 + 3) » : un opérateur attendu, « ) » trouvé"),
        ("1,5", "« 1,5 » : un opérateur attendu, « , » trouvé"),
        ("2 $ 3", "« 2 $ 3 » : un opérateur attendu, « $ » trouvé"),
        ("2 ** 3", "« 2 ** 3 » : un nombre ou une variable attendu, « * » trouvé"),
        ("NB", "« NB » : un nombre ou une variable attendu, « N » trouvé"),
        ("somme(1, 2)", "« somme(1, 2) » : fonction somme inconnue ; fonctions : min, max, ceil, floor"),
        ("ceil(1, 2)", "« ceil » attend une valeur"),
        ("min(1)", "« min » attend plusieurs valeurs"),
        ("1" * 501, "expression de 501 caractères : 500 au plus"),
        ("(" * 60 + "1" + ")" * 60, "« " + "(" * 40 + "… » : trop de parenthèses"),
    ],
)
def test_what_cannot_be_computed_names_the_culprit(text, message) -> None:
    with pytest.raises(ExpressionError) as caught:
        value(text)
    assert str(caught.value).replace("«  »", "« »") == message


@pytest.mark.parametrize("text", ["-" * 499 + "1", "+".join(["1"] * 250), "(" * 39 + "1" + ")" * 39])
def test_long_and_deep_expressions_are_computed_and_explained(text) -> None:
    found = evaluate(text, {})
    assert recompute(found) == found.value
    assert list(explain.outline(found))


@pytest.mark.parametrize(
    "text", ["__import__('os')", "nb_dates.real", "[1]", "lambda: 1", "nb_dates if 1 else 2"]
)
def test_nothing_is_ever_run_as_python(text) -> None:
    with pytest.raises(ExpressionError):
        value(text)


def test_the_explanation_keeps_the_brackets_that_matter() -> None:
    part = evaluate("(nb_dates + 1) * (10 - (3 - 1)) / (4 / 2)", VARIABLES, label="Total").parts[0]
    assert part.label == "(nb_dates + 1) × (10 − (3 − 1)) ÷ (4 ÷ 2)"
    assert part.value == 60


def test_an_expression_says_which_variables_it_uses() -> None:
    assert names_in("min(nb_dates, 10) * nuit + 3") == {"nb_dates", "nuit"}
    assert names_in("3") == set()


def test_a_plain_number_is_told_from_a_computation() -> None:
    assert (constant("12.50"), constant("12 + 1"), constant("km")) == (Decimal("12.50"), None, None)


def test_a_plain_number_takes_the_label_and_unit_asked_for() -> None:
    found = evaluate("3", {}, label="quantité", unit="semaines")
    assert (found.how, found.label, found.unit) == ("given", "quantité", "semaines")


NUMBERS = st.decimals(0, 999, places=2).map(lambda number: (f"{number:f}", number))


def _joined(sign: str, left: tuple[str, Decimal], right: tuple[str, Decimal]) -> tuple[str, Decimal]:
    compute = {"+": Decimal.__add__, "-": Decimal.__sub__, "*": Decimal.__mul__}[sign]
    return f"({left[0]}) {sign} ({right[0]})", compute(left[1], right[1])


EXPRESSIONS = st.recursive(
    NUMBERS,
    lambda inner: (
        st.builds(_joined, st.sampled_from("+-*"), inner, inner)
        | inner.map(lambda pair: (f"-({pair[0]})", -pair[1]))
    ),
    max_leaves=8,
)


@given(EXPRESSIONS)
def test_agrees_with_decimal_arithmetic(pair) -> None:
    text, expected = pair
    found = evaluate(text, {})
    assert found.value == expected
    assert recompute(found) == expected


@given(
    st.lists(st.tuples(st.sampled_from("+-*/"), st.integers(1, 99)), min_size=1, max_size=8),
    st.integers(1, 99),
)
def test_signs_bind_as_in_arithmetic(rest, first) -> None:
    text = str(first) + "".join(f" {sign} {number}" for sign, number in rest)
    with localcontext() as context:
        context.prec = 28
        exec(
            f"result = {''.join(f' {t} ' if t in '+-*/' else f'Decimal({t})' for t in text.split())}",
            scope := {"Decimal": Decimal},
        )
    assert evaluate(text, {}).value == scope["result"]


@given(st.text(max_size=60))
def test_any_text_is_computed_or_refused(text) -> None:
    with suppress(ExpressionError):
        assert evaluate(text, VARIABLES).value.is_finite()
