"""Quantities written as expressions over named variables: `nb_dates * 6`, never evaluated as Python.

Grammar: numbers (`2`, `1.5`), names, `+ - * / ( )`, and the functions `min`, `max`, `ceil`, `floor`. A comma inside a
number is not accepted, so that `min(1, 2)` has one reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, DivisionByZero, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from filage.kernel import step as steps
from filage.kernel.errors import FilageError
from filage.kernel.text import closest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from filage.kernel.step import Step

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([a-z_][a-z0-9_]*)|(.))")
_FUNCTIONS = ("min", "max", "ceil", "floor")
_MAX_LENGTH = 500
_MAX_DEPTH = 40
_MAX_DIGITS = 15
"""Digits before the point that a number may have, typed or computed: those of the numbers of facts."""


class ExpressionError(FilageError):
    """An expression that cannot be read or evaluated; the message names the culprit."""


@dataclass(frozen=True, slots=True)
class Node:
    """One operation of an expression: a number, a name, a sign or a function, and what it applies to."""

    op: str
    text: str = ""
    args: tuple[Node, ...] = ()


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """Read an expression; ExpressionError says at which character it stops making sense."""
    if len(text) > _MAX_LENGTH:
        message = f"expression de {len(text)} caractères : {_MAX_LENGTH} au plus"
        raise ExpressionError(message)
    reader = _Reader(text)
    node = reader.sum()
    reader.expect_end()
    return node


@lru_cache(maxsize=4096)
def names_in(text: str) -> frozenset[str]:
    """Return the variable names an expression uses."""

    def walk(node: Node) -> set[str]:
        own = {node.text} if node.op == "name" else set()
        return own.union(*(walk(arg) for arg in node.args))

    return frozenset(walk(parse(text)))


def evaluate(text: str, variables: Mapping[str, Step], *, label: str = "", unit: str = "") -> Step:
    """Compute an expression and record how; ExpressionError names an unknown variable and the nearest known one."""
    node = parse(text)
    if node.op == "number":
        return _number(node.text, label or node.text, unit)
    result = _evaluate(node, variables)
    if result.value.adjusted() >= _MAX_DIGITS:
        message = f"« {label or text} » donne un nombre trop grand"
        raise ExpressionError(message)
    return steps.relabelled(result, label or text, unit or result.unit)


@lru_cache(maxsize=4096)
def _number(text: str, label: str, unit: str) -> Step:
    return steps.given(label, text, unit=unit)


def constant(text: str) -> Decimal | None:
    """Return the value of an expression that is a plain number, else None."""
    node = parse(text)
    return Decimal(node.text) if node.op == "number" else None


def _evaluate(node: Node, variables: Mapping[str, Step]) -> Step:
    if node.op == "number":
        return steps.given(node.text, node.text, unit="")
    if node.op == "name":
        return _variable(node.text, variables)
    args = [_evaluate(arg, variables) for arg in node.args]
    label = _name_of(node)
    if node.op == "/" and args[1].value == 0:
        message = f"division par zéro dans « {label} »"
        raise ExpressionError(message)
    try:
        return _OPERATIONS[node.op](label, args)
    except (InvalidOperation, DivisionByZero, OverflowError) as error:
        message = f"« {label} » donne un nombre trop grand"
        raise ExpressionError(message) from error


_RANKS = {"+": 0, "-": 0, "*": 1, "/": 1, "neg": 2}


def _variable(name: str, variables: Mapping[str, Step]) -> Step:
    if name in variables:
        return variables[name]
    near = closest(name, variables)
    message = f"« {name} » inconnu" + (f". Vouliez-vous {near} ?" if near else "")
    raise ExpressionError(message)


def _name_of(node: Node) -> str:
    if node.op in ("number", "name"):
        return node.text
    if node.op in _FUNCTIONS:
        return f"{node.op}({', '.join(_name_of(arg) for arg in node.args)})"
    if node.op == "neg":
        return f"−{_bracketed(node.args[0], 'neg')}"
    sign = {"*": "×", "/": "÷", "-": "−", "+": "+"}[node.op]
    left, right = node.args
    return f"{_bracketed(left, node.op)} {sign} {_bracketed(right, node.op, right=True)}"


def _bracketed(node: Node, inside: str, *, right: bool = False) -> str:
    """The label of an operand, in brackets where its reading depends on them."""
    rank, outer = _RANKS.get(node.op, 3), _RANKS[inside]
    needed = (
        rank < outer
        or (right and rank == outer and inside in "-/")
        or (node.op == "neg" and (right or inside == "neg"))
    )
    return f"({_name_of(node)})" if needed else _name_of(node)


def _whole(rounding: str) -> Callable[[str, list[Step]], Step]:
    def apply(label: str, args: list[Step]) -> Step:
        value = args[0].value.to_integral_value(rounding)
        extra = steps.given("arrondi à l’unité", value - args[0].value, unit=args[0].unit)
        return steps.total(label, [args[0], extra], unit=args[0].unit)

    return apply


_OPERATIONS: dict[str, Callable[[str, list[Step]], Step]] = {
    "+": lambda label, args: steps.total(label, args, unit=args[0].unit),
    "-": lambda label, args: steps.difference(label, *args, unit=args[0].unit),
    "*": lambda label, args: steps.product(label, *args, unit=args[-1].unit or args[0].unit),
    "/": lambda label, args: steps.quotient(label, args[0], args[1], unit=args[0].unit),
    "neg": lambda _label, args: steps.negative(args[0]),
    "min": lambda label, args: steps.least(label, *args, unit=args[0].unit),
    "max": lambda label, args: steps.greatest(label, *args, unit=args[0].unit),
    "ceil": _whole(ROUND_CEILING),
    "floor": _whole(ROUND_FLOOR),
}


class _Reader:
    """A recursive-descent reader over the tokens of one expression."""

    def __init__(self, text: str) -> None:
        self.text, self.position = text, 0
        self.depth = 0
        self.kind, self.token = "", ""
        self.advance()

    def advance(self) -> None:
        found = _TOKEN.match(self.text, self.position)
        if found is None or found.group(0).strip() == "":
            self.kind, self.token = "end", ""
            self.position = len(self.text)
            return
        self.position = found.end()
        number, name, sign = found.groups()
        self.kind = "number" if number else "name" if name else "sign"
        self.token = number or name or sign

    def fail(self, wanted: str) -> ExpressionError:
        seen = f"« {self.token} »" if self.token else "la fin"
        return ExpressionError(f"« {self.text} » : {wanted} attendu, {seen} trouvé")

    def accept(self, *signs: str) -> str:
        if self.kind == "sign" and self.token in signs:
            sign = self.token.replace("×", "*").replace("÷", "/").replace("\u2212", "-")
            self.advance()
            return sign
        return ""

    def sum(self) -> Node:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            message = f"« {self.text[:40]}… » : trop de parenthèses"
            raise ExpressionError(message)
        node = self.term()
        while sign := self.accept("+", "-", "\u2212"):
            node = Node(sign, args=(node, self.term()))
        self.depth -= 1
        return node

    def term(self) -> Node:
        node = self.factor()
        while sign := self.accept("*", "/", "×", "÷"):
            node = Node(sign, args=(node, self.factor()))
        return node

    def factor(self) -> Node:
        minus = False
        while self.accept("-", "\u2212"):
            minus = not minus
        if minus:
            return Node("neg", args=(self.factor(),))
        if self.accept("("):
            node = self.sum()
            if not self.accept(")"):
                raise self.fail("« ) »")
            return node
        kind, token = self.kind, self.token
        if kind == "number":
            if len(token.partition(".")[0].lstrip("0")) > _MAX_DIGITS:
                message = f"« {token[:24]}… » est un nombre trop grand : {_MAX_DIGITS} chiffres au plus"
                raise ExpressionError(message)
            self.advance()
            return Node("number", token)
        if kind == "name":
            self.advance()
            return self.call(token) if self.accept("(") else Node("name", token)
        raise self.fail("un nombre ou une variable")

    def call(self, name: str) -> Node:
        if name not in _FUNCTIONS:
            message = f"« {self.text} » : fonction {name} inconnue ; fonctions : {', '.join(_FUNCTIONS)}"
            raise ExpressionError(message)
        args = [self.sum()]
        while self.accept(","):
            args.append(self.sum())
        if not self.accept(")"):
            raise self.fail("« ) »")
        if (name in ("ceil", "floor")) != (len(args) == 1):
            message = (
                f"« {name} » attend {'une valeur' if name in ('ceil', 'floor') else 'plusieurs valeurs'}"
            )
            raise ExpressionError(message)
        return Node(name, args=tuple(args))

    def expect_end(self) -> None:
        if self.kind != "end":
            raise self.fail("un opérateur")
