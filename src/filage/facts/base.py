"""What every fact is: frozen, closed, with an id, a kind and, on each field, its French title, help and unit."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from filage.facts.scalars import ID_PATTERN, ID_REGEX, Id, Text, refuse


def say(title: str, help: str = "", *, unit: str = "", default: Any = ..., long: bool = False) -> Any:
    """Describe a field: French title, one sentence of help, unit. Absent fields default to None or to `default`."""
    extra: dict[str, Any] = {key: value for key, value in {"unit": unit, "long": long}.items() if value}
    return Field(default, title=title, description=help or None, json_schema_extra=extra or None)


def maybe(title: str, help: str = "", *, unit: str = "", long: bool = False) -> Any:
    """Describe a field that may be absent."""
    return say(title, help, unit=unit, default=None, long=long)


def many(title: str, help: str = "") -> Any:
    """Describe a list that may be empty."""
    return say(title, help, default=())


class Part(BaseModel):
    """A value inside a fact: frozen and closed, without an id of its own."""

    # built on first use: a command meets a third of the kinds
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class Fact(Part):
    """One thing somebody decided. Subclasses are the schema of the file, the database body, the forms and the API."""

    kind: ClassVar[str]
    title: ClassVar[str]
    collection: ClassVar[str]
    shared: ClassVar[bool] = False
    private: ClassVar[bool] = False
    alone: ClassVar[bool] = False

    id: Id = say("Identifiant", "Minuscules, chiffres et tirets ; ne change plus une fois donné.")
    note: Text | None = maybe("Note", long=True)

    @property
    def about(self) -> str:
        """The reference to this fact: `kind/id`."""
        return f"{self.kind}/{self.id}"

    def name(self) -> str:
        """How this fact is called in a list; the id unless the kind knows better."""
        for attribute in ("label", "title_text", "text"):
            value = getattr(self, attribute, None)
            if value:
                return str(value)
        return self.id


class RefTo:
    """Marks a field as a reference `kind/id` to a fact of one of these kinds."""

    __slots__ = ("kinds",)

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def check(self, value: str) -> str:
        """Return the reference, or say which kinds were expected."""
        kind, slash, ident = value.partition("/")
        if slash and kind in self.kinds and ID_REGEX.fullmatch(ident):
            return value
        wanted = " ou ".join(f"{name}/identifiant" for name in self.kinds)
        word = ident or kind
        told = ID_REGEX.fullmatch(word) and not word.isdigit()  # a number may be private: never repeated
        raise refuse(f"une référence {wanted}", f"{self.kinds[0]}/{word if told else 'identifiant'}")

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate as text, then as a reference."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Publish the pattern."""
        return {"type": "string", "pattern": f"^({'|'.join(self.kinds)})/{ID_PATTERN[1:]}"}


def references(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield every reference a fact makes: (path of the field, `kind/id`)."""
    for name, getter in _getters(type(fact)):
        value = getattr(fact, name)
        if value is not None:
            yield from getter(value, name)


_Getter = Callable[[Any, str], Iterable[tuple[str, str]]]


@cache
def _getters(model: type[BaseModel]) -> tuple[tuple[str, _Getter], ...]:
    """The fields that may hold references, and how to find them in their value."""
    found: list[tuple[str, _Getter]] = []
    for name, field in model.model_fields.items():
        inner = _walker(field.annotation, is_ref=any(isinstance(m, RefTo) for m in field.metadata))
        if inner is not None:
            found.append((name, inner))
    return tuple(found)


def _walker(annotation: Any, *, is_ref: bool) -> _Getter | None:
    """Return how to find references in a value of this annotation, or None when it can hold none."""
    origin = get_origin(annotation)
    if origin is Annotated:
        base, *marks = get_args(annotation)
        return _walker(base, is_ref=is_ref or any(isinstance(mark, RefTo) for mark in marks))
    if origin in (Union, types.UnionType):
        inners = [w for arg in get_args(annotation) if (w := _walker(arg, is_ref=is_ref)) is not None]
        return _first_that_fits(inners) if len(inners) > 1 else next(iter(inners), None)
    if origin is tuple:
        inner = _walker(get_args(annotation)[0], is_ref=is_ref)
        return _each(inner) if inner else None
    if annotation is str and is_ref:
        return lambda value, path: ((path, value),)
    if isinstance(annotation, type) and issubclass(annotation, Part) and _getters(annotation):
        return _nested(annotation)
    return None


def _each(inner: _Getter) -> _Getter:
    def walk(values: Any, path: str) -> Iterator[tuple[str, str]]:
        for index, value in enumerate(values):
            yield from inner(value, f"{path}[{index}]")

    return walk


def _nested(model: type[Part]) -> _Getter:
    def walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, model):
            for name, getter in _getters(model):
                inner = getattr(value, name)
                if inner is not None:
                    yield from getter(inner, f"{path}.{name}")

    return walk


def _first_that_fits(inners: list[_Getter]) -> _Getter:
    def walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
        for inner in inners:
            yield from inner(value, path)

    return walk


_TELLABLE = 60
"""Characters of a refused value that an error may repeat."""


class Choice:
    """Marks a field as a closed list: value → French label, for validation, forms and pages."""

    __slots__ = ("labels",)

    def __init__(self, **labels: str) -> None:
        self.labels = labels

    def check(self, value: str) -> str:
        """Return the value, or say which are known."""
        if value in self.labels:
            return value
        known = {"options": ", ".join(self.labels), "given": value if len(value) < _TELLABLE else ""}
        raise PydanticCustomError("choice", "une des valeurs : {options}", known)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate as text, then as one of the values."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Publish the list."""
        return {"enum": list(self.labels)}


@cache
def choices(model: type[BaseModel], field: str) -> dict[str, str]:
    """Return the values and French labels of a closed-list field; empty for another field."""
    info = model.model_fields[field]
    marks = [*info.metadata, *_marks(info.annotation)]
    return next((dict(mark.labels) for mark in marks if isinstance(mark, Choice)), {})


def label_of(fact: BaseModel, field: str) -> str:
    """Return the French label of a closed-list field's value."""
    value = getattr(fact, field)
    return choices(type(fact), field).get(value, str(value))


def _marks(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _marks(inner)
