"""The file of `filage price`, read and answered: prices, then towns and a discount when they are asked (D16)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.budget.discount import discount_of
from filage.budget.price import MARGIN_MODES, SHOW_VAT, STRUCTURE_MODES, PriceInput
from filage.budget.reading import Figures, figures_of
from filage.budget.towns import Rates, Trip, trip_cost
from filage.facts.scalars import plain_decimal
from filage.kernel import step as steps
from filage.kernel.errors import Problem
from filage.kernel.money import ONE, ZERO, round_half_up
from filage.kernel.text import closest

if TYPE_CHECKING:
    from filage.budget.discount import Discount
    from filage.budget.price import PriceOutcome, SeriesPrice
    from filage.kernel.step import Step

KEYS = (
    "creation_cost", "funding_acquired", "performances_planned", "plateau_cost", "setup_cost", "structure", "margin",
    "series", "vhr", "vat_rate", "price", "towns", "discount",
)  # fmt: skip
RATES = ("people", "passengers", "fare_km", "freight_km", "night", "meal")
TOWN_KEYS = ("name", "vhr", "km", *RATES)


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the file: what a series costs there, given (`vhr`, per series) or estimated from its distance."""

    name: str
    vhr: Step | None
    trip: Trip | None
    rates: Rates | None

    def cost(self, performances: int) -> Step:
        """Return travel, lodging and meals of a series, in euros."""
        if self.trip is not None and self.rates is not None:
            return trip_cost(self.trip, self.rates, performances)
        return self.vhr or steps.given("VHR", ZERO)


@dataclass(frozen=True, slots=True)
class PriceFile:
    """What a file asks: a price, by town when it names some, with a discount when it says one."""

    given: PriceInput
    towns: tuple[Town, ...] = ()
    discount: Decimal | None = None


def price_json(outcome: PriceOutcome, asked: PriceFile | None = None) -> dict[str, Any]:
    """Return the published shape: amounts are text with two decimals; `towns`, `discount` only when asked."""
    found: dict[str, Any] = {
        "amortisation_per_performance": _money(outcome.amortisation.value),
        "prices": [_series_json(price) for price in outcome.prices],
        "break_even_performances": outcome.break_even,
        "result": [{"performances": number, "amount": _money(amount)} for number, amount in outcome.results],
    }
    if asked is not None and asked.towns:
        rate = asked.given.vat_rate
        found["towns"] = [
            {"name": town.name, "prices": [_town_json(town, price, rate) for price in outcome.prices]}
            for town in asked.towns
        ]
    if asked is not None and asked.discount is not None:
        found["discount"] = _discount_json(discount_of(asked.given, asked.discount))
    return found


def _series_json(price: SeriesPrice) -> dict[str, Any]:
    return {
        "performances": price.performances,
        "unit_cost": _money(price.unit_cost.value),
        "unit_price": _money(price.unit_price),
        "total": _money(price.total),
        "with_vhr": _money(price.with_vhr),
        "including_vat": _money(price.including_vat),
    }


def _town_json(town: Town, price: SeriesPrice, vat_rate: Decimal) -> dict[str, Any]:
    vhr = town.cost(price.performances).value
    return {
        "performances": price.performances,
        "vhr": _money(vhr),
        "total": _money(price.total),
        "with_vhr": _money(price.total + vhr),
        "including_vat": _money((price.total + vhr) * (ONE + vat_rate)),
    }


def _discount_json(found: Discount) -> dict[str, Any]:
    return {
        "prices": [
            {
                "performances": one.performances,
                "unit_price": _money(one.unit_price),
                "lost": _money(one.lost),
                "above_floor": _money(one.above_floor),
            }
            for one in found.series
        ],
        "tour": _money(found.tour),
        "break_even_performances": found.break_even,
        "result": _money(found.result),
        "highest": f"{round_half_up(found.highest, Decimal('0.0001')):.4f}",
    }


def _money(value: Decimal) -> str:
    return f"{round_half_up(value):.2f}"


def read_price_file(values: Any) -> PriceFile:
    """Read the file of `filage price`; BadInput lists everything wrong in it."""
    read = figures_of(values, "creation_cost, funding_acquired, …")
    read.refuse_unknown(KEYS)
    planned = read.count("performances_planned", least=1, what="dates", required=True)
    structure = _mode(read, "structure", "value", STRUCTURE_MODES)
    margin = _mode(read, "margin", "rate", MARGIN_MODES)
    series = _series_numbers(read)
    vat = read.fraction("vat_rate")
    price = read.amount("price")
    required = ("creation_cost", "funding_acquired", "plateau_cost")
    money = {key: read.amount(key, required=key in required) for key in (*required, "setup_cost", "vhr")}
    towns = _towns(read)
    discount = read.fraction("discount")
    read.check()
    given = PriceInput(
        creation_cost=steps.given("Coût de création", money["creation_cost"] or ZERO),
        funding_acquired=steps.given("Financements acquis", money["funding_acquired"] or ZERO),
        performances_planned=planned or 1,
        plateau_cost=steps.given("Coût plateau", money["plateau_cost"] or ZERO),
        setup_cost=steps.given("Montage", money["setup_cost"] or ZERO),
        structure_mode=structure[0], structure_value=structure[1], margin_mode=margin[0], margin_rate=margin[1],
        series=series, vhr=money["vhr"] or ZERO, vat_rate=SHOW_VAT if vat is None else vat, price=price,
    )  # fmt: skip
    return PriceFile(given, towns, discount)


def _mode(read: Figures, key: str, number_key: str, modes: tuple[str, ...]) -> tuple[str, Decimal]:
    part = read.values.get(key)
    if part is None:
        if key in read.values:
            read.problems.append(Problem("est vide", path=key, suggestion="retirez-le"))
        return modes[0], ZERO
    if not isinstance(part, dict):
        shape = f'{{"mode": "{modes[0]}", "{number_key}": …}}'
        read.problems.append(Problem("un objet est attendu", path=key, expected=shape))
        return modes[0], ZERO
    read.problems.extend(
        Problem("clé inconnue", path=f"{key}.{name}", expected=f"mode, {number_key}")
        for name in part
        if name not in ("mode", number_key)
    )
    mode = part.get("mode", modes[0])
    if mode not in modes:
        wrong = Problem(f"« {mode} » n’est pas admis", path=f"{key}.mode", expected=" ou ".join(modes))
        read.problems.append(wrong)
        mode = modes[0]
    number = read.fraction if number_key == "rate" or mode != "amount" else read.amount
    return mode, number(number_key, required=True, at=f"{key}.{number_key}", source=part) or ZERO


def _series_numbers(read: Figures) -> tuple[int, ...]:
    values = read.values.get("series", [1, 2, 3])
    numbers = [plain_decimal(value) for value in values] if isinstance(values, list) else []
    if not numbers or any(n is None or n < 1 or n != n.to_integral_value() for n in numbers):
        wrong = "la liste des séries est refusée"
        expected = "des entiers d’au moins 1 : [1, 2, 3]"
        read.problems.append(Problem(wrong, path="series", expected=expected))
        return (1,)
    return tuple(int(n) for n in numbers if n is not None)


def _towns(read: Figures) -> tuple[Town, ...]:
    values = read.values.get("towns", [])
    if not isinstance(values, list):
        shape = '[{"name": "Brest", "vhr": "1200"}]'
        read.problems.append(Problem("une liste est attendue", path="towns", expected=shape))
        return ()
    return tuple(_town(read, value, f"towns.{n}") for n, value in enumerate(values))


def _town(read: Figures, value: Any, path: str) -> Town:
    """One town, by what a series costs there or by its distance and the rates of an estimate."""
    if not isinstance(value, dict):
        read.problems.append(Problem("un objet est attendu", path=path, expected="name, vhr ou km"))
        return Town("", None, None, None)
    for key in value:
        if key not in TOWN_KEYS:
            near = closest(str(key), TOWN_KEYS)
            hint = f"vouliez-vous « {near} » ?" if near else f"clés : {', '.join(TOWN_KEYS)}"
            read.problems.append(Problem("clé inconnue", path=f"{path}.{key}", suggestion=hint))
    name = value.get("name")
    if not isinstance(name, str) or not name.strip():
        read.problems.append(Problem("manque", path=f"{path}.name", expected="le nom de la ville"))
        name = ""
    if ("vhr" in value) == ("km" in value):
        wrong = "donnez vhr (par série) ou km (un aller), l’un des deux"
        read.problems.append(Problem(wrong, path=path))
        return Town(name, None, None, None)

    def figure(key: str, label: str) -> Step:
        found = read.amount(key, at=f"{path}.{key}", source=value, required=key in ("vhr", "km", "people"))
        return steps.given(label, found or ZERO, by="fichier")

    if "vhr" in value:
        return Town(name, figure("vhr", f"Voyages, hébergement, repas, {name}"), None, None)
    people = figure("people", "personnes")
    passengers = figure("passengers", "passagers") if "passengers" in value else people
    rates = Rates(people, passengers, *(figure(key, key) for key in RATES[2:]))
    return Town(name, None, Trip(name, figure("km", "kilomètres, aller")), rates)
