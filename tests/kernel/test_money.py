"""Money: decimals only, named roundings, shares that add up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.kernel.money import exact, round_half_up, share_out

AMOUNTS = st.decimals(-1_000_000, 1_000_000, places=2)
WEIGHTS = st.lists(st.decimals(0, 10_000, places=4), min_size=1, max_size=12)


@pytest.mark.parametrize("value", [0.1, 1.0, True, None, [1]])
def test_refuses_floats_and_what_is_not_a_number(value) -> None:
    with pytest.raises(TypeError, match="never"):
        exact(value)


@pytest.mark.parametrize("value", [3, "3", Decimal(3)])
def test_takes_whole_numbers_text_and_decimals(value) -> None:
    assert exact(value) == Decimal(3)


def test_arithmetic_with_a_float_raises() -> None:
    with pytest.raises(TypeError):
        exact("0.1") + 0.2


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.005", "0.01"), ("0.004999", "0.00"), ("-0.005", "-0.01"), ("1.015", "1.02"), ("2.675", "2.68")],
)
def test_rounds_half_away_from_zero(value, rounded) -> None:
    assert round_half_up(Decimal(value)) == Decimal(rounded)


def test_rounds_a_rate_to_four_decimals() -> None:
    assert round_half_up(Decimal("0.05985"), Decimal("0.0001")) == Decimal("0.0599")


@given(AMOUNTS, WEIGHTS)
def test_shares_add_up_exactly_and_none_is_off_by_a_cent_or_more(amount, weights) -> None:
    shares = share_out(amount, weights)
    assert (len(shares), sum(shares)) == (len(weights), amount)
    if sum(weights):
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share - amount * weight / sum(weights)) < Decimal("0.01") + Decimal("1e-12")


@given(AMOUNTS, WEIGHTS)
def test_shares_are_whole_cents(amount, weights) -> None:
    assert all(share == round_half_up(share) for share in share_out(amount, weights))


def test_a_third_of_a_hundred_euros_gives_the_odd_cent_to_the_first() -> None:
    assert share_out(Decimal(100), [Decimal(1)] * 3) == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"))


def test_the_largest_remainder_gets_the_cent_not_the_first() -> None:
    assert share_out(Decimal("0.10"), [Decimal(1), Decimal(2)]) == (Decimal("0.03"), Decimal("0.07"))


def test_weights_all_zero_share_equally_and_no_weight_gives_no_part() -> None:
    assert share_out(Decimal(10), [Decimal(0), Decimal(0)]) == (Decimal(5), Decimal(5))
    assert share_out(Decimal(10), []) == ()


def test_units_may_be_shared_instead_of_cents() -> None:
    assert share_out(Decimal(40), [Decimal(1), Decimal(30), Decimal(24)], Decimal(1)) == (1, 22, 17)


def test_an_amount_too_large_to_hold_cents_stays_itself() -> None:
    assert round_half_up(Decimal("1e30")) == Decimal("1e30")
