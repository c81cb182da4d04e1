"""The form by which a computed line is replaced by hand."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filage.kernel.changes import Change
from filage_web.budget.cells import CellError, ReasonNeeded, changes_of
from filage_web.budget.grid import Line
from filage_web.forms.french_input import shown


class OverrideForm(forms.Form):
    """An amount in place of the computed one, and why."""

    amount = forms.CharField(label=_("Montant"))
    reason = forms.CharField(
        label=_("Raison"), help_text=_("Elle reste avec la ligne : devis, accord, forfait…"), max_length=500
    )

    def __init__(self, data: Any, *, line: Line) -> None:
        super().__init__(data)
        self.line = line
        self._changes: tuple[Change, ...] = ()
        self.initial["amount"] = shown("amount", f"{line.row.amount:f}")
        if line.override:
            self.initial["reason"] = line.override.reason

    def clean(self) -> dict[str, Any]:
        """Read the amount as the grid does."""
        cleaned = super().clean() or {}
        if cleaned.get("amount") and cleaned.get("reason"):
            try:
                self._changes = changes_of(
                    self.line, "amount", cleaned["amount"], {}, reason=cleaned["reason"]
                )
            except (CellError, ReasonNeeded) as error:
                self.add_error("amount", str(error))
        return cleaned

    def changes(self) -> tuple[Change, ...]:
        """What the form writes."""
        return self._changes

    @property
    def computed(self) -> Decimal | None:
        """What the line computes."""
        return self.line.row.computed
