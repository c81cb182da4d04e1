"""A plan B made from the calendar."""

from collections.abc import Iterable
from typing import Any

from django import forms

from filage.facts.calendar import Event
from filage.facts.scenario import Scenario
from filage.kernel.changes import Change, set_
from filage_web.forms.identifiers import new_id
from filage_web.planning.day_fields import BlockOfDates


class PlanForm(BlockOfDates):
    """Name a plan B: the reference, or another plan, made otherwise."""

    label = forms.CharField(
        label="Nom", max_length=80, error_messages={"required": "Donnez-lui un nom, par exemple « Pluie »."}
    )
    purpose = forms.CharField(
        label="À quoi il répond",
        required=False,
        max_length=200,
        help_text="« S’il pleut le 14 », « Annecy perdu »…",
    )

    def prepare(self) -> None:
        """Propose the plans to start from, and the dates that may be lost."""
        plans = [(one.about, one.label) for one in self.dossier.all(Scenario)]
        self.fields["base"] = forms.ChoiceField(
            choices=[("", "La référence"), *plans], label="Part de", required=False
        )
        self.named(
            "lost",
            "Une date perdue",
            [pair for pair in self.choices.of([Event.kind]) if self._alive(pair[0])],
            help_text="Elle y sera annulée ; le reste se change ensuite dans le plan.",
        )

    def _alive(self, about: str) -> bool:
        event = self.dossier.find(about, Event)
        return event is not None and event.option != "cancelled"

    def wanted(self, cleaned: dict[str, Any]) -> Iterable[Change]:
        """The scenario, with the date lost if one is named."""
        ident = new_id(Scenario.kind, cleaned, set(self.dossier.by_kind.get(Scenario.kind, {})))
        values: dict[str, Any] = {"label": cleaned["label"], "use": "plan_b"}
        values |= {name: cleaned[name] for name in ("purpose", "base") if cleaned[name]}
        if cleaned["lost"]:
            lost = set_(cleaned["lost"], option="cancelled")
            values["changes"] = [lost.model_dump(mode="json", exclude_defaults=True)]
        self.ident = ident
        return [Change(op="add", about=f"{Scenario.kind}/{ident}", values=values)]
