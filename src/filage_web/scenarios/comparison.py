"""Scenarios side by side: the same rows for all, the difference beside each value, blank when equal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from filage.budget.lines import EXPENSE
from filage.budget.sheet import Sold, average_price, curve, series_cost, sold_dates, usual_series
from filage.carbon.travel import travel_footprint
from filage.facts.scenario import Scenario
from filage.kernel.money import round_half_up
from filage.review import Outcome, compare

MONEY, NUMBER, COUNT = "money", "number", "count"
TO_CHECK: Final = "warning"


@dataclass(frozen=True, slots=True)
class Column:
    """One scenario, or the reference."""

    ident: str
    """Empty for the reference."""
    label: str
    purpose: str
    outcome: Outcome
    scenario: Scenario | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and what separates it from the reference's; None when equal or absent."""

    value: Decimal | int | None
    difference: Decimal | int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the comparison."""

    label: str
    cells: tuple[Cell, ...]
    kind: str = MONEY
    strong: bool = False
    signed: bool = False
    status: str = ""
    """The status under which a count is drawn: breach, doubt, stale."""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a title."""

    title: str
    rows: tuple[Row, ...]


def sections(columns: Sequence[Column]) -> list[Section]:
    """Lay the columns out; the first one is the reference of every difference."""
    outcomes = [column.outcome for column in columns]
    length = _length(outcomes[0])

    def row(
        label: str,
        read: Callable[[Outcome], Decimal | int | None],
        kind: str = MONEY,
        *,
        strong: bool = False,
        signed: bool = False,
    ) -> Row:
        values = [read(outcome) for outcome in outcomes]
        return Row(
            label,
            tuple(_cell(value, values[0], first=not n) for n, value in enumerate(values)),
            kind,
            strong,
            signed,
        )

    def count(label: str, read: Callable[[Outcome], int], status: str) -> Row:
        return Row(label, tuple(Cell(read(outcome)) for outcome in outcomes), COUNT, status=status)

    found = [
        Section(
            "Argent",
            (
                row("Production", lambda o: o.budget.total(EXPENSE, "production")),
                row("Exploitation", lambda o: o.budget.total(EXPENSE, "exploitation")),
                row("Charges", lambda o: o.budget.expense, strong=True),
                row("Financements et cessions", lambda o: o.budget.income),
                row("Solde", lambda o: o.budget.balance, strong=True, signed=True),
                row("À trouver, sources pondérées", lambda o: o.plan.gap_weighted),
            ),
        )
    ]
    if length:
        found.append(
            Section(
                f"Prix, la date en série de {length}",
                (
                    row("Prix de cession calculé", lambda o: _price(o, length)),
                    row("Prix plancher", lambda o: _floor(o, length)),
                    row("Prix moyen vendu", lambda o: average_price(_sold(o))),
                    row("Dates pour équilibrer, au prix calculé", lambda o: _break_even(o, length), NUMBER),
                ),
            )
        )
    found += [
        Section(
            "Tournée" if any(o.variables["nb_dates"].value for o in outcomes) else "Calendrier",
            (
                row("Jours de tournage", lambda o: int(o.variables["jours_tournage"].value), NUMBER),
                row("Dates", lambda o: int(o.variables["nb_dates"].value), NUMBER),
                row("Séries au même lieu", lambda o: int(o.variables["nb_series"].value), NUMBER),
                row("Lieux", lambda o: int(o.variables["nb_lieux"].value), NUMBER),
                row("Voyages, hébergement, repas", _travel),
                row("Carbone des voyages, nuits et repas, kg CO2e", _carbon, NUMBER),
            ),
        ),
        Section(
            "Contrôles",
            (
                count("Non conformes", lambda o: o.count("blocking"), "breach"),
                count("À vérifier", lambda o: o.count(TO_CHECK), "doubt"),
                count("Documents à refaire si on l’applique", lambda o: _stale(outcomes[0], o), "stale"),
            ),
        ),
    ]
    return [Section(one.title, rows) for one in found if (rows := tuple(filter(_says_something, one.rows)))]


def _says_something(row: Row) -> bool:
    """Whether a line holds anything: one that is nothing everywhere is left out, totals and checks apart."""
    return row.strong or row.kind == COUNT or any(cell.value for cell in row.cells)


def _cell(value: Decimal | int | None, reference: Decimal | int | None, *, first: bool) -> Cell:
    if first or value is None or reference is None or value == reference:
        return Cell(value)
    return Cell(value, value - reference)


def _length(outcome: Outcome) -> int:
    """The series the prices are compared in: the commonest sold; 0 when there is nothing to sell."""
    return usual_series(outcome.price_input, _sold(outcome)) if outcome.price_input else 0


def _sold(outcome: Outcome) -> tuple[Sold, ...]:
    if outcome.price_input is None:
        return ()
    return sold_dates(outcome.dossier, outcome.budget, outcome.price_input)


def _price(outcome: Outcome, length: int) -> Decimal | None:
    return curve(outcome.price_input, length, price=None, until=0).price if outcome.price_input else None


def _floor(outcome: Outcome, length: int) -> Decimal | None:
    return series_cost(outcome.price_input, length)[1] if outcome.price_input else None


def _break_even(outcome: Outcome, length: int) -> int | None:
    return curve(outcome.price_input, length, price=None, until=0).break_even if outcome.price_input else None


def _travel(outcome: Outcome) -> Decimal:
    """What the budget counts of journeys, nights, meals and freight: by hand, or nothing when left out."""
    facts = {cost.about for cost in outcome.travel}
    return sum((row.amount for row in outcome.budget.rows if row.id in facts), Decimal(0))


def _carbon(outcome: Outcome) -> int:
    footprint = travel_footprint(outcome.dossier, outcome.travel, outcome.variables)
    return int(round_half_up(footprint.kilograms, Decimal(1)))


def _stale(reference: Outcome, outcome: Outcome) -> int:
    if outcome is reference:
        return 0
    return len([paper for paper, asks in compare(reference, outcome).documents if asks != "sans objet"])
