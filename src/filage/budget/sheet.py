"""The price of cession laid out: a sheet that adds up, the dates sold, the cumulated result of a tour."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.budget.price import PriceInput, PriceOutcome, SeriesPrice, exact_cents, price_of
from filage.budget.sale import plateau_pay
from filage.budget.tickets import OURS
from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.kernel.money import ZERO, round_half_up, share_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from filage.budget.lines import Budget
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.payroll.engagement import PayCost

SETUP, AMORTISATION, STRUCTURE = 1, 2, 3
ARTISTIC = "artistic"
TECHNICAL = "technical"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the sheet: euros per date, one value per length of series."""

    id: str
    label: str
    values: tuple[Decimal, ...]
    origin: str = ""
    """`computed`, `typed`, or empty for a total."""

    @property
    def is_total(self) -> bool:
        """Whether it is the sum of the lines above."""
        return not self.origin


@dataclass(frozen=True, slots=True)
class Sheet:
    """The price of one date, for each length of series: every displayed total is the sum of displayed lines."""

    series: tuple[int, ...]
    rows: tuple[SheetRow, ...]

    def row(self, ident: str) -> SheetRow:
        """Return a line by its id."""
        return next(row for row in self.rows if row.id == ident)


@dataclass(frozen=True, slots=True)
class Sold:
    """The dates of one sale: price, gap to the full cost of such a series (without margin), and what is billed.

    Of a box office that is shared, the price of a date is our share of it, as expected: `shared`.
    """

    about: str
    label: str
    venue: str | None
    dates: int
    unit_price: Decimal
    full_cost: Decimal
    floor: Decimal
    cession: Decimal
    vhr: Decimal
    vat_rate: Decimal
    vat: Decimal
    including_vat: Decimal
    state: str
    shared: bool = False

    @property
    def row(self) -> str:
        """The line of the budget that counts it."""
        return f"{'deal' if self.shared else 'cession'}/{self.about.partition('/')[2]}"

    @property
    def gap(self) -> Decimal:
        """The price sold less the full cost, per date."""
        return self.unit_price - self.full_cost


@dataclass(frozen=True, slots=True)
class Curve:
    """The cumulated result at one price: euros after 0, 1, 2… dates; `break_even` None when a date brings nothing."""

    price: Decimal
    results: tuple[Decimal, ...]
    break_even: int | None


def price_sheet(given: PriceInput, outcome: PriceOutcome, costs: Iterable[PayCost], budget: Budget) -> Sheet:
    """Lay out the price of one date: plateau by nature, set-up, floor, amortisation, structure, margin, price.

    Amounts are rounded so that each displayed total is the sum of the lines displayed above it: the last rounding falls
    on the margin, or on the amortisation when there is no margin.
    """
    prices = outcome.prices
    plateau = given.plateau_cost.value
    rows = [
        SheetRow(ident, label, (value,) * len(prices), origin)
        for ident, label, value, origin in _plateau(given, costs, budget)
    ]
    rows.append(SheetRow("plateau", "Coût plateau", (plateau,) * len(prices)))
    setup = tuple(round_half_up(price.parts[SETUP].value) for price in prices)
    floor = tuple(plateau + value for value in setup)
    structure = tuple(_structure(given, price) for price in prices)
    rows.append(SheetRow("setup", "Montage partagé", setup, "computed"))
    rows.append(SheetRow("floor", "Prix plancher", floor))
    has_margin = given.margin_rate != 0
    above = [price.unit_price - low - kept for price, low, kept in zip(prices, floor, structure, strict=True)]
    amortised = round_half_up(outcome.amortisation.value)
    amortisation = tuple(amortised if has_margin else rest for rest in above)
    rows.append(SheetRow("amortisation", "Amortissement", amortisation, "computed"))
    if any(structure):
        rows.append(SheetRow("structure", "Structure", structure, "typed"))
    if has_margin:
        rows.append(SheetRow("margin", "Marge", tuple(rest - amortised for rest in above), "computed"))
    rows.append(SheetRow("price", "Prix de cession HT, la date", tuple(price.unit_price for price in prices)))
    return Sheet(tuple(price.performances for price in prices), tuple(rows))


def _plateau(
    given: PriceInput, costs: Iterable[PayCost], budget: Budget
) -> list[tuple[str, str, Decimal, str]]:
    """The plateau of one date: artists, technicians, then each typed line counted in the price."""
    parts = given.plateau_cost
    while parts.how != "total" and parts.parts:
        parts = parts.parts[0]
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    people: dict[str, int] = defaultdict(int)
    paid = plateau_pay(costs, budget)
    for (cost, _), part in zip(paid, parts.parts, strict=False):
        sums[cost.department] += part.value
        people[cost.department] += cost.people
    named = [
        (f"plateau/{key}", f"{label}, {_people(people[key])}", sums[key], "computed")
        for key, label in ((ARTISTIC, "Artistes"), (TECHNICAL, "Techniciens"), ("production", "Production"))
        if key in sums
    ]
    lines = [*named, *_besides_pay(parts.parts[len(paid) :], budget)]
    shares = share_out(given.plateau_cost.value, [value for _, _, value, _ in lines])
    return [
        (ident, label, share, origin) for (ident, label, _, origin), share in zip(lines, shares, strict=True)
    ]


def _besides_pay(parts: Sequence[Step], budget: Budget) -> list[tuple[str, str, Decimal, str]]:
    """What the plateau counts beside the pay of its dates: typed lines one by one, set-up and rehearsals summed."""
    rows = budget.by_id()
    lines: list[tuple[str, str, Decimal, str]] = []
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for part in parts:
        row = rows.get(part.rule) if part.how == "given" else None
        if row is not None and row.in_price == "plateau":
            lines.append((row.id, row.label, part.value, "typed" if row.basis != "calculé" else "computed"))
        elif row is not None and row.phase == "production":
            sums["Répétitions"] += part.value
        else:
            sums["Montage"] += part.value
    lines += [(f"plateau/{label.lower()}", label, value, "computed") for label, value in sums.items()]
    return lines


def _people(count: int) -> str:
    return f"{count} personne" if count == 1 else f"{count} personnes"


def _structure(given: PriceInput, price: SeriesPrice) -> Decimal:
    if given.structure_mode == "rate_of_price":
        return round_half_up(given.structure_value * price.unit_price)
    return round_half_up(price.parts[STRUCTURE].value)


def sold_dates(dossier: Dossier, budget: Budget, given: PriceInput) -> tuple[Sold, ...]:
    """Return each cession with a price and each offer retained that shares its box office, cancelled ones apart.

    Their dates stand against the full cost of such a series, VAT is that of price and re-billed travel. Tickets
    that are ours (rental, local promotion) sell nothing to anybody.
    """
    alive = {event.about for event in dossier.all(Event) if event.option != "cancelled"}
    rebilled = {row.about: row.amount for row in budget.rows if row.id.startswith("rebilled/")}
    rows = budget.by_id()
    found = []
    for contract in dossier.all(Contract):
        dates = sum(about in alive for about in contract.events)
        if contract.state == "cancelled" or not dates:
            continue
        if contract.type != "cession":
            row = rows.get(f"deal/{contract.id}")
            if row is not None and contract.type not in OURS:
                found.append(_sold(contract, dates, row.amount, ZERO, given, shared=True))
        elif contract.unit_price is not None:
            vhr = rebilled.get(contract.about, ZERO)
            found.append(_sold(contract, dates, dates * contract.unit_price, vhr, given))
    return tuple(found)


def _sold(
    contract: Contract, dates: int, cession: Decimal, vhr: Decimal, given: PriceInput, *, shared: bool = False
) -> Sold:
    cost, floor = series_cost(given, dates)
    rate = contract.vat_rate if contract.vat_rate is not None else given.vat_rate
    vat = round_half_up((cession + vhr) * rate)
    return Sold(
        about=contract.about, label=contract.label, venue=contract.venue, dates=dates,
        unit_price=round_half_up(cession / dates), full_cost=cost, floor=floor, cession=cession, vhr=vhr, vat_rate=rate,
        vat=vat, including_vat=cession + vhr + vat, state=contract.state, shared=shared,
    )  # fmt: skip


def series_cost(given: PriceInput, performances: int) -> tuple[Decimal, Decimal]:
    """Return the full cost and the floor of one date in a series, in euros, whatever the series of the sheet."""
    price = price_of(replace(given, series=(performances,), price=None)).prices[0]
    floor = given.plateau_cost.value + round_half_up(price.parts[SETUP].value)
    return price.unit_price - round_half_up(price.margin), floor


def usual_series(given: PriceInput, sold: Iterable[Sold]) -> int:
    """Return the commonest length of series among the dates sold; without any, the first of the sheet."""
    counts: Mapping[int, int] = _counted(sold)
    if not counts:
        return given.series[0]
    return min(counts, key=lambda length: (-counts[length], length))


def _counted(sold: Iterable[Sold]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for one in sold:
        counts[one.dates] += 1
    return counts


def average_price(sold: Iterable[Sold]) -> Decimal | None:
    """Return the mean price of a date over the dates sold, to the cent; None without any."""
    sold = tuple(sold)
    dates = sum(one.dates for one in sold)
    return round_half_up(sum((one.cession for one in sold), ZERO) / dates) if dates else None


def curve(given: PriceInput, performances: int, *, price: Decimal | None, until: int) -> Curve:
    """Return the cumulated result of 0 to `until` dates in such series, at the computed price or another."""
    outcome = price_of(replace(given, series=(performances,), price=price))
    remaining = max(given.creation_cost.value - given.funding_acquired.value, ZERO)
    results = tuple(exact_cents(n * outcome.contribution - remaining) for n in range(until + 1))
    return Curve(outcome.prices[0].unit_price, results, outcome.break_even)
