"""Reads a screenplay in Fountain, French ones included: « 12. INT. », « – NUIT », (OFF), accents in capitals.

Source of the format: Fountain 1.1 syntax (fountain.io). Wider than it on purpose where French scripts are:
numbers before the heading, en dashes, « FONDU AU NOIR : », a heading after a forgotten blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import fold
from filage.script.cue import cue_name, is_transition, printed_speech, speaker_key
from filage.script.draft import Direction, Draft, DraftScene, PrintedKind, Remark, Speech
from filage.script.heading import Heading, is_loud_heading, plain, read_heading
from filage.script.ids import slug
from filage.script.words import squeeze

_REMOVED = "\x00"
_TITLE_KEY = re.compile(r"([^\W\d_][^:\n]{0,40}?)\s*:(.*)")
_TITLE_KEYS = {
    *("title", "titre", "credit", "author", "authors", "auteur", "auteurs", "auteure", "autrice", "source"),
    *(
        "draft date",
        "date",
        "contact",
        "copyright",
        "notes",
        "note",
        "revision",
        "version",
        "duree",
        "format",
    ),
    *("genre", "production"),
}
_EMPHASIS = re.compile(r"\*+|\b_+|_+\b")
_ACT = re.compile(r"act(e|\b)")
_PART = re.compile(r"part(ie)?\b")
_MARKS = re.compile(r"\[\[+|\]\]|\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def draft_fountain(text: str, *, name: str, stem: str) -> Draft:
    """Return what a Fountain text holds; one without a scene heading is refused."""
    draft = Draft(title=stem, format="fountain")
    lines = _lines(_without_notes(_without_boneyard(text, draft)))
    body = _read_title(lines, draft)
    _Reader(draft).read(body)
    if not draft.scenes:
        raise BadInput(
            Problem(
                "aucune scène dans ce texte",
                file=name,
                expected="des titres de scène comme « INT. CUISINE - JOUR », précédés d’une ligne vide",
                suggestion="un point au début de la ligne force un titre : « .LE RÊVE »",
            )
        )
    return draft


# -- what is not read ------------------------------------------------------------------------------


def _hidden(text: str) -> str:
    """Keep the lines of a removed passage, marked: line numbers stay true, no blank line appears."""
    return _REMOVED + ("\n" + _REMOVED) * text.count("\n")


def _without_boneyard(text: str, draft: Draft) -> str:
    kept, at = [], 0
    while (start := text.find("/*", at)) >= 0:
        end = text.find("*/", start + 2)
        if end < 0:
            line = text.count("\n", 0, start) + 1
            message = "« /* » n’est jamais refermé par « */ » ; tout est lu."
            draft.remarks.append(Remark("script.open_boneyard", message, line))
            break
        kept += [text[at:start], _hidden(text[start:end])]
        at = end + 2
    return "".join([*kept, text[at:]])


def _without_notes(text: str) -> str:
    """A note, « [[ … ]] », may run over lines but not over a blank one."""
    kept: list[str] = []
    at, opened = 0, -1
    for mark in _MARKS.finditer(text):
        if mark[0].startswith("[["):
            opened = mark.start() if opened < 0 else opened
        elif mark[0] == "]]" and opened >= 0:
            kept += [text[at:opened], _hidden(text[opened : mark.end()])]
            at, opened = mark.end(), -1
        elif mark[0] != "]]":
            opened = -1
    return "".join([*kept, text[at:]])


def _lines(text: str) -> list[_Line]:
    lines = []
    for number, raw in enumerate(text.split("\n"), start=1):
        shown = raw.replace(_REMOVED, "")
        if shown.strip() or _REMOVED not in raw:
            lines.append(_Line(number, shown))
    return lines


def _read_title(lines: list[_Line], draft: Draft) -> list[_Line]:
    """Take the title page off the top, when there is one."""
    first = next((index for index, line in enumerate(lines) if line.text.strip()), len(lines))
    end = next((index for index in range(first, len(lines)) if not lines[index].text.strip()), len(lines))
    values: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines[first:end]:
        key = _TITLE_KEY.match(line.text)
        if key:
            current = values.setdefault(fold(key[1]), [])
            current.append(key[2])
        else:
            current.append(line.text)
    if not values.keys() & _TITLE_KEYS or not _TITLE_KEY.match(lines[first].text):
        return lines
    title = values.get("title") or values.get("titre") or []
    draft.title = squeeze(" ".join(plain(part) for part in title)) or draft.title
    return lines[end:]


# -- scenes and speeches ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    """Goes down the lines once; knows the scene it is in, and whether a blank line was just passed."""

    draft: Draft
    act: str | None = None
    part: str | None = None
    fresh: bool = True
    action: list[str] = field(default_factory=list)

    def read(self, lines: list[_Line]) -> None:
        """Read every line."""
        at = 0
        while at < len(lines):
            at = self._next(lines, at)
        self._close_action()

    def _next(self, lines: list[_Line], at: int) -> int:
        """Read what starts at this line; return where the rest starts."""
        line, text = lines[at], lines[at].text.strip()
        if not text:
            self._close_action()
            self.fresh = True
            return at + 1
        if heading := self._heading(text, line.number):
            self._open_scene(heading, line.number)
            return at + 1
        following = lines[at + 1].text.strip() if at + 1 < len(lines) else ""
        if self.fresh and following and (name := cue_name(text)):
            self._close_action()
            return self._speech(name, lines, at)
        self._plain(text, line.number)
        return at + 1

    def _heading(self, text: str, number: int) -> Heading | None:
        if text.startswith(".") and len(text) > 1 and text[1] not in ". ":
            return read_heading(text[1:], forced=True)
        if self.fresh:
            return read_heading(text)
        return self._unannounced(text, number)

    def _unannounced(self, text: str, number: int) -> Heading | None:
        if not is_loud_heading(text):
            return None
        message = f"« {text} » n’est pas précédé d’une ligne vide ; lu comme un titre de scène."
        self.draft.remarks.append(Remark("script.missing_blank_line", message, number, severe=False))
        return read_heading(text)

    def _open_scene(self, heading: Heading, line: int) -> None:
        self._close_action()
        self.fresh = True
        self.draft.scenes.append(
            DraftScene(
                wanted_id=slug(heading.number or "", "") or slug(heading.text, "scene"),
                number=heading.number,
                heading=heading.text,
                line=line,
                place=heading.place,
                act=self.act,
                part=self.part,
            )
        )
        self._print("heading", heading.text)

    def _plain(self, text: str, number: int) -> None:
        """Read a line that opens neither a scene nor a speech."""
        if text.startswith("#"):
            self._section(text)
        elif text.startswith("~"):
            self._say(Speech((), "", text.lstrip("~ "), number))
            self._print("speech", text.lstrip("~ "))
            self.fresh = False
        elif is_transition(text):
            self._close_action()
            self._print("transition", text.lstrip("> ").strip())
        elif not text.startswith("="):
            self.action.append(_EMPHASIS.sub("", text.lstrip("!>").rstrip("<").strip()))
            self.fresh = False

    def _section(self, text: str) -> None:
        self._close_action()
        self.fresh = True
        label = text.lstrip("# ").strip()
        if _ACT.match(fold(label)):
            self.act = label
        elif _PART.match(fold(label)) or (not text.startswith("##") and label):
            self.part, self.act = label, None

    def _speech(self, name: str, lines: list[_Line], at: int) -> int:
        key = speaker_key(name)
        self.draft.names.setdefault(key, name)
        said: list[str] = []
        page: list[tuple[PrintedKind, str]] = [
            ("cue", plain(lines[at].text.strip().lstrip("@").rstrip("^ ")))
        ]
        aside = False
        end = at + 1
        while end < len(lines) and (text := lines[end].text.strip() or _continues(lines[end].text)):
            if is_loud_heading(text):
                break
            aside, inside, words = printed_speech(text, aside=aside)
            said.append(words)
            page += [("parenthetical", inside), ("speech", words)]
            end += 1
        self._say(Speech((key,), name, squeeze(" ".join(said)), lines[at].number))
        for kind, written in _joined(page):
            self._print(kind, _EMPHASIS.sub("", written))
        self.fresh = False
        return end

    def _say(self, speech: Speech) -> None:
        self._close_action()
        if self.draft.scenes:
            self.draft.scenes[-1].blocks.append(speech)
        else:
            self.draft.homeless.append(speech)

    def _close_action(self) -> None:
        shown = squeeze(" ".join(self.action))
        self.action = []
        if shown and self.draft.scenes:
            self.draft.scenes[-1].blocks.append(Direction(shown))
            self._print("action", shown)

    def _print(self, kind: PrintedKind, text: str) -> None:
        if self.draft.scenes:
            self.draft.scenes[-1].print(kind, text)


def _joined(page: list[tuple[PrintedKind, str]]) -> Iterator[tuple[PrintedKind, str]]:
    """Lines of one kind that follow each other are one paragraph."""
    for kind, lines in groupby((line for line in page if line[1].strip()), key=itemgetter(0)):
        yield kind, squeeze(" ".join(text for _, text in lines))


def _continues(text: str) -> str:
    """A line of exactly two spaces is a pause inside a speech."""
    return " " if text == "  " else ""
