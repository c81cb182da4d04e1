"""Expressions of a dossier written as spreadsheet formulas, over cells that carry the variables' names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filage.kernel.expression import parse

if TYPE_CHECKING:
    from filage.kernel.expression import Node

_ADDRESS = re.compile(r"[a-z]{1,3}[0-9]+|r[0-9]*(c[0-9]*)?|c[0-9]*")
_WORDS = frozenset({"true", "false", "if", "int", "max", "min", "round", "sum"})
_SAFE_DIGITS = 9
"""Binary fractions are a hair off: nine decimals are kept before going to the next whole number."""


def cell_name(variable: str) -> str:
    """The name of a variable's cell: its own, ending in `_` where a spreadsheet would read an address or a function."""
    misread = _ADDRESS.fullmatch(variable) or variable in _WORDS or variable.endswith("_")
    return f"{variable}_" if misread else variable


def spreadsheet_formula(expression: str) -> str:
    """Translate an expression that `evaluate` accepts; ExpressionError when it cannot be read."""
    return _write(parse(expression))


def _write(node: Node) -> str:
    if node.op == "number":
        return node.text
    if node.op == "name":
        return cell_name(node.text)
    return _SHAPES.get(node.op, "({0}{op}{1})").format(*_arguments(node), op=node.op)


def _arguments(node: Node) -> list[str]:
    args = [_write(arg) for arg in node.args]
    return [",".join(args)] if node.op in ("min", "max") else args


_SHAPES = {
    "neg": "(-{0})",
    "min": "MIN({0})",
    "max": "MAX({0})",
    "floor": f"INT(ROUND({{0}},{_SAFE_DIGITS}))",
    "ceil": f"(-INT(ROUND(-({{0}}),{_SAFE_DIGITS})))",
}
