"""The rows of one side of a sheet before anything is decided: words, numbers, cells that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from filage.budget.importing.columns import AMOUNTS, OTHER_SIDE
from filage.budget.importing.grid import Flaw, Row, Value, shown
from filage.budget.importing.numbers import amount_in, rate_in
from filage.budget.importing.words import is_balance, is_total, says_nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filage.budget.importing.columns import ColumnMap

_MARKED: Final = re.compile(
    r"^((?:[A-Z]\.?)?\d{1,6}(?:[.\-/]\d{1,4})*|[IVX]{1,5}|[A-Z])\s*[-–—.:)]\s*(?=[^\s\d])(.+)$"
)
_SPACED: Final = re.compile(r"^(\d{2,6}(?:\.\d+)*|[A-Z]{3,6}\.\d)\s+(?=[^\W\d])(.+)$")
_ENOUGH: Final = 0.5
_WORDS: Final = (
    "label",
    "post",
    "code",
    "account",
    "unit",
    "side",
    "phase",
    "state",
    "date",
    "owner",
    "note",
    "ident",
)


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell of money that holds something else."""

    column: int
    value: Value


@dataclass(frozen=True, slots=True)
class Raw:
    """One row of one side."""

    row: int
    hidden: bool
    first: int
    """The column its label stands in."""
    words: Mapping[str, str]
    quantities: tuple[Decimal, ...] = ()
    price: Decimal | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    vat_rate: Decimal | None = None
    committed: Decimal | None = None
    unread: Mapping[str, Unread] = field(default_factory=dict)
    dashed: bool = False
    """Whether a dash stands where an amount would."""

    def word(self, role: str) -> str:
        """The text of a role, empty when there is none."""
        return self.words.get(role, "")

    @property
    def label(self) -> str:
        """What the row is called."""
        return self.word("label")

    @property
    def code(self) -> str:
        """Its code or account."""
        return self.word("code") or self.word("account")

    @property
    def has_money(self) -> bool:
        """Whether it holds a number of money, or something where one was expected."""
        return bool(self.amounts or self.quantities or self.unread or self.price is not None)

    @property
    def stated(self) -> Decimal | None:
        """Its amount when it has one alone."""
        return next(iter(self.amounts.values())) if len(self.amounts) == 1 else self.amounts.get("amount")


def sides_of(mapping: ColumnMap) -> tuple[tuple[str, ColumnMap], ...]:
    """Cut a mapping in the two sides it may hold: expenses (or both), then incomes beside them."""
    ours = tuple("skip" if role.startswith(OTHER_SIDE) else role for role in mapping.roles)
    theirs = tuple(
        role.removeprefix(OTHER_SIDE) if role.startswith(OTHER_SIDE) else "skip" for role in mapping.roles
    )
    found = [("", type(mapping)(mapping.header, ours))]
    if any(role != "skip" for role in theirs):
        found.append(("income", type(mapping)(mapping.header, theirs)))
    return tuple(found)


def raws_of(rows: Sequence[Row], mapping: ColumnMap) -> list[Raw]:
    """Read the rows below the header that say something on this side."""
    found = [_total_named(raw) for row in rows if row.number > mapping.header and (raw := _raw(row, mapping))]
    if "ident" in mapping.roles:  # a workbook that Filage wrote: its headings have a code and no identifier
        return [raw if raw.word("ident") else _with_code(raw, spaced=True) for raw in found]
    if mapping.columns("code") or mapping.columns("account"):
        return found
    labels = [raw.label for raw in found if raw.label]
    leading = sum(bool(_SPACED.match(label) or _MARKED.match(label)) for label in labels)
    spaced = bool(labels) and leading >= _ENOUGH * len(labels)
    return [_with_code(raw, spaced=spaced) for raw in found]


def _total_named(raw: Raw) -> Raw:
    """Take for its label the words of a total written in the column of codes: « TOTAL CHARGES » under « N° »."""
    if raw.label or not (is_total(raw.code) or is_balance(raw.code)):
        return raw
    words = {role: text for role, text in raw.words.items() if role not in ("code", "account")}
    return replace(raw, words={**words, "label": raw.code})


def _with_code(raw: Raw, *, spaced: bool) -> Raw:
    """Part the code from the label it leads: « 60 - Achats »; « 10 nuits » is no code unless labels are so written."""
    found = _MARKED.match(raw.label) or (_SPACED.match(raw.label) if spaced or not raw.has_money else None)
    if not found:
        return raw
    words = {**raw.words, "code": found[1], "label": found[2].strip()}
    return replace(raw, words=words)


def _raw(row: Row, mapping: ColumnMap) -> Raw | None:
    words: dict[str, str] = {}
    first = -1
    quantities: list[Decimal] = []
    amounts: dict[str, Decimal] = {}
    numbers: dict[str, Decimal] = {}
    unread: dict[str, Unread] = {}
    dashed = False
    for index, role in enumerate(mapping.roles):
        value = row.at(index)
        if value is None or role == "skip":
            continue
        if role in _WORDS:
            text = " ".join(shown(value).split())
            if role == "code" and isinstance(value, Decimal):
                text = f"{value.normalize():f}"
            words[role] = f"{words[role]} · {text}" if role in words else text
            first = index if role == "label" else first
            continue
        number = rate_in(value) if role == "vat_rate" else amount_in(value)
        if number is None:
            if isinstance(value, str) and says_nothing(value):
                dashed = True
            else:
                unread[role] = Unread(index, value)
        elif role == "quantity":
            quantities.append(number)
        elif role in AMOUNTS:
            amounts[role] = number
        else:
            numbers[role] = number
    if not (words or quantities or amounts or numbers or unread):
        return None
    label_columns = mapping.columns("label")
    first = first if first >= 0 else (label_columns[0] if label_columns else 0)
    return Raw(
        row.number, row.hidden, first, words, tuple(quantities), numbers.get("unit_price"), amounts,
        numbers.get("vat_rate"), numbers.get("committed"), unread, dashed,
    )  # fmt: skip


def unread_words(unread: Unread) -> tuple[str, str]:
    """Why a cell of money cannot be read, and what to do."""
    value = unread.value
    if isinstance(value, Flaw):
        return (
            f"{value.text} : {value.reason}",
            "corrigez la formule dans votre tableur, enregistrez, déposez de nouveau",
        )
    if isinstance(value, str) and value.endswith("%"):
        return (
            f"un pourcentage ({value}) à la place d’un montant",
            "écrivez le montant, ou faites-en ensuite une part de postes",
        )
    if isinstance(value, str):
        return f"montant illisible : « {value} »", "écrivez un nombre, ou videz la case"
    quoted = shown(value)
    return (
        f"une date ({quoted}) à la place d’un nombre",
        "le tableur a pris une fraction ou un décimal pour une date : mettez la case au format nombre",
    )
