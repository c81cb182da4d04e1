"""The published shape of a target envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.facts.scenarios import file_values
from filage.review.outcome import money

if TYPE_CHECKING:
    from decimal import Decimal

    from filage.review.envelope import Envelope


def envelope_json(found: Envelope) -> dict[str, Any]:
    """Return the shape `docs/shapes/envelope.schema.json`; the changes of a way are those of a scenario."""
    return {
        "measure": found.target.measure,
        "target": money(found.target.amount),
        "now": _money(found.now),
        "reached": found.reached,
        "lowest": _money(found.lowest),
        "levers": [{"id": one.id, "kind": one.kind, "label": one.label} for one in found.levers],
        "ways": [
            {
                "levers": [lever.id for lever in way.levers],
                "labels": [lever.label for lever in way.levers],
                "value": money(way.value),
                "losses": [{"kind": loss.kind, "words": loss.words} for loss in way.losses],
                "changes": [file_values(change) for lever in way.levers for change in lever.changes],
            }
            for way in found.ways
        ],
        "reviews": found.reviews,
        "left": found.left,
        "largest": found.largest,
    }


def _money(value: Decimal | None) -> str | None:
    return None if value is None else money(value)
