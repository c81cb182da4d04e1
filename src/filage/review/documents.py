"""The documents a dossier implies, what each says today, and which a change would put out of date."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.people import Person
from filage.facts.team import Engagement
from filage.facts.writing import values_of
from filage.kernel import french

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.payroll.engagement import PayCost
    from filage.payroll.quantity import Calendar

_ENGAGEMENT_TERMS = ("position", "person", "starts_on", "ends_on", "unit", "unit_pay", "hours", "isolated")
_CONTRACT_TERMS = ("type", "company", "unit_price", "bills_travel", "vat_rate")
_EVENT_TERMS = ("type", "day", "start", "end", "end_day", "venue")


@dataclass(frozen=True, slots=True)
class Document:
    """A document about a fact: its name, its state, and the digest of what it says today."""

    about: str
    label: str
    state: str
    signed: bool
    digest: str


def documents_of(dossier: Dossier, costs: tuple[PayCost, ...], calendar: Calendar) -> tuple[Document, ...]:
    """Return the contract of each engagement and of each agreement.

    A contract of employment says the days of work and what they pay; the hours of each are the call sheet's.
    """
    people = {person.about: person.name() for person in dossier.all(Person)}
    units = {cost.about: str(cost.quantity.normalize()) for cost in costs}
    days: dict[str, list[str]] = defaultdict(list)
    for about, taken in calendar.by_engagement.items():
        days[about] = sorted(str(event.day) for event, _part in taken)
    found = []
    for engagement in dossier.all(Engagement):
        values = _terms(engagement, _ENGAGEMENT_TERMS) | {
            "units": units.get(engagement.about),
            "days": days[engagement.about],
        }
        label = contract_label(people.get(engagement.person, engagement.person))
        signed = engagement.contract in ("signed", "ended")
        found.append(
            Document(engagement.about, label, label_of(engagement, "contract"), signed, _digest(values))
        )
    for contract in dossier.all(Contract):
        events = [dossier.find(about, Event) for about in contract.events]
        values = _terms(contract, _CONTRACT_TERMS) | {
            "events": [
                _terms(event, _EVENT_TERMS) for event in events if event and event.option != "cancelled"
            ]
        }
        label = f"{label_of(contract, 'type')} : {contract.label}"
        found.append(
            Document(
                contract.about,
                label,
                label_of(contract, "state"),
                contract.state == "signed",
                _digest(values),
            )
        )
    return tuple(found)


def contract_label(name: str) -> str:
    """What a contract of employment is called: « Contrat d’Inès Roux »."""
    return f"Contrat {french.of(name)}"


def _terms(fact: Engagement | Contract | Event, names: tuple[str, ...]) -> dict[str, object]:
    values = values_of(fact)
    return {name: values[name] for name in names if name in values}


def _digest(values: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
