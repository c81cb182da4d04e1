"""What the pages of partners show: organisations by answer, what each can bring, its place in the production."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from filage.facts.base import choices, label_of
from filage.facts.contract import Contract
from filage.facts.deal import Approach
from filage.facts.dossier import Dossier
from filage.facts.funding import Funding
from filage.facts.people import Company, Person
from filage.facts.script import Need
from filage.funding.partners import STATES, Contacted, contacts
from filage_web.accounts.models import Structure
from filage_web.store.bodies import readable
from filage_web.store.models import Row

RESOURCES: Final = choices(Company, "brings")
ROLES: Final = frozenset({"coproducer", "funder", "sponsor"})
"""Those who are partners before anything is asked of them."""
MOST_APART: Final = 300
NATURES: Final = {
    "coproducer": "coproduction", "funder": "public", "sponsor": "patronage", "venue": "coproduction",
    "buyer": "presale",
}  # fmt: skip
"""The nature of money proposed when an organisation becomes a source: the form leaves it to be chosen."""


def nature_of(company: Company, known: Iterable[Funding]) -> str:
    """Propose the nature of its money: as it already gives here, else as its role says."""
    return next((each.nature for each in known), NATURES.get(company.role, "coproduction"))


@dataclass(frozen=True, slots=True)
class Card:
    """One organisation as the board shows it."""

    id: str
    about: str
    label: str
    city: str
    role: str
    brings: tuple[str, ...]
    state: str
    last: Approach | None
    next: Approach | None
    late: bool
    roles_here: tuple[str, ...]
    """What it already is in the production: a source of the plan, the buyer of dates."""


@dataclass(frozen=True, slots=True)
class Pile:
    """The organisations that gave one answer."""

    state: str
    label: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One exchange, ready to read."""

    id: str
    on: date
    text: str
    answer: str
    status: str
    by: str
    asks: tuple[str, ...]
    need: str
    next_step: str
    next_on: date | None


def companies_of(structure: Structure, dossier: Dossier) -> tuple[Company, ...]:
    """Every organisation of the structure that can be read, by name, in one query."""
    rows = Row.objects.filter(structure=structure, production=None, kind=Company.kind).order_by("sort", "pk")
    found = [readable(Company.kind, schema, body) for schema, body in rows.values_list("schema", "body")]
    known = {one.id: one for one in dossier.all(Company)}
    return tuple(known.get(one.id, one) for one in found if isinstance(one, Company))


def board(
    structure: Structure, dossier: Dossier, today: date
) -> tuple[list[Pile], list[Card], tuple[Contacted, ...]]:
    """The piles of the board, the organisations apart, and where one stands with all of them."""
    found = contacts(dossier, companies_of(structure, dossier))
    here = _roles_here(dossier)
    inside = {one.company.about for one in found if _is_partner(one, here)}
    cards = {one.company.about: _card(one, here, today) for one in found}
    piles = [
        Pile(state, label, tuple(cards[one.company.about] for one in found
                                 if one.company.about in inside and one.state == state))
        for state, label in STATES.items()
    ]  # fmt: skip
    apart = [cards[one.company.about] for one in found if one.company.about not in inside]
    return piles, apart[:MOST_APART], found


def _is_partner(one: Contacted, here: dict[str, list[str]]) -> bool:
    return bool(
        one.exchanges or one.company.brings or one.company.role in ROLES or here.get(one.company.about)
    )


def _roles_here(dossier: Dossier) -> dict[str, list[str]]:
    """What each organisation already is in the production."""
    found: dict[str, list[str]] = {}
    for funding in dossier.all(Funding):
        if funding.company:
            state = label_of(funding, "state").lower()
            found.setdefault(funding.company, []).append(f"{label_of(funding, 'nature').lower()}, {state}")
    for contract in dossier.all(Contract):
        if contract.company and contract.state != "cancelled":
            state = label_of(contract, "state").lower()
            found.setdefault(contract.company, []).append(f"{label_of(contract, 'type').lower()}, {state}")
    return found


def _card(one: Contacted, here: dict[str, list[str]], today: date) -> Card:
    company, step = one.company, one.next
    return Card(
        company.id, company.about, company.label, company.city or "", label_of(company, "role"),
        tuple(RESOURCES[each] for each in company.brings), one.state,
        one.exchanges[0] if one.exchanges else None, step,
        step is not None and step.next_on is not None and step.next_on < today,
        tuple(dict.fromkeys(here.get(company.about, ()))),
    )  # fmt: skip


STATUS: Final = {"agreed": "done", "interested": "", "declined": "breach", "waiting": ""}


def history(dossier: Dossier, one: Contacted) -> list[Step]:
    """The exchanges with an organisation, the last first."""
    asked = choices(Approach, "asks")
    steps = []
    for each in one.exchanges:
        person, need = dossier.find(each.by, Person), dossier.find(each.need, Need)
        steps.append(
            Step(
                each.id, each.on, each.text, label_of(each, "answer"), STATUS[each.answer],
                person.name() if person else "", tuple(asked[name] for name in each.asks),
                need.label if need else "", each.next_step or "", each.next_on,
            )
        )  # fmt: skip
    return steps
