"""The number of a scene as its title says it: « Scène II », « Erste Szene », « [H4, Szene 5] »."""

from __future__ import annotations

import re

from filage.kernel.text import fold

_SCENE = r"(?:scene|szene|sz|sc|auftritt|tableau|bild|scena|escena)"
_FIGURE = re.compile(rf"\b{_SCENE}\b\.?\s*(?:n[°o]\s*)?(\d{{1,4}}[a-z]?|[ivxl]{{1,7}})\b")
_BEFORE = re.compile(rf"\b([a-z]+)\s+{_SCENE}\b")
_AFTER = re.compile(rf"\b{_SCENE}\s+([a-z]+)\b")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_ORDINALS = (
    ("premiere", "erste", "erster", "erstes", "first", "prima"),
    ("deuxieme", "seconde", "zweite", "zweiter", "zweites", "second", "seconda"),
    ("troisieme", "dritte", "dritter", "drittes", "third", "terza"),
    ("quatrieme", "vierte", "vierter", "viertes", "fourth", "quarta"),
    ("cinquieme", "funfte", "funfter", "funftes", "fifth", "quinta"),
    ("sixieme", "sechste", "sechster", "sechstes", "sixth", "sesta"),
    ("septieme", "siebente", "siebte", "siebenter", "siebter", "seventh", "settima"),
    ("huitieme", "achte", "achter", "achtes", "eighth", "ottava"),
    ("neuvieme", "neunte", "neunter", "neuntes", "ninth", "nona"),
    ("dixieme", "zehnte", "zehnter", "zehntes", "tenth", "decima"),
    ("onzieme", "elfte", "elfter", "elftes", "eleventh", "undicesima"),
    ("douzieme", "zwolfte", "zwolfter", "zwolftes", "twelfth", "dodicesima"),
)
_RANK = {word: rank for rank, words in enumerate(_ORDINALS, start=1) for word in words}


def scene_number(heading: str) -> str | None:
    """Return the number a title gives its scene, in Arabic figures, or None when it gives none."""
    text = fold(heading)
    if figure := _FIGURE.search(text):
        given = figure[1]
        return given.upper() if given[0].isdigit() else str(_from_roman(given))
    for pattern in (_BEFORE, _AFTER):
        if (word := pattern.search(text)) and word[1] in _RANK:
            return str(_RANK[word[1]])
    return None


def _from_roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
