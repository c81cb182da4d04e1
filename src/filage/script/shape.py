"""What a script is once read: its versions, scenes and characters, and what a person must look at."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from filage.kernel.finding import Finding

IntExt = Literal["INT", "EXT", "INT/EXT"]
FILMED = frozenset({"fountain", "fdx"})
_NOT_PRINTED = ("shown", "said", "passages")


@dataclass(frozen=True, slots=True)
class Version:
    """One state of the text kept in the file, with how many scenes it has."""

    id: str
    label: str
    scenes: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """Something its author marked in the text: its category (those of `Element`) and its name."""

    category: str
    label: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The words its author marked: what they stand for, and the rank of their first sign in the scene's text."""

    element: Tagged
    text: str
    start: int | None


@dataclass(frozen=True, slots=True)
class ScriptScene:
    """One scene as the text gives it; `words` are spoken words, `eighths` eighths of a page.

    `seconds` is the length a running order gives it; `shown` and `said` are its text, a paragraph a line.
    """

    id: str
    number: str | None
    heading: str
    int_ext: IntExt | None
    set: str | None
    time: str | None
    characters: tuple[str, ...]
    eighths: int
    estimated: bool
    words: int
    version: str | None = None
    part: str | None = None
    act: str | None = None
    opening: str | None = None
    seconds: int | None = None
    elements: tuple[Tagged, ...] = ()
    shown: str = ""
    said: str = ""
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody of the text: scenes and cues they speak in, words they say; `listed_only` never says any."""

    name: str
    id: str
    scenes: int
    cues: int
    words: int
    listed_only: bool


@dataclass(frozen=True, slots=True)
class Script:
    """A text read: `versions` names every version of the file, the rest is what was asked for."""

    title: str
    format: str
    versions: tuple[Version, ...]
    scenes: tuple[ScriptScene, ...]
    characters: tuple[Character, ...]
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the shape other programs rely on (`docs/shapes/script.schema.json`)."""
        return {
            "title": self.title,
            "format": self.format,
            "versions": [asdict(version) for version in self.versions],
            "scenes": [_scene_json(scene) for scene in self.scenes],
            "characters": [asdict(character) for character in self.characters],
            "findings": [_finding_json(finding) for finding in self.findings],
        }


def _scene_json(scene: ScriptScene) -> dict[str, Any]:
    content = asdict(scene) | {"characters": list(scene.characters)}
    content["elements"] = [asdict(element) for element in scene.elements]
    return {key: value for key, value in content.items() if key not in _NOT_PRINTED}


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "about": finding.about,
        "message": finding.message,
        "source": None,
        "remedies": [{"label": remedy.label, "cost": None} for remedy in finding.remedies],
    }
