"""What is asked to lay a usual day, to repeat a date, to move or copy a block of dates."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final, Literal

from django import forms
from django.core.exceptions import ValidationError

from filage.facts.calendar import Event
from filage.facts.venue import Venue
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput
from filage.planning.blocks import (
    apply_template,
    block_between,
    copy_block,
    left_out,
    recurring,
    shift_block,
    template_of,
)
from filage.planning.recurrence import Rule
from filage_web.forms.french_input import day as read_day
from filage_web.forms.queries import Choices, name_of
from filage_web.planning.day_fields import BlockOfDates, DayField, DaysField
from filage_web.planning.entries import OPTIONS, TYPES

WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
LONGEST: Final = 366
A_WEEK: Final = 7


class KeepDayForm(BlockOfDates):
    """Keep a day of the calendar as a usual day."""

    day = DayField(
        label="Le jour à garder", error_messages={"required": "Choisissez un jour qui a des dates."}
    )
    label = forms.CharField(
        label="Nom de la journée type",
        max_length=80,
        error_messages={"required": "Donnez-lui un nom, par exemple « Jour de montage »."},
    )

    def wanted(self, cleaned: dict[str, Any]) -> Iterable[Change]:
        """One template."""
        return template_of(self.dossier, cleaned["day"], cleaned["label"])


class LayForm(BlockOfDates):
    """Put a usual day on one or several days."""

    days = DaysField(label="Jours", required=False, help_text="Un par ligne : 14/03/2026, 15 mars 2026…")
    first = DayField(label="Ou chaque jour, du", required=False)
    last = DayField(label="au", required=False)
    weekdays = forms.MultipleChoiceField(
        choices=[(str(rank), name) for rank, name in enumerate(WEEKDAYS)],
        label="Seulement ces jours",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    option = forms.ChoiceField(label="État", choices=list(OPTIONS.items()), initial="confirmed")

    def __init__(self, data: Any, choices: Choices, *, template: str, **more: Any) -> None:
        self.template = template
        super().__init__(data, choices, **more)

    def prepare(self) -> None:
        """Propose the venues."""
        self.named("venue", "Lieu", self.choices.of([Venue.kind]))

    def wanted(self, cleaned: dict[str, Any]) -> Iterable[Change]:
        """The events of that day, each day."""
        days = [*cleaned["days"], *_each_day(cleaned["first"], cleaned["last"], cleaned["weekdays"])]
        made = apply_template(self.dossier, self.template, days, venue=cleaned["venue"] or None)
        option = cleaned["option"]
        return [
            change.model_copy(update={"values": {**change.values, "option": option}})
            if change.kind == Event.kind and option != "confirmed"
            else change
            for change in made
        ]


def _each_day(first: date | None, last: date | None, weekdays: Iterable[str]) -> list[date]:
    if first is None or last is None:
        return []
    if last < first or (last - first).days > LONGEST:
        raise BadInput("la période se lit du premier au dernier jour, un an au plus")
    days = [first + timedelta(days=rank) for rank in range((last - first).days + 1)]
    kept = {int(one) for one in weekdays}
    return [day for day in days if not kept or day.weekday() in kept]


class RepeatForm(BlockOfDates):
    """Repeat a date, every week or every month, until a day, except some."""

    rhythm = forms.ChoiceField(
        label="Se répète",
        choices=[
            ("week", "chaque semaine"),
            ("fortnight", "une semaine sur deux"),
            ("month", "chaque mois, à la même date"),
            ("month_day", "chaque mois, le même jour de la semaine"),
        ],
    )
    weekdays = forms.MultipleChoiceField(
        choices=[(str(rank), name) for rank, name in enumerate(WEEKDAYS)],
        label="Les jours",
        required=False,
        help_text="Sans coche : le même jour de la semaine que la date.",
        widget=forms.CheckboxSelectMultiple,
    )
    until = DayField(label="Jusqu’au", error_messages={"required": "Dites jusqu’à quel jour."})
    exceptions = DaysField(label="Sauf", required=False, help_text="Un jour par ligne.")

    def prepare(self) -> None:
        """Propose the dates to repeat."""
        self.named("event", "La date à répéter", self.choices.of([Event.kind]))
        self.order_fields(["event", "rhythm", "weekdays", "until", "exceptions"])

    def clean_event(self) -> str:
        """A date must be chosen."""
        if not self.cleaned_data["event"]:
            raise ValidationError("Choisissez la date à répéter.")
        return str(self.cleaned_data["event"])

    def wanted(self, cleaned: dict[str, Any]) -> Iterable[Change]:
        """One event for each time it comes back."""
        rhythm = cleaned["rhythm"]
        unit: Literal["week", "month"] = "month" if rhythm.startswith("month") else "week"
        rule = Rule(
            unit,
            2 if rhythm == "fortnight" else 1,
            tuple(int(day) for day in cleaned["weekdays"]) if unit == "week" else (),
            same_weekday=rhythm == "month_day",
        )
        return recurring(self.dossier, cleaned["event"], rule, cleaned["until"], cleaned["exceptions"])


class BlockForm(BlockOfDates):
    """Move or copy all the dates of some days, or those chosen among them."""

    first = DayField(label="Du", error_messages={"required": "Dites à partir de quel jour."})
    last = DayField(label="Au", error_messages={"required": "Dites jusqu’à quel jour."})
    nature = forms.ChoiceField(label="Nature", choices=[("", "Toutes"), *TYPES.items()], required=False)
    action = forms.ChoiceField(
        label="Que faire",
        choices=[("shift", "Décaler"), ("copy", "Copier")],
        initial="shift",
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(
        label="De combien de jours",
        required=False,
        min_value=-LONGEST,
        max_value=LONGEST,
        help_text="−7 : une semaine plus tôt.",
        error_messages={"invalid": "Écrivez un nombre de jours, par exemple 7."},
    )
    start = DayField(label="Ou : le premier jour devient le", required=False)

    def prepare(self) -> None:
        """Propose the dates of the block, once its days are known."""
        self.found = self._inside()
        pairs = [(event.about, name_of(event, self.dossier)) for event in self.found]
        self.fields["events"] = forms.MultipleChoiceField(
            choices=pairs, required=False, label="Dates du bloc", widget=forms.CheckboxSelectMultiple
        )
        self.initial["events"] = [about for about, _ in pairs]
        self.kept = left_out(self.dossier, [event.about for event in self.found])

    def _inside(self) -> list[Event]:
        source: Any = self.data if self.is_bound else self.initial
        try:
            first, last = (
                date.fromisoformat(read_day(str(source.get(name) or ""))) for name in ("first", "last")
            )
        except ValueError:
            return []
        kind = str(source.get("nature") or "")
        found = (self.dossier.find(about, Event) for about in block_between(self.dossier, first, last))
        return [
            event for event in found if event and event.option != "cancelled" and kind in ("", event.type)
        ]

    def wanted(self, cleaned: dict[str, Any]) -> Iterable[Change]:
        """The dates moved, or their copies."""
        chosen = cleaned["events"] or [event.about for event in self.found]
        if not self.found:
            raise BadInput("aucune date entre ces deux jours : élargissez la période")
        days = cleaned["days"]
        if cleaned["start"]:
            first = min(event.day for event in self.found if event.about in chosen)
            days = (cleaned["start"] - first).days
        if not days:
            raise BadInput("dites de combien de jours, ou quel jour devient le premier")
        make = copy_block if cleaned["action"] == "copy" else shift_block
        made = make(self.dossier, chosen, days)
        if not made:
            raise BadInput("aucune de ces dates ne peut bouger : elles sont verrouillées ou déjà faites")
        return made
