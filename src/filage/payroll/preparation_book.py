"""The preparation of pay as tables: one documented column each, for the workbook and the CSV alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.facts.scalars import canonical_decimal
from filage.kernel import french
from filage.kernel.finding import SEVERITIES
from filage.kernel.money import round_half_up
from filage.kernel.table import Cell, Column, Row, Sheet, Value, Workbook, note, same_as, sum_of, text
from filage.payroll.preparation import NO_PAYSLIP, Preparation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filage.payroll.declarations import Box, Declaration, Due
    from filage.payroll.preparation import PayRow

SEVERITY_WORDS = {"blocking": "bloquant", "warning": "à voir", "info": "pour information"}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the preparation: stable key, title, how it is shown, where it comes from."""

    key: str
    title: str
    value: Callable[[PayRow], Value]
    look: str = "text"
    width: int = 16
    summed: bool = False
    private: bool = False


def _private(name: str) -> Callable[[PayRow], Value]:
    return lambda row: getattr(row.private, name) if row.private else None


def _dates(row: PayRow) -> str:
    return ", ".join(f"{day:%d/%m}" for day in row.dates)


def _details(row: PayRow) -> str:
    """The allowances one by one, to check against receipts."""
    return " ; ".join(
        f"{each.label or label_of(each, 'type')} {french.number(each.quantity)} × {french.euro(each.unit_amount)}"
        for each in (repaid.allowance for repaid in row.repaid)
    )


def _premium_details(row: PayRow) -> str:
    """What is due beyond the engagement's pay, rule by rule, with its article."""
    return " ; ".join(
        f"{line.label}, {line.on:%d/%m} : {french.euro(line.amount.value)} ({line.source.title.split(' ; ')[0]})"
        for line in row.premiums
    )


def _hours_said(row: PayRow) -> str:
    done = sum(shift.state == "validated" for shift in row.shifts)
    return f"{done}/{len(row.shifts)}" if row.shifts else ""


def _to_settle(row: PayRow) -> str:
    return " ".join(finding.message for finding in row.findings if finding.severity != "info")


def _notes(row: PayRow) -> str:
    said = [finding.message for finding in row.findings if finding.severity == "info"]
    return " ".join([*said, *([row.engagement.note] if row.engagement.note else [])])


FIELDS: tuple[Field, ...] = (
    Field("mois", "Mois", lambda r: r.month, width=10),
    Field("production", "Production", lambda r: r.title, width=22),
    Field("engagement", "Engagement", lambda r: f"{r.production}/{r.engagement.id}", width=24),
    Field("nom", "Nom", lambda r: r.person.family_name, width=18),
    Field("prenom", "Prénom", lambda r: r.person.given_name),
    Field("naissance", "Naissance", _private("born_on"), "day", private=True),
    Field("nir", "NIR", _private("nir"), width=20, private=True),
    Field("adresse", "Adresse", _private("address"), width=34, private=True),
    Field("iban", "IBAN", _private("iban"), width=30, private=True),
    Field("nationalite", "Nationalité", _private("nationality"), private=True),
    Field("titre_sejour", "Titre de séjour", _private("permit"), private=True),
    Field("emploi", "Emploi", lambda r: r.position.job or r.position.label, width=36),
    Field("statut", "Statut", lambda r: label_of(r.position, "status"), width=14),
    Field("cadre", "Cadre", lambda r: "oui" if r.position.cadre else "non", width=8),
    Field("annexe", "Annexe", lambda r: r.annexe or None, width=8),
    Field("idcc", "IDCC", lambda r: r.employer.idcc, width=8),
    Field("contrat", "Contrat", lambda r: r.contract_type, width=12),
    Field("contrat_etat", "État du contrat", lambda r: label_of(r.engagement, "contract"), width=14),
    Field("du", "Du", lambda r: r.engagement.starts_on, "day"),
    Field("au", "Au", lambda r: r.engagement.ends_on, "day"),
    Field("dates", "Dates travaillées", _dates, width=30),
    Field("jours", "Jours", lambda r: len(r.dates) or None, "count", 8),
    Field("cachets_isoles", "Cachets isolés", lambda r: r.isolated, "number", 10, summed=True),
    Field("cachets_groupes", "Cachets groupés", lambda r: r.grouped, "number", 10, summed=True),
    Field("heures", "Heures payées", lambda r: r.hours_paid, "number", 10, summed=True),
    Field("heures_prevues", "Heures prévues", lambda r: round_half_up(r.hours_planned), "number", 10),
    Field("heures_faites", "Heures faites", lambda r: round_half_up(r.hours_held), "number", 10),
    Field("heures_validees", "Heures validées", lambda r: round_half_up(r.hours_validated), "number", 10),
    Field("validation", "Horaires validés", _hours_said, width=10),
    Field("unite", "Unité", lambda r: label_of(r.engagement, "unit"), width=14),
    Field(
        "quantite", "Quantité", lambda r: None if r.units is None else round_half_up(r.units), "number", 10
    ),
    Field("brut_unitaire", "Brut par unité", lambda r: r.engagement.unit_pay, "euro", 12),
    Field("brut", "Brut", lambda r: r.gross, "euro", 14, summed=True),
    Field("majorations", "Majorations à ajouter", lambda r: r.premium_pay, "euro", 14, summed=True),
    Field("majorations_detail", "Détail des majorations", _premium_details, width=34),
    Field("abattement", "Abattement (DFS)", lambda r: "oui" if r.engagement.dfs else "non", width=10),
    Field("repas_nuits", "Repas et nuits", lambda r: r.per_diem, "euro", 14, summed=True),
    Field("autres_indemnites", "Autres indemnités", lambda r: r.other_allowances, "euro", 14, summed=True),
    Field(
        "indemnites_soumises",
        "Indemnités dans le brut",
        lambda r: r.taxed_allowances,
        "euro",
        14,
        summed=True,
    ),
    Field(
        "indemnites_dues",
        "Indemnités dues à ajouter",
        lambda r: r.premium_allowances,
        "euro",
        14,
        summed=True,
    ),
    Field("indemnites_detail", "Détail des indemnités", _details, width=34),
    Field("taux_at", "Taux AT appliqué", lambda r: r.at_rate, "rate", 10),
    Field("base", "Base", lambda r: r.basis, width=10),
    Field("refus", "Refusé", lambda r: r.refused or None, width=40),
    Field("a_regler", "À régler", _to_settle, width=50),
    Field("notes", "Notes", _notes, width=40),
)
"""Every column, in order: the layout documented in docs/guide/paie.md."""


def fields(prepared: Preparation) -> tuple[Field, ...]:
    """The columns shown: private ones only when private data were asked for."""
    return tuple(each for each in FIELDS if prepared.with_private or not each.private)


def preparation_book(
    prepared: Preparation, made: Sequence[Declaration], dues: Sequence[Due], on: date
) -> Workbook:
    """Return the workbook: pay, totals to check, the two declarations, what is left to settle, how to read it."""
    title = f"Préparation de paie, {french.month(prepared.month)}"
    return Workbook(
        title=title,
        author=prepared.company,
        on=on,
        sheets=(
            _summary(prepared),
            _pay(prepared),
            _totals(prepared),
            *(_declaration(each, with_private=prepared.with_private) for each in made),
            _findings(prepared),
            _reading(prepared, made, dues),
        ),
    )


SUMMARY = (
    "nom", "prenom", "production", "emploi", "jours", "quantite", "unite", "heures_faites", "brut", "majorations",
    "repas_nuits", "autres_indemnites", "refus",
)  # fmt: skip
"""The columns of the sheet one prints and reads; all of them are in the next."""


def _summary(prepared: Preparation) -> Sheet:
    shown = [next(each for each in FIELDS if each.key == key) for key in SUMMARY]
    rows = [Row(tuple(replace(_cell(each, row), key="") for each in shown)) for row in prepared.rows]
    if rows:
        rows.append(Row(tuple(_summary_total(each, prepared) for each in shown), "total"))
    columns = tuple(
        Column(each.title, each.width, numeric=each.look in ("euro", "number", "count")) for each in shown
    )
    return Sheet("À payer", NO_PAYSLIP, columns, tuple(rows or [note("Personne à payer ce mois-ci.")]))


def _summary_total(each: Field, prepared: Preparation) -> Cell:
    if not each.summed:
        return text("Total" if each.key == "nom" else None)
    return Cell(_total(each, prepared).value, each.look, same_as(f"total/{each.key}"))


def _pay(prepared: Preparation) -> Sheet:
    shown = fields(prepared)
    rows = [Row(tuple(_cell(each, row) for each in shown)) for row in prepared.rows]
    if not rows:
        rows = [note("Personne à payer ce mois-ci.")]
    else:
        rows.append(Row(tuple(_total(each, prepared) for each in shown), "total"))
    columns = tuple(
        Column(each.title, each.width, numeric=each.look in ("euro", "number", "count", "rate"))
        for each in shown
    )
    return Sheet("Paie", NO_PAYSLIP, columns, tuple(rows))


def _cell(each: Field, row: PayRow) -> Cell:
    value = each.value(row)
    if isinstance(value, str) or value is None:
        return text(value)
    return Cell(value, each.look, key=f"{each.key}/{row.id}")


def _total(each: Field, prepared: Preparation) -> Cell:
    if not each.summed:
        return text("Total" if each.key == "mois" else None)
    values = {f"{each.key}/{row.id}": each.value(row) for row in prepared.rows}
    keys = tuple(key for key, value in values.items() if isinstance(value, Decimal))
    total = sum((value for value in values.values() if isinstance(value, Decimal)), Decimal(0))
    return Cell(total, each.look, sum_of(keys) if keys else None, f"total/{each.key}")


def _totals(prepared: Preparation) -> Sheet:
    totals = prepared.totals
    lines: list[tuple[str, Decimal | int, str, str]] = [
        ("Lignes", totals.rows, "count", ""),
        ("Personnes", totals.people, "count", ""),
        ("Lignes refusées, hors des montants", totals.refused, "count", ""),
        ("Brut", totals.gross, "euro", "total/brut"),
        ("Majorations à ajouter", totals.premiums, "euro", "total/majorations"),
        ("Cachets", totals.cachets, "number", ""),
        ("Heures payées", totals.hours, "number", "total/heures"),
        ("Repas et nuits", totals.per_diem, "euro", "total/repas_nuits"),
        ("Autres indemnités", totals.other_allowances, "euro", "total/autres_indemnites"),
    ]
    rows = [
        Row((text(label), Cell(value, look), _same(key, prepared, look))) for label, value, look, key in lines
    ]
    columns = (
        Column("Contrôle", 40),
        Column("Filage", 18, numeric=True),
        Column("Feuille Paie", 18, numeric=True),
    )
    return Sheet("Contrôle", "à comparer avec le logiciel de paie", columns, tuple(rows))


def _same(key: str, prepared: Preparation, look: str) -> Cell:
    """The same total, from the sheet: it moves if somebody edits it, refused rows having no amount there."""
    if not key or not prepared.rows:
        return Cell()
    total = next(field for field in FIELDS if f"total/{field.key}" == key)
    value = _total(total, prepared).value
    return Cell(value, look, same_as(key))


def _declaration(made: Declaration, *, with_private: bool) -> Sheet:
    """The boxes down the page in the order of the form, one statement a column; refused ones say why below."""
    done = [statement for statement in made.statements if not statement.refused]
    refused = [statement for statement in made.statements if statement.refused]
    boxes = [{box.label: box for box in statement.boxes} for statement in done]
    rows: list[Row] = []
    section = ""
    for label in box_labels(made, with_private=with_private):
        box = next(each[label] for each in boxes if label in each)
        if box.section != section:
            section = box.section
            rows.append(Row((text(section),), "group"))
        rows.append(Row((text(label), *(_box(each.get(label)) for each in boxes))))
    rows += [note(f"{one.row.person.name()}, {one.row.title} : refusée. {one.refused}") for one in refused]
    if not rows:
        rows = [note("Aucune déclaration ce mois-ci.")]
    context = f"à déclarer au plus tard le {french.day(made.due.on)} ; Filage n’envoie rien"
    columns = (
        Column("Rubrique", 40),
        *(Column(f"{one.row.person.name()}, {one.row.title}", 36) for one in done),
    )
    return Sheet(made.title[:31], context, columns, tuple(rows))


def box_labels(made: Declaration, *, with_private: bool) -> tuple[str, ...]:
    """The boxes of a declaration in the order of its form; private ones only when they were asked for."""
    return tuple(
        dict.fromkeys(
            box.label
            for statement in made.statements
            for box in statement.boxes
            if with_private or not box.private
        )
    )


def _box(box: Box | None) -> Cell:
    if box is None or box.value is None:
        return Cell()
    return text(box.value) if isinstance(box.value, str) else Cell(box.value, box.look)


def _findings(prepared: Preparation) -> Sheet:
    rows = [
        Row((
            text(SEVERITY_WORDS[finding.severity]), text(row.person.name()), text(row.title), text(finding.message),
            text(finding.code, "small"),
        ))
        for severity in SEVERITIES
        for row in prepared.rows
        for finding in row.findings
        if finding.severity == severity
    ]  # fmt: skip
    columns = (
        Column("Gravité", 16), Column("Personne", 24), Column("Production", 24), Column("Constat", 90),
        Column("Code", 26),
    )  # fmt: skip
    return Sheet(
        "À régler", f"{prepared.ready} lignes prêtes sur {len(prepared.rows)}", columns,
        tuple(rows or [note("Rien à régler.")]),
    )  # fmt: skip


def _reading(prepared: Preparation, made: Sequence[Declaration], dues: Sequence[Due]) -> Sheet:
    rows = [Row((text("Avertissement"), text(NO_PAYSLIP)))]
    if not prepared.with_private:
        rows.append(Row((text("Données privées"), text("absentes de ce fichier"))))
    rows += [
        Row((text("Échéance"), text(f"{due.label} : {french.day(due.on)} ({due.basis})"))) for due in dues
    ]
    rows += [
        Row((text(f"{each.title}, inconnu de Filage"), text(said))) for each in made for said in each.unknown
    ]
    rows += [
        Row((text(f"{each.title}, source"), text(f"{source.title}, {source.url}")))
        for each in made
        for source in each.sources
    ]
    return Sheet(
        "À lire",
        "ce que ces chiffres sont et ne sont pas",
        (Column("Sujet", 36), Column("Texte", 120)),
        tuple(rows),
    )


def pay_lines(prepared: Preparation) -> tuple[tuple[Value, ...], ...]:
    """The rows as plain values under the keys of their columns: what the CSV writes."""
    shown = fields(prepared)
    keys: tuple[Value, ...] = tuple(each.key for each in shown)
    return (keys, *(tuple(_plain(each.value(row), each.look) for each in shown) for row in prepared.rows))


def declaration_lines(made: Declaration, *, with_private: bool) -> tuple[tuple[Value, ...], ...]:
    """One line a statement, one column a box; a refused one says why in the last column."""
    labels = box_labels(made, with_private=with_private)
    lines: list[tuple[Value, ...]] = [("Engagement", *labels, "Refusé")]
    for statement in made.statements:
        boxes = {box.label: _plain(box.value, box.look) for box in statement.boxes}
        lines.append((statement.row.id, *(boxes.get(label) for label in labels), statement.refused or None))
    return tuple(lines)


def _plain(value: Value, look: str) -> Value:
    """Amounts with two decimals, quantities with those they have."""
    if not isinstance(value, Decimal):
        return value
    return round_half_up(value) if look == "euro" else Decimal(canonical_decimal(value))
