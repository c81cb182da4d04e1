"""The values of a file shown to a person."""

from typing import Any


def shown(value: Any) -> str:
    """Write a file value on one line: lists and parts spelled out, absent as nothing."""
    if value is None:
        return ""
    if isinstance(value, list):
        return " ; ".join(shown(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {shown(item)}" for key, item in value.items())
    return str(value)
