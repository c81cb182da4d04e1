"""The price sheet as it is sent: one column per series, the formula and the scope named, travel by town, a validity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from filage.budget.sale import scope_of
from filage.budget.sheet import price_sheet
from filage.facts.production import Pricing
from filage.kernel import french
from filage.kernel.money import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from filage.budget.lines import Budget
    from filage.budget.price import PriceInput, PriceOutcome
    from filage.budget.sheet import Sheet
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.payroll.engagement import PayCost

STRUCTURES = {
    "amount": "structure : {value} la date",
    "rate_of_cost": "structure : {rate} du coût",
    "rate_of_price": "structure : {rate} du prix",
}
MARGINS = {"on_cost": "marge : {rate} du coût", "on_price": "marge : {rate} du prix"}


@dataclass(frozen=True, slots=True)
class TownPrice:
    """One town, each series there: travel, total before VAT, VAT, total with it; euros to the cent."""

    name: str
    told: str
    vhr: tuple[Decimal, ...]
    totals: tuple[Decimal, ...]
    vat: tuple[Decimal, ...]
    including_vat: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class PricePaper:
    """What a price sheet says; `sheet` is the proof, left out of what is sent to a buyer unless asked."""

    title: str
    company: str
    city: str
    on: date
    valid_until: date
    sheet: Sheet
    unit_prices: tuple[Decimal, ...]
    totals: tuple[Decimal, ...]
    vat: tuple[Decimal, ...]
    including_vat: tuple[Decimal, ...]
    vat_rate: Decimal
    scope: tuple[str, ...]
    formula: tuple[str, ...]
    towns: tuple[TownPrice, ...] = ()
    proof: bool = False
    scenario: str = ""


def price_paper(  # noqa: PLR0913 - what a sheet shows
    dossier: Dossier,
    given: PriceInput,
    outcome: PriceOutcome,
    costs: Iterable[PayCost],
    budget: Budget,
    on: date,
    *,
    towns: Sequence[TownPrice] = (),
    proof: bool = False,
    scenario: str = "",
) -> PricePaper:
    """Draw up the price sheet of a day; it is valid as long as the production's formula says."""
    pricing = dossier.production.pricing or Pricing()
    totals = tuple(price.total for price in outcome.prices)
    vat = tuple(round_half_up(total * given.vat_rate) for total in totals)
    return PricePaper(
        dossier.production.label, dossier.employer.label, dossier.employer.city or "", on,
        on + timedelta(days=pricing.validity), price_sheet(given, outcome, costs, budget),
        tuple(price.unit_price for price in outcome.prices), totals, vat,
        tuple(total + tax for total, tax in zip(totals, vat, strict=True)), given.vat_rate, scope_of(pricing),
        formula_of(given), tuple(towns), proof, scenario,
    )  # fmt: skip


def formula_of(given: PriceInput) -> tuple[str, ...]:
    """Name how the price is built: amortisation, structure, margin."""
    rate, value = french.percent(given.structure_value), french.euro(given.structure_value)
    said = [f"création amortie sur {given.performances_planned} dates"]
    if given.structure_value:
        said.append(STRUCTURES[given.structure_mode].format(rate=rate, value=value))
    if given.margin_rate:
        said.append(MARGINS[given.margin_mode].format(rate=french.percent(given.margin_rate)))
    return tuple(said)


def town_price(
    name: str, told: str, costs: Sequence[Step], outcome: PriceOutcome, vat_rate: Decimal
) -> TownPrice:
    """Return the price of each series in a town; `costs` are its travel, series by series."""
    vhr = tuple(round_half_up(cost.value) for cost in costs)
    totals = tuple(price.total + travel for price, travel in zip(outcome.prices, vhr, strict=True))
    vat = tuple(round_half_up(total * vat_rate) for total in totals)
    return TownPrice(
        name, told, vhr, totals, vat, tuple(total + tax for total, tax in zip(totals, vat, strict=True))
    )
