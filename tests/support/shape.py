"""The shapes of `docs/shapes/`, and what a printed value does that they forbid."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

SHAPES = Path(__file__).parents[2] / "docs" / "shapes"
TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}


def shape(name: str) -> dict[str, Any]:
    """The published JSON Schema of that name."""
    return json.loads((SHAPES / f"{name}.schema.json").read_text(encoding="utf-8"))


def faults(value: Any, schema: dict[str, Any], at: str = "$") -> list[str]:
    """What a value does that a schema forbids, for the words of JSON Schema used here."""
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if type(value) not in [TYPES[name] for name in allowed]:
        return [f"{at}: {type(value).__name__}"]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value}")
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append(f"{at}: {value}")
    if isinstance(value, int) and value < schema.get("minimum", value):
        found.append(f"{at}: {value}")
    if isinstance(value, list):
        found += [
            fault for n, item in enumerate(value) for fault in faults(item, schema["items"], f"{at}[{n}]")
        ]
    if isinstance(value, dict):
        found += [f"{at}: {key}" for key in set(schema["required"]) ^ set(value)]
        found += [
            fault
            for key in value
            for fault in faults(value[key], schema["properties"].get(key, {"type": []}), f"{at}.{key}")
        ]
    return found
