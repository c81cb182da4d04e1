"""How numbers and dates are written: `1 234,56 €`, `jeu. 5 nov. 2026`, `20:00`, `8 h 30`.

U+202F between thousands, U+00A0 before a unit, U+2212 for minus; « – » is nothing, `0,00` is a zero.
"""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, DecimalException, InvalidOperation
from typing import Final

from django import template

from filage_web.clock import PARIS

register = template.Library()

NARROW: Final = "\u202f"
NO_BREAK: Final = "\u00a0"
MINUS: Final = "\u2212"
NOTHING: Final = "–"
WEEKDAYS: Final = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
MONTHS: Final = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
MONTHS_IN_FULL: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip

LONGEST: Final = 100
"""Digits beyond which a number is no longer rounded nor counted: written as it is."""

Number = Decimal | int | str | None


def _decimal(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _grouped(number: Decimal, places: int) -> str:
    """Group the thousands; what is too large to be rounded is written as it is: a page never breaks on a number."""
    exponent = Decimal(1).scaleb(-places)
    try:
        rounded = number.quantize(exponent, rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return str(number).replace("-", MINUS).replace(".", ",")
    sign = MINUS if rounded < 0 else ""
    return sign + f"{abs(rounded):,.{places}f}".replace(",", NARROW).replace(".", ",")


@register.filter
def amount(value: object) -> str:
    """Write an amount of a column, without its €: `1 234,56`."""
    number = _decimal(value)
    return NOTHING if number is None else _grouped(number, 2)


@register.filter
def euro(value: object) -> str:
    """Write an amount of a total or a sentence: `1 234,56 €`."""
    number = _decimal(value)
    return NOTHING if number is None else f"{_grouped(number, 2)}{NO_BREAK}€"


@register.filter
def euro_whole(value: object) -> str:
    """Write an amount in whole euros, for the dashboard: `1 235 €`."""
    number = _decimal(value)
    return NOTHING if number is None else f"{_grouped(number, 0)}{NO_BREAK}€"


@register.filter
def signed(value: object) -> str:
    """Write a difference with its sign: `+312,40`, `−910,30`."""
    number = _decimal(value)
    if number is None:
        return NOTHING
    return ("+" if number > 0 else "") + _grouped(number, 2)


@register.filter
def signed_euro(value: object) -> str:
    """Write a difference with its sign and €: `+312,40 €`."""
    return NOTHING if _decimal(value) is None else f"{signed(value)}{NO_BREAK}€"


@register.filter
def quantity(value: object) -> str:
    """Write a quantity with the decimals it has: `14`, `1 460`, `2,5`."""
    number = _decimal(value)
    if number is None:
        return NOTHING
    digits = f"{number:f}" if abs(number.adjusted()) < LONGEST else ""
    places = len(digits.partition(".")[2].rstrip("0"))
    return _grouped(number, places)


@register.filter
def as_typed(value: object) -> str:
    """A number as the French write it; an expression as it was typed."""
    return str(value) if _decimal(value) is None else quantity(value)


@register.filter
def percent(value: object, places: int = -1) -> str:
    """Write a fraction as a percentage: `0.055` → `5,5 %`."""
    number = _decimal(value)
    if number is None:
        return NOTHING
    try:
        hundredths = number * 100
    except DecimalException:
        return f"{_grouped(number, 0)}{NO_BREAK}×{NO_BREAK}100{NO_BREAK}%"
    text = quantity(hundredths) if places < 0 else _grouped(hundredths, places)
    return f"{text}{NO_BREAK}%"


def _as_date(value: object) -> date | None:
    if isinstance(value, datetime):
        return (value.astimezone(PARIS) if value.tzinfo else value).date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


@register.filter
def day(value: object, year: object = None) -> str:
    """Write a day: `jeu. 5 nov. 2026`; given the year everyone has in mind, drop it: `jeu. 5 nov.`."""
    found = _as_date(value)
    if found is None:
        return NOTHING
    rank = "1er" if found.day == 1 else str(found.day)
    text = f"{WEEKDAYS[found.weekday()]}{NO_BREAK}{rank} {MONTHS[found.month - 1]}"
    return text if str(found.year) == str(year) else f"{text} {found.year}"


@register.filter
def day_short(value: object, year: object = None) -> str:
    """Write a day without its weekday: `5 nov. 2026`."""
    return day(value, year).partition(NO_BREAK)[2] or NOTHING


@register.filter
def month(value: object) -> str:
    """Write a month in full: `novembre 2026`."""
    found = _as_date(value)
    return NOTHING if found is None else f"{MONTHS_IN_FULL[found.month - 1]} {found.year}"


@register.filter
def clock(value: object) -> str:
    """Write an hour of the day: `20:00`; an instant is read in Paris."""
    if isinstance(value, datetime):
        value = (value.astimezone(PARIS) if value.tzinfo else value).time()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)[:5] if value else NOTHING


@register.filter
def moment(value: object, year: object = None) -> str:
    """Write a day and its hour: `lun. 2 nov. 2026, 18:20`."""
    return f"{day(value, year)}, {clock(value)}" if _as_date(value) else NOTHING


@register.filter
def duration(value: object) -> str:
    """Write a length of time, from a timedelta or a number of hours: `8 h 30`, `45 min`, `1 h`."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
    else:
        hours = _decimal(value)
        if hours is None:
            return NOTHING
        if hours.adjusted() > LONGEST:
            return f"{_grouped(hours, 0)}{NO_BREAK}h"
        minutes = int((hours * 60).to_integral_value(rounding=ROUND_HALF_UP))
    sign, minutes = (MINUS if minutes < 0 else ""), abs(minutes)
    hours_part, rest = divmod(minutes, 60)
    if not hours_part:
        return f"{sign}{rest}{NO_BREAK}min"
    return f"{sign}{hours_part}{NO_BREAK}h" + (f"{NO_BREAK}{rest:02d}" if rest else "")


@register.filter
def counted(number: object, words: str) -> str:
    """Count something with its word agreed: `{{ 3|counted:"date,dates" }}` → `3 dates`; 0 and 1 are singular."""
    one, _comma, many = words.partition(",")
    value = _decimal(number) or Decimal(0)
    return f"{quantity(value)}{NO_BREAK}{one if abs(value) < 2 else many or one + 's'}"  # noqa: PLR2004
