"""The follow-up as published, and as a sheet of a workbook whose totals are formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.accounting.snapshots import evolution
from filage.budget.chapters import PHASES
from filage.kernel.money import ZERO, round_half_up
from filage.kernel.table import Cell, Column, Formula, Row, Sheet, Workbook, amount, note, sum_of, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from filage.accounting.follow import Amounts, FollowedLine, FollowedPost, FollowUp
    from filage.facts.dossier import Dossier

COLUMNS = {
    "initial": "Initial", "revised": "Révisé", "committed": "Engagé", "spent": "Dépensé", "paid": "Payé",
    "to_commit": "Disponible", "final": "Coût final estimé", "variance": "Écart",
}  # fmt: skip
"""The columns a reader sees, in order."""
INCOME = ("initial", "revised", "certain", "billed", "received")


def follow_json(found: FollowUp, dossier: Dossier) -> dict[str, Any]:
    """Return the published shape: amounts are text with two decimals."""
    return {
        "production": dossier.production.id,
        "on": found.on.isoformat(),
        "baseline": found.baseline.id if found.baseline else None,
        "totals": _amounts(found.amounts),
        "contingency": _amounts(found.contingency),
        "phases": [{"phase": phase, **_amounts(found.of_phase(phase))} for phase in PHASES],
        "posts": [
            {"phase": post.phase, "code": post.code, "label": post.label, **_amounts(post.amounts)}
            for post in found.posts
        ],
        "lines": [_line(line) for line in found.lines],
        "income": [
            {
                "id": line.row.id, "label": line.row.label,
                **{name: _money(getattr(line, name)) for name in INCOME},
            }
            for line in found.income
        ],
        "to_assign": [
            {"id": bill.expense.about, "label": bill.expense.label, "amount": _money(bill.cost), "why": bill.why}
            for bill in found.unassigned
        ],
        "orders_to_assign": [
            {"id": order.commitment.about, "label": order.commitment.label,
             "amount": _money(order.commitment.amount), "why": order.why}
            for order in found.adrift
        ],
        "weeks": [
            {"on": week.on.isoformat(), "revised": _money(week.revised), "spent": _money(week.spent),
             "final": _money(week.final)}
            for week in evolution(dossier, found)
        ],
    }  # fmt: skip


def _amounts(amounts: Amounts) -> dict[str, str]:
    names = (
        "initial",
        "revised",
        "committed",
        "open",
        "spent",
        "paid",
        "to_commit",
        "to_complete",
        "final",
        "variance",
    )
    return {name: _money(getattr(amounts, name)) for name in names}


def _line(line: FollowedLine) -> dict[str, Any]:
    row = line.row
    return {
        "id": row.id, "label": row.label, "phase": row.phase, "post": row.post, "account": row.account,
        "contingency": line.is_contingency, "reason": line.reason, "needs_reason": line.needs_reason,
        "orders": [order.commitment.about for order in line.orders],
        "expenses": [bill.expense.about for bill in line.bills], **_amounts(line.amounts),
    }  # fmt: skip


def _money(value: Decimal) -> str:
    return f"{round_half_up(value):.2f}"


def follow_workbook(found: FollowUp, dossier: Dossier) -> Workbook:
    """Return the workbook of a follow-up: lines by post, expenses that wait for a line."""
    return Workbook(
        title=f"{dossier.production.label}, suivi", author=dossier.employer.label, on=found.on,
        sheets=(_lines_sheet(found), _expenses_sheet(found)),
    )  # fmt: skip


def _lines_sheet(found: FollowUp) -> Sheet:
    columns = (
        Column("Ligne", 44), *(Column(label, 13, numeric=True) for label in COLUMNS.values()),
        Column("Raison de l’écart", 40), Column("Identifiant", 32, printed=False),
    )  # fmt: skip
    rows: list[Row] = []
    for number, post in enumerate(found.posts):
        rows.append(_head(number, post))
        rows.extend(_row(f"line/{number}/{place}", line) for place, line in enumerate(post.lines))
    if rows:
        keys = range(len(found.posts))
        rows.append(_total("Total des charges", {name: tuple(f"post/{n}/{name}" for n in keys) for name in COLUMNS},
                           found.amounts, "total"))  # fmt: skip
    else:
        rows.append(note("Aucune ligne de charge : le suivi commence avec le budget."))
    if found.gone:
        rows.append(note(f"Initial : {len(found.gone)} lignes votées ne sont plus au budget."))
    if found.to_assign:
        rows.append(note("Des dépenses attendent leur ligne : elles ne sont pas dans ces totaux."))
    context = "Coût final estimé = dépensé + engagé restant + reste à dépenser ; écart = révisé − coût final."
    return Sheet("Suivi", context, columns, tuple(rows))


def _head(number: int, post: FollowedPost) -> Row:
    keys = {name: tuple(f"line/{number}/{n}/{name}" for n in range(len(post.lines))) for name in COLUMNS}
    label = f"{post.code}  {post.label}, {PHASES.get(post.phase, post.phase).lower()}"
    return _total(label, keys, post.amounts, "group", f"post/{number}/")


def _total(label: str, keys: dict[str, tuple[str, ...]], amounts: Amounts, role: str, own: str = "") -> Row:
    cells = [
        amount(getattr(amounts, name), sum_of(keys[name]), f"{own}{name}" if own else "") for name in COLUMNS
    ]
    return Row((text(label), *cells), role)


def _row(key: str, line: FollowedLine) -> Row:
    live = {
        "to_commit": Formula("{a}-{b}", {"a": f"{key}/revised", "b": f"{key}/committed"}),
        "variance": Formula("{a}-{b}", {"a": f"{key}/revised", "b": f"{key}/final"}),
    }
    cells = [amount(getattr(line.amounts, name), live.get(name), f"{key}/{name}") for name in COLUMNS]
    return Row((text(line.row.label), *cells, text(line.reason), text(line.row.id, "small")))


def _expenses_sheet(found: FollowUp) -> Sheet:
    columns = (
        Column("Dépense", 44), Column("Ligne", 40), Column("Date", 13), Column("Montant HT", 13, numeric=True),
        Column("TVA", 11, numeric=True), Column("Payée le", 13), Column("Pièce", 16),
    )  # fmt: skip
    rows = tuple(_expense_rows(found)) or (note("Aucune dépense saisie."),)
    return Sheet("Dépenses", "Chaque dépense et la ligne qui la porte.", columns, rows)


def _expense_rows(found: FollowUp) -> Iterator[Row]:
    placed = [(line.row.label, bill) for line in found.lines for bill in line.bills]
    waiting = [("à affecter", bill) for bill in found.unassigned]
    for label, bill in sorted((*placed, *waiting), key=lambda one: (one[1].expense.on, one[1].expense.id)):
        expense = bill.expense
        yield Row(
            (text(expense.label), text(label), Cell(expense.on, "day"), amount(expense.amount),
             amount(expense.vat or ZERO), Cell(expense.paid_on, "day"), text(expense.piece))
        )  # fmt: skip
