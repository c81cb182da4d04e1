"""The form of an engagement: what one knows of the pay, a person or a job that does not exist yet."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms

from filage.facts.team import Engagement, Position
from filage.kernel.changes import Change, add
from filage.kernel.errors import BadInput, FilageError
from filage_web.forms import FactForm
from filage_web.forms.french_input import amount
from filage_web.forms.identifiers import new_id
from filage_web.forms.queries import taken_ids
from filage_web.team.pay import GROSS, KNOWN, Figure, figure_of, gross_for

MAIN: Final = ("person", "position", "label", "phase", "starts_on", "ends_on", "unit", "quantity")
MORE: Final = ("hours", "isolated", "paid_days", "at_rate", "contract", "note")


class EngagementForm(FactForm):
    """An engagement whose pay is known by its gross, its net or its cost."""

    def __init__(self, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__("engagement", data, **more)
        self.fields["known"] = forms.ChoiceField(choices=list(KNOWN.items()), required=False)
        self.initial["known"] = GROSS
        for name, label in (
            ("given_name", "Prénom"),
            ("family_name", "Nom"),
            ("new_position", "Nouvel emploi"),
        ):
            self.fields[name] = forms.CharField(required=False, label=label, strip=True)
        statuses = [("artiste", "Artiste"), ("technicien", "Technicien"), ("permanent", "Permanent")]
        self.fields["new_status"] = forms.ChoiceField(required=False, label="Statut", choices=statuses)
        self._made: list[Change] = []

    @property
    def main(self) -> list[Any]:
        """The fields everyone fills."""
        return [self.node(name) for name in MAIN]

    @property
    def more(self) -> list[Any]:
        """The fields of particular cases."""
        return [self.node(name) for name in MORE]

    def node(self, name: str) -> Any:
        """Find what the template draws for a field."""
        return next(node for node in self.nodes if node.name == name)

    @property
    def known(self) -> str:
        """What the amount typed is: gross, net or cost."""
        typed = str(self.data.get("known", "")) if self.is_bound else ""
        return typed if typed in KNOWN else GROSS

    def clean(self) -> dict[str, Any]:
        """Make the person and the job typed anew, turn a net or a cost into a gross, then check the fact."""
        self._made = []
        cleaned = self.cleaned_data
        if cleaned.get("given_name") or cleaned.get("family_name"):
            self._new("person", given_name=cleaned.get("given_name"), family_name=cleaned.get("family_name"))
        if cleaned.get("new_position"):
            self._new(
                "position", label=cleaned["new_position"], status=cleaned.get("new_status") or "artiste"
            )
        if self.known != GROSS and not self.errors.get("unit_pay") and cleaned.get("unit_pay"):
            self._gross_of(Decimal(cleaned["unit_pay"]))
        return super().clean()

    def _new(self, kind: str, **values: Any) -> None:
        given = {key: value for key, value in values.items() if value}
        if kind == "person" and len(given) < len(values):
            empty = "family_name" if "given_name" in given else "given_name"
            self.add_error(empty, "À remplir.")
            return
        ident = new_id(kind, given, taken_ids(self.choices.structure, self.choices.dossier, kind))
        self._made.append(add(f"{kind}/{ident}", **given))
        self.cleaned_data[kind] = f"{kind}/{ident}"
        self.errors.pop(kind, None)

    def _gross_of(self, target: Decimal) -> None:
        try:
            engagement, position = self.drafted(target)
            inverse = gross_for(self.choices.dossier, engagement, position, self.known, target)
            self.cleaned_data["unit_pay"] = str(inverse.slip.gross.value)
        except BadInput as error:
            self.add_error(
                "unit_pay", " ".join(f"{problem.message.capitalize()}." for problem in error.problems)
            )
        except FilageError as error:
            self.add_error("unit_pay", f"{error}.")

    def drafted(self, pay: Decimal) -> tuple[Engagement, Position]:
        """The engagement as typed so far; BadInput while it says too little to be computed."""
        typed = self.cleaned_data
        position = self.choices.dossier.find(typed.get("position"), Position) or self._position_made()
        if position is None:
            message = "choisissez un emploi : le coût s’affiche ici"
            raise BadInput(message)
        if not (typed.get("unit") and typed.get("starts_on") and typed.get("ends_on")):
            message = "il manque les dates ou l’unité pour calculer le coût"
            raise BadInput(message)
        values = {
            name: value
            for name in (
                "phase",
                "starts_on",
                "ends_on",
                "unit",
                "quantity",
                "hours",
                "isolated",
                "paid_days",
                "at_rate",
            )
            if (value := typed.get(name)) is not None
        }
        about = self.old.id if self.old else "nouveau"
        person = typed.get("person") or "person/nouveau"
        engagement = Engagement(id=about, position=position.about, person=person, unit_pay=pay, **values)
        return engagement, position

    def _position_made(self) -> Position | None:
        made = next((change for change in self._made if change.kind == "position"), None)
        return Position(id=made.id, **made.values) if made else None

    def figure(self) -> Figure | None:
        """Compute what is typed so far; None without an amount, BadInput with what is missing."""
        typed = str(self.data.get("unit_pay", "")).strip()
        if not typed:
            return None
        self.is_valid()
        try:
            target = Decimal(amount(typed))
        except ValueError as error:
            raise BadInput(str(error).rstrip(".")) from None
        engagement, position = self.drafted(target)
        dossier = self.choices.dossier.with_facts([position])
        return figure_of(dossier, engagement, position, self.known, target)

    def changes(self) -> tuple[Change, ...]:
        """The engagement, after the person and the job made for it."""
        return (*self._made, *super().changes())
