"""A fact class made a form: see the package's docstring for its use."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django import forms
from pydantic import BaseModel

from filage.facts.base import Fact
from filage.facts.kinds import BY_KIND
from filage.facts.reading import fact_of_values
from filage.facts.writing import values_of
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput, Problem
from filage.kernel.expression import ExpressionError, evaluate, parse
from filage.kernel.step import Step
from filage_web.forms.fields import Chosen, Tick, display, field_for
from filage_web.forms.identifiers import new_id
from filage_web.forms.queries import Choices, taken_ids
from filage_web.forms.shapes import Shape, shapes_of

SEEN: Final = "_seen"
MORE: Final = "_more"
AGAIN: Final = "_again"
"""Posted by the sheet of an effect to see the form as it was typed (filage_web.preview)."""
SPARE: Final = 1
NEVER: Final = frozenset({"id", "validated_on", "validated_as", "contested", "fingerprint"})
"""Fields no form of the office writes: an id does not move, a person alone validates or contests their hours, and
the fingerprint of an import is for the program."""


@dataclass(slots=True)
class Node:
    """What the template draws: one field, a part with its fields, or the rows of a list of parts."""

    kind: str
    """field, check, choices, part, rows, or hidden (the id of a row)."""
    name: str
    shape: Shape
    nodes: list["Node"] = field(default_factory=list)
    rows: list[list["Node"]] = field(default_factory=list)
    bound: Any = None


class FactForm(forms.Form):
    """The form of one fact: new, or edited."""

    def __init__(  # noqa: PLR0913 - what a form may be told
        self,
        kind: str,
        data: Mapping[str, Any] | None = None,
        *,
        choices: Choices,
        fact: Fact | None = None,
        revision: int | None = None,
        initial: Mapping[str, Any] | None = None,
        only: Collection[str] | None = None,
        without: Collection[str] = (),
        variables: Mapping[str, Step] | None = None,
        prefix: str | None = None,
        ident: str = "",
    ) -> None:
        self.kind, self.model = kind, BY_KIND[kind]
        self.choices, self.old, self.ident, self.variables = choices, fact, ident, variables
        self.fact: Fact | None = None
        self.values: dict[str, Any] = {}
        self.typed: dict[str, Any] = {}
        """The file values read, even when the fact they make is not whole."""
        self._places: dict[str, str] = {}
        super().__init__(data, prefix=prefix)
        known = values_of(fact, defaults=True) if fact else {**dict(initial or {})}
        shapes = [shape for shape in shapes_of(self.model) if self._wanted(shape, only, without)]
        shapes.sort(key=lambda shape: shape.name == "note")  # what is said of a fact comes after what it is
        self.nodes = list(self._build(shapes, "", known, fresh=fact is None))
        if fact is not None:
            self.fields[SEEN] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.initial[SEEN] = revision or 0
        self._bind(self.nodes)

    def _wanted(self, shape: Shape, only: Collection[str] | None, without: Collection[str]) -> bool:
        if shape.name in NEVER or shape.name in without or shape.holds == "other":
            return False
        return only is None or shape.name in only

    # --- fields ---------------------------------------------------------------------------------------------

    def _build(
        self, shapes: list[Shape], path: str, known: Mapping[str, Any], *, fresh: bool
    ) -> Iterator[Node]:
        for shape in shapes:
            name = f"{path}-{shape.name}" if path else shape.name
            value = known.get(shape.name)
            if shape.part is None:
                node = self._simple(shape, name, value, fresh=fresh)
                if node is not None:
                    yield node
            elif shape.many:
                yield self._repeated(shape, shape.part, name, list(value or ()))
            else:
                inner = shapes_of(shape.part)
                nodes = list(self._build(list(inner), name, value or {}, fresh=value is None))
                yield Node("part", name, shape, nodes)

    def _simple(self, shape: Shape, name: str, value: Any, *, fresh: bool) -> Node | None:
        if shape.holds == "reference":
            pairs = self.choices.referred(shape, value if shape.many and value else ())
        else:
            pairs = self.choices.proposed(shape)
        if shape.holds == "id":
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.initial[name] = value
            return Node("hidden", name, shape)
        if shape.many and shape.holds == "text" and pairs:  # what is already there stays proposed
            pairs = [*pairs, *((str(one), str(one)) for one in value or () if str(one) not in dict(pairs))]
        if shape.name == "parameter":
            shape = replace(shape, help="Tapez quelques lettres de son nom : accident, prévoyance…")
        made = field_for(shape, pairs)
        if made is None:
            return None
        self.fields[name] = made
        if value is None and fresh and shape.has_default:
            value = _file_text(shape.default)
        self.initial[name] = display(made, value)
        if isinstance(made, Chosen):
            made.first = self.initial[name] or []
        several = isinstance(made, Chosen) and isinstance(made.widget, forms.CheckboxSelectMultiple)
        kind = "check" if isinstance(made, Tick) else "choices" if several else "field"
        return Node(kind, name, shape)

    def _repeated(self, shape: Shape, part: type[BaseModel], name: str, values: list[Any]) -> Node:
        counter = f"{name}-rows"
        asked = str(self.data.get(self.add_prefix(counter), "")) if self.is_bound else ""
        rows = min(int(asked), 200) if asked.isdigit() else len(values) + SPARE
        if self.is_bound and self.data.get(MORE) == self.add_prefix(name):
            rows += 1
        self.fields[counter] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial[counter] = rows
        node = Node("rows", name, shape)
        for rank in range(rows):
            known = values[rank] if rank < len(values) else {}
            inner = self._build(list(shapes_of(part)), f"{name}-{rank}", known, fresh=rank >= len(values))
            node.rows.append(list(inner))
        node.nodes = [Node("field", counter, shape)]
        return node

    def _bind(self, nodes: list[Node]) -> None:
        for node in nodes:
            if node.name in self.fields:
                node.bound = self[node.name]
            self._bind(node.nodes)
            for row in node.rows:
                self._bind(row)

    @property
    def wants_more(self) -> bool:
        """Whether the visitor asked for one more row, or for the form again, rather than to save."""
        return self.is_bound and bool(self.data.get(MORE) or self.data.get(AGAIN))

    @property
    def about(self) -> str:
        """The reference of the fact, known once the form is valid."""
        return self.old.about if self.old else f"{self.kind}/{self.ident}"

    @property
    def seen(self) -> dict[str, int]:
        """The revision the visitor was shown."""
        text = str(self.cleaned_data.get(SEEN) or "") if self.old else ""
        return {self.about: int(text)} if text.isdigit() else {}

    # --- validation -----------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Let the fact class decide, and put each problem under its field."""
        cleaned = super().clean() or self.cleaned_data
        values = self._carried() | self._read(self.nodes, "")
        self.ident = self.ident or (self.old.id if self.old else self._new_id(values))
        values["id"] = self.ident
        self.typed = values
        try:
            self.fact = fact_of_values(self.kind, values)
            self.values = values
        except BadInput as error:
            for problem in error.problems:
                self._put(problem)
        return cleaned

    def _carried(self) -> dict[str, Any]:
        """What the form does not show stays as it was."""
        if self.old is None:
            return {}
        shown = {node.shape.name for node in self.nodes}
        return {key: value for key, value in values_of(self.old).items() if key not in shown}

    def _new_id(self, values: Mapping[str, Any]) -> str:
        return new_id(self.kind, values, taken_ids(self.choices.structure, self.choices.dossier, self.kind))

    def _read(self, nodes: list[Node], path: str) -> dict[str, Any]:
        """Collect the file values of some fields, without what is empty."""
        values: dict[str, Any] = {}
        for node in nodes:
            key = node.shape.name
            place = f"{path}.{key}" if path else key
            self._places[place] = node.name
            if node.kind == "rows":
                if rows := self._read_rows(node, place):
                    values[key] = rows
            elif node.kind == "part":
                inner = self._read(node.nodes, place)
                if not self._blank(node.nodes) or (self.old is not None and getattr(self.old, key, None)):
                    values[key] = inner
            else:
                self._read_one(node, key, values)
        return values

    def _read_one(self, node: Node, key: str, values: dict[str, Any]) -> None:
        value = self.cleaned_data.get(node.name)
        if node.kind == "hidden":
            if value:
                values[key] = value
            return
        if value is not None:
            values[key] = value
            self._try_expression(node, value)
            return
        if self.errors.get(node.name):
            return
        if node.shape.required:
            self.add_error(node.name, "À remplir.")
        elif node.shape.has_default:
            default = _file_text(node.shape.default)
            names = node.shape.choices or {}
            usual = names.get(str(default)) or display(self.fields[node.name], default)
            self.add_error(node.name, f"Ne reste pas vide. D’habitude : {usual}.")

    def _try_expression(self, node: Node, value: Any) -> None:
        if node.shape.holds != "expression" or not isinstance(value, str):
            return
        try:
            if self.variables is None:
                parse(value)
            else:
                evaluate(value, self.variables)
        except ExpressionError as error:
            self.add_error(node.name, f"{str(error)[:1].upper()}{str(error)[1:]}.")
        except ArithmeticError:
            self.add_error(node.name, "Ce calcul n’a pas de résultat.")

    def _read_rows(self, node: Node, place: str) -> list[dict[str, Any]]:
        """Collect the rows that say something; errors find the row as it is shown."""
        kept: list[dict[str, Any]] = []
        for row in node.rows:
            if self._blank(row):
                continue
            kept.append(self._read(row, f"{place}[{len(kept)}]"))
        if node.shape.part and "id" in node.shape.part.model_fields:
            _name_rows(kept)
        return kept

    def _blank(self, nodes: list[Node]) -> bool:
        return all(self._says_nothing(node) for node in nodes)

    def _says_nothing(self, node: Node) -> bool:
        if node.kind == "hidden":
            return True
        if node.kind == "part":
            return self._blank(node.nodes)
        if node.kind == "rows":
            return all(self._blank(row) for row in node.rows)
        if self.errors.get(node.name):
            return False
        value = self.cleaned_data.get(node.name)
        unticked = node.shape.holds == "flag" and value == "false"
        return value is None or unticked or value == _file_text(node.shape.default)

    def _put(self, problem: Problem) -> None:
        path = problem.path
        while path and path not in self._places:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        name = self._places.get(path)
        name = name if name in self.fields else None
        if name and self.errors.get(name):
            return
        parts = [problem.message]
        if problem.expected:
            parts.append(f"Attendu : {problem.expected}")
        if problem.suggestion:
            parts.append(problem.suggestion)
        self.add_error(name, " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parts))

    def refuse(self, error: BadInput) -> None:
        """Put the problems of a refused write (`kind/id.field`) under their fields."""
        for problem in error.problems:
            place = problem.path.removeprefix(f"{self.about}.").removeprefix(self.about)
            self._put(replace(problem, path=place))

    def problem(self, name: str, message: str) -> None:
        """Add an error found elsewhere under a field of the form, or above the form."""
        self.add_error(name if name in self.fields else None, message)

    # --- what changed ---------------------------------------------------------------------------------------

    def changes(self) -> tuple[Change, ...]:
        """The change the form asks for; none when everything is as before."""
        if self.fact is None:
            return ()
        if self.old is None:
            values = values_of(self.fact)
            del values["id"]
            return (Change(op="add", about=self.fact.about, values=values),)
        was, now = values_of(self.old), values_of(self.fact)
        values = {key: value for key, value in now.items() if was.get(key) != value}
        clear = tuple(key for key in was if key not in now)
        if not values and not clear:
            return ()
        return (Change(op="set", about=self.fact.about, values=values, clear=clear),)


def _name_rows(rows: list[dict[str, Any]]) -> None:
    """Give an id to the rows that have none, from their name; nobody types ids."""
    taken = {row["id"] for row in rows if row.get("id")}
    for row in rows:
        if not row.get("id"):
            row["id"] = new_id("part", row, taken)
            taken.add(row["id"])


def _file_text(value: Any) -> Any:
    """Write a default of a class as the forms write values."""
    if value is None or isinstance(value, list):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return [str(_file_text(one)) for one in value] or None
    return str(value)


__all__ = ["Choices", "FactForm", "Node"]
