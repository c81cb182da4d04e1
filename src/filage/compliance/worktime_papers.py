"""Formalities of working time: authorisations, notices of planning, what a rehearsal period must last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from filage.facts.team import Engagement, Position
from filage.kernel import french
from filage.kernel.finding import Deadline, Finding
from filage.worktime.check import age_on
from filage.worktime.limit import Row, rows_for
from filage.worktime.population import POPULATIONS, YOUNG_WORKER, Someone, profile_of
from filage.worktime.timeline import monday

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.payroll.hours import Shift as Presence
    from filage.worktime.shift import Setting, Shift, Worker

AUTHORISATION, COORDINATOR, PERIOD = "MIN-ENF-AUTORISATION", "CNC-RESP-ENFANTS", "1285-DRAM-4SEM"
AREA = "calendrier"
FRIDAY = timedelta(days=3)
MONTH = timedelta(days=31)
Told = set[str]


def formalities(
    dossier: Dossier,
    workers: Iterable[Worker],
    presences: Mapping[Shift, Presence],
    setting: Setting,
    today: date,
) -> tuple[list[Finding], list[Deadline], Told]:
    """Return what the texts ask besides limits: findings, deadlines to come, and the rules so told."""
    everyone = list(workers)
    shifts = list(presences)
    findings = [*_children_on_set(everyone, shifts), *_rehearsal_period(dossier, everyone, shifts, setting)]
    deadlines = [*_authorisations(dossier, everyone, today)]
    told = {COORDINATOR, PERIOD}
    for row in rows_for(setting.idcc):
        if row.kind == "formality" and (row.friday or row.days) and row.id != "1285-MODIF-7J":
            told.add(row.id)
            deadlines += _notices(row, dossier, everyone, shifts, setting, today)
    return findings, deadlines, told


def _concerned(row: Row, worker: Worker, setting: Setting, day: date) -> bool:
    age = age_on(worker.born_on, day) if worker.born_on else None
    return POPULATIONS[row.population](Someone(profile_of(worker, setting), age)) is True


def _row(rule: str, setting: Setting) -> Row | None:
    return next((row for row in rows_for(setting.idcc) if row.id == rule), None)


def _notices(
    row: Row, dossier: Dossier, workers: list[Worker], shifts: list[Shift], setting: Setting, today: date
) -> Iterable[Deadline]:
    """When an engagement's planning, or the next week's, must be known: the weeks after it come in their turn."""
    production = dossier.production.about
    concerned = {one.id: one for one in workers if _concerned(row, one, setting, today)}
    if row.population == "musicians_fixed_term":
        for engagement in dossier.all(Engagement):
            due = engagement.starts_on - timedelta(days=row.days)
            if engagement.person in concerned and due >= today:
                label = f"Remettre le planning détaillé à {concerned[engagement.person].name}"
                yield Deadline(due, label, engagement.about, AREA, row.legal_basis)
        return
    for week in sorted({monday(shift.day) for shift in shifts if shift.person in concerned}):
        due = week - FRIDAY if row.friday else week - timedelta(days=row.days)
        if due >= today:
            verb = "Afficher le planning" if row.friday else "Communiquer l’horaire définitif"
            label = f"{verb} de la semaine du {french.day(week, year=False)}"
            yield Deadline(due, label, production, AREA, row.legal_basis)
            return


def _authorisations(dossier: Dossier, workers: list[Worker], today: date) -> Iterable[Deadline]:
    """A child's authorisation is asked for a month before the engagement (C. trav. R7124-1 to R7124-5)."""
    children = {one.id: one for one in workers if one.born_on and AUTHORISATION not in one.authorised}
    for engagement in dossier.all(Engagement):
        child = children.get(engagement.person)
        if child is None or child.born_on is None or engagement.ends_on < today:
            continue
        if age_on(child.born_on, engagement.starts_on) < YOUNG_WORKER:
            label = f"Demander l’autorisation individuelle de {child.name}"
            yield Deadline(
                engagement.starts_on - MONTH, label, engagement.about, AREA, "C. trav. L7124-1, R7124-1"
            )


def _children_on_set(workers: list[Worker], shifts: list[Shift]) -> Iterable[Finding]:
    """A child under sixteen on a shoot: the coordinator that CNC aid asks for."""
    row = next(one for one in rows_for(None) if one.id == COORDINATOR)
    for worker in workers:
        born_on = worker.born_on
        if born_on is not None and any(
            age_on(born_on, shift.day) < YOUNG_WORKER and shift.day >= row.starts_on
            for shift in shifts
            if shift.person == worker.id and shift.kind == "shoot"
        ):
            text = (
                f"{worker.name} a moins de 16 ans et tourne : si le film est aidé par le CNC, un responsable enfants "
                "est exigé sur le plateau."
            )
            yield Finding("worktime.formality", row.severity, worker.id, text, row.source, subject=row.id)


def _rehearsal_period(
    dossier: Dossier, workers: list[Worker], shifts: list[Shift], setting: Setting
) -> Iterable[Finding]:
    """Dramatic artists rehearse a creation for so many weeks at least before its première."""
    row = _row(PERIOD, setting)
    if row is None or setting.premiere_on is None or not _is_creation(dossier):
        return
    concerned = {one.id for one in workers if _concerned(row, one, setting, setting.premiere_on)}
    first = min(
        (
            shift.day
            for shift in shifts
            if shift.kind == "rehearsal" and shift.person in concerned and shift.day < setting.premiere_on
        ),
        default=None,
    )
    if first is not None and (setting.premiere_on - first).days < 7 * row.weeks:
        text = (
            f"Les répétitions commencent le {french.day(first)}, moins de {row.weeks} semaines avant la première "
            f"({french.day(setting.premiere_on)}) : {row.legal_basis}."
        )
        yield Finding(
            "worktime.formality", "warning", dossier.production.about, text, row.source, subject=row.id
        )


def _is_creation(dossier: Dossier) -> bool:
    """Whether somebody is hired to create: a position of the cast that the production pays."""
    return any(engagement.phase == "production" for engagement in dossier.all(Engagement)) and bool(
        dossier.all(Position)
    )
