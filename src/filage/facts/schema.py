"""The JSON Schema of a dossier, from the fact classes themselves."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from filage.facts.dossier import SCHEMA
from filage.facts.kinds import ALL


def dossier_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a dossier file."""
    references, definitions = models_json_schema([(model, "validation") for model in ALL])
    properties: dict[str, Any] = {"schema": {"const": SCHEMA}}
    for model in ALL:
        shape = references[(model, "validation")]
        properties[model.collection] = shape if model.alone else {"type": "array", "items": shape}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dossier Filage",
        "type": "object",
        "required": ["schema", "employer", "production"],
        "additionalProperties": False,
        "properties": properties,
        **definitions,
    }
