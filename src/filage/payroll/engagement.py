"""The cost of engagements and of positions nobody fills yet: slips, totals, shares by phase."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.facts.people import Person
from filage.facts.team import Engagement, Position
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.errors import FilageError
from filage.kernel.expression import ExpressionError, evaluate
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO, round_half_up, share_out
from filage.payroll.allowances import AllowanceCost, allowance_costs, total_exempt
from filage.payroll.ceiling import Presence
from filage.payroll.quantity import (
    ENGAGED,
    FORECAST,
    PLANNED,
    Calendar,
    MonthUnits,
    engagement_quantities,
    shown_units,
    spread,
    unit_name,
    unit_words,
)
from filage.payroll.slip import Slip, cost_slip
from filage.payroll.slip_terms import has_dfs, presence_in, terms_of
from filage.payroll.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from filage.facts.dossier import Dossier
    from filage.facts.employer import Employer
    from filage.kernel.step import Step
    from filage.law import Law


@dataclass(frozen=True, slots=True)
class MonthlySlip:
    """The slip of one month of an engagement, and the units it pays by budget phase.

    `extras` is what gross holds beside the units at their pay; `basis` says who counted this month's units.
    """

    month: str
    units: Decimal
    by_phase: tuple[tuple[str, Decimal], ...]
    slip: Slip
    first_day: date
    last_day: date
    basis: str = ""
    extras: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class PayCost:
    """What one engagement, or the unfilled part of a position, costs in all.

    `employer_cost` is that of the slips; what is repaid outside contributions (`allowances`) comes on top.
    """

    about: str
    person: str | None
    label: str
    position: str
    department: str
    status: str
    basis: str
    unit: str
    quantity: Decimal
    unit_pay: Decimal
    people: int
    slips: tuple[MonthlySlip, ...]
    gross: Step
    employer_cost: Step
    by_phase: tuple[tuple[str, Step], ...]
    findings: tuple[Finding, ...]
    repaid: tuple[AllowanceCost, ...] = ()

    @property
    def allowances(self) -> Step:
        """What is repaid outside contributions, in euros."""
        return total_exempt(self.repaid)

    @property
    def whole_cost(self) -> Step:
        """The employer cost of the slips and the allowances outside contributions."""
        return steps.total("Coût total", [self.employer_cost, self.allowances])

    @property
    def received(self) -> Decimal:
        """What the person receives before income tax, in euros: the net and what is repaid."""
        return self.net + self.allowances.value

    @property
    def net(self) -> Decimal:
        """What is left before income tax, in euros: the value of `net_before_tax`, without its reasons."""
        return sum((monthly.slip.totals.net_before_tax for monthly in self.slips), ZERO) * self.people

    @property
    def net_before_tax(self) -> Step:
        """What is left before income tax, and why: built when somebody asks."""
        parts = [
            steps.relabelled(monthly.slip.net_before_tax, _named("Net avant impôt", monthly))
            for monthly in self.slips
        ]
        return _times(steps.total("Net avant impôt", parts), self.people)

    @property
    def complete(self) -> bool:
        """Whether every slip could be computed whole."""
        return all(slip.slip.complete for slip in self.slips)

    @property
    def missing(self) -> tuple[str, ...]:
        """The rates only the structure knows, each once."""
        return tuple(dict.fromkeys(name for slip in self.slips for name in slip.slip.missing))


def pay_costs(
    dossier: Dossier, law: Law, variables: Mapping[str, Step], calendar: Calendar
) -> tuple[PayCost, ...]:
    """Return the cost of every engagement, then of what positions still need."""
    engaged = [_engagement_cost(engagement, dossier, law, calendar) for engagement in dossier.all(Engagement)]
    found = [cost for cost in engaged if cost is not None]
    held = _held(found)
    for position in dossier.all(Position):
        found.extend(_forecast_costs(position, dossier, law, variables, calendar, held))
    return tuple(found)


def _held(engaged: Iterable[PayCost]) -> dict[tuple[str, str], set[str]]:
    """Who holds a position in a budget phase: the people whose engagement is paid in it, as far as anything says."""
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for cost in engaged:
        if cost.basis == PLANNED and not cost.slips:
            continue
        for phase, _ in cost.by_phase:
            held[cost.position, phase].add(cost.person or "")
    return held


_COSTS: dict[Hashable, PayCost] = {}
_MAX_COSTS = 20_000
"""Costs already computed, by everything they depend on: when one fact changes, only its engagements are paid again."""


def _engagement_cost(
    engagement: Engagement, dossier: Dossier, law: Law, calendar: Calendar
) -> PayCost | None:
    position = dossier.find(engagement.position, Position)
    if position is None:
        return None
    person = dossier.find(engagement.person, Person)
    name = person.name() if person else engagement.person
    attended = tuple(calendar.by_engagement.get(engagement.about, ()))
    key = (engagement, position, name, dossier.employer, law, attended, calendar.phases)
    cost = _COSTS.get(key)
    if cost is None:
        if len(_COSTS) >= _MAX_COSTS:
            _COSTS.clear()
        cost = _COSTS[key] = _cost_of_engagement(engagement, position, name, dossier.employer, law, calendar)
    return cost


def _cost_of_engagement(
    engagement: Engagement, position: Position, name: str, employer: Employer, law: Law, calendar: Calendar
) -> PayCost:
    quantities = engagement_quantities(engagement, calendar)
    wrong = _impossible(engagement)
    findings = [*quantities.findings, *wrong, *_without_agreement(engagement)]
    repaid, slips = (), []  # type: tuple[AllowanceCost, ...], list[MonthlySlip]
    months = () if wrong else quantities.months
    if engagement.allowances and not wrong:
        phase_on = _phases_of(engagement, calendar)
        repaid, said = allowance_costs(engagement, position, law, phase_on, dfs=has_dfs(engagement))
        findings += said
    extras = _extras(repaid, months)
    deducted: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for month, pay in zip(months, _grosses(engagement.unit_pay, months, quantities.basis), strict=True):
        year, extra = month.law_day.year, extras.get(month.month, ())
        terms = replace(terms_of(employer, position, engagement, month.law_day), dfs_used=deducted[year])
        presence = presence_in(month, engagement, engagement.unit, position.status, engagement.hours)
        try:
            slips.append(_monthly_slip(month, pay, extra, terms, presence, law))
            deducted[year] += slips[-1].slip.deducted
        except FilageError as error:
            findings.append(
                Finding("payroll.refused", "blocking", engagement.about, f"{month.month} : {error}")
            )
    return _cost(
        about=engagement.about,
        person=engagement.person,
        label=f"{name}, {engagement.label or position.label}",
        position=position,
        basis=quantities.basis,
        unit=engagement.unit,
        quantity=shown_units(quantities.total),
        unit_pay=engagement.unit_pay,
        people=1,
        slips=tuple(slips),
        findings=(*findings, *_unpaid_excess(engagement, repaid, slips)),
        phase=engagement.phase,
        repaid=repaid,
    )


def _phases_of(engagement: Engagement, calendar: Calendar) -> Callable[[date], str]:
    """The budget of a day: that of what the engagement does then, of its phase of production, else the engagement's."""
    attended = {
        event.day: calendar.phase_of(event) for event, _ in calendar.by_engagement.get(engagement.about, ())
    }

    def phase_on(day: date) -> str:
        by_date = (budget for start, end, budget in calendar.phases if attended and start <= day <= end)
        return attended.get(day) or next(by_date, engagement.phase)

    return phase_on


def _extras(repaid: Iterable[AllowanceCost], months: Sequence[MonthUnits]) -> dict[str, tuple[Step, ...]]:
    """What joins the gross of each month beside its units; what falls in a month without a slip goes to the last."""
    found: dict[str, tuple[Step, ...]] = defaultdict(tuple)
    paid = [month.month for month in months]
    for cost in repaid:
        if cost.taxable is not None and paid:
            month = cost.month if cost.month in paid else paid[-1]
            found[month] += (cost.taxable,)
    return found


def _unpaid_excess(
    engagement: Engagement, repaid: Iterable[AllowanceCost], slips: Sequence[MonthlySlip]
) -> list[Finding]:
    left = sum((cost.taxable.value for cost in repaid if cost.taxable is not None), ZERO)
    if slips or not left:
        return []
    message = (
        f"{french.euro(left)} d’indemnités sont soumis à cotisations, mais aucun bulletin ne peut les porter : "
        "ils ne sont pas comptés."
    )
    return [Finding("payroll.allowance_unpaid", "warning", engagement.about, message)]


def _without_agreement(engagement: Engagement) -> list[Finding]:
    if not engagement.dfs or has_dfs(engagement):
        return []
    message = (
        "L’abattement pour frais (DFS) est demandé sans la date de l’accord du salarié : il n’est pas appliqué. "
        "Saisissez la date de l’accord."
    )
    return [Finding("payroll.dfs_no_agreement", "warning", engagement.about, message)]


def _impossible(engagement: Engagement) -> list[Finding]:
    """What makes an engagement impossible to pay: it then costs nothing, and says why."""
    said = []
    if engagement.ends_on < engagement.starts_on:
        said.append(
            f"L’engagement finit le {french.day(engagement.ends_on)}, avant de commencer le "
            f"{french.day(engagement.starts_on)}."
        )
    if engagement.unit_pay < 0:
        said.append(f"Le brut par unité est négatif : {french.euro(engagement.unit_pay)}.")
    if engagement.quantity is not None and engagement.quantity < 0:
        said.append(f"La quantité est négative : {french.number(engagement.quantity)}.")
    said += [
        f"L’indemnité « {allowance.label or label_of(allowance, 'type')} » est négative."
        for allowance in engagement.allowances
        if allowance.quantity < 0 or allowance.unit_amount < 0
    ]
    return [Finding("payroll.impossible", "blocking", engagement.about, message) for message in said]


def _grosses(unit_pay: Decimal, months: Sequence[MonthUnits], basis: str) -> tuple[Decimal, ...]:
    """The gross of each month: its units at their pay; a quantity spread over months adds up to the cent."""
    if basis not in (ENGAGED, FORECAST):
        return tuple(round_half_up(unit_pay * month.units) for month in months)
    units = [month.units for month in months]
    return share_out(round_half_up(unit_pay * sum(units, ZERO)), units)


def _monthly_slip(
    month: MonthUnits, pay: Decimal, extras: tuple[Step, ...], terms: Terms, presence: Presence, law: Law
) -> MonthlySlip:
    gross = pay + sum((extra.value for extra in extras), ZERO)
    return _slip_of(month, cost_slip(terms, gross, presence, law), extras)


def _slip_of(month: MonthUnits, slip: Slip, extras: tuple[Step, ...] = ()) -> MonthlySlip:
    """The slip beside the units it pays, as a person reads them."""
    by_phase = tuple((phase, shown_units(units)) for phase, units in month.by_phase)
    return MonthlySlip(
        month.month,
        shown_units(month.units),
        by_phase,
        slip,
        month.first_day,
        month.last_day,
        month.basis,
        extras,
    )


def _forecast_costs(
    position: Position, dossier: Dossier, law: Law, variables: Mapping[str, Step], calendar: Calendar,
    held: Mapping[tuple[str, str], set[str]],
) -> list[PayCost]:  # fmt: skip
    """The part of a position's forecast that no engagement fills, one cost per phase."""
    costs = []
    for forecast in position.forecast:
        people = position.people - len(held.get((position.about, forecast.phase), ()))
        if people <= 0:
            continue
        try:
            quantity = evaluate(forecast.quantity, variables).value
            pay = evaluate(forecast.unit_pay, variables).value
            start, end = _forecast_period(forecast.day, forecast.phase, calendar)
            _refuse_negative(quantity, pay)
            months = spread(quantity, start, end, forecast.phase, forecast.unit)
            slips = tuple(
                _slip_of(
                    m,
                    cost_slip(
                        terms_of(dossier.employer, position, None, m.law_day), gross,
                        presence_in(m, None, forecast.unit, position.status, forecast.hours), law,
                    ),
                )
                for m, gross in zip(months, _grosses(pay, months, FORECAST), strict=True)
            )  # fmt: skip
            findings: tuple[Finding, ...] = ()
        except (ExpressionError, FilageError) as error:
            quantity, pay, slips = ZERO, ZERO, ()
            findings = (Finding("payroll.forecast_refused", "blocking", position.about, str(error)),)
        unit = unit_name(forecast.unit)
        open_label = f"{position.label}, à engager" + (f" ({people})" if people > 1 else "")
        costs.append(
            _cost(
                about=position.about,
                person=None,
                label=open_label,
                position=position,
                basis=FORECAST,
                unit=forecast.unit,
                quantity=shown_units(quantity),
                unit_pay=pay,
                people=people,
                slips=slips,
                findings=(
                    *findings,
                    _unfilled(position, people, f"{french.number(shown_units(quantity))} {unit}"),
                ),
                phase=forecast.phase,
            )
        )
    return costs


def _refuse_negative(quantity: Decimal, pay: Decimal) -> None:
    if quantity < 0 or pay < 0:
        message = "la quantité et le brut d’une prévision ne sont jamais négatifs"
        raise FilageError(message)


def _forecast_period(day: date | None, phase: str, calendar: Calendar) -> tuple[date, date]:
    """The period a forecast is spread over: its month of reference, else its events, else the phases of its budget."""
    if day is not None:
        start = day.replace(day=1)
        return start, (start + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    periods = [(start, end) for start, end, budget in calendar.phases if budget == phase]
    days = [event.day for event in calendar.events.values() if calendar.phase_of(event) == phase]
    if days:
        return min(days), max(days)
    if periods:
        return min(start for start, _ in periods), max(end for _, end in periods)
    message = (
        "cet emploi à pourvoir n’a ni mois de référence, ni étape, ni date au calendrier : "
        "donnez ses étapes à la production, ou un mois de référence à sa prévision"
    )
    raise FilageError(message)


def _cost(  # noqa: PLR0913 - the fields of a cost
    *, about: str, person: str | None, label: str, position: Position, basis: str, unit: str, quantity: Decimal,
    unit_pay: Decimal, people: int, slips: tuple[MonthlySlip, ...], findings: tuple[Finding, ...], phase: str,
    repaid: tuple[AllowanceCost, ...] = (),
) -> PayCost:  # fmt: skip
    grosses = [_gross_of(slip, unit, unit_pay, about) for slip in slips]
    by_slip = [_cost_of(slip, gross) for slip, gross in zip(slips, grosses, strict=True)]
    employer_cost = _times(steps.total("Coût employeur", by_slip), people)
    return PayCost(
        about=about, person=person, label=label, position=position.about, department=position.department,
        status=position.status, basis=basis, unit=unit, quantity=quantity, unit_pay=unit_pay, people=people,
        slips=slips,
        gross=_times(steps.total("Salaire brut", grosses), people),
        employer_cost=employer_cost,
        by_phase=_by_phase(slips, by_slip, employer_cost, people, phase),
        findings=findings,
        repaid=repaid,
    )  # fmt: skip


def _named(label: str, slip: MonthlySlip) -> str:
    return f"{label}, {french.month(slip.month)}"


def _gross_of(slip: MonthlySlip, unit: str, unit_pay: Decimal, about: str) -> Step:
    """The gross of a slip: its units at their pay, or its part of the engagement, and what comes beside."""
    units = steps.given(unit_name(unit), slip.units, unit="", by=about)
    pay = steps.rounded(
        steps.product("rémunération des unités", units, steps.given("brut par unité", unit_pay, by=about))
    )
    beside = sum((extra.value for extra in slip.extras), ZERO)
    if pay.value + beside != slip.slip.totals.gross:
        pay = steps.given("part du brut de l’engagement", slip.slip.totals.gross - beside, by=about)
    label = f"{_named('Salaire brut', slip)} ({french.number(slip.units)} {unit_words(unit, slip.units)})"
    return steps.total(label, [pay, *slip.extras])


def _cost_of(slip: MonthlySlip, gross: Step) -> Step:
    """The employer cost of a slip: its gross, then the contributions, their reasons built when somebody asks."""
    contributions = slip.slip.employer_cost.parts[1]
    return steps.total(_named("Coût employeur", slip), [gross, contributions])


def _times(step: Step, people: int) -> Step:
    if people == 1:
        return step
    return steps.product(step.label, steps.given("personnes", people, unit="personnes"), step)


def _by_phase(
    slips: tuple[MonthlySlip, ...], costs: Sequence[Step], whole: Step, people: int, default: str
) -> tuple[tuple[str, Step], ...]:
    """Split the cost over budget phases by the gross of their events, slip by slip, to the cent."""
    phases = sorted({phase for slip in slips for phase, _ in slip.by_phase}) or [default]
    if len(phases) == 1:
        return ((phases[0], whole),)
    parts: dict[str, list[Step]] = {phase: [] for phase in phases}
    for slip, cost in zip(slips, costs, strict=True):
        shares = share_out(cost.value, [units for _, units in slip.by_phase])
        for (phase, units), share in zip(slip.by_phase, shares, strict=True):
            part = steps.share(
                f"{slip.month}, part de {french.number(units)} sur {french.number(slip.units)}", share, cost
            )
            parts[phase].append(part)
    return tuple((phase, _times(steps.total("Coût employeur", parts[phase]), people)) for phase in phases)


def _unfilled(position: Position, people: int, quantity: str) -> Finding:
    who = f"{people} personne{'s' if people > 1 else ''}"
    message = f"{position.label} : {who} à engager, {quantity} chacune, au coût prévu."
    return Finding("team.unfilled", "info", position.about, message)
