"""What was understood of a budget: its lines, what was refused and why, what its totals say against ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from filage.budget.importing.columns import ColumnMap
from filage.kernel.money import ZERO

Keep = Literal["amount", "product"]
Twice = Literal["keep", "once"]
Pay = Literal["kept", "computed"]
Phase = Literal["production", "exploitation"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person who imports decides once for the whole sheet.

    `keep`: which of an amount and of quantity × price counts when they differ; `twice`: whether a line written twice
    counts once; `pay`: whether lines of pay become positions that Filage computes; `phase`: of what says none.
    """

    keep: Keep = "amount"
    twice: Twice = "keep"
    pay: Pay = "kept"
    phase: Phase = "production"
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line understood, in euros before tax; `doubts` say in French what was settled on the way."""

    row: int
    cell: str
    label: str
    side: str
    phase: str
    amount: Decimal
    quantity: str = "1"
    unit: str = ""
    unit_price: Decimal = ZERO
    post: str = ""
    """The heading it stands under, as written; empty when nothing says."""
    post_code: str = ""
    code: str = ""
    account: str = ""
    vat_rate: Decimal | None = None
    committed: Decimal | None = None
    valued: bool = False
    state: str = ""
    owner: str = ""
    date: str = ""
    note: str = ""
    ident: str = ""
    priced: bool = True
    """Whether it has an amount; « à chiffrer » keeps the line without one."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not taken: which, which cell, why, and what to do about it."""

    row: int
    cell: str
    label: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Left:
    """A row that holds no line: a heading without lines, a line without amount, a hidden row."""

    row: int
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """A total of the file, what its lines add up to, in euros, and how many they are."""

    row: int
    label: str
    stated: Decimal
    found: Decimal
    lines: int

    @property
    def difference(self) -> Decimal:
        """What the file says more than its lines; under a cent, it is rounding."""
        gap = self.stated - self.found
        return gap if abs(gap) > Decimal("0.01") * max(1, self.lines) ** Decimal("0.5") else ZERO


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet understood: nothing is written yet, and nothing is lost of what it says."""

    file: str
    sheet: str
    mapping: ColumnMap
    headers: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    left: tuple[Left, ...] = ()
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()
    choices: Choices = field(default_factory=Choices)
    posts: Mapping[str, str] = field(default_factory=dict)
    """The headings that hold lines, and their code when the file gives one."""
    headings: tuple[int, ...] = ()
    """The rows that open a chapter, a side or a phase."""

    def total(self, side: str) -> Decimal:
        """What the lines of a side add up to, free contributions apart."""
        return sum((line.amount for line in self.lines if line.side == side and not line.valued), ZERO)
