"""The cues of the running sheet: listed scene by scene, written and corrected in one short form."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from filage.facts.base import choices, label_of
from filage.facts.dossier import Dossier
from filage.facts.script import Cue, RunningOrder, Scene
from filage.kernel.changes import Change, add, set_
from filage.script.duration import clock, seconds_of
from filage_web.forms.identifiers import slug

DEPARTMENTS: Final = choices(Cue, "department")


@dataclass(frozen=True, slots=True)
class CueLine:
    """One cue, ready to draw."""

    id: str
    number: str
    department: str
    at: str
    mark: str
    label: str


@dataclass(frozen=True, slots=True)
class CueGroup:
    """The cues of one scene."""

    scene: Scene
    title: str
    part: str
    cues: tuple[CueLine, ...]


def cue_sheet(dossier: Dossier, order: RunningOrder | None) -> list[CueGroup]:
    """List the scenes played that have cues, then those that are not played and have some."""
    by_scene: dict[str, list[Cue]] = {}
    for cue in dossier.all(Cue):
        by_scene.setdefault(cue.scene, []).append(cue)
    groups = []
    for played in order.scenes if order else ():
        scene = dossier.find(played.scene, Scene)
        if scene and (found := by_scene.pop(played.scene, None)):
            groups.append(CueGroup(scene, played.title or scene.label, played.part or "", _lines(found)))
    for about, found in by_scene.items():
        if scene := dossier.find(about, Scene):
            groups.append(CueGroup(scene, scene.label, "", _lines(found)))
    return groups


def _lines(cues: list[Cue]) -> tuple[CueLine, ...]:
    ordered = sorted(cues, key=lambda cue: (cue.at is None, cue.at or 0))
    return tuple(
        CueLine(
            cue.id,
            cue.number or "",
            label_of(cue, "department"),
            clock(cue.at) if cue.at is not None else "",
            cue.mark or "",
            cue.label,
        )
        for cue in ordered
    )


class CueForm(forms.Form):
    """One cue: when, who, what."""

    scene = forms.ChoiceField(label=_("Séquence"))
    department = forms.ChoiceField(label=_("Service"), choices=list(DEPARTMENTS.items()))
    number = forms.CharField(label=_("Numéro"), required=False, max_length=40)
    at = forms.CharField(
        label=_("À"), required=False, max_length=20, help_text=_("Depuis le début de la séquence : 0:45.")
    )
    mark = forms.CharField(label=_("Repère"), required=False, max_length=300)
    label = forms.CharField(
        label=_("Action"), max_length=300, error_messages={"required": _("Dites ce qui se passe à ce top.")}
    )

    def __init__(
        self, data: Any, dossier: Dossier, order: RunningOrder | None, cue: Cue | None, scene: str
    ) -> None:
        super().__init__(data, initial=_shown(cue) if cue else {"scene": f"scene/{scene}"}, auto_id="top-%s")
        self.cue, self.dossier = cue, dossier
        self.fields["scene"].choices = _scenes(dossier, order)  # type: ignore[attr-defined]

    def clean_at(self) -> int | None:
        """Read « 0:45 » as seconds."""
        text = str(self.cleaned_data["at"]).strip()
        seconds = seconds_of(text) if text else None
        if text and seconds is None:
            raise forms.ValidationError(f"« {text} » n’est pas une durée. Écrivez 0:45 ou 1 min 30.")
        return seconds

    def changes(self) -> tuple[Change, ...]:
        """Add the cue, or set what it says."""
        told = {name: str(value) for name, value in self.cleaned_data.items() if value not in (None, "")}
        if self.cue is None:
            return (add(f"cue/{self._id(told)}", **told),)
        gone = tuple(name for name in ("number", "at", "mark") if name not in told)
        return (set_(self.cue.about, gone, **told),)

    def _id(self, told: dict[str, str]) -> str:
        taken = self.dossier.by_kind.get("cue", {})
        named = f"{told['scene'].rpartition('/')[2]}-{told.get('number') or told['label']}"
        base = slug(named)[:44].strip("-") or "top"
        names = (base if rank == 1 else f"{base}-{rank}" for rank in range(1, 100_000))
        return next(name for name in names if name not in taken)


def _shown(cue: Cue) -> dict[str, Any]:
    at = clock(cue.at) if cue.at is not None else ""
    return {name: getattr(cue, name) for name in ("scene", "department", "number", "mark", "label")} | {
        "at": at
    }


def _scenes(dossier: Dossier, order: RunningOrder | None) -> list[tuple[str, str]]:
    """The scenes in the order played, then the others, under the titles they are played with."""
    named: dict[str, str] = {}
    for played in order.scenes if order else ():
        if scene := dossier.find(played.scene, Scene):
            named.setdefault(scene.about, _called(scene, played.title))
    for scene in dossier.all(Scene):
        named.setdefault(scene.about, _called(scene, None))
    return list(named.items())


def _called(scene: Scene, title: str | None) -> str:
    return " ".join(part for part in (scene.number, title or scene.label) if part)
