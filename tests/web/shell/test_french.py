"""How numbers and dates are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from filage_web.templatetags import french


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (french.euro, Decimal("1234.56"), "1\u202f234,56\u00a0€"),
        (french.euro, Decimal("-1234567.895"), "\u22121\u202f234\u202f567,90\u00a0€"),
        (french.euro, "0", "0,00\u00a0€"),
        (french.euro, Decimal("-0.001"), "0,00\u00a0€"),
        (french.euro, None, "–"),
        (french.amount, Decimal("21279.72"), "21\u202f279,72"),
        (french.euro_whole, Decimal("142847.5"), "142\u202f848\u00a0€"),
        (french.signed, Decimal("312.4"), "+312,40"),
        (french.signed, Decimal("-910.30"), "\u2212910,30"),
        (french.signed, Decimal(0), "0,00"),
        (french.signed_euro, Decimal(72), "+72,00\u00a0€"),
        (french.quantity, Decimal("1460.00"), "1\u202f460"),
        (french.quantity, Decimal("2.50"), "2,5"),
        (french.quantity, 100, "100"),
        (french.percent, Decimal("0.055"), "5,5\u00a0%"),
        (french.percent, Decimal(1), "100\u00a0%"),
        (french.day, date(2026, 3, 14), "sam.\u00a014 mars 2026"),
        (french.day, date(2026, 1, 1), "jeu.\u00a01er janv. 2026"),
        (french.day, "2026-11-05", "jeu.\u00a05 nov. 2026"),
        (french.day, None, "–"),
        (french.day, datetime(2026, 11, 4, 23, 30, tzinfo=UTC), "jeu.\u00a05 nov. 2026"),
        (french.day_short, date(2026, 10, 5), "5 oct. 2026"),
        (french.month, date(2026, 8, 1), "août 2026"),
        (french.clock, time(20, 0), "20:00"),
        (french.clock, datetime(2026, 11, 5, 19, 0, tzinfo=UTC), "20:00"),
        (french.clock, "09:05:00", "09:05"),
        (french.moment, datetime(2026, 11, 2, 17, 20, tzinfo=UTC), "lun.\u00a02 nov. 2026, 18:20"),
        (french.duration, timedelta(hours=8, minutes=30), "8\u00a0h\u00a030"),
        (french.duration, Decimal("1.0"), "1\u00a0h"),
        (french.duration, Decimal("0.75"), "45\u00a0min"),
        (french.duration, Decimal("-0.5"), "\u221230\u00a0min"),
    ],
)
def test_values_are_written_in_french(write, value, text: str) -> None:
    assert write(value) == text


def test_the_year_everyone_has_in_mind_is_dropped() -> None:
    assert french.day(date(2026, 11, 5), 2026) == "jeu.\u00a05 nov."
    assert french.day(date(2027, 6, 30), 2026) == "mer.\u00a030 juin 2027"


def test_zero_and_one_are_singular() -> None:
    assert [french.counted(n, "date,dates") for n in (0, 1, 2, 1460)] == [
        "0\u00a0date",
        "1\u00a0date",
        "2\u00a0dates",
        "1\u202f460\u00a0dates",
    ]


@pytest.mark.parametrize(
    "value", ["9" * 60, "-" + "9" * 60, "1E+999999", "1E-999999", "NaN", "Infinity", "sNaN"]
)
@pytest.mark.parametrize(
    "write",
    [french.amount, french.euro, french.euro_whole, french.signed, french.signed_euro, french.quantity, french.percent,
     french.duration, lambda value: french.counted(value, "date,dates")],
)  # fmt: skip
def test_no_number_breaks_a_page(write: Any, value: str) -> None:
    assert [bool(write(value)), bool(write(Decimal(value)))] == [True, True]


def test_a_number_too_large_to_be_rounded_is_written_as_it_is() -> None:
    assert french.amount("-" + "9" * 40) == "\u2212" + "9" * 40
