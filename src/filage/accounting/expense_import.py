"""Expenses read from a spreadsheet or a bank statement: what is new, what is known, what is refused and why.

Nothing is written here: accepted rows give changes, applied together after a preview. The same file read again gives
nothing new: each row leaves a fingerprint (day, words, amount, piece, and its rank among identical rows).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.accounting.duplicates import Known
from filage.accounting.expense_columns import recognised
from filage.budget.importing.grid import Flaw, Value, address, shown
from filage.budget.importing.numbers import amount_in
from filage.budget.importing.workbook import read_workbook
from filage.facts.people import Company
from filage.facts.spending import Expense
from filage.kernel.changes import Change, add
from filage.kernel.errors import BadInput, Problem
from filage.kernel.french import euro
from filage.kernel.money import ZERO, round_half_up
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filage.budget.importing.grid import Row, Sheet
    from filage.facts.dossier import Dossier

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_CENTURY, _SHORT = 2000, 100
_OLDEST, _NEWEST = 1990, 2100
_LONGEST = 300
_ROUNDING = Decimal("0.02")
"""Euros by which the three amounts of a row may differ, each being rounded."""


@dataclass(frozen=True, slots=True)
class ReadExpense:
    """One row that can become an expense; `doubt` says why it may be one already typed."""

    number: int
    expense: Expense
    doubt: str = ""
    notes: tuple[str, ...] = ()

    @property
    def change(self) -> Change:
        """The change that adds it."""
        values = self.expense.model_dump(mode="json", exclude_none=True, exclude={"id"})
        return add(self.expense.about, **values)


@dataclass(frozen=True, slots=True)
class Refused:
    """One row that cannot, its words, and every reason."""

    number: int
    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpenseImport:
    """A file read: rows new, already imported, and refused; `columns` says what was recognised."""

    sheet: str
    columns: Mapping[str, int]
    accepted: tuple[ReadExpense, ...]
    known: tuple[ReadExpense, ...]
    refused: tuple[Refused, ...]
    notes: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        """What the new expenses come to, in euros before tax when it is known."""
        return sum((one.expense.amount for one in self.accepted), ZERO)


def read_expenses(data: bytes, dossier: Dossier, *, name: str) -> ExpenseImport:
    """Read a CSV, XLSX, XLS or ODS of expenses; BadInput when it cannot be opened or no columns are recognised."""
    for sheet in read_workbook(data, name=name):
        head, columns = recognised(sheet)
        if columns:
            return _imported(sheet, head, columns, dossier)
    message = "aucune ligne d’en-têtes reconnue"
    expected = (
        "une colonne Date, une colonne Libellé ou Fournisseur, et Montant, Débit, Montant HT ou Montant TTC"
    )
    raise BadInput(Problem(message, file=name, expected=expected, suggestion="nommez les colonnes ainsi"))


def _imported(sheet: Sheet, head: int, columns: Mapping[str, int], dossier: Dossier) -> ExpenseImport:
    reader = _Reader(sheet, columns, dossier)
    known_prints = {expense.fingerprint for expense in dossier.all(Expense)}
    typed = Known(dossier.all(Expense))
    accepted, known, refused = [], [], []  # type: list[ReadExpense], list[ReadExpense], list[Refused]
    for row in sheet.rows:
        if row.number <= head or not any(value is not None for value in row.values):
            continue
        read = reader.read(row)
        if isinstance(read, Refused):
            refused.append(read)
        elif read.expense.fingerprint in known_prints:
            known.append(read)
        else:
            twin = typed.twin(read.expense)
            accepted.append(replace(read, doubt=f"{twin.why} que « {twin.first.label} »") if twin else read)
    return ExpenseImport(
        sheet.name, columns, tuple(accepted), tuple(known), tuple(refused), (*sheet.notes, *reader.notes)
    )


class _Reader:
    """Rows read one after the other, with what the whole sheet says: a statement, taxes, companies known."""

    def __init__(self, sheet: Sheet, columns: Mapping[str, int], dossier: Dossier) -> None:
        self._columns, self._sheet = columns, sheet
        self._companies = {fold(company.label): company.about for company in dossier.all(Company)}
        self._met: Counter[str] = Counter()
        self._outgoing = -1 if "signed" in columns and self._mostly_negative() else 1
        self.is_statement = "debit" in columns or self._outgoing == -1
        self.notes: list[str] = []
        if self.is_statement:
            self.notes.append(
                "relevé de banque : les montants sont TVA comprise, payés le jour de l’opération"
            )
        elif "with_tax" in columns and "vat" not in columns and "amount" not in columns:
            self.notes.append(
                "montants TTC sans colonne de TVA : ils comptent tels quels, la TVA reste à saisir"
            )

    def _mostly_negative(self) -> bool:
        found = [amount_in(row.at(self._columns["signed"])) for row in self._sheet.rows]
        signs = [value < 0 for value in found if value]
        return sum(signs) * 2 > len(signs)

    def read(self, row: Row) -> ReadExpense | Refused:
        """Return the expense of a row, or everything that is wrong with it."""
        reasons = [
            f"{address(row.number, c)} : {v.reason}" for c, v in enumerate(row.values) if isinstance(v, Flaw)
        ]
        on = self._day(row, "on", reasons, required=True)
        due_on, paid_on = self._day(row, "due_on", reasons), self._day(row, "paid_on", reasons)
        company, label = self._words(row)
        if not label:
            reasons.append("ni libellé ni fournisseur")
        amount, vat = self._amount(row, reasons)
        if reasons or on is None or amount is None:
            return Refused(row.number, self._text(row), tuple(reasons))
        piece = self._cell(row, "piece") or None
        values: dict[str, Any] = {
            "label": label, "company": company, "amount": amount, "vat": vat, "on": on, "due_on": due_on,
            "paid_on": paid_on or (on if self.is_statement else None), "piece": piece,
            "account": self._cell(row, "account") or None, "source": "imported",
        }  # fmt: skip
        mark = self._fingerprint(on, label, amount + (vat or ZERO), piece)
        return ReadExpense(row.number, Expense(id=f"imp-{mark[:12]}", fingerprint=mark, **values))

    def _fingerprint(self, on: date, label: str, amount: Decimal, piece: str | None) -> str:
        same = "|".join((on.isoformat(), fold(label), f"{amount.normalize():f}", fold(piece or "")))
        self._met[same] += 1
        return hashlib.sha256(f"{same}|{self._met[same]}".encode()).hexdigest()[:32]

    def _value(self, row: Row, name: str) -> Value:
        column = self._columns.get(name)
        return None if column is None else row.at(column)

    def _cell(self, row: Row, name: str) -> str:
        return " ".join(shown(self._value(row, name)).split())[:_LONGEST]

    def _text(self, row: Row) -> str:
        return " · ".join(shown(value) for value in row.values if value is not None)[:_LONGEST]

    def _words(self, row: Row) -> tuple[str | None, str]:
        """The company known under that name, and the label; an unknown supplier stays in the label."""
        supplier, label = self._cell(row, "company"), self._cell(row, "label")
        known = self._companies.get(fold(supplier)) if supplier else None
        if known is not None:
            return known, label or supplier
        return None, ", ".join(part for part in (supplier, label) if part)

    def _day(self, row: Row, name: str, reasons: list[str], *, required: bool = False) -> date | None:
        value = self._value(row, name)
        if value is None:
            if required:
                reasons.append("la date manque")
            return None
        found = day_in(value)
        if found is None and not isinstance(value, Flaw):
            reasons.append(f"« {shown(value)} » n’est pas une date : écrivez 14/03/2026")
        return found

    def _number(self, row: Row, name: str, reasons: list[str]) -> Decimal | None:
        value = self._value(row, name)
        if value is None or isinstance(value, Flaw):
            return None
        found = amount_in(value)
        if found is None:
            reasons.append(f"« {shown(value)} » n’est pas un montant : écrivez 1 250,50")
        return None if found is None else round_half_up(found)

    def _amount(self, row: Row, reasons: list[str]) -> tuple[Decimal | None, Decimal | None]:
        """The amount before tax when it is known, and the tax; what is no expense is refused."""
        before = len(reasons)
        read = {name: self._number(row, name, reasons) for name in
                ("amount", "with_tax", "vat", "debit", "credit", "signed")}  # fmt: skip
        if len(reasons) > before:
            return None, None
        amount, vat, with_tax = read["amount"], read["vat"], read["with_tax"]
        if amount is None and read["debit"]:
            with_tax = abs(read["debit"])
        elif amount is None and with_tax is None and read["signed"] is not None:
            with_tax = read["signed"] * self._outgoing
        if amount is None and with_tax is None and read["credit"]:
            with_tax = -abs(read["credit"])
        if self.is_statement and with_tax is not None and with_tax < 0:
            reasons.append(
                "un encaissement, pas une dépense : il se note au financement ou à la facture de vente"
            )
            return None, None
        if amount is None and with_tax is not None:
            amount = with_tax - (vat or ZERO)
        elif amount is not None and vat is None and with_tax is not None:
            vat = with_tax - amount
        if told := _disagree(read["amount"], read["vat"], read["with_tax"]):
            reasons.append(told)
            return None, None
        if not amount:
            reasons.append("le montant manque ou vaut zéro")
            return None, None
        return amount, vat


def _disagree(amount: Decimal | None, vat: Decimal | None, with_tax: Decimal | None) -> str:
    """Why three amounts of a row cannot all be right; empty when they add up or one is missing."""
    if amount is None or vat is None or with_tax is None or abs(with_tax - amount - vat) <= _ROUNDING:
        return ""
    return (
        f"{euro(amount)} HT et {euro(vat)} de TVA font {euro(amount + vat)}, le TTC écrit est {euro(with_tax)} : "
        "corrigez celui des trois qui est faux"
    )


def day_in(value: Value) -> date | None:
    """Read a day: a date of the sheet, « 14/03/2026 », « 14.3.26 », « 2026-03-14 »; else None."""
    if isinstance(value, date):
        return value if _OLDEST <= value.year <= _NEWEST else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _DAY.fullmatch(text):
        day, month, year = map(int, match.groups())
        year += _CENTURY if year < _SHORT else 0
    else:
        return None
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if _OLDEST <= found.year <= _NEWEST else None


def changes_of(read: Iterable[ReadExpense]) -> tuple[Change, ...]:
    """Return the changes that add these expenses, applied together or not at all."""
    return tuple(one.change for one in read)
