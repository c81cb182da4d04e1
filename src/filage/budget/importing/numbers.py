"""Numbers as French hands type them in a spreadsheet, made exact; what is no number is never guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filage.budget.importing.grid import Value

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
_MONEY = re.compile(r"(?i)(€|euros?|eur|\$)|(?<![a-z])(ht|ttc)(?![a-z])")
_FRENCH = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_MOST = 12
_PLACES = Decimal("0.00000001")


def amount_in(value: Value) -> Decimal | None:
    """Read a sum or a quantity: « 1 250,50 € », « 1.250,50 », « (1 200,00) », « −1 200 », « 1,200.50 »; else None."""
    if isinstance(value, Decimal):
        return tidy(value)
    if not isinstance(value, str):
        return None
    bare = _SPACES.sub("", _MONEY.sub("", value)).replace("−", "-").replace("–", "-")
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1]
    if bare.endswith("-") or bare.startswith("-"):
        negative, bare = not negative, bare.strip("-")
    number = _plain(bare.removeprefix("+"))
    return None if number is None else -number if negative else number


def _plain(bare: str) -> Decimal | None:
    """Read digits: the last of a comma and a point is the decimal one; three digits after a lone comma are decimals."""
    if _FRENCH.fullmatch(bare):
        return tidy(Decimal(bare.replace(".", "").replace(",", ".")))
    if _ENGLISH.fullmatch(bare):
        return tidy(Decimal(bare.replace(",", "")))
    return None


def rate_in(value: Value) -> Decimal | None:
    """Read a rate as a fraction: « 5,5 % », « 20 », 0.2; else None."""
    percent = isinstance(value, str) and "%" in value
    number = amount_in(value.replace("%", "") if isinstance(value, str) else value)
    if number is None or number < 0:
        return None
    fraction = number / 100 if percent or number > 1 else number
    return fraction if fraction <= 1 else None


def tidy(number: Decimal) -> Decimal | None:
    """Keep eight decimals at most; a number too large to be money is none."""
    if abs(number.adjusted()) > _MOST and number:
        return None
    return number.quantize(_PLACES).normalize() if -number.as_tuple().exponent > 8 else number  # type: ignore[operator]  # noqa: PLR2004
