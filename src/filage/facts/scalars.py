"""The scalars of facts: each reads the text of a file strictly, and writes back a canonical text.

A value given already typed (from Python or a validated body) passes unchanged; a float never does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"
ID_REGEX = re.compile(ID_PATTERN)
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,8})?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WALL_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?([+-][0-9]{2}:[0-9]{2})?")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_MAX_TEXT = 20_000
_MAX_LONG_TEXT = 200_000
_PER_CENT = 100
_MAX_DIGITS = 15


def refuse(expected: str, example: str = "") -> PydanticCustomError:
    """The error of a scalar: what was expected, with an example to copy."""
    return PydanticCustomError("expected", "{expected}", {"expected": expected, "example": example})


def _text(value: Any) -> str:
    return _text_up_to(value, _MAX_TEXT)


def _long_text(value: Any) -> str:
    return _text_up_to(value, _MAX_LONG_TEXT)


def _text_up_to(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise refuse("un texte")
    text: str = value.strip()
    if not text:
        raise refuse("un texte non vide ; retirez le champ s’il est sans objet")
    if not text.isprintable() and ("\x00" in text or _HALF_CHARACTER.search(text)):
        raise refuse("un texte sans caractère nul ni moitié de caractère")
    if len(text) > longest:
        raise refuse(f"un texte de {longest} caractères au plus")
    return text


def _id(value: Any) -> str:
    if not isinstance(value, str) or not ID_REGEX.fullmatch(value):
        raise refuse("un identifiant de 1 à 64 minuscules, chiffres ou tirets", "besancon-1")
    return value


def _decimal(value: Any) -> Decimal:
    if isinstance(value, (bool, float)):
        raise refuse("un nombre décimal écrit en texte", "1250.50")
    if isinstance(value, (int, Decimal)):
        number = Decimal(value)
    elif isinstance(value, str) and _DECIMAL.fullmatch(value.strip()):
        return Decimal(value.strip())
    else:
        raise refuse("un nombre décimal avec un point, sans espace ni exposant", "1250.50")
    too_long = not number.is_finite() or abs(number.adjusted()) > _MAX_DIGITS
    if too_long or not _DECIMAL.fullmatch(canonical_decimal(number)):
        raise refuse("un nombre de 15 chiffres et 8 décimales au plus", "1250.50")
    return number


def _amount(value: Any) -> Decimal:
    try:
        return _decimal(value)
    except PydanticCustomError as error:
        raise refuse("un montant en euros avec un point, sans espace ni symbole", "1250.50") from error


def _rate(value: Any) -> Decimal:
    number = _decimal(value)
    if not 0 <= number <= 1:
        as_fraction = canonical_decimal(number / _PER_CENT) if 1 < number <= _PER_CENT else "0.055"
        raise refuse("une fraction entre 0 et 1 (5,5 % s’écrit 0.055)", as_fraction)
    return number


def _count(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value)
    raise refuse("un nombre entier positif ou nul", "14")


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise refuse("true ou false", "true")


def _day(value: Any) -> date:
    if type(value) is date:
        return value
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        return _existing_day(value.strip())
    raise refuse("un jour au format AAAA-MM-JJ", "2026-11-05")


@lru_cache(maxsize=4_096)
def _existing_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refuse("un jour qui existe", "2026-11-30") from None


def _wall_time(value: Any) -> time:
    if isinstance(value, time):
        return value
    if isinstance(value, str):
        return _written_time(value.strip())
    raise refuse("une heure au format HH:MM", "20:00")


@lru_cache(maxsize=4_096)
def _written_time(text: str) -> time:
    if not _WALL_TIME.fullmatch(text):
        raise refuse("une heure au format HH:MM", "20:00")
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise refuse("une heure et un décalage qui existent", "02:30+01:00") from None


def plain_decimal(value: Any) -> Decimal | None:
    """Read a number of a JSON file, or a text without exponent, separators nor letters; None when it is not one."""
    try:
        return _decimal(value)
    except PydanticCustomError:
        return None


def plain_day(value: Any) -> date | None:
    """Read a day written AAAA-MM-JJ and nothing else; None when it is not one."""
    try:
        return _day(value)
    except PydanticCustomError:
        return None


def canonical_decimal(value: Decimal) -> str:
    """Write a decimal without exponent or trailing zeros: 1000.00 gives `1000`."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _write_time(value: time) -> str:
    return value.isoformat(timespec="seconds" if value.second else "minutes")


def _schema(pattern: str, *, numeric: bool = False, **extra: Any) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": ["string", "number"] if numeric else "string", "pattern": pattern, **extra}
    )


def _scalar(
    validator: Callable[[Any], Any], write: Callable[[Any], Any], schema: WithJsonSchema
) -> tuple[Any, ...]:
    return BeforeValidator(validator), PlainSerializer(write), schema


Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": "string", "minLength": 1})]
LongText = Annotated[str, BeforeValidator(_long_text), WithJsonSchema({"type": "string", "minLength": 1})]
"""The words of a whole writing: read from a file, never typed in a form of facts."""
Id = Annotated[str, BeforeValidator(_id), _schema(ID_PATTERN)]
Expression = Annotated[
    str,
    BeforeValidator(lambda value: _text(canonical_decimal(value) if isinstance(value, Decimal) else str(value)
                                        if isinstance(value, int) and not isinstance(value, bool) else value)),
    WithJsonSchema({"type": ["string", "number"], "minLength": 1}),
]  # fmt: skip
Number = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    PlainSerializer(canonical_decimal),
    _schema(_DECIMAL.pattern, numeric=True),
]
Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    PlainSerializer(canonical_decimal),
    _schema(_DECIMAL.pattern, numeric=True),
]
Rate = Annotated[
    Decimal,
    BeforeValidator(_rate),
    PlainSerializer(canonical_decimal),
    _schema(_DECIMAL.pattern, numeric=True),
]
Count = Annotated[int, BeforeValidator(_count), PlainSerializer(str), _schema(_WHOLE.pattern, numeric=True)]
Flag = Annotated[
    bool,
    BeforeValidator(_flag),
    PlainSerializer(lambda value: "true" if value else "false"),
    WithJsonSchema({"enum": [True, False, "true", "false"]}),
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    PlainSerializer(date.isoformat),
    _schema(r"^\d{4}-\d{2}-\d{2}$", format="date"),
]
WallTime = Annotated[
    time, BeforeValidator(_wall_time), PlainSerializer(_write_time), _schema(f"^{_WALL_TIME.pattern}$")
]
