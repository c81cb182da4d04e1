"""The terms of a pay slip that decide which contributions are due, and the named conditions over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filage.law import Law

ARTISTE, TECHNICIEN, PERMANENT = "artiste", "technicien", "permanent"
FIGURANT, REALISATEUR, STAGIAIRE, APPRENTI = "figurant", "realisateur", "stagiaire", "apprenti"
ELEVEN, FIFTY = 11, 50
"""The headcounts at which rates change."""

STATUSES = (ARTISTE, TECHNICIEN, PERMANENT, FIGURANT, REALISATEUR, STAGIAIRE, APPRENTI)
ARTISTS = (ARTISTE, FIGURANT, REALISATEUR)
"""The artists of Code du travail L7121-2, at reduced rates: extras (7°) and, since 2016, directors (10°) too."""

INTERMITTENTS = (*ARTISTS, TECHNICIEN)
PERMANENTS = (PERMANENT, APPRENTI)
CDD = "cdd"
SHORT_CONTRACT_DAYS = 92
"""Three months: the longest CDD d’usage whose employer owes the unemployment surcharge."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Who is employed by whom, under which convention, on which day of law.

    `at_rate` is the notified rate, before the artists' share; `health` the employer's euros per slip; `paid_leave_fund`
    says whether a fund pays the holidays (intermittents) for RGDU and apprenticeship tax; rates are fractions.
    `dfs` says that the employee agreed to the deduction for expenses, whose rate follows `job_group`; `dfs_used` is
    what the year has already deducted, in euros; `contract_type` (`cddu`, `cdd`, `cdi`) is empty for the usual one;
    `salary_tax_share` is the share of pay under the tax on salaries, 0 for those wholly under VAT; `cover` the rate of
    the employer's contract for a permanent's cover (prévoyance).
    """

    status: str
    day: date
    cadre: bool = False
    idcc: str = "1285"
    headcount: int = 5
    association: bool = False
    short_contract: bool = True
    paid_leave_fund: bool = True
    at_rate: Decimal | None = None
    versement_mobilite: Decimal | None = None
    health: Decimal | None = None
    reduced_health: bool = False
    reduced_family: bool = False
    dfs: bool = False
    job_group: str = ""
    dfs_used: Decimal = Decimal(0)
    contract_type: str = ""
    salary_tax_share: Decimal = Decimal(0)
    cover: Decimal | None = None

    @property
    def planned_by(self) -> tuple[object, ...]:
        """All that conditions read of the terms, but the day: the same, and the same lines are due."""
        return (
            self.status, self.cadre, self.idcc, self.headcount >= ELEVEN, self.headcount >= FIFTY, self.association,
            self.short_contract, self.paid_leave_fund, self.at_rate is None, self.versement_mobilite is None,
            self.health is None, self.cover is None,
            self.reduced_health, self.reduced_family, self.contract_type, self.salary_tax_share > 0,
        )  # fmt: skip

    def on(self, day: date) -> Terms:
        """The same terms under the law of another day."""
        return replace(self, day=day)


def default_paid_leave_fund(status: str) -> bool:
    """Intermittents' holidays are paid by the Congés Spectacles fund, a permanent's by the employer."""
    return status in INTERMITTENTS


BRANCH_COVERS = ("2642", "3090")
"""The conventions whose cover of permanent non-cadres has a rate, uncertain, until the structure gives its own."""


def _is_exempt_apprentice(terms: Terms) -> bool:
    """Whether an apprentice's pay owes no training, apprenticeship or salary tax: under 11 people."""
    return terms.status == APPRENTI and terms.headcount < ELEVEN


def _own_cover(terms: Terms, law: Law) -> bool:
    """Whether the structure gave the rate of its contract covering permanent non-cadres."""
    return not law["paie.prevoyance_permanent_nc"].is_null_on(terms.day)


CONDITIONS: Mapping[str, Callable[[Terms, Law], bool]] = {
    "artiste": lambda t, _: t.status in ARTISTS,
    "not_artiste": lambda t, _: t.status not in ARTISTS,
    "permanent": lambda t, _: t.status in PERMANENTS,
    "intermittent": lambda t, _: t.status in INTERMITTENTS,
    "salaried": lambda t, _: t.status != STAGIAIRE,
    "cadre": lambda t, _: t.cadre,
    "non_cadre": lambda t, _: not t.cadre,
    "technicien": lambda t, _: t.status == TECHNICIEN,
    "fixed_term": lambda t, _: t.contract_type == CDD and t.status != APPRENTI,
    "training_due": lambda t, _: not _is_exempt_apprentice(t),
    "under_11": lambda t, _: t.headcount < ELEVEN,
    "from_11": lambda t, _: t.headcount >= ELEVEN,
    "under_50": lambda t, _: t.headcount < FIFTY,
    "from_50": lambda t, _: t.headcount >= FIFTY,
    "idcc_1285": lambda t, _: t.idcc == "1285",
    "idcc_2642": lambda t, _: t.idcc == "2642",
    "idcc_3090": lambda t, _: t.idcc == "3090",
    "idcc_3097": lambda t, _: t.idcc == "3097",
    "not_idcc_3097": lambda t, _: t.idcc != "3097",
    "short_contract": lambda t, _: t.short_contract,
    "paid_leave_fund": lambda t, _: t.paid_leave_fund,
    "no_paid_leave_fund": lambda t, _: not t.paid_leave_fund,
    "at_rate_notified": lambda t, _: t.at_rate is not None,
    "at_rate_not_notified": lambda t, _: t.at_rate is None,
    "mobility_rate_given": lambda t, _: t.versement_mobilite is not None,
    "mobility_rate_missing": lambda t, _: t.versement_mobilite is None,
    "cover_given": lambda t, _: t.cover is not None,
    "cover_not_given": lambda t, _: t.cover is None,
    "health_given": lambda t, _: t.health is not None,
    "full_health_rate": lambda t, _: not t.reduced_health,
    "reduced_health_rate": lambda t, _: t.reduced_health,
    "full_family_rate": lambda t, _: not t.reduced_family,
    "reduced_family_rate": lambda t, _: t.reduced_family,
    "salary_tax_due": lambda t, _: t.salary_tax_share > 0 and not _is_exempt_apprentice(t),
    "own_cover_or_no_branch_rate": lambda t, law: _own_cover(t, law) or t.idcc not in BRANCH_COVERS,
    "branch_cover": lambda t, law: not _own_cover(t, law),
    "apprenticeship_tax_due": lambda t, law: (
        not _is_exempt_apprentice(t)
        and (not t.association or law["paie.taxe_apprentissage_associations"].forecast(t.day).value == 1)
    ),
}
"""The named conditions that contribution data may use."""
