"""A presentation of the budget, read from its file: a tree of nodes, and the rules that place lines in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from filage.kernel.errors import BadInput, Problem
from filage.kernel.step import Source
from filage.kernel.text import closest, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT = "account"
CONDITIONS = ("origin", "part", "account", "post", "department", "status", "nature", "words")
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Node:
    """A heading of a presentation: its code, its side, whether it is for contributions in kind.

    `doubtful` headings are reconstructed, not read; `custom` ones are usual or ours, not the form's; `lists` gives
    each of its lines its own amount.
    """

    code: str
    label: str
    parent: str | None
    side: str
    valued: bool = False
    phase: str | None = None
    doubtful: bool = False
    custom: bool = False
    lists: bool = False


@dataclass(frozen=True, slots=True)
class PlacingRule:
    """Where a line goes when it meets every condition; without `to`, to the heading its account belongs to."""

    to: str | None
    conditions: tuple[tuple[str, tuple[str, ...]], ...]
    words: re.Pattern[str] | None


@dataclass(frozen=True, eq=False)
class BudgetView:
    """One presentation: who usually asks for it (`forms`, all when empty), where it comes from, its nodes and rules."""

    id: str
    label: str
    short: str
    order: int
    forms: tuple[str, ...]
    source: Source
    warnings: tuple[str, ...]
    whole_euros: bool
    shows_empty: bool
    splits_pay: bool
    nodes: tuple[Node, ...]
    rules: tuple[PlacingRule, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Node]:
        """The nodes by code."""
        return {node.code: node for node in self.nodes}

    @cached_property
    def children(self) -> Mapping[str | None, tuple[Node, ...]]:
        """The nodes under each node, in order; under None, those of the top."""
        found: dict[str | None, list[Node]] = {}
        for node in self.nodes:
            found.setdefault(node.parent, []).append(node)
        return {code: tuple(nodes) for code, nodes in found.items()}

    def holding(self, account: str) -> Node | None:
        """The node of an account, else of the nearest account above it."""
        for length in range(len(account), 1, -1):
            node = self.by_code.get(account[:length])
            if node is not None:
                return node
        return None

    def serves(self, form: str) -> bool:
        """Whether a kind of production usually needs it."""
        return not self.forms or form in self.forms


@cache
def views() -> tuple[BudgetView, ...]:
    """Return every presentation, in the order a reader expects."""
    return tuple(sorted((_read(name) for name in _names()), key=lambda view: view.order))


@cache
def _names() -> frozenset[str]:
    folder = files("filage.data").joinpath("views")
    return frozenset(
        item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml")
    )


@cache
def _read(name: str) -> BudgetView:
    return _view(name, files("filage.data").joinpath(f"views/{name}.yaml").read_text("utf-8"))


def usual_views(form: str) -> tuple[BudgetView, ...]:
    """Return the presentations a kind of production usually needs."""
    return tuple(view for view in views() if view.serves(form))


def view_named(name: str) -> BudgetView:
    """Return a presentation by its id; BadInput names the nearest."""
    if name in _names():
        return _read(name)
    known = [view.id for view in views()]
    near = closest(name, known)
    raise BadInput(
        Problem(
            f"« {name} » n’est pas une présentation du budget",
            expected=", ".join(known),
            suggestion=f"vouliez-vous {near} ?" if near else "",
        )
    )


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return a text as its bare words: no case, accent or sign, one space between."""
    return _NOT_A_LETTER.sub(" ", fold(text)).strip()


def _view(ident: str, text: str) -> BudgetView:
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    nodes = _nodes(ident, data["nodes"])
    codes = {node.code for node in nodes}
    return BudgetView(
        id=ident,
        label=data["label"],
        short=data["short"],
        order=data["order"],
        forms=tuple(data["forms"]),
        source=Source(
            f"presentation.{ident}",
            data["source"],
            data.get("url", ""),
            data["checked_on"],
            data["confidence"],
        ),
        warnings=tuple(data.get("warnings", ())),
        whole_euros=data.get("whole_euros", False),
        shows_empty=data.get("shows_empty", False),
        splits_pay=data.get("splits_pay", False),
        nodes=nodes,
        rules=tuple(_rule(ident, raw, codes) for raw in data["rules"]),
    )


def _nodes(ident: str, raw: list[dict[str, Any]]) -> tuple[Node, ...]:
    """The nodes in order; a child takes the side, phase and kind of its parent."""
    found: dict[str, Node] = {}
    for item in raw:
        parent = found.get(item.get("parent", ""))
        if (parent is None) != ("side" in item):
            raise BadInput(Problem(f"le nœud {item['code']} a un parent inconnu, ou pas de sens", file=ident))
        inherited = (
            {} if parent is None else {"side": parent.side, "valued": parent.valued, "phase": parent.phase}
        )
        node = Node(**{"parent": None, **inherited, **item})
        if node.code in found:
            raise BadInput(Problem(f"le nœud {node.code} est donné deux fois", file=ident))
        found[node.code] = node
    return tuple(found.values())


def _rule(ident: str, raw: dict[str, Any], codes: set[str]) -> PlacingRule:
    unknown = set(raw) - {"to", "by", *CONDITIONS}
    to = raw.get("to")
    if unknown or (to is None and raw.get("by") != ACCOUNT) or (to is not None and to not in codes):
        raise BadInput(Problem(f"cette règle de placement ne se lit pas : {raw}", file=ident))
    words = raw.get("words")
    return PlacingRule(
        to,
        tuple(
            (key, tuple(str(item) for item in raw[key]))
            for key in CONDITIONS
            if key in raw and key != "words"
        ),
        re.compile(rf"\b(?:{'|'.join(_phrase(one) for one in words)})\b") if words else None,
    )


def _phrase(written: str) -> str:
    """A few words, singular or plural; a star stands for any ending."""
    return " ".join(
        rf"{word.removesuffix('*')}\w*" if word.endswith("*") else rf"{word}[sx]?" for word in written.split()
    )
