"""What is said of a day is said of every day since the law changed last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from filage.kernel.errors import LawNotCovered
from filage.law.book import load_law

LAW = load_law()
DAYS = [date(2023, 12, 1) + timedelta(days=13 * step) for step in range(140)]


def said(parameter: str, day: date) -> object:
    try:
        return LAW[parameter].forecast(day)
    except LawNotCovered as refusal:
        return type(refusal)


@pytest.mark.parametrize("parameter", tuple(LAW))
def test_the_first_day_of_a_stretch_says_the_same(parameter) -> None:
    moved = {
        day: LAW[parameter].same_since(day)
        for day in DAYS
        if LAW[parameter].same_since(day) > date.min
        and said(parameter, day) != said(parameter, LAW[parameter].same_since(day))
    }
    assert moved == {}


@pytest.mark.parametrize("parameter", tuple(LAW))
def test_a_stretch_starts_on_its_day_or_before(parameter) -> None:
    assert [day for day in DAYS if LAW[parameter].same_since(day) > day] == []


def test_the_eve_of_a_stretch_says_something_else() -> None:
    parameter = "paie.pmss"
    start = LAW[parameter].same_since(date(2026, 11, 22))
    assert start == date(2026, 1, 1)
    assert said(parameter, start) != said(parameter, start - timedelta(days=1))
