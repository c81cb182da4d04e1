"""Graduations of drawings: round, few, short."""

from decimal import Decimal

import pytest

from filage_web.shell.scale import scale, thousands, whole_euros


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 4200, (0, 5000, 1000)),
        (-3500, 12000, (-5000, 15000, 5000)),
        (0, 0, (0, 0, 200)),
        (0, 1000, (0, 1000, 200)),
        (-1, 1, (-200, 200, 200)),
    ],
)
def test_bounds_and_steps_are_round(low: int, high: int, expected: tuple[int, int, int]) -> None:
    assert scale(Decimal(low), Decimal(high)) == expected


def test_a_graduation_is_in_thousands_as_soon_as_it_can() -> None:
    assert [thousands(Decimal(value)) for value in (0, 500, 1500, 2000, -15000)] == [
        "0", "500\u00a0€", "1\u202f500\u00a0€", "2\u00a0k€", "−15\u00a0k€"
    ]  # fmt: skip


def test_an_amount_on_a_drawing_is_rounded_half_up_to_the_euro() -> None:
    assert [whole_euros(Decimal(value)) for value in ("12344.50", "-0.4", "999.49")] == [
        "12\u202f345\u00a0€", "0\u00a0€", "999\u00a0€"
    ]  # fmt: skip
