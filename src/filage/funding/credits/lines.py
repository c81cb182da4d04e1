"""The base of a tax credit, line by line: counted, held to a unit cap, left out, or left for somebody to choose."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from filage.facts.calendar import Event
from filage.facts.funding import TaxCredit
from filage.facts.venue import Venue
from filage.geo.cities import cities_named
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.money import ZERO
from filage.payroll.minimum import MinimumCheck, engagement_checks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from filage.budget.lines import BudgetRow
    from filage.facts.dossier import Dossier
    from filage.funding.credits.data import CreditData
    from filage.funding.situation import Situation
    from filage.kernel.step import Step
    from filage.law import Law
    from filage.logistics.travel import TravelCost
    from filage.payroll.engagement import PayCost

COUNTED, CAPPED, OUT, UNDECIDED = "counted", "capped", "out", "undecided"
CATEGORIES = {
    "performers": "interprètes", "extras": "figurants", "directors": "réalisation", "technicians": "techniciens",
    "staff": "permanents", "allowances": "indemnités", "travel": "voyages", "lodging": "hébergement",
    "meals": "repas", "freight": "transport", "material": "achats et matériel", "hire": "locations",
    "subcontract": "sous-traitance", "rights": "droits d’auteur", "insurance": "assurances", "fees": "honoraires",
    "communication": "communication", "taxes": "impôts et taxes", "other": "autres charges",
}  # fmt: skip
"""The kinds of spending a base is written with, and how they are called."""
_BY_STATUS = {
    "artiste": "performers", "figurant": "extras", "realisateur": "directors", "technicien": "technicians",
    "permanent": "staff",
}  # fmt: skip
_BY_ACCOUNT = (
    ("611", "subcontract"), ("613", "hire"), ("616", "insurance"), ("621", "fees"), ("622", "fees"),
    ("623", "communication"), ("624", "freight"), ("6256", "lodging"), ("6257", "other"), ("625", "travel"),
    ("651", "rights"), ("60", "material"), ("63", "taxes"), ("64", "staff"), ("6", "other"),
)  # fmt: skip
"""Accounts of the plan comptable by their first digits, the longest first."""
_BY_UNIT = {"nuits": "lodging", "repas": "meals", "places": "travel", "trajets": "travel", "km": "travel"}
_NEAR_PARIS = frozenset({"75", "92", "93", "94"})
_FRANCE = "FR"


@dataclass(frozen=True, slots=True)
class CreditLine:
    """One line of the budget and what a credit counts of it; `chosen` is yes or no when somebody decided."""

    row: BudgetRow
    category: str
    state: str
    eligible: Step
    reason: str
    chosen: str

    @property
    def kind(self) -> str:
        """What kind of spending it is, in words."""
        return CATEGORIES.get(self.category, "nature à dire")


@dataclass(frozen=True)
class Base:
    """What a base is computed from: a production, the law and the choices made."""

    situation: Situation
    travel: Mapping[str, TravelCost]
    data: CreditData
    law: Law
    choice: TaxCredit | None

    @property
    def dossier(self) -> Dossier:
        """The facts."""
        return self.situation.dossier

    @property
    def today(self) -> date:
        """The day it is looked at."""
        return self.situation.today

    @cached_property
    def costs(self) -> dict[str, PayCost]:
        """What people cost, by engagement or position."""
        return {cost.about: cost for cost in self.situation.costs}

    @cached_property
    def minimums(self) -> dict[str, MinimumCheck]:
        """Each engagement beside the minimum of its job."""
        found = engagement_checks(self.dossier, self.situation.costs, self.law, self.today)
        return {engagement.about: check for engagement, check in found}

    def lines(self) -> tuple[CreditLine, ...]:
        """Every line of expense that counts in the budget, with what the credit counts of it."""
        return tuple(self.line(row) for row in self.situation.charges)

    def line(self, row: BudgetRow) -> CreditLine:
        """One line: somebody's choice first, then the rules."""
        category = self.category(row)
        chosen = self._chosen(row)
        amount = steps.given(row.label, row.amount, by=row.id)
        nothing = steps.given(row.label, ZERO)
        if chosen == "no":
            return CreditLine(row, category, OUT, nothing, "écartée à la main", chosen)
        if chosen != "yes":
            if not category:
                return CreditLine(
                    row, category, UNDECIDED, nothing, "ligne saisie sans compte : à choisir", chosen
                )
            if category not in self.data.base:
                return CreditLine(row, category, OUT, nothing, "hors de la liste lue", chosen)
            if self.data.france and self._abroad(row):
                return CreditLine(row, category, OUT, nothing, "hors de France", chosen)
        capped, why = self._capped(row, category, amount)
        if capped is None:
            return CreditLine(row, category, UNDECIDED, nothing, why, chosen)
        state = CAPPED if capped.value < amount.value else COUNTED
        words = why if state == CAPPED else ("comptée à la main" if chosen == "yes" else "dans la liste lue")
        return CreditLine(row, category, state, capped, words, chosen)

    def category(self, row: BudgetRow) -> str:
        """The kind of spending of a line: by who is paid, what is moved, else by its account; empty when unknown."""
        rule = row.id.partition("/")[0]
        cost = self.costs.get(row.about)
        if rule == "allowance":
            return "allowances"
        if cost is not None:
            return _BY_STATUS.get(cost.status, "staff")
        travel = self.travel.get(row.about)
        if travel is not None:
            return "freight" if row.about.startswith("freight/") else _BY_UNIT.get(travel.unit, "travel")
        account = row.account or ""
        if not account and row.id.startswith("line/"):
            return ""
        return next((kind for prefix, kind in _BY_ACCOUNT if account.startswith(prefix)), "other")

    def _chosen(self, row: BudgetRow) -> str:
        """What somebody chose for a line: yes, no, or auto."""
        if self.choice and row.id in self.choice.excluded_lines:
            return "no"
        return row.detail.credit if row.detail else "auto"

    def _abroad(self, row: BudgetRow) -> bool:
        travel = self.travel.get(row.about)
        venues = [self._venue(about) for about in travel.events] if travel else []
        countries = {venue.country for venue in venues if venue}
        return bool(countries) and _FRANCE not in countries

    def _venue(self, about: str) -> Venue | None:
        event = self.dossier.find(about, Event)
        return self.dossier.find(event.venue, Venue) if event else None

    def _capped(self, row: BudgetRow, category: str, amount: Step) -> tuple[Step | None, str]:
        """What counts of a line under its unit cap, and the cap in words; None when its minimum is not known."""
        if category == "performers" and self.data.performers_at_minimum:
            return self._at_minimum(row, amount)
        name = self._cap_name(row, category)
        cap = self.data.caps.get(name) if name else None
        travel = self.travel.get(row.about)
        if cap is None or travel is None or travel.unit_price.value <= cap:
            return amount, ""
        held = steps.law("Plafond par unité", cap, self.data.caps_source)
        capped = steps.rounded(steps.product(row.label, travel.quantity, held))
        return steps.least(row.label, capped, amount), f"jusqu’à {french.euro(cap)} par unité"

    def _cap_name(self, row: BudgetRow, category: str) -> str:
        if category == "lodging":
            return "night_paris" if self._near_paris(row) else "night"
        if category == "meals":
            return "meal"
        travel = self.travel.get(row.about)
        if category == "travel" and travel is not None and travel.unit in ("places", "trajets"):
            return "trip_far" if self._abroad(row) else "trip"
        return ""

    def _near_paris(self, row: BudgetRow) -> bool:
        travel = self.travel.get(row.about)
        venues = [self._venue(about) for about in travel.events] if travel else []
        found = [
            city.department for venue in venues if venue and venue.city for city in cities_named(venue.city)
        ]
        return bool(found) and all(department in _NEAR_PARIS for department in found)

    def _at_minimum(self, row: BudgetRow, amount: Step) -> tuple[Step | None, str]:
        """A performer counts up to the minimum wage of the job: the cost, in the proportion of the two."""
        check = self.minimums.get(row.about)
        if check is None or check.minimum is None or not check.paid:
            return None, "minimum conventionnel inconnu : à choisir"
        if check.paid <= check.minimum.amount.value:
            return amount, ""
        part = steps.quotient(
            "Part au minimum", check.minimum.amount, steps.given("Brut par unité", check.paid), unit="ratio"
        )
        capped = steps.rounded(steps.product(row.label, amount, part))
        return capped, f"jusqu’au minimum conventionnel, {french.euro(check.minimum.amount.value)}"


def counted(lines: tuple[CreditLine, ...]) -> Decimal:
    """What the lines counted add up to, in euros."""
    return sum((line.eligible.value for line in lines), ZERO)
