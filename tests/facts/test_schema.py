"""The published JSON Schema says what the reader accepts: the examples fit it, and wrong files do not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from filage.facts.kinds import ALL
from filage.facts.schema import dossier_schema
from filage.facts.tree import read_tree
from filage.facts.writing import tree_of
from support.generated_facts import crowd, dossiers

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SCHEMA = dossier_schema()
TYPES = {
    "string": str,
    "array": list,
    "object": dict,
    "boolean": bool,
    "number": (int, float),
    "null": type(None),
}
SAID_ELSEWHERE = {
    "$defs", "title", "description", "default", "discriminator", "format", "unit", "long", "$schema",
}  # fmt: skip


def misfits(value: Any, schema: dict[str, Any], path: str = "") -> list[str]:
    """Where a value does not fit a schema, for the keywords Filage uses; another keyword is an error."""
    found: list[str] = []
    for keyword, said in schema.items():
        if keyword in SAID_ELSEWHERE or (keyword == "properties" and not isinstance(value, dict)):
            continue
        fits = KEYWORDS[keyword](value, said, schema, path)
        found += [f"{path}: {keyword}"] if fits is False else fits if isinstance(fits, list) else []
    return found


def _types(value: Any, said: Any, *_: Any) -> bool:
    names = said if isinstance(said, list) else [said]
    return any(isinstance(value, TYPES[name]) for name in names)


def _inside(value: Any, said: Any, schema: dict[str, Any], path: str) -> list[str]:
    return [
        m
        for name, inner in said.items()
        if name in value
        for m in misfits(value[name], inner, f"{path}.{name}")
    ]


def _each(value: Any, said: Any, _: Any, path: str) -> list[str]:
    return [m for index, item in enumerate(value) for m in misfits(item, said, f"{path}[{index}]")]


def _closed(value: Any, said: Any, schema: dict[str, Any], path: str) -> list[str]:
    assert said in (True, False)
    unknown = [] if said or not isinstance(value, dict) else sorted(set(value) - set(schema["properties"]))
    return [f"{path}.{name}: unknown" for name in unknown]


KEYWORDS = {
    "$ref": lambda value, said, _, path: misfits(value, SCHEMA["$defs"][said.rpartition("/")[2]], path),
    "type": _types,
    "properties": _inside,
    "items": _each,
    "additionalProperties": _closed,
    "required": lambda value, said, *_: set(said) <= set(value),
    "enum": lambda value, said, *_: value in said,
    "const": lambda value, said, *_: value == said,
    "pattern": lambda value, said, *_: re.search(said, str(value)) is not None,
    "minLength": lambda value, said, *_: len(str(value)) >= said,
    "anyOf": lambda value, said, _, path: any(misfits(value, one, path) == [] for one in said),
    "oneOf": lambda value, said, _, path: sum(misfits(value, one, path) == [] for one in said) == 1,
}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.filage.yaml")), ids=lambda path: path.name)
def test_the_examples_fit_the_schema(path) -> None:
    assert misfits(read_tree(path.read_bytes(), file=path.name), SCHEMA) == []


def test_two_examples_are_tried() -> None:
    assert len(list(EXAMPLES.glob("*.filage.yaml"))) == 2


@settings(max_examples=40)
@given(dossiers())
def test_whatever_is_written_fits_the_schema(dossier) -> None:
    assert misfits(tree_of(dossier, with_private=True), SCHEMA) == []


def changed(**collections: Any) -> dict[str, Any]:
    return tree_of(crowd(), with_private=True) | collections


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        (changed(schema="filage/2"), ".schema: const"),
        (changed(people_={}), ".people_: unknown"),
        (changed(venues=[{"id": "a"}]), ".venues[0]: required"),
        (changed(venues=[{"id": "A", "label": "A"}]), ".venues[0].id: pattern"),
        (changed(venues=[{"id": "a", "label": "A", "ville": "B"}]), ".venues[0].ville: unknown"),
        (changed(events=[{"id": "a", "type": "show", "day": "2026-11-05"}]), ".events[0].type: enum"),
        (changed(spaces=[{"id": "a", "label": "A", "venue": "ecluse"}]), ".spaces[0].venue: pattern"),
    ],
)
def test_what_the_reader_refuses_does_not_fit_the_schema(tree, path) -> None:
    assert path in misfits(tree, SCHEMA)


def test_every_kind_and_field_is_published_with_its_title() -> None:
    assert list(SCHEMA["properties"]) == ["schema", *(model.collection for model in ALL)]
    for model in ALL:
        shape = SCHEMA["$defs"][model.__name__]
        assert (set(shape["properties"]), shape["additionalProperties"]) == (set(model.model_fields), False)
        assert [name for name, field in shape["properties"].items() if not field.get("title")] == []
