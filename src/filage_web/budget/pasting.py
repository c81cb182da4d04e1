"""Several cells pasted from a spreadsheet: every cell is read first, and nothing is written unless all are right."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from filage.budget.importing.words import is_balance, is_total
from filage.facts.budget import BudgetLine
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import FilageError
from filage.kernel.expression import evaluate
from filage.kernel.money import round_half_up
from filage.kernel.step import Step
from filage.kernel.text import fold
from filage_web.budget.cells import CellError, ReasonNeeded, changes_of, values_of
from filage_web.budget.grid import Grid, Group, Line
from filage_web.forms import french_input
from filage_web.forms.identifiers import new_id
from filage_web.templatetags.french import amount

COLUMNS: Final = ("label", "quantity", "unit_price", "amount", "committed")
NUMBERS: Final = ("quantity", "unit_price", "amount", "committed", "rate")
UNIT: Final = "unit"
ROWS: Final = 500
_HEADINGS: Final = frozenset(
    {"libelle", "poste", "designation", "intitule", "quantite", "qte", "nombre", "prix", "prix unitaire", "pu", "unite",
     "montant", "total", "prevu", "engage", "cout"}
)  # fmt: skip
_OTHER_MONEY: Final = re.compile(r"[$£¥₣]|\b(usd|gbp|chf|cad|jpy)\b", re.IGNORECASE)
_MONEY: Final = re.compile(r"(€|\beuros?\b|\beur\b|\bht\b|\bttc\b)", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"\(\s*(.*\d.*?)\s*\)")
_FIGURES: Final = re.compile(r"[-−]?[\d\s\u00a0\u202f.,]*\d")


class PasteError(FilageError):
    """A paste refused: one message per cell that is wrong."""

    def __init__(self, messages: Collection[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(self.messages))


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste writes: changes, and the lines it touches."""

    changes: tuple[Change, ...]
    touched: tuple[Line, ...]
    rows: int
    totals: tuple[str, ...] = ()
    """The names of the rows left aside: they only add others up."""


def cells_in(text: str) -> list[list[str]]:
    """Cut what a spreadsheet puts in the clipboard: rows by line, cells by tabulation."""
    return [
        row.split("\t") for row in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    ]


def figure(text: str) -> str:
    """A figure as a spreadsheet shows it, made one that a cell reads: « (1 200) » is negative, « 45,00 EUR HT » bare.

    CellError for another currency; what is not a figure (an expression, « 3 semaines ») stays as it is.
    """
    if _OTHER_MONEY.search(text):
        message = f"« {text.strip()} » est dans une autre monnaie : convertissez en euros."
        raise CellError(message)
    bare = _MONEY.sub("", text).strip()
    bracketed = _BRACKETED.fullmatch(bare)
    if bracketed and _FIGURES.fullmatch(bracketed[1]):
        return f"-{bracketed[1]}"
    if bare.endswith(("-", "−")) and _FIGURES.fullmatch(bare[:-1].strip()):
        return f"-{bare[:-1].strip()}"
    return bare if _FIGURES.fullmatch(bare) else text


def columns_of(rows: list[list[str]], field: str) -> tuple[str, ...]:
    """The column of each cell from the one where a paste starts; units after quantities are known as such."""
    columns = COLUMNS[COLUMNS.index(field) :]
    if "quantity" not in columns:
        return columns
    place = columns.index("quantity") + 1
    words = [row[place].strip() for row in rows if len(row) > place + 1 and row[place].strip()]
    if words and all(word[0].isalpha() and not re.search(r"[*+/()]|_", word) for word in words):
        return (*columns[:place], UNIT, *columns[place:])
    return columns


def without_headings(rows: list[list[str]]) -> tuple[list[list[str]], int]:
    """The rows without the one that names the columns, and how many were left out."""
    first = [fold(cell).strip(" .:") for cell in rows[0] if cell.strip()]
    named = len(first) > 1 and all(cell in _HEADINGS for cell in first)
    return (rows[1:], 1) if named else (rows, 0)


def without_totals(rows: list[list[str]], field: str) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    """The rows with their rank in the paste, without those that add others up nor the blank ones that part them off.

    A row is a total by its name, in the column of names, and by the figure beside it.
    """
    ranked = list(enumerate(rows))
    totals = [rank for rank, row in ranked if field == "label" and _is_total(row)]
    if not totals:
        return ranked, ()
    kept = [(rank, row) for rank, row in ranked if rank not in totals and any(cell.strip() for cell in row)]
    return kept, tuple(rows[rank][0].strip() for rank in totals)


def _is_total(row: list[str]) -> bool:
    named = is_total(row[0]) or is_balance(row[0])
    return named and any(cell.strip() for cell in row[1:])


def paste(
    grid: Grid, start: str, field: str, text: str, variables: Mapping[str, Step], taken: Collection[str]
) -> Pasted:
    """Read a paste from the cell where it starts; rows beyond the last line of the post become new lines.

    PasteError says, cell by cell, everything that is wrong.
    """
    rows, left_out = without_headings(cells_in(text))
    group = next((one for one in grid.groups() if any(row.id == start for row in one.shown)), None)
    if group is None or field not in COLUMNS:
        raise PasteError(["Collez sur une case d’une ligne du budget."])
    if len(rows) > ROWS:
        raise PasteError([f"{len(rows)} lignes d’un coup : {ROWS} au plus. Importez plutôt le tableur."])
    kept, totals = without_totals(rows, field)
    if not kept:
        raise PasteError(["Il n’y a que des totaux : le budget les compte lui-même."])
    columns = columns_of([cells for _rank, cells in kept], field)
    first = next(rank for rank, line in enumerate(group.lines) if line.row.id == start)
    changes: list[Change] = []
    touched: list[Line] = []
    wrong: list[str] = []
    for place, (rank, cells) in enumerate(kept, first):
        if not any(cell.strip() for cell in cells):
            continue
        problems: list[str] = []
        given = _by_column(cells, columns, problems)
        if place < len(group.lines):
            line = group.lines[place]
            changes += _existing(line, given, variables, problems)
            touched.append(line)
        else:
            added = _new(group, given, variables, {*taken, *(change.id for change in changes)}, problems)
            changes += [added] if added else []
        wrong += [f"Ligne collée {rank + 1 + left_out} : {problem}" for problem in problems]
    if wrong:
        raise PasteError(wrong)
    return Pasted(tuple(changes), tuple(touched), len(kept), totals)


def _by_column(cells: list[str], columns: tuple[str, ...], problems: list[str]) -> dict[str, str]:
    if len([cell for cell in cells if cell.strip()]) > len(columns):
        problems.append(f"{len(cells)} cases pour {len(columns)} colonnes.")
        return {}
    given: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        try:
            given[column] = figure(cell) if column in NUMBERS else cell
        except CellError as error:
            problems.append(str(error))
    return given


def _existing(
    line: Line, given: Mapping[str, str], variables: Mapping[str, Step], problems: list[str]
) -> list[Change]:
    changes: list[Change] = []
    values = dict(given)
    unit = values.pop(UNIT, "").strip()
    if unit and "quantity" in line.raw and "label" in line.raw:
        changes.append(set_(line.row.about, unit=unit))
    wanted = values.pop("amount", "") if "amount" not in line.raw else ""
    for field, text in values.items():
        cell = "rate" if field == "unit_price" and "rate" in line.raw else field
        if cell not in line.raw and not text.strip():
            continue
        try:
            changes += changes_of(line, cell, text, variables)
        except ReasonNeeded as error:
            problems.append(f"{error} se calcule : remplacez-la seule, avec sa raison.")
            break
        except CellError as error:
            problems.append(str(error))
    if wanted and not problems:
        _check_amount(wanted, values, line.raw, variables, problems)
    return changes


def _new(
    group: Group,
    given: Mapping[str, str],
    variables: Mapping[str, Step],
    taken: Collection[str],
    problems: list[str],
) -> Change | None:
    if not group.adds:
        problems.append(
            "au-delà de la dernière ligne ; ajoutez les produits dans Financement ou Prix de cession."
        )
        return None
    if not given.get("label", "").strip():
        problems.append(
            f"au-delà de la dernière ligne du poste {group.code} ; collez à partir de la colonne Poste."
        )
        return None
    values = dict(given)
    wanted, unit = values.pop("amount", ""), values.pop(UNIT, "").strip()
    read: dict[str, str] = dict(group.adds) | ({UNIT: unit} if unit else {})
    for field, text in values.items():
        if not text.strip():
            continue
        try:
            found = values_of(field, text, variables)
        except CellError as error:
            problems.append(str(error))
            continue
        read |= {key: value for key, value in found.items() if value is not None}
    if wanted.strip() and "unit_price" not in read and not problems:
        read |= _priced_by(wanted, read, problems)
    elif not problems:
        _check_amount(wanted, values, {"quantity": "1", "unit_price": "0"}, variables, problems)
    return add(f"{BudgetLine.kind}/{new_id(BudgetLine.kind, read, taken)}", **read)


def _priced_by(wanted: str, read: Mapping[str, str], problems: list[str]) -> dict[str, str]:
    """A total without a unit price: the price of one, when the quantity is one."""
    if read.get("quantity", "1") != "1":
        problems.append(f"« {wanted.strip()} » : donnez le prix unitaire, le prévu en découle.")
        return {}
    try:
        return {"unit_price": french_input.amount(wanted)}
    except ValueError as error:
        problems.append(str(error))
        return {}


def _check_amount(
    text: str,
    given: Mapping[str, str],
    raw: Mapping[str, str],
    variables: Mapping[str, Step],
    problems: list[str],
) -> None:
    """A pasted « prévu » must be what its line computes."""
    if not text.strip():
        return
    try:
        wanted = french_input.amount(text)
    except ValueError as error:
        problems.append(str(error))
        return
    factors = []
    for field in ("quantity", "unit_price"):
        typed = given.get(field, "").strip()
        written = values_of(field, typed, variables)[field] if typed else raw.get(field)
        factors.append(evaluate(written or "0", variables).value)
    computed = round_half_up(factors[0] * factors[1])
    if computed != round_half_up(evaluate(wanted, {}).value):
        problems.append(
            f"« {text.strip()} » : le prévu se calcule, quantité × prix unitaire = {amount(computed)}."
        )
