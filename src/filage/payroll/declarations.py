"""The figures of the monthly declarations of intermittents, laid out in the order their forms ask.

AEM: one statement per employee, month and contract. Congés Spectacles: days or cachets and gross pay by contract.
Filage fills in and transmits no declaration: what it does not know is named, to be reported by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel.errors import LawNotCovered
from filage.kernel.finding import Finding
from filage.kernel.interval import month_key
from filage.kernel.money import ZERO, round_half_up
from filage.kernel.step import Source
from filage.payroll.preparation import Preparation, read_month

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filage.law import Law
    from filage.payroll.preparation import PayRow
    from filage.payroll.slip import Line, Slip

READ_ON = date(2026, 11, 22)
AEM_SOURCES = (
    Source("aem-contenu", "Gestion-paie-expert, attestation employeur mensuelle (contenu, avant le 15 du mois suivant)",
           "https://gestion-paie-expert.fr/attestation-employeur-mensuelle-aem-.html", READ_ON),
    Source("aem-contrat",
           "Movinmotion, C’est quoi une AEM ? (circulaire Unédic n° 2018-04 : une par salarié, mois et contrat)",
           "https://www.movinmotion.com/blog/actualites-intermittents/cest-quoi-une-aem/", READ_ON),
)  # fmt: skip
CONGES_SOURCES = (
    Source("conges-spectacles", "C. trav. L3141-32 et D7121-28 à D7121-49",
           "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000033516042", READ_ON),
)  # fmt: skip
AEM_UNKNOWN = (
    "le numéro d’objet du spectacle et le numéro de label ou d’agrément : à reporter",
    "le code NAF (APE) de la structure : à reporter",
    "si l’attestation rectifie une précédente : Filage dit initiale ou complémentaire d’après les dates du contrat",
    "le mois de versement : Filage retient le mois travaillé",
    "la mise en page officielle de la version en vigueur, non lue : vérifier l’ordre des cases",
)
CONGES_UNKNOWN = (
    "le plafond conventionnel de l’indemnité journalière de congé : l’assiette donnée est le brut entier",
    "le numéro d’adhérent de la structure et le numéro de la personne à la caisse : à reporter",
    "si le certificat d’emploi accompagne la DSN ou se remet à part : à vérifier auprès de la caisse",
)
DUE_DAY = 15


@dataclass(frozen=True, slots=True)
class Due:
    """A declaration and the day it is due, shown and not enforced."""

    id: str
    label: str
    on: date
    basis: str
    source: Source


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form: its section, its name, its value (None: not known), and whether it is private."""

    section: str
    label: str
    value: Decimal | int | date | str | None
    look: str = "text"
    private: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """The boxes of one statement, in the order of the form; `refused` says why there is none."""

    row: PayRow
    boxes: tuple[Box, ...]
    refused: str
    findings: tuple[Finding, ...] = ()

    def value(self, label: str) -> Decimal | int | date | str | None:
        """The value of a box, by its name."""
        return next(box.value for box in self.boxes if box.label == label)


@dataclass(frozen=True, slots=True)
class Declaration:
    """All statements of one declaration in one month."""

    id: str
    title: str
    month: str
    due: Due
    statements: tuple[Statement, ...]
    unknown: tuple[str, ...]
    sources: tuple[Source, ...]
    totals: tuple[Box, ...] = field(default=())


def declarations(prepared: Preparation, law: Law) -> tuple[Declaration, Declaration]:
    """Return the AEM and Congés Spectacles figures of a month; a row that pay refuses is refused here too."""
    rows = [row for row in prepared.rows if row.annexe]
    dues = {due.id: due for due in due_of(prepared.month)}
    aem = tuple(_statement(row, _aem(row, law) if row.slip else (), _aem_findings(row)) for row in rows)
    leave = tuple(_statement(row, _leave(row) if row.slip else (), ()) for row in rows)
    return (
        Declaration("AEM", "Attestation employeur mensuelle", prepared.month, dues["AEM"], aem, AEM_UNKNOWN,
                    AEM_SOURCES, _totals(aem, ("Cachets", "Heures à déclarer", "Salaire brut avant abattement"))),
        Declaration("CONGES-SPECTACLES", "Congés Spectacles", prepared.month, dues["CONGES-SPECTACLES"], leave,
                    CONGES_UNKNOWN, CONGES_SOURCES, _totals(leave, ("Salaire brut (assiette)", "Cotisation"))),
    )  # fmt: skip


def due_of(month: str) -> tuple[Due, ...]:
    """Return the declarations a month of pay calls for and their days: the 15th of the next month.

    Medium confidence: the DSN of an employer of 50 or more who pays in the month is due on the 5th.
    """
    first = read_month(month)
    on = date(first.year + first.month // 12, first.month % 12 + 1, DUE_DAY)
    dsn = Source("dsn", "C. séc. soc. R133-14", "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006073189",
                 READ_ON, "uncertain", "le 5 à partir de 50 salariés payés dans le mois")  # fmt: skip
    return (
        Due("AEM", "AEM, France Travail spectacle", on, "règlement d’assurance chômage, annexes VIII et X",
            AEM_SOURCES[0]),
        Due("CONGES-SPECTACLES", "Congés Spectacles (Audiens)", on, "C. trav. D7121-28 à D7121-49", CONGES_SOURCES[0]),
        Due("DSN", "DSN", on, "C. séc. soc. R133-14", dsn),
    )  # fmt: skip


def _statement(row: PayRow, boxes: Sequence[Box], findings: tuple[Finding, ...]) -> Statement:
    return Statement(row, tuple(boxes), row.refused, findings)


def _identity(row: PayRow) -> Iterator[Box]:
    employer, private = row.employer, row.private
    yield Box("Employeur", "Raison sociale", employer.label)
    yield Box("Employeur", "SIRET", employer.siret)
    yield Box("Employeur", "Adresse", _address(row))
    yield Box("Employeur", "IDCC", employer.idcc)
    yield Box("Salarié", "Nom", row.person.family_name)
    yield Box("Salarié", "Prénom", row.person.given_name)
    yield Box("Salarié", "Date de naissance", private.born_on if private else None, "day", private=True)
    yield Box("Salarié", "NIR", private.nir if private else None, private=True)
    yield Box("Salarié", "Adresse du salarié", private.address if private else None, private=True)


def _address(row: PayRow) -> str | None:
    address, city = row.employer.address, row.employer.city
    known = [part for part in (address, city if city and city not in (address or "") else None) if part]
    return ", ".join(known) or None


def _contract(row: PayRow) -> Iterator[Box]:
    ends = row.engagement.ends_on
    running = month_key(ends) > row.month
    yield Box("Emploi", "Emploi occupé", row.position.job or row.position.label)
    yield Box("Emploi", "Statut cadre", "oui" if row.position.cadre else "non")
    yield Box("Emploi", "Production", row.title)
    yield Box("Contrat", "Date d’embauche", row.engagement.starts_on, "day")
    yield Box("Contrat", "Fin de contrat", None if running else ends, "day")
    yield Box("Contrat", "Contrat en cours", "oui" if running else "non")


def _aem(row: PayRow, law: Law) -> tuple[Box, ...]:
    assert row.slip is not None
    slip = row.slip
    first = month_key(row.engagement.starts_on) == row.month
    boxes = [
        Box("Attestation", "Mois", row.month),
        Box("Attestation", "Nature", "initiale" if first else "complémentaire"),
        Box("Attestation", "Annexe", row.annexe),
        *_identity(row),
        *_contract(row),
        Box("Activité", "Jours travaillés", days_worked(row), "count"),
        Box("Activité", "Cachets isolés", row.isolated, "number"),
        Box("Activité", "Cachets groupés", row.grouped, "number"),
        Box("Activité", "Cachets", row.units if row.is_cachet else None, "number"),
        Box("Activité", "Heures", row.hours_paid, "number"),
        Box("Activité", "Heures à déclarer", declared_hours(row, law), "number"),
        Box("Salaire", "Salaire brut avant abattement", row.gross, "euro"),
        Box("Salaire", "Salaire brut après abattement", after_abatement(slip), "euro"),
    ]
    for line in _lines(slip, ("chomage", "chomage_spectacle", "chomage_majoration_cddu")):
        who = "employeur" if line.payer == "employer" else "salarié"
        boxes.append(Box("Contributions", f"{line.label}, {who} : assiette", line.base, "euro"))
        boxes.append(Box("Contributions", f"{line.label}, {who} : taux", line.rate, "rate"))
        boxes.append(Box("Contributions", f"{line.label}, {who} : montant", line.amount, "euro"))
    return tuple(boxes)


def _leave(row: PayRow) -> tuple[Box, ...]:
    assert row.slip is not None
    lines = _lines(row.slip, ("conges_spectacles",))
    line = lines[0] if lines else None
    return (
        Box("Période", "Mois", row.month),
        Box("Période", "Exercice", leave_year(row)),
        *_identity(row),
        *_contract(row),
        Box("Activité", "Jours déclarés", None if row.is_cachet else days_worked(row), "count"),
        Box("Activité", "Cachets déclarés", row.units if row.is_cachet else None, "number"),
        Box("Salaire", "Salaire brut (assiette)", line.base if line else row.gross, "euro"),
        Box("Salaire", "Assiette plafonnée", "non calculée"),
        Box("Salaire", "Taux", line.rate if line else None, "rate"),
        Box("Salaire", "Cotisation", line.amount if line else None, "euro"),
    )


def days_worked(row: PayRow) -> int | None:
    """Days worked: those of the calendar, else those of the contract in the month; None when neither says."""
    if row.dates:
        return len(row.dates)
    return row.slip.presence.days if row.slip else None


def declared_hours(row: PayRow, law: Law) -> Decimal | None:
    """Hours declared to unemployment insurance: 12 a cachet (annexe 10), else those paid.

    None when the law does not say on that day.
    """
    if not row.is_cachet:
        return row.hours_paid
    try:
        each = law["paie.cachet_heures_chomage"].on(_last_day(row)).value
    except LawNotCovered:
        return None
    return round_half_up(each * (row.units or ZERO))


def after_abatement(slip: Slip) -> Decimal:
    """Gross pay once the deduction for expenses is taken: the base of uncapped old age, in euros."""
    lines = [line for line in slip.lines if line.id == "vieillesse_deplafonnee"]
    return lines[0].base if lines else slip.gross.value


def leave_year(row: PayRow) -> str:
    """The year of the leave fund, from 1 April to 31 March: `2026-2027`."""
    first = read_month(row.month)
    start = first.year if first.month >= 4 else first.year - 1  # noqa: PLR2004 - April
    return f"{start}-{start + 1}"


def _lines(slip: Slip, idents: tuple[str, ...]) -> list[Line]:
    return [line for line in slip.lines if line.id in idents]


def _last_day(row: PayRow) -> date:
    return row.dates[-1] if row.dates else row.slip.terms.day if row.slip else read_month(row.month)


def _aem_findings(row: PayRow) -> tuple[Finding, ...]:
    codes = ("pay.annexe_doubtful", "pay.cachets_grouped", "pay.assumed")
    return tuple(finding for finding in row.findings if finding.code in codes)


def _totals(statements: Sequence[Statement], labels: tuple[str, ...]) -> tuple[Box, ...]:
    made = [statement for statement in statements if statement.boxes]
    found = [Box("Total", "Déclarations", len(made), "count")]
    for label in labels:
        boxes = [box for statement in made for box in statement.boxes if box.label == label]
        total = sum((box.value for box in boxes if isinstance(box.value, Decimal)), ZERO)
        found.append(Box("Total", label, total, boxes[0].look if boxes else "number"))
    return tuple(found)
