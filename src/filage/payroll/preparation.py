"""The monthly preparation of pay of a structure: who is paid what, on which dates, and what is still missing.

Filage prepares pay and issues no payslip: these are the facts that whoever makes the payslips needs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.facts.people import Person
from filage.facts.team import Allowance, Engagement, Position
from filage.kernel import french
from filage.kernel.errors import BadInput, Problem
from filage.kernel.finding import SEVERITIES, Finding
from filage.kernel.interval import month_key, months_between
from filage.kernel.money import ZERO, round_half_up
from filage.payroll.hours import CONTESTED, STALE, VALIDATED, Shift, days_of, shifts_of
from filage.payroll.quantity import DONE, FORECAST, HOURS_PER_UNIT, unit_name
from filage.payroll.terms import ARTISTE, PERMANENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from filage.facts.dossier import Dossier
    from filage.facts.employer import Employer
    from filage.facts.people import PersonPrivate
    from filage.payroll.engagement import MonthlySlip, PayCost
    from filage.payroll.pay_rules import PremiumLine, PremiumPay
    from filage.payroll.slip import Slip

NO_PAYSLIP = "Filage prépare la paie ; il n’émet pas de bulletin."
GROUPED_DAYS = 5
"""From how many days in a row cachets are called grouped."""
PER_DIEM = ("restaurant", "off_site", "on_site", "night_paris", "night_elsewhere")
"""Kinds of allowance that repay meals and nights."""
PRIVATE_NEEDS = {
    "born_on": "date de naissance", "nir": "numéro de sécurité sociale", "address": "adresse", "iban": "IBAN",
    "nationality": "nationalité",
}  # fmt: skip
"""What a payslip or its payment asks of a person, and how it is called."""


@dataclass(frozen=True, slots=True)
class Paid:
    """One production's pay: facts, costs and findings of its review, what is due beyond each engagement's pay."""

    dossier: Dossier
    costs: tuple[PayCost, ...]
    findings: tuple[Finding, ...] = ()
    premiums: Mapping[str, PremiumPay] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repaid:
    """One allowance of the month, in euros: what is outside contributions, what is in the gross."""

    allowance: Allowance
    exempt: Decimal
    taxed: Decimal


@dataclass(frozen=True, slots=True)
class PayRow:
    """One engagement in one month. Amounts in euros; None where pay is refused."""

    production: str
    title: str
    employer: Employer
    engagement: Engagement
    position: Position
    person: Person
    private: PersonPrivate | None
    month: str
    slip: Slip | None
    dates: tuple[date, ...]
    units: Decimal | None
    gross: Decimal | None
    at_rate: Decimal | None
    hours_paid: Decimal | None
    shifts: tuple[Shift, ...]
    repaid: tuple[Repaid, ...]
    premiums: tuple[PremiumLine, ...]
    basis: str
    refused: str
    findings: tuple[Finding, ...]

    @property
    def id(self) -> str:
        """What names this row: production, engagement and month."""
        return f"{self.production}/{self.engagement.id}/{self.month}"

    @property
    def is_cachet(self) -> bool:
        """Whether the pay is by cachet."""
        return self.engagement.unit == "cachet"

    @property
    def isolated(self) -> Decimal | None:
        """Isolated cachets."""
        return self.units if self.is_cachet and self.engagement.isolated else None

    @property
    def grouped(self) -> Decimal | None:
        """Grouped cachets."""
        return self.units if self.is_cachet and not self.engagement.isolated else None

    @property
    def contract_type(self) -> str:
        """The kind of contract, in French."""
        if self.engagement.contract_type:
            return label_of(self.engagement, "contract_type")
        return "CDI" if self.position.status == PERMANENT else "CDD d’usage"

    @property
    def annexe(self) -> str:
        """The annexe of unemployment insurance: 10 for an artist, 8 for a technician; empty for a permanent."""
        return {ARTISTE: "10", "figurant": "10", "technicien": "8", "realisateur": "8"}.get(
            self.position.status, ""
        )

    @property
    def hours_planned(self) -> Decimal:
        """Hours planned at the calendar."""
        return sum((day.planned for day in days_of(self.shifts)), ZERO)

    @property
    def hours_held(self) -> Decimal:
        """Hours done once entered, else planned."""
        return sum((day.held for day in days_of(self.shifts)), ZERO)

    @property
    def hours_validated(self) -> Decimal:
        """Hours that the person validated."""
        return sum((day.validated for day in days_of(self.shifts)), ZERO)

    @property
    def per_diem(self) -> Decimal:
        """Allowances for meals and nights outside contributions, in euros."""
        return sum((each.exempt for each in self.repaid if each.allowance.type in PER_DIEM), ZERO)

    @property
    def other_allowances(self) -> Decimal:
        """Every other allowance outside contributions, in euros."""
        return sum((each.exempt for each in self.repaid if each.allowance.type not in PER_DIEM), ZERO)

    @property
    def taxed_allowances(self) -> Decimal:
        """What allowances exceed their limit by, in euros: it is in the gross."""
        return sum((each.taxed for each in self.repaid), ZERO)

    @property
    def premium_pay(self) -> Decimal:
        """Gross pay due beyond the engagement's for the hours of the month, in euros: proposed, not in the gross."""
        return sum((line.amount.value for line in self.premiums if line.is_pay), ZERO)

    @property
    def premium_allowances(self) -> Decimal:
        """Allowances that a rule makes due this month and that the engagement does not pay, in euros."""
        return sum((line.amount.value for line in self.premiums if not line.is_pay), ZERO)

    @property
    def worst(self) -> str:
        """The worst severity of its findings; empty when nothing is wrong."""
        found = {finding.severity for finding in self.findings}
        return next((severity for severity in SEVERITIES if severity in found), "")

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of paying it."""
        return not self.refused and self.worst not in ("blocking", "warning")


@dataclass(frozen=True, slots=True)
class ControlTotals:
    """What the rows add up to, to compare with what the payroll software finds."""

    rows: int
    people: int
    refused: int
    gross: Decimal
    cachets: Decimal
    hours: Decimal
    per_diem: Decimal
    other_allowances: Decimal
    premiums: Decimal = ZERO

    @property
    def allowances(self) -> Decimal:
        """Everything repaid outside contributions, in euros."""
        return self.per_diem + self.other_allowances


@dataclass(frozen=True, slots=True)
class Preparation:
    """The pay of one structure in one month."""

    company: str
    siret: str
    month: str
    rows: tuple[PayRow, ...]
    with_private: bool

    @property
    def totals(self) -> ControlTotals:
        """The control totals; refused rows count for no amount."""
        return totals_of(self.rows)

    @property
    def ready(self) -> int:
        """How many rows can be paid as they are."""
        return sum(row.ready for row in self.rows)

    def of_production(self, production: str) -> Preparation:
        """The same, for one production."""
        rows = tuple(row for row in self.rows if row.production == production)
        return Preparation(self.company, self.siret, self.month, rows, self.with_private)

    def findings(self) -> tuple[Finding, ...]:
        """Every finding of every row."""
        return tuple(finding for row in self.rows for finding in row.findings)


def totals_of(rows: Sequence[PayRow]) -> ControlTotals:
    """Add rows up; refused rows count for no amount."""
    paid = [row for row in rows if not row.refused]
    return ControlTotals(
        rows=len(rows),
        people=len({row.person.about for row in rows}),
        refused=len(rows) - len(paid),
        gross=sum((row.gross or ZERO for row in paid), ZERO),
        cachets=sum((row.units or ZERO for row in paid if row.is_cachet), ZERO),
        hours=sum((row.hours_paid or ZERO for row in paid), ZERO),
        per_diem=sum((row.per_diem for row in paid), ZERO),
        other_allowances=sum((row.other_allowances for row in paid), ZERO),
        premiums=sum((row.premium_pay for row in paid), ZERO),
    )


def preparation(
    productions: Iterable[Paid], month: str, private: Mapping[str, PersonPrivate] | None = None
) -> Preparation:
    """Prepare the pay of a month (`2026-11`) over the productions of one structure, by person.

    `private` holds private data by `person/id`, when the reader has the right to them; without it (None), none is shown
    nor missed. BadInput when the month cannot be read, or nothing was given.
    """
    productions = tuple(productions)
    read_month(month)
    if not productions:
        raise BadInput(Problem("aucune production à préparer", suggestion="donnez au moins un dossier"))
    rows = [row for paid in productions for row in _rows(paid, month, private)]
    employer = productions[0].dossier.employer
    return Preparation(
        company=employer.label,
        siret=employer.siret or "",
        month=month,
        rows=tuple(sorted(rows, key=_by_person)),
        with_private=private is not None,
    )


def read_month(month: str) -> date:
    """Return the first day of a month written `2026-11`; BadInput otherwise."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        first = None
    if first is None or month_key(first) != month:
        raise BadInput(Problem(f"« {month} » n’est pas un mois", expected="AAAA-MM, par exemple 2026-11"))
    return first


def months_of(productions: Iterable[Paid]) -> tuple[str, ...]:
    """Return the months in which somebody is engaged, in order."""
    found = {
        month_key(first)
        for paid in productions
        for engagement in paid.dossier.all(Engagement)
        for first, _last in months_between(engagement.starts_on, engagement.ends_on)
    }
    return tuple(sorted(found))


def _by_person(row: PayRow) -> tuple[str, str, str, str]:
    return (row.person.family_name, row.person.given_name, row.production, row.engagement.id)


def _rows(paid: Paid, month: str, private: Mapping[str, PersonPrivate] | None) -> list[PayRow]:
    shifts: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts_of(paid.dossier, month=month):
        if shift.engagement:
            shifts[shift.engagement.about].append(shift)
    return [
        row
        for cost in paid.costs
        if cost.basis != FORECAST
        for row in [_row(cost, tuple(shifts[cost.about]), paid, month, private)]
        if row is not None
    ]


def _row(
    cost: PayCost,
    shifts: tuple[Shift, ...],
    paid: Paid,
    month: str,
    private: Mapping[str, PersonPrivate] | None,
) -> PayRow | None:
    """The row of an engagement in a month; None when it has nothing to do with that month."""
    dossier = paid.dossier
    engagement = dossier.find(cost.about, Engagement)
    position = dossier.find(cost.position, Position)
    person = dossier.find(cost.person, Person)
    monthly = [slip for slip in cost.slips if slip.month == month]
    if engagement is None or position is None or person is None:
        return None
    repaid = _repaid(engagement, cost, month)
    if not (monthly or shifts or repaid or _covers(engagement, month)):
        return None
    known = private.get(person.about) if private is not None else None
    slip = monthly[0].slip if monthly else None
    refused = _refused(slip, cost)
    dates = _dates(shifts)
    due = paid.premiums.get(engagement.about)
    premiums = tuple(line for line in due.lines if month_key(line.on) == month) if due else ()
    units = sum((each.units for each in monthly), ZERO) if monthly else None
    basis = (monthly[0].basis if monthly else "") or cost.basis
    return PayRow(
        production=dossier.production.id,
        title=dossier.production.label,
        employer=dossier.employer,
        engagement=engagement,
        position=position,
        person=person,
        private=known,
        month=month,
        slip=None if refused else slip,
        dates=dates,
        units=units,
        gross=None if refused else _gross(monthly),
        at_rate=_at_rate(slip) if slip and not refused else None,
        hours_paid=_hours_paid(engagement, slip, shifts, units or ZERO) if slip and not refused else None,
        shifts=shifts,
        repaid=repaid,
        premiums=premiums,
        basis=basis,
        refused=refused,
        findings=(
            *_refusals(engagement, refused, slip),
            *_contract(engagement, position),
            *_said_of_hours(engagement, shifts),
            *_quantities(engagement, units, dates, basis),
            *_premiums_due(engagement, premiums),
            *(() if refused else _of_review(cost, paid)),
            *_missing(engagement, slip, refused),
            *(_private_missing(person, known) if private is not None else ()),
        ),
    )


def _covers(engagement: Engagement, month: str) -> bool:
    periods = months_between(engagement.starts_on, engagement.ends_on)
    return any(month_key(first) == month for first, _last in periods)


def _gross(monthly: Sequence[MonthlySlip]) -> Decimal:
    return sum((each.slip.gross.value for each in monthly), ZERO)


def _dates(shifts: Iterable[Shift]) -> tuple[date, ...]:
    """The days that are paid: those of an event whose units are not zero."""
    days = set()
    for shift in shifts:
        units = shift.part.actual_units if shift.part.actual_units is not None else shift.part.units
        if units is None or units > 0:
            days.add(shift.day)
    return tuple(sorted(days))


def _hours_paid(
    engagement: Engagement, slip: Slip, shifts: Sequence[Shift], units: Decimal
) -> Decimal | None:
    """The hours of a pay that is not by cachet: those of its units, else those of the calendar."""
    if engagement.unit == "cachet":
        return None
    if slip.presence.hours is not None:
        return round_half_up(slip.presence.hours)
    if engagement.hours is not None:
        return round_half_up(engagement.hours * units)
    held = sum((day.held for day in days_of(shifts)), ZERO)
    usual = HOURS_PER_UNIT.get(engagement.unit)
    return round_half_up(held or (usual * units if usual else ZERO))


def _at_rate(slip: Slip) -> Decimal | None:
    """The rate of the accident line, as the slip applies it (70 % of it for an artist)."""
    return next((line.rate for line in slip.lines if line.id == "accident_travail"), None)


def _repaid(engagement: Engagement, cost: PayCost, month: str) -> tuple[Repaid, ...]:
    """The allowances of the month, as their limits split them."""
    return tuple(
        Repaid(allowance, split.exempt.value, split.taxable.value if split.taxable else ZERO)
        for allowance, split in zip(engagement.allowances, cost.repaid, strict=False)
        if split.month == month
    )


# --- what stands in the way -----------------------------------------------------------------------------------


def _refused(slip: Slip | None, cost: PayCost) -> str:
    """Why nothing can be paid: no slip, or a value that is only assumed; empty when it can."""
    if slip is None:
        said = [finding.message for finding in cost.findings if finding.severity == "blocking"]
        return " ".join(said) or "Rien à payer ce mois-ci : ni quantité, ni date au calendrier."
    if slip.assumed:
        unknown = ", ".join(step.rule or step.label for step in slip.assumed)
        return f"Pas de paie sur une valeur supposée : {unknown}. À donner sur la page Droit."
    return ""


def _refusals(engagement: Engagement, refused: str, slip: Slip | None) -> list[Finding]:
    if not refused:
        return []
    if slip is None:
        return [Finding("pay.nothing", "warning", engagement.about, refused)]
    return [Finding("pay.assumed", "blocking", engagement.about, refused)]


def _contract(engagement: Engagement, position: Position) -> list[Finding]:
    found = []
    if engagement.contract not in ("signed", "ended"):
        message = f"Contrat pas encore signé ({label_of(engagement, 'contract').lower()})."
        found.append(Finding("pay.contract_unsigned", "warning", engagement.about, message))
    if position.status in {"realisateur", "figurant"}:
        message = f"{label_of(position, 'status')} : annexe d’assurance chômage à vérifier."
        found.append(Finding("pay.annexe_doubtful", "warning", engagement.about, message))
    return found


def _said_of_hours(engagement: Engagement, shifts: Sequence[Shift]) -> list[Finding]:
    counts = Counter(shift.state for shift in shifts)
    open_ones = len(shifts) - counts[VALIDATED]
    if not open_ones:
        return []
    parts = [
        f"{counts[state]} {word}" for state, word in ((CONTESTED, "en désaccord"), (STALE, "à revalider"))
        if counts[state]
    ]  # fmt: skip
    rest = open_ones - counts[CONTESTED] - counts[STALE]
    parts += [f"{rest} à valider"] if rest else []
    message = f"Horaires : {', '.join(parts)}, sur {len(shifts)}."
    return [Finding("pay.hours_open", "warning", engagement.about, message)]


def _quantities(
    engagement: Engagement, units: Decimal | None, dates: Sequence[date], basis: str
) -> list[Finding]:
    found = []
    if units is not None and basis != DONE:
        counted = f"{french.number(round_half_up(units))} {unit_name(engagement.unit)}"
        message = f"{counted} sur la base « {basis} » : pas encore réalisé."
        found.append(Finding("pay.not_done", "info", engagement.about, message))
    if engagement.unit == "cachet" and engagement.isolated and longest_run(dates) >= GROUPED_DAYS:
        message = (
            f"{longest_run(dates)} jours de suite, et des cachets dits isolés : à partir de {GROUPED_DAYS} jours "
            "de suite, ils sont groupés."
        )
        found.append(Finding("pay.cachets_grouped", "warning", engagement.about, message))
    return found


def _of_review(cost: PayCost, paid: Paid) -> list[Finding]:
    """What the review already says of the pay of the engagement; premiums are told by the month."""
    said = [*cost.findings, *(finding for finding in paid.findings if finding.about == cost.about)]
    kept = {
        finding.key: finding
        for finding in said
        if finding.code.startswith("payroll.")
        and finding.severity != "info"
        and finding.code != "payroll.premium_due"
    }
    return list(kept.values())


def _premiums_due(engagement: Engagement, premiums: Sequence[PremiumLine]) -> list[Finding]:
    due = sum((line.amount.value for line in premiums if line.is_pay), ZERO)
    if not due:
        return []
    message = (
        f"{french.euro(due)} bruts de majorations dus ce mois-ci, à ajouter : ils ne sont pas dans le brut."
    )
    return [Finding("pay.premium_due", "warning", engagement.about, message)]


def longest_run(days: Sequence[date]) -> int:
    """The most days in a row among days in order."""
    if not days:
        return 0
    best = run = 1
    for before, after in pairwise(days):
        run = run + 1 if (after - before).days == 1 else 1
        best = max(best, run)
    return best


def _missing(engagement: Engagement, slip: Slip | None, refused: str) -> list[Finding]:
    if slip is None or refused or not slip.missing:
        return []
    message = f"Ce que la structure doit donner manque : {', '.join(slip.missing)}."
    return [Finding("pay.rate_missing", "warning", engagement.about, message)]


def _private_missing(person: Person, private: PersonPrivate | None) -> list[Finding]:
    """What payroll needs of the person and does not have, named and never shown."""
    missing = [word for field, word in PRIVATE_NEEDS.items() if not (private and getattr(private, field))]
    if not missing:
        return []
    message = f"À demander : {', '.join(missing)}."
    return [Finding("pay.private_missing", "warning", person.about, message)]
