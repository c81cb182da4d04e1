"""A scene as its page shows it: words laid out with their marks, elements by category, what its text suggests."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from filage.facts.base import choices
from filage.facts.dossier import Dossier
from filage.facts.intent import Mark
from filage.facts.script import Element, Scene
from filage.kernel.text import fold
from filage.script.ages import CHILD_UNDER, ages_named
from filage.script.elements import Suggestion, suggest_elements
from filage.script.named import Named, roles_named
from filage.script.played import holders_of, played_scenes, running_order_of
from filage.script.probable_children import is_child
from filage.script.risks import risk_labels, risks_of
from filage.script.shape import ScriptScene
from filage.script.texts import SceneText, find_mark, find_passage
from filage_web.script.texts import Attached

CATEGORIES: Final = choices(Element, "category")
DISMISSED: Final = "Proposition écartée."
"""The note of a mark that only says: these words were read, they ask for nothing."""
_WORD: Final = re.compile(r"[a-z0-9]+")
_SENTENCE_END: Final = re.compile(r"[.!?…]+(?=\s)|\n")
_BEFORE: Final = re.compile(r" (?=[;!?])")
_WIDE: Final = re.compile(r" (?=[:»])|(?<=«) ")


@dataclass(frozen=True, slots=True)
class Shown:
    """A mark as the text shows it: what its words became."""

    id: str
    category: str
    word: str
    """The category, in French."""
    label: str
    element: str
    passage: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paragraph, with the marks that hold them; `ends` are those that end here."""

    at: int
    text: str
    marks: tuple[Shown, ...] = ()
    ends: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the script: heading, action, cue, parenthetical, speech, stage or transition."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ElementLine:
    """An element of the scene, with its precautions and its marks."""

    element: Element
    risks: tuple[str, ...]
    holders: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The elements of one category."""

    key: str
    label: str
    lines: tuple[ElementLine, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """Something the words suggest: the words themselves, where they stand, the sentence that holds them."""

    category: str
    word: str
    label: str
    risk: str
    risk_word: str
    passage: str
    start: int | None
    sentence: str
    known: str
    """The element of the production that already bears this name, if one does."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The scene before or after."""

    id: str
    name: str


@dataclass(slots=True)
class ScenePage:
    """Everything the page of a scene shows."""

    scene: Scene
    title: str
    part: str
    number: str
    played: bool
    paragraphs: tuple[Paragraph, ...]
    groups: tuple[Group, ...]
    proposed: tuple[Proposed, ...]
    lost: tuple[Shown, ...]
    """Marks whose words are no longer in the text."""
    dismissed: tuple[Mark, ...]
    previous: Neighbour | None = None
    following: Neighbour | None = None


def scene_page(dossier: Dossier, attached: Attached, scene: Scene) -> ScenePage:
    """Draw a scene up."""
    order = _order(dossier)
    names = [about for about, _name, _part in order]
    rank = names.index(scene.about) if scene.about in names else -1
    _about, title, part = order[rank] if rank >= 0 else (scene.about, scene.label, "")
    marks = [mark for mark in dossier.all(Mark) if mark.scene == scene.about]
    text = attached.text(scene)
    placed, lost = _placed(dossier, text, marks)
    played = {one.scene.about for one in played_scenes(dossier)}
    page = ScenePage(
        scene=scene,
        title=title,
        part=part,
        number=scene.number or "",
        played=scene.about in played,
        paragraphs=tuple(_paragraphs(text, placed)) if text else (),
        groups=groups_of(dossier, scene, marks),
        proposed=proposed_for(dossier, attached, scene),
        lost=lost,
        dismissed=tuple(mark for mark in marks if mark.element is None),
    )
    if rank > 0:
        page.previous = _neighbour(*order[rank - 1])
    if 0 <= rank < len(order) - 1:
        page.following = _neighbour(*order[rank + 1])
    return page


def _order(dossier: Dossier) -> list[tuple[str, str, str]]:
    """The scenes as one goes through them: in the order played, cut ones included, then those left out."""
    order = running_order_of(dossier)
    found: dict[str, tuple[str, str, str]] = {}
    for played in order.scenes if order else ():
        scene = dossier.find(played.scene, Scene)
        if scene:
            found.setdefault(scene.about, (scene.about, played.title or scene.label, played.part or ""))
    for scene in dossier.all(Scene):
        found.setdefault(scene.about, (scene.about, scene.label, ""))
    return list(found.values())


def _neighbour(about: str, name: str, _part: str) -> Neighbour:
    return Neighbour(about.rpartition("/")[2], name)


# --- words ---------------------------------------------------------------------------------------------------


def french(text: str) -> str:
    """Keep French punctuation with its word: each space replaced by another, so that no place moves."""
    return _WIDE.sub("\N{NO-BREAK SPACE}", _BEFORE.sub("\N{NARROW NO-BREAK SPACE}", text))


def _placed(
    dossier: Dossier, text: SceneText | None, marks: Iterable[Mark]
) -> tuple[list[tuple[int, int, Shown]], tuple[Shown, ...]]:
    """Find the marks again in the words: those that stand there, and those whose words are gone."""
    placed, lost = [], []
    for mark in marks:
        element = dossier.find(mark.element, Element)
        if element is None:
            continue
        word = CATEGORIES[element.category]
        shown = Shown(mark.id, element.category, word, element.label, element.id, mark.passage)
        where = find_mark(text.text, mark) if text else None
        if where:
            placed.append((*where, shown))
        elif text:
            lost.append(shown)
    return sorted(placed, key=lambda one: one[:2]), tuple(lost)


def _paragraphs(text: SceneText, placed: list[tuple[int, int, Shown]]) -> Iterator[Paragraph]:
    for block in text.blocks:
        words = french(block.text)
        held = [one for one in placed if one[0] < block.end and one[1] > block.start]
        cuts = sorted({block.start, block.end, *(place for one in held for place in one[:2])})
        cuts = [place for place in cuts if block.start <= place <= block.end]
        pieces = []
        for begin, end in pairwise(cuts):
            marks = tuple(shown for first, last, shown in held if first < end and last > begin)
            ends = tuple(shown for first, last, shown in held if first < end and last > begin and last <= end)
            pieces.append(Piece(begin, words[begin - block.start : end - block.start], marks, ends))
        yield Paragraph(block.kind, tuple(pieces))


# --- elements ------------------------------------------------------------------------------------------------


def groups_of(dossier: Dossier, scene: Scene, marks: Iterable[Mark]) -> tuple[Group, ...]:
    """The elements of a scene by category, in the order of the trade."""
    holders, words = holders_of(dossier), risk_labels()
    marked: dict[str, list[str]] = {}
    for mark in marks:
        if mark.element:
            marked.setdefault(mark.element, []).append(mark.id)
    by_category: dict[str, list[ElementLine]] = {}
    for about in dict.fromkeys(scene.elements):
        element = dossier.find(about, Element)
        if element:
            line = ElementLine(
                element,
                tuple(words[risk] for risk in risks_of(element)),
                tuple(holder.name for holder in holders.get(about, ())),
                tuple(marked.get(about, ())),
            )
            by_category.setdefault(element.category, []).append(line)
    return tuple(
        Group(key, word, tuple(by_category[key])) for key, word in CATEGORIES.items() if key in by_category
    )


def proposed_for(dossier: Dossier, attached: Attached, scene: Scene) -> tuple[Proposed, ...]:
    """What the words of a scene suggest and nobody has yet accepted nor put aside."""
    read, text = attached.scene(scene), attached.text(scene)
    if read is None or text is None:
        return ()
    here = [element for about in scene.elements if (element := dossier.find(about, Element))]
    marks = [mark for mark in dossier.all(Mark) if mark.scene == scene.about]
    seen = {fold(mark.passage) for mark in marks}
    aged = _ages_here(dossier, text)
    found = _with_ages(text, silent_in(dossier, attached, scene), aged, seen)
    told = {f"enfant de {age} ans" for _one, age in aged}
    for one in _suggested(read):
        if one.category == "child" and one.label in told:  # said of a role, not of one more child
            continue
        where = find_passage(text.text, one.label) or find_passage(text.text, one.passage.strip("…"))
        passage = text.text[slice(*where)] if where else one.label
        if _is_here(here, one.category, one.label) or fold(passage) in seen:
            continue
        known = same_element(dossier.all(Element), one.category, one.label)
        found.append(
            Proposed(
                one.category,
                CATEGORIES[one.category],
                one.label,
                one.risk or "",
                risk_labels().get(one.risk or "", ""),
                passage,
                where[0] if where else None,
                french(one.passage),
                known.label if known else "",
            )
        )
    return tuple(found)


def _ages_here(dossier: Dossier, text: SceneText) -> list[tuple[Named, int]]:
    """The roles whose age, a child’s, the action of a scene gives after their name."""
    roles = [one for one in dossier.all(Element) if one.category == "cast"]
    named = [(one, text.text[one.start : one.end]) for one in roles_named(text, roles)]
    action = "\n".join(block.text for block in text.blocks if block.kind == "action")
    ages = ages_named(action, (words for _one, words in named))
    return [(one, ages[words]) for one, words in named if ages.get(words, CHILD_UNDER) < CHILD_UNDER]


def _with_ages(
    text: SceneText, silent: Iterable[Proposed], aged: Iterable[tuple[Named, int]], seen: Container[str]
) -> list[Proposed]:
    """The silent roles, and those the text makes children, whom nobody has yet said to be."""
    found = {one.label: one for one in silent}
    for one, age in aged:
        if is_child(one.role):
            continue
        role = found.get(one.role.label) or _role_here(text, one)
        where = find_passage(text.text, f"{role.passage}, {age} ans", near=one.start)
        passage = text.text[slice(*where)] if where else role.passage
        if fold(passage) not in seen:
            risk = risk_labels().get("child", "")
            found[role.label] = replace(role, passage=passage, risk="child", risk_word=risk)
    return list(found.values())


@lru_cache(maxsize=1_024)
def _suggested(read: ScriptScene) -> tuple[Suggestion, ...]:
    return suggest_elements(read)


def silent_in(dossier: Dossier, attached: Attached, scene: Scene) -> tuple[Proposed, ...]:
    """The roles the action of a scene names, that it does not list and nobody has put aside."""
    text = attached.text(scene)
    if text is None:
        return ()
    seen = {fold(mark.passage) for mark in dossier.all(Mark) if mark.scene == scene.about}
    roles = [
        one for one in dossier.all(Element) if one.category == "cast" and one.about not in scene.elements
    ]
    return tuple(
        _role_here(text, one)
        for one in roles_named(text, roles)
        if fold(text.text[one.start : one.end]) not in seen
    )


def _role_here(text: SceneText, named: Named) -> Proposed:
    label, passage = named.role.label, text.text[named.start : named.end]
    sentence = french(_sentence(text, named.start))
    return Proposed("cast", CATEGORIES["cast"], label, "", "", passage, named.start, sentence, label)


def _sentence(text: SceneText, at: int) -> str:
    """The sentence of a paragraph that holds a place."""
    block = next(block for block in text.blocks if block.start <= at < block.end)
    place = at - block.start
    ends = [0, *(end.end() for end in _SENTENCE_END.finditer(block.text)), len(block.text)]
    first = max(end for end in ends if end <= place)
    return block.text[first : min(end for end in ends if end > place)].strip()


def _is_here(here: Iterable[Element], category: str, label: str) -> bool:
    """Whether the scene already has it under a longer name: « le gâteau, quatre exemplaires » is the cake."""
    wanted = set(_WORD.findall(bare(label)))
    return any(
        wanted <= set(_WORD.findall(fold(f"{element.label} {element.source or ''}")))
        for element in here
        if element.category == category
    )


def same_element(elements: Iterable[Element], category: str, label: str) -> Element | None:
    """Find the element of one category that bears a name, whatever its article, case and accents."""
    wanted = bare(label)
    return next(
        (
            element
            for element in elements
            if element.category == category
            and wanted in {bare(element.label), *map(bare, (element.source or "").split(","))}
        ),
        None,
    )


_ARTICLE: Final = re.compile(r"^(?:l['’]|(?:le|la|les|un|une|des|du|the|an?)\s+)")


def bare(label: str) -> str:
    """A name without its article, its case and its accents: « La navette » is « navette »."""
    return _ARTICLE.sub("", fold(label).strip())
