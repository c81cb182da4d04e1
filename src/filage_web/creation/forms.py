"""The three small forms a production begins with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filage.facts.base import choices
from filage.facts.production import Production

FORMS = tuple(choices(Production, "form").items())


class TitleForm(forms.Form):
    """A title and a kind: all a production needs to exist."""

    label = forms.CharField(
        label=_("Titre"), max_length=200, error_messages={"required": _("Donnez un titre, même provisoire.")}
    )
    form = forms.ChoiceField(label=_("Genre"), choices=FORMS, initial="theatre")
    subtitle = forms.CharField(
        label=_("Sous-titre"), max_length=200, required=False, help_text=_("D’après qui, dans quelle langue.")
    )
    director = forms.CharField(label=_("Mise en scène ou réalisation"), max_length=200, required=False)

    def values(self) -> dict[str, Any]:
        """Give the values of the production fact."""
        return {
            name: value.strip()
            for name, value in self.cleaned_data.items()
            if isinstance(value, str) and value.strip()
        }


class TemplateForm(forms.Form):
    """A title and a first day: the template lays the rest."""

    label = forms.CharField(
        label=_("Titre"), max_length=200, error_messages={"required": _("Donnez un titre, même provisoire.")}
    )
    start_on = forms.DateField(
        label=_("Premier jour"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Les étapes se suivent à partir de là."),
        error_messages={
            "required": _("Donnez un premier jour, même approximatif."),
            "invalid": _("Écrivez un jour, par exemple 14/03/2026."),
        },
    )

    def values(self) -> dict[str, Any]:
        """Give the values of the production fact."""
        return {"label": self.cleaned_data["label"].strip()}


class CopyForm(TitleForm):
    """A title, and when the copy begins: empty, it has no dates."""

    start_on = forms.DateField(
        label=_("Premier jour"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "Étapes et dates se décalent d’autant, par semaines entières. Vide : aucune n’est copiée, et l’équipe à "
            "pourvoir se chiffre une fois les étapes données."
        ),
        error_messages={"invalid": _("Écrivez un jour, par exemple 14/03/2026.")},
    )


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Fichier"),
        error_messages={
            "required": _("Choisissez un fichier sur votre ordinateur."),
            "empty": _("Ce fichier est vide."),
        },
    )


class KindForm(forms.Form):
    """The kind of work a text becomes."""

    form = forms.ChoiceField(label=_("Genre"), choices=FORMS)
