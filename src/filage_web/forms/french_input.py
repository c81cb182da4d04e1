"""What a French hand types, made file text; and file text shown as a French hand would type it.

Each reader returns file text or raises ValueError with what is wrong and the nearest right writing.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final

from filage.facts.scalars import canonical_decimal
from filage.kernel.text import fold
from filage_web.templatetags.french import MONTHS_IN_FULL

_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
_NUMBER: Final = re.compile(r"[-−]?\d+(?:[.,]\d+)?")
_DAY: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS: Final = re.compile(r"(?:[a-z]{3,8}\.? )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})")
_TIME: Final = re.compile(r"(\d{1,2})(?:[h:](\d{2})?(?::(\d{2}))?)?(?:min)?([+-]\d{2}:\d{2})?")
_DECIMAL_COMMA: Final = re.compile(r"(?<=\d),(?=\d)")
_CENTURY: Final = 2000
_THOUSANDS: Final = re.compile(r"[-−]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})")
"""« 1.060,50 », « 1.060.500 »: points between thousands, which only a comma or a second point tells from decimals."""
_INSIDE: Final = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3})+(?=,\d)|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d))"
)
_CALL: Final = re.compile(r"[a-z_][a-z0-9_]*\s*\(")
_DECIMAL_POINT: Final = re.compile(r"(?<=\d)\.(?=\d)")
_CALLED: Final = re.compile(r"[a-z_][a-z0-9_]*\s*\($")
_DIGITS, _DECIMALS, _WHOLE_DIGITS, _LABEL, _SEEN = 15, 8, 9, 200, 16


class TooLong(ValueError):
    """A number that no field holds: more digits than a budget ever needs."""


def number(text: str) -> str:
    """« 1 250,50 » → `1250.50`."""
    bare = _SPACES.sub("", text).replace("−", "-")
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(".", "")
    if bare.count(",") + bare.count(".") > 1:
        return _refuse_number(text)
    if not _NUMBER.fullmatch(bare):
        return _refuse_number(text)
    return _held(bare.replace(",", "."), text)


def _held(number: str, text: str) -> str:
    """The number itself; TooLong beyond the digits that a field keeps."""
    whole, _point, decimals = number.lstrip("-").partition(".")
    if len(whole.lstrip("0")) > _DIGITS:
        message = f"« {_cut(text)} » est trop grand : {_DIGITS} chiffres au plus."
        raise TooLong(message)
    if len(decimals.rstrip("0")) > _DECIMALS:
        message = f"« {_cut(text)} » est trop précis : {_DECIMALS} décimales au plus."
        raise TooLong(message)
    if len(whole) > _DIGITS or len(decimals) > _DECIMALS:
        return canonical_decimal(Decimal(number))
    return number


def _cut(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _SEEN else f"{text[:_SEEN]}…"


def _refuse_number(text: str) -> str:
    digits = re.sub(r"[^\d,.]", "", text).strip(",.")
    near = digits if _NUMBER.fullmatch(digits) else "1250,50"
    message = f"« {text} » n’est pas un nombre. Essayez {near}."
    raise ValueError(message)


def amount(text: str) -> str:
    """« 1 250,50 € » → `1250.50`."""
    bare = re.sub(r"(?i)(€|euros?|eur)\s*$", "", text.strip())
    try:
        return number(bare)
    except TooLong:
        raise
    except ValueError:
        digits = re.sub(r"[^\d,.]", "", text).strip(",.")
        near = f"{digits} €" if _NUMBER.fullmatch(digits) else "1 250,50 €"
        message = f"« {text} » n’est pas un montant. Essayez {near}."
        raise ValueError(message) from None


def rate(text: str) -> str:
    """« 5,5 % » or « 5,5 » → `0.055`: the field shows its %."""
    bare = text.strip().removesuffix("%")
    try:
        value = Decimal(number(bare)) / 100
    except TooLong:
        raise
    except ValueError:
        message = f"« {text} » n’est pas un taux. Essayez 5,5 %."
        raise ValueError(message) from None
    if not 0 <= value <= 1:
        message = f"« {text} » : un taux va de 0 à 100 %."
        raise ValueError(message)
    return canonical_decimal(value)


def count(text: str) -> str:
    """« 1 460 » → `1460`."""
    bare = _SPACES.sub("", text)
    if not bare.isascii() or not bare.isdigit():
        digits = re.match(r"\d+", bare)
        message = f"« {text} » n’est pas un nombre entier. Essayez {digits.group() if digits else '14'}."
        raise ValueError(message)
    if len(bare.lstrip("0")) > _WHOLE_DIGITS:
        message = f"« {_cut(text)} » est trop grand : {_WHOLE_DIGITS} chiffres au plus."
        raise TooLong(message)
    return bare


def expression(text: str) -> str:
    """« nb_dates × 6 » → `nb_dates * 6`, « =60*1,05 » → `60*1.05`; a plain number as `number`, euros allowed.

    Inside `min(…)` a comma parts the values, unless « ; » does.
    """
    bare = text.strip().removeprefix("=").strip()
    try:
        return amount(bare)
    except TooLong:
        raise
    except ValueError:
        pass
    bare = bare.replace("×", "*").replace("÷", "/").replace("−", "-")
    bare = _INSIDE.sub(lambda found: re.sub(r"[.\s\u00a0\u202f]", "", found[0]), bare)
    return _with_points(bare)


def _with_points(text: str) -> str:
    """Decimal commas made points, but for those that part the values of a function."""
    if ";" in text:
        return _DECIMAL_COMMA.sub(".", text).replace(";", ",")
    brackets: list[bool] = []
    found = ""
    for rank, sign in enumerate(text):
        if sign == "(":
            brackets.append(bool(_CALLED.search(text[: rank + 1])))
        elif sign == ")" and brackets:
            brackets.pop()
        decimal = sign == "," and not any(brackets) and _DECIMAL_COMMA.match(text, rank)
        found += "." if decimal else sign
    return found


def day(text: str) -> str:
    """« 14/03/2026 » or « 14 mars 2026 » → `2026-03-14`; a day that does not exist names the last of its month."""
    year, month, number_in_month = _parts_of_day(text.strip())
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        message = f"« {text} » : il n’y a que 12 mois. Écrivez jour/mois/année, par exemple 14/03/2026."
        raise ValueError(message)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= number_in_month <= last:
        name = MONTHS_IN_FULL[month - 1].capitalize()
        message = f"{name} {year} a {last} jours. Essayez {last:02d}/{month:02d}/{year}."
        raise ValueError(message)
    return date(year, month, number_in_month).isoformat()


def _parts_of_day(text: str) -> tuple[int, int, int]:
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY.fullmatch(text):
        year = int(found[3])
        return (year if year > 99 else _CENTURY + year), int(found[2]), int(found[1])  # noqa: PLR2004
    words = _WORDS.fullmatch(_SPACES.sub(" ", fold(text)))
    if words:
        for rank, name in enumerate(MONTHS_IN_FULL, start=1):
            if len(words[2]) >= 3 and fold(name).startswith(words[2]):  # noqa: PLR2004 - « mar » at least
                return int(words[3]), rank, int(words[1])
    message = f"« {text} » n’est pas un jour. Écrivez par exemple 14/03/2026."
    raise ValueError(message)


def time(text: str) -> str:
    """« 20h30 », « 20 h » or « 8:05 » → `20:30`, `20:00`, `08:05`."""
    found = _TIME.fullmatch(_SPACES.sub("", text.lower()))
    if not found:
        message = f"« {text} » n’est pas une heure. Écrivez par exemple 20h30."
        raise ValueError(message)
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - a clock
        near = "00h00" if hour == 24 else "20h30"  # noqa: PLR2004
        message = f"« {text} » : les heures vont de 00h00 à 23h59. Essayez {near}."
        raise ValueError(message)
    return f"{hour:02d}:{minute:02d}{found[4] or ''}"


def label(text: str) -> str:
    """The name of a line, a post, a file: 200 characters at most."""
    bare = words(text)
    if len(bare) > _LABEL:
        message = f"{len(bare)} caractères : {_LABEL} au plus. Le reste va dans la note."
        raise ValueError(message)
    return bare


def words(text: str) -> str:
    """A text without the spaces around it, with the ends of lines of a file."""
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


READERS: Final[dict[str, Callable[[str], str]]] = {
    "text": words, "label": label, "id": words, "choice": words, "expression": expression, "number": number,
    "amount": amount, "rate": rate, "count": count, "day": day, "time": time,
}  # fmt: skip


def shown(holds: str, value: str) -> str:
    """Write a file value as it is typed here: comma, percentage; dates stay ISO for the browser's own field."""
    if holds == "rate":
        return canonical_decimal(Decimal(value) * 100).replace(".", ",")
    if holds == "amount" and "." in value:
        whole, _point, cents = value.partition(".")
        return f"{whole},{cents:0<2}"
    if holds in ("number", "amount"):
        return value.replace(".", ",")
    if holds == "expression" and not _CALL.search(value):
        return _DECIMAL_POINT.sub(",", value)
    return value
