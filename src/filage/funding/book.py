"""The financing plan as a sheet: sources, sure and probable, against the expenses; what is left to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.budget.book import EXPENSES
from filage.kernel.table import Cell, Column, Formula, Row, Sheet, amount, note, same_as, sum_of, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.budget.book import BudgetKeys
    from filage.funding.plan import Plan, Source

COLUMNS = (
    Column("Source", 46),
    Column("Nature", 26),
    Column("État", 14),
    Column("Budget", 14),
    Column("Montant", 14, numeric=True),
    Column("Probabilité", 12, numeric=True),
    Column("Pondéré", 14, numeric=True),
    Column("Certain", 14, numeric=True),
    Column("Reçu", 14, numeric=True),
)
READINGS = ("full", "weighted", "certain")


def funding_book(plan: Plan, keys: BudgetKeys) -> Sheet:
    """Return the sheet « Financement »: its three columns of amounts each add up to the expenses, gap included."""
    rows = [*_lines(plan, keys), *_totals(plan)]
    if not plan.sources:
        rows.insert(
            0, note("Aucune source pour l’instant : subventions, coproductions et ventes viendront ici.")
        )
    context = "Montant plein, pondéré par la probabilité, et certain seul : trois lectures d’un même plan."
    return Sheet("Financement", context, COLUMNS, tuple(rows))


def _lines(plan: Plan, keys: BudgetKeys) -> Iterator[Row]:
    for title, certain in (("Certain", True), ("Probable", False)):
        own = [(n, s) for n, s in enumerate(plan.sources) if s.is_certain is certain]
        if own:
            yield Row((text(title),), "group")
        for number, source in own:
            yield _line(number, source, keys)


def _line(number: int, source: Source, keys: BudgetKeys) -> Row:
    at = {name: f"source/{number}/{name}" for name in ("full", "probability")}
    line = keys.counted(source.line, source.amount)
    certain = source.amount if source.is_certain else source.amount * 0
    return Row(
        (
            text(source.label), text(source.nature), text(source.state), text(source.phase),
            amount(source.amount, same_as(line) if line else None, at["full"]),
            Cell(source.probability, "rate", key=at["probability"]),
            amount(source.weighted, Formula("ROUND({full}*{probability},2)", at), f"source/{number}/weighted"),
            amount(certain, Formula("IF({probability}=1,{full},0)", at), f"source/{number}/certain"),
            amount(source.received),
        )
    )  # fmt: skip


def _totals(plan: Plan) -> Iterator[Row]:
    found = {"full": plan.full, "weighted": plan.weighted, "certain": plan.certain}
    gaps = {"full": plan.gap, "weighted": plan.gap_weighted, "certain": plan.gap_certain}

    def line(label: str, cells: dict[str, Cell], role: str) -> Row:
        return Row(
            (text(label), Cell(), Cell(), Cell(), cells["full"], Cell(), cells["weighted"], cells["certain"]),
            role,
        )

    sums = {
        name: amount(
            found[name], sum_of(tuple(f"source/{n}/{name}" for n in range(len(plan.sources)))), f"plan/{name}"
        )
        for name in READINGS
    }
    left = {
        name: amount(
            gaps[name], Formula("{all}-{found}", {"all": EXPENSES, "found": f"plan/{name}"}), f"gap/{name}"
        )
        for name in READINGS
    }
    yield line("Total des sources", sums, "total")
    yield line("À trouver", left, "total")
    yield line(
        "Charges à financer", {name: amount(plan.expense, same_as(EXPENSES)) for name in READINGS}, "total"
    )
