"""What becomes of each row of the texts: every one is accounted for, once, with what it needs."""

from __future__ import annotations

from dataclasses import dataclass

from filage.kernel.finding import Severity
from filage.kernel.step import Source
from filage.worktime.limit import Limit, Row, RowClass, tables
from filage.worktime.metrics import METRICS

CLASS_LABELS: dict[RowClass, str] = {
    "limit": "Limite contrôlée",
    "premium": "Majoration ou indemnité",
    "formality": "Formalité",
    "information": "Information",
}
WHERE: dict[RowClass, str] = {
    "limit": "Contrôlée sur le calendrier",
    "premium": "Calculée avec la paie",
    "formality": "Obligation à remplir",
    "information": "Rien à contrôler",
}
HELD = "Contrôlée sur les autorisations notées à l’engagement"


@dataclass(frozen=True, slots=True)
class Covered:
    """One row of the texts: whom and what it says, what Filage does with it, and what that takes.

    `measures` are in French; `limits` say the thresholds as written; `needs` is what must be known besides the hours.
    """

    id: str
    kind: RowClass
    table: str
    idcc: str | None
    people: str
    condition: str
    where: str
    measures: tuple[str, ...]
    limits: tuple[str, ...]
    needs: tuple[str, ...]
    severity: Severity
    legal_basis: str
    source: Source
    note: str = ""

    @property
    def relied_on(self) -> bool:
        """Whether it serves, or changes, when an agreement or an authorisation is relied on."""
        return _ASKED["relied_on"] in self.needs

    @property
    def kind_label(self) -> str:
        """Its class in French."""
        return CLASS_LABELS[self.kind]


def coverage() -> tuple[Covered, ...]:
    """Return every row of the texts once, in the order of the tables: 155 rows."""
    return tuple(
        _covered(row, [limit for limit in table.limits if limit.row is row], table.title)
        for table in tables()
        for row in table.rows
    )


def _covered(row: Row, limits: list[Limit], table: str) -> Covered:
    return Covered(
        id=row.id,
        kind=row.kind,
        table=table,
        idcc=row.idcc,
        people=row.people,
        condition=row.condition,
        where=HELD if row.kind == "formality" and limits else WHERE[row.kind],
        measures=tuple(METRICS[limit.asked.metric].label for limit in limits),
        limits=tuple(_written(limit) for limit in limits),
        needs=_needs(row, limits),
        severity=row.severity,
        legal_basis=row.legal_basis,
        source=row.source,
        note=row.note,
    )


_AGES = ("age_", "under_")
_JOBS = ("everyone", "adults")
_ASKED = {
    "school_period": "la zone scolaire (holiday_zone)",
    "school_holidays": "la zone scolaire (holiday_zone)",
    "relied_on": "l’accord ou l’autorisation invoqués (agreements)",
    "not_relied_on": "l’accord ou l’autorisation invoqués (agreements)",
    "tour": "les dates de tournée (circumstances)",
    "tour_festival_creation_or_setup": "les dates de tournée, de festival, et la première",
    "setup_tour_or_festival": "les dates de tournée et de festival (circumstances)",
    "tour_festival_or_six_working_days_before": "les dates de tournée, de festival, et la première",
    "no_tour_festival_nor_six_working_days_before": "les dates de tournée, de festival, et la première",
    "ten_working_days_before_premiere": "la date de la première",
    "not_five_days_before_premiere": "la date de la première",
    "night_authorised": "l’autorisation MIN-NUIT-24H",
    "night_not_authorised": "l’autorisation MIN-NUIT-24H",
}


def _needs(row: Row, limits: list[Limit]) -> tuple[str, ...]:
    """What must be known besides the hours: the person, the setting, or something no calendar holds."""
    needs: dict[str, None] = {}
    if row.needs:
        needs[row.needs] = None
    if row.population.startswith(_AGES):
        needs["la date de naissance (birth_date)"] = None
    elif row.population.startswith("annex_"):
        needs["l’annexe (annex) et la population (job_group)"] = None
    elif row.population not in _JOBS:
        needs["la population de la personne (job_group)"] = None
    names = [name for limit in limits for name in limit.when]
    names += [name for limit in limits for variant in limit.variants for name in variant.when]
    needs.update(dict.fromkeys(_ASKED[name] for name in names if name in _ASKED))
    return tuple(needs)


def _written(limit: Limit) -> str:
    sign = {"<=": "≤", ">=": "≥", "<": "<"}[limit.operator]
    threshold = "la moitié du voyage" if limit.rule else f"{limit.threshold} {limit.unit}".replace(".", ",")
    others = " ou ".join(f"{variant.threshold}".replace(".", ",") for variant in limit.variants)
    return f"{sign} {threshold}" + (f" (selon le cas {others})" if others else "")
