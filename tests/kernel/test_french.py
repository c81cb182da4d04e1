"""Numbers, money, days and durations as a French reader expects them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from filage.kernel import french


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "0,00\u00a0€"),
        ("1234.5", "1\u202f234,50\u00a0€"),
        ("142847.38", "142\u202f847,38\u00a0€"),
        ("-3368.98", "\u22123\u202f368,98\u00a0€"),
        ("0.005", "0,01\u00a0€"),
        ("-0.001", "0,00\u00a0€"),
        ("1E+3", "1\u202f000,00\u00a0€"),
    ],
)
def test_euros(value, written) -> None:
    assert french.euro(Decimal(value)) == written


@pytest.mark.parametrize(
    ("value", "written"), [("12", "+12,00\u00a0€"), ("-12", "\u221212,00\u00a0€"), ("0", "0,00\u00a0€")]
)
def test_differences_carry_their_sign(value, written) -> None:
    assert french.signed_euro(Decimal(value)) == written


@pytest.mark.parametrize(
    ("value", "written"), [("14", "14"), ("0.50", "0,5"), ("1E+3", "1\u202f000"), ("-1.25", "\u22121,25")]
)
def test_numbers_keep_the_decimals_they_have(value, written) -> None:
    assert french.number(Decimal(value)) == written


@pytest.mark.parametrize(
    ("rate", "written"), [("0.0599", "5,99\u00a0%"), ("1", "100\u00a0%"), ("0.00016", "0,016\u00a0%")]
)
def test_rates_are_written_in_per_cent(rate, written) -> None:
    assert french.percent(Decimal(rate)) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 5), "jeu. 5 nov. 2026"),
        (date(2026, 3, 14), "sam. 14 mars 2026"),
        (date(2026, 12, 1), "mar. 1er déc. 2026"),
        (date(2028, 2, 29), "mar. 29 févr. 2028"),
    ],
)
def test_days_are_written_with_their_weekday(day, written) -> None:
    assert french.day(day) == written
    assert french.day(day, year=False) == written.rsplit(" ", 1)[0]


@pytest.mark.parametrize(
    ("hours", "written"),
    [
        ("8.5", "8\u00a0h\u00a030"),
        ("35", "35\u00a0h"),
        ("0.25", "0\u00a0h\u00a015"),
        ("-0.5", "\u22120\u00a0h\u00a030"),
    ],
)
def test_durations(hours, written) -> None:
    assert french.duration(Decimal(hours)) == written


def test_the_clock_has_twenty_four_hours() -> None:
    assert (french.clock(time(20)), french.clock(time(0, 5))) == ("20:00", "00:05")


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("14", "cachets", "14\u00a0cachets"),
        ("160", "EUR", "160,00\u00a0€"),
        ("0.0112", "rate", "1,12\u00a0%"),
        ("7.5", "hours", "7\u00a0h\u00a030"),
        ("1.5", "", "1,5"),
        ("1.5", "ratio", "1,5"),
    ],
)
def test_a_quantity_is_written_in_its_unit(value, unit, written) -> None:
    assert french.quantity(Decimal(value), unit) == written


def test_a_month_is_written_with_its_name() -> None:
    assert french.month("2026-12") == "déc. 2026"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Aline Roux", "d’Aline Roux"),
        ("Élie", "d’Élie"),
        ("Idris", "d’Idris"),
        ("Hélène", "d’Hélène"),
        ("Yves", "d’Yves"),
        ("Yann", "de Yann"),
        ("Karim", "de Karim"),
        ("", "de "),
    ],
)
def test_the_preposition_before_a_name(name, written) -> None:
    assert french.of(name) == written
