"""Public holidays in France, by place: those of everywhere, of Alsace and Moselle, and of overseas."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

FIXED: Final = (
    (1, 1, "1er janvier"), (5, 1, "1er mai"), (5, 8, "8 mai"), (7, 14, "14 juillet"), (8, 15, "15 août"),
    (11, 1, "1er novembre"), (11, 11, "11 novembre"), (12, 25, "25 décembre"),
)  # fmt: skip
AFTER_EASTER: Final = ((1, "lundi de Pâques"), (39, "Ascension"), (50, "lundi de Pentecôte"))
ALSACE_MOSELLE: Final = frozenset({"57", "67", "68"})
ABOLITION: Final = {
    "971": (5, 27), "972": (5, 22), "973": (6, 10), "974": (12, 20), "976": (4, 27), "977": (10, 9),
}  # fmt: skip
"""The day slavery was abolished, by department (C. trav. L3422-2)."""


@lru_cache(maxsize=512)
def public_holidays(year: int, department: str = "") -> dict[date, str]:
    """Return the public holidays of a year, with their names, in a department (its code; none: everywhere).

    Source: C. trav. L3133-1, L3134-13 (Alsace and Moselle: Good Friday and 26 December), L3422-2 (overseas).
    """
    easter = easter_of(year)
    found = {date(year, month, day): name for month, day, name in FIXED}
    for days, name in AFTER_EASTER:
        found.setdefault(easter + timedelta(days=days), name)
    if department in ALSACE_MOSELLE:
        found[easter - timedelta(days=2)] = "Vendredi saint"
        found[date(year, 12, 26)] = "26 décembre"
    if department in ABOLITION:
        found[date(year, *ABOLITION[department])] = "abolition de l’esclavage"
    return dict(sorted(found.items()))


def public_holiday(day: date, department: str = "") -> str | None:
    """Return the name of the public holiday that a day is, or None."""
    return public_holidays(day.year, department).get(day)


def is_holiday_somewhere(day: date) -> bool:
    """Whether some department, if not all, has a public holiday that day: the others need not be looked up."""
    return any(day in public_holidays(day.year, code) for code in ("", "57", *ABOLITION))


@lru_cache(maxsize=512)
def easter_of(year: int) -> date:
    """Return Easter Sunday of a Gregorian year (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * el) // 433
    month = (h + el - 7 * m + 90) // 25
    return date(year, month, (h + el - 7 * m + 33 * month + 19) % 32)


def is_working_day(day: date, department: str = "") -> bool:
    """Whether a day is neither a Saturday, a Sunday nor a public holiday."""
    return day.weekday() < 5 and public_holiday(day, department) is None  # noqa: PLR2004 - Monday to Friday
