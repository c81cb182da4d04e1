"""What a new version of a script does to a dossier, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from filage.script.shape import Script, ScriptScene

if TYPE_CHECKING:
    from datetime import date

    from filage.kernel.changes import Change

Fate = Literal["kept", "moved", "changed", "new", "cut"]
FATES: dict[Fate, str] = {
    "kept": "inchangée",
    "moved": "déplacée",
    "changed": "changée",
    "new": "nouvelle",
    "cut": "coupée",
}


OUT = " (hors du texte)"
"""What follows the source of a scene that stays although the text no longer has it: it is no scene of any file."""


@dataclass(frozen=True, slots=True)
class HandKept:
    """A field somebody corrected by hand: what stays, and what the new text says instead."""

    field: str
    label: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class SceneChange:
    """One scene of the dossier and what becomes of it.

    `likeness` is the share of the text kept, from 0 to 1; `differs` the signs of `match_scenes`; `fields` the French
    names of what accepting changes; `remarks` what somebody should look at again. `stays` is true for a scene cut
    that something still refers to: it is kept, marked cut in the order played.
    """

    about: str
    fate: Fate
    number: str
    heading: str
    before: ScriptScene | None
    after: ScriptScene | None
    likeness: float = 1.0
    differs: tuple[str, ...] = ()
    moved: bool = False
    fields: tuple[str, ...] = ()
    by_hand: tuple[HandKept, ...] = ()
    remarks: tuple[str, ...] = ()
    stays: bool = False


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A marked passage found at another place, in another scene, or nowhere (`lost`)."""

    about: str
    passage: str
    scene_before: str
    scene_after: str | None

    @property
    def lost(self) -> bool:
        """Whether the words are gone."""
        return self.scene_after is None


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A role that has more or less to do, or a new one: scenes and words before and after, who is engaged."""

    about: str
    label: str
    holders: tuple[str, ...]
    engagements: tuple[str, ...]
    scenes_before: int
    scenes_after: int
    words_before: int
    words_after: int

    @property
    def is_new(self) -> bool:
        """Whether nobody had met this role yet."""
        return not self.scenes_before and not self.words_before


@dataclass(frozen=True, slots=True)
class TouchedEvent:
    """A date whose sheet no longer says the truth: its scenes changed, moved or cut; `past` is not written to."""

    about: str
    label: str
    type: str
    day: date
    scenes: tuple[str, ...]
    cut: tuple[str, ...]
    past: bool
    locked: bool


@dataclass(frozen=True, slots=True)
class VersionPlan:
    """The whole effect: scenes by fate in the order of the new text (those cut last), and the changes to accept."""

    script: Script
    scenes: tuple[SceneChange, ...]
    left_out: tuple[ScriptScene, ...]
    """Scenes of the text the dossier had not kept: they stay out."""
    changes: tuple[Change, ...]
    marks: tuple[MarkChange, ...]
    roles: tuple[RoleChange, ...]
    events: tuple[TouchedEvent, ...]
    eighths_before: int
    eighths_after: int

    def of(self, fate: Fate) -> tuple[SceneChange, ...]:
        """The scenes of one fate."""
        return tuple(scene for scene in self.scenes if scene.fate == fate)

    @property
    def lost_marks(self) -> tuple[MarkChange, ...]:
        """The marked passages whose words are gone."""
        return tuple(mark for mark in self.marks if mark.lost)
