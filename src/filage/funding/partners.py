"""Who could bring what: organisations, the exchanges with each, and the needs and lines that ask for what they have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import yaml

from filage.budget.lines import EXPENSE
from filage.budget.views.view import plain
from filage.facts.base import choices
from filage.facts.contract import Contract
from filage.facts.deal import Approach
from filage.facts.funding import CERTAIN_STATES, Funding
from filage.facts.people import Company
from filage.facts.script import Need
from filage.kernel.finding import Deadline
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from filage.budget.lines import Budget
    from filage.facts.dossier import Dossier

MONEY: Final = "money"
TO_CONTACT, WITH_US = "to_contact", "with_us"
STATES: Final = {TO_CONTACT: "À contacter", **choices(Approach, "answer"), WITH_US: "Déjà engagé"}
"""Where one stands with an organisation: what the plan and the contracts say, else the answer of the last exchange."""
OPEN_NEEDS: Final = frozenset({"to_find", "quoted"})
WRITTEN: Final = frozenset({"", "line"})
"""Where a name was written by somebody, and its words may be trusted: a need, a line typed."""
PAID: Final = ("pay/", "forecast/", "allowance/")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something a partner could bring: which need or line asks for it, what it is worth, how it was recognised."""

    resource: str
    label: str
    about: str
    amount: Decimal | None
    because: str


@dataclass(frozen=True, slots=True)
class Contacted:
    """Where one stands with one organisation: its exchanges, the last first, and the next step still open."""

    company: Company
    exchanges: tuple[Approach, ...]
    engaged: str = ""
    """What the plan says: with us, asked, refused; nothing when it says nothing."""

    @property
    def state(self) -> str:
        """With us once the plan or a contract says so; else the last answer; `to_contact` before the first."""
        if self.engaged == WITH_US or not self.exchanges:
            return self.engaged or TO_CONTACT
        return self.exchanges[0].answer

    @property
    def word(self) -> str:
        """Its state in French."""
        return STATES[self.state]

    @property
    def next(self) -> Approach | None:
        """The exchange that says what comes next: the last one, unless it closed the matter."""
        last = self.exchanges[0] if self.exchanges else None
        return last if last and (last.next_step or last.next_on) and last.answer != "declined" else None


@dataclass(frozen=True, slots=True)
class Matched:
    """What is wanted of one kind, and who says they can bring it."""

    resource: str
    label: str
    wanted: tuple[Wanted, ...]
    holders: tuple[Contacted, ...]


def contacts(dossier: Dossier, companies: Iterable[Company]) -> tuple[Contacted, ...]:
    """Return where one stands with each organisation, in the order given."""
    exchanges: dict[str, list[Approach]] = {}
    for one in sorted(dossier.all(Approach), key=lambda each: (each.on, each.id), reverse=True):
        exchanges.setdefault(one.company, []).append(one)
    engaged = _engaged(dossier)
    return tuple(
        Contacted(one, tuple(exchanges.get(one.about, ())), engaged.get(one.about, "")) for one in companies
    )


def _engaged(dossier: Dossier) -> dict[str, str]:
    """What the plan and the contracts say of each organisation, the surest first."""
    found: dict[str, str] = {}
    for funding in dossier.all(Funding):
        said = WITH_US if funding.state in CERTAIN_STATES else _ASKED.get(funding.state, "")
        if funding.company and said and found.get(funding.company) != WITH_US:
            found[funding.company] = said
    for contract in dossier.all(Contract):
        if contract.company and contract.state in ("confirmed", "to_sign", "signed"):
            found[contract.company] = WITH_US
    return found


_ASKED: Final = {"asked": "waiting", "refused": "declined"}


def matches(
    dossier: Dossier, budget: Budget, gap: Decimal, found: Iterable[Contacted]
) -> tuple[Matched, ...]:
    """Return what is wanted by kind, with those who say they bring it; nothing is guessed of the others."""
    labels, known = choices(Company, "brings"), tuple(found)
    asked: dict[str, list[Wanted]] = {}
    if gap > 0:
        asked[MONEY] = [Wanted(MONEY, "Ce qui reste à trouver au plan", "", gap, "l’écart du financement")]
    for one in (*_needs(dossier), *_lines(dossier, budget)):
        asked.setdefault(one.resource, []).append(one)
    return tuple(
        Matched(
            resource, label, tuple(asked[resource]),
            tuple(one for one in known if resource in one.company.brings and one.state != "declined"),
        )
        for resource, label in labels.items()
        if resource in asked
    )  # fmt: skip


def partner_deadlines(dossier: Dossier) -> list[Deadline]:
    """The next step promised to each organisation, on its day; a later exchange replaces the one before."""
    companies = {one.company for one in dossier.all(Approach)}
    known = [company for company in dossier.all(Company) if company.about in companies]
    return [
        Deadline(
            step.next_on, f"{step.next_step or 'Relancer'} : {one.company.label}", step.about, "partenaires"
        )
        for one in contacts(dossier, known)
        if (step := one.next) is not None and step.next_on is not None
    ]


# --- what is wanted ---------------------------------------------------------------------------------------------------


def _needs(dossier: Dossier) -> Iterator[Wanted]:
    for need in dossier.all(Need):
        if need.state in OPEN_NEEDS:
            found = _recognised(need.label, department=need.department or "")
            if found:
                yield Wanted(found[0], need.label, need.about, need.estimate, found[1])


def _lines(dossier: Dossier, budget: Budget) -> Iterator[Wanted]:
    """The lines of expense nobody is paid by; those a need already asks for are left to it."""
    asked = {need.line for need in dossier.all(Need) if need.line and need.state in OPEN_NEEDS}
    for row in budget.rows:
        if (
            row.side != EXPENSE
            or not row.counts
            or not row.amount
            or row.id.startswith(PAID)
            or row.about in asked
        ):
            continue
        found = _recognised(row.label, origin=row.id.partition("/")[0], account=row.account or "")
        if found:
            yield Wanted(found[0], row.label, row.id, row.amount, found[1])


def _recognised(
    label: str, *, origin: str = "", account: str = "", department: str = ""
) -> tuple[str, str] | None:
    """The kind of thing a name asks for, and by what it was recognised; None when nothing says."""
    words = f" {plain(label)} "
    for rule in _rules():
        if origin and origin in rule.origin:
            return rule.resource, "d’après les hébergements prévus"
        if account and account.startswith(rule.accounts):
            return rule.resource, f"d’après le compte {account}"
        if department and fold(department) in rule.departments:
            return rule.resource, f"d’après le service « {department} »"
    for rule in _rules() if origin in WRITTEN else ():
        for word in rule.words:
            if f" {plain(word)} " in words or f" {plain(word)}s " in words:
                return (rule.resource, f"d’après le mot « {word} »") if rule.resource else None
    return None


@dataclass(frozen=True, slots=True)
class _Rule:
    resource: str
    origin: tuple[str, ...]
    accounts: tuple[str, ...]
    departments: tuple[str, ...]
    words: tuple[str, ...]


@cache
def _rules() -> tuple[_Rule, ...]:
    rows = yaml.safe_load(files("filage.data").joinpath("partners/resources.yaml").read_text("utf-8"))
    return tuple(
        _Rule(
            row["resource"], tuple(row["origin"]), tuple(row["accounts"]),
            tuple(fold(one) for one in row["departments"]), tuple(row["words"]),
        )
        for row in rows
    )  # fmt: skip
