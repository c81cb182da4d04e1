"""What a cell of the grid writes: a field of a typed line, or a computed amount replaced by hand with its reason."""

import hashlib
import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Final

from filage.facts.budget import BudgetLine, LineOverride
from filage.facts.scalars import canonical_decimal
from filage.kernel.changes import Change, add, remove, set_
from filage.kernel.errors import FilageError
from filage.kernel.expression import ExpressionError, constant, evaluate
from filage.kernel.step import Step
from filage_web.budget.grid import Line
from filage_web.forms import french_input
from filage_web.forms.identifiers import new_id, slug

LABELS: Final = {
    "label": "libellé",
    "quantity": "quantité",
    "unit_price": "prix unitaire",
    "rate": "taux",
    "amount": "montant",
    "committed": "engagé",
}
_COUNTED: Final = re.compile(r"([\d\s\u00a0\u202f.,]*\d)\s+([^\W\d_].*)")
"""« 3 semaines »: a number and its unit."""


class CellError(FilageError):
    """A cell refused: what is wrong and what to write."""


class ReasonNeeded(FilageError):
    """A computed line is about to be replaced: the visitor must say why."""


def changes_of(
    line: Line, field: str, text: str, variables: Mapping[str, Step], *, reason: str = ""
) -> tuple[Change, ...]:
    """Read what was typed in a cell; CellError, or ReasonNeeded when it replaces a computed line."""
    if field not in line.raw:
        message = "Cette case se calcule : elle ne s’écrit pas."
        raise CellError(message)
    if line.override is not None:
        return _replaced_again(line, line.override, text, reason)
    if "label" not in line.raw:
        return _replaced(line, field, text, reason)
    values = values_of(field, text, variables)
    given = {key: value for key, value in values.items() if value is not None}
    clear = tuple(key for key, value in values.items() if value is None)
    return (set_(line.row.about, clear, **given),)


def new_line(adds: Mapping[str, str], label: str, taken: Collection[str]) -> Change:
    """The change that adds a line to a post, with its name alone; CellError when it has none."""
    read = {key: value for key, value in values_of("label", label, {}).items() if value is not None}
    values = {**adds, **read}
    return add(f"{BudgetLine.kind}/{new_id(BudgetLine.kind, values, taken)}", **values)


def values_of(field: str, text: str, variables: Mapping[str, Step]) -> dict[str, str | None]:
    """Read a cell of a typed line as file values; None empties the field."""
    text = text.strip()
    if field != "label":
        text = text.removeprefix("=").strip()  # the habit of a spreadsheet
    if not text:
        if field in ("unit_price", "committed"):
            return {field: None}
        message = (
            f"Le {LABELS[field]} ne reste pas vide."
            if field != "quantity"
            else "La quantité ne reste pas vide."
        )
        raise CellError(message)
    try:
        match field:
            case "label":
                return {field: french_input.label(text)}
            case "rate":
                return {field: french_input.rate(text)}
            case "quantity" | "unit_price":
                return _expression(field, text, variables)
            case _:
                return {field: french_input.amount(text)}
    except ValueError as error:
        raise CellError(str(error)) from None


def _expression(field: str, text: str, variables: Mapping[str, Step]) -> dict[str, str | None]:
    counted = _COUNTED.fullmatch(text)
    if field == "quantity" and counted:
        return {field: french_input.number(counted[1]), "unit": french_input.label(counted[2])}
    written = french_input.expression(text)
    try:
        evaluate(written, variables)
        plain = constant(written)
    except ExpressionError as error:
        raise CellError(_sentence(str(error))) from None
    except ArithmeticError:
        message = "Ce calcul n’a pas de résultat."
        raise CellError(message) from None
    return {field: written if plain is None else canonical_decimal(plain)}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


def _number(text: str) -> str:
    try:
        return french_input.amount(text.strip().removeprefix("="))
    except ValueError as error:
        raise CellError(str(error)) from None


def _replaced(line: Line, field: str, text: str, reason: str) -> tuple[Change, ...]:
    if not text.strip():
        return ()  # nothing in place of the computed amount: it stays
    value = _number(text)
    if Decimal(value) == Decimal(line.raw[field]):
        return ()
    if not reason.strip():
        raise ReasonNeeded(line.row.label)
    about = f"{LineOverride.kind}/{id_of_line(line.row.id)}"
    values = {"line": line.row.id, field: value, "reason": reason.strip()}
    if line.row.computed is not None:
        values["computed_when_set"] = canonical_decimal(line.row.computed)
    return (add(about, **values),)


def id_of_line(line: str) -> str:
    """An id read from the line's own; a long one ends with a digest, so that two lines never share it."""
    name = slug(line)
    if len(name) == len(line):
        return name
    return f"{name[:40]}-{hashlib.sha256(line.encode()).hexdigest()[:7]}"


def _replaced_again(line: Line, override: LineOverride, text: str, reason: str) -> tuple[Change, ...]:
    """Another amount in place of the computed one; an emptied cell gives the computed one back."""
    if not text.strip():
        return (remove(override.about),)
    values = {"amount": _number(text)}
    if line.row.computed is not None:
        values["computed_when_set"] = canonical_decimal(line.row.computed)
    if reason.strip():
        values["reason"] = reason.strip()
    return (set_(override.about, ("quantity", "unit_price"), **values),)
