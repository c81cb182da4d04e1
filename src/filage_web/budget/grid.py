"""The grid of a budget: production, exploitation, income, contributions in kind; posts; numbered lines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from filage.budget.lines import BudgetRow
from filage.facts.budget import LineOverride
from filage.kernel.money import ZERO
from filage.review import Outcome
from filage_web.budget.search import EVERYTHING, Search


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the grid, with what its cells hold when they are edited."""

    number: str
    row: BudgetRow
    seen: int | None
    """The revision of the typed fact behind it, or of its replacement; None when nothing is stored."""
    raw: Mapping[str, str]
    """What an editor opens on, by field: the expression typed, or the amount. What is absent is not editable."""
    override: LineOverride | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    """What is wrong in a cell, by field: the name at fault and the nearest known one."""
    group: str = ""
    """The name of its group."""

    @property
    def is_computed(self) -> bool:
        """Whether the amount follows from facts and was not replaced by hand."""
        return self.row.computed is not None and self.override is None

    @property
    def is_typed(self) -> bool:
        """Whether it is a line somebody wrote: it may be renamed, moved, removed."""
        return self.row.id.startswith("line/")

    @property
    def anchor(self) -> str:
        """Name the row in the page: where a search of the fact leads."""
        return anchor_of(self.row)

    @property
    def gap(self) -> Decimal | None:
        """What a replacement adds to the computed amount."""
        if self.override is None or self.row.computed is None:
            return None
        return self.row.shown - self.row.computed


def anchor_of(row: BudgetRow) -> str:
    """Name a row in the page."""
    own = row.id.startswith(("line/", "funding/"))
    return row.about.replace("/", "-") if own else "l-" + row.id.replace("/", "-")


class Maker(Protocol):
    """What makes the line of a row, when it is shown."""

    def line(self, number: str, row: BudgetRow) -> Line:
        """The line of a row."""

    def seen(self, row: BudgetRow) -> int | None:
        """The revision of what is stored behind a row."""


@dataclass
class Group:
    """A post: its code, its name, its rows; its lines are made when they are asked for."""

    key: str
    code: str
    label: str
    rows: list[BudgetRow]
    maker: Maker
    is_open: bool = True
    ident: str = ""
    """The id of its fact; empty for one of the usual posts."""
    adds: Mapping[str, str] = field(default_factory=dict)
    """What a line added here holds; empty when lines are not added here."""
    search: Search = EVERYTHING

    @cached_property
    def lines(self) -> list[Line]:
        """Its lines, numbered within the post; those that a search keeps."""
        return [
            self.maker.line(number_of(self.code, rank), row)
            for rank, row in enumerate(self.rows, 1)
            if not self.search or self.search.keeps(row)
        ]

    @cached_property
    def shown(self) -> list[BudgetRow]:
        """The rows that a search keeps."""
        return [row for row in self.rows if self.search.keeps(row)] if self.search else self.rows

    @cached_property
    def amount(self) -> Decimal:
        """The sum of its lines; of what they are worth for contributions in kind."""
        return sum(
            (row.amount or (row.aside if row.valued and not row.off else ZERO) for row in self.rows), ZERO
        )

    @cached_property
    def committed(self) -> Decimal | None:
        """The sum of what is engaged; None when nothing is."""
        return _sum_of(row.committed for row in self.rows)

    @cached_property
    def doubts(self) -> bool:
        """Whether one of its lines is to be checked."""
        return any(is_doubtful(row) for row in self.rows)

    @property
    def signature(self) -> tuple[object, ...]:
        """What its row shows."""
        return (
            self.code,
            self.label,
            self.amount,
            self.committed,
            self.doubts,
            len(self.shown),
            self.is_open,
        )


@dataclass(slots=True)
class Part:
    """Production, exploitation, income or contributions in kind, and its posts."""

    key: str
    label: str
    groups: list[Group]
    counts: bool = True
    """Whether it adds to the totals."""

    @property
    def amount(self) -> Decimal | None:
        """The sum of its posts; None for contributions in kind, whose two sides mirror each other."""
        return sum((group.amount for group in self.groups), ZERO) if self.counts else None

    @property
    def committed(self) -> Decimal | None:
        """The sum of what is engaged; None when nothing is."""
        return _sum_of(group.committed for group in self.groups) if self.counts else None


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole table."""

    parts: tuple[Part, ...]
    count: int
    folds: bool
    """Whether posts come folded."""
    maker: Maker
    search: Search = EVERYTHING

    def groups(self) -> Iterator[Group]:
        """Every post of every part, in order."""
        for part in self.parts:
            yield from part.groups

    def group(self, key: str) -> Group | None:
        """Find a post by its key."""
        return next((group for group in self.groups() if group.key == key), None)

    def lines(self) -> Iterator[Line]:
        """Every line, in order."""
        for group in self.groups():
            yield from group.lines

    def holding(self, ident: str) -> Group | None:
        """The post that holds a line, by the line's id in the outcome or by its anchor."""
        for group in self.groups():
            if any(row.id == ident for row in group.rows):
                return group
        for group in self.groups():
            if any(anchor_of(row) == ident for row in group.rows):
                return group
        return None

    def line(self, ident: str) -> Line | None:
        """Find a line by its id in the outcome, without making the others."""
        for group in self.groups():
            for rank, row in enumerate(group.rows, 1):
                if row.id == ident:
                    return self.maker.line(number_of(group.code, rank), row)
        return None

    @property
    def found(self) -> int:
        """How many lines the search keeps."""
        return sum(len(group.shown) for group in self.groups())


@dataclass(frozen=True, slots=True)
class Totals:
    """What stays at the bottom: charges, engaged, income, and what remains to be found (negative: a surplus)."""

    expense: Decimal
    committed: Decimal
    income: Decimal
    gap: Decimal
    complete: bool
    valued: Decimal = ZERO
    """Contributions in kind, out of the other totals."""

    @property
    def surplus(self) -> Decimal:
        """What is left once the charges are paid."""
        return -self.gap


def totals_of(outcome: Outcome, committed: Mapping[str, Decimal]) -> Totals:
    """Give the totals of an outcome; `committed` is what each line engages."""
    budget = outcome.budget
    return Totals(
        expense=budget.expense,
        committed=sum(committed.values(), ZERO),
        income=budget.income,
        gap=-budget.balance,
        complete=budget.complete,
        valued=max(budget.valued_expense, budget.valued_income),
    )


def number_of(code: str, rank: int) -> str:
    """Number a line within its post: the third of post 30 is 303."""
    if not code.isdigit():
        return str(rank)
    stem = code[:-1] if code.endswith("0") and len(code) > 1 else code
    return f"{stem}{rank:02d}"


def is_doubtful(row: BudgetRow) -> bool:
    """Whether the amount rests on something uncertain or missing."""
    return not row.complete or row.confidence == "uncertain"


def _sum_of(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if known else None
