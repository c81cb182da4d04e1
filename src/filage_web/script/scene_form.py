"""The sheet of a scene: heading, place, length in eighths as the trade writes it, time, summary."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from filage.facts.base import choices
from filage.facts.script import Scene
from filage.kernel.changes import Change, set_
from filage.script.duration import clock, seconds_of
from filage.script.page import eighths_in, pages

PLACES: Final = (("", "–"), *choices(Scene, "int_ext").items())
_TEXTS: Final = ("number", "label", "int_ext", "set", "time", "summary")


class SceneForm(forms.Form):
    """What one corrects of a scene; its words stay in their file."""

    number = forms.CharField(label=_("Numéro"), required=False, max_length=40)
    label = forms.CharField(
        label=_("Titre"), max_length=300, error_messages={"required": _("Une scène a un titre.")}
    )
    int_ext = forms.ChoiceField(label=_("Int. ou ext."), choices=PLACES, required=False)
    set = forms.CharField(label=_("Décor"), required=False, max_length=200)
    time = forms.CharField(label=_("Moment"), required=False, max_length=80)
    eighths = forms.CharField(
        label=_("Longueur"), required=False, max_length=20, help_text=_("En pages et huitièmes : 1 6/8.")
    )
    minutes = forms.IntegerField(
        label=_("Temps de tournage ou de répétition, en minutes"),
        required=False,
        min_value=0,
        max_value=10_000,
    )
    seconds = forms.CharField(
        label=_("Durée jouée"),
        required=False,
        max_length=20,
        help_text=_("Telle qu’on la chronomètre : 3:45."),
    )
    summary = forms.CharField(
        label=_("Résumé"), required=False, widget=forms.Textarea({"rows": 3}), max_length=2_000
    )

    def __init__(self, data: Any, scene: Scene) -> None:
        super().__init__(data, initial=_shown(scene), auto_id="scene-%s")
        self.scene = scene
        if scene.estimated:
            self.fields["eighths"].help_text = _(
                "Estimée d’après le texte : corrigez-la, elle ne sera plus marquée ≈."
            )

    def clean_eighths(self) -> int | None:
        """Read « 1 6/8 » as 14."""
        text = str(self.cleaned_data["eighths"])
        eighths = eighths_in(text)
        if text.strip() and eighths is None:
            raise forms.ValidationError(f"« {text} » n’est pas une longueur. Écrivez 1 6/8, 5/8 ou 2.")
        return eighths

    def clean_seconds(self) -> int | None:
        """Read « 3:45 » as 225."""
        text = str(self.cleaned_data["seconds"]).strip()
        seconds = seconds_of(text) if text else None
        if text and seconds is None:
            raise forms.ValidationError(f"« {text} » n’est pas une durée. Écrivez 3:45 ou 3 min 45.")
        return seconds

    def changes(self) -> tuple[Change, ...]:
        """Set what differs; a length typed is no longer an estimate."""
        values: dict[str, Any] = {}
        clear = []
        for name, value in self.cleaned_data.items():
            told = None if value in (None, "") else value
            if told == getattr(self.scene, name):
                continue
            if told is None:
                clear.append(name)
            else:
                values[name] = str(told)
        if self.scene.estimated and ("eighths" in values or "eighths" in clear):
            values["estimated"] = "false"
        return (set_(self.scene.about, tuple(clear), **values),) if values or clear else ()


def _shown(scene: Scene) -> dict[str, Any]:
    told = {name: getattr(scene, name) for name in _TEXTS} | {"minutes": scene.minutes}
    told["eighths"] = pages(scene.eighths) if scene.eighths is not None else ""
    told["seconds"] = clock(scene.seconds) if scene.seconds is not None else ""
    return told
