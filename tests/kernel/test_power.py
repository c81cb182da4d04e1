"""Powers by square roots are those of the general method, far beyond any rounding."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.kernel import step as steps


def raised(base: Decimal, exponent: str) -> steps.Step:
    return steps.power("p", steps.given("base", base), steps.given("exposant", exponent))


@given(st.decimals("0", "10", places=12), st.sampled_from(["0.25", "1", "1.5", "1.75", "2", "3.25", "1.6"]))
def test_a_power_is_that_of_the_general_method(base, exponent):
    if base == 0:
        assert raised(base, exponent).value == 0
        return
    whole = base ** Decimal(exponent)
    assert abs(raised(base, exponent).value - whole) <= abs(whole) * Decimal("1E-24")


@pytest.mark.parametrize(
    ("base", "exponent", "value"), [("4", "0.5", "2"), ("16", "1.75", "128"), ("2", "0", "1")]
)
def test_exact_powers_are_exact(base, exponent, value):
    found = raised(Decimal(base), exponent)
    assert (found.value, steps.recompute(found)) == (Decimal(value), Decimal(value))
