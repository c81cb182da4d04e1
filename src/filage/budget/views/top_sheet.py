"""The budget on one page: headings, totals, and what is left to find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.budget.views.book import GAP, branch_key, part_key, share_cell
from filage.kernel.table import Cell, Column, Row, Sheet, same_as, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from filage.budget.views.laying import Branch, LaidOut, Part

DEEPEST, TITLE = 1, "Récapitulatif"
MOST_ROWS = 44
"""What one printed page holds; beyond it, only the first headings are kept."""


@dataclass(frozen=True, slots=True)
class TopRow:
    """A heading of the page: `depth` 0 or 1, its amount in euros and its share of the total, a fraction."""

    part: Part
    branch: Branch
    depth: int

    @property
    def label(self) -> str:
        """Its code and its name."""
        return f"{self.branch.node.code}  {self.branch.node.label}".strip()

    @property
    def amount(self) -> Decimal:
        """Its amount, in euros."""
        return self.branch.shown

    @property
    def share(self) -> Decimal | None:
        """Its share of the total."""
        return self.part.share(self.branch)


@dataclass(frozen=True, slots=True)
class TopPart:
    """One side of the page."""

    part: Part
    rows: tuple[TopRow, ...]


@dataclass(frozen=True, slots=True)
class TopSheet:
    """The page: its sides, and the balance in euros (negative: left to find)."""

    parts: tuple[TopPart, ...]
    balance: Decimal


def top_sheet(laid: LaidOut) -> TopSheet:
    """Return the page of a presentation, with the second headings when they fit."""
    for deepest in (DEEPEST, 0):
        parts = tuple(TopPart(part, tuple(_rows(part, deepest))) for part in laid.parts)
        if sum(len(part.rows) + 1 for part in parts) <= MOST_ROWS:
            break
    return TopSheet(parts, laid.balance)


def _rows(part: Part, deepest: int) -> Iterator[TopRow]:
    for branch in (*part.branches, *([part.unplaced] if part.unplaced else [])):
        if branch.is_empty:
            continue
        yield TopRow(part, branch, 0)
        if deepest:
            yield from (TopRow(part, child, 1) for child in branch.children if not child.is_empty)


def top_sheet_page(page: TopSheet, laid: LaidOut) -> Sheet:
    """Return the page as a sheet whose amounts are those of the presentation."""
    columns = (Column("Intitulé", 64), Column("Montant", 18, numeric=True), Column("Part", 10, numeric=True))
    rows: list[Row] = []
    column = "whole" if laid.view.whole_euros else "amount"
    look = "count" if laid.view.whole_euros else "euro"
    for side in page.parts:
        total = Cell(side.part.shown, "euro_unit", same_as(part_key(side.part)), f"top/{part_key(side.part)}")
        rows.append(Row((text(side.part.title), total), "section"))
        for number, row in enumerate(side.rows):
            key = f"top/{part_key(side.part)}/{number}"
            shown = Cell(row.amount, look, same_as(branch_key(side.part, row.branch, column)), key)
            rows.append(
                Row(
                    (text(f"{'   ' * row.depth}{row.label}"), shown, _share(row, key)),
                    "line" if row.depth else "group",
                )
            )
    rows.append(
        Row((text("Solde : produits moins charges"), Cell(page.balance, "euro_unit", same_as(GAP))), "total")
    )
    return Sheet(TITLE, laid.view.label, columns, tuple(rows))


def _share(row: TopRow, key: str) -> Cell:
    if row.share is None:
        return Cell()
    return share_cell(row.share, key, f"top/{part_key(row.part)}")
