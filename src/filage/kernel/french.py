"""Numbers, money and days written as a French reader expects them, without any locale of the machine."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel.money import round_half_up
from filage.kernel.text import fold

if TYPE_CHECKING:
    from datetime import date, time

THIN = "\u202f"
NBSP = "\u00a0"
MINUS = "\u2212"
VOWELS = tuple("aeiou")
WEEKDAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


def of(name: str) -> str:
    """Write `d’Inès`, `de Karim`, `d’Yves`, `de Yann`: the preposition before a name, elided before a vowel or an h."""
    start = fold(name[:2])
    elided = start[:1] in (*VOWELS, "h") or (start[:1] == "y" and start[1:2] not in VOWELS)
    return f"d’{name}" if elided else f"de {name}"


def number(value: Decimal, decimals: int | None = None) -> str:
    """Write `1 234,5`: as many decimals as it has, or exactly `decimals`."""
    if decimals is not None:
        value = round_half_up(value, Decimal(1).scaleb(-decimals))
        text = f"{abs(value):,.{decimals}f}"
    else:
        text = f"{abs(value.normalize()):,f}"
    text = text.replace(",", THIN).replace(".", ",")
    return f"{MINUS}{text}" if value < 0 else text


def euro(value: Decimal) -> str:
    """Write `1 234,56 €`."""
    return f"{number(value, 2)}{NBSP}€"


def signed_euro(value: Decimal) -> str:
    """Write a difference: `+12,00 €`, `−12,00 €`, `0,00 €`."""
    return f"+{euro(value)}" if value > 0 else euro(value)


def percent(rate: Decimal) -> str:
    """Write a fraction in per cent: 0.0599 gives `5,99 %`."""
    return f"{number(rate * 100)}{NBSP}%"


def day(value: date, *, year: bool = True) -> str:
    """Write `jeu. 5 nov. 2026`; the first of a month is `1er`."""
    number_in_month = "1er" if value.day == 1 else str(value.day)
    text = f"{WEEKDAYS[value.weekday()]} {number_in_month} {MONTHS[value.month - 1]}"
    return f"{text} {value.year}" if year else text


def month(value: str) -> str:
    """Write a month given as year and number, `2026-12`: « déc. 2026 »."""
    year, _dash, number_in_year = value.partition("-")
    return f"{MONTHS[int(number_in_year) - 1]} {year}"


def clock(value: time) -> str:
    """Write `20:00`."""
    return value.strftime("%H:%M")


def duration(hours: Decimal) -> str:
    """Write `8 h 30`."""
    minutes = int(round_half_up(hours * 60, Decimal(1)))
    whole, rest = divmod(abs(minutes), 60)
    text = f"{whole}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")
    return f"{MINUS}{text}" if minutes < 0 else text


def minutes(count: int) -> str:
    """Write `45 min`, and `1 h 15` from an hour on."""
    return duration(Decimal(count) / 60) if count >= 60 else f"{count}{NBSP}min"  # noqa: PLR2004 - an hour


def quantity(value: Decimal, unit: str) -> str:
    """Write a value in its unit: `1 234,56 €`, `5,99 %`, `35 h`, `14 cachets`."""
    if unit == "EUR":
        return euro(value)
    if unit == "rate":
        return percent(value)
    if unit == "hours":
        return duration(value)
    text = number(round_half_up(value, Decimal("0.0001")))
    return text if unit in ("", "ratio") else f"{text}{NBSP}{unit}"
