"""What each column of a budget holds, told from its header, then from its content; chosen once, known again."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import yaml

from filage.budget.importing.grid import Flaw, shown
from filage.budget.importing.numbers import amount_in
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from filage.budget.importing.grid import Row, Sheet, Value

ROLES: Final[Mapping[str, str]] = {
    "label": "Libellé", "post": "Poste", "code": "Code", "account": "Compte", "quantity": "Quantité", "unit": "Unité",
    "unit_price": "Prix unitaire", "amount": "Montant HT", "amount_with_vat": "Montant TTC",
    "expense": "Montant en charges", "income": "Montant en produits",
    "production": "Montant en production", "exploitation": "Montant en exploitation",
    "vat_rate": "Taux de TVA", "committed": "Engagé", "side": "Sens", "phase": "Budget", "state": "État",
    "date": "Date", "owner": "Responsable", "note": "Remarque", "ident": "Identifiant",
    "income.label": "Produits : libellé", "income.post": "Produits : poste", "income.code": "Produits : code",
    "income.account": "Produits : compte", "income.quantity": "Produits : quantité",
    "income.unit_price": "Produits : prix unitaire", "income.amount": "Produits : montant",
    "income.state": "Produits : état", "income.note": "Produits : remarque",
    "skip": "Ne pas lire",
}  # fmt: skip
"""What a column may hold, in the words of the page."""
AMOUNTS: Final = ("amount", "amount_with_vat", "expense", "income", "production", "exploitation")
MONEY: Final = (*AMOUNTS, "unit_price", "quantity")
OTHER_SIDE: Final = "income."
_HEADER_WITHIN: Final = 60
_LOOKED_AT: Final = 300
_PUNCTUATION: Final = re.compile(r"[^\w%€]+")
_EVERY: Final = frozenset({"quantity", "note"})
"""Roles several columns may hold: quantities are multiplied, remarks follow each other."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where a sheet says what: its header row (0: none) and the role of each column, A first."""

    header: int
    roles: tuple[str, ...]

    def columns(self, role: str) -> tuple[int, ...]:
        """The columns that hold a role."""
        return tuple(index for index, held in enumerate(self.roles) if held == role)


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    text = files("filage.data").joinpath("importing/headers.yaml").read_text("utf-8")
    return {
        role: frozenset(bare(str(word)) for word in words) for role, words in yaml.safe_load(text).items()
    }


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """A header or label without case, accents nor punctuation."""
    return " ".join(_PUNCTUATION.sub(" ", fold(text)).replace("_", " ").split())


def headers_of(sheet: Sheet, header: int) -> tuple[str, ...]:
    """The texts of the header row, A first; empty when there is none."""
    row = next((row for row in sheet.rows if row.number == header), None)
    return tuple(" ".join(shown(value).split()) for value in row.values) if row and header else ()


def signature(headers: Iterable[str]) -> str:
    """What makes two spreadsheets alike: the words of their headers, in order."""
    told = "|".join(bare(text) for text in headers).strip("|")
    return hashlib.sha256(told.encode()).hexdigest()[:16] if told else ""


def recognise(sheet: Sheet, header: int | None = None) -> ColumnMap:
    """Tell the header row, unless it is given, and the role of each column; a column nothing tells is `skip`."""
    header, scores = _header_row(sheet.rows) if header is None else (header, _scores(sheet.rows, header))
    body = [row for row in sheet.rows if row.number > header][:_LOOKED_AT]
    columns = [_Column(index, [row.at(index) for row in body]) for index in range(sheet.width)]
    roles = _by_header(scores, columns) if header else ["skip"] * len(columns)
    return ColumnMap(header, tuple(_completed(roles, columns)))


def known_again(mapping: ColumnMap, sheet: Sheet, header: int) -> ColumnMap:
    """A mapping chosen before, laid on a sheet with the same headers."""
    width = sheet.width
    return replace(mapping, header=header, roles=(*mapping.roles, *("skip",) * width)[:width])


@dataclass(frozen=True)
class _Column:
    """A column below its header: what kind of values it holds."""

    index: int
    values: list[Value]

    def _share(self, count: int) -> float:
        held = sum(value is not None for value in self.values)
        return count / held if held else 0.0

    @property
    def numbers(self) -> int:
        """How many of its cells hold numbers, or formulas that should give some."""
        return sum(isinstance(value, Flaw) or amount_in(value) is not None for value in self.values)

    @property
    def numeric(self) -> bool:
        """Whether most of what it holds are numbers."""
        return self._share(self.numbers) >= 0.6  # noqa: PLR2004 - a total's words and a remark may stand there

    @property
    def text(self) -> bool:
        """Whether most of what it holds are words."""
        words = sum(isinstance(value, str) and amount_in(value) is None for value in self.values)
        return self._share(words) >= 0.5  # noqa: PLR2004

    @property
    def distinct(self) -> float:
        """How often it says something else."""
        held = [shown(value) for value in self.values if value is not None]
        return len(set(held)) / len(held) if held else 0.0

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(value is not None for value in self.values)


def _header_row(rows: Sequence[Row]) -> tuple[int, dict[int, list[tuple[int, str]]]]:
    """The row whose cells name most columns, money among them; the first of equals."""
    best, found, header = 1.0, {}, 0
    for row in rows[:_HEADER_WITHIN]:
        if row.number > _HEADER_WITHIN:
            break
        told = _told_in(row)
        numbers = sum(isinstance(value, Decimal) and not _is_year(value) for value in row.values)
        names = {scored[0][1] for scored in told.values()}
        strength = sum(scored[0][0] for scored in told.values()) / 3 - numbers
        if strength > best and (names & {*AMOUNTS, "unit_price", "quantity"}) and len(told) > 1:
            best, found, header = strength, told, row.number
    return header, found


def _scores(rows: Sequence[Row], header: int) -> dict[int, list[tuple[int, str]]]:
    """What the cells of a chosen header row name."""
    return next((_told_in(row) for row in rows if row.number == header), {})


def _told_in(row: Row) -> dict[int, list[tuple[int, str]]]:
    """The roles each cell of a row may name, as a header: a year heads amounts."""
    scores = {index: _roles_of(value) for index, value in enumerate(row.values) if isinstance(value, str)}
    years = {index: [(1, "amount")] for index, value in enumerate(row.values) if _is_year(value)}
    return {index: scored for index, scored in scores.items() if scored} | years


def _is_year(value: Value) -> bool:
    """Whether a header is a year, as budgets over several of them have."""
    return isinstance(value, Decimal) and value in range(2000, 2100)


def _roles_of(text: str) -> list[tuple[int, str]]:
    """The roles a header may name, best first: 3 the same words, 2 beginning with them, 1 holding them."""
    said = bare(text)
    if not said or len(said) > 60:  # noqa: PLR2004 - a sentence is no header
        return []
    rank = list(_words())
    found = []
    for role, words in _words().items():
        best = max((_likeness(said, word) for word in words), default=(0, 0))
        if best[0]:
            found.append((best, -rank.index(role), role))
    return [(likeness[0], role) for likeness, _, role in sorted(found, reverse=True)]


def heads_a_column(text: str) -> bool:
    """Whether a text heads a column of money or quantity."""
    return any(score > 1 and role in (*MONEY, "committed", "vat_rate") for score, role in _roles_of(text))


def _likeness(said: str, word: str) -> tuple[int, int]:
    if said == word:
        return 3, len(word)
    if len(word) < 2:  # noqa: PLR2004 - a letter heads a column alone
        return 0, 0
    if said.startswith(f"{word} "):
        return 2, len(word)
    return (1, len(word)) if f" {word} " in f" {said} " else (0, 0)


def _by_header(scores: Mapping[int, list[tuple[int, str]]], columns: list[_Column]) -> list[str]:
    """Give each column the best role its header names, that its content allows and that is still free."""
    roles = ["skip"] * len(columns)
    other = ""
    for column in columns:
        for _, role in scores.get(column.index, ()):
            fitted, side = _fitted(role, column, roles, other)
            if fitted and side is not None:
                other = side
                roles[column.index] = fitted
                break
    return roles


def _fitted(  # noqa: PLR0911 - one line per reason
    role: str, column: _Column, roles: list[str], other: str
) -> tuple[str, str | None]:
    """The role a column takes here, and on which side the next ones are; None when it cannot."""
    if role in ("income", "expense") and (column.text or (not column.filled and role not in roles)):
        if role == "income" and any(held in AMOUNTS for held in roles):
            return f"{OTHER_SIDE}label", OTHER_SIDE
        return ("label", "") if "label" not in roles else ("", None)
    if role in ("label", "code", "account", "post") and column.numeric and role in ("label", "post"):
        role = "code" if role == "post" else ""
    if role in MONEY and column.filled and not column.numbers:
        return "", None
    if not role:
        return "", None
    wanted = other + role
    if wanted not in ROLES:
        return ("skip", other)
    if role == "label" and "label" in roles and any(held in AMOUNTS for held in roles) and not other:
        return f"{OTHER_SIDE}label", OTHER_SIDE
    if wanted in roles and role not in _EVERY:
        return "", None
    return wanted, other


def _completed(roles: list[str], columns: list[_Column]) -> list[str]:
    """What headers left out, told from the content: a label, a price and an amount that multiply."""
    roles = list(roles)
    if "label" not in roles and "post" in roles:
        roles[roles.index("post")] = "label"
    if "label" not in roles:
        texts = [one for one in columns if one.text and roles[one.index] in ("skip", "note")]
        if texts:
            roles[max(texts, key=lambda one: (one.distinct, -one.index)).index] = "label"
    free = [one for one in columns if one.numeric and roles[one.index] == "skip"]
    if not any(role in (*AMOUNTS, "unit_price") for role in roles) and free:
        for one, role in zip(_multiplied(free), ("quantity", "unit_price", "amount"), strict=False):
            roles[one.index] = role
        if "amount" not in roles:
            roles[free[-1].index] = "amount"
    return roles


def _multiplied(columns: list[_Column]) -> tuple[_Column, ...]:
    """Three columns of numbers of which, nearly always, the third is the product of the first two."""
    for third in reversed(columns):
        before = [one for one in columns if one.index < third.index]
        for first in before:
            for second in before:
                if first.index < second.index and _is_product(first, second, third):
                    return first, second, third
    return ()


def _is_product(first: _Column, second: _Column, third: _Column) -> bool:
    cent = Decimal("0.01")
    rows = [
        tuple(amount_in(value) for value in values)
        for values in zip(first.values, second.values, third.values, strict=True)
    ]
    whole = [row for row in rows if None not in row]
    right = sum(abs(a * b - c) <= cent for a, b, c in whole)  # type: ignore[operator]
    return len(whole) > 1 and right >= 0.8 * len(whole)


_PAID_BY = re.compile(r"^(?:nb|nombre|qte|quantite|x)?(?: de| d)? ?(\w+)")


def unit_of_header(text: str) -> str:
    """The unit a header of quantities names: « Nb jours » gives `jours`; empty when it names none."""
    found = _PAID_BY.match(bare(text))
    word = found[1] if found else ""
    plain = {
        "quantite",
        "qte",
        "qty",
        "quantites",
        "nb",
        "nbre",
        "nombre",
        "volume",
        "effectif",
        "x",
        "quantity",
    }
    return "" if word in plain else word
