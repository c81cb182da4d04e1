"""A presentation as a sheet: its headings are sums of their lines, its lines are cells of the sheet « Budget »."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from filage.budget.views.laying import COUNTERPART
from filage.budget.views.notes import SHORT, branch_notes, entry_notes
from filage.budget.views.pieces import GROSS, LEAVE, SOCIAL, TAX, WHOLE, part_of
from filage.budget.views.places import HOW
from filage.kernel import french
from filage.kernel.money import ONE, round_half_up
from filage.kernel.table import Cell, Column, Formula, Row, Sheet, amount, note, same_as, sum_of, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.budget.book import BudgetKeys
    from filage.budget.views.laying import Branch, Entry, LaidOut, Part
    from filage.payroll.engagement import PayCost

WIDEST_TITLE = 31
GAP = "view/gap"


def part_key(part: Part) -> str:
    """The key of the total of one side."""
    return f"view/{part.side}{'/valued' if part.valued else ''}"


def branch_key(part: Part, branch: Branch, column: str = "amount") -> str:
    """The key of a heading's cell: its exact amount, or the whole euros of the form."""
    return f"{part_key(part)}/{branch.node.code}/{column}"


def view_sheet(laid: LaidOut, keys: BudgetKeys) -> Sheet:
    """Return the sheet of a presentation, every total of which is a sum of cells."""
    writer = _Writer(laid, keys)
    rows = [row for part in laid.parts for row in writer.part(part)]
    rows.append(writer.balance())
    rows += [note(f"À vérifier : {warning}") for warning in laid.view.warnings]
    rows += [note(notice) for notice in laid.notices]
    if laid.left_out:
        named = ", ".join(row.label for row in laid.left_out)
        rows.append(note(f"Écartées avec leur groupe, sans effet ici : {named}."))
    context = f"{laid.view.source.title} ; relu le {_checked(laid)}."
    return Sheet(sheet_title(laid), context, writer.columns(), tuple(rows))


def sheet_title(laid: LaidOut) -> str:
    """The name of the sheet: short, without the signs a spreadsheet refuses."""
    return laid.view.short.replace("/", "-")[:WIDEST_TITLE]


def _checked(laid: LaidOut) -> str:
    checked = laid.view.source.checked_on
    return french.day(checked) if checked else "–"


class _Writer:
    """Writes the rows of one presentation."""

    def __init__(self, laid: LaidOut, keys: BudgetKeys) -> None:
        self.laid = laid
        self.keys = keys
        self.whole = laid.view.whole_euros
        self._entries = 0

    def columns(self) -> tuple[Column, ...]:
        """The columns: a form without cents shows its own amounts beside the exact ones."""
        found = [
            Column("Intitulé ou ligne", 56), Column("Quantité", 10, numeric=True), Column("Unité", 11),
            Column("Prix unitaire", 12, numeric=True), Column("Montant", 15, numeric=True),
        ]  # fmt: skip
        if self.whole:
            found.append(Column("Sans centimes", 14, numeric=True))
        return (
            *found,
            Column("Part", 9, numeric=True), Column("Origine", 12), Column("Place", 26), Column("Remarque", 48),
            Column("Identifiant", 32, printed=False),
        )  # fmt: skip

    def part(self, part: Part) -> Iterator[Row]:
        """One side: its total, then its headings and their lines."""
        tops = [*part.branches, *([part.unplaced] if part.unplaced else [])]
        cells = [branch_key(part, branch) for branch in tops]
        exact = amount(part.amount, sum_of(tuple(cells)), f"{part_key(part)}/exact")
        wholes = [branch_key(part, branch, "whole") for branch in tops]
        if part.counterpart:
            (cells if not self.whole else wholes).append(f"{part_key(part)}/counterpart")
        shown = Cell(part.shown, "euro_unit", sum_of(tuple(wholes if self.whole else cells)), part_key(part))
        before = (text(part.title), Cell(), Cell(), Cell())
        yield Row((*before, exact, shown) if self.whole else (*before, shown), "section")
        for branch in tops:
            yield from self.branch(part, branch, 0)
        if part.counterpart:
            cell = amount(part.counterpart, key=f"{part_key(part)}/counterpart")
            yield Row(
                (text(COUNTERPART), Cell(), Cell(), Cell(), *((Cell(), cell) if self.whole else (cell,)))
            )

    def branch(self, part: Part, branch: Branch, depth: int) -> Iterator[Row]:
        """A heading, its lines, then the headings below it."""
        own = [self._next(entry) for entry in branch.entries]
        name = f"{'   ' * depth}{branch.node.code}  {branch.node.label}".rstrip()
        below = tuple(branch_key(part, child) for child in branch.children)
        cells = (*(key for key, _ in own), *below)
        blank = branch.is_empty
        total = amount(
            None if blank else branch.amount, None if blank else sum_of(cells), branch_key(part, branch)
        )
        shown = (total, self._whole(part, branch, [key for key, _ in own])) if self.whole else (total,)
        share = self._share(part, branch)
        remarks = " ".join(branch_notes(branch))
        yield Row(
            (text(name), Cell(), Cell(), Cell(), *shown, share, Cell(), Cell(), text(remarks)),
            "group" if depth == 0 else "line",
        )
        for key, entry in own:
            yield self._entry(key, entry, depth)
        for child in branch.children:
            yield from self.branch(part, child, depth + 1)

    def balance(self) -> Row:
        """Income less expense."""
        formula = Formula("{i}-{e}", {"i": part_key(self.laid.income), "e": part_key(self.laid.expense)})
        cell = Cell(self.laid.balance, "euro_unit", formula, GAP)
        blank = (Cell(), Cell(), Cell(), *((Cell(),) if self.whole else ()))
        return Row((text("Solde : produits moins charges"), *blank, cell), "total")

    def _next(self, entry: Entry) -> tuple[str, Entry]:
        self._entries += 1
        return f"view/entry/{self._entries}", entry

    def _share(self, part: Part, branch: Branch) -> Cell:
        share = part.share(branch)
        if share is None or branch.is_empty:
            return Cell()
        own = branch_key(part, branch, "whole" if self.whole else "amount")
        return share_cell(share, own, part_key(part))

    def _whole(self, part: Part, branch: Branch, own: list[str]) -> Cell:
        """The amount of the form: lines rounded together, or one by one where each is an amount of the form."""
        key = branch_key(part, branch, "whole")
        if branch.is_empty:
            return Cell(None, "count", key=key)
        children = tuple(branch_key(part, child, "whole") for child in branch.children)
        mine = sum((child.shown for child in branch.children), branch.amount * 0)
        rest = branch.shown - mine
        parts: list[str] = []
        cells: dict[str, str | tuple[str, ...]] = {}
        if own and branch.entries[0].whole is not None:
            cells["lines"] = tuple(f"{key}/whole" for key in own)
            parts.append("SUM({lines})")
        elif own:
            exact = sum((entry.amount for entry in branch.entries), branch.amount * 0)
            cells["lines"] = tuple(own)
            parts.append(f"ROUND(SUM({{lines}}),0){_moved(rest, exact)}")
        if children:
            cells["below"] = children
            parts.append("SUM({below})")
        formula = Formula("+".join(parts), cells) if parts else None
        return Cell(branch.shown, "count", formula, key)

    def _entry(self, key: str, entry: Entry, depth: int) -> Row:
        row = entry.row
        quantity, price = Cell(), Cell()
        if entry.part in (WHOLE, GROSS):
            look = "rate" if row.basis == "part" else "euro"
            quantity = _copied(
                row.quantity, "euro" if row.basis == "part" else "number", self.keys.of(row, "quantity")
            )
            price = _copied(row.unit_price, look, self.keys.of(row, "price"))
        shown = [amount(entry.amount, self._formula(entry), key)]
        if self.whole:
            shown.append(self._whole_entry(key, entry))
        return Row(
            (
                text(f"{'   ' * (depth + 1)}{entry.label}"), quantity, text(row.unit), price, *shown, Cell(),
                text("remplacé" if row.override is not None else row.basis), text(HOW.get(entry.how, "")),
                text(" ; ".join(SHORT.get(told, told) for told in entry_notes(entry))), text(row.id, "small"),
            )
        )  # fmt: skip

    def _whole_entry(self, key: str, entry: Entry) -> Cell:
        if entry.whole is None:
            return Cell()
        formula = Formula(f"ROUND({{line}},0){_moved(entry.whole, entry.amount)}", {"line": key})
        return Cell(entry.whole, "count", formula, f"{key}/whole")

    def _formula(self, entry: Entry) -> Formula:
        """The line itself, or its part in the proportion of the slips; charges are what is left."""
        line = self.keys.of(entry.row)
        pay = self.keys.pay(entry.row)
        if entry.part == WHOLE or pay is None:
            return same_as(line)
        index, cost = pay
        if entry.part != SOCIAL:
            return _part_formula(line, index, cost, entry.part)
        taken = {part: _part_formula(line, index, cost, part) for part in (GROSS, TAX, LEAVE)}
        cells: dict[str, str | tuple[str, ...]] = {"line": line}
        words = ["{line}"]
        for part, formula in taken.items():
            if not formula.cells.get("part"):
                continue
            words.append(formula.text.replace("{part}", f"{{{part}}}"))
            cells |= {part: formula.cells["part"], "whole": formula.cells["whole"]}
        return Formula("-".join(words), cells)


def _part_formula(line: str, index: int, cost: PayCost, part: str) -> Formula:
    """The part of a pay line that its slips give to gross pay, taxes or paid leave."""
    found: list[str] = []
    for month, monthly in enumerate(cost.slips):
        slip = f"slip/{index}/{month}"
        if part == GROSS:
            found.append(f"{slip}/gross")
            continue
        found += [
            f"{slip}/{number}/amount"
            for number, line_of in enumerate(monthly.slip.lines)
            if line_of.payer == "employer" and part_of(line_of.id) == part
        ]
    wholes = tuple(f"slip/{index}/{month}/whole" for month in range(len(cost.slips)))
    return Formula(
        "ROUND({line}*SUM({part})/SUM({whole}),2)", {"line": line, "part": tuple(found), "whole": wholes}
    )


def share_cell(share: Decimal, own: str, total: str) -> Cell:
    """A heading's part of the total, to the hundredth of a per cent."""
    cells = {"own": own, "all": total}
    return Cell(round_half_up(share, Decimal("0.0001")), "rate", Formula("ROUND({own}/{all},4)", cells))


def _moved(whole: Decimal, exact: Decimal) -> str:
    """What the largest remainder moved an amount by, as the end of a formula."""
    moved = whole - round_half_up(exact, ONE)
    return f"{moved:+f}" if moved else ""


def _copied(value: Decimal | None, look: str, key: str) -> Cell:
    return Cell() if value is None else Cell(value, look, same_as(key))
