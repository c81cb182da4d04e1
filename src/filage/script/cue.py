"""Who speaks, as a line says it: « ZOÉ », « ZOÉ (OFF) » and « Zoe (suite) » are one person in every format."""

from __future__ import annotations

import re

from filage.kernel.text import fold
from filage.script.heading import plain
from filage.script.words import squeeze

_PARENS = re.compile(r"\([^()]*\)?")
_OFF = re.compile(
    r"(?:\s*[,–-]\s*(?:OFF|VOIX OFF|V\.?O\.?|H\.?C\.?|SUITE|CONT[’']D)|\s+(?:VOIX )?OFF|\s+V\.O\.?|\s+H\.C\.?)\.?$",
    re.IGNORECASE,
)
_TRANSITION = re.compile(
    r"(?:FONDU|COUPE|CUT|RACCORD|NOIR|OUVERTURE|FERMETURE|VOLET|IRIS|FADE|DISSOLVE|SMASH|MATCH)\b.*|.* TO"
)
# « VOIX OFF » is who speaks, not how.
_NOBODY = {"", "voix", "la", "une", "la voix", "une voix"}
_TITLES = {"Mme", "Mlle", "Mr", "Dr", "Me", "Mgr", "Pr"}
_LONGEST_CUE, _LONGEST_LINE = 60, 200


def speaker_key(name: str) -> str:
    """Return what two spellings of one name share."""
    return fold(name.replace("’", "'"))


def cue_name(text: str) -> str | None:
    """Return who speaks under this line, without (OFF), (SUITE) or ^, or None when the line names nobody."""
    forced = text.startswith("@")
    if len(text) > _LONGEST_LINE or (not forced and text.startswith(("!", ">", "#", "=", "~", "("))):
        return None
    name = plain(_PARENS.sub(" ", text.lstrip("@").rstrip("^ :")))
    name = squeeze(name).rstrip(" :")
    apart = squeeze(_OFF.sub("", name)).rstrip(" :")
    name = name if fold(apart) in _NOBODY else apart
    if not any(char.isalpha() for char in name):
        return None
    return (
        name
        if forced or (len(name) <= _LONGEST_CUE and _in_capitals(name) and not is_transition(text))
        else None
    )


def _in_capitals(name: str) -> bool:
    if name.endswith(("!", "?", "…", "...", ";", ",")):
        return False
    return all(word in _TITLES or not any(char.islower() for char in word) for word in name.split())


def is_transition(text: str) -> bool:
    """Whether a line says how one scene gives way to the next."""
    if text.startswith(">") and not text.endswith("<"):
        return True
    return text.endswith((":", ".")) and text.isupper() and bool(_TRANSITION.fullmatch(text.rstrip(" :.")))


def spoken(text: str, *, aside: bool) -> tuple[bool, str]:
    """Return whether a parenthetical is still open, and what is said on this line."""
    if aside or text.startswith("("):
        _, closed, after = text.partition(")")
        return not closed, after.strip()
    return False, text.lstrip("~").strip()


def printed_speech(text: str, *, aside: bool) -> tuple[bool, str, str]:
    """Return whether a parenthetical is still open, the part of this line inside it, and what is said."""
    opened, words = spoken(text, aside=aside)
    inside = text[: len(text) - len(words)].strip() if aside or text.startswith("(") else ""
    return opened, inside, words
