"""Days as a French hand types them, and the form that becomes changes of a production."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from filage.kernel.changes import Change
from filage.kernel.errors import BadInput
from filage_web.forms.fields import Dated
from filage_web.forms.french_input import day as read_day
from filage_web.forms.queries import Choices


class DayField(forms.CharField):
    """A day, read as a French hand types it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=Dated(), **more)

    def clean(self, value: Any) -> Any:
        """Give the day; None when empty and not required."""
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            return date.fromisoformat(read_day(text))
        except ValueError as error:
            raise ValidationError(str(error)) from None


class DaysField(forms.CharField):
    """Days, one a line or separated by commas."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 3, "spellcheck": "false"}), **more)

    def clean(self, value: Any) -> Any:
        """Give the days; all that does not read is said."""
        found, wrong = [], []
        for text in re.split(r"[\n,;]", super().clean(value)):
            if text.strip():
                try:
                    found.append(date.fromisoformat(read_day(text)))
                except ValueError as error:
                    wrong.append(str(error))
        if wrong:
            raise ValidationError(wrong)
        return found


class BlockOfDates(forms.Form):
    """A form that becomes changes of one production."""

    def __init__(self, data: Any, choices: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.choices, self.dossier = choices, choices.dossier
        self.made: tuple[Change, ...] = ()
        self.prepare()

    def prepare(self) -> None:
        """Fill the lists of choices."""

    def clean(self) -> dict[str, Any]:
        """Make the changes; what refuses them is said above the form."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.made = tuple(self.wanted(cleaned))
            except BadInput as error:
                for problem in error.problems:
                    words = [problem.message, problem.suggestion]
                    told = " : ".join(word for word in words if word)
                    self.add_error(None, f"{told[:1].upper()}{told[1:].rstrip('.')}.")
        return cleaned

    def wanted(self, cleaned: dict[str, Any]) -> Iterable[Change]:
        """The changes asked for."""
        raise NotImplementedError

    def named(self, name: str, label: str, pairs: list[tuple[str, str]], **more: Any) -> None:
        self.fields[name] = forms.ChoiceField(
            choices=[("", "–"), *pairs], label=label, required=False, **more
        )
