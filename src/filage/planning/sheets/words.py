"""The words of the sheets, French and English, in one table; days and durations in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.kernel import french
from filage.kernel.errors import BadInput, Problem
from filage.planning.sheets.vocabulary import WORDS

if TYPE_CHECKING:
    from datetime import date, time
    from decimal import Decimal

LANGUAGES = ("fr", "en")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Words:
    """What a sheet says in one language: `fr` or `en`."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key, with values put in their place."""
        text = WORDS[key][LANGUAGES.index(self.language)]
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        """Whether the table knows a key."""
        return key in WORDS

    def colon(self, label: str, value: str) -> str:
        """A label and its value, as this language sets a colon."""
        return f"{label}{french.NBSP}: {value}" if self.language == "fr" else f"{label}: {value}"

    def day(self, value: date, *, year: bool = True) -> str:
        """A day: « jeu. 5 nov. 2026 », “Thu 5 Nov 2026”."""
        if self.language == "fr":
            return french.day(value, year=year)
        text = f"{_WEEKDAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]}"
        return f"{text} {value.year}" if year else text

    def hour(self, value: time | None) -> str:
        """A time of the clock, `20:00`; empty when unknown."""
        return f"{value:%H:%M}" if value else ""

    def minutes(self, value: int) -> str:
        """A number of minutes: « 1 h 40 », “1 h 40”, « 29 min »."""
        whole, rest = divmod(value, 60)
        if not whole:
            return f"{rest}{french.NBSP}min"
        return f"{whole}{french.NBSP}h" + (f"{french.NBSP}{rest:02d}" if rest else "")

    def hours(self, value: Decimal) -> str:
        """A number of hours: « 15 h 30 »."""
        return self.minutes(round(value * 60))

    def listed(self, parts: list[str]) -> str:
        """Parts joined by commas, the empty ones left out."""
        return ", ".join(part for part in parts if part)


def words_in(language: str) -> Words:
    """The words of a language; BadInput for one the sheets are not written in."""
    if language not in LANGUAGES:
        raise BadInput(Problem(f"les feuilles ne sont pas écrites en « {language} »", expected="fr ou en"))
    return Words(language)


def capital(text: str) -> str:
    """The same text, its first letter a capital."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The same text, its first letter small unless the word is all capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
