"""The published shapes are JSON Schemas, closed, and listed; outputs meet them in the tests of each command."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from cli.commands import SHAPES, faults

FILES = sorted(SHAPES.glob("*.schema.json"))


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def objects(schema):
    """Every description of an object inside a schema."""
    if isinstance(schema, dict):
        if "properties" in schema and "type" in schema:
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shape_is_a_closed_json_schema_with_a_title(path):
    schema = read(path)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    assert schema["description"]
    assert [one for one in objects(schema) if one.get("additionalProperties") is not False] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shape_is_in_the_list(path):
    assert f"({path.name})" in (SHAPES / "README.md").read_text(encoding="utf-8")


def test_a_shape_forbids_a_key_too_many_and_one_missing():
    good = {"error": {"problems": [{"message": "non"}]}}
    assert faults("error", good) == []
    assert len(faults("error", {"error": {"problems": [{"message": "non", "more": "1"}]}})) == 1
    assert len(faults("error", {"error": {}})) == 1
