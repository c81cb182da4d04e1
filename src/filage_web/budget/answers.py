"""What the grid receives after a write: only the rows, posts and totals that moved, drawn by the server."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from filage_web.budget.grid import Grid, Line, grid_of, totals_of
from filage_web.budget.render import Places, body, group_row, line_html
from filage_web.budget.variables import chips_of
from filage_web.scenarios.chosen import Chosen
from filage_web.store.models import ChangeSet


def moved(
    request: HttpRequest, before: Grid, found: Chosen, places: Places, opened: str | None
) -> dict[str, Any]:
    """Say what differs between the grid as it was shown and as it is now."""
    after = grid_of(found, opened)
    shape_before = [(line.row.id, line.number) for line in before.lines()]
    shape_after = [(line.row.id, line.number) for line in after.lines()]
    answer: dict[str, Any] = {
        "totals": render_to_string(
            "budget/totals.html", {"totals": totals_of(found.opened.outcome), "found": found}, request
        ),
        "variables": render_to_string(
            "budget/variables.html", {"chips": chips_of(found), "places": places, "found": found}, request
        ),
        "count": after.count,
        "scenario_seen": scenario_seen(found),
    }
    if shape_before != shape_after or [g.key for g in before.groups()] != [g.key for g in after.groups()]:
        return answer | {"body": body(after, places)}
    old = {line.row.id: _signature(line) for line in before.lines()}
    rows = {
        line.anchor: line_html(line, places)
        for group in after.groups()
        if group.is_open
        for line in group.lines
        if _signature(line) != old[line.row.id]
    }
    parts = {f"part-{part.key}": (part.amount, part.committed) for part in after.parts}
    from filage_web.templatetags.french import amount

    return answer | {
        "rows": rows,
        "posts": {f"g-{group.key}": group_row(group, after, places) for group in after.groups()},
        "parts": {key: [amount(value) for value in values] for key, values in parts.items()},
    }


def scenario_seen(found: Chosen) -> int:
    """The revision of the chosen scenario; 0 in the reference."""
    return found.loaded.revisions.get(found.scenario.about, 0) if found.scenario else 0


def _signature(line: Line) -> Iterable[object]:
    row = line.row
    return (
        row.amount, row.computed, row.quantity, row.unit, row.unit_price, row.committed, row.label, row.override,
        row.confidence, row.complete, line.seen, dict(line.raw),
    )  # fmt: skip


def undo_of(written: ChangeSet | None) -> int:
    """The number by which a write is undone; 0 when nothing was written."""
    return written.pk if written else 0
