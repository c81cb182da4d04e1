"""The breakdown rendered to PDF: scenes one after the other or one a page, lists by element, presences in landscape."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from filage.documents.breakdown_words import (
    counted,
    event_line,
    holders,
    minutes,
    place_of,
    role_name,
    scenes_line,
    summary_line,
)
from filage.documents.typst import pdf_bytes
from filage.kernel import french
from filage.script.categories import TITLES
from filage.script.presence import period
from filage.script.risks import risk_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.script.breakdown import BreakdownSheet, SheetElement, SheetNeed
    from filage.script.breakdown_file import Breakdown
    from filage.script.element_list import ElementRow
    from filage.script.presence import DayColumn, DayOutOfDays, PresenceRow

Layout = Literal["compact", "page"]
TEMPLATE = "breakdown.typ"
_COLUMNS = 26
"""Days a landscape page holds."""
_DATES = 3
"""Dates told under a scene; a play rehearses one many times."""


def breakdown_pdf(breakdown: Breakdown, version: str, layout: Layout = "compact") -> bytes:
    """Render the breakdown; the same breakdown gives the same bytes. `page` puts each scene on its own page."""
    data = {
        "title": f"{breakdown.title}, dépouillement",
        "foot": f"{breakdown.title[:40]} · dépouillement",
        "name": breakdown.title,
        "company": breakdown.company,
        "text": breakdown.version,
        "on": french.day(breakdown.on),
        "version": version,
        "apart": layout == "page",
        "summary": summary_line(breakdown),
        "roles": _roles(breakdown),
        "scenes": list(_scenes(breakdown)),
        "lists": [
            {"label": TITLES[one.category], "rows": [_list_row(row) for row in one.rows]}
            for one in breakdown.lists
            if one.category != "cast"
        ],
        "presences": list(_presences(breakdown.presence)),
        "presence_title": breakdown.presence.title,
        "legend": [
            {"mark": mark, "meaning": meaning}
            for mark, meaning in breakdown.presence.legend
            if mark in _marks(breakdown.presence)
        ],
    }
    return pdf_bytes(TEMPLATE, data, breakdown.on)


def _roles(breakdown: Breakdown) -> list[dict[str, Any]]:
    rows = next((one.rows for one in breakdown.lists if one.category == "cast"), ())
    return [
        {
            "number": str(row.number),
            "label": row.element.label,
            "holders": holders(row.holders),
            "open": not row.holders,
            "scenes": scenes_line(row.scenes),
            "count": str(len(row.scenes)),
            "words": "muet" if row.silent else "–" if row.words is None else str(row.words),
        }
        for row in rows
    ]


def _scenes(breakdown: Breakdown) -> Iterator[dict[str, Any]]:
    """The scenes, each saying the part that opens with it."""
    for part, sheets in groupby(breakdown.sheets, key=lambda sheet: sheet.part):
        for rank, sheet in enumerate(sheets):
            yield _scene(sheet) | {"part": part if not rank else ""}


def _scene(sheet: BreakdownSheet) -> dict[str, Any]:
    return {
        "number": sheet.number,
        "heading": sheet.heading,
        "place": place_of(sheet),
        "length": " · ".join(part for part in (sheet.length, sheet.duration, minutes(sheet)) if part),
        "spare": sheet.spare,
        "summary": sheet.summary,
        "cast": [role_name(role) for role in sheet.cast],
        "groups": [
            {"label": group.label, "elements": [_element(one) for one in group.elements]}
            for group in sheet.groups
        ],
        "needs": [_need(need) for need in sheet.needs],
        "risks": [{"label": risk.label, "elements": ", ".join(risk.elements)} for risk in sheet.risks],
        "shots": [
            " · ".join(
                part
                for part in (
                    shot.number and f"plan {shot.number}",
                    shot.size,
                    shot.label,
                    f"{shot.minutes} min" if shot.minutes else "",
                )
                if part
            )
            for shot in sheet.shots
        ],
        "cues": [
            " · ".join(part for part in (cue.number and f"top {cue.number}", cue.mark, cue.label) if part)
            for cue in sheet.cues
        ],
        "events": [event_line(event) for event in sheet.events[:_DATES]]
        + ([f"et {counted(len(sheet.events) - _DATES, 'autre')}"] if len(sheet.events) > _DATES else []),
    }


def _element(element: SheetElement) -> str:
    labels = risk_labels()
    risks = ", ".join(labels[risk].lower() for risk in element.risks)
    return element.label + (f" [{risks}]" if risks else "")


def _need(need: SheetNeed) -> dict[str, Any]:
    where = " · ".join(
        part
        for part in (
            need.department,
            need.owner,
            f"pour le {french.day(need.needed_on, year=False)}" if need.needed_on else "",
        )
        if part
    )
    return {"label": need.label, "state": need.state_label, "done": need.state == "done", "told": where}


def _list_row(row: ElementRow) -> dict[str, Any]:
    done = sum(need.state == "done" for need in row.element.needs)
    return {
        "label": _element(row.element),
        "scenes": scenes_line(row.scenes) or "aucune scène",
        "days": ", ".join(french.day(day, year=False) for day in row.days[:2])
        + (f" et {counted(len(row.days) - 2, 'autre')}" if len(row.days) > 2 else ""),  # noqa: PLR2004
        "needs": f"{done} sur {len(row.element.needs)} en place" if row.element.needs else "–",
        "open": bool(row.element.needs) and done < len(row.element.needs),
    }


def _presences(presence: DayOutOfDays) -> Iterator[dict[str, Any]]:
    """The table cut in pages of so many days; totals stand on the last one."""
    pages = -(-len(presence.columns) // _COLUMNS)
    held = -(-len(presence.columns) // pages) if pages else 1
    for first in range(0, len(presence.columns), held):
        columns = presence.columns[first : first + held]
        last = first + held >= len(presence.columns)
        yield {
            "last": last,
            "columns": [_day(column) for column in columns],
            "groups": [
                {
                    "label": TITLES[category],
                    "rows": [_presence(row, first, first + len(columns)) for row in rows],
                }
                for category, rows in groupby(presence.rows, key=lambda row: row.category)
            ],
        }


def _day(column: DayColumn) -> dict[str, str]:
    week, day, month = french.day(column.day, year=False).split(" ")
    return {"rank": column.label, "week": week, "day": day, "month": month}


def _presence(row: PresenceRow, first: int, end: int) -> dict[str, Any]:
    return {
        "numbers": str(row.numbers[0]) if row.numbers else "",
        "label": row.label,
        "roles": _played(row) if row.held else "à distribuer",
        "cells": [cell.mark + ("*" if cell.missing else "") for cell in row.cells[first:end]],
        "period": period(row),
        "work": str(row.work),
        "hold": str(row.hold),
        "travel": str(row.travel),
        "total": str(row.total),
    }


def _played(row: PresenceRow) -> str:
    """The roles somebody holds, each with its number when there are several."""
    if len(row.roles) == 1:
        return row.roles[0]
    return ", ".join(f"{number}. {label}" for number, label in zip(row.numbers, row.roles, strict=False))


def _marks(presence: DayOutOfDays) -> set[str]:
    cells = [cell for row in presence.rows for cell in row.cells]
    return {cell.mark for cell in cells} | ({"*"} if any(cell.missing for cell in cells) else set())
