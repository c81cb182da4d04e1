"""Several cells pasted from a spreadsheet: every row is read first, and nothing is written unless all are right."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from filage.facts.budget import BudgetLine
from filage.kernel.changes import Change, add
from filage.kernel.errors import FilageError
from filage.kernel.expression import evaluate
from filage.kernel.money import round_half_up
from filage.kernel.step import Step
from filage_web.budget.cells import CellError, ReasonNeeded, changes_of, values_of
from filage_web.budget.grid import Grid, Group, Line
from filage_web.forms import french_input
from filage_web.forms.identifiers import new_id
from filage_web.templatetags.french import amount

COLUMNS: Final = ("label", "quantity", "unit_price", "amount", "committed")
ROWS: Final = 500


class PasteError(FilageError):
    """A paste refused: one message per row that is wrong."""

    def __init__(self, messages: Collection[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(self.messages))


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste writes: changes, and the lines it touches."""

    changes: tuple[Change, ...]
    touched: tuple[Line, ...]
    rows: int


def cells_in(text: str) -> list[list[str]]:
    """Cut what a spreadsheet puts in the clipboard: rows by line, cells by tabulation."""
    return [
        row.split("\t") for row in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    ]


def paste(
    grid: Grid, start: str, field: str, text: str, variables: Mapping[str, Step], taken: Collection[str]
) -> Pasted:
    """Read a paste from the cell where it starts; rows beyond the last line of the post become new lines.

    PasteError says, row by row, everything that is wrong.
    """
    rows = cells_in(text)
    group = next((one for one in grid.groups() if any(line.row.id == start for line in one.lines)), None)
    if group is None or field not in COLUMNS:
        raise PasteError(["Collez sur une case d’une ligne du budget."])
    if len(rows) > ROWS:
        raise PasteError([f"{len(rows)} lignes d’un coup : {ROWS} au plus."])
    columns = COLUMNS[COLUMNS.index(field) :]
    first = next(rank for rank, line in enumerate(group.lines) if line.row.id == start)
    changes: list[Change] = []
    touched: list[Line] = []
    wrong: list[str] = []
    for rank, cells in enumerate(rows):
        try:
            given = _by_column(cells, columns)
            if first + rank < len(group.lines):
                line = group.lines[first + rank]
                changes += _existing(line, given, variables)
                touched.append(line)
            else:
                changes.append(_new(group, given, variables, {*taken, *(change.id for change in changes)}))
        except ReasonNeeded as error:
            wrong.append(_said(rank, f"{error} se calcule : remplacez-la seule, avec sa raison."))
        except CellError as error:
            wrong.append(_said(rank, str(error)))
    if wrong:
        raise PasteError(wrong)
    return Pasted(tuple(changes), tuple(touched), len(rows))


def _by_column(cells: list[str], columns: tuple[str, ...]) -> dict[str, str]:
    if len(cells) > len(columns):
        message = f"{len(cells)} cases pour {len(columns)} colonnes."
        raise CellError(message)
    return dict(zip(columns, cells, strict=False))


def _said(rank: int, message: str) -> str:
    return f"Ligne collée {rank + 1} : {message}"


def _existing(line: Line, given: Mapping[str, str], variables: Mapping[str, Step]) -> list[Change]:
    changes: list[Change] = []
    values = dict(given)
    if "amount" in values and "amount" not in line.raw:
        _check_amount(values.pop("amount"), values, line.raw, variables)
    for field, text in values.items():
        if field == "unit_price" and "rate" in line.raw:
            changes += changes_of(line, "rate", text, variables)
        elif field in line.raw or text.strip():
            changes += changes_of(line, field, text, variables)
    return changes


def _new(
    group: Group, given: Mapping[str, str], variables: Mapping[str, Step], taken: Collection[str]
) -> Change:
    if not group.code:
        message = "au-delà de la dernière ligne ; ajoutez les produits dans Financement ou Prix de cession."
        raise CellError(message)
    if not given.get("label", "").strip():
        message = f"au-delà de la dernière ligne du poste {group.code} ; collez à partir de la colonne Poste."
        raise CellError(message)
    values = dict(given)
    wanted = values.pop("amount", "")
    read: dict[str, str] = {"phase": group.key.partition("-")[0], "post": group.code}
    for field, text in values.items():
        if text.strip():
            read |= {
                key: value for key, value in values_of(field, text, variables).items() if value is not None
            }
    _check_amount(wanted, values, {"quantity": "1", "unit_price": "0"}, variables)
    return add(f"{BudgetLine.kind}/{new_id(BudgetLine.kind, read, taken)}", **read)


def _check_amount(
    text: str, given: Mapping[str, str], raw: Mapping[str, str], variables: Mapping[str, Step]
) -> None:
    """A pasted « prévu » must be what its line computes."""
    if not text.strip():
        return
    try:
        wanted = french_input.amount(text)
    except ValueError as error:
        raise CellError(str(error)) from None
    factors = []
    for field in ("quantity", "unit_price"):
        typed = given.get(field, "").strip()
        written = values_of(field, typed, variables)[field] if typed else raw.get(field)
        factors.append(evaluate(written or "0", variables).value)
    computed = round_half_up(factors[0] * factors[1])
    if computed != round_half_up(evaluate(wanted, {}).value):
        message = f"« {text.strip()} » : le prévu se calcule, quantité × prix unitaire = {amount(computed)}."
        raise CellError(message)
