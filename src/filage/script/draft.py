"""What every reader hands over: scenes made of speeches and directions, before anything is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from filage.script.shape import IntExt, Passage, Tagged

PrintedKind = Literal["heading", "action", "cue", "parenthetical", "speech", "stage", "transition"]


@dataclass(frozen=True, slots=True)
class Printed:
    """One paragraph as the page shows it, heading included."""

    kind: PrintedKind
    text: str


@dataclass(frozen=True, slots=True)
class Speech:
    """What one or several characters say: keys, printed name, spoken text, line of the file."""

    speakers: tuple[str, ...]
    label: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Direction:
    """What is shown and not said."""

    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scene is filmed or played, as its heading says it."""

    int_ext: IntExt | None = None
    set: str | None = None
    time: str | None = None


@dataclass(slots=True)
class DraftScene:
    """One scene as found: `wanted_id` may still be that of another.

    `present` are keys of those who are there and may not speak; `eighths` and `seconds` are what the file
    says of its length, when it does; `elements` what its author marked; `page` is what is read, in its order.
    """

    wanted_id: str
    number: str | None
    heading: str
    line: int
    place: Place = Place()
    version: str | None = None
    part: str | None = None
    act: str | None = None
    blocks: list[Direction | Speech] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    elements: list[Tagged] = field(default_factory=list)
    eighths: int | None = None
    seconds: int | None = None
    page: list[Printed] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def print(self, kind: PrintedKind, text: str) -> None:
        """Add a paragraph to what is read, unless it says nothing."""
        if text:
            self.page.append(Printed(kind, text))

    def mark(self, element: Tagged, words: str) -> None:
        """Keep the words of the last paragraphs that stand for an element."""
        if words:
            self.passages.append(Passage(element, words, self._place(words)))

    def _place(self, words: str) -> int | None:
        """Where these words stand on the page, the last time they are written; None when they are not."""
        end = sum(len(block.text) + 1 for block in self.page)
        for block in reversed(self.page[-3:]):
            end -= len(block.text) + 1
            if (at := block.text.rfind(words)) >= 0:
                return end + at
        return None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd met while reading, at a line of the file."""

    code: str
    message: str
    line: int
    severe: bool = True


@dataclass(slots=True)
class Draft:
    """A text as found; `names` says who its speakers are, in the order of the text, by key."""

    title: str
    format: str
    versions: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    scenes: list[DraftScene] = field(default_factory=list)
    homeless: list[Speech] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
