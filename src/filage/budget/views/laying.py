"""A budget laid out in a presentation: the same lines, the same totals, other headings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE, RECEIPT
from filage.budget.views.pieces import PART_LABELS, WHOLE, Piece, costs_of_rows, pieces_of
from filage.budget.views.places import CHOSEN, Placer, misplaced, place_of
from filage.budget.views.view import Node
from filage.kernel.money import ONE, ZERO, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from filage.budget.lines import Budget, BudgetRow
    from filage.budget.views.view import BudgetView
    from filage.facts.dossier import Dossier
    from filage.payroll.engagement import PayCost

NO_PLACE = "Sans place dans cette présentation"
COUNTERPART = "Contrepartie à préciser"
TITLES = {
    (EXPENSE, False): "Charges", (RECEIPT, False): "Produits",
    (EXPENSE, True): "Emplois des contributions en nature (86)", (RECEIPT, True): "Contributions en nature (87)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A line, or a part of it, under a heading: how it came there, its amount, and in whole euros where that counts."""

    row: BudgetRow
    part: str
    amount: Decimal
    how: str
    whole: Decimal | None = None

    @property
    def label(self) -> str:
        """The name of the line, and of its part."""
        return self.row.label if self.part == WHOLE else f"{self.row.label}, {PART_LABELS[self.part]}"


@dataclass(frozen=True, slots=True)
class Branch:
    """A heading with its own lines and the headings under it; `whole` is its amount where cents are dropped."""

    node: Node
    entries: tuple[Entry, ...]
    children: tuple[Branch, ...]
    amount: Decimal
    whole: Decimal | None = None

    @property
    def shown(self) -> Decimal:
        """The amount a reader sees, in euros."""
        return self.amount if self.whole is None else self.whole

    @property
    def is_empty(self) -> bool:
        """Whether no line stands there or below."""
        return not self.entries and all(child.is_empty for child in self.children)

    def every(self) -> Iterator[Branch]:
        """Yield the heading, then those below it, in order."""
        yield self
        for child in self.children:
            yield from child.every()


@dataclass(frozen=True, slots=True)
class Part:
    """One side: its headings, what has no place among them, its total; contributions in kind are parts of their own.

    `counterpart` is what one of the two sides in kind lacks to be equal to the other, shown as one more line.
    """

    side: str
    valued: bool
    branches: tuple[Branch, ...]
    unplaced: Branch | None
    amount: Decimal
    whole: Decimal | None = None
    counterpart: Decimal = ZERO

    @property
    def title(self) -> str:
        """What a reader calls it."""
        return TITLES[self.side, self.valued]

    @property
    def shown(self) -> Decimal:
        """The total a reader sees, in euros, counterpart included."""
        return (self.amount if self.whole is None else self.whole) + self.counterpart

    def every(self) -> Iterator[Branch]:
        """Yield every heading in order, then what has no place."""
        for branch in self.branches:
            yield from branch.every()
        if self.unplaced is not None:
            yield self.unplaced

    def entries(self) -> Iterator[Entry]:
        """Yield every line."""
        for branch in self.every():
            yield from branch.entries

    def share(self, branch: Branch) -> Decimal | None:
        """A heading's part of the total, a fraction; None when the total is zero."""
        return branch.shown / self.shown if self.shown else None


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A budget in one presentation; `notices` say what is wrong with places chosen by hand."""

    view: BudgetView
    expense: Part
    income: Part
    valued_expense: Part
    valued_income: Part
    left_out: tuple[BudgetRow, ...]
    notices: tuple[str, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The sides that have something to show: charges and income always, contributions in kind when there are."""
        valued = (self.valued_expense, self.valued_income)
        return (self.expense, self.income, *(valued if any(part.shown for part in valued) else ()))

    @property
    def balance(self) -> Decimal:
        """Income less expense as shown, in euros."""
        return self.income.shown - self.expense.shown

    @property
    def unplaced(self) -> tuple[Entry, ...]:
        """The lines without a place."""
        return tuple(entry for part in self.parts if part.unplaced for entry in part.unplaced.entries)

    @property
    def guessed(self) -> int:
        """How many lines stand where their name suggests."""
        return len({e.row.id for part in self.parts for e in part.entries() if e.how == "words"})


def lay_out(view: BudgetView, dossier: Dossier, budget: Budget, costs: Sequence[PayCost] = ()) -> LaidOut:
    """Lay a budget out in a presentation. Every line that counts is there once: the totals are those of the budget.

    `costs` (of the outcome) lets presentations that part pay from charges do so; amounts in euros.
    """
    placed: dict[tuple[str, bool], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    notices: list[str] = []
    placer, paid = Placer(view, dossier), costs_of_rows(budget, costs) if view.splits_pay else {}
    for row in budget.rows:
        if row.off:
            continue
        for code, entry in _entries(row, placer, paid, notices):
            placed[row.side, row.valued][code].append(entry)
    parts = {
        (side, valued): _part(view, side, placed[side, valued], valued=valued)
        for side in (EXPENSE, RECEIPT)
        for valued in (False, True)
    }
    given, received = _balanced(parts[EXPENSE, True], parts[RECEIPT, True])
    return LaidOut(
        view,
        parts[EXPENSE, False],
        parts[RECEIPT, False],
        given,
        received,
        tuple(row for row in budget.rows if row.off),
        tuple(notices),
    )


def _entries(
    row: BudgetRow, placer: Placer, paid: dict[str, tuple[int, PayCost]], notices: list[str]
) -> Iterator[tuple[str, Entry]]:
    """The places of a line: the one chosen by hand, else one for each of its parts."""
    chosen = place_of(row, placer.view)
    if chosen is not None:
        wrong = misplaced(placer.view, chosen, row)
        if not wrong:
            yield chosen, Entry(row, WHOLE, row.shown, CHOSEN)
            return
        notices.append(wrong)
    for piece in pieces_of(row, paid[row.id][1] if row.id in paid else None):
        node, how = placer.place(piece)
        yield node.code if node else "", Entry(row, piece.part, piece.amount, how)


def _part(view: BudgetView, side: str, placed: dict[str, list[Entry]], *, valued: bool) -> Part:
    found = {code: tuple(entries) for code, entries in placed.items()}
    amount = sum((entry.amount for entries in found.values() for entry in entries), ZERO)
    rounded = _rounded(view, found, amount) if view.whole_euros else {}
    branches = tuple(
        branch
        for node in view.children[None]
        if (node.side, node.valued) == (side, valued)
        and (branch := _branch(view, node, found, rounded)) is not None
    )
    unplaced = None
    if found.get(""):
        unplaced = _branch(view, Node("", NO_PLACE, None, side, valued), found, rounded)
    return Part(
        side, valued, branches, unplaced, amount, round_half_up(amount, ONE) if view.whole_euros else None
    )


def _branch(
    view: BudgetView, node: Node, found: dict[str, tuple[Entry, ...]], rounded: dict[str, tuple[Decimal, ...]]
) -> Branch | None:
    """A heading and those below it; None when nothing stands there and the presentation does not show blanks."""
    children = tuple(
        branch
        for child in view.children.get(node.code, ())
        if node.code and (branch := _branch(view, child, found, rounded)) is not None
    )
    entries = found.get(node.code, ())
    if not entries and not children and not view.shows_empty:
        return None
    amount = sum((entry.amount for entry in entries), ZERO) + sum((child.amount for child in children), ZERO)
    if not view.whole_euros:
        return Branch(node, entries, children, amount)
    own = rounded.get(node.code, ())
    if _one_by_one(node):
        entries = tuple(
            Entry(e.row, e.part, e.amount, e.how, whole) for e, whole in zip(entries, own, strict=True)
        )
    return Branch(node, entries, children, amount, sum((c.shown for c in children), sum(own, ZERO)))


def _one_by_one(node: Node) -> bool:
    """Whether each line of a heading is an amount of the form: grants, and what has no place."""
    return node.lists or not node.code


def _rounded(
    view: BudgetView, found: dict[str, tuple[Entry, ...]], amount: Decimal
) -> dict[str, tuple[Decimal, ...]]:
    """The amounts of a form in whole euros, by heading: by largest remainder, so that they add up to the total."""
    units: list[tuple[str, Decimal]] = []
    for code, entries in found.items():
        if not code or _one_by_one(view.by_code[code]):
            units += [(code, entry.amount) for entry in entries]
        else:
            units.append((code, sum((entry.amount for entry in entries), ZERO)))
    wholes = whole_euros([value for _, value in units], round_half_up(amount, ONE))
    rounded: dict[str, tuple[Decimal, ...]] = defaultdict(tuple)
    for (code, _), whole in zip(units, wholes, strict=True):
        rounded[code] += (whole,)
    return dict(rounded)


def whole_euros(amounts: Iterable[Decimal], total: Decimal) -> tuple[Decimal, ...]:
    """Drop the cents by largest remainder: each amount moves by less than one euro, and they add up to `total`.

    `total` is the sum of the amounts rounded half-up.
    """
    amounts = tuple(amounts)
    floors = [amount.to_integral_value(ROUND_FLOOR) for amount in amounts]
    left = int(total - sum(floors, ZERO))
    by_remainder = sorted(range(len(amounts)), key=lambda i: (floors[i] - amounts[i], i))
    for index in by_remainder[:left]:
        floors[index] += 1
    return tuple(floors)


def _balanced(given: Part, received: Part) -> tuple[Part, Part]:
    """The two sides of contributions in kind, made equal: the lesser gets a line for what it lacks."""
    lacking = given.shown - received.shown
    if lacking > 0:
        return given, _with_counterpart(received, lacking)
    return (_with_counterpart(given, -lacking), received) if lacking else (given, received)


def _with_counterpart(part: Part, amount: Decimal) -> Part:
    return Part(part.side, part.valued, part.branches, part.unplaced, part.amount, part.whole, amount)


__all__ = ["Branch", "Entry", "LaidOut", "Part", "Piece", "lay_out", "whole_euros"]
