"""A presentation of the budget rendered to PDF: whole, on one page, or beside others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.budget.views.laying import COUNTERPART
from filage.budget.views.notes import branch_notes, entry_notes, numbered
from filage.budget.views.pieces import GROSS, WHOLE
from filage.budget.views.side_by_side import HEADING, TOTAL
from filage.budget.views.top_sheet import top_sheet
from filage.documents.typst import pdf_bytes
from filage.kernel import french

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from filage.budget.lines import BudgetRow
    from filage.budget.views import Branch, Entry, LaidOut
    from filage.budget.views.paper import Paper
    from filage.budget.views.side_by_side import ComparedRow, SideBySide

TEMPLATE, TOP_TEMPLATE, COMPARED_TEMPLATE = (
    "budget_view.typ",
    "budget_top_sheet.typ",
    "budget_compared.typ",
)
CONFIDENCE = {
    "confirmed": "texte lu", "one_source": "source secondaire", "uncertain": "source incertaine, à vérifier",
}  # fmt: skip
NOTHING, FOOT = "–", 40


def view_pdf(laid: LaidOut, paper: Paper, version: str, *, detail: bool | None = None) -> bytes:
    """Render a presentation; the same one gives the same bytes.

    `detail` shows every line; by default, not where pay is parted from charges: a form shows nobody’s pay.
    """
    shows_lines = not laid.view.splits_pay if detail is None else detail
    notes = numbered(laid)
    data = _head(laid, paper, version) | {
        "parts": [
            {
                "title": part.title,
                "word": f"{part.title[:1].lower()}{part.title[1:]}",
                "amount": _money(part.shown, whole=laid.view.whole_euros),
                "rows": [
                    row
                    for branch in (*part.branches, *([part.unplaced] if part.unplaced else []))
                    for row in _rows(laid, branch, 0, notes, detail=shows_lines)
                ],
                "counterpart": COUNTERPART if part.counterpart else "",
                "missing": _money(part.counterpart, whole=laid.view.whole_euros),
            }
            for part in laid.parts
        ],
        "balance": _signed(laid.balance, whole=laid.view.whole_euros),
        "notes": [{"number": str(number), "text": text} for text, number in notes.items()],
        "detail": shows_lines,
        "left_out": [row.label for row in laid.left_out],
        "notices": list(laid.notices),
    }
    return pdf_bytes(TEMPLATE, data, paper.on)


def top_sheet_pdf(laid: LaidOut, paper: Paper, version: str) -> bytes:
    """Render the presentation on one page: headings, totals, what is left to find."""
    page, whole = top_sheet(laid), laid.view.whole_euros
    data = _head(laid, paper, version) | {
        "parts": [
            {
                "title": side.part.title,
                "amount": _money(side.part.shown, whole=whole),
                "rows": [
                    {
                        "label": row.label, "depth": row.depth, "amount": _money(row.amount, whole=whole),
                        "share": _share(row.share),
                    }
                    for row in side.rows
                ],
            }
            for side in page.parts
        ],
        "gap_word": "À trouver" if page.balance < 0 else "Excédent" if page.balance else "À l’équilibre",
        "gap": _euro(abs(page.balance), whole=whole),
        "doubts": str(len(numbered(laid))),
    }  # fmt: skip
    return pdf_bytes(TOP_TEMPLATE, data, paper.on)


def compared_pdf(found: SideBySide, paper: Paper, version: str, *, detail: bool = False) -> bytes:
    """Render budgets side by side; lines show only where they differ, all of them with `detail`."""
    data = {
        "title": f"{paper.title}, budgets comparés", "name": paper.title, "company": paper.company,
        "foot": f"{paper.title[:FOOT]} · budgets comparés", "view": found.view.label, "names": list(found.names),
        "on": french.day(paper.on), "version": version, "warnings": list(found.view.warnings),
        "rows": [
            _compared(row, whole=found.view.whole_euros)
            for row in found.rows
            if detail or row.role in (TOTAL, HEADING) or row.differs
        ],
        "same": not found.differing,
    }  # fmt: skip
    return pdf_bytes(COMPARED_TEMPLATE, data, paper.on)


def _head(laid: LaidOut, paper: Paper, version: str) -> dict[str, Any]:
    source = laid.view.source
    checked = f", relu le {french.day(source.checked_on)}" if source.checked_on else ""
    return {
        "title": f"{paper.title}, {laid.view.label}",
        "name": paper.title,
        "view": laid.view.label,
        "company": paper.company,
        "state": paper.state,
        "foot": f"{paper.title[:FOOT]} · {laid.view.short}",
        "on": french.day(paper.on),
        "version": version,
        "whole": laid.view.whole_euros,
        "warnings": list(laid.view.warnings),
        "source": f"{source.title}{checked} ({CONFIDENCE[source.confidence]}).",
    }


def _rows(
    laid: LaidOut, branch: Branch, depth: int, notes: Mapping[str, int], *, detail: bool
) -> Iterator[dict[str, Any]]:
    """A heading, its lines when they are shown, then the headings below."""
    listed = [entry for entry in branch.entries if detail or entry.whole is not None]
    called = [*branch_notes(branch)]
    if not detail:
        called += [text for entry in branch.entries if entry.whole is None for text in entry_notes(entry)]
    part = next(
        part for part in laid.parts if (part.side, part.valued) == (branch.node.side, branch.node.valued)
    )
    yield {
        "role": "group" if depth == 0 else "heading", "depth": depth, "code": branch.node.code,
        "label": branch.node.label, "quantity": "", "price": "",
        "amount": NOTHING if branch.is_empty else _money(branch.shown, whole=laid.view.whole_euros),
        "share": "" if branch.is_empty else _share(part.share(branch)), "notes": _called(called, notes),
    }  # fmt: skip
    for entry in listed:
        yield _line(entry, depth, notes, whole=laid.view.whole_euros)
    for child in branch.children:
        yield from _rows(laid, child, depth + 1, notes, detail=detail)


def _line(entry: Entry, depth: int, notes: Mapping[str, int], *, whole: bool) -> dict[str, Any]:
    row = entry.row
    quantity = price = ""
    if entry.part in (WHOLE, GROSS) and row.quantity is not None:
        rate = row.basis == "part"
        quantity = (
            french.number(row.quantity, 2) if rate else f"{french.number(row.quantity)} {_unit(row)}".strip()
        )
        if row.unit_price is not None:
            price = french.percent(row.unit_price) if rate else french.number(row.unit_price, 2)
    amount = entry.amount if entry.whole is None else entry.whole
    return {
        "role": "line", "depth": depth + 1, "code": "", "label": entry.label, "quantity": quantity, "price": price,
        "amount": _money(amount, whole=whole and entry.whole is not None), "share": "",
        "notes": _called(entry_notes(entry), notes),
    }  # fmt: skip


def _called(texts: tuple[str, ...] | list[str], notes: Mapping[str, int]) -> list[str]:
    return [str(number) for number in sorted({notes[text] for text in texts})]


def _compared(row: ComparedRow, *, whole: bool) -> dict[str, Any]:
    def shown(amount: Decimal | None) -> str:
        return NOTHING if amount is None else _money(amount, whole=whole and row.role != "line")

    pairs = [
        (shown(row.amounts[index]), _difference(row.change(index))) for index in range(1, len(row.amounts))
    ]
    return {
        "role": row.role, "depth": row.depth, "label": f"{row.code}  {row.label}" if row.role == HEADING else row.label,
        "first": shown(row.amounts[0]), "others": [{"amount": amount, "change": change} for amount, change in pairs],
    }  # fmt: skip


def _difference(change: Decimal) -> str:
    """A difference with its sign, blank when there is none."""
    if not change:
        return ""
    return f"+{french.number(change, 2)}" if change > 0 else french.number(change, 2)


def _money(amount: Decimal, *, whole: bool) -> str:
    return french.number(amount, 0 if whole else 2)


def _euro(amount: Decimal, *, whole: bool) -> str:
    return f"{_money(amount, whole=whole)}\u00a0€"


def _signed(amount: Decimal, *, whole: bool) -> str:
    return f"{'+' if amount > 0 else ''}{_euro(amount, whole=whole)}"


def _unit(row: BudgetRow) -> str:
    """The unit as typed; a computed one loses its plural below two."""
    plural = row.basis == "saisi" or row.unit in ("mois", "repas") or (row.quantity or 0) >= 2  # noqa: PLR2004
    return row.unit if plural else row.unit.removesuffix("s")


def _share(share: Decimal | None) -> str:
    return "" if share is None else f"{french.number(share * 100, 1)}\u00a0%"
