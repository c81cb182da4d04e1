"""Meals of a day: at what time, where, how many; what is arranged for one person stays on their own sheet."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from filage.facts.travel import Meal
from filage.kernel.text import fold
from filage.planning.sheets.lines import Line
from filage.planning.sheets.wall import wall

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index

_MEAL_WORDS = ("repas", "dejeuner", "diner", "souper", "collation", "meal", "lunch", "dinner", "breakfast")
_HOURS = ((time(10, 30), "meal_breakfast"), (time(16), "meal_lunch"), (time(22), "meal_dinner"))


def is_meal(label: str) -> bool:
    """Whether a line of the day is a meal, by its words."""
    return any(word in fold(label) for word in _MEAL_WORDS)


def meals_of(index: Index, day: date) -> list[Meal]:
    """The meals whose events span a day, from the first to the last of them."""
    found = []
    for meal in index.dossier.all(Meal):
        days = [index.events[about].day for about in meal.events if about in index.events]
        if days and min(days) <= day <= max(days):
            found.append(meal)
    return found


def meal_lines(index: Index, asked: Asked, day: date, told: Iterable[str]) -> Iterator[Line]:
    """A line for each meal that has an hour, unless the day's moments already tell meals."""
    if any(is_meal(label) for label in told):
        return
    for meal in meals_of(index, day):
        if meal.at is None:
            continue
        detail = asked.words.listed([_count(asked, meal), meal.place or ""])
        if asked.own:
            detail = meal_detail(index, asked, meal.place or "")
        yield Line(meal.about, meal.at, meal_name(asked, meal.at), detail)


def meal_name(asked: Asked, at: time) -> str:
    """Lunch, dinner… by the clock."""
    return asked.words(next((key for until, key in _HOURS if wall(at) < until), "meal_night"))


def _count(asked: Asked, meal: Meal) -> str:
    """How many meals, when the dossier gives a plain number."""
    if asked.person or not meal.people.isdigit():
        return ""
    return asked.words("some_meals", count=meal.people)


def meal_detail(index: Index, asked: Asked, detail: str) -> str:
    """What is arranged for this person, then where."""
    return asked.words.listed([_diet(index, asked), detail])


def _diet(index: Index, asked: Asked) -> str:
    arrangement = index.people[asked.person or ""].arrangement or ""
    folded = fold(arrangement)
    if folded.startswith("repas "):
        return arrangement[len("repas ") :]
    return arrangement if "regime" in folded or "allerg" in folded else ""


def other_arrangement(index: Index, asked: Asked) -> str:
    """What is arranged for this person besides meals; empty on any sheet but their own."""
    if not asked.own:
        return ""
    return "" if _diet(index, asked) else index.people[asked.person or ""].arrangement or ""
