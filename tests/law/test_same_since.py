"""What is said of a day is said of every day of the year since the law changed last."""

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


def since(parameter: str, day: date) -> date:
    before = [known for known in LAW[parameter].breaks() if known <= day]
    return max([*before, date(day.year, 1, 1)])


@pytest.mark.parametrize("parameter", tuple(LAW))
def test_the_first_day_of_a_stretch_says_the_same(parameter) -> None:
    moved = {
        day: since(parameter, day)
        for day in DAYS
        if said(parameter, day) != said(parameter, since(parameter, day))
    }
    assert moved == {}


def test_the_eve_of_a_break_says_something_else() -> None:
    start = since("paie.pmss", date(2026, 11, 22))
    assert start == date(2026, 1, 1)
    assert said("paie.pmss", start) != said("paie.pmss", start - timedelta(days=1))
