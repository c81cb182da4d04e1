"""What the fields of a fact class are, read once from its annotations: scalar, list, reference or part."""

import types
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from filage.facts import scalars
from filage.facts.base import Choice, Part, RefTo

NAMES: Final = {
    "text": scalars.Text,
    "id": scalars.Id,
    "expression": scalars.Expression,
    "number": scalars.Number,
    "amount": scalars.Amount,
    "rate": scalars.Rate,
    "count": scalars.Count,
    "flag": scalars.Flag,
    "day": scalars.Day,
    "time": scalars.WallTime,
}
_BY_VALIDATOR: Final = {
    mark.func: name
    for name, scalar in NAMES.items()
    for mark in get_args(scalar)[1:]
    if isinstance(mark, BeforeValidator)
}
LITERALS: Final = {
    "amount": "Un montant par représentation",
    "rate_of_cost": "Une part du coût",
    "rate_of_price": "Une part du prix",
    "on_cost": "Sur le coût",
    "on_price": "Sur le prix",
}
"""French names of the values of lists that carry none."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One field: its words, and what it holds."""

    name: str
    title: str
    help: str
    unit: str
    long: bool
    required: bool
    default: Any
    holds: str
    """A name of `NAMES`, or choice, reference, part, other."""
    many: bool = False
    choices: Mapping[str, str] | None = None
    kinds: tuple[str, ...] = ()
    part: type[BaseModel] | None = None

    @property
    def has_default(self) -> bool:
        """Whether leaving it out gives a value that means something."""
        return not self.required and self.default is not None and self.default != ()


@cache
def shapes_of(model: type[BaseModel]) -> tuple[Shape, ...]:
    """List the fields of a fact or of a part, in the order of the class."""
    return tuple(_shape(name, info) for name, info in model.model_fields.items())


def _shape(name: str, info: FieldInfo) -> Shape:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    shape = Shape(
        name=name,
        title=info.title or name,
        help=info.description or "",
        unit=str(extra.get("unit", "")),
        long=bool(extra.get("long")),
        required=info.is_required(),
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        holds="other",
    )
    return _held(shape, info.annotation, list(info.metadata))


def _held(shape: Shape, annotation: Any, marks: list[Any]) -> Shape:  # noqa: PLR0911 - one line per annotation
    origin = get_origin(annotation)
    if origin is Annotated:
        base, *more = get_args(annotation)
        return _held(shape, base, [*more, *marks])
    if origin in (Union, types.UnionType):
        inner = [arg for arg in get_args(annotation) if arg is not type(None)]
        return _held(shape, inner[0], marks) if len(inner) == 1 else shape
    if origin is tuple:
        return _held(replace(shape, many=True), get_args(annotation)[0], marks)
    if origin is Literal:
        values = [str(value) for value in get_args(annotation)]
        return replace(shape, holds="choice", choices={value: LITERALS.get(value, value) for value in values})
    for mark in marks:
        if isinstance(mark, Choice):
            return replace(shape, holds="choice", choices=mark.labels)
        if isinstance(mark, RefTo):
            return replace(shape, holds="reference", kinds=mark.kinds)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return replace(shape, holds="part", part=annotation)
    names = (_BY_VALIDATOR.get(mark.func) for mark in marks if isinstance(mark, BeforeValidator))
    return replace(shape, holds=next((name for name in names if name), "other"))
