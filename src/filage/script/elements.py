"""Suggests what a scene needs from the words of its text: a vehicle, an animal, a weapon, a child, a fall.

The words are data (`data/script/elements.yaml`, with their sources). A suggestion is proposed, never applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from filage.kernel.text import fold
from filage.script.shape import ScriptScene
from filage.script.words import squeeze

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
_COMMON: Mapping[Language, frozenset[str]] = {
    "fr": frozenset(
        (
            "le",
            "la",
            "les",
            "un",
            "une",
            "des",
            "du",
            "de",
            "et",
            "est",
            "dans",
            "sur",
            "il",
            "elle",
            "qui",
            "au",
        )
    ),
    "en": frozenset(
        (
            "the",
            "a",
            "an",
            "and",
            "is",
            "are",
            "in",
            "of",
            "to",
            "with",
            "he",
            "she",
            "his",
            "her",
            "it",
            "at",
        )
    ),
}
_TOKEN = re.compile(r"[a-z0-9]+")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s)|\n")
_LONGEST_PASSAGE = 140
_SHORTEST_PLURAL = 3
_LIKE = frozenset(("comme", "like"))
_PAUSE = re.compile(r"[,.;:!?…\n]")
_COMPARED_WITHIN = 6
_ADULT = 18
# A page of French or English has a quarter of such words; of German, a twentieth.
_ENOUGH_WORDS, _SHARE_OF_COMMON = 25, 0.12
_AGES: Mapping[Language, tuple[re.Pattern[str], ...]] = {
    "fr": (
        re.compile(r"[,(]\s*(\d{1,2})\s?ans\b(?!\s+(?:plus tard|apr[èe]s|avant|de\b))"),
        re.compile(r"\b[ÂâAa]gée?s?\s+de\s+(\d{1,2})\s?ans\b"),
        re.compile(r"\b(?:fille|garçon|enfant|gamine?|fillette)s?\s+(?:de|d’|d')\s*(\d{1,2})\s?ans\b"),
    ),
    "en": (
        re.compile(r"\b[A-ZÀ-Ý][A-ZÀ-Ý’' -]+,?\s*\((\d{1,2})\)"),
        re.compile(r"\b[A-ZÀ-Ý]{2,},\s*(\d{1,2})\s*,"),
        re.compile(r"\b(\d{1,2})[- ]years?[- ]old\b"),
        re.compile(r"\b[Aa]ged?\s+(\d{1,2})\b"),
    ),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something a scene seems to need: category (those of `Element`), name, and the passage that says so.

    `risk` is weapon, fire, height or water when it calls for one more precaution, else None; `times` is how
    often the scene names it; `marked` that its author already marked one of that name.
    """

    category: str
    label: str
    risk: str | None
    passage: str
    times: int = 1
    marked: bool = False

    @property
    def risks(self) -> tuple[str, ...]:
        """The risks of the element this proposes (values of `Element.risks`)."""
        return (self.risk,) if self.risk else ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One form of a word as tokens, and what it stands for; a form that stands for nothing hides those inside it."""

    tokens: tuple[str, ...]
    category: str = ""
    label: str = ""
    risk: str | None = None


def suggest_elements(scene: ScriptScene) -> tuple[Suggestion, ...]:
    """Return what the heading and the action of a scene suggest, in the order of the text; speeches are not read.

    The language, French or English, is told from the text; another one gives nothing.
    """
    language = language_of(f"{scene.shown}\n{scene.said}")
    if language is None:
        return ()
    text = "\n".join(part for part in (scene.set or "", scene.shown) if part)
    found: dict[tuple[str, str], Suggestion] = {}
    for at, suggestion in sorted([*_worded(text, language), *_aged(text, language)], key=lambda one: one[0]):
        key = (suggestion.category, fold(suggestion.label))
        if key in found:
            found[key] = replace(found[key], times=found[key].times + 1)
        else:
            found[key] = replace(suggestion, passage=_passage(text, at), marked=_marked(suggestion, scene))
    return tuple(found.values())


def _marked(suggestion: Suggestion, scene: ScriptScene) -> bool:
    """« chien » is marked when its author marked « Chien de ferme » in the same category."""
    words = set(_form(suggestion.label))
    return any(
        one.category == suggestion.category and words <= set(_form(one.label)) for one in scene.elements
    )


def risks_named(label: str) -> tuple[str, ...]:
    """Return the risks (values of `Element.risks`) the name of an element calls for: « pistolet » is a weapon."""
    words = list(_tokens(label))
    found: dict[str, None] = {}
    for language in LANGUAGES:
        known = _entries(language)
        at = 0
        while at < len(words):
            entry = next((entry for entry in known.get(words[at][1], ()) if _stands(entry, words, at)), None)
            if entry and entry.risk:
                found[entry.risk] = None
            at += len(entry.tokens) if entry else 1
    return tuple(found)


def language_of(text: str) -> Language | None:
    """Tell French from English by the small words: French for a few words, None for a text in another language."""
    words = _TOKEN.findall(fold(text))
    counts = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    if len(words) >= _ENOUGH_WORDS and max(counts.values()) < len(words) * _SHARE_OF_COMMON:
        return None
    return "en" if counts["en"] > counts["fr"] else "fr"


# -- words -----------------------------------------------------------------------------------------


def _worded(text: str, language: Language) -> Iterator[tuple[int, Suggestion]]:
    """The longest form first at each place; what it covers is not read again."""
    words = list(_tokens(text))
    known = _entries(language)
    at = 0
    while at < len(words):
        entry = next((entry for entry in known.get(words[at][1], ()) if _stands(entry, words, at)), None)
        if entry and entry.category and not _compared(text, words, at):
            yield words[at][0], Suggestion(entry.category, entry.label, entry.risk, "")
        at += len(entry.tokens) if entry else 1


def _compared(text: str, words: list[tuple[int, str]], at: int) -> bool:
    """« Elle le salue comme un cheval »: what follows « comme » in the same breath is not there."""
    for place, word in reversed(words[max(0, at - _COMPARED_WITHIN) : at]):
        if word in _LIKE:
            return not _PAUSE.search(text, place, words[at][0])
    return False


def _stands(entry: _Entry, words: list[tuple[int, str]], at: int) -> bool:
    return entry.tokens == tuple(word for _, word in words[at : at + len(entry.tokens)])


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    """Words without case, accent or plural, each with its place in the text as written."""
    plain = {char: _plain(char) for char in set(text)}
    folded = "".join(plain[char] for char in text)
    if all(len(one) == 1 for one in plain.values()):
        for token in _TOKEN.finditer(folded):
            yield token.start(), _singular(token[0])
        return
    places = [place for place, char in enumerate(text) for _ in plain[char]]
    for token in _TOKEN.finditer(folded):
        yield places[token.start()], _singular(token[0])


@lru_cache(maxsize=1_024)
def _plain(char: str) -> str:
    return fold(char)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORTEST_PLURAL and word[-1] in "sx" else word


@cache
def _entries(language: Language) -> Mapping[str, tuple[_Entry, ...]]:
    """Every form by its first word, the longest first."""
    import yaml

    text = files("filage.data").joinpath("script/elements.yaml").read_text("utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (both are safe)
    entries = [entry for listed in data["lists"] for entry in _listed(listed, language)]
    entries += [_Entry(_form(form)) for form in data["never"][language]]
    by_first: dict[str, list[_Entry]] = {}
    for entry in sorted(entries, key=lambda one: -len(one.tokens)):
        by_first.setdefault(entry.tokens[0], []).append(entry)
    return {word: tuple(held) for word, held in by_first.items()}


def _listed(listed: Mapping[str, Any], language: Language) -> Iterator[_Entry]:
    for written in listed[language]:
        label, apart, forms = written.partition(" = ")
        every = [form.strip() for form in (forms if apart else label).split("|")]
        for form in every:
            yield _Entry(
                _form(form), listed["category"], label.strip() if apart else every[0], listed["risk"]
            )


def _form(written: str) -> tuple[str, ...]:
    return tuple(_singular(word) for word in _TOKEN.findall(fold(written)))


# -- ages and passages -----------------------------------------------------------------------------


def _aged(text: str, language: Language) -> Iterator[tuple[int, Suggestion]]:
    """« NOÉ, 11 ans » and « ZOE (8) » are children."""
    for pattern in _AGES[language]:
        for age in pattern.finditer(text):
            if int(age[1]) < _ADULT:
                label = f"enfant de {int(age[1])} ans" if language == "fr" else f"child aged {int(age[1])}"
                yield age.start(1), Suggestion("child", label, None, "")


def _passage(text: str, at: int) -> str:
    """The sentence that stands there, shortened around the word when it is long."""
    ends = [end.end() for end in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= at), default=0)
    end = min((end for end in ends if end > at), default=len(text))
    whole = text[start:end]
    if len(whole) > _LONGEST_PASSAGE:
        left = max(0, at - start - _LONGEST_PASSAGE // 2)
        cut = whole[left : left + _LONGEST_PASSAGE]
        whole = f"{'…' if left else ''}{cut}{'…' if left + _LONGEST_PASSAGE < len(whole) else ''}"
    return squeeze(whole)
