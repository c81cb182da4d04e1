"""Django fields and widgets for the scalars of facts: they accept French input and give file text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from filage.kernel.text import closest, fold
from filage_web.forms.french_input import READERS, shown
from filage_web.forms.shapes import Shape

SELECT_UP_TO: Final = 30
"""Beyond as many choices, a reference is looked up by name instead of chosen in a list."""
CHECKS_UP_TO: Final = 40
NAMES: Final = frozenset({"label", "name", "title", "unit"})
"""Texts shown in a cell, a list or a heading: kept short."""
EXPRESSION, WIDE = "expression", "wide"

Pairs = Sequence[tuple[str, str]]
UNITS: Final = {"EUR": "€", "hours": "h", "m": "m", "km": "km", "rate": "%"}


class LookUp(forms.TextInput):
    """A text input that proposes names as one types (datalist): works without JavaScript."""

    def __init__(self, pairs: Pairs) -> None:
        super().__init__({"autocomplete": "off"})
        self.pairs = pairs

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the input and its names."""
        ident = f"{(attrs or {}).get('id', name)}_list"
        box = super().render(name, value, {**(attrs or {}), "list": ident}, renderer)
        options = format_html_join(
            "", '<option value="{}"></option>', ((label,) for _about, label in self.pairs)
        )
        return format_html('{}<datalist id="{}">{}</datalist>', box, ident, options)


class Dated(forms.DateInput):
    """The browser's own date field; a value it could not show is kept as text, to be corrected."""

    input_type = "date"
    shape: ClassVar[re.Pattern[str]] = re.compile(r"\d{4}-\d{2}-\d{2}")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show what was typed."""
        context = super().get_context(name, value, attrs)
        if value and not self.shape.fullmatch(str(value)):
            context["widget"]["type"] = "text"
        return context

    def format_value(self, value: Any) -> str | None:
        """Leave the value as it is."""
        return str(value) if value else None


class Timed(Dated):
    """The browser's own time field."""

    input_type = "time"
    shape: ClassVar[re.Pattern[str]] = re.compile(r"\d{2}:\d{2}(:\d{2})?")


class Scalar(forms.Field):
    """One value, read as a French hand types it."""

    def __init__(self, shape: Shape, widget: forms.Widget, read: Callable[[str], str]) -> None:
        super().__init__(required=False, label=shape.title, help_text=shape.help, widget=widget)
        self.shape, self.read = shape, read
        self.unit = UNITS.get("rate" if shape.holds == "rate" else shape.unit, shape.unit)

    def clean(self, value: Any) -> str | None:
        """Give file text, None when empty; the error says what to write."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return self.read(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None


class Several(forms.Field):
    """A list of values: one a line, or separated by commas."""

    unit = ""

    def __init__(self, shape: Shape, separator: str) -> None:
        widget = forms.Textarea({"rows": 3}) if separator == "\n" else forms.TextInput()
        help_text = shape.help or (
            "Une entrée par ligne." if separator == "\n" else "Séparés par des virgules."
        )
        super().__init__(required=False, label=shape.title, help_text=help_text, widget=widget)
        self.shape, self.separator = shape, separator

    def clean(self, value: Any) -> list[str] | None:
        """Give the list of file texts."""
        lines = str(value or "").replace("\r", "").split(self.separator)
        read = READERS[self.shape.holds]
        found, wrong = [], []
        for line in lines:
            if line.strip():
                try:
                    found.append(read(line.strip()))
                except ValueError as error:
                    wrong.append(str(error))
        if wrong:
            raise ValidationError(wrong)
        return found or None


class Chosen(forms.Field):
    """Several values of a closed list, or several references."""

    unit = ""

    def __init__(self, shape: Shape, pairs: Pairs) -> None:
        widget: forms.Widget = (
            forms.CheckboxSelectMultiple(choices=pairs)
            if len(pairs) <= CHECKS_UP_TO
            else forms.SelectMultiple({"size": 8}, choices=pairs)
        )
        super().__init__(required=False, label=shape.title, help_text=shape.help, widget=widget)
        self.shape, self.known = shape, dict(pairs)
        self.first: list[str] = []

    def clean(self, value: Any) -> list[str] | None:
        """Give the values chosen: those there were in their order, then the new ones in the list's."""
        given = [str(one) for one in value or ()]
        unknown = [one for one in given if one not in self.known]
        if unknown:
            message = f"« {unknown[0]} » n’est plus proposé : rechargez la page."
            raise ValidationError(message)
        order = [*self.first, *(one for one in self.known if one not in self.first)]
        return [one for one in order if one in given] or None


class Tick(forms.BooleanField):
    """Yes or no; an empty box says no."""

    unit = ""

    def __init__(self, shape: Shape) -> None:
        super().__init__(required=False, label=shape.title, help_text=shape.help)
        self.shape = shape

    def clean(self, value: Any) -> str:
        """Give file text."""
        return "true" if super().clean(value) else "false"


def _from_list(pairs: Pairs, what: str) -> Callable[[str], str]:
    """Read a value, or the name of one, and otherwise say the nearest name."""
    by_value = {value for value, _ in pairs}
    by_name = {fold(name): value for value, name in pairs}

    def read(text: str) -> str:
        if text in by_value:
            return text
        if (found := by_name.get(fold(text))) is not None:
            return found
        near = closest(text, [name for _, name in pairs])
        message = f"« {text} » n’est pas dans {what}." + (f" Vouliez-vous « {near} » ?" if near else "")
        raise ValueError(message)

    return read


def field_for(shape: Shape, pairs: Pairs) -> forms.Field | None:
    """Make the Django field of a scalar, a choice, a reference, or a list of them; None for anything else."""
    if shape.holds in ("choice", "reference"):
        pairs = list((shape.choices or {}).items()) if shape.holds == "choice" else pairs
        return Chosen(shape, pairs) if shape.many else _one_of(shape, pairs)
    if shape.holds == "flag":
        return Tick(shape)
    if shape.holds not in READERS:
        return None
    if shape.many:  # the help of a proposed list tells how a file writes it: the names do without
        plain = Several(shape, "\n" if shape.holds == "text" else ",")
        return Chosen(replace(shape, help=""), pairs) if pairs else plain
    if pairs:
        return Scalar(shape, LookUp(pairs), _proposed(pairs))
    is_name = shape.name in NAMES and shape.holds == "text" and not shape.long
    in_euros = shape.holds == "number" and shape.unit == "EUR"  # an amount that may be negative
    reader = "label" if is_name else "amount" if in_euros else shape.holds
    return Scalar(shape, _widget(shape), READERS[reader])


def _proposed(pairs: Pairs) -> Callable[[str], str]:
    """Read one of the texts proposed, by its name too, or any other."""
    by_name = {fold(name): value for value, name in pairs}
    return lambda text: by_name.get(fold(text), text)


def _one_of(shape: Shape, pairs: Pairs) -> Scalar:
    if shape.holds == "reference" and len(pairs) > SELECT_UP_TO:
        return Scalar(shape, LookUp(pairs), _from_list(pairs, "la liste"))
    options = list(pairs) if shape.has_default else [("", "–"), *pairs]
    return Scalar(shape, forms.Select(choices=options), _from_list(pairs, "la liste"))


def _widget(shape: Shape) -> forms.Widget:
    match shape.holds:
        case "day":
            return Dated()
        case "time":
            return Timed()
        case "number" | "amount" | "rate":
            return forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        case "count":
            return forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        case "expression":
            return forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
    return forms.Textarea({"rows": 4}) if shape.long else forms.TextInput()


def display(field: forms.Field, value: Any) -> Any:  # noqa: PLR0911 - one line per kind of value
    """Give the first value of a field, from its file value."""
    if value is None:
        return None
    if isinstance(field, Several):
        texts = [shown(field.shape.holds, str(one)) for one in value]
        return ("\n" if field.separator == "\n" else ", ").join(texts)
    if isinstance(field, Chosen):
        return [str(one) for one in value]
    if isinstance(field, Tick):
        return value is True or value == "true"
    if isinstance(field, Scalar):
        if isinstance(field.widget, LookUp):
            return dict(field.widget.pairs).get(str(value), str(value))
        return shown(field.shape.holds, str(value))
    return value
