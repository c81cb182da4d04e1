"""Premium hours in euros: what an engagement owes beyond its pay, down to the article; nothing is added silently.

An engagement's cost never moves by itself: what is due is proposed (`premium_pay`) and told (`premium_findings`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.errors import LawNotCovered
from filage.kernel.finding import Finding, NotChecked
from filage.kernel.money import ONE, ZERO
from filage.payroll.pay_base import INCLUSIVE, NoBase, contract_week, day_value, hourly_base
from filage.worktime.premium_time import Stretch, beyond, hours_of

if TYPE_CHECKING:
    from filage.facts.team import Engagement
    from filage.kernel.finding import Severity
    from filage.kernel.step import Source, Step
    from filage.law import Law
    from filage.worktime.premium_rules import Band
    from filage.worktime.premiums import PremiumHours

LEGAL_WEEK = Decimal(35)
SAME_PURPOSE = {"meals": ("on_site", "off_site", "restaurant"), "days": ("night_paris", "night_elsewhere")}
"""The allowances of an engagement that already repay a meal or a day away; without a day, they repay them all."""
FEES = {"cachets": ("cachet",), "services": ("service", "cachet"), "rehearsal_days": ("cachet", "day")}
"""The units of pay that a share of the fee is drawn from, by what the rule counts."""
PART_TIME = "les heures complémentaires d’un temps partiel, que Filage ne calcule pas"


@dataclass(frozen=True, slots=True)
class Paid:
    """What the engagement already pays: hours per civil week (by its Monday), units, days whose travel is paid."""

    hours_by_week: Mapping[date, Decimal] = field(default_factory=dict)
    units: Decimal | None = None
    travel_days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class PremiumLine:
    """One sum due: the rule, the day or week, the hours (or meals, cachets, days), and the amount with its reason."""

    rule: str
    label: str
    on: date
    quantity: Decimal
    unit: str
    rate: Decimal
    amount: Step
    source: Source
    is_pay: bool = True


@dataclass(frozen=True, slots=True)
class PremiumPay:
    """What an engagement owes beyond its pay: gross pay, sums that repay costs, and what could not be counted."""

    about: str
    lines: tuple[PremiumLine, ...]
    gross: Step
    allowances: Step
    not_counted: tuple[NotChecked, ...] = ()


def premium_pay(
    engagement: Engagement,
    premiums: Sequence[PremiumHours],
    paid: Paid,
    law: Law,
    *,
    overtime_bands: Sequence[Band] = (),
) -> PremiumPay:
    """Return what premium hours are worth under an engagement's pay, in euros, each line rounded to the cent.

    The hourly pay is that of the engagement: its pay per unit over the hours of a unit. Hours a weekly or monthly pay
    already includes are not due again; hours paid at the plain rate are owed their raise only.
    """
    counting = _Counting(engagement, paid, law, overtime_bands)
    short = {line.on for line in premiums if line.kind == "short_engagement"}
    counting.overtime([line for line in premiums if line.kind == "overtime"])
    counting.short_days([line for line in premiums if line.kind == "short_engagement"])
    for line in premiums:
        if line.kind not in ("overtime", "short_engagement"):
            counting.other(line, on_short_day=line.on in short)
    lines = tuple(sorted(counting.lines, key=lambda line: (line.on, line.rule, line.rate)))
    gross = steps.total(
        "Majorations et heures à payer en plus", [line.amount for line in lines if line.is_pay]
    )
    repaid = steps.total("Indemnités dues", [line.amount for line in lines if not line.is_pay])
    return PremiumPay(engagement.about, lines, gross, repaid, tuple(dict.fromkeys(counting.missing)))


class _Counting:
    """Turns the premiums of one engagement into lines, and keeps what is missing to do it."""

    def __init__(self, engagement: Engagement, paid: Paid, law: Law, bands: Sequence[Band]) -> None:
        self.engagement, self.paid, self.law, self.bands = engagement, paid, law, bands
        self.lines: list[PremiumLine] = []
        self.missing: list[NotChecked] = []

    def base(self, rule: str, day_hours: Step | None = None) -> Step | None:
        found = hourly_base(self.engagement, self.bands, day_hours)
        if isinstance(found, NoBase):
            self.missing.append(NotChecked(rule, found.needs))
            return None
        return found

    def overtime(self, lines: Sequence[PremiumHours]) -> None:
        """Each week: what is beyond the hours an inclusive pay covers, or the raise of hours paid plainly."""
        for monday in sorted({line.on for line in lines}):
            of_week = [line for line in lines if line.on == monday]
            base = self.base(of_week[0].rule)
            if base is None:
                continue
            included, plain = self._paid_of_week(monday, of_week)
            for line in of_week:
                self._overtime_line(line, base, plain=_common(line, plain), included=_common(line, included))

    def _paid_of_week(
        self, monday: date, lines: Sequence[PremiumHours]
    ) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
        """The overtime already paid with its raise, and the overtime paid at the plain rate; the rest is unpaid."""
        pieces = sorted((span for line in lines for span in line.spans), key=lambda span: span.interval)
        if self.engagement.unit in INCLUSIVE:
            week = contract_week(self.engagement)
            if week < LEGAL_WEEK:
                self.missing.append(NotChecked(lines[0].rule, PART_TIME))
            return beyond(pieces, ZERO, max(week - LEGAL_WEEK, ZERO)), ()
        paid = self.paid.hours_by_week.get(monday, LEGAL_WEEK + hours_of(pieces))
        return (), beyond(pieces, ZERO, max(paid - LEGAL_WEEK, ZERO))

    def _overtime_line(self, line: PremiumHours, base: Step, *, plain: Decimal, included: Decimal) -> None:
        unpaid = line.hours - plain - included
        rate = french.percent(line.rate)
        if plain and line.rate:
            self.add(line, plain, base, line.rate, f"{line.label}, majoration de {rate}")
        if unpaid:
            self.add(line, unpaid, base, ONE + line.rate, f"{line.label} à {rate}")

    def short_days(self, lines: Sequence[PremiumHours]) -> None:
        """Each day of a short engagement: its hours, raised, less the pay of the day that covers its contract hours."""
        for day in sorted({line.on for line in lines}):
            of_day = [line for line in lines if line.on == day and line.pays == "uplift"]
            rule = of_day[0].rule
            if self.engagement.unit != "day":
                self.missing.append(NotChecked(rule, "une rémunération à la journée"))
                continue
            base = self.base(rule, day_value(self.engagement, rule))
            if base is None:
                continue
            parts = [_times(line.label, line.hours, base, _factor(line, ONE + line.rate)) for line in of_day]
            worth = steps.total("La journée faite", parts)
            pay = steps.given("Journée payée", self.engagement.unit_pay, by=self.engagement.about)
            more = steps.rounded(
                steps.difference(f"{of_day[0].label}, au-delà de la journée payée", worth, pay)
            )
            if more.value > 0:
                hours = sum((line.hours for line in of_day), ZERO)
                self._keep(of_day[0], hours, of_day[-1].rate, more, of_day[0].label)

    def other(self, line: PremiumHours, *, on_short_day: bool) -> None:
        """Any other premium, by the way it pays."""
        if line.pays == "nothing":
            return
        pay: Callable[[PremiumHours], None] = {
            "uplift": lambda given: self._uplift(given, on_short_day=on_short_day),
            "hours": self._hours,
            "allowance": self._allowance,
            "fee": self._fee,
            "day_of_week": self._day_of_week,
        }[line.pays]
        pay(line)

    def _uplift(self, line: PremiumHours, *, on_short_day: bool) -> None:
        rule = "3097-TECH-JOUR"
        day_hours = day_value(self.engagement, rule) if on_short_day else None
        base = self.base(line.rule, day_hours)
        if base is not None:
            self.add(
                line, line.hours, base, line.rate, f"{line.label}, majoration de {french.percent(line.rate)}"
            )

    def _hours(self, line: PremiumHours) -> None:
        included = self.engagement.unit in INCLUSIVE
        if included or (line.kind == "travel_counted" and line.on in self.paid.travel_days):
            return
        base = self.base(line.rule)
        if base is not None:
            self.add(line, line.hours, base, line.rate, line.label)

    def _allowance(self, line: PremiumHours) -> None:
        given = [one.day for one in self.engagement.allowances if one.type in SAME_PURPOSE.get(line.unit, ())]
        if None in given or line.on in given:
            return
        try:
            parts = [self.law[name].forecast(line.on) for name in line.allowances]
        except LawNotCovered as error:
            self.missing.append(NotChecked(line.rule, f"le montant de l’indemnité : {error}"))
            return
        if line.given is not None:
            parts.append(steps.given("Montant de la facture", line.given))
        amount = steps.rounded(steps.total(line.label, parts))
        self._keep(line, line.hours, line.rate, amount, line.label, is_pay=False)

    def _fee(self, line: PremiumHours) -> None:
        wanted = FEES[line.unit]
        if self.engagement.unit not in wanted:
            self.missing.append(NotChecked(line.rule, "une rémunération au cachet ou au service"))
            return
        pay = steps.given("Brut par unité", self.engagement.unit_pay, by=self.engagement.about)
        amount = steps.rounded(steps.product(line.label, pay, _factor(line, line.rate)))
        self._keep(line, line.hours, line.rate, amount, line.label)

    def _day_of_week(self, line: PremiumHours) -> None:
        if self.paid.units is None:
            self.missing.append(NotChecked(line.rule, "le nombre de semaines payées"))
            return
        week = steps.given("Brut par semaine", self.engagement.unit_pay, by=self.engagement.about)
        days = steps.given("Jours travaillés", line.hours, unit="days")
        worth = steps.product("Journées dues", week, days, _factor(line, line.rate))
        units = steps.given("Semaines payées", self.paid.units, unit="semaines")
        more = steps.rounded(steps.difference(line.label, worth, steps.product("Déjà payé", week, units)))
        if more.value > 0:
            self._keep(line, line.hours, line.rate, more, line.label)

    def add(self, line: PremiumHours, hours: Decimal, base: Step, factor: Decimal, label: str) -> None:
        """Keep hours × hourly pay × factor, rounded to the cent."""
        self._keep(line, hours, factor, _rounded_times(label, hours, base, _factor(line, factor)), label)

    def _keep(
        self,
        line: PremiumHours,
        quantity: Decimal,
        rate: Decimal,
        amount: Step,
        label: str,
        *,
        is_pay: bool = True,
    ) -> None:
        self.lines.append(
            PremiumLine(line.rule, label, line.on, quantity, line.unit, rate, amount, line.source, is_pay)
        )


def premium_findings(due: Iterable[PremiumPay]) -> list[Finding]:
    """Tell, per engagement and rule, what is due and not counted in its pay; an allowance is told for information."""
    findings: list[Finding] = []
    for pay in due:
        for rule in dict.fromkeys(line.rule for line in pay.lines):
            lines = [line for line in pay.lines if line.rule == rule]
            findings.append(_finding(pay.about, lines))
    return findings


def _finding(about: str, lines: Sequence[PremiumLine]) -> Finding:
    is_pay = any(line.is_pay for line in lines)
    parts = " ; ".join(
        _said(label, [line for line in lines if line.label == label]) for label in _labels(lines)
    )
    kind = "bruts non comptés dans l’engagement" if is_pay else "d’indemnités à verser"
    source = lines[0].source
    article = source.title.split(" ; ")[0]
    total = sum((line.amount.value for line in lines), ZERO)
    message = f"{parts}, soit {french.euro(total)} {kind} ({article})."
    severity: Severity = "warning" if is_pay else "info"
    return Finding("payroll.premium_due", severity, about, message, source, subject=lines[0].rule)


def _labels(lines: Sequence[PremiumLine]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.label for line in lines))


def _said(label: str, lines: Sequence[PremiumLine]) -> str:
    quantity = sum((line.quantity for line in lines), ZERO)
    said = french.duration(quantity) if lines[0].unit == "hours" else french.number(quantity)
    return f"{label} : {said}"


def _common(line: PremiumHours, pieces: Sequence[Stretch]) -> Decimal:
    """Hours of a line that fall in pieces cut from the same spans."""
    return hours_of(
        span.part(max(span.interval.start, piece.interval.start), min(span.interval.end, piece.interval.end))
        for span in line.spans
        for piece in pieces
        if span.interval.overlaps(piece.interval)
    )


def _factor(line: PremiumHours, value: Decimal) -> Step:
    return steps.law("Majoration" if value < ONE else "Taux", value, line.source, unit="rate")


def _times(label: str, hours: Decimal, base: Step, factor: Step) -> Step:
    return steps.product(label, steps.given("Heures", hours, unit="hours"), base, factor)


def _rounded_times(label: str, hours: Decimal, base: Step, factor: Step) -> Step:
    return steps.rounded(_times(label, hours, base, factor))
