"""The price of cession (D16): what a date costs, what it must be sold at, and after how many dates it balances."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from filage.facts.scalars import canonical_decimal, plain_decimal
from filage.kernel import step as steps
from filage.kernel.errors import BadInput, Problem
from filage.kernel.finding import Finding
from filage.kernel.money import ONE, ZERO, round_half_up
from filage.kernel.step import Step
from filage.kernel.text import closest

SHOW_VAT = Decimal("0.055")
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
    results = tuple((number, round_half_up(number * contribution - remaining.value)) for number in numbers)
    floor = round_half_up(given.plateau_cost.value + given.setup_cost.value / first.performances)
    return PriceOutcome(amortisation, prices, floor, contribution, break_even, results, findings)


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


def price_json(outcome: PriceOutcome) -> dict[str, Any]:
    """Return the published shape: amounts are text with two decimals."""
    return {
        "amortisation_per_performance": _money(outcome.amortisation.value),
        "prices": [
            {
                "performances": price.performances,
                "unit_cost": _money(price.unit_cost.value),
                "unit_price": _money(price.unit_price),
                "total": _money(price.total),
                "with_vhr": _money(price.with_vhr),
                "including_vat": _money(price.including_vat),
            }
            for price in outcome.prices
        ],
        "break_even_performances": outcome.break_even,
        "result": [{"performances": number, "amount": _money(amount)} for number, amount in outcome.results],
    }


def _money(value: Decimal) -> str:
    return f"{round_half_up(value):.2f}"


KEYS = (
    "creation_cost", "funding_acquired", "performances_planned", "plateau_cost", "setup_cost", "structure", "margin",
    "series", "vhr", "vat_rate", "price",
)  # fmt: skip


def read_price_input(values: Any) -> PriceInput:
    """Read the file of `filage price`; BadInput lists everything wrong in it."""
    if not isinstance(values, dict):
        raise BadInput(Problem("un objet est attendu", expected="creation_cost, funding_acquired, …"))
    problems: list[Problem] = []
    for key in values:
        if key not in KEYS:
            near = closest(str(key), KEYS)
            hint = f"vouliez-vous « {near} » ?" if near else f"clés : {', '.join(KEYS)}"
            problems.append(Problem("clé inconnue", path=str(key), suggestion=hint))
    number = _numbers(values, problems)
    planned = number("performances_planned", required=True)
    if planned is not None and (planned < 1 or planned != planned.to_integral_value()):
        problems.append(
            Problem(
                f"{planned} n’est pas un nombre de dates",
                path="performances_planned",
                expected="un entier d’au moins 1",
            )
        )
    structure = _mode(values, "structure", "value", STRUCTURE_MODES, problems)
    margin = _mode(values, "margin", "rate", MARGIN_MODES, problems)
    series = _series_numbers(values.get("series", [1, 2, 3]), problems)
    vat = number("vat_rate", rate=True)
    price = number("price")
    required = ("creation_cost", "funding_acquired", "plateau_cost")
    money = {key: number(key, required=key in required) for key in (*required, "setup_cost", "vhr")}
    if problems:
        raise BadInput(problems)
    return PriceInput(
        creation_cost=steps.given("Coût de création", money["creation_cost"] or ZERO),
        funding_acquired=steps.given("Financements acquis", money["funding_acquired"] or ZERO),
        performances_planned=int(planned or 1),
        plateau_cost=steps.given("Coût plateau", money["plateau_cost"] or ZERO),
        setup_cost=steps.given("Montage", money["setup_cost"] or ZERO),
        structure_mode=structure[0], structure_value=structure[1], margin_mode=margin[0], margin_rate=margin[1],
        series=series, vhr=money["vhr"] or ZERO, vat_rate=SHOW_VAT if vat is None else vat, price=price,
    )  # fmt: skip


def _numbers(values: dict[str, Any], problems: list[Problem]) -> Any:
    def number(
        key: str, *, required: bool = False, rate: bool = False, at: str = "", source: Any = values
    ) -> Decimal | None:
        path, value = at or key, source.get(key)
        if value is None:
            if required or key in source:
                problems.append(Problem("manque", path=path, expected="un nombre"))
            return None
        found = plain_decimal(value)
        if found is None or found < 0:
            problems.append(
                Problem(f"« {value} » n’est pas un nombre positif", path=path, expected="par exemple 1250.50")
            )
            return None
        if rate and found >= 1:
            right = canonical_decimal(found / 100)
            problems.append(
                Problem(
                    f"{found} n’est pas une fraction",
                    path=path,
                    suggestion=f"pour {found} %, écrivez {right}",
                )
            )
            return None
        return found

    return number


def _mode(
    values: dict[str, Any], key: str, number_key: str, modes: tuple[str, ...], problems: list[Problem]
) -> tuple[str, Decimal]:
    part = values.get(key)
    if part is None:
        if key in values:
            problems.append(Problem("est vide", path=key, suggestion="retirez-le"))
        return modes[0], ZERO
    if not isinstance(part, dict):
        problems.append(
            Problem("un objet est attendu", path=key, expected=f'{{"mode": "{modes[0]}", "{number_key}": …}}')
        )
        return modes[0], ZERO
    problems.extend(
        Problem("clé inconnue", path=f"{key}.{name}", expected=f"mode, {number_key}")
        for name in part
        if name not in ("mode", number_key)
    )
    mode = part.get("mode", modes[0])
    if mode not in modes:
        problems.append(
            Problem(f"« {mode} » n’est pas admis", path=f"{key}.mode", expected=" ou ".join(modes))
        )
        mode = modes[0]
    rate = number_key == "rate" or mode != "amount"
    found = _numbers(values, problems)(
        number_key, required=True, rate=rate, at=f"{key}.{number_key}", source=part
    )
    return mode, found or ZERO


def _series_numbers(values: Any, problems: list[Problem]) -> tuple[int, ...]:
    numbers = [plain_decimal(value) for value in values] if isinstance(values, list) else []
    if not numbers or any(n is None or n < 1 or n != n.to_integral_value() for n in numbers):
        problems.append(
            Problem(
                "la liste des séries est refusée",
                path="series",
                expected="des entiers d’au moins 1 : [1, 2, 3]",
            )
        )
        return (1,)
    return tuple(int(n) for n in numbers if n is not None)
