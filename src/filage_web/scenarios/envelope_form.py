"""What one aims at: a measure, a number of euros, how many things may be given up together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filage.facts.scalars import plain_decimal
from filage.kernel.money import ZERO
from filage_web.forms.french_input import amount


class EnvelopeForm(forms.Form):
    """A target envelope, as typed: « 120 000 € » is read."""

    measure = forms.ChoiceField(
        label=_("Viser"),
        choices=[
            ("cost", _("le coût total")),
            ("price", _("le prix de cession d’une date")),
            ("gap", _("ce qui reste à trouver")),
        ],
    )
    target = forms.CharField(label=_("Pas plus de"), max_length=20)
    size = forms.IntegerField(label=_("Renoncements ensemble, au plus"), min_value=1, max_value=4, initial=2)
    reviews = forms.IntegerField(label=_("Essais, au plus"), min_value=10, max_value=2000, initial=200)

    def clean_target(self) -> str:
        """Read a French amount; a negative one cannot be aimed at."""
        try:
            value = plain_decimal(amount(str(self.cleaned_data["target"])))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        if value is None or value < ZERO:
            raise forms.ValidationError(_("Écrivez un montant en euros : 120 000."))
        return f"{value:f}"

    def question(self, scenario: str) -> dict[str, Any]:
        """What is asked of the worker."""
        return {**self.cleaned_data, "scenario": scenario}
