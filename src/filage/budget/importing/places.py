"""The place of a line in a funder's form, when its code or its words are those of the form: never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.budget.importing.columns import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filage.budget.importing.shape import Line
    from filage.budget.views import BudgetView, Node

_ENOUGH = 3
_WORD = 4


class Placing:
    """The form whose codes and headings a file uses, if it uses one; and where it puts each line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        from filage.budget.views import views

        self._view: BudgetView | None = None
        self._by_name: dict[tuple[str, str], Node] = {}
        best = _ENOUGH - 1
        asked = {(line.code, bare(line.label), line.side) for line in lines}
        for view in views():
            by_name = {(bare(node.label), node.side): node for node in view.nodes}
            matched = sum(_node(view, by_name, *one) is not None for one in asked)
            if matched > best:
                best, self._view, self._by_name = matched, view, by_name

    def of(self, line: Line) -> list[str]:
        """The place of a line, as `view:code`; none when its form or its heading is not sure."""
        if self._view is None:
            return []
        node = _node(self._view, self._by_name, line.code, bare(line.label), line.side)
        return [f"{self._view.id}:{node.code}"] if node else []


def _node(
    view: BudgetView, by_name: dict[tuple[str, str], Node], code: str, label: str, side: str
) -> Node | None:
    """The heading with that code, if their words meet; else the heading of that very name."""
    node = view.by_code.get(code) if code else None
    if node is not None and node.side == side and _meet(bare(node.label), label):
        return node
    return by_name.get((label, side))


def _meet(one: str, other: str) -> bool:
    words = {word for word in one.split() if len(word) >= _WORD}
    return one == other or bool(words & set(other.split()))
