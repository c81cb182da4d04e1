"""Expressions of a dossier written as spreadsheet formulas, over cells that carry the variables' names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.kernel.expression import parse

if TYPE_CHECKING:
    from filage.kernel.expression import Node

_SAFE_DIGITS = 9
"""Binary fractions are a hair off: nine decimals are kept before going to the next whole number."""


def cell_name(variable: str) -> str:
    """The name a variable's cell takes: a spreadsheet reads `nb2` as an address and `min` as a function, not `nb2_`."""
    return variable if "_" in variable.rstrip("_") and not variable.endswith("_") else f"{variable}_"


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
