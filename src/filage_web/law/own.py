"""The structure's own value of a parameter: typed with its source and dates, then shown before it is written."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filage.facts.employer import Employer, OwnRate
from filage.facts.scalars import canonical_decimal
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput
from filage.law import Parameter, load_law
from filage.review import law_of_structure
from filage_web.forms import french_input
from filage_web.forms.fields import Dated

UNITS: Final = {"rate": "%", "EUR": "€", "hours": "h"}
PERCENT: Final = Decimal(100)


class OwnValueForm(forms.Form):
    """A value, its dates, its source: « confirm » is to give the same value with the paper that says it."""

    value = forms.CharField(label=gettext_lazy("Valeur"), required=False)
    starts_on = forms.CharField(label=gettext_lazy("À partir du"), required=False, widget=Dated())
    ends_on = forms.CharField(
        label=gettext_lazy("Jusqu’au"),
        required=False,
        widget=Dated(),
        help_text=gettext_lazy("Vide tant que rien ne la remplace ; passé sa révision, elle est supposée."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Notification, accord, texte lu : de quoi retrouver le papier."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, parameter: Parameter, employer: Employer, day: date
    ) -> None:
        self.parameter, self.employer = parameter, employer
        self.unit = UNITS.get(parameter.unit, "")
        super().__init__(data, initial=self._first(day))

    def _first(self, day: date) -> dict[str, str]:
        value = self.parameter.value_on(day)
        known = value.value if value else None
        start = (
            value.starts_on if value and self.parameter.known_until is None else day.replace(month=1, day=1)
        )
        return {"value": shown(known, self.parameter.unit), "starts_on": start.isoformat()}

    def clean_value(self) -> str:
        """Read the value as file text: a rate is typed in per cent."""
        text = self._said("value")
        unit = self.parameter.unit
        if unit == "flag":
            return _flag(text)
        return _read(
            {"rate": french_input.rate, "EUR": french_input.amount}.get(unit, french_input.number), text
        )

    def clean_starts_on(self) -> str:
        """Read the first day."""
        return _read(french_input.day, self._said("starts_on"))

    def clean_ends_on(self) -> str:
        """Read the last day, when one is given."""
        text = str(self.cleaned_data.get("ends_on") or "").strip()
        return _read(french_input.day, text) if text else ""

    def clean_source(self) -> str:
        """Ask where the value comes from."""
        return self._said("source")

    def _said(self, name: str) -> str:
        text = str(self.cleaned_data.get(name) or "").strip()
        if not text:
            raise ValidationError(_("À remplir."))
        return text

    def clean(self) -> dict[str, Any]:
        """Refuse what the law of the structure could not hold: wrong scale, overlapping dates."""
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        try:
            law_of_structure(self.employer.model_copy(update={"rates": self.rates()}), load_law())
        except BadInput as error:
            for problem in error.problems:
                self.add_error(None, ValidationError(str(problem.message)))
        return cleaned

    def rates(self) -> tuple[OwnRate, ...]:
        """The structure's own values with this one, which takes the place of one that starts the same day."""
        given = self.cleaned_data
        new = OwnRate(
            parameter=self.parameter.id,
            value=Decimal(given["value"]),
            starts_on=date.fromisoformat(given["starts_on"]),
            ends_on=date.fromisoformat(given["ends_on"]) if given["ends_on"] else None,
            source=given["source"],
        )
        same = (new.parameter, new.starts_on)
        kept = [rate for rate in self.employer.rates if (rate.parameter, rate.starts_on) != same]
        return (*(_closed(rate, new) for rate in kept), new)

    def changes(self) -> tuple[Change, ...]:
        """The change that writes it."""
        rates = [rate.model_dump(exclude_none=True) for rate in self.rates()]
        return (set_(self.employer.about, rates=[_texts(rate) for rate in rates]),)


def _closed(rate: OwnRate, new: OwnRate) -> OwnRate:
    """Close the value before, when the new one begins while it holds."""
    later = rate.starts_on < new.starts_on and (rate.ends_on is None or rate.ends_on >= new.starts_on)
    if rate.parameter != new.parameter or not later:
        return rate
    return rate.model_copy(update={"ends_on": new.starts_on - timedelta(days=1)})


def shown(value: Decimal | None, unit: str) -> str:
    """Write a value as one types it: a rate in per cent, a comma."""
    if value is None:
        return ""
    if unit == "flag":
        return _("oui") if value else _("non")
    written = value * PERCENT if unit == "rate" else value
    return canonical_decimal(written).replace(".", ",")


def _flag(text: str) -> str:
    known = {"oui": "1", "1": "1", "non": "0", "0": "0"}
    if text.casefold() not in known:
        raise ValidationError(_("Écrivez oui ou non."))
    return known[text.casefold()]


def _read(reader: Any, text: str) -> str:
    try:
        return str(reader(text))
    except ValueError as error:
        raise ValidationError(str(error)) from None


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: canonical_decimal(value) if isinstance(value, Decimal) else str(value)
        for name, value in values.items()
    }
