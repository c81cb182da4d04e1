"""A line of pay made a position: Filage then computes its contributions instead of copying a sum."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from filage.budget.importing.words import is_charges, usual_post
from filage.facts.scalars import canonical_decimal

if TYPE_CHECKING:
    from filage.budget.importing.shape import Line

_TEAM: Final = {"10": ("artistic", "artiste"), "20": ("technical", "technicien")}
_PEOPLE: Final = re.compile(r"(\d{1,3}) \* (.+)")


def position_values(line: Line, unit: str) -> dict[str, Any]:
    """The position a line of pay describes; empty when it names no unit, quantity and pay, or is no pay at all."""
    team = _TEAM.get(usual_post(line.label, "production"))
    if team is None or not unit or line.unit_price <= 0 or line.side != "expense" or is_charges(line.label):
        return {}
    found = _PEOPLE.fullmatch(line.quantity)
    people, quantity = (found[1], found[2]) if found else ("1", line.quantity)
    forecast = {
        "phase": line.phase,
        "unit": unit,
        "quantity": quantity,
        "unit_pay": canonical_decimal(line.unit_price),
    }
    department, status = team
    return {
        "label": line.label,
        "department": department,
        "status": status,
        "people": people,
        "forecast": [forecast],
    }
