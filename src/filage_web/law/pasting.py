"""A newer grid of minimums, pasted or sent as a file: read first, rows refused with their reasons, then saved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filage.facts.reading import fact_of_values
from filage.facts.wages import WageGrid, WageRow
from filage.kernel.changes import Change, add
from filage.kernel.errors import BadInput, Problem
from filage.payroll.minimum_csv import read_grid_csv
from filage_web.forms import french_input
from filage_web.forms.fields import Dated
from filage_web.forms.identifiers import new_id

LARGEST: Final = 1_000_000
"""Bytes of a file read at most: a grid of a convention takes a hundred thousand."""
KIND: Final = WageGrid.kind


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a pasted grid."""

    rows: tuple[WageRow, ...]
    refused: tuple[Problem, ...]


class GridForm(forms.Form):
    """A grid, the paper it comes from, its dates, its rows as CSV."""

    label = forms.CharField(label=gettext_lazy("Nom"), required=False, max_length=200)
    idcc = forms.ChoiceField(label=gettext_lazy("Convention"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Accord, avenant, arrêté : de quoi retrouver le texte."),
    )
    url = forms.CharField(label=gettext_lazy("Adresse de la source"), required=False, max_length=500)
    starts_on = forms.CharField(
        label=gettext_lazy("À partir du"),
        required=False,
        widget=Dated(),
        help_text=gettext_lazy("Pour les adhérents des syndicats signataires."),
    )
    starts_on_all = forms.CharField(
        label=gettext_lazy("Pour tous à partir du"),
        required=False,
        widget=Dated(),
        help_text=gettext_lazy("Après extension ; vide : à vérifier pour un non-adhérent."),
    )
    rows = forms.CharField(
        label=gettext_lazy("Lignes"),
        required=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Copiées d’un tableur, ou séparées par ; avec les titres sur la première ligne."
        ),
    )
    file = forms.FileField(label=gettext_lazy("Ou un fichier CSV"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, UploadedFile] | None,
        conventions: list[tuple[str, str]],
        initial: Mapping[str, str] | None = None,
    ) -> None:
        if data is not None and files and (sent := files.get("file")):
            # what the file says stands in the text: the second sending carries it
            data = {**{name: data[name] for name in data}, "rows": _decoded(sent)}
        super().__init__(data, files, initial=dict(initial or {}))
        self.fields["idcc"].choices = conventions  # type: ignore[attr-defined]
        self.read = Read((), ())

    def clean(self) -> dict[str, Any]:
        """Read the rows; a wrong heading stops them all, a wrong row stops itself."""
        cleaned = self.cleaned_data
        for name in ("label", "source", "starts_on", "rows"):
            if name not in self.errors and not str(cleaned.get(name) or "").strip():
                self.add_error(name, ValidationError(_("À remplir.")))
        for name in ("starts_on", "starts_on_all"):
            self._read_day(cleaned, name)
        if "rows" not in self.errors:
            rows, refused = read_grid_csv(cleaned["rows"])
            self.read = Read(rows, refused)
            if not rows:
                self.add_error("rows", ValidationError(_("Aucune ligne n’a pu être lue.")))
        if not self.errors:
            self._check(cleaned)
        return cleaned

    def _read_day(self, cleaned: dict[str, Any], name: str) -> None:
        text = str(cleaned.get(name) or "").strip()
        if not text or name in self.errors:
            return
        try:
            cleaned[name] = french_input.day(text)
        except ValueError as error:
            self.add_error(name, ValidationError(str(error)))

    def _check(self, cleaned: Mapping[str, Any]) -> None:
        try:
            fact_of_values(KIND, {"id": "grille", **self.values()})
        except BadInput as error:
            for problem in error.problems:
                self.add_error(None, ValidationError(str(problem)))

    def values(self) -> dict[str, Any]:
        """The values of the fact, as a file writes them."""
        cleaned = self.cleaned_data
        simple = {
            name: cleaned[name]
            for name in ("label", "idcc", "source", "url", "starts_on", "starts_on_all")
            if cleaned.get(name)
        }
        rows = [row.model_dump(mode="json", exclude_none=True) for row in self.read.rows]
        return {**simple, "rows": [{key: str(value) for key, value in row.items()} for row in rows]}

    def changes(self, taken: Collection[str]) -> tuple[Change, ...]:
        """The change that adds the grid."""
        values = self.values()
        return (add(f"{KIND}/{new_id(KIND, values, taken)}", **values),)


def _decoded(sent: UploadedFile) -> str:
    """Read a file as text: UTF-8, else what a French spreadsheet saves."""
    content: bytes = sent.read(LARGEST)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
