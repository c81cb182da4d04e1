"""Amounts as they are typed, and what is no amount."""

from datetime import date
from decimal import Decimal

import pytest

from filage.budget.importing.numbers import amount_in, rate_in


@pytest.mark.parametrize(
    ("typed", "worth"),
    [
        ("1 250,50 €", "1250.50"),
        ("1\u202f250,50\u00a0€", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1.250.000", "1250000"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1,125", "1.125"),
        ("(1 200,00)", "-1200.00"),
        ("-1 200", "-1200"),
        ("− 1 200 EUR", "-1200"),
        ("1 200 € HT", "1200"),
        ("1'250", "1250"),
        ("0", "0"),
    ],
)
def test_reads_a_sum_as_it_is_typed(typed, worth):
    assert amount_in(typed) == Decimal(worth)


@pytest.mark.parametrize(
    "typed",
    ["voir Bob", "12 %", "12/05", "1 250,50,3", "10-12", "~300", "", "#REF!", date(2026, 1, 2), "9" * 14],
)
def test_never_guesses_what_is_no_sum(typed):
    assert amount_in(typed) is None


@pytest.mark.parametrize(
    ("typed", "rate"),
    [("5,5 %", "0.055"), ("20", "0.2"), ("20 %", "0.2"), (Decimal("0.055"), "0.055"), ("2,1%", "0.021")],
)
def test_reads_a_rate_as_a_fraction(typed, rate):
    assert rate_in(typed) == Decimal(rate)


@pytest.mark.parametrize("typed", ["120 %", "-5 %", "exonéré"])
def test_a_rate_beyond_the_whole_is_none(typed):
    assert rate_in(typed) is None


def test_a_binary_number_keeps_eight_decimals():
    assert amount_in(Decimal("0.300000000000000044")) == Decimal("0.3")
