"""What one asks of the optimiser."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filage.kernel import french


class SearchForm(forms.Form):
    """How long to look, and from which seed: the same seed finds the same plan."""

    seconds = forms.IntegerField(label=_("Chercher au plus"), min_value=5, max_value=300, initial=30)
    seed = forms.IntegerField(
        label=_("Numéro de recherche"), min_value=0, max_value=999_999, initial=0, required=False
    )

    def clean_seed(self) -> int:
        """Take zero for no seed."""
        return int(self.cleaned_data["seed"] or 0)


class WhyForm(forms.Form):
    """Why a scene is not before another one, or not on a day."""

    scene = forms.ChoiceField(label=_("Pourquoi pas la scène"))
    before = forms.ChoiceField(label=_("avant la scène"), required=False)
    day = forms.ChoiceField(label=_("ou le"), required=False)

    def __init__(
        self, *args: Any, scenes: Sequence[tuple[str, str]], days: Iterable[date], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scene"].choices = scenes  # type: ignore[attr-defined]
        self.fields["before"].choices = [("", "–"), *scenes]  # type: ignore[attr-defined]
        self.fields["day"].choices = [("", "–"), *((day.isoformat(), french.day(day)) for day in days)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one question and one only."""
        found = super().clean() or {}
        if bool(found.get("before")) == bool(found.get("day")):
            self.add_error("before", _("Choisissez une scène, ou un jour."))
        elif found.get("before") == found.get("scene"):
            self.add_error("before", _("Choisissez une autre scène."))
        return found
