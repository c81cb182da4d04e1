"""An element over the whole text: corrected, merged into another, taken away, as one write each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from filage.facts.base import choices
from filage.facts.dossier import Dossier
from filage.facts.intent import Mark, Writing
from filage.facts.script import Element, Need, Scene
from filage.facts.team import Position
from filage.kernel.changes import Change, remove, set_
from filage.script.played import played_scenes
from filage_web.script.scenes import CATEGORIES, bare

RISKS: Final = choices(Element, "risks")
_PLAIN: Final = ("label", "category", "source", "minutes", "note")


class ElementForm(forms.Form):
    """What one corrects of an element."""

    label = forms.CharField(
        label=_("Nom"), max_length=200, error_messages={"required": _("Donnez un nom à cet élément.")}
    )
    category = forms.ChoiceField(label=_("Catégorie"), choices=list(CATEGORIES.items()))
    risks = forms.MultipleChoiceField(
        label=_("Précautions"),
        choices=list(RISKS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ce qu’il demande d’obligations et de préparation."),
    )
    minutes = forms.IntegerField(
        label=_("Préparation, en minutes"), required=False, min_value=0, max_value=1_440
    )
    source = forms.CharField(
        label=_("Nom dans le texte"),
        required=False,
        max_length=300,
        help_text=_("Plusieurs : une virgule entre eux."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any, element: Element) -> None:
        initial = {name: getattr(element, name) for name in _PLAIN} | {"risks": list(element.risks)}
        super().__init__(data, initial=initial, auto_id="element-%s")
        self.element = element

    def changes(self) -> tuple[Change, ...]:
        """Set what differs."""
        values: dict[str, Any] = {}
        clear = []
        for name in _PLAIN:
            told = self.cleaned_data[name]
            told = None if told in (None, "") else told
            if told == getattr(self.element, name):
                continue
            if told is None:
                clear.append(name)
            else:
                values[name] = str(told)
        risks = [risk for risk in RISKS if risk in self.cleaned_data["risks"]]
        if set(risks) != set(self.element.risks):
            values["risks"] = risks
        return (set_(self.element.about, tuple(clear), **values),) if values or clear else ()


def merge_changes(dossier: Dossier, element: Element, into: Element) -> tuple[Change, ...]:
    """Make one element of two: scenes, marks, needs, roles and precautions go to the one kept."""
    risks = [risk for risk in RISKS if risk in {*into.risks, *element.risks}]
    names = [
        name.strip() for one in (into, element) for name in (one.source or "").split(",") if name.strip()
    ]
    if bare(element.label) != bare(into.label):
        names.append(element.label)
    values: dict[str, Any] = {"risks": risks} if tuple(risks) != into.risks else {}
    source = ", ".join(dict.fromkeys(names))
    if source and source != (into.source or ""):
        values["source"] = source
    if element.minutes and element.minutes > (into.minutes or 0):
        values["minutes"] = str(element.minutes)
    if element.words:
        values["words"] = str(element.words + (into.words or 0))
    kept = (set_(into.about, **values),) if values else ()
    return (*kept, *_redirected(dossier, element.about, into.about), remove(element.about))


def remove_changes(dossier: Dossier, element: Element) -> tuple[Change, ...]:
    """Take an element away: out of its scenes, off its marks in them; needs stay, tied to nothing."""
    return (*_redirected(dossier, element.about, None), remove(element.about))


def _redirected(dossier: Dossier, old: str, new: str | None) -> Iterator[Change]:
    """The changes that make everything that names an element name another, or nothing."""
    for scene in dossier.all(Scene):
        if old in scene.elements:
            yield set_(scene.about, elements=_replaced(scene.elements, old, new))
    for position in dossier.all(Position):
        if old in position.roles:
            yield set_(position.about, roles=_replaced(position.roles, old, new))
    for need in dossier.all(Need):
        if need.element == old:
            yield set_(need.about, element=new) if new else set_(need.about, ("element",))
    for mark in dossier.all(Mark):
        if mark.element == old:
            if new:
                yield set_(mark.about, element=new)
            else:
                # in a writing the passage stays marked and asks again; in a scene it would say « put aside »
                yield remove(mark.about) if mark.scene else set_(mark.about, ("element",))


def _replaced(abouts: tuple[str, ...], old: str, new: str | None) -> list[str]:
    named = (new if about == old else about for about in abouts)
    return list(dict.fromkeys(about for about in named if about))


@dataclass(frozen=True, slots=True)
class Words:
    """A passage that asks for an element, and where it stands."""

    passage: str
    where: str
    scene: str
    """The id of its scene; empty for a passage of a writing."""


def words_of(dossier: Dossier, element: Element) -> tuple[Words, ...]:
    """List the marked passages of an element, in the order played, those of writings first."""
    ranks = {one.scene.about: one.rank for one in played_scenes(dossier)}
    marks = [mark for mark in dossier.all(Mark) if mark.element == element.about]
    marks.sort(key=lambda mark: (ranks.get(mark.scene or "", 0), mark.start or 0))
    return tuple(Words(mark.passage, _place(dossier, mark), _ident(mark.scene)) for mark in marks)


def _place(dossier: Dossier, mark: Mark) -> str:
    scene, writing = dossier.find(mark.scene, Scene), dossier.find(mark.writing, Writing)
    if scene:
        return f"{scene.number} {scene.label}" if scene.number else scene.label
    return writing.label if writing else ""


def _ident(about: str | None) -> str:
    return (about or "").rpartition("/")[2]


def others(dossier: Dossier, element: Element) -> list[tuple[str, str]]:
    """The elements one may be merged into: those of its category first."""
    found = [one for one in dossier.all(Element) if one.about != element.about]
    found.sort(
        key=lambda one: (one.category != element.category, CATEGORIES[one.category], one.label.casefold())
    )
    return [(one.id, f"{one.label} ({CATEGORIES[one.category].lower()})") for one in found]
