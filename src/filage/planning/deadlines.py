"""What the calendar and the contracts ask for by a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.calendar import Event
from filage.facts.contract import Action, Contract
from filage.facts.people import Person
from filage.facts.team import Engagement
from filage.kernel import french
from filage.kernel.finding import Deadline, Finding
from filage.planning.conflicts import event_name
from filage.planning.needs import need_deadlines

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier


def calendar_deadlines(dossier: Dossier) -> list[Deadline]:
    """Options to confirm, contracts to sign, needs and actions due."""
    deadlines = [
        Deadline(event.option_until, f"Confirmer l’option : {event_name(event)}", event.about, "calendrier")
        for event in dossier.all(Event)
        if event.option_until and event.option in ("option_1", "option_2")
    ]
    deadlines += [
        Deadline(contract.sign_by, f"Signer : {contract.label}", contract.about, "prix")
        for contract in dossier.all(Contract)
        if contract.sign_by and contract.state not in ("signed", "cancelled")
    ]
    people = {person.about: person.name() for person in dossier.all(Person)}
    deadlines += [
        Deadline(
            e.starts_on,
            f"Contrat {french.of(people.get(e.person, e.person))} à signer avant l’embauche",
            e.about,
            "equipe",
        )
        for e in dossier.all(Engagement)
        if e.contract in ("draft", "to_sign")
    ]
    deadlines += need_deadlines(dossier)
    deadlines += [
        Deadline(action.due_on, action.label, action.about, "tableau")
        for action in dossier.all(Action)
        if action.due_on and not action.done
    ]
    return deadlines


def late(deadlines: list[Deadline], today: date) -> list[Finding]:
    """A finding for each employment contract unsigned once work has begun (C. trav. L1242-13: two working days)."""
    return [
        Finding(
            "team.contract_late",
            "blocking",
            d.about,
            f"{d.label} : le travail a commencé le {french.day(d.on)}.",
        )
        for d in deadlines
        if d.area == "equipe" and d.on < today
    ]
