"""The price of cession (D16): what a date costs, what it must be sold at, and after how many dates it balances."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from filage.kernel import step as steps
from filage.kernel.errors import BadInput, Problem
from filage.kernel.finding import Finding
from filage.kernel.money import ONE, ZERO, round_half_up
from filage.kernel.step import Step

SHOW_VAT = Decimal("0.055")
NEARLY = Decimal("0.000000001")
STRUCTURE_MODES = ("amount", "rate_of_cost", "rate_of_price")
MARGIN_MODES = ("on_cost", "on_price")


@dataclass(frozen=True, slots=True)
class PriceInput:
    """What a price is built from: euros, fractions; `setup_cost` is per series, `vhr` per series, structure as D16."""

    creation_cost: Step
    funding_acquired: Step
    performances_planned: int
    plateau_cost: Step
    setup_cost: Step
    structure_mode: str = "amount"
    structure_value: Decimal = ZERO
    margin_mode: str = "on_cost"
    margin_rate: Decimal = ZERO
    series: tuple[int, ...] = (1, 2, 3)
    vhr: Decimal = ZERO
    vat_rate: Decimal = SHOW_VAT
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SeriesPrice:
    """The price for a series of dates at one place: per date (`unit_*`), then for the series."""

    performances: int
    parts: tuple[Step, ...]
    unit_cost: Step
    margin: Decimal
    unit_price: Decimal
    total: Decimal
    with_vhr: Decimal
    including_vat: Decimal

    @property
    def floor(self) -> Decimal:
        """What a date of such a series costs to play, to the cent: selling it under that loses money."""
        return self.parts[0].value + round_half_up(self.parts[1].value)


@dataclass(frozen=True, slots=True)
class PriceOutcome:
    """Every series, the break-even number of dates (None when a date brings nothing) and results at chosen numbers."""

    amortisation: Step
    prices: tuple[SeriesPrice, ...]
    floor: Decimal
    contribution: Decimal
    break_even: int | None
    results: tuple[tuple[int, Decimal], ...]
    findings: tuple[Finding, ...] = ()


def price_of(given: PriceInput) -> PriceOutcome:
    """Compute prices, break-even and results; BadInput when rates of price add up to one or more."""
    if _rates_of_price(given) >= 1:
        raise BadInput(
            Problem(
                "la part de structure et la marge sur le prix font 100 % ou plus du prix", path="structure"
            )
        )
    if given.performances_planned <= 0:
        raise BadInput(Problem("il faut au moins une représentation prévue", path="performances_planned"))
    if not given.series or min(given.series) < 1:
        raise BadInput(Problem("une série compte au moins une date", path="series", expected="1, 2, 3"))
    remaining = _remaining(given)
    planned = steps.given("représentations prévues", given.performances_planned, unit="dates")
    amortisation = steps.quotient("Amortissement par date", remaining, planned)
    prices = tuple(_series(given, amortisation, n) for n in given.series)
    first = prices[0]
    contribution = _contribution(given, first)
    findings: tuple[Finding, ...] = ()
    break_even: int | None = None
    if contribution > 0:
        break_even = int((remaining.value / contribution).to_integral_value(ROUND_CEILING))
    else:
        message = "À ce prix, une date ne rapporte rien au-delà de son propre coût : aucun nombre de dates n’équilibre."
        findings = (Finding("price.no_break_even", "warning", "production/price", message),)
    numbers = sorted({given.performances_planned, *(() if break_even is None else (break_even,))})
    results = tuple((number, exact_cents(number * contribution - remaining.value)) for number in numbers)
    floor = round_half_up(given.plateau_cost.value + given.setup_cost.value / first.performances)
    return PriceOutcome(amortisation, prices, floor, contribution, break_even, results, findings)


def exact_cents(value: Decimal) -> Decimal:
    """Round to the cent what a division cut at its last digits: half a cent stays half a cent."""
    return round_half_up(round_half_up(value, NEARLY))


def _remaining(given: PriceInput) -> Step:
    """What funding leaves of the creation cost, never below zero."""
    rest = steps.difference("création moins financements acquis", given.creation_cost, given.funding_acquired)
    return steps.greatest("reste à amortir", rest, steps.given("zéro", 0))


def _rates_of_price(given: PriceInput) -> Decimal:
    structure = given.structure_value if given.structure_mode == "rate_of_price" else ZERO
    return structure + (given.margin_rate if given.margin_mode == "on_price" else ZERO)


def _series(given: PriceInput, amortisation: Step, performances: int) -> SeriesPrice:
    count = steps.given("dates de la série", performances, unit="dates")
    parts = [given.plateau_cost, steps.quotient("Montage partagé", given.setup_cost, count), amortisation]
    if given.structure_mode == "amount":
        parts.append(steps.given("Structure", given.structure_value))
    elif given.structure_mode == "rate_of_cost":
        rate = steps.given("part de structure", given.structure_value, unit="rate")
        parts.append(steps.product("Structure", steps.total("coût hors structure", parts), rate))
    cost = steps.total("Coût d’une date", parts)
    if given.price is not None:
        unit_price = round_half_up(given.price)
    else:
        marked_up = cost.value * (ONE + given.margin_rate) if given.margin_mode == "on_cost" else cost.value
        unit_price = round_half_up(marked_up / (ONE - _rates_of_price(given)))
    total = performances * unit_price
    with_vhr = total + given.vhr
    structure = _structure(given, unit_price, parts)
    bare = cost.value if given.structure_mode != "rate_of_price" else cost.value + structure
    return SeriesPrice(
        performances, tuple(parts), cost, unit_price - bare, unit_price, round_half_up(total), round_half_up(with_vhr),
        round_half_up(with_vhr * (ONE + given.vat_rate)),
    )  # fmt: skip


def _structure(given: PriceInput, unit_price: Decimal, parts: list[Step]) -> Decimal:
    if given.structure_mode == "rate_of_price":
        return given.structure_value * unit_price
    return parts[3].value


def _contribution(given: PriceInput, first: SeriesPrice) -> Decimal:
    """What one date leaves to pay the creation back: price less plateau, set-up share and structure (D16)."""
    structure = _structure(given, first.unit_price, list(first.parts))
    return (
        first.unit_price - given.plateau_cost.value - given.setup_cost.value / first.performances - structure
    )
