"""Each engagement against the minimum wage of its job: what is due, what is paid, and what could not be checked."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from filage.facts.scalars import canonical_decimal
from filage.facts.team import Engagement, Position
from filage.facts.wages import WageGrid
from filage.kernel import french
from filage.kernel.changes import set_
from filage.kernel.finding import Finding, Remedy, Severity
from filage.kernel.money import CENT, ZERO
from filage.payroll.minimum_grid import Convention, Grids, load_grids
from filage.payroll.minimum_rule import (
    UNIT_WORDS,
    Minimum,
    Newer,
    Wanted,
    jobs_near,
    minimum_for,
    smic_floor,
    source_of,
)
from filage.payroll.quantity import Calendar, engagement_quantities
from filage.payroll.terms import ARTISTE, PERMANENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Source, Step
    from filage.law import Law
    from filage.payroll.engagement import PayCost

__all__ = [
    "Minimum", "MinimumCheck", "Newer", "Wanted", "check_engagement", "engagement_checks", "jobs_near",
    "minimum_findings", "minimum_for", "smic_floor", "source_of",
]  # fmt: skip

Verdict = Literal["below", "to_check", "met", "unknown"]
_WORST: tuple[Verdict, ...] = ("below", "to_check", "unknown", "met")
_GENRES = {"tv_show": "show", "fiction": "fiction", "documentary": "fiction", "music_video": "fiction"}
"""The genre of an audiovisual grid, by the form of the production."""
_NAMED = 3
_BY_TIME = ("day", "week", "hour", "month")


class MinimumCheck(NamedTuple):
    """An engagement beside its minimum, for one unit of pay in euros.

    `verdict`: `below` (certainly under it), `to_check` (under an amount to check, or compared with one a later text
    replaces), `met`, `unknown` (nothing to compare with). `margin` is what is paid less the minimum.
    """

    about: str
    unit: str
    paid: Decimal
    verdict: Verdict
    message: str
    minimum: Minimum | None = None
    month: str = ""
    near: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal | None:
        """The minimum for one unit, in euros; None when there is none to compare with."""
        return self.minimum.amount.value if self.minimum else None

    @property
    def margin(self) -> Decimal | None:
        """What is paid over the minimum, negative under it."""
        return self.paid - self.minimum.amount.value if self.minimum else None

    @property
    def step(self) -> Step | None:
        """The minimum and how it was obtained."""
        return self.minimum.amount if self.minimum else None

    @property
    def source(self) -> Source | None:
        """Where the minimum was read."""
        return self.minimum.source if self.minimum else None

    @property
    def confidence(self) -> str | None:
        """How sure the minimum is: confirmed, one_source or uncertain."""
        return self.minimum.confidence if self.minimum else None


def check_engagement(
    dossier: Dossier, engagement: Engagement, law: Law, today: date, calendar: Calendar | None = None
) -> MinimumCheck:
    """Return an engagement beside its minimum, in its worst month; `law` is the structure's.

    `today` stands for the day of pay when nothing dates it. Give the `calendar` when several are checked.
    """
    calendar = calendar or Calendar(dossier)
    months = [_Month(m.month, m.law_day, m.units) for m in engagement_quantities(engagement, calendar).months]
    dates = _dates_of(
        (one.person, one.unit, month.month, month.units)
        for one in dossier.all(Engagement)
        if one.person == engagement.person and one.unit == "cachet"
        for month in engagement_quantities(one, calendar).months
    )
    return _check(dossier, engagement, months, dates, law, _grids(dossier), today)


def minimum_findings(dossier: Dossier, costs: Iterable[PayCost], law: Law, today: date) -> list[Finding]:
    """Return what the minimum wages say of every engagement: one finding each at most, one a position for its job.

    `payroll.below_minimum` blocks; an amount to check warns (`payroll.minimum_to_check`) and never blocks;
    `payroll.no_minimum` says what could not be compared. A past engagement is not asked for what it lacks.
    """
    findings: dict[tuple[str, str], Finding] = {}
    for engagement, check in engagement_checks(dossier, costs, law, today):
        finding = _finding(check, engagement, over=engagement.ends_on < today)
        if finding is not None:
            findings.setdefault((finding.code, finding.about), finding)
    return list(findings.values())


def engagement_checks(
    dossier: Dossier, costs: Iterable[PayCost], law: Law, today: date
) -> Iterator[tuple[Engagement, MinimumCheck]]:
    """Each engagement already priced beside its minimum; all at once, where `check_engagement` looks at one."""
    costs = tuple(costs)
    grids = _grids(dossier)
    dates = _dates_of(
        (cost.person, cost.unit, slip.month, slip.units)
        for cost in costs
        if cost.unit == "cachet"
        for slip in cost.slips
    )
    for cost in costs:
        engagement = dossier.find(cost.about, Engagement)
        if engagement is None:
            continue
        months = [_Month(slip.month, slip.slip.terms.day, slip.units) for slip in cost.slips]
        yield engagement, _check(dossier, engagement, months, dates, law, grids, today)


class _Month(NamedTuple):
    """A month of pay: its key, its day of law and its units."""

    month: str
    day: date
    units: Decimal


_Dates = dict[tuple[str, str], Decimal]


def _dates_of(paid: Iterable[tuple[str | None, str, str, Decimal]]) -> _Dates:
    """The cachets of each person in each month, all engagements together."""
    dates: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for person, _unit, month, units in paid:
        dates[person or "", month] += units
    return dates


def _grids(dossier: Dossier) -> Grids:
    return load_grids().with_own(dossier.all(WageGrid))


def _check(
    dossier: Dossier, engagement: Engagement, months: Sequence[_Month], dates: Mapping[tuple[str, str], Decimal],
    law: Law, grids: Grids, today: date,
) -> MinimumCheck:  # fmt: skip
    position = dossier.find(engagement.position, Position)
    if position is None:
        return MinimumCheck(
            engagement.about, engagement.unit, engagement.unit_pay, "unknown", "Emploi inconnu."
        )
    if not months:
        months = [_Month("", engagement.starts_on or today, ZERO)]
    checks = [
        _in_month(
            dossier, engagement, position, month, dates.get((engagement.person, month.month)), law, grids
        )
        for month in months
    ]
    return min(checks, key=lambda check: (_WORST.index(check.verdict), check.margin or ZERO, check.month))


def _in_month(
    dossier: Dossier, engagement: Engagement, position: Position, month: _Month, dates: Decimal | None, law: Law,
    grids: Grids,
) -> MinimumCheck:  # fmt: skip
    want = wanted(dossier, engagement, position, dates)
    minimum = minimum_for(want, month.day, law, grids) if want.unit != "package" else None
    paid = engagement.unit_pay
    verdict = _verdict(paid, minimum)
    if verdict == "below" and minimum is not None and not minimum.certain:
        minimum = _only_the_floor(minimum)
    message = _message(want, position, paid, minimum, verdict, grids[want.idcc], month)
    near = _near(want, position, grids[want.idcc]) if verdict == "unknown" else ()
    return MinimumCheck(engagement.about, engagement.unit, paid, verdict, message, minimum, month.month, near)


def wanted(
    dossier: Dossier, engagement: Engagement, position: Position, dates: Decimal | None = None
) -> Wanted:
    """Return what the minimum of an engagement depends on, from the structure, the production and the position."""
    employer = dossier.employer
    default = "cdi" if position.status == PERMANENT else "cddu"
    return Wanted(
        idcc=employer.idcc or "",
        job=position.job or "",
        unit=engagement.unit,
        status=position.status,
        cadre=position.cadre,
        dates=dates if engagement.unit == "cachet" else None,
        days=(engagement.ends_on - engagement.starts_on).days + 1,
        contract_type=engagement.contract_type or default,
        hours=engagement.hours,
        weekly_hours=engagement.weekly_hours,
        experience_years=engagement.experience_years,
        annex=dossier.production.annex,
        genre=_GENRES.get(dossier.production.form),
        union_member=employer.union_member,
        short_film=dossier.production.form == "short_film",
    )


def _verdict(paid: Decimal, minimum: Minimum | None) -> Verdict:
    if minimum is None:
        return "unknown"
    if _under_the_law(paid, minimum):
        return "below"
    if paid < minimum.amount.value or (minimum.highest is not None and paid < minimum.highest.value):
        return "to_check"
    if minimum.row is None:
        return "unknown"
    return "to_check" if minimum.superseded else "met"


def _under_the_law(paid: Decimal, minimum: Minimum) -> bool:
    """Whether it is certainly too little: under a minimum that is sure, or under the Smic whatever the grid is."""
    if paid < minimum.amount.value and minimum.certain:
        return True
    floor = minimum.floor
    return floor is not None and paid < floor.value and floor.certainty < 2  # noqa: PLR2004 - uncertain


def _only_the_floor(minimum: Minimum) -> Minimum:
    """The Smic alone, when the grid is only to be checked and what is paid is under both."""
    floor = minimum.floor
    if floor is None:
        return minimum
    source = next(iter(floor.all_sources().values()), None)
    return Minimum(floor, minimum.unit, source=source, floor=floor, notes=minimum.notes)


# Words


def _message(
    want: Wanted, position: Position, paid: Decimal, minimum: Minimum | None, verdict: Verdict,
    convention: Convention, month: _Month,
) -> str:  # fmt: skip
    if minimum is None or verdict == "unknown":
        return _why_unknown(want, position, minimum, convention)
    when = f" ({french.month(month.month)})" if month.month else ""
    said = f"Payé {french.euro(paid)} par {UNIT_WORDS[want.unit]}{when}"
    due = minimum.amount.value
    amount = french.euro(due)
    if verdict == "below":
        return (
            f"{said} ; le minimum est de {amount} : {_basis(minimum)}. Il manque {french.euro(due - paid)}."
        )
    if minimum.highest is not None and paid < minimum.highest.value:
        amount = f"de {amount} à {french.euro(minimum.highest.value)} selon {', '.join(minimum.undecided)}"
    if verdict == "met":
        how_sure = "est" if minimum.certain else "à vérifier est"
        return f"{said} ; le minimum {how_sure} de {amount} : {_basis(minimum)}."
    doubts = " ; ".join(minimum.notes)
    if not doubts and not minimum.certain:
        doubts = "ce montant n’a été lu que dans une transcription"
    return f"{said} ; minimum à vérifier : {amount}, {_basis(minimum)}.{' ' + _capital(doubts) + '.' if doubts else ''}"


def _basis(minimum: Minimum) -> str:
    """What the amount is and the text it comes from."""
    if minimum.row is None or minimum.grid is None or minimum.by_smic:
        return "Smic × heures"
    return f"« {minimum.row.name} », {minimum.grid.label}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _near(want: Wanted, position: Position, convention: Convention) -> tuple[str, ...]:
    """The jobs to propose: none once the position names one the convention knows."""
    if want.unit == "package" or (position.job and convention.keys(position.job)):
        return ()
    units = (want.unit,) if want.status == ARTISTE else tuple(dict.fromkeys((want.unit, *_BY_TIME)))
    return jobs_near(position.job or position.label, convention, units, want.status)


def _why_unknown(want: Wanted, position: Position, minimum: Minimum | None, convention: Convention) -> str:
    """Why nothing of a grid could be compared, and which choices exist."""
    smic = " Le Smic, lui, est respecté." if minimum is not None else ""
    if want.unit == "package":
        return "Un forfait ne se compare à aucun minimum : donnez une unité de paie (cachet, jour, semaine…)."
    if not want.idcc:
        return (
            f"Aucune convention à la structure : le minimum de « {position.label} » n’est pas vérifié.{smic}"
        )
    if not convention.grids:
        return (
            f"Aucune grille de minima connue pour l’IDCC {want.idcc} : collez la vôtre, avec sa source.{smic}"
        )
    near = _near(want, position, convention)[:_NAMED]
    named = ", ".join(f"« {name} »" for name in near)
    choices = f" Emplois proches : {named}." if named else ""
    if not position.job:
        return (
            f"« {position.label} » n’a pas d’emploi de la grille (IDCC {want.idcc}) : son minimum n’est pas "
            f"vérifié.{smic}{choices}"
        )
    keys = convention.keys(position.job)
    if not keys:
        return f"La grille IDCC {want.idcc} ne connaît pas l’emploi « {position.job} ».{smic}{choices}"
    units = sorted({row.unit for grid in convention.grids for key in keys for row in grid.rows(key)})
    have = ", ".join(UNIT_WORDS[unit] for unit in units)
    return (
        f"La grille IDCC {want.idcc} ne donne, pour « {position.job} », aucun minimum par {UNIT_WORDS[want.unit]} "
        f"dans ces conditions (elle en donne par {have}), et aucun texte connu ne permet de convertir.{smic}"
    )


def _finding(check: MinimumCheck, engagement: Engagement, *, over: bool) -> Finding | None:
    minimum = check.minimum
    if check.verdict == "unknown":
        return None if over else _no_minimum(check, engagement)
    if check.verdict == "met" or minimum is None:
        return None
    if check.verdict == "below":
        return Finding(
            "payroll.below_minimum", "blocking", check.about, check.message, check.source, _raise(check),
            subject="minimum",
        )  # fmt: skip
    enough = check.paid >= _highest(minimum)
    if enough and over:
        return None
    severity: Severity = "info" if enough else "warning"
    return Finding(
        "payroll.minimum_to_check", severity, check.about, check.message, check.source,
        () if enough else _raise(check), subject="minimum",
    )  # fmt: skip


def _highest(minimum: Minimum) -> Decimal:
    return minimum.highest.value if minimum.highest else minimum.amount.value


def _raise(check: MinimumCheck) -> tuple[Remedy, ...]:
    """Pay the minimum: the one change that settles it."""
    minimum = check.minimum
    if minimum is None:
        return ()
    target = minimum.amount.value if check.verdict == "below" else _highest(minimum)
    change = set_(check.about, unit_pay=canonical_decimal(target.quantize(CENT)))
    return (Remedy(f"Payer {french.euro(target)} par {UNIT_WORDS[check.unit]}", None, (change,)),)


def _no_minimum(check: MinimumCheck, engagement: Engagement) -> Finding:
    """Said once a position: its job is chosen there, not at each engagement."""
    remedies = tuple(
        Remedy(f"Choisir « {name} »", ZERO, (set_(engagement.position, job=name),))
        for name in check.near[:_NAMED]
    )
    about = check.about if check.unit == "package" else engagement.position
    remedies = () if check.unit == "package" else remedies
    return Finding("payroll.no_minimum", "info", about, check.message, None, remedies, subject="minimum")
