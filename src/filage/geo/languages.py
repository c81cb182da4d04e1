"""Languages by their ISO code and French name, and those of each country."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from filage.kernel.text import fold

_OF_A_COUNTRY: Final[Mapping[str, tuple[str, ...]]] = {
    "FR": ("fr",),
    "BE": ("nl", "fr", "de"),
    "CH": ("de", "fr", "it"),
    "DE": ("de",),
    "ES": ("es",),
    "GB": ("en",),
    "IT": ("it",),
    "LU": ("fr", "lb", "de"),
    "US": ("en",),
}
"""The countries met most often, so that no table is opened for them."""


@cache
def code_of(said: str) -> str | None:
    """Return the ISO code of a language written « fr », « français » or « French »; None when nobody knows it."""
    word = fold(said).strip().replace("_", "-")
    known = _usual().get(word)
    if known:
        return known
    base = word.partition("-")[0]
    return _names().get(word) or (base if base in _codes() else None)


def name_of(code: str) -> str:
    """Return the French name of a language: « anglais »."""
    data = language_data()
    common = {known: name for name, known in data["common"].items()}
    if known := common.get(code) or data["names"].get(code):
        return str(known)
    from babel import Locale

    return str(Locale("fr").languages.get(code) or code)


@cache
def _usual() -> dict[str, str]:
    """The languages met every day, by name, code, and the other words people type."""
    data = language_data()
    common = {fold(name): code for name, code in data["common"].items()}
    words = {fold(word): code for word, code in data["words"].items()}
    own = {fold(name): code for code, name in data["names"].items()}
    return common | {code: code for code in common.values()} | own | words


@cache
def _names() -> dict[str, str]:
    """Every language of the name tables, folded, in French then English."""
    from babel import Locale

    found: dict[str, str] = {}
    for locale in ("en", "fr"):
        known = Locale(locale).languages.items()
        found |= {fold(str(name)): str(code) for code, name in known if "_" not in str(code)}
    return found


@cache
def _codes() -> frozenset[str]:
    from babel import Locale

    return frozenset(str(code) for code in Locale("fr").languages if "_" not in str(code)) | frozenset(
        language_data()["names"]
    )


def country_languages(country: str) -> tuple[str, ...]:
    """Return the languages an audience of a country (ISO code) is taken to understand; none for an unknown country."""
    from babel.languages import get_official_languages

    code = country.strip().upper()
    known = _OF_A_COUNTRY.get(code)
    return (
        known if known is not None else tuple(str(one) for one in get_official_languages(code, de_facto=True))
    )


def country_name(country: str) -> str:
    """Return the French name of a country: « Allemagne »."""
    from babel import Locale

    return str(Locale("fr").territories.get(country.strip().upper()) or country)


@cache
def language_data() -> dict[str, Any]:
    """Read `data/languages.yaml`: services, and the words people type."""
    import yaml

    text = files("filage.data").joinpath("languages.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (both are safe)
    return data
