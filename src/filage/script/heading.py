"""Reads a scene heading as French and English scripts write it: « 12. INT. CUISINE DE LÉA – NUIT #12A# »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from filage.kernel.text import fold
from filage.script.draft import Place
from filage.script.shape import IntExt
from filage.script.words import squeeze

_NUMBER = (
    r"(?:S(?:C|[ÉE]Q)[A-ZÈÉa-zèé]{0,6}\.?\s*)?"
    r"(?P<number>[A-Z]?\d{1,4}[A-Za-z]{0,2}(?:\s?(?:BIS|TER|bis|ter))?)"
)
_BOTH = r"INT\.?\s?[/–-]\s?EXT\b|EXT\.?\s?[/–-]\s?INT\b|I\.?\s?/\s?E\b|E\.?\s?/\s?I\b"
_ONE = r"INT(?:[ÉE]RIEUR)?\b|EXT(?:[ÉE]RIEUR)?\b"
_START = re.compile(
    rf"(?:{_NUMBER}\s*[.)–-]?\s*)?(?P<where>{_BOTH}|{_ONE}|EST(?=\.))(?P<rest>.*)", re.IGNORECASE
)
_LONGEST = 500
_STARTS_SPOKEN = re.compile(r"\s*[./]")
_TAIL_NUMBER = re.compile(r"\s*#(?P<number>[^#\n]{1,20})#\s*$")
_FORCED_NUMBER = re.compile(rf"{_NUMBER}\s*[.)–-]\s+(?=\S)")
_DASH = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*")
_PAREN = re.compile(r"\s*\(([^()]*)\)\s*$")

_MOMENTS = (
    "jour|journee|nuit|matin|matinee|soir|soiree|aube|aurore|crepuscule|midi|minuit|apres[- ]midi|soleil",
    "petit matin|pleine nuit|nuit americaine|nuit noire|nuit tombante|jour tombant|jour levant",
    "effet jour|effet nuit|heure bleue|entre chien et loup",
    "day|night|dawn|dusk|morning|evening|afternoon|noon|midnight|sunrise|sunset|magic hour",
    "(?:un peu |moments? )?(?:plus tard|later)|(?:meme|same) (?:moment|temps|jour|heure|time)",
    "(?:le )?lendemain(?: matin| midi| soir)?|meme instant|(?:plus tard|later) (?:cette nuit|that night|that day)",
    "(?:early |late |mid-?)(?:morning|afternoon|evening|night)|next (?:day|morning|night)",
    r"continue|continu|continuous|continuite|suite|\d{1,2}\s?[h:]\s?(?:\d\d)?",
)
_BASE = (
    r"(?:(?:debut|fin|milieu|tombee|lever|coucher)\s(?:de\s|du\s|d')?(?:la\s|l')?)?"
    rf"(?:{'|'.join(_MOMENTS)})"
)
_TIME = re.compile(rf"{_BASE}(?:\s*(?:/|,|et|puis|ou|-)\s*{_BASE})*(?:\s*\d{{1,2}})?")
_LAST_WORD = re.compile(r"(?P<set>.*\S)(?P<between>[.,]\s+|\s+)(?P<time>\S+(?:\s\d{1,2})?)$")
_FIRST_WORD = re.compile(r"(?P<time>[^\s.,/]+)(?:[.,]|\s*/)\s*(?P<set>\S.*)$")
_SECOND = re.compile(rf"(?P<set>.*\S)\s*/\s*(?P<where>{_BOTH}|{_ONE})\.?\s+(?P<rest>\S.*)$")
_SLASH_FIRST = re.compile(r"\s*/\s*(?P<time>[^\s.,/]+)[\s.,/–-]+(?P<set>\S.*)$")
_JOINING = {
    "de",
    "du",
    "des",
    "la",
    "le",
    "les",
    "a",
    "au",
    "aux",
    "en",
    "et",
    "un",
    "une",
    "ce",
    "of",
    "the",
    "by",
    "at",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading understood: its number, its text without marks, and the place it names."""

    number: str | None
    text: str
    place: Place


def read_heading(line: str, *, forced: bool = False) -> Heading | None:
    """Return what a heading says, or None when the line is none; a forced one (a leading point) always is."""
    if len(line) > _LONGEST:
        return None
    text, number = plain(line), None
    if tail := _TAIL_NUMBER.search(text):
        text, number = text[: tail.start()].strip(), tail["number"].strip() or None
    start = _START.match(text)
    if start and (_is_loud(start) or _STARTS_SPOKEN.match(start["rest"])):
        heading = squeeze(text[start.start("where") :])
        return Heading(number or start["number"], heading, _places(_int_ext(start["where"]), start["rest"]))
    if not forced or not text:
        return None
    if before := _FORCED_NUMBER.match(text):
        text, number = text[before.end() :], number or before["number"]
    return Heading(number, squeeze(text), _place(None, text))


def is_loud_heading(line: str) -> bool:
    """Whether a line can only be a heading, even without the blank line that should come before it."""
    start = _START.match(plain(line)) if len(line) <= _LONGEST else None
    return bool(start and _is_loud(start) and _STARTS_SPOKEN.match(start["rest"]) and line == line.upper())


def plain(text: str) -> str:
    """Return a text without the marks of emphasis around it."""
    return text.strip().strip("*_").strip()


def _is_loud(start: re.Match[str]) -> bool:
    return start["where"].isupper()


def _int_ext(where: str) -> IntExt | None:
    letters = re.sub(
        r"[^IE]",
        "",
        where.upper()
        .replace("INTÉRIEUR", "I")
        .replace("INTERIEUR", "I")
        .replace("EXTÉRIEUR", "E")
        .replace("EXTERIEUR", "E")
        .replace("EST", "")
        .replace("INT", "I")
        .replace("EXT", "E"),
    )
    known: dict[str, IntExt] = {"I": "INT", "E": "EXT", "IE": "INT/EXT", "EI": "INT/EXT"}
    return known.get(letters)


def _places(int_ext: IntExt | None, rest: str) -> Place:
    """« EXT. RUE / INT. VOITURE - NUIT » is two places and one moment."""
    second = _SECOND.fullmatch(rest)
    if second is None or second["where"] != second["where"].upper():
        return _place(int_ext, rest)
    first, other = _place(int_ext, second["set"]), _place(_int_ext(second["where"]), second["rest"])
    sets = [place.set for place in (first, other) if place.set]
    both = int_ext if int_ext == other.int_ext else "INT/EXT"
    return Place(both, " / ".join(dict.fromkeys(sets)) or None, other.time or first.time)


def _place(int_ext: IntExt | None, rest: str) -> Place:
    """Take the moment of the day out of what follows INT. or EXT.; what is left is the set."""
    if (slashed := _SLASH_FIRST.match(rest)) and is_time(slashed["time"]):
        return Place(int_ext, squeeze(slashed["set"]), slashed["time"])
    rest = squeeze(rest.replace("[", "(").replace("]", ")")).strip(" .,:/–—-")
    inside = None
    while paren := _PAREN.search(rest):
        inside = inside or (paren[1] if is_time(paren[1]) else None)
        rest = rest[: paren.start()].strip()
    parts = [part.strip() for part in _DASH.split(rest) if part.strip()]
    for index in range(len(parts) - 1, -1, -1):
        if is_time(parts[index]):
            named = parts[:index] or parts[index + 1 :]
            return Place(int_ext, " - ".join(named) or None, parts[index])
    return _dashless(int_ext, " - ".join(parts), inside)


def _dashless(int_ext: IntExt | None, rest: str, inside: str | None) -> Place:
    """The time may stand first (« INT. JOUR. CUISINE ») or last (« INT ÉGLISE NUIT »), without a dash."""
    if inside or int_ext is None:
        return Place(int_ext, rest or None, inside)
    if (first := _FIRST_WORD.match(rest)) and is_time(first["time"]):
        return Place(int_ext, first["set"], first["time"])
    last = _LAST_WORD.match(rest)
    if (
        last
        and is_time(last["time"])
        and (last["between"].strip() or fold(last["set"]).split()[-1] not in _JOINING)
    ):
        return Place(int_ext, last["set"].rstrip(" .,"), last["time"])
    return Place(int_ext, rest or None, None)


def is_time(text: str) -> bool:
    """Whether these words say a moment: JOUR, NUIT, FIN D’APRÈS-MIDI, PLUS TARD."""
    return bool(_TIME.fullmatch(fold(text).replace("’", "'").strip(" .")))
