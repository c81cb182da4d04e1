"""The form that makes a private link."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filage.facts.people import Person


class LinkForm(forms.Form):
    """For whom, and until when."""

    person = forms.ChoiceField(
        label=_("Pour"),
        error_messages={
            "required": _("Choisissez la personne."),
            "invalid_choice": _(
                "Cette personne n’est pas dans l’équipe de la production : choisissez dans la liste."
            ),
        },
    )
    until = forms.DateField(
        label=_("Valable jusqu’au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Vide : jusqu’à ce que vous le retiriez."),
        error_messages={"invalid": _("Cette date ne se lit pas. Écrivez-la ainsi : 31/12/2026.")},
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(person.id, person.name()) for person in people]
        self.fields["person"].choices = names  # type: ignore[attr-defined]
        self.names = dict(names)
