"""Reads a screenplay in Final Draft (.fdx): scenes with their numbers and lengths, speeches, cast, marked elements.

Source of the format: files written by Final Draft 8 to 13; no description of it is published.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import cast

from lxml import etree

from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import fold
from filage.script.cue import cue_name, printed_speech, speaker_key
from filage.script.draft import Direction, Draft, DraftScene, Place, PrintedKind, Remark, Speech
from filage.script.fdx_tags import Tags, read_tags
from filage.script.heading import Heading, read_heading
from filage.script.ids import slug
from filage.script.words import quote, squeeze
from filage.script.xml import local

_LENGTH = re.compile(r"(?:(?P<pages>\d{1,4})(?:\s+|$))?(?:(?P<eighths>\d{1,3})\s*/\s*8)?")
_SHOWN, _SILENT = "shown", "silent"
_KINDS = {
    **dict.fromkeys(("scene heading", "en-tete de scene", "intitule de scene", "titre de scene"), "heading"),
    **dict.fromkeys(("character", "personnage"), "character"),
    **dict.fromkeys(("dialogue", "lyrics", "singing", "replique", "paroles"), "dialogue"),
    **dict.fromkeys(("parenthetical", "parenthese", "parentheses"), "parenthetical"),
    **dict.fromkeys(("action", "general", "shot", "description", "plan", "didascalie"), _SHOWN),
    **dict.fromkeys(("transition", "cast list", "end of act", "fin de l'acte", "page #"), _SILENT),
    **dict.fromkeys(("new act", "act", "acte", "nouvel acte"), "act"),
}

_Element = etree._Element  # noqa: SLF001  (the only name lxml gives its elements)


def draft_fdx(root: _Element, *, name: str, stem: str) -> Draft:
    """Return what a Final Draft file holds; one without a scene heading is refused."""
    draft = Draft(title=_title(root) or stem, format="fdx")
    reader = _Reader(draft, read_tags(root))
    for paragraph in _paragraphs(_first(root, "Content")):
        reader.read(paragraph)
    reader.close()
    if not draft.scenes:
        raise BadInput(
            Problem(
                "aucune scène dans ce fichier Final Draft",
                file=name,
                expected="des paragraphes de type « Scene Heading »",
                suggestion="dans Final Draft, donnez le style « Scene Heading » aux titres de scène",
            )
        )
    for member in root.iterfind("{*}Cast/{*}Member"):
        if said := cue_name("@" + squeeze(member.get("Character", ""))):
            draft.names.setdefault(speaker_key(said), said)
    return draft


def _first(root: _Element, tag: str) -> _Element | None:
    return next((child for child in root if local(child) == tag), None)


def _paragraphs(content: _Element | None) -> Iterator[_Element]:
    """Paragraphs of the text itself, those said together included; not those of notes or of scene properties."""
    for child in content if content is not None else ():
        if local(child) == "DualDialogue":
            yield from _paragraphs(child)
        elif local(child) == "Paragraph":
            together = _first(child, "DualDialogue")
            yield from _paragraphs(together) if together is not None else (child,)


def _text(paragraph: _Element) -> str:
    return "".join(_written(run) for run in paragraph if local(run) == "Text")


def _written(run: _Element) -> str:
    if not len(run):
        return run.text or ""
    return "".join(str(part) for part in run.itertext())


def _title(root: _Element) -> str:
    """The first centred line of the title page, or its first line."""
    page = _first(root, "TitlePage")
    content = _first(page, "Content") if page is not None else None
    lines = [(paragraph.get("Alignment"), squeeze(_text(paragraph))) for paragraph in _paragraphs(content)]
    centred = [text for alignment, text in lines if text and alignment == "Center"]
    return next(iter(centred or [text for _, text in lines if text]), "")


@dataclass(slots=True)
class _Reader:
    """Goes down the paragraphs once; knows who speaks."""

    draft: Draft
    tags: Tags
    act: str | None = None
    speaker: str | None = None
    label: str = ""
    line: int = 0
    said: list[str] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)

    def read(self, paragraph: _Element) -> None:
        """Read one paragraph."""
        text = _text(paragraph)
        kind = self._kind(paragraph.get("Type") or "Action", paragraph)
        if kind == "heading":
            self._heading(paragraph, squeeze(text))
        elif kind == "character":
            self._character(paragraph, squeeze(text))
        elif kind == "dialogue":
            self._dialogue(paragraph, text)
        elif kind == "parenthetical":
            self._print("parenthetical", squeeze(text))
        elif kind == "act":
            self._end_speech()
            self.act = squeeze(text) or None
        elif kind == _SHOWN:
            self._show(squeeze(text))
        elif kind == _SILENT:
            self._end_speech()
            if fold(paragraph.get("Type") or "") == "transition":
                self._print("transition", squeeze(text))
        self._mark(paragraph)

    def close(self) -> None:
        """Finish the last speech, and tell of what could not be placed."""
        self._end_speech()
        for message in self.tags.untold():
            self.draft.remarks.append(Remark("script.unknown_tag", message, self.tags.line, severe=False))

    def _kind(self, given: str, paragraph: _Element) -> str:
        if kind := _KINDS.get(fold(given)):
            return kind
        if fold(given).startswith("outline"):
            return _SILENT
        self.unknown[given] += 1
        if self.unknown[given] == 1:
            message = f"style de paragraphe « {given} » inconnu ; lu comme de l’action, partout où il sert."
            line = _line(paragraph)
            self.draft.remarks.append(Remark("script.unknown_paragraph", message, line, severe=False))
        return _SHOWN

    def _heading(self, paragraph: _Element, text: str) -> None:
        self._end_speech()
        number = squeeze(paragraph.get("Number") or "") or None
        if not text and number is None:
            return
        heading = read_heading(text, forced=True) or Heading(None, text or f"Scène {number}", Place())
        number = number or heading.number
        self.draft.scenes.append(
            DraftScene(
                wanted_id=slug(number or "", "") or slug(heading.text, "scene"),
                number=number,
                heading=heading.text,
                line=_line(paragraph),
                place=heading.place,
                act=self.act,
                eighths=self._length(paragraph),
            )
        )
        self._print("heading", heading.text)

    def _length(self, paragraph: _Element) -> int | None:
        """The length the file gives, in eighths; None when it gives none, or nothing one can read."""
        properties = _first(paragraph, "SceneProperties")
        given = squeeze(properties.get("Length") or "") if properties is not None else ""
        if not given:
            return None
        found = _LENGTH.fullmatch(given)
        eighths = 8 * int(found["pages"] or 0) + int(found["eighths"] or 0) if found else 0
        if not eighths and not found:
            message = f"longueur « {quote(given)} » illisible (attendu : « 1 6/8 ») ; elle est estimée."
            self.draft.remarks.append(Remark("script.unread_length", message, _line(paragraph), severe=False))
        return eighths or None

    def _character(self, paragraph: _Element, text: str) -> None:
        self._end_speech()
        if name := cue_name("@" + text):
            self.speaker, self.label, self.line = speaker_key(name), name, _line(paragraph)
            self.draft.names.setdefault(self.speaker, name)
        self._print("cue", text)

    def _dialogue(self, paragraph: _Element, text: str) -> None:
        aside = False
        for part in text.splitlines():
            aside, inside, words = printed_speech(part.strip(), aside=aside)
            self.said.append(words)
            self._print("parenthetical", squeeze(inside))
            self._print("speech", squeeze(words))
        self.line = self.line or _line(paragraph)

    def _show(self, text: str) -> None:
        self._end_speech()
        if text and self.draft.scenes:
            self.draft.scenes[-1].blocks.append(Direction(text))
        self._print("action", text)

    def _print(self, kind: PrintedKind, text: str) -> None:
        if self.draft.scenes:
            self.draft.scenes[-1].print(kind, text)

    def _end_speech(self) -> None:
        text = squeeze(" ".join(self.said))
        if self.speaker is not None or text:
            speech = Speech((self.speaker,) if self.speaker is not None else (), self.label, text, self.line)
            scenes = self.draft.scenes
            (scenes[-1].blocks if scenes else self.draft.homeless).append(speech)
        self.speaker, self.label, self.line, self.said = None, "", 0, []

    def _mark(self, paragraph: _Element) -> None:
        if not self.tags.named:
            return
        if not self.draft.scenes:
            return
        scene = self.draft.scenes[-1]
        for given, runs in groupby(paragraph.iter("{*}Text"), key=lambda run: run.get("TagNumber") or ""):
            words = squeeze("".join(_written(run) for run in runs))
            for element in self.tags.of(re.findall(r"\d+", given), words) if given else ():
                scene.elements.append(element)
                scene.mark(element, words)


def _line(element: _Element) -> int:
    return cast("int", element.sourceline)
