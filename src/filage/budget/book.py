"""The budget as a sheet of a workbook: posts and lines whose amounts are formulas over variables and pay slips."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from filage.budget.book_variables import group_key
from filage.budget.chapters import PHASES, chapters, valued_chapters
from filage.budget.formula import spreadsheet_formula
from filage.budget.lines import EXPENSE, RECEIPT
from filage.budget.posts import INCOME
from filage.facts.budget import BudgetLine
from filage.kernel import french
from filage.kernel.expression import constant
from filage.kernel.table import Cell, Column, Formula, Row, Sheet, amount, note, sum_of, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from filage.budget.chapters import Chapter
    from filage.budget.lines import Budget, BudgetRow
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.logistics.travel import TravelCost
    from filage.payroll.engagement import PayCost

COLUMNS = (
    Column("Ligne", 46),
    Column("Quantité", 10, numeric=True),
    Column("Unité", 11),
    Column("Prix unitaire", 12, numeric=True),
    Column("Montant", 15, numeric=True),
    Column("Calculé", 13, numeric=True),
    Column("Origine", 12),
    Column("Compte", 8),
    Column("TVA", 8, numeric=True),
    Column("Remarque", 40),
    Column("Identifiant", 32, printed=False),
)
PAID = ("pay/", "forecast/")
EXPENSES, INCOMES, BALANCE = "total/expense", "total/income", "total/balance"


def phase_total(side: str, phase: str) -> str:
    """The key of the total of one side of one budget phase."""
    return f"total/{side}/{phase}"


class BudgetKeys:
    """The key of each line's cells, by row, by id and by the step its amount is."""

    def __init__(
        self, dossier: Dossier, budget: Budget, costs: Sequence[PayCost], travel: Sequence[TravelCost]
    ) -> None:
        self.dossier = dossier
        self._number = {id(row): number for number, row in enumerate(budget.rows)}
        self._by_id: dict[str, BudgetRow] = {}
        self._by_step = {id(row.step): row for row in budget.rows}
        self._pay: dict[int, tuple[int, PayCost]] = {}
        waiting: dict[tuple[str, str], list[tuple[int, PayCost]]] = defaultdict(list)
        for index, cost in enumerate(costs):
            for phase, _ in cost.by_phase:
                waiting[(cost.about, phase)].append((index, cost))
        for row in budget.rows:
            self._by_id.setdefault(row.id, row)
            if row.id.startswith(PAID):
                self._pay[id(row)] = waiting[(row.about, row.phase)].pop(0)
        for trip in travel:
            priced = self._by_id.get(trip.about)
            if priced is not None:
                self._by_step[id(trip.amount)] = priced

    def of(self, row: BudgetRow, column: str = "amount") -> str:
        """The key of a cell of a line: amount, computed, quantity or price."""
        return f"row/{self._number[id(row)]}/{column}"

    def counted(self, ident: str, value: Decimal) -> str | None:
        """The cell of the line `ident` that holds `value`: its amount, or what was computed before it was replaced."""
        row = self._by_id.get(ident)
        if row is None:
            return None
        return self.of(row) if row.amount == value else self.of(row, "computed")

    def computed(self, step: Step) -> str | None:
        """The cell of the line whose computed amount is this very step."""
        row = self._by_step.get(id(step))
        return None if row is None else self.of(row, "computed" if has_beside(row) else "amount")

    def pay(self, row: BudgetRow) -> tuple[int, PayCost] | None:
        """The cost behind a pay line, and its rank among the costs."""
        return self._pay.get(id(row))


def has_beside(row: BudgetRow) -> bool:
    """Whether what was computed stands beside what counts: replaced by hand, or in a group that may be left out."""
    return row.override is not None or row.grouped


def budget_book(dossier: Dossier, budget: Budget, keys: BudgetKeys) -> Sheet:
    """Return the sheet « Budget »: every line, the totals of posts and phases, and the balance."""
    found = chapters(dossier, budget)
    rows = [
        *_side(EXPENSE, "Charges", found, budget, keys),
        *_side(RECEIPT, "Produits", found, budget, keys),
        _total(
            "Solde : produits moins charges",
            budget.balance,
            Formula("{i}-{e}", {"i": INCOMES, "e": EXPENSES}),
            BALANCE,
        ),
        *_in_kind(budget, keys),
    ]
    if not budget.rows:
        rows.insert(
            0,
            note("Aucune ligne pour l’instant : postes, trajets, contrats et lignes saisies viendront ici."),
        )
    if not budget.complete:
        rows.append(note("Total incomplet : des taux manquent, les lignes concernées le disent."))
    context = "Les montants sont des formules : changez une variable, une quantité ou un taux, tout suit."
    return Sheet("Budget", context, COLUMNS, tuple(rows))


def _side(side: str, title: str, found: Iterable[Chapter], budget: Budget, keys: BudgetKeys) -> Iterator[Row]:
    own = [chapter for chapter in found if chapter.side == side]
    totals = []
    for phase, label in PHASES.items():
        within = [chapter for chapter in own if chapter.phase == phase]
        if not within:
            continue
        key = phase_total(side, phase)
        totals.append(key)
        posts = tuple(f"{key}/{chapter.code}" for chapter in within)
        yield _total(
            f"{label}, {title.lower()}", budget.total(side, phase), sum_of(posts), key, role="section"
        )
        for chapter, post in zip(within, posts, strict=True):
            yield _head(chapter, post, keys)
            yield from (_line(row, keys) for row in chapter.rows)
    whole = EXPENSES if side == EXPENSE else INCOMES
    yield _total(f"Total des {title.lower()}", budget.total(side), sum_of(tuple(totals)), whole)


def _in_kind(budget: Budget, keys: BudgetKeys) -> Iterator[Row]:
    """Contributions in kind, after the balance: they are no money and change no total."""
    for chapter in valued_chapters(budget):
        cells = tuple(keys.of(row) for row in chapter.rows)
        label = f"{chapter.code}  {chapter.label}, hors des totaux"
        yield _total(label, chapter.amount, sum_of(cells), f"total/valued/{chapter.side}", role="section")
        yield from (_line(row, keys) for row in chapter.rows)


def _total(label: str, value: Decimal, formula: Formula, key: str, role: str = "total") -> Row:
    return Row((text(label), Cell(), Cell(), Cell(), Cell(value, "euro_unit", formula, key)), role)


def _head(chapter: Chapter, key: str, keys: BudgetKeys) -> Row:
    name = chapter.label if chapter.code == INCOME else f"{chapter.code}  {chapter.label}"
    cells = tuple(keys.of(row) for row in chapter.rows)
    return Row((text(name), Cell(), Cell(), Cell(), amount(chapter.amount, sum_of(cells), key)), "group")


def _line(row: BudgetRow, keys: BudgetKeys) -> Row:
    counted, beside = _amounts(row, keys)
    quantity, price = _factors(row, keys)
    vat = Cell(row.vat_rate, "rate", key=keys.of(row, "vat")) if row.vat_rate is not None else Cell()
    return Row(
        (text(row.label), quantity, text(row.unit), price, counted, beside, text(_origin(row)), text(row.account),
         vat, text(_remark(row)), text(row.id, "small")),
    )  # fmt: skip


def _amounts(row: BudgetRow, keys: BudgetKeys) -> tuple[Cell, Cell]:
    """What counts, and beside it what was computed when that is not the same thing.

    The amount of a line in a group is multiplied by the cell of its group, 1 or 0.
    """
    formula = _formula(row, keys)
    if not has_beside(row):
        return amount(row.worth, formula, keys.of(row)), Cell()
    beside = amount(row.step.value, formula, keys.of(row, "computed"))
    if not row.grouped:
        return amount(row.worth, key=keys.of(row)), beside
    cells = {"computed": keys.of(row, "computed"), "group": group_key(row.group or "")}
    full = "{computed}" if row.override is None else f"{row.shown:f}"
    return amount(row.worth, Formula(full + "*{group}", cells), keys.of(row)), beside


def _origin(row: BudgetRow) -> str:
    if row.off:
        return "écarté"
    return "remplacé" if row.override is not None else row.basis


def _remark(row: BudgetRow) -> str:
    """What a reader must know of a line: replaced and why, doubtful, incomplete."""
    notes = []
    if row.override is not None:
        notes.append(f"remplacé à la main (calculé : {french.euro(row.step.value)}) : {row.override}")
    if row.off:
        notes.append(f"écarté avec son groupe ({french.euro(row.shown)})")
    if row.vat_kept and row.vat_rate is not None:
        notes.append("TVA non récupérable comprise")
    if not row.complete:
        notes.append("incomplet : un taux manque")
    if row.confidence == "uncertain":
        notes.append("à vérifier")
    if row.id.startswith(PAID):
        notes.append("coût employeur, voir Paie")
    return " ; ".join(notes)


def _factors(row: BudgetRow, keys: BudgetKeys) -> tuple[Cell, Cell]:
    """The quantity and the unit price, live when the line was typed over variables."""
    typed = keys.dossier.find(row.about, BudgetLine)
    if typed is not None and typed.share_of:
        base = Cell(row.quantity, "euro", sum_of(_base(row, keys)), keys.of(row, "quantity"))
        return base, Cell(row.unit_price, "rate", key=keys.of(row, "price"))
    quantity = typed.quantity if typed else None
    price = (typed.unit_price or "0") if typed else None
    return (
        _factor(row.quantity, quantity, keys.of(row, "quantity"), "number"),
        _factor(row.unit_price, price, keys.of(row, "price"), "euro"),
    )


def _factor(value: Decimal | None, expression: str | None, key: str, look: str) -> Cell:
    live = expression is not None and constant(expression) is None
    return Cell(value, look, Formula(spreadsheet_formula(expression)) if live and expression else None, key)


def _base(row: BudgetRow, keys: BudgetKeys) -> tuple[str, ...]:
    """The cells a share is taken of: each line at the amount the share counted."""
    found = (keys.counted(leaf.rule, leaf.value) for leaf in row.step.leaves())
    return tuple(dict.fromkeys(key for key in found if key is not None))


def _formula(row: BudgetRow, keys: BudgetKeys) -> Formula | None:
    """How the computed amount follows from other cells; None when it was typed as such."""
    pay = keys.pay(row)
    if pay is not None:
        return _pay_formula(row, *pay)
    if row.id.startswith("rebilled/"):
        cells = tuple(key for part in row.step.parts if (key := _rebilled(part, keys)) is not None)
        return sum_of(cells) if len(cells) == len(row.step.parts) else None
    if row.quantity is None or row.unit_price is None:
        return None
    factors = {"quantity": keys.of(row, "quantity"), "price": keys.of(row, "price")}
    if row.id.startswith("cession/"):
        return Formula("{quantity}*{price}", factors)
    if row.vat_kept and row.vat_rate is not None:
        factors["vat"] = keys.of(row, "vat")
        return Formula("ROUND({quantity}*{price}*(1+{vat}),2)", factors)
    return Formula("ROUND({quantity}*{price},2)", factors)


def _pay_formula(row: BudgetRow, index: int, cost: PayCost) -> Formula:
    """The slips' costs, whole or the part of the line's phase, for each person."""
    split = len(cost.by_phase) > 1
    slips = tuple(
        f"slip/{index}/{month}/{row.phase if split else 'whole'}"
        for month, slip in enumerate(cost.slips)
        if not split or row.phase in dict(slip.by_phase)
    )
    whole = sum_of(slips)
    return whole if cost.people == 1 else Formula(f"{cost.people}*{whole.text}", whole.cells)


def _rebilled(part: Step, keys: BudgetKeys) -> str | None:
    """The cell of what is re-billed: the travel as computed, else as replaced by hand."""
    return keys.counted(part.rule, part.value) if part.how == "given" else keys.computed(part)
