"""Scene titles as one says them: « GRANGE » is « Grange », the names the text writes keep their capital."""

from __future__ import annotations

import re

from filage.script.shape import Script

_WORD = re.compile(r"[^\W\d_]+")
_INSIDE = re.compile(r"(?<=[a-zà-ÿ,] )([A-ZÀ-Ý][a-zà-ÿ]+)")


def titles_of(script: Script) -> dict[str, str]:
    """Return the title of each scene whose set is written in capitals, by the id of the scene."""
    names = {word.casefold() for one in script.characters for word in _WORD.findall(one.name)}
    for scene in script.scenes:
        names |= {word.casefold() for word in _INSIDE.findall(f"{scene.shown}\n{scene.said}")}
    return {scene.id: _said(scene.set, names) for scene in script.scenes if scene.set and scene.set.isupper()}


def _said(place: str, names: set[str]) -> str:
    def lowered(word: re.Match[str]) -> str:
        written = word[0].lower()
        article = len(written) == 1
        return written.capitalize() if written.casefold() in names and not article else written

    text = _WORD.sub(lowered, place)
    return text[:1].upper() + text[1:]
