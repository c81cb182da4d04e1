"""Words of a scene that become an element: the mark, the element and its place in the scene, as one write."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from filage.facts.dossier import Dossier
from filage.facts.intent import Mark
from filage.facts.script import Element, Scene
from filage.kernel.changes import Change, add, remove, set_
from filage.kernel.errors import BadInput, Problem
from filage.script.texts import SceneText, find_passage
from filage_web.forms.identifiers import slug
from filage_web.script.scenes import CATEGORIES, DISMISSED, Proposed, bare, same_element

_LONGEST: Final = 200
_PASSAGE: Final = 2_000
_ABSENT: Final = "ces mots ne se suivent pas dans le texte de la scène ; recopiez-les tels qu’ils y sont"


@dataclass(frozen=True, slots=True)
class Tag:
    """One thing a scene needs: its name and category, and the words that say so, when words do."""

    category: str
    label: str
    passage: str = ""
    start: int | None = None
    risk: str = ""


def tag_changes(dossier: Dossier, scene: Scene, tags: Iterable[Tag]) -> tuple[Change, ...]:
    """Make what tags ask for: elements not yet known, their risks, their marks, and the scene that needs them."""
    taken = set(dossier.by_kind.get("element", {}))
    marked = set(dossier.by_kind.get("mark", {}))
    fresh: dict[tuple[str, str], str] = {}
    changes: list[Change] = []
    wanted = dict.fromkeys(scene.elements)
    for tag in tags:
        known = same_element(dossier.all(Element), tag.category, tag.label)
        key = (tag.category, slug(tag.label))
        about = known.about if known else fresh.get(key)
        if about is None:
            about = fresh[key] = f"element/{_free(slug(tag.label) or tag.category, taken)}"
            risks = {"risks": [tag.risk]} if tag.risk else {}
            changes.append(add(about, label=tag.label, category=tag.category, **risks))
        elif known and tag.risk and tag.risk not in known.risks:
            changes.append(set_(about, risks=[*known.risks, tag.risk]))
        wanted[about] = None
        if tag.passage:
            changes.append(_mark(scene, tag, about, marked))
    if tuple(wanted) != scene.elements:
        changes.append(set_(scene.about, elements=list(wanted)))
    return tuple(changes)


def _mark(scene: Scene, tag: Tag, about: str, marked: set[str]) -> Change:
    ident = _free(f"{scene.id}-{slug(tag.label)}", marked)
    place = {} if tag.start is None else {"start": str(tag.start)}
    return add(f"mark/{ident}", scene=scene.about, passage=tag.passage, element=about, **place)


def dismiss_changes(dossier: Dossier, scene: Scene, proposed: Iterable[Proposed]) -> tuple[Change, ...]:
    """Put suggestions aside: their words were read and ask for nothing; what was put aside can be taken up again."""
    marked = set(dossier.by_kind.get("mark", {}))
    changes = []
    for one in proposed:
        place = {} if one.start is None else {"start": str(one.start)}
        ident = _free(f"{scene.id}-{slug(one.label)}-ecarte", marked)
        changes.append(add(f"mark/{ident}", scene=scene.about, passage=one.passage, note=DISMISSED, **place))
    return tuple(changes)


def untag_changes(dossier: Dossier, scene: Scene, element: str) -> tuple[Change, ...]:
    """Take an element out of a scene with its marks there; the element itself stays in the production."""
    marks = [mark for mark in dossier.all(Mark) if mark.scene == scene.about and mark.element == element]
    kept = [about for about in scene.elements if about != element]
    removals = [remove(mark.about) for mark in marks]
    return (
        (*removals, set_(scene.about, elements=kept)) if len(kept) < len(scene.elements) else tuple(removals)
    )


def unmark_changes(dossier: Dossier, scene: Scene, mark: Mark) -> tuple[Change, ...]:
    """Take one mark off; the element leaves the scene with its last mark there."""
    others = [
        one
        for one in dossier.all(Mark)
        if one.scene == scene.about and one.element == mark.element and one.about != mark.about
    ]
    if mark.element is None or others or mark.element not in scene.elements:
        return (remove(mark.about),)
    return untag_changes(dossier, scene, mark.element)


def typed_tag(data: Mapping[str, Any], text: SceneText | None) -> Tag:
    """Read the form of a passage; BadInput says everything that is wrong with it."""
    category, label = str(data.get("category", "")), " ".join(str(data.get("label", "")).split())
    passage = " ".join(str(data.get("passage", "")).split())[:_PASSAGE]
    problems = []
    if category not in CATEGORIES:
        problems.append(Problem("choisissez une catégorie", "Catégorie"))
    if not (label or passage):
        problems.append(Problem("choisissez des mots dans le texte, ou donnez un nom", "Élément"))
    start: int | None = None
    if passage and text is not None:
        where = _where(text, passage, str(data.get("start", "")), str(data.get("end", "")))
        if where is None:
            problems.append(Problem(_ABSENT, "Passage"))
        else:
            start, passage = where[0], text.text[slice(*where)].strip()
    if problems:
        raise BadInput(problems)
    return Tag(category, (label or passage)[:_LONGEST], passage if text is not None else "", start)


def with_risk(tag: Tag, proposed: Iterable[Proposed]) -> Tag:
    """Give a tag the precaution that its words call for."""
    words = {bare(tag.label), bare(tag.passage)}
    same = (one for one in proposed if one.category == tag.category and bare(one.label) in words)
    found = next(same, None)
    return replace(tag, risk=found.risk) if found else tag


def _where(text: SceneText, passage: str, start: str, end: str) -> tuple[int, int] | None:
    """Where the words stand: where the page says when they are there, else the nearest place."""
    if start.isdigit() and end.isdigit() and int(start) < int(end) <= len(text.text):
        found = text.text[int(start) : int(end)]
        if found.strip():
            lead = len(found) - len(found.lstrip())
            return _whole_words(text.text, int(start) + lead, int(start) + len(found.rstrip()))
    return find_passage(text.text, passage, near=int(start) if start.isdigit() else 0)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a selection that cuts a word; a single letter caught from the next word is let go."""
    words = [(one.start(), one.end()) for one in re.finditer(r"[^\W_]+(?:[-’'][^\W_]+)*", text)]
    cut = next((one for one in words if one[0] < end < one[1]), None)
    if cut and start < cut[0] and end - cut[0] == 1:
        return start, start + len(text[start : cut[0]].rstrip())
    first = next((one[0] for one in words if one[0] < start < one[1]), start)
    return first, cut[1] if cut else end


def _free(base: str, taken: set[str]) -> str:
    base = base[:56].strip("-")
    names = (base if rank == 1 else f"{base}-{rank}" for rank in range(1, 100_000))
    ident = next(name for name in names if name not in taken)
    taken.add(ident)
    return ident
