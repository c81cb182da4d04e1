"""What changed between two copies of a sheet, in words for who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from filage.planning.sheets import Sheet, differences, from_json, gathered, shortly, told, was_at


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the copy a reader had: one by one, in a sentence, in a few words, and beside the rows."""

    lines: tuple[str, ...] = ()
    sentence: str = ""
    short: str = ""
    was: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lines)


NONE = Changes()


def changes_since(content: Mapping[str, Any] | None, new: Sheet) -> Changes:
    """Compare a copy with what was stored before it; nothing when nothing was, or in another language."""
    if not content or content.get("language") != new.language:
        return NONE
    found = differences(from_json(content), new, new.person)
    mine = [one for one in found if one.own]
    ordered = [*mine, *(one for one in found if not one.own)]
    said = [one.text for one in ordered if one.text] if new.person else gathered(found, new)
    lines = tuple(dict.fromkeys(_capital(line) for line in said))
    sentence = told(found, new.language)
    return Changes(lines, _capital(sentence), shortly(found, new.language), was_at(found, new.language))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
