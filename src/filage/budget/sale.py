"""What the dossier says of its own price: plateau, set-up and creation costs read from its budget."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE, Budget, BudgetRow
from filage.budget.price import SHOW_VAT, PriceInput, PriceOutcome, price_of
from filage.facts.production import Pricing
from filage.facts.team import Engagement
from filage.kernel import step as steps
from filage.kernel.errors import BadInput
from filage.kernel.expression import ExpressionError, evaluate
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO
from filage.kernel.text import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.payroll.engagement import PayCost
    from filage.payroll.quantity import Calendar


def sale_price(
    dossier: Dossier,
    budget: Budget,
    costs: tuple[PayCost, ...],
    calendar: Calendar,
    variables: Mapping[str, Step],
    *,
    acquired: Step,
    vat_rate: Decimal = SHOW_VAT,
) -> tuple[PriceInput | None, PriceOutcome | None, tuple[Finding, ...]]:
    """Return what the price is built from and the price; none, with a finding, when there is no date to sell."""
    pricing = dossier.production.pricing or Pricing()
    about = dossier.production.about
    try:
        planned = _planned(pricing, variables)
        if planned <= 0:
            if dossier.production.pricing is None:
                return None, None, ()
            message = "Aucune représentation prévue : posez une date, le prix de cession s’en déduira."
            return None, None, (Finding("price.no_performance", "info", about, message),)
        given = _input(
            dossier, budget, costs, calendar, variables, pricing=pricing, planned=planned, acquired=acquired,
            vat_rate=vat_rate,
        )  # fmt: skip
        outcome = price_of(given)
    except (ExpressionError, BadInput) as error:
        return (
            None,
            None,
            (Finding("price.refused", "blocking", about, sentence(f"Prix de cession : {error}")),),
        )
    return given, outcome, tuple(replace(finding, about=about) for finding in outcome.findings)


def _planned(pricing: Pricing, variables: Mapping[str, Step]) -> int:
    if pricing.performances is None:
        return int(variables["nb_dates"].value)
    return int(evaluate(pricing.performances, variables).value)


def _input(  # noqa: PLR0913 - what a price is made of
    dossier: Dossier, budget: Budget, costs: tuple[PayCost, ...], calendar: Calendar, variables: Mapping[str, Step], *,
    pricing: Pricing, planned: int, acquired: Step, vat_rate: Decimal,
) -> PriceInput:  # fmt: skip
    dates = steps.given("représentations prévues", planned, unit="dates")
    series = steps.given("séries", max(int(variables["nb_series"].value), 1), unit="séries")
    plateau, setup = _pay_parts(dossier, plateau_pay(costs, budget), calendar)
    made = [
        row
        for row in budget.rows
        if row.side == EXPENSE and row.phase == "production" and not _in_price(row, pricing)
    ]
    rehearsed = _rehearsals(made, calendar) if pricing.with_rehearsals else []
    for row in budget.rows:
        if row.side == EXPENSE and _in_price(row, pricing):
            typed = plateau if row.in_price == "plateau" else setup
            typed.append(steps.given(row.label, row.amount, by=row.id))
    plateau += [steps.given(f"{row.label}, répétitions", row.amount, by=row.id) for row in rehearsed]
    kept = [row for row in made if row not in rehearsed]
    creation = steps.total_later(
        "Coût de création",
        sum((row.amount for row in kept), ZERO),
        lambda: tuple(steps.given(row.label, row.amount, by=row.id) for row in kept),
        certainty=0,
    )
    per_series = (
        evaluate(pricing.setup_cost, variables, label="Montage", unit="EUR")
        if pricing.setup_cost is not None
        else steps.quotient("Montage", steps.total("montages de la tournée", setup), series)
    )
    if pricing.with_setup:
        plateau += setup if pricing.setup_cost is None else [steps.product("Montages", per_series, series)]
        per_series = steps.given("Montage", ZERO, by="compté dans le coût plateau")
    return PriceInput(
        creation_cost=creation,
        funding_acquired=acquired,
        performances_planned=planned,
        plateau_cost=steps.rounded(
            steps.quotient("Coût plateau", steps.total("plateau de la tournée", plateau), dates)
        ),
        setup_cost=steps.rounded(per_series),
        structure_mode=pricing.structure_mode,
        structure_value=pricing.structure_value,
        margin_mode=pricing.margin_mode,
        margin_rate=pricing.margin_rate,
        series=pricing.series or Pricing().series,
        vat_rate=pricing.vat_rate if pricing.vat_rate is not None else vat_rate,
    )


def plateau_pay(costs: Iterable[PayCost], budget: Budget) -> list[tuple[PayCost, Step]]:
    """The pay of the dates whose line counts, with what counts of it: as computed, else as replaced by hand."""
    lines: dict[str, list[BudgetRow]] = defaultdict(list)
    for row in budget.rows:
        if row.phase == "exploitation" and row.id.startswith(("pay/", "forecast/")):
            lines[row.about].append(row)
    found = []
    for cost in costs:
        if dict(cost.by_phase).get("exploitation") is None:
            continue
        row = lines[cost.about].pop(0)
        if row.counts:
            by_hand = row.override is not None
            found.append((cost, steps.given(cost.label, row.amount, by=row.id) if by_hand else row.step))
    return found


def _in_price(row: BudgetRow, pricing: Pricing) -> bool:
    """Whether a line enters the price, in the scope of plateau chosen; a contribution in kind costs nothing."""
    if row.valued:
        return False
    if row.in_price == "setup":
        return True
    if row.in_price != "plateau":
        return False
    if row.id.startswith("allowance/"):
        return True
    return pricing.with_consumables if row.id.startswith("line/") else pricing.with_payslips


def _rehearsals(made: list[BudgetRow], calendar: Calendar) -> list[BudgetRow]:
    """The pay of creation of those the calendar calls to a rehearsal."""
    called = {
        about
        for about, parts in calendar.by_engagement.items()
        if any(event.type == "rehearsal" for event, _ in parts)
    }
    return [row for row in made if row.id.startswith("pay/") and row.about in called]


def scope_of(pricing: Pricing) -> tuple[str, ...]:
    """Name what the plateau cost counts, in the order of the sheet, then what it leaves out."""
    counted = [
        ("consommables", pricing.with_consumables),
        ("frais de bulletin", pricing.with_payslips),
        ("montage", pricing.with_setup),
        ("répétitions", pricing.with_rehearsals),
    ]
    inside = [name for name, kept in counted if kept]
    outside = [name for name, kept in counted if not kept]
    return (
        f"plateau avec {_listed(inside)}" if inside else "plateau réduit aux salaires",
        f"sans {_listed([*outside, 'voyages'])}",
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


def _pay_parts(
    dossier: Dossier, paid: Iterable[tuple[PayCost, Step]], calendar: Calendar
) -> tuple[list[Step], list[Step]]:
    """Split exploitation pay between plateau (performances) and set-up, by the units of each kind of event."""
    plateau: list[Step] = []
    setup: list[Step] = []
    for cost, amount in paid:
        share = _setup_share(dossier, cost, calendar)
        if share == ZERO:
            plateau.append(amount if amount.how == "given" else steps.relabelled(amount, cost.label))
            continue
        rate = steps.given("part du montage", share, unit="ratio")
        mounted = steps.rounded(steps.product(f"{cost.label}, montage", amount, rate))
        setup.append(mounted)
        plateau.append(steps.difference(f"{cost.label}, représentations", amount, mounted))
    return plateau, setup


def _setup_share(dossier: Dossier, cost: PayCost, calendar: Calendar) -> Decimal:
    engagement = dossier.find(cost.about, Engagement)
    if engagement is None:
        return ZERO
    days = {"performance": set(), "setup": set()}  # type: dict[str, set[object]]
    for event, part in calendar.by_engagement.get(engagement.about, ()):
        if calendar.phase_of(event) == "exploitation" and (part.units is None or part.units > 0):
            days["performance" if event.type == "performance" else "setup"].add(event.day)
    mounted = len(days["setup"] - days["performance"])
    whole = mounted + len(days["performance"])
    return Decimal(mounted) / whole if whole else ZERO
