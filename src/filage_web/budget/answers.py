"""What the grid receives after a write: only the rows, posts and totals that moved, drawn by the server."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from filage.budget.lines import BudgetRow
from filage_web.budget.arranging import grid_of
from filage_web.budget.grid import Grid, Group, anchor_of, number_of, totals_of
from filage_web.budget.group_chips import group_chips
from filage_web.budget.render import Places, body, group_row, line_html
from filage_web.budget.variables import few_chips
from filage_web.scenarios.chosen import Chosen
from filage_web.store.models import ChangeSet
from filage_web.templatetags.french import amount


def moved(
    request: HttpRequest, before: Grid, found: Chosen, places: Places, opened: str | None
) -> dict[str, Any]:
    """Say what differs between the grid as it was shown and as it is now."""
    after = grid_of(found, opened, before.search)
    context = {"chips": few_chips(found), "groups": group_chips(found), "places": places, "found": found}
    answer: dict[str, Any] = {
        "totals": totals_html(request, found),
        "variables": render_to_string("budget/variables.html", context, request),
        "count": after.count,
        "scenario_seen": scenario_seen(found),
    }
    if _shape(before) != _shape(after):
        return answer | {"body": body(after, places)}
    former = {group.key: group for group in before.groups()}
    return answer | {
        "rows": {
            anchor: html
            for group in after.groups()
            if group.is_open
            for anchor, html in _moved_rows(former[group.key], group, places)
        },
        "posts": {
            f"g-{group.key}": group_row(group, after, places)
            for group in after.groups()
            if group.signature != former[group.key].signature
        },
        "parts": {f"part-{part.key}": [amount(part.amount), amount(part.committed)] for part in after.parts},
    }


def totals_html(request: HttpRequest, found: Chosen) -> str:
    """Draw the totals."""
    context = {"totals": totals_of(found.opened.outcome, found.committed), "found": found}
    return render_to_string("budget/totals.html", context, request)


def _shape(grid: Grid) -> list[tuple[str, list[str]]]:
    """Which rows stand in which post."""
    return [(group.key, [row.id for row in group.shown]) for group in grid.groups()]


def _moved_rows(before: Group, after: Group, places: Places) -> list[tuple[str, str]]:
    """The rows of a post that do not show what they showed; both posts hold the same."""
    found = []
    kept = set(map(id, after.shown)) if after.search else None
    for rank, (old, new) in enumerate(zip(before.rows, after.rows, strict=False), 1):
        if kept is not None and id(new) not in kept:
            continue
        same = (old is new or _signature(old) == _signature(new)) and (
            before.maker.seen(old) == after.maker.seen(new)
        )
        if not same:
            line = after.maker.line(number_of(after.code, rank), new)
            found.append((anchor_of(new), line_html(line, places)))
    return found


def scenario_seen(found: Chosen) -> int:
    """The revision of the chosen scenario; 0 in the reference."""
    return found.loaded.revisions.get(found.scenario.about, 0) if found.scenario else 0


def _signature(row: BudgetRow) -> tuple[object, ...]:
    return (
        row.amount, row.aside, row.computed, row.quantity, row.unit, row.unit_price, row.committed, row.label,
        row.override, row.confidence, row.complete, row.off, row.valued, row.note, row.detail,
    )  # fmt: skip


def undo_of(written: ChangeSet | None) -> int:
    """The number by which a write is undone; 0 when nothing was written."""
    return written.pk if written else 0
