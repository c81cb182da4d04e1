"""Up to four budgets in one presentation, side by side: the same headings, what each comes to, what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import ZERO
from filage.kernel.table import Cell, Column, Formula, Row, Sheet, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from filage.budget.views.laying import Branch, LaidOut, Part
    from filage.budget.views.view import BudgetView, Node

FEWEST, MOST = 2, 4
TOTAL, HEADING, LINE = "total", "heading", "line"
TITLE = "Comparaison"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A total, a heading or a line in each budget, in euros; None where it does not exist."""

    role: str
    code: str
    label: str
    depth: int
    amounts: tuple[Decimal | None, ...]

    def change(self, index: int) -> Decimal:
        """What one budget has more than the first, what is absent counting zero."""
        return (self.amounts[index] or ZERO) - (self.amounts[0] or ZERO)

    @property
    def differs(self) -> bool:
        """Whether the budgets do not all say the same."""
        return any(amount != self.amounts[0] for amount in self.amounts[1:])


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The budgets compared, by name, and their rows; the last one is the balance."""

    view: BudgetView
    names: tuple[str, ...]
    rows: tuple[ComparedRow, ...]

    @property
    def differing(self) -> tuple[ComparedRow, ...]:
        """The rows that differ."""
        return tuple(row for row in self.rows if row.differs)


def side_by_side(budgets: Sequence[tuple[str, LaidOut]]) -> SideBySide:
    """Compare two to four budgets laid out in one presentation; BadInput for any other number, or two presentations.

    A line is the same in two budgets when it has the same id.
    """
    if not FEWEST <= len(budgets) <= MOST:
        raise BadInput(
            Problem(f"on compare de {FEWEST} à {MOST} budgets ; il y en a {len(budgets)}", path="comparaison")
        )
    if len({laid.view.id for _, laid in budgets}) > 1:
        raise BadInput(Problem("ces budgets ne sont pas dans la même présentation", path="comparaison"))
    laids = [laid for _, laid in budgets]
    rows: list[ComparedRow] = []
    for name in ("expense", "income", "valued_expense", "valued_income"):
        parts: list[Part] = [getattr(laid, name) for laid in laids]
        if name.startswith("valued") and not any(part.shown for part in parts):
            continue
        rows.append(ComparedRow(TOTAL, "", parts[0].title, 0, tuple(part.shown for part in parts)))
        rows += _headings(laids[0].view, parts)
    balances = tuple(laid.balance for laid in laids)
    rows.append(ComparedRow(TOTAL, "", "Solde : produits moins charges", 0, balances))
    return SideBySide(laids[0].view, tuple(name for name, _ in budgets), tuple(rows))


def _headings(view: BudgetView, parts: Sequence[Part]) -> Iterator[ComparedRow]:
    """Every heading that holds something in one of the budgets, with its lines."""
    found = [{branch.node.code: branch for branch in part.every()} for part in parts]
    side = parts[0]
    for node in view.nodes:
        if (node.side, node.valued) == (side.side, side.valued):
            yield from _heading(node, _depth(view, node), [branches.get(node.code) for branches in found])
    loose = [branches.get("") for branches in found]
    first = next((branch for branch in loose if branch), None)
    if first is not None:
        yield from _heading(first.node, 0, loose)
    if any(part.counterpart for part in parts):
        yield ComparedRow(
            HEADING, "", "Contrepartie à préciser", 0, tuple(part.counterpart for part in parts)
        )


def _heading(node: Node, depth: int, branches: Sequence[Branch | None]) -> Iterator[ComparedRow]:
    if all(branch is None or branch.is_empty for branch in branches):
        return
    amounts = tuple(branch.shown if branch and not branch.is_empty else None for branch in branches)
    yield ComparedRow(HEADING, node.code, node.label, depth, amounts)
    lines: dict[tuple[str, str], str] = {}
    values: list[dict[tuple[str, str], Decimal]] = []
    for branch in branches:
        entries = branch.entries if branch else ()
        lines |= {(entry.row.id, entry.part): entry.label for entry in entries}
        values.append({(entry.row.id, entry.part): entry.amount for entry in entries})
    for key, label in lines.items():
        yield ComparedRow(LINE, key[0], label, depth + 1, tuple(value.get(key) for value in values))


def _depth(view: BudgetView, node: Node) -> int:
    depth, parent = 0, node.parent
    while parent is not None:
        depth, parent = depth + 1, view.by_code[parent].parent
    return depth


def compared_sheet(found: SideBySide) -> Sheet:
    """Return the comparison as a sheet: each difference is a formula over two amounts."""
    columns = [Column("Intitulé ou ligne", 58), Column(found.names[0], 18, numeric=True)]
    for name in found.names[1:]:
        columns += [Column(name, 18, numeric=True), Column("Écart", 15, numeric=True)]
    rows = tuple(_row(number, row) for number, row in enumerate(found.rows))
    context = f"{found.view.label} ; chaque écart se lit par rapport à « {found.names[0]} »."
    return Sheet(TITLE, context, tuple(columns), rows)


_ROLES = {TOTAL: "section", HEADING: "group", LINE: "line"}


def _row(number: int, row: ComparedRow) -> Row:
    name = f"{'   ' * row.depth}{row.code if row.role == HEADING else ''}  {row.label}".rstrip()
    look = "euro_unit" if row.role == TOTAL else "euro"
    cells = [
        text(name if row.role != TOTAL else row.label),
        Cell(row.amounts[0], look, key=f"compare/{number}/0"),
    ]
    for index in range(1, len(row.amounts)):
        own, first = f"compare/{number}/{index}", f"compare/{number}/0"
        change = Cell(row.change(index), look, Formula("{own}-{first}", {"own": own, "first": first}))
        cells += [Cell(row.amounts[index], look, key=own), change]
    deeper = row.role == HEADING and row.depth > 0
    return Row(tuple(cells), "line" if deeper else _ROLES[row.role])
