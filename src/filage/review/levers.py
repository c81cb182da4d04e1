"""What a production could give up to cost less: dates, people, material, groups of lines, scenarios already written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.budget.deals.offer import BINDING
from filage.facts.budget import BudgetGroup, LineOverride
from filage.facts.calendar import Event, Participation
from filage.facts.contract import Contract
from filage.facts.people import Person
from filage.facts.scenario import Scenario
from filage.facts.scenarios import changes_of
from filage.facts.team import Engagement, Position
from filage.facts.venue import Venue
from filage.facts.writing import values_of
from filage.kernel import french
from filage.kernel.changes import add, remove, set_
from filage.kernel.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.kernel.changes import Change
    from filage.review.outcome import Outcome

KINDS = {
    "date": "Dates",
    "team": "Équipe",
    "material": "Matériel et dépenses",
    "group": "Groupes de lignes",
    "scenario": "Scénarios",
}
SHORTER = "0.8"
"""What is left of a forecast that is shortened: four fifths."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing to give up: what it is called, its kind (`KINDS`), and the changes that do it."""

    id: str
    kind: str
    label: str
    changes: tuple[Change, ...]


def levers_of(outcome: Outcome) -> tuple[Lever, ...]:
    """Return what the dossier of an outcome could give up from its day on; what is signed or played stays."""
    dossier, today = outcome.dossier, outcome.on
    return (
        *_dates(dossier, today),
        *_people(dossier, today),
        *_material(outcome),
        *_groups(dossier),
        *_scenarios(dossier),
    )


def _dates(dossier: Dossier, today: date) -> Iterator[Lever]:
    """Dates still to come that no contract signed, to sign or confirmed holds."""
    bound = {
        about for contract in dossier.all(Contract) if contract.state in BINDING for about in contract.events
    }
    for event in dossier.all(Event):
        if event.about in bound or event.option in ("signed", "cancelled"):
            continue
        if event.type == "performance" and event.day >= today:
            venue = dossier.find(event.venue, Venue)
            where = f", {venue.label}" if venue else ""
            label = f"Renoncer à la date du {french.day(event.day)}{where}"
            yield Lever(f"date/{event.id}", "date", label, (set_(event.about, option="cancelled"),))


def _people(dossier: Dossier, today: date) -> Iterator[Lever]:
    """Engagements not yet signed, positions still to fill: given up, or one fifth shorter."""
    presences: dict[str, list[Change]] = defaultdict(list)
    for part in dossier.all(Participation):
        if part.engagement:
            presences[part.engagement].append(remove(part.about))
    engaged = set()
    for engagement in dossier.all(Engagement):
        engaged.add(engagement.position)
        if engagement.contract not in ("draft", "to_sign") or engagement.starts_on < today:
            continue
        person = dossier.find(engagement.person, Person)
        name = person.name() if person else engagement.id
        position = dossier.find(engagement.position, Position)
        label = f"Renoncer à l’engagement de {name}" + (f", {position.label}" if position else "")
        changes = (*presences[engagement.about], remove(engagement.about))
        yield Lever(f"engagement/{engagement.id}", "team", label, changes)
    for position in dossier.all(Position):
        if position.about in engaged or not position.forecast:
            continue
        if position.people > 1:
            fewer = (set_(position.about, people=str(position.people - 1)),)
            yield Lever(f"fewer/{position.id}", "team", f"{position.label} : une personne de moins", fewer)
        else:
            gone = (set_(position.about, ("forecast",)),)
            yield Lever(f"position/{position.id}", "team", f"Renoncer au poste : {position.label}", gone)
        shorter = [
            {**part, "quantity": f"({part['quantity']}) * {SHORTER}"}
            for part in values_of(position)["forecast"]
        ]
        label = f"{position.label} : un cinquième de temps en moins"
        yield Lever(f"shorter/{position.id}", "team", label, (set_(position.about, forecast=shorter),))


def _material(outcome: Outcome) -> Iterator[Lever]:
    """Lines whose range goes lower than their amount: taken at their least."""
    overrides = {override.line: override for override in outcome.dossier.all(LineOverride)}
    for row in outcome.budget.rows:
        if row.side != "expense" or not row.counts or row.low is None or row.low >= row.amount:
            continue
        label = f"{row.label} au plus bas : {french.euro(row.low)}"
        values = {"amount": f"{row.low:f}", "reason": "Pris au bas de sa fourchette"}
        known = overrides.get(row.id)
        if known is not None:
            change = set_(known.about, ("quantity", "unit_price"), **values)
        else:
            ident = f"bas-{row.id}".replace("/", "-").replace("_", "-")[:64].rstrip("-")
            change = add(f"line_override/{ident}", line=row.id, **values)
        yield Lever(f"low/{row.id}", "material", label, (change,))


def _groups(dossier: Dossier) -> Iterator[Lever]:
    for group in dossier.all(BudgetGroup):
        if not group.off:
            yield Lever(
                f"group/{group.id}", "group", f"Écarter : {group.label}", (set_(group.about, off=True),)
            )


def _scenarios(dossier: Dossier) -> Iterator[Lever]:
    for scenario in dossier.all(Scenario):
        try:
            changes = changes_of(dossier, scenario.id)
        except BadInput:  # scenarios that stand on each other in a circle
            continue
        if changes:
            yield Lever(f"scenario/{scenario.id}", "scenario", f"Scénario « {scenario.label} »", changes)
