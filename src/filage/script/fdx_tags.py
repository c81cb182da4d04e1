"""What the author of a Final Draft file marked for the breakdown: props, vehicles, animals…, by category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from filage.kernel.text import fold
from filage.script.shape import Tagged
from filage.script.words import squeeze
from filage.script.xml import local

_Element = etree._Element  # noqa: SLF001  (the only name lxml gives its elements)

_NOTES = {"notes", "note", "script notes"}
# Final Draft's own categories, as its files name them, and the French ones people give.
_CATEGORIES = {
    **dict.fromkeys(("cast", "cast members", "roles", "comediens", "personnages"), "cast"),
    **dict.fromkeys(("background actors", "extras", "atmosphere", "figuration", "figurants"), "extras"),
    **dict.fromkeys(("props", "prop", "accessoires"), "props"),
    **dict.fromkeys(("set dressing", "greenery", "decor", "decoration", "ensemblage"), "set"),
    **dict.fromkeys(("wardrobe", "costumes", "costume"), "costume"),
    **dict.fromkeys(("makeup/hair", "makeup", "hair", "make-up", "maquillage", "coiffure"), "makeup"),
    **dict.fromkeys(("maquillage/coiffure", "maquillage et coiffure"), "makeup"),
    **dict.fromkeys(("vehicles", "picture cars", "vehicules", "vehicule"), "vehicle"),
    **dict.fromkeys(("animals", "animal", "animal handler", "livestock", "animaux"), "animal"),
    **dict.fromkeys(("stunts", "stunt", "cascades"), "stunt"),
    **dict.fromkeys(("special effects", "visual effects", "mechanical effects", "sfx", "vfx"), "effect"),
    **dict.fromkeys(("effets", "effets speciaux", "effets visuels"), "effect"),
    **dict.fromkeys(("music", "musique"), "music"),
    **dict.fromkeys(("sound", "son", "sons"), "sound"),
    **dict.fromkeys(("video", "playback"), "video"),
    **dict.fromkeys(("special equipment", "camera", "equipment", "materiel"), "equipment"),
    **dict.fromkeys(("minors", "children", "enfants", "mineurs"), "child"),
    **dict.fromkeys(("intimacy", "intimite", "nudity"), "intimacy"),
    **dict.fromkeys(("security", "safety", "securite"), "safety"),
}


@dataclass(slots=True)
class Tags:
    """The marks of a file: what each number stands for, and what was met under a category Filage does not keep."""

    named: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    line: int = 0
    unplaced: Counter[str] = field(default_factory=Counter)

    def of(self, numbers: list[str], text: str) -> list[Tagged]:
        """Return what these numbers mark; a mark without a name takes the text it covers."""
        found = []
        for number in numbers:
            category, label = self.named.get(number, ("", ""))
            label = label or text
            if not category or not label or fold(category) in _NOTES:
                continue
            if kept := _CATEGORIES.get(fold(category)):
                found.append(Tagged(kept, label))
            else:
                self.unplaced[category] += 1
        return found

    def untold(self) -> list[str]:
        """Say which marks were left out, a sentence per category."""
        return [
            f"la catégorie d’étiquettes « {category} » n’a pas d’équivalent dans Filage ; "
            f"passages marqués et non repris : {count}."
            for category, count in self.unplaced.items()
        ]


def read_tags(root: _Element) -> Tags:
    """Read what the numbers on the text stand for; nothing when the file was never marked."""
    held = next((child for child in root if local(child) == "TagData"), None)
    if held is None:
        return Tags()
    categories = {one.get("Id"): squeeze(one.get("Name") or "") for one in held.iter("{*}TagCategory")}
    by_id: dict[str | None, tuple[str, str]] = {}
    named: dict[str, tuple[str, str]] = {}
    for one in held.iter("{*}TagDefinition"):
        meaning = (categories.get(one.get("CatId"), ""), squeeze(one.get("Label") or ""))
        by_id[one.get("Id")] = meaning
        named[one.get("Number") or ""] = meaning
    marks = {one.get("Number") or "": by_id.get(_definition(one)) for one in held.iter("{*}Tag")}
    named |= {number: meaning for number, meaning in marks.items() if meaning}
    return Tags(named, cast("int", held.sourceline))


def _definition(tag: _Element) -> str | None:
    inside = tag.findtext("{*}DefId")
    return tag.get("DefId") or (squeeze(inside) if inside else None)
