"""What the words of a budget say: a total, a side, a phase, a unit, where a line goes, who gives the money."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from filage.budget.importing.columns import bare

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache(maxsize=3)
def _read(name: str) -> Any:
    return yaml.safe_load(files("filage.data").joinpath(f"importing/{name}.yaml").read_text("utf-8"))


def _pattern(words: Iterable[str], end: str = "") -> re.Pattern[str]:
    told = sorted((re.escape(bare(word)) for word in words), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(told)}){end}")


@lru_cache(maxsize=64)
def _one_of(key: str, inner: str = "", end: str = "") -> re.Pattern[str]:
    """A pattern of the words of a list; with the end of a word, whole words, else beginnings of words."""
    found = _read("words")[key]
    return _pattern(found[inner] if inner else found, end)


@lru_cache(maxsize=8_192)
def is_total(label: str) -> bool:
    """Whether a row adds others up: « TOTAL CHARGES », « Sous-total décor »."""
    return bool(_one_of("totals", end=r"\b").match(bare(label)))


@lru_cache(maxsize=8_192)
def is_balance(label: str) -> bool:
    """Whether a row is what is left: « Résultat », « Solde »."""
    return bool(_one_of("balance", end=r"\b").match(bare(label)))


def side_told(label: str) -> str:
    """The side a heading opens, and nothing else: « CHARGES », « II. Recettes »; empty when it is a chapter."""
    return _only("sides", label)


def phase_told(label: str) -> str:
    """The phase a heading opens, and nothing else: « Budget d’exploitation »; empty when it is a chapter."""
    return _only("phases", label)


@lru_cache(maxsize=8_192)
def _only(key: str, label: str) -> str:
    said = bare(label)
    for name in _read("words")[key]:
        if _one_of(key, name, r"\b").search(said):
            rest = _one_of(key, name, r"\b").sub(" ", said, count=1).split()
            if all(word in _beside() for word in rest):
                return str(name)
    return ""


@lru_cache(maxsize=1)
def _beside() -> frozenset[str]:
    """Words that may stand in the heading of a side or of a phase without making it a chapter."""
    words = _read("words")
    named = (word for key in ("sides", "phases") for each in words[key].values() for word in each)
    return frozenset(bare(str(word)) for word in (*words["beside"], *named))


def side_in_total(label: str) -> str:
    """The side a total names: « Total des charges »."""
    return _named("sides", label)


def phase_in_total(label: str) -> str:
    """The phase a total or a cell names: « Total exploitation »."""
    return _named("phases", label)


def side_in_words(text: str) -> str:
    """The side a cell names: « Charge », « Recette », « D »."""
    return {"d": "expense", "c": "expense", "r": "income", "p": "income"}.get(bare(text)) or _named(
        "sides", text
    )


@lru_cache(maxsize=8_192)
def _named(key: str, text: str) -> str:
    said = bare(text)
    if not said:
        return ""
    return next((str(name) for name in _read("words")[key] if _one_of(key, name, r"\b").search(said)), "")


def says_nothing(text: str) -> bool:
    """Whether a text stands in a column of money for nothing: « - », « pour mémoire »."""
    return text.strip().casefold() in _nothing()


def is_to_price(text: str) -> bool:
    """Whether a text stands where an amount will come: « à chiffrer », « devis en cours »."""
    return bool(_one_of("to_price", end=r"\b").fullmatch(bare(text)))


@lru_cache(maxsize=1)
def _nothing() -> frozenset[str]:
    return frozenset(_read("words")["nothing"])


def is_valued(label: str) -> bool:
    """Whether a heading opens the free contributions, counted apart."""
    return bool(_one_of("valued").search(bare(label)))


@lru_cache(maxsize=16_384)
def is_charges(label: str) -> bool:
    """Whether a line is the contributions on pay."""
    return bool(_one_of("charges").search(bare(label)))


@lru_cache(maxsize=16_384)
def unit_told(text: str) -> str:
    """The unit of pay some words name, the last of them: « cachets », « 2 régisseurs × 5 jours »; else empty."""
    units = _units()
    return next((units[word] for word in reversed(bare(text).split()) if word in units), "")


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    return {word: name for name, words in _read("words")["units"].items() for word in words}


@lru_cache(maxsize=1_024)
def state_told(text: str) -> str:
    """How far a funding is, from its words; empty when they say nothing of it."""
    said = bare(text)
    return next((str(name) for name in _read("words")["states"] if _one_of("states", name).search(said)), "")


@lru_cache(maxsize=1)
def _natures() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((str(row["nature"]), _pattern(row["words"], r"\b")) for row in _read("income"))


@lru_cache(maxsize=16_384)
def nature_told(label: str) -> str:
    """The nature of a funding, from its words; empty for a sale."""
    said = bare(label)
    return next((nature for nature, words in _natures() if words.search(said)), "")


@lru_cache(maxsize=2)
def _usual(phase: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((str(row[phase]), _pattern(row["words"])) for row in _read("posts"))


@lru_cache(maxsize=16_384)
def usual_post(label: str, phase: str) -> str:
    """The usual chapter of a line, from its words; empty when nothing tells."""
    said = bare(label)
    return next((post for post, words in _usual(phase) if words.search(said)), "")
