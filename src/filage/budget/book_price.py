"""The price of cession as a sheet that reads as an addition; one column per series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.budget.book import phase_total
from filage.budget.lines import EXPENSE
from filage.budget.price_paper import formula_of
from filage.kernel.money import ZERO
from filage.kernel.table import Cell, Column, Formula, Row, Sheet, amount, note, same_as, sum_of, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from filage.budget.book import BudgetKeys
    from filage.budget.lines import Budget
    from filage.budget.price import PriceInput, PriceOutcome, SeriesPrice
    from filage.kernel.step import Step

CREATION, ACQUIRED, REMAINING, PLANNED = (
    "price/creation",
    "price/acquired",
    "price/remaining",
    "price/planned",
)
AMORTISATION, PLATEAU, SETUP = "price/amortisation", "price/plateau", "price/setup"
STRUCTURE, MARGIN, VAT, VHR, CONTRIBUTION = (
    "price/structure", "price/margin", "price/vat", "price/vhr", "price/contribution",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line of the addition: its name, its role, and its amount in each series, in euros, not rounded."""

    name: str
    label: str
    role: str
    amounts: tuple[Decimal, ...]


def price_lines(given: PriceInput, price: PriceOutcome) -> tuple[PriceLine, ...]:
    """Return the addition from the plateau to the price, series by series; each amount is in euros, not rounded."""
    series = price.prices
    floors = tuple(p.parts[0].value + p.parts[1].value for p in series)
    lines = [
        PriceLine("plateau", "Coût plateau", "line", tuple(p.parts[0].value for p in series)),
        PriceLine("shared", "Montage partagé", "line", tuple(p.parts[1].value for p in series)),
        PriceLine("floor", "Prix plancher", "group", floors),
        PriceLine(
            "amortisation", "Amortissement de la création", "line", tuple(p.parts[2].value for p in series)
        ),
    ]
    if given.structure_mode != "rate_of_price":
        lines.append(PriceLine("structure", "Structure", "line", tuple(p.parts[3].value for p in series)))
    lines.append(PriceLine("cost", "Coût complet", "group", tuple(p.unit_cost.value for p in series)))
    if given.structure_mode == "rate_of_price":
        taken = tuple(given.structure_value * p.unit_price for p in series)
        lines.append(PriceLine("structure", "Structure, part du prix", "line", taken))
    return (
        *lines,
        PriceLine("margin", "Marge", "line", tuple(p.margin for p in series)),
        PriceLine("unit", "Prix de cession HT, la date", "total", tuple(p.unit_price for p in series)),
        PriceLine("total", "Série HT", "line", tuple(p.total for p in series)),
        PriceLine("with_vhr", "Série HT, voyages compris", "line", tuple(p.with_vhr for p in series)),
        PriceLine("vat", "Série TTC", "line", tuple(p.including_vat for p in series)),
    )


def price_book(
    given: PriceInput | None,
    price: PriceOutcome | None,
    budget: Budget,
    keys: BudgetKeys,
    scope: tuple[str, ...] = (),
) -> Sheet:
    """Return the sheet « Prix de cession »: the addition, the result, then where each starting figure comes from."""
    if given is None or price is None:
        nothing = note("Aucune date à vendre pour l’instant : le prix se déduira du calendrier et du budget.")
        return Sheet(
            "Prix de cession",
            "Le prix d’une date selon le nombre de dates au même lieu.",
            _columns(()),
            (nothing,),
        )
    rows = (
        *_addition(given, price),
        Row(role="space"),
        *_result(given, price),
        Row(role="space"),
        *_origins(given, price, budget, keys),
    )
    context = (
        "Une colonne par série de dates au même lieu ; le montage se partage entre les dates de la série."
    )
    if scope:
        said = ", ".join((*scope, *formula_of(given)))
        context = f"{context} {said[:1].upper()}{said[1:]}."
    return Sheet("Prix de cession", context, _columns(price.prices), rows)


def _columns(series: Sequence[SeriesPrice]) -> tuple[Column, ...]:
    heads = [f"{p.performances} date{'s' if p.performances > 1 else ''}" for p in series] or ["Montant"]
    return (Column("Dates d’affilée au même lieu", 50), *(Column(head, 14, numeric=True) for head in heads))


def _addition(given: PriceInput, price: PriceOutcome) -> Iterator[Row]:
    counts = tuple(Cell(p.performances, "count", key=f"price/n/{i}") for i, p in enumerate(price.prices))
    yield Row((text("Dates de la série"), *counts))
    for line in price_lines(given, price):
        cells = tuple(
            amount(value, _formula(line.name, given, i), f"price/{line.name}/{i}")
            for i, value in enumerate(line.amounts)
        )
        yield Row((text(line.label), *cells), line.role)


def _formula(name: str, given: PriceInput, i: int) -> Formula | None:
    names = {
        key: f"price/{key}/{i}"
        for key in ("n", "plateau", "shared", "floor", "structure", "cost", "unit", "amortisation")
    }
    names |= {"P": PLATEAU, "S": SETUP, "A": AMORTISATION, "R": STRUCTURE, "M": MARGIN, "V": VAT, "H": VHR}
    template = _TEMPLATES.get(f"{name}/{given.structure_mode}") or _TEMPLATES.get(name, "")
    if name == "unit":
        if given.price is not None:
            return None
        template = _price_template(given)
    used = {key: cell for key, cell in names.items() if f"{{{key}}}" in template}
    return Formula(template, used)


_TEMPLATES = {
    "plateau": "{P}",
    "shared": "{S}/{n}",
    "floor": "{plateau}+{shared}",
    "amortisation": "{A}",
    "structure/amount": "{R}",
    "structure/rate_of_cost": "({floor}+{amortisation})*{R}",
    "structure/rate_of_price": "{unit}*{R}",
    "cost": "{floor}+{amortisation}+{structure}",
    "cost/rate_of_price": "{floor}+{amortisation}",
    "margin": "{unit}-{cost}",
    "margin/rate_of_price": "{unit}-{cost}-{structure}",
    "total": "ROUND({n}*{unit},2)",
    "with_vhr": "ROUND({n}*{unit}+{H},2)",
    "vat": "ROUND(({n}*{unit}+{H})*(1+{V}),2)",
}


def _price_template(given: PriceInput) -> str:
    marked_up = "{cost}*(1+{M})" if given.margin_mode == "on_cost" else "{cost}"
    rates = [name for name, taken in (
        ("{R}", given.structure_mode == "rate_of_price"), ("{M}", given.margin_mode == "on_price"),
    ) if taken]  # fmt: skip
    return f"ROUND({marked_up}/(1-{'-'.join(rates)}),2)" if rates else f"ROUND({marked_up},2)"


def _result(given: PriceInput, price: PriceOutcome) -> Iterator[Row]:
    structure = STRUCTURE if given.structure_mode == "amount" else "price/structure/0"
    left = Formula(
        "{unit}-{floor}-{taken}", {"unit": "price/unit/0", "floor": "price/floor/0", "taken": structure}
    )
    label = text("Ce qu’une date laisse pour la création (première série)")
    yield Row((label, amount(price.contribution, left, CONTRIBUTION)))
    if price.break_even is not None:
        formula = Formula("-INT(-ROUND({rest}/{left},9))", {"rest": REMAINING, "left": CONTRIBUTION})
        count = Cell(price.break_even, "count", formula, "price/break_even")
        yield Row((text("Nombre de dates à l’équilibre"), count))
    for number, value in price.results:
        at = PLANNED if number == given.performances_planned else "price/break_even"
        formula = Formula(
            "ROUND(ROUND({n}*{left}-{rest},9),2)", {"n": at, "left": CONTRIBUTION, "rest": REMAINING}
        )
        label = text(f"Résultat après {number} date{'s' if number > 1 else ''}")
        yield Row((label, amount(value, formula, f"price/result/{number}")))


def _origins(given: PriceInput, price: PriceOutcome, budget: Budget, keys: BudgetKeys) -> Iterator[Row]:
    yield Row((text("D’où viennent ces montants"),), "section")
    made = [row.amount for row in budget.rows if row.side == EXPENSE and row.phase == "production"]
    whole = bool(made) and sum(made, ZERO) == given.creation_cost.value  # rehearsals may be counted elsewhere
    link = same_as(phase_total(EXPENSE, "production")) if whole else None
    yield Row((text("Coût de création"), amount(given.creation_cost.value, link, CREATION)))
    acquired = [keys.counted(part.rule, part.value) for part in given.funding_acquired.parts]
    summed = sum_of(tuple(key for key in acquired if key)) if None not in acquired else None
    yield Row((text("Financements acquis"), amount(given.funding_acquired.value, summed, ACQUIRED)))
    remaining = max(given.creation_cost.value - given.funding_acquired.value, ZERO)
    rest = Formula("MAX(0,{creation}-{acquired})", {"creation": CREATION, "acquired": ACQUIRED})
    yield Row((text("Reste à amortir"), amount(remaining, rest, REMAINING)))
    yield Row((text("Représentations prévues"), Cell(given.performances_planned, "count", key=PLANNED)))
    each = Formula("{rest}/{planned}", {"rest": REMAINING, "planned": PLANNED})
    yield Row((text("Amortissement par date"), amount(price.amortisation.value, each, AMORTISATION)))
    links = _Parts(keys)
    setup = list(links.block("Montage", "par série", given.setup_cost, SETUP))
    yield from links.block("Plateau", "par date", given.plateau_cost, PLATEAU)
    yield from setup
    look = "euro" if given.structure_mode == "amount" else "rate"
    label = {"amount": "par date", "rate_of_cost": "part du coût", "rate_of_price": "part du prix"}
    yield Row(
        (text(f"Structure, {label[given.structure_mode]}"), Cell(given.structure_value, look, key=STRUCTURE))
    )
    on = "sur le coût" if given.margin_mode == "on_cost" else "sur le prix"
    yield Row((text(f"Marge {on}"), Cell(given.margin_rate, "rate", key=MARGIN)))
    yield Row((text("Voyages, hébergement et repas par série"), amount(given.vhr, key=VHR)))
    yield Row((text("TVA"), Cell(given.vat_rate, "rate", key=VAT)))


class _Parts:
    """The lines a plateau or a set-up is made of, each tied to its budget line when it is one."""

    def __init__(self, keys: BudgetKeys) -> None:
        self.keys = keys
        self.shown: dict[int, str] = {}

    def block(self, title: str, per: str, step: Step, key: str) -> Iterator[Row]:
        """The parts, their total, what it is divided by and the result."""
        divided = step.parts[0] if step.how == "rounded" else step
        if divided.how != "quotient" or divided.parts[0].how != "total":
            yield Row((text(f"{title}, {per}"), amount(step.value, key=key)))
            return
        whole, by = divided.parts
        cells = []
        for number, part in enumerate(whole.parts):
            cell = f"{key}/part/{number}"
            cells.append(cell)
            self.shown[id(part)] = cell
            yield Row((text(f"    {part.label}"), amount(part.value, self._formula(part), cell)))
        total, count = f"{key}/part/total", f"{key}/part/count"
        yield Row((text(f"{title} de la tournée"), amount(whole.value, sum_of(tuple(cells)), total)))
        yield Row((text(f"    divisé par ({by.label})"), Cell(by.value, "count", key=count)))
        formula = Formula("ROUND({total}/{count},2)", {"total": total, "count": count})
        yield Row((text(f"{title}, {per}"), amount(step.value, formula, key)))

    def _formula(self, part: Step) -> Formula | None:
        if part.how == "given":
            return _link(self.keys.counted(part.rule, part.value))
        if part.how == "same":
            return _link(self.keys.computed(part.parts[0]))
        if part.how == "rounded" and part.parts[0].how == "product":
            whole, rate = part.parts[0].parts[0], part.parts[0].parts[-1]
            line = self._line(whole)
            return Formula(f"ROUND({{line}}*{rate.value:f},2)", {"line": line}) if line else None
        if part.how == "difference":
            line, taken = self._line(part.parts[0]), self.shown.get(id(part.parts[-1]))
            return Formula("{line}-{taken}", {"line": line, "taken": taken}) if line and taken else None
        return None

    def _line(self, step: Step) -> str | None:
        """The cell of the pay line a part is taken from: as computed, else as replaced by hand."""
        if step.how == "given":
            return self.keys.counted(step.rule, step.value)
        return self.keys.computed(step)


def _link(key: str | None) -> Formula | None:
    return same_as(key) if key else None
