"""Facts of any kind, generated from the fields of their classes: what a class accepts, a test may meet."""

from __future__ import annotations

import types
from collections.abc import Callable
from datetime import time
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from filage.facts.base import Choice, Fact, RefTo
from filage.facts.dossier import Dossier
from filage.facts.kinds import ALL, BY_KIND
from filage.facts.scalars import Expression
from filage.kernel.changes import Change

IDS = ("a", "b")
"""Every generated dossier holds the facts `kind/a` and `kind/b`, so that any reference finds its fact."""

_IDENT = st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True)
_WORDS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=40
)
_TEXT = st.one_of(
    st.sampled_from(
        [
            "null",
            "~",
            "true",
            "1.50",
            "=1+1",
            "- a",
            "a: b",
            "# non",
            "l’été\nà Dole",
            "a\x85b",
            "a\u2028\nb",
            "a\r\nb",
            "a\tb\n\n c",
            "\ufeffa",
            "«\u00a0»",
        ]
    ),
    _WORDS.map(str.strip).filter(bool),
)
_DECIMALS = st.decimals(
    min_value=Decimal(-10) ** 15 + 1,
    max_value=Decimal(10) ** 15 - 1,
    places=8,
    allow_nan=False,
    allow_infinity=False,
) | st.integers(-1000, 100_000).map(Decimal)
_EXPRESSION_FUNC = next(mark.func for mark in Expression.__metadata__ if isinstance(mark, BeforeValidator))
_BY_VALIDATOR: dict[str, st.SearchStrategy[Any]] = {
    "_text": _TEXT,
    "_long_text": _TEXT,
    "_id": _IDENT,
    "_decimal": _DECIMALS,
    "_amount": _DECIMALS,
    "_rate": st.decimals(0, 1, places=8),
    "_count": st.integers(0, 999_999_999),
    "_flag": st.booleans(),
    "_day": st.dates(),
    "_wall_time": st.builds(time, st.integers(0, 23), st.integers(0, 59), st.sampled_from([0, 0, 0, 7])),
    _EXPRESSION_FUNC.__name__: st.sampled_from(["1", "14", "nb_dates * 6", "ceil(nb_dates / 2)", "3 * 460"]),
}
_CHANGE = st.builds(
    Change,
    op=st.sampled_from(["add", "set", "remove"]),
    about=st.sampled_from([f"{model.kind}/a" for model in ALL]),
    values=st.dictionaries(
        _IDENT, st.one_of(_TEXT, st.lists(_TEXT), st.dictionaries(_IDENT, _TEXT)), max_size=3
    ),
    clear=st.lists(_IDENT, max_size=2).map(tuple),
)


def facts_of(model: type[Fact], ident: str = "x") -> st.SearchStrategy[Any]:
    """Facts of one kind, every field filled or left out at will."""
    return _filled(model, id=st.just(ident))


def simplest(model: type[Fact], ident: str) -> Fact:
    """The fact of a kind with only what it cannot do without."""
    values: dict[str, Any] = {"id": ident}
    for name, field in model.model_fields.items():
        if field.is_required() and name != "id":
            values[name] = _plain(field)
    return model(**values)


@lru_cache(maxsize=1)
def crowd() -> Dossier:
    """A dossier with two facts of every kind (one of those that stand alone)."""
    return Dossier.of_facts(
        simplest(model, ident) for model in ALL for ident in IDS[: 1 if model.alone else 2]
    )


def dossiers(*models: type[Fact], most: int = 4) -> st.SearchStrategy[Dossier]:
    """The crowd with some generated facts of these kinds among it."""
    kinds = st.sampled_from(models or ALL)
    some = st.lists(kinds.flatmap(lambda model: facts_of(model, "a" if model.alone else "x")), max_size=most)
    return some.map(crowd().with_facts)


def _filled(model: type[BaseModel], **known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    needed = dict(known)
    optional = {}
    for name, field in model.model_fields.items():
        if name not in known:
            (needed if field.is_required() else optional)[name] = _strategy(field.annotation, field.metadata)
    return st.fixed_dictionaries(needed, optional=optional).map(
        lambda values: model(**{name: value for name, value in values.items() if value is not None})
    )


def _strategy(annotation: Any, marks: list[Any]) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one per form
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _strategy(inner, [*marks, *more])
    scalar = _scalar(marks)
    if scalar is not None:
        return scalar
    if origin in (Union, types.UnionType):
        return st.one_of(
            [st.none() if arg is type(None) else _strategy(arg, []) for arg in get_args(annotation)]
        )
    if origin is tuple:
        return st.lists(_strategy(get_args(annotation)[0], []), max_size=3).map(tuple)
    if origin is Literal:
        return st.sampled_from(get_args(annotation))
    if annotation is Change:
        return _CHANGE
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _filled(annotation)
    raise AssertionError(f"no way to generate {annotation!r}: teach this module")


def _scalar(marks: list[Any]) -> st.SearchStrategy[Any] | None:
    for mark in marks:
        if isinstance(mark, Choice):
            return st.sampled_from(list(mark.labels))
        if isinstance(mark, RefTo):
            return st.sampled_from([f"{kind}/a" for kind in mark.kinds])
        if pattern := _pattern(mark):
            return st.from_regex(pattern.removesuffix("$") + r"\Z", fullmatch=True)
    found: list[Callable[..., Any]] = [mark.func for mark in marks if isinstance(mark, BeforeValidator)]
    return _BY_VALIDATOR[found[-1].__name__] if found else None


def _pattern(mark: Any) -> str | None:
    """The pattern a mark asks for: its own, or that of what it gathers."""
    inner = [found for part in getattr(mark, "metadata", ()) if (found := _pattern(part))]
    return getattr(mark, "pattern", None) or next(iter(inner), None)


def _plain(field: FieldInfo) -> Any:
    """One acceptable value, the same each time."""
    marks = [*field.metadata, *getattr(field.annotation, "__metadata__", ())]
    for mark in marks:
        if isinstance(mark, Choice):
            return next(iter(mark.labels))
        if isinstance(mark, RefTo):
            return f"{mark.kinds[0]}/a"
    names = [mark.func.__name__ for mark in marks if isinstance(mark, BeforeValidator)]
    by_name = {
        "_day": "2026-11-05",
        "_amount": "100",
        "_decimal": "1",
        "_rate": "0.5",
        "_count": "3",
        "_wall_time": "20:00",
    }
    return next((by_name[name] for name in names if name in by_name), "un" if names else "14")


assert set(BY_KIND) == {model.kind for model in ALL}
