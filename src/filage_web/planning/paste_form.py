"""A list of dates pasted from a spreadsheet or a message: one a line, of one kind and in one state."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from django import forms

from filage.kernel.changes import Change, add
from filage.kernel.text import fold
from filage_web.forms import Choices
from filage_web.forms.french_input import day as read_day
from filage_web.forms.french_input import time as read_time
from filage_web.forms.identifiers import new_id, slug
from filage_web.planning.entries import OPTIONS, TYPES, main_kind
from filage_web.planning.forms import new_parts, new_venue, usual_parts
from filage_web.planning.moving import later_by

PASTED: Final = {"rows": 10, "placeholder": "05/11/2026, 20h, L’Écluse, Besançon", "spellcheck": "false"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: what was read, or what is wrong with it."""

    number: int
    text: str
    values: Mapping[str, str]
    venue: str
    """The name of its venue; empty when none was given."""
    city: str
    known: bool
    """Whether the structure already knows the venue."""
    problem: str = ""


class PasteForm(forms.Form):
    """Dates one a line, all of one kind and in one state."""

    lines = forms.CharField(
        required=False,
        label="Dates",
        help_text="Une par ligne : jour, heure, lieu, ville. Collez aussi depuis un tableur.",
        widget=forms.Textarea(PASTED),
    )
    type = forms.ChoiceField(label="Nature", choices=list(TYPES.items()), initial="performance")
    option = forms.ChoiceField(label="État", choices=list(OPTIONS.items()), initial="option_1")
    hours = forms.CharField(label="Durée", initial="2h", required=False, help_text="Par exemple 1h40.")

    def __init__(self, data: Mapping[str, Any] | None, choices: Choices, today: date) -> None:
        super().__init__(data)
        self.choices, self.today = choices, today
        self.fields["parts"] = forms.MultipleChoiceField(
            choices=choices.of(["engagement"]),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label="Qui y participe",
        )
        self.initial["parts"] = usual_parts(choices.dossier, main_kind(choices.dossier))
        self.initial["type"] = main_kind(choices.dossier)
        self.rows: list[Row] = []

    def clean(self) -> dict[str, Any]:
        """Read every line; all that is wrong is said, line by line."""
        cleaned = super().clean() or self.cleaned_data
        minutes = _minutes(cleaned.get("hours") or "")
        if minutes is None:
            self.add_error(
                "hours", f"« {cleaned.get('hours')} » n’est pas une durée. Écrivez par exemple 1h40."
            )
        self.rows = list(self._rows(cleaned.get("lines") or "", minutes or 0))
        if not self.rows:
            self.add_error(
                "lines", "Collez au moins une date, par exemple : 05/11/2026, 20h, L’Écluse, Besançon."
            )
        wrong = sum(bool(row.problem) for row in self.rows)
        if wrong:
            say = "une ligne ne se lit pas" if wrong == 1 else f"{wrong} lignes ne se lisent pas"
            self.add_error("lines", f"{say.capitalize()} : voyez plus bas. Rien n’est enregistré.")
        return cleaned

    def _rows(self, text: str, minutes: int) -> Iterable[Row]:
        known = {fold(name.partition(",")[0]): about for about, name in self.choices.of(["venue"])}
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            cells = [cell.strip() for cell in re.split(r"[\t;,]", line)] + ["", "", "", ""]
            if number == 1 and fold(cells[0]) in ("jour", "date", "jours", "dates"):
                continue
            yield self._row(number, line, cells, known, minutes)

    def _row(self, number: int, line: str, cells: list[str], known: Mapping[str, str], minutes: int) -> Row:
        values: dict[str, str] = {}
        problem = ""
        try:
            values["day"] = read_day(self._with_year(cells[0]))
            if cells[1]:
                values["start"] = read_time(cells[1])
                values["end"] = later_by(time.fromisoformat(values["start"]), minutes)
        except ValueError as error:
            problem = str(error)
        about = known.get(fold(cells[2]), "")
        if about:
            values["venue"] = about
        return Row(number, line.strip(), values, cells[2], cells[3], known=bool(about), problem=problem)

    def _with_year(self, text: str) -> str:
        """A day without its year is the next one: « 5/11 »."""
        if not (found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})", text)):
            return text
        number, month = int(found[1]), int(found[2])
        passed = (month, number) < (self.today.month, self.today.day)
        return f"{text}/{self.today.year + passed}".replace(".", "/").replace("-", "/")

    def changes(self) -> tuple[Change, ...]:
        """The venues not yet known, the dates, and who takes part in each."""
        dossier = self.choices.dossier
        events, parts = set(dossier.by_kind.get("event", {})), set(dossier.by_kind.get("participation", {}))
        venues: dict[str, Change] = {}
        changes: list[Change] = []
        wanted = self.cleaned_data.get("parts") or ()
        for row in self.rows:
            values = dict(row.values) | {
                "type": self.cleaned_data["type"],
                "option": self.cleaned_data["option"],
            }
            if row.venue and not row.known:
                name = slug(row.venue)
                if name not in venues:
                    taken = [change.id for change in venues.values()]
                    venues[name] = new_venue(self.choices, row.venue, row.city, taken)
                values["venue"] = venues[name].about
            ident = new_id("event", values, events)
            events.add(ident)
            changes.append(add(f"event/{ident}", **values))
            changes += new_parts(f"event/{ident}", wanted, parts)
        return (*venues.values(), *changes)


def _minutes(text: str) -> int | None:
    found = re.fullmatch(r"(?:(\d{1,2})\s*[h:]\s*(\d{2})?|(\d{1,3})\s*min)", text.strip().lower() or "2h")
    if not found:
        return None
    return int(found[3]) if found[3] else int(found[1]) * 60 + int(found[2] or 0)
