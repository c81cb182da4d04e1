"""The form of an engagement: what one knows of the pay, a person or a job that does not exist yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.http import QueryDict

from filage.facts.base import Fact, choices
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.reading import fact_of_values
from filage.facts.script import Element
from filage.facts.team import Engagement, Position
from filage.facts.writing import values_of
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput, FilageError
from filage.planning.joining import already_filled, joined
from filage.script.casting import position_values
from filage.script.played import PLAYERS
from filage_web import clock
from filage_web.forms import FactForm
from filage_web.forms.french_input import amount
from filage_web.forms.identifiers import new_id
from filage_web.forms.queries import taken_ids
from filage_web.team.pay import GROSS, KNOWN, NEW, OVER, UNIT, Asked, Figure, figure_of

MAIN: Final = ("person", "position", "label", "phase", "starts_on", "ends_on", "unit", "quantity")
TERMS: Final = (
    "isolated", "hours", "paid_days", "weekly_hours", "contract_type", "contract", "experience_years", "at_rate",
    "dfs", "dfs_agreed_on", "note",
)  # fmt: skip
LISTS: Final = ("allowances", "authorised")
BEGUN: Final = ("role", "new_position", "new_status")
"""What is not a field of an engagement and may be given first: the role it is for, the job it makes."""
CALCULATE, FILL = "_calculate", "_fill"
"""Buttons that draw the form again rather than save: to see the figures, to keep a gross that was found."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A field that is wrong or empty: its name, its place in the page, what is wrong with it."""

    label: str
    place: str
    message: str


class EngagementForm(FactForm):
    """An engagement whose pay is known by its gross, its net or its cost."""

    def __init__(self, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__("engagement", data, **more)
        self.fields["known"] = forms.ChoiceField(choices=list(KNOWN.items()), required=False)
        self.fields["over"] = forms.ChoiceField(choices=list(OVER.items()), required=False)
        self.initial.update({"known": GROSS, "over": UNIT})
        for name, label in (
            ("given_name", "Prénom"),
            ("family_name", "Nom"),
            ("new_position", "Nouvel emploi"),
        ):
            self.fields[name] = forms.CharField(required=False, label=label, strip=True)
        statuses = list(choices(Position, "status").items())
        self.fields["new_status"] = forms.ChoiceField(required=False, label="Statut", choices=statuses)
        self.fields["apart"] = forms.BooleanField(required=False, label="Ne pas l’inscrire à ces dates")
        self.fields["role"] = forms.CharField(required=False, widget=forms.HiddenInput)
        given = dict(more.get("initial") or {})
        self.initial.update({name: given[name] for name in BEGUN if given.get(name)})
        self._made: list[Change] = []
        self.joins: tuple[Change, ...] = ()
        """Its part in the dates of its job, when its quantity is left to a calendar it is not in yet."""
        self.filled_by: tuple[str, ...] = ()
        """Who holds the job already over some of these days, when nobody is lacking."""
        self.figure: Figure | None = None
        self.refusal = ""

    @property
    def main(self) -> list[Any]:
        """The fields everyone fills."""
        return [self.node(name) for name in MAIN]

    @property
    def more(self) -> list[Any]:
        """The fields of particular cases."""
        return [self.node(name) for name in TERMS]

    @property
    def lists(self) -> list[Any]:
        """What comes in several: allowances, authorisations."""
        return [self.node(name) for name in LISTS]

    @property
    def unfolded(self) -> bool:
        """Whether the particular cases must be seen: one of them is wrong, or a row was asked for."""
        asked = str(self.data.get("_more", "")) if self.is_bound else ""
        names = tuple(self.errors) if self.is_bound else ()
        return any(name.split("-")[0] in (*TERMS, *LISTS) for name in (*names, asked))

    def node(self, name: str) -> Any:
        """Find what the template draws for a field."""
        return next(node for node in self.nodes if node.name == name)

    @property
    def wants_more(self) -> bool:
        """Whether the visitor asked to see the form again rather than to save."""
        again = self.is_bound and bool(self.data.get(CALCULATE) or self.data.get(FILL))
        return again or super().wants_more

    def _one_of(self, name: str, known: Mapping[str, str], usual: str) -> str:
        typed = str(self.data.get(name, "")) if self.is_bound else ""
        return typed if typed in known else usual

    @property
    def known(self) -> str:
        """What the amount typed is: gross, net or cost."""
        return self._one_of("known", KNOWN, GROSS)

    @property
    def over(self) -> str:
        """What the amount typed is for: one unit, or all of them."""
        return self._one_of("over", OVER, UNIT)

    @property
    def dossier(self) -> Dossier:
        """The production's facts, with the person and the job made for this engagement."""
        return self.choices.dossier.with_facts([self._fact(change) for change in self._made])

    def _fact(self, change: Change) -> Fact:
        old = self.choices.dossier.get(change.about)
        return fact_of_values(
            change.kind, {**(values_of(old) if old else {}), **change.values, "id": change.id}
        )

    @property
    def role(self) -> Element | None:
        """The role somebody is engaged for, when the form was opened from it."""
        typed = self.data.get("role") if self.is_bound else self.initial.get("role")
        found = self.choices.dossier.find(str(typed or ""), Element)
        return found if found and found.category in PLAYERS else None

    def clean(self) -> dict[str, Any]:
        """Make the person and the job typed anew, turn a net or a cost into a gross, then check the fact."""
        self._made = []
        cleaned = self.cleaned_data
        if cleaned.get("given_name") or cleaned.get("family_name"):
            self._new("person", given_name=cleaned.get("given_name"), family_name=cleaned.get("family_name"))
        self._make_position(cleaned)
        if str(cleaned.get("quantity") or "").startswith("-"):
            self.add_error("quantity", "Une quantité ne peut pas être négative.")
        cleaned = super().clean()
        self._compute()
        return cleaned

    def _make_position(self, cleaned: dict[str, Any]) -> None:
        """Make the job typed anew, with the role it is for; a job chosen for a role it lacked takes it."""
        role, chosen = self.role, self.choices.dossier.find(str(cleaned.get("position") or ""), Position)
        if role and chosen:
            if role.about not in chosen.roles:
                self._made.append(set_(chosen.about, roles=[*chosen.roles, role.about]))
            return
        label, form = cleaned.get("new_position"), self.choices.dossier.production.form
        if not label:
            return
        status = {"status": cleaned.get("new_status") or "artiste"}
        told = position_values(label, role.about, form, category=role.category) if role else {"label": label}
        self._new("position", **(told | status))

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

    def _compute(self) -> None:
        """Compute the figures of what is typed so far; a net or a cost wanted gives the gross that is kept."""
        self.figure, self.refusal = None, ""
        self.joins, self.filled_by = (), ()
        if not str(self.data.get("unit_pay", "")).strip():
            return
        try:
            drafted = self.drafted()
            self._place(drafted)
            self.figure = figure_of(self.placed(drafted), drafted, self.asked, clock.today())
        except BadInput as error:
            self.refusal = " ".join(f"{problem.message.rstrip('.')}." for problem in error.problems)
        except (FilageError, ArithmeticError, ValueError) as error:
            self.refusal = f"{str(error).rstrip('.')}."
        self._keep_gross()

    def _place(self, drafted: Engagement) -> None:
        """Find the dates a new engagement would join, and who holds the job already."""
        dossier = self.dossier
        self.joins = () if self.old else joined(dossier, drafted)
        people = (dossier.find(about, Person) for about in already_filled(dossier, drafted))
        self.filled_by = tuple(person.name() for person in people if person)

    @property
    def apart(self) -> bool:
        """Whether the engagement is to stay out of the dates of its job."""
        return self.is_bound and bool(self.data.get("apart"))

    def placed(self, drafted: Engagement) -> Dossier:
        """The facts with the engagement as typed, in the dates it would join."""
        if self.apart or not self.joins:
            return self.dossier.with_facts([drafted])
        return self.dossier.with_facts([drafted, *(self._fact(change) for change in self.joins)])

    def _keep_gross(self) -> None:
        if (self.known, self.over) == (GROSS, UNIT):
            return
        if self.figure is None:
            if self.refusal and not self.errors:
                self.add_error("unit_pay", f"{self.refusal[:1].upper()}{self.refusal[1:]}")
            self.fact = None
        elif self.fact is not None:
            pay = f"{self.figure.cost.unit_pay.normalize():f}"
            self.fact = self.fact.model_copy(update={"unit_pay": Decimal(pay)})

    @property
    def asked(self) -> Asked:
        """What is typed of the pay; ValueError when it is no amount."""
        return Asked(Decimal(amount(str(self.data.get("unit_pay", "")))), self.known, self.over)

    def drafted(self) -> Engagement:
        """The engagement as typed so far; BadInput while it says too little to be computed."""
        if not self.typed.get("position"):
            message = "choisissez un emploi : le coût s’affiche ici"
            raise BadInput(message)
        lacks = [lack for lack in self.lacks if lack.place not in ("id_person", "id_unit_pay")]
        if lacks:
            message = "corrigez ce qui suit : le coût s’affiche ici"
            raise BadInput(message)
        values = {
            **self.typed,
            "id": self.old.id if self.old else self.ident or NEW,
            "person": self.typed.get("person") or f"person/{NEW}",
            "unit_pay": "1",
        }
        found = fact_of_values("engagement", values)
        if not isinstance(found, Engagement):
            raise TypeError
        return found

    @property
    def lacks(self) -> list[Lack]:
        """What is wrong or missing, field by field."""
        return [
            Lack(str(self.fields[name].label or name), self[name].id_for_label, str(message))
            for name, messages in self.errors.items()
            if name in self.fields
            for message in messages
        ]

    @property
    def person_name(self) -> str:
        """Who is engaged, as far as the form says."""
        person = self.dossier.find(str(self.typed.get("person", "")), Person)
        return person.name() if person else ""

    def changes(self) -> tuple[Change, ...]:
        """The engagement, after the person and the job made for it, before its part in the dates of the job."""
        changes = super().changes()
        joins = () if self.apart or self.fact is None else self.joins
        return (*self._made, *changes, *joins)


def filled(data: QueryDict) -> QueryDict:
    """Keep a gross that was found: it becomes what is typed, per unit."""
    typed = data.copy()
    typed["unit_pay"] = str(data.get(FILL, ""))
    typed["known"], typed["over"] = GROSS, UNIT
    return typed


def as_it_stands(form: EngagementForm) -> EngagementForm:
    """The form of an engagement filled with what it already says, to compute it before anything is typed."""
    typed = QueryDict(mutable=True)
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, list):
            typed.setlist(name, [str(one) for one in value])
        elif value is True or value == "true":
            typed[name] = "on"
        elif value not in (None, False, "", "false"):
            typed[name] = str(value)
    return EngagementForm(typed, choices=form.choices, fact=form.old)
