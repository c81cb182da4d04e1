"""A presentation of the budget shown on a terminal, alone or beside others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.budget.views.side_by_side import HEADING, LINE, TOTAL
from filage.cli.shared import console, safe
from filage.kernel import french

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.table import Table

    from filage.budget.views import Branch, LaidOut, Part
    from filage.budget.views.side_by_side import SideBySide
    from filage.review import Outcome

SECOND = 1


def show(outcome: Outcome, laid: LaidOut, *, detail: bool, top: bool) -> None:
    """Print a budget laid out: its headings, its lines with `detail`, only two depths with `top`."""
    out = console()
    out.print(f"[bold]{safe(outcome.dossier.production.name())}[/bold] · {safe(laid.view.label)}")
    for part in laid.parts:
        out.print(_table_of(part, detail=detail, top=top))
    out.print(f"Solde : produits moins charges  {french.signed_euro(laid.balance)}")
    if not outcome.budget.complete:
        out.print("Total incomplet : des taux manquent.")
    if laid.unplaced:
        out.print(f"Sans place dans cette présentation : {len(laid.unplaced)}.")
    if laid.guessed:
        out.print(f"Placées d’après leur libellé, à vérifier : {laid.guessed}.")
    for notice in laid.notices:
        out.print(f"[yellow]À corriger[/yellow] {safe(notice)}")
    for warning in laid.view.warnings:
        out.print(f"[dim]À vérifier : {safe(warning)}[/dim]")


def show_compared(found: SideBySide, *, detail: bool) -> None:
    """Print budgets side by side: lines only where they differ, all of them with `detail`."""
    heads = [found.names[0], *(head for name in found.names[1:] for head in (name, "Écart"))]
    table = _table(found.view.label, *heads)
    for row in found.rows:
        if row.role == LINE and not (detail or row.differs):
            continue
        label = f"{'  ' * row.depth}{row.code if row.role == HEADING else ''} {row.label}".rstrip()
        cells = [_amount(row.amounts[0])]
        for index, amount in enumerate(row.amounts[1:], start=1):
            change = row.change(index)
            cells += [_amount(amount), french.signed_euro(change) if change else ""]
        bold = row.role == TOTAL or (row.role == HEADING and not row.depth)
        table.add_row(safe(label if row.role != TOTAL else row.label), *cells, style="bold" if bold else "")
    console().print(table)


def _table_of(part: Part, *, detail: bool, top: bool) -> Table:
    table = _table(part.title, french.euro(part.shown))
    for branch in (*part.branches, *([part.unplaced] if part.unplaced else [])):
        _add(table, branch, 0, detail=detail, deepest=SECOND if top else None)
    if part.counterpart:
        table.add_row("Contrepartie à préciser", french.euro(part.counterpart))
    return table


def _add(table: Table, branch: Branch, depth: int, *, detail: bool, deepest: int | None) -> None:
    if branch.is_empty or (deepest is not None and depth > deepest):
        return
    label = f"{'  ' * depth}{branch.node.code} {branch.node.label}".rstrip()
    table.add_row(safe(label), french.euro(branch.shown), style="" if depth else "bold")
    for entry in branch.entries if detail else ():
        table.add_row(
            f"[dim]{'  ' * (depth + 1)}{safe(entry.label)}[/dim]", f"[dim]{french.euro(entry.amount)}[/dim]"
        )
    for child in branch.children:
        _add(table, child, depth + 1, detail=detail, deepest=deepest)


def _table(*heads: str) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(safe(heads[0]))
    for head in heads[1:]:
        table.add_column(safe(head), justify="right", no_wrap=True)
    return table


def _amount(amount: Decimal | None) -> str:
    return "–" if amount is None else french.euro(amount)
